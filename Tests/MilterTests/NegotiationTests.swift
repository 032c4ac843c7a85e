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
      // headers, reports, replies to RCPT, flags
      (true, true, true, [SMFIP_NODATA, SMFIP_NR_HDR]),
      (true, false, true, [SMFIP_NODATA, SMFIP_NR_HDR, SMFIP_NOBODY]),
      (false, true, true, [SMFIP_NR_HDR]),
      (false, false, true, [SMFIP_NOHDRS, SMFIP_NOEOH, SMFIP_NOBODY]),
      (false, false, false, [SMFIP_NOHDRS, SMFIP_NOEOH, SMFIP_NOBODY, SMFIP_NR_RCPT]),
      (true, true, false, [SMFIP_NODATA, SMFIP_NR_HDR, SMFIP_NR_RCPT]),
    ])
  func flags(headers: Bool, reports: Bool, replies: Bool, extra: [Int]) {
    let negotiation = Negotiation(wantsHeaders: headers, wantsReports: reports, repliesToRecipients: replies)
    let always = [SMFIP_NOUNKNOWN, SMFIP_NR_CONN, SMFIP_NR_HELO, SMFIP_NR_MAIL, SMFIP_RCPT_REJ]
    let expected = (always + extra).reduce(UInt(0)) { $0 | UInt($1) }
    #expect(negotiation.protocolFlags(offered: Self.offered) == expected)
  }

  @Test("nothing is asked that was not offered")
  func old() {
    let negotiation = Negotiation(wantsHeaders: true, wantsReports: true, repliesToRecipients: true)
    #expect(negotiation.protocolFlags(offered: 0x7F) == 0)
  }

  @Test("each stage's macros are asked for once")
  func macros() {
    for headers in [true, false] {
      for reports in [true, false] {
        let negotiation = Negotiation(wantsHeaders: headers, wantsReports: reports, repliesToRecipients: true)
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
