import SMTPTypes
import Testing

@testable import Reporting

@Suite struct RateTests {
  private static func event(
    _ time: String, _ host: String, _ type: String, provider: String = "google", extra: String = ""
  ) -> String {
    "{\"time\":\"2026-11-22T\(time)Z\",\"type\":\"\(type)\",\"source\":\"log\",\"host\":\"\(host)\",\"direction\":\"outbound\","
      + "\"hop\":\"external\",\"provider\":\"\(provider)\",\"queue_id\":\"\(time)\",\"recipient\":\"a@x.org\"\(extra)}\n"
  }

  private static func tally(_ time: String, _ host: String, attempts: Int, deliveries: Int, by: String = "") -> String {
    "{\"time\":\"2026-11-22T\(time)Z\",\"type\":\"tally\",\"host\":\"\(host)\",\"total\":{\"attempts\":\(attempts),"
      + "\"deliveries\":\(deliveries)},\"by\":{\(by)}}\n"
  }

  private static let deferral = ",\"cause\":\"greylisted\",\"origin\":\"remote\",\"attempt\":1"

  @Test func aTallyCoversWhatCameBeforeIt() throws {
    let covered =
      Self.event("10:00:01", "mx1", "transient-failure", extra: Self.deferral)
      + Self.tally("10:00:00", "mx1", attempts: 10, deliveries: 9)
    #expect(try Fixture.report(covered).outbound.attempts == 10)
    // What comes after it is not covered yet.
    let live = covered + Self.event("10:01:01", "mx1", "transient-failure", extra: Self.deferral)
    let report = try Fixture.report(live)
    #expect(report.outbound.attempts == 11)
    #expect(report.outbound.deferrals == 2)
  }

  @Test func aTallyCoversItsOwnHostOnly() throws {
    let lines =
      Self.event("10:00:01", "mx2", "transient-failure", extra: Self.deferral)
      + Self.tally("10:00:00", "mx1", attempts: 10, deliveries: 10)
    let report = try Fixture.report(lines)
    #expect(report.outbound.attempts == 11)
    #expect(report.outbound.deferrals == 1)
    #expect(report.hosts == ["mx1", "mx2"])
  }

  @Test func withoutTalliesDeferralsAreAllThatIsKnown() throws {
    let report = try Fixture.report(Self.event("10:00:01", "mx1", "transient-failure", extra: Self.deferral))
    #expect(report.outbound.attempts == 1)
    #expect(report.outbound.deferralRate == 1)
  }

  @Test func twoJournalsOfOneHostDoNotCoverEachOther() throws {
    let aggregation = Aggregation()
    try Fixture.feed(Self.event("10:00:01", "mx1", "transient-failure", extra: Self.deferral), to: aggregation)
    aggregation.endSource()
    try Fixture.feed(Self.tally("09:00:00", "mx1", attempts: 5, deliveries: 5), to: aggregation)
    #expect(aggregation.report().outbound.attempts == 6)
  }

  @Test func suspensionsAndOtherWindowsAreNoAttempts() throws {
    let lines =
      Self.event(
        "10:00:01", "mx1", "transient-failure", extra: ",\"origin\":\"suspended\",\"cause\":\"connect-failure\"")
      + Self.event("10:00:02", "mx1", "transient-failure", extra: Self.deferral).replacing("\"log\"", with: "\"queue\"")
    let report = try Fixture.report(lines)
    #expect(report.outbound.deferrals == 0)
    #expect(report.outbound.attempts == 0)
    #expect(report.outbound.suspensions == 1)
    #expect(report.unloggedDeferrals == 1)
    #expect(report.cohort.recipients == 2)
  }

  static let cut = """
    "provider":{"google":{"attempts":6,"deliveries":5},"yahoo":{"attempts":4,"deliveries":4}},\
    "user":{"news":{"attempts":7,"deliveries":6}},\
    "tag":{"campaign=autumn":{"attempts":3,"deliveries":2},"campaign=spring":{"attempts":2,"deliveries":2}}
    """

