import Bytes
import Journal
import SMTPTypes
import Testing

@testable import Reporting

@Suite struct FilterTests {
  /// Monday, 2026-11-23 10:30:00Z.
  static let now = Timestamp(seconds: 1_795_429_800)
  /// An hour east of UTC, as central Europe in winter.
  static let berlin = DisplayZone { _ in 3600 }

  @Test(arguments: [
    ("90m", "2026-11-23T09:00:00Z"), ("24h", "2026-11-22T10:30:00Z"), ("7d", "2026-11-16T10:30:00Z"),
    ("2w", "2026-11-09T10:30:00Z"), ("30s", "2026-11-23T10:29:30Z"), ("now", "2026-11-23T10:30:00Z"),
    ("today", "2026-11-22T23:00:00Z"), ("yesterday", "2026-11-21T23:00:00Z"),
    ("2026-11-01", "2026-10-31T23:00:00Z"), ("2026-11-01 14:30", "2026-11-01T13:30:00Z"),
    ("2026-11-01T14:30:15", "2026-11-01T13:30:15Z"), ("2026-11-01T14:30:00Z", "2026-11-01T14:30:00Z"),
    ("2026-11-01T14:30:00+05:30", "2026-11-01T09:00:00Z"), ("@1795429800", "2026-11-23T10:30:00Z"),
    (" 24h ", "2026-11-22T10:30:00Z"),
  ])
  func times(_ text: String, _ expected: String) throws {
    let time = try TimeExpression.parse(text, now: FilterTests.now, zone: FilterTests.berlin)
    #expect(time.description == expected)
  }

  @Test(arguments: [
    "", "h", "24", "24x", "tomorrow", "2026-13-01", "2026-02-30", "2026-11-01 25:00", "2026-11-01 10:00:61", "@x",
    "-1h", "999999999999999999h", "2026-11-1", "@999999999999999",
  ])
  func notTimes(_ text: String) {
    #expect(throws: FilterError.badTime(text)) {
      try TimeExpression.parse(text, now: FilterTests.now, zone: .utc)
    }
  }

  @Test(arguments: ["5034350d", "1000000w", "9999-12-31T23:59:59-01:00", "0000-01-01T00:00:00+01:00"])
  func noJournalsTimes(_ text: String) {
    #expect(throws: FilterError.farTime(text)) {
      try TimeExpression.parse(text, now: FilterTests.now, zone: .utc)
    }
  }

  @Test func minutesAreWhole() {
    let filter = EventFilter(
      since: Timestamp(microseconds: 1_795_429_830_500_000), until: Timestamp(microseconds: 1_795_429_860_000_001))
    #expect(filter.alignedToMinutes().since?.description == "2026-11-23T10:30:00Z")
    #expect(filter.alignedToMinutes().until?.description == "2026-11-23T10:32:00Z")
    let whole = EventFilter(until: FilterTests.now)
    #expect(whole.alignedToMinutes().until == FilterTests.now)
  }

  @Test(arguments: [
    ("cause=rate-limited", true), ("cause!=rate-limited", false), ("cause=greylisted", false),
    ("provider=GOOGLE", true), ("provider=goo*", true), ("provider=*oog*", true), ("provider=goo", false),
    ("provider!=yahoo", true), ("recipient=*@gmail.com", true), ("sender_domain=news.example.org", true),
    ("sender-domain=news.example.org", true), ("tag.campaign=autumn", true), ("tag.Campaign=spring", false),
    ("tag.list=x", false), ("tag.list!=x", true), ("client=198.51.100.7", true), ("client=web1.example.org", true),
    ("client!=web1.*", false), ("relay=192.0.2.1", true), ("relay=*.google.com", true), ("reply_code=421", true),
    ("reply-code=450", false), ("status=4.7.28", false), ("queue_id=A1", true), ("attempt=1", true),
    ("type=transient-failure", true), ("type=delivery", false), ("user=news", true), ("message_id=x", false),
    ("message_id!=x", true), ("stage=end-of-data", true), ("hop=external", true), ("source=log", true),
    ("reply=421*unusual rate*", true), ("orig_recipient=bob*", false), ("matched=true", false), ("host=mx1", true),
    ("instance!=postfix", true), ("scope=sender", true), ("origin=remote", true), ("direction=outbound", true),
    ("rule=x", false), ("service=smtp", true), ("domain=gmail.*", true),
  ])
  func conditions(_ text: String, _ expected: Bool) throws {
    let filter = EventFilter(conditions: [try Condition(parsing: text)])
    let line = try #require(Fixture.day.split(separator: "\n").first)
    var decoder = EventDecoder()
    try String(line).withByteView { view in
      guard case .event(let event) = try decoder.decode(view) else { return }
      #expect(filter.matches(event) == expected)
    }
  }

  @Test func oneKeyTwiceMeansEither() throws {
    let conditions = ["provider=google", "provider=yahoo", "cause=reputation"]
    let report = try Fixture.report(Fixture.day, where: conditions)
    #expect(report.outbound.deferrals == 1)
    #expect(report.conditions == conditions)
  }

  @Test(arguments: [
    ("provider", FilterError.missingEquals("provider")), ("colour=red", .unknownKey("colour")),
    ("tag.=x", .unknownKey("tag.")), ("=x", .unknownKey("")), ("!=x", .unknownKey("")),
    ("matched=yes", .unknownValue("matched", "yes", ["true", "false"])),
  ])
  func badConditions(_ text: String, _ expected: FilterError) {
    #expect(throws: expected) { try Condition(parsing: text) }
  }

  @Test func errorsSayWhatWouldBeRight() {
    #expect(
      FilterError.unknownKey("colour\u{1B}[31m").description.hasPrefix(
        "unknown key 'colour\\x1b[31m'; known are cause, "))
    #expect(FilterError.unknownKey("x").description.hasSuffix(", tag.NAME"))
    #expect(FilterError.badTime("soon").description.contains("24h"))
  }

  @Test(arguments: [
    ("", "", true), ("", "*", true), ("abc", "abc", true), ("abc", "ABC", true), ("abc", "a*c", true),
    ("abc", "*", true), ("abc", "a*b*c*", true), ("abc", "a*d", false), ("abc", "ab", false), ("ab", "abc", false),
    ("aaaaaaaaaab", "*a*a*a*b", true), ("aaaaaaaaaac", "*a*a*a*b", false), ("a.b", "a?b", false),
  ])
  func globs(_ text: String, _ pattern: String, _ expected: Bool) {
    let matches = text.withByteView { text in pattern.withByteView { Glob.matches(text, $0) } }
    #expect(matches == expected)
  }
}
