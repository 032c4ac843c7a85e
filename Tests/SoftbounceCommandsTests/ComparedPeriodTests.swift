import Reporting
import SMTPTypes
import Testing

@testable import SoftbounceCommands

/// What a period is compared with, where clocks are changed.
@Suite struct ComparedPeriodTests {
  /// Central Europe, 2026.
  static let berlin = DisplayZone { $0 >= 1_774_746_000 && $0 < 1_792_890_000 ? 7200 : 3600 }

  struct Case: Sendable {
    var compared: ComparedPeriod
    var since: String
    var until: String
    /// The other period, as clocks show it; nil if that would overlap.
    var expected: String?
  }

  static let cases = [
    // A week of 169 hours, one day of 25, and a week of 167.
    Case(compared: .week, since: "2026-10-20", until: "2026-10-27", expected: "2026-10-13 00:00 to 2026-10-20 00:00"),
    Case(compared: .week, since: "2026-10-26", until: "2026-10-27", expected: "2026-10-19 00:00 to 2026-10-20 00:00"),
    Case(compared: .previous, since: "2026-10-26", until: "2026-10-27", expected: "2026-10-25 00:00 to 2026-10-26 00:00"),
    Case(compared: .previous, since: "2026-10-25", until: "2026-10-26", expected: "2026-10-24 00:00 to 2026-10-25 00:00"),
    Case(compared: .previous, since: "2026-10-20", until: "2026-10-27", expected: "2026-10-13 00:00 to 2026-10-20 00:00"),
    Case(compared: .week, since: "2026-03-29", until: "2026-04-05", expected: "2026-03-22 00:00 to 2026-03-29 00:00"),
    Case(compared: .week, since: "2026-03-30", until: "2026-04-06", expected: "2026-03-23 00:00 to 2026-03-30 00:00"),
    Case(compared: .week, since: "2026-10-20", until: "2026-10-28", expected: nil),
    // The same hours by the clock; what they skip or show twice by seconds.
    Case(
      compared: .week, since: "2026-10-26 14:00", until: "2026-10-26 15:30", expected: "2026-10-19 14:00 to 2026-10-19 15:30"),
    Case(
      compared: .week, since: "2026-10-24 12:00", until: "2026-10-25 12:00", expected: "2026-10-17 12:00 to 2026-10-18 13:00"),
    Case(
      compared: .previous, since: "2026-10-25 12:00", until: "2026-10-26 12:00",
      expected: "2026-10-24 13:00 to 2026-10-25 12:00"),
    Case(
      compared: .week, since: "2026-03-29 12:00", until: "2026-04-05 12:00", expected: "2026-03-22 11:00 to 2026-03-29 12:00"),
    Case(compared: .week, since: "2026-10-20 12:00", until: "2026-10-27 13:00", expected: nil),
  ]

  @Test(arguments: cases) func theOtherPeriod(_ test: Case) throws {
    let zone = ComparedPeriodTests.berlin
    let now = Timestamp(seconds: 1_795_429_800)
    let since = try TimeExpression.parse(test.since, now: now, zone: zone)
    let until = try TimeExpression.parse(test.until, now: now, zone: zone)
    let other = test.compared.filter(before: EventFilter(since: since, until: until), zone)
    let (start, end) = (try #require(other.since), try #require(other.until))
    #expect((end <= since) == (test.expected != nil))
    if let expected = test.expected { #expect("\(zone.minute(start)) to \(zone.minute(end))" == expected) }
  }

  @Test func aWeekInWhichClocksAreChanged() {
    let scratch = Scratch()
    let log = scratch.file("mail.log", "2026-10-01T23:00:00.000000+00:00 mx1 postfix/qmgr[102]: 4abc000: removed\n" + Logs.morning)
    let asked = ["report", log, "--since", "2026-10-20", "--compare", "week", "--until"]
    let text = scratch.run(asked + ["2026-10-27"], zone: ComparedPeriodTests.berlin)
    #expect(text.status != 2)
    #expect(text.output.contains("Compared with 2026-10-13 00:00 to 2026-10-20 00:00 UTC+02:00"), "\(text)")
    #expect(text.output.contains("That period has 7 d, this one 7 d 1 h: clocks were changed."))
    let json = scratch.run(asked + ["2026-10-27", "--format", "json"], zone: ComparedPeriodTests.berlin).output
    #expect(json.contains("\"since\": \"2026-10-12T22:00:00Z\""))
    #expect(json.contains("\"seconds_before\": 604800,\n    \"seconds_now\": 608400"))
    #expect(scratch.run(asked + ["2026-10-28"], zone: ComparedPeriodTests.berlin).status == 2)
    let utc = scratch.run(asked + ["2026-10-27", "--utc"], zone: ComparedPeriodTests.berlin).output
    #expect(utc.contains("Compared with 2026-10-13 00:00 to 2026-10-20 00:00 UTC,") && !utc.contains("clocks"))
  }
}