  /// Conditions and the attempts they leave; nil: unknown.
  @Test(
    arguments: [
      (["provider=google"], 6), (["provider=goo*"], 6), (["provider=google", "provider=yahoo"], 10),
      (["provider!=google"], 4), (["user=news"], 7), (["user!=news"], 3), (["tag.campaign=autumn"], 3),
      (["tag.campaign!=autumn"], 7), (["cause=greylisted"], 10), (["cause=greylisted", "provider=google"], 6),
      (["host=mx1"], 10), (["host=mx1", "provider=google"], 6), (["host=mx9"], 0), (["hop=external"], 10),
      (["provider=google", "user=news"], nil), (["recipient=a@x.org"], nil),
      (["tag.campaign=autumn", "tag.list=x"], nil), (["client=192.0.2.1"], nil),
    ] as [([String], Int?)])
  func denominators(_ conditions: [String], _ attempts: Int?) throws {
    let lines =
      Self.event(
        "10:00:01", "mx1", "transient-failure",
        extra: Self.deferral + ",\"user\":\"news\",\"tags\":{\"campaign\":\"autumn\"}")
      + Self.tally("10:00:00", "mx1", attempts: 10, deliveries: 9, by: Self.cut)
    let report = try Fixture.report(lines, where: conditions)
    #expect(report.outbound.attempts == attempts)
    #expect(report.remarks.contains { $0.hasPrefix("Rates are unknown") } == (attempts == nil))
    if attempts == nil { #expect(report.outbound.deferralRate == nil) }
  }

  @Test func aFullCutLeavesARateUnknown() throws {
    let lines =
      Self.event("10:00:01", "mx1", "transient-failure", provider: "rare", extra: Self.deferral)
      + Self.tally(
        "10:00:00", "mx1", attempts: 9, deliveries: 8, by: "\"provider\":{\"~other\":{\"attempts\":9,\"deliveries\":8}}"
      )
    let report = try Fixture.report(lines)
    #expect(report.leadingProvider?.key == "rare")
    #expect(report.leadingProvider?.rate == nil)
    #expect(report.remarks.contains { $0.hasPrefix("More keys in a minute") })
  }

  @Test func aLostEventIsStillCountedAndTold() throws {
    let report = try Fixture.report(Self.tally("10:00:00", "mx1", attempts: 10, deliveries: 6))
    #expect(report.outbound.deferrals == 4)
    #expect(report.remarks == ["4 deferrals are counted without their events; the tables lack them."])
  }

  @Test func thePeriodMovesToWholeMinutes() throws {
    let lines =
      Self.event("10:00:10", "mx1", "transient-failure", extra: Self.deferral)
      + Self.tally("10:00:00", "mx1", attempts: 10, deliveries: 9)
      + Self.tally("10:01:00", "mx1", attempts: 10, deliveries: 10)
    let report = try Fixture.report(lines, since: "2026-11-22T10:00:30Z", until: "2026-11-22T10:00:40Z")
    #expect(report.outbound.attempts == 10)
    #expect(report.outbound.deferrals == 1)
    #expect(report.period.since?.description == "2026-11-22T10:00:00Z")
    #expect(report.period.until?.description == "2026-11-22T10:01:00Z")
  }

  @Test func tallyKeysInAnyCaseMeetTheirEvents() throws {
    let lines =
      Self.event("10:00:10", "mx1", "transient-failure", extra: Self.deferral + ",\"sender\":\"a@Example.ORG\"")
      + Self.tally(
        "10:00:00", "mx1", attempts: 4, deliveries: 3,
        by: "\"sender-domain\":{\"Example.ORG\":{\"attempts\":4,\"deliveries\":3}}")
    let table = try #require(try Fixture.report(lines).tables.first { $0.name == "sender-domain" })
    #expect(table.rows.map(\.key) == ["example.org"])
    #expect(table.rows.first?.rate == 0.25)
  }

  // MARK: - What the conditions leave out

  /// Nothing is said of mail that the conditions leave out, whatever the tallies know of it.
  @Test(arguments: [
    (["direction=inbound"], ["outbound", "internal"]),
    (["type=rejection"], ["outbound", "internal"]),
    (["direction!=outbound"], ["outbound", "internal"]),
    (["hop=internal"], ["outbound", "inbound"]),
    (["hop!=external"], ["outbound", "inbound"]),
    (["direction=outbound"], ["inbound"]),
    (["direction=outbound", "hop=external"], ["internal", "inbound"]),
    (["type=transient-failure"], ["inbound"]),
    (["cause=rate-limited"], []),
  ])
  func whatIsLeftOut(conditions: [String], leftOut: [String]) throws {
    let report = try Fixture.report(Fixture.day, where: conditions)
    #expect(report.reach.leftOut == leftOut)
    let json = JSONRenderer().render(report)
    for name in ["outbound", "internal", "inbound"] {
      #expect(json.contains("\n  \"\(name)\": {") != leftOut.contains(name), "\(name)")
    }
    #expect(json.contains("\"left_out\"") != leftOut.isEmpty)
    let text = TextRenderer().render(report)
    #expect(text.contains("Note: The conditions leave out ") != leftOut.isEmpty)
    if leftOut.contains("outbound") {
      #expect(report.outbound.attempts == nil)
      #expect(report.hours.allSatisfy { $0.attempts == nil })
      #expect(!text.contains("To other servers") && !text.contains("No deferral"), "\(text)")
      #expect(!text.contains("  attempts ") && !text.contains("of attempts"), "\(text)")
    } else {
      #expect(report.outbound.attempts == 52)
    }
  }

  @Test func headlinesOfWhatIsLeft() throws {
    func headline(_ condition: String) throws -> String {
      Headline.text(try Fixture.report(Fixture.day, where: [condition]))
    }
    #expect(try headline("direction=inbound") == "Our own server turned away 1 try.")
    #expect(try headline("hop=internal") == "Our own mailboxes put off 1 delivery.")
    #expect(try headline("type=expiration") == "1 recipient was given up.")
    #expect(try headline("type=delivery") == "Nothing was put off in what the conditions keep.")
  }

  /// Attempts are those of the log.
  @Test func anotherSourceHasNoDenominator() throws {
    let report = try Fixture.report(Fixture.day, where: ["source!=log"])
    #expect(report.outbound.attempts == nil)
    #expect(report.remarks.contains { $0.hasPrefix("Rates are unknown: attempts are counted from the log") })
    #expect(try Fixture.report(Fixture.day, where: ["source=log"]).outbound.attempts == 52)
  }
}

extension String {
  fileprivate func replacing(_ part: String, with other: String) -> String {
    split(separator: part, omittingEmptySubsequences: false).joined(separator: other)
  }
}
