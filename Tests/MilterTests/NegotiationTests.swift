import CMilter
import Testing

@testable import Milter

@Suite("Negotiation")
struct NegotiationTests {
  /// What Postfix 3.7 and Sendmail 8.17 offer.
  static let offered: UInt = 0x1FFFFF

  @Test(
    "steps and replies that each need leaves",
    arguments: [
      // headers, reports, flags
      (true, true, [SMFIP_NR_HDR]),
      (true, false, [SMFIP_NR_HDR, SMFIP_NOBODY]),
      (false, true, [SMFIP_NR_HDR]),
      (false, false, [SMFIP_NOHDRS, SMFIP_NOEOH, SMFIP_NOBODY]),
    ])
  func flags(headers: Bool, reports: Bool, extra: [Int]) {
    let negotiation = Negotiation(wantsHeaders: headers, wantsReports: reports)
    let always = [SMFIP_NOUNKNOWN, SMFIP_NR_CONN, SMFIP_NR_HELO, SMFIP_NR_MAIL, SMFIP_RCPT_REJ]
    let expected = (always + extra).reduce(UInt(0)) { $0 | UInt($1) }
    #expect(negotiation.protocolFlags(offered: Self.offered) == expected)
  }

  @Test("nothing is asked that was not offered")
  func old() {
    let negotiation = Negotiation(wantsHeaders: true, wantsReports: true)
    #expect(negotiation.protocolFlags(offered: 0x7F) == 0)
  }

  @Test("each stage's macros are asked for once")
  func macros() {
    for headers in [true, false] {
      for reports in [true, false] {
        let negotiation = Negotiation(wantsHeaders: headers, wantsReports: reports)
        let stages = negotiation.macros.map(\.stage)
        #expect(Set(stages).count == stages.count)
      }
    }
  }
}

@Suite("DeliveryGate")
struct DeliveryGateTests {
  @Test("lets calls through until it is closed")
  func gate() {
    let gate = DeliveryGate()
    var calls = 0
    gate.pass { calls += 1 }
    #expect(!gate.isQuiet)
    gate.pass {
      gate.close()
      #expect(!gate.isQuiet)
    }
    #expect(gate.isQuiet)
    gate.pass { calls += 1 }
    gate.close()
    #expect(calls == 1)
    #expect(gate.isQuiet)
  }
}

@Suite("MilterConfiguration")
struct MilterConfigurationTests {
  @Test(
    "header fields of tags",
    arguments: [
      ("X-Campaign-ID", true), ("Subject", true), ("", false), ("X-Campaign:", false), ("X Campaign", false),
      ("X-\u{E9}", false), (String(repeating: "x", count: 127), true), (String(repeating: "x", count: 128), false),
    ])
  func fields(field: String, isGood: Bool) {
    var configuration = MilterConfiguration(socket: .descriptor(3))
    configuration.tags = [TagHeader(name: "tag", field: field)]
    var error: MilterError?
    do throws(MilterError) { try configuration.checkTags() } catch let thrown { error = thrown }
    #expect((error == nil) == isGood)
    #expect(isGood || error?.kind == .malformed)
  }

  @Test("at most 100 tags")
  func number() throws {
    var configuration = MilterConfiguration(socket: .descriptor(3))
    configuration.tags = (0..<100).map { TagHeader(name: "t\($0)", field: "X-\($0)") }
    try configuration.checkTags()
    configuration.tags.append(TagHeader(name: "more", field: "X-More"))
    #expect(throws: MilterError.self) { try configuration.checkTags() }
  }
}
