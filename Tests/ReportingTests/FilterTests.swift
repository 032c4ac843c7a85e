import Bytes
import Journal
import Privacy
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

  private static let events = """
    {"time":"2026-11-22T09:00:05Z","type":"bounce","recipient":"\\"John Doe\\"@s.example","domain":"s.example","sender":"jörg@MÜLLER.example"}
    {"time":"2026-11-22T09:00:05Z","type":"bounce","recipient":"john doe@s.example","orig_recipient":"User@MÜLLER.example","domain":"xn--mller-kva.example"}
    {"time":"2026-11-22T09:00:05Z","type":"bounce","recipient":"JÖRG@mail.xn--mller-kva.example","domain":"mail.müller.example"}

    """

  private func found(_ conditions: [Condition], _ lines: String, _ hidden: HiddenRecipients? = nil) throws -> [Int] {
    let filter = EventFilter(conditions: conditions, hidden: hidden)
    var decoder = EventDecoder()
    var found: [Int] = []
    for (index, line) in lines.split(separator: "\n").enumerated() {
      try String(line).withByteView { view in
        guard case .event(let event) = try decoder.decode(view) else { return }
        if filter.matches(event) { found.append(index) }
      }
    }
    return found
  }

  /// However an address or a domain is spelt, here and in the log.
  @Test(arguments: [
    ("recipient=\"john doe\"@s.example", [0, 1]), ("recipient=John Doe@S.example", [0, 1]),
    ("recipient=\"john\\ doe\"@s.example", [0, 1]), ("recipient!=john doe@s.example", [2]),
    ("recipient=jörg@mail.müller.example", [2]), ("recipient=jörg@mail.XN--mller-kva.example", [2]),
    ("recipient=jÖ*@*.müller.example", [2]), ("recipient=*@*.mül*.example", [2]), ("recipient=*@*.xn--*", [2]),
    ("recipient=jorg@*", []), ("orig-recipient=user@müller.example", [1]), ("orig-recipient=user@xn--mller-kva.example", [1]),
    ("orig-recipient=*MÜLLER*", [1]), ("domain=müller.example", [1]), ("domain=MÜLLER.example.", [1]),
    ("domain=*.müller.example", [2]), ("domain=*.xn--mller-kva.example", [2]), ("domain=*müller*", [1, 2]),
    ("domain=muller.example", []), ("sender=JÖRG@xn--mller-kva.example", [0]), ("sender-domain=xn--mller-kva.example", [0]),
    ("sender-domain=müller.example", [0]), ("domain!=müller.example", [0, 2]), ("recipient=doe*", []),
  ] as [(String, [Int])])
  func spellings(_ text: String, _ expected: [Int]) throws {
    #expect(try found([Condition(parsing: text)], FilterTests.events) == expected)
  }

  /// Of whom it can't be told whether they are the one who is asked for, that is noticed.
  @Test(arguments: [
    ("recipient=joe@x.org", 0), ("recipient!=joe@X.org", 0), ("orig_recipient=joe@x.org", -1), ("recipient=ann@x.org", 0),
    ("recipient=jo*@x.org", 1), ("recipient=joe@y.org", -1), ("recipient=*@x.org", -1), ("recipient=joe@*", 0),
    ("recipient=~abcdefghijklmnopqrstuvwx@x.org", -1), ("recipient=joe@z.org", 2), ("recipient=joe@w.org", -1),
    ("sender=joe@x.org", -1), ("recipient=joe", -1),
  ])
  func hiddenRecipientsAreNoticed(_ text: String, _ expected: Int) throws {
    let lines = """
      {"time":"2026-11-22T09:00:05Z","type":"bounce","recipient":"~abcdefghijklmnopqrstuvwx@x.org"}
      {"time":"2026-11-22T09:00:05Z","type":"bounce","recipient":"~abcdefghijklmnop@z.org"}
      {"time":"2026-11-22T09:00:05Z","type":"bounce","recipient":"~erased-abcdefghijklmnop@w.org"}
      {"time":"2026-11-22T09:00:05Z","type":"bounce","recipient":"plain@x.org","sender":"a@x.org"}
      """
    let condition = try Condition(parsing: text)
    let hidden = HiddenRecipients([condition], keys: [])
    _ = try found([condition], lines, hidden)
    #expect(hidden?.arePseudonyms ?? false == (expected == 0))
    #expect(hidden?.arePatterns ?? false == (expected == 1))
    if expected == 2 { #expect(hidden?.areMarks == true) }
    #expect(hidden?.isAny ?? false == (expected >= 0))
  }

  /// With the key every pseudonym is known, and none is anybody else's.
  @Test func theKeyTellsWhoIsWho() throws {
    let pseudonyms = Pseudonyms(key: try Fixture.key(), mode: .pseudonymised)
    let name = "ann@x.org".withByteView { pseudonyms.address(for: $0, message: .empty) }
    let line = "{\"time\":\"2026-11-22T09:00:05Z\",\"type\":\"bounce\",\"recipient\":\"\(name)\"}"
    for (keys, isAny) in [([pseudonyms], false), ([], true)] {
      let condition = Condition(.field(.recipient), "joe@x.org")
      let hidden = try #require(HiddenRecipients([condition], keys: keys))
      _ = try found([condition], line, hidden)
      #expect(hidden.isAny == isAny)
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
