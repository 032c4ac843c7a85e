import Bytes
import MailLog
import SMTPTypes
import Testing

@Suite struct StampResolverTests {
  /// Central European time by the rule of 2026 alone: summer from March 29 to October 25, 01:00 UTC.
  static let berlin = LocalZone { seconds in
    (1_774_746_000..<1_792_890_000).contains(seconds) ? 7200 : 3600
  }

  private func times(_ stamps: [String], reference: String, zone: LocalZone) -> [String] {
    let reference = reference.withByteView { Timestamp(rfc3339: $0) } ?? Timestamp(seconds: 0)
    var parser = LogParser(stamps: StampResolver(reference: reference, zone: zone))
    return stamps.map { stamp in
      "\(stamp) mx1 postfix/qmgr[1]: A1B2C3D4E5: removed".withByteView { line in
        parser.parse(line)?.header.time.description ?? "nil"
      }
    }
  }

  @Test(arguments: ["2027-01-01T00:30:00Z", "2027-06-01T00:00:00Z", "2026-12-31T12:00:00Z"])
  func crossesNewYear(_ reference: String) {
    let seen = times(["Dec 31 23:59:58", "Dec 31 23:59:59", "Jan  1 00:00:00"], reference: reference, zone: .utc)
    #expect(seen == ["2026-12-31T23:59:58Z", "2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z"])
  }

  @Test func movesOnWithALiveLog() {
    let seen = times(
      ["Dec 30 12:00:00", "Dec 31 11:00:00", "Jan  1 10:00:00", "Jan  2 09:00:00", "Jan  3 08:00:00"],
      reference: "2026-12-30T12:00:00Z", zone: .utc)
    #expect(seen.last == "2027-01-03T08:00:00Z")
  }

  @Test func findsLeapDays() {
    #expect(times(["Feb 29 00:00:00"], reference: "2028-02-28T12:00:00Z", zone: .utc) == ["2028-02-29T00:00:00Z"])
    #expect(times(["Feb 29 00:00:00"], reference: "2103-05-01T00:00:00Z", zone: .utc) == ["2096-02-29T00:00:00Z"])
  }

  @Test func takesTheRepeatedHourInOrder() {
    let seen = times(
      [
        "Oct 25 01:59:59", "Oct 25 02:10:00", "Oct 25 02:59:59", "Oct 25 02:00:00", "Oct 25 02:30:00",
        "Oct 25 03:00:00",
      ],
      reference: "2026-11-01T00:00:00Z", zone: StampResolverTests.berlin)
    #expect(
      seen == [
        "2026-10-24T23:59:59Z", "2026-10-25T00:10:00Z", "2026-10-25T00:59:59Z", "2026-10-25T01:00:00Z",
        "2026-10-25T01:30:00Z", "2026-10-25T02:00:00Z",
      ])
  }

  @Test func takesTheMissingHour() {
    let seen = times(
      ["Mar 29 01:59:59", "Mar 29 02:30:00", "Mar 29 03:00:00", "Mar 30 12:00:00"],
      reference: "2026-11-01T00:00:00Z", zone: StampResolverTests.berlin)
    #expect(seen == ["2026-03-29T00:59:59Z", "2026-03-29T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T10:00:00Z"])
  }

  /// Dates of a file in its order as `Mmm d`, and the year that its first line is of; nil where the file's end alone
  /// tells all years.
  @Test(arguments: [
    ("Nov 28, Mar  1, Nov  1, Feb  1, Nov 20", 2024), ("Feb 28, Feb 29, Mar  1", 2024), ("Feb 29", 2024),
    ("Mar  1, Jun  1, Oct  1, Jan  2, Jun  1, Nov 20", 2025), ("Nov 20, Jan  5, Jun  1, Nov 20", 2025),
    ("Dec 31, Jan  1, Dec 31, Jan  1", nil), ("Nov  1, Nov 20", nil), ("Dec  1, Jan  1", nil),
    // A machine that did not know the time, and files that were joined the wrong way round.
    ("Nov 20, Jan  1, Nov 20, Nov 21", nil), ("Nov 21, Oct  1, Sep  1", nil), ("", nil),
    ("Feb 29, Mar  1, Feb 28, Nov 20", 2024),
    ("Feb 29, Nov  1, Feb 29, Nov  1, Feb 29", nil),
  ] as [(String, Int?)])
  func yearsByTheOrderOfLines(_ dates: String, _ year: Int?) {
    var course = YearCourse()
    for date in dates.split(separator: ",") {
      let line = "\(date.drop { $0 == " " }) 10:00:00 mx1 postfix/qmgr[1]: A1B2C3D4E5: removed"
      guard let found = line.withByteView({ LogParser.dateWithoutYear($0) }) else {
        Issue.record("\(line) has no date")
        continue
      }
      course.take(month: found.month, day: found.day)
    }
    // 2026-11-26
    #expect(course.firstYear(notAfter: 20_783) == year)
  }

  @Test func readsAFileOfSeveralYears() {
    var resolver = StampResolver(reference: Timestamp(seconds: 1_795_687_200), zone: .utc)
    resolver.firstYear = 2024
    var parser = LogParser(stamps: resolver)
    // The last is after the file's end, and taken to be of the year before.
    let stamps = ["Nov 28", "Mar  1", "Nov  1", "Dec 31", "Jan  1", "Dec 31", "Feb  1", "Nov 20", "Dec  9"]
    let seen = stamps.map { stamp in
      "\(stamp) 10:00:00 mx1 postfix/qmgr[1]: A1B2C3D4E5: removed".withByteView { line in
        String((parser.parse(line)?.header.time.description ?? "nil").prefix(10))
      }
    }
    #expect(
      seen == [
        "2024-11-28", "2025-03-01", "2025-11-01", "2025-12-31", "2026-01-01", "2025-12-31", "2026-02-01", "2026-11-20",
        "2025-12-09",
      ])
    #expect(parser.stamps.course.isLongerThanAYear)
  }

  @Test(arguments: [
    ("Nov 23 17:59:48 mx1 a: b", 11, 23), ("Nov  3 17:59:48.5 mx1 a: b", 11, 3), ("Nov 23 2026 17:59:48 mx1 a: b", 0, 0),
    ("2026-11-23T17:59:48Z mx1 a: b", 0, 0), ("Nov 32 17:59:48 mx1", 0, 0), ("Nov", 0, 0), ("", 0, 0),
  ])
  func datesWithoutAYear(line: String, month: Int, day: Int) {
    let found = line.withByteView { LogParser.dateWithoutYear($0) }
    #expect((found?.month ?? 0, found?.day ?? 0) == (month, day))
  }

  @Test func usesTheZonesDateForTheYear() {
    // In Auckland it is already January.
    let auckland = LocalZone { _ in 13 * 3600 }
    let seen = times(["Jan  1 00:30:00"], reference: "2026-12-31T11:31:00Z", zone: auckland)
    #expect(seen == ["2026-12-31T11:30:00Z"])
  }

  @Test func forgetsItsCacheWithANewReference() {
    var parser = LogParser(stamps: StampResolver(reference: Timestamp(seconds: 1_795_456_800), zone: .utc))
    let line = "Nov 23 17:59:48 mx1 postfix/qmgr[1]: A1B2C3D4E5: removed"
    let first = line.withByteView { parser.parse($0)?.header.time.description }
    parser.stamps.reference = Timestamp(seconds: 1_600_000_000)
    let second = line.withByteView { parser.parse($0)?.header.time.description }
    #expect(first == "2026-11-23T17:59:48Z")
    #expect(second == "2019-11-23T17:59:48Z")
  }

}

/// The reader keeps the last stamp and minute; that must never show.
@Suite struct StampMemoTests {
  @Test func aReaderInUseReadsLikeAFreshOne() {
    let stamps = [
      "2026-11-23T17:59:48.123456+01:00", "2026-11-23T17:59:49.5+01:00", "2026-11-23T17:59:49Z",
      "2026-11-23T17:59:50+0100",
      "2026-11-23T17:59:51-01:00", "2026-11-23T17:59:51.1-01:00", "2026-11-23T17:59:61-01:00",
      "2026-11-23T17:59:5-01:00",
      "2026-11-23T17:59:52x01:00", "2026-11-23T17:59:53", "2026-11-23T18:00:00.000001+01:00", "Nov 23 17:59:48",
      "Nov 23 17:59:48.5", "Nov 23 17:59:48", "Nov 23 17:59:49", "Nov  3 17:59:49", "Nov 3 17:59:49",
      "2013 Jun 10 06:27:30.123",
      "2026-11-23 17:59:48Z", "2026-11-23T17:59:48Z",
    ]
    var generator = PropertyTests.Generator(state: 3)
    var used = parser()
    for _ in 0..<2000 {
      let stamp = stamps.randomElement(using: &generator) ?? ""
      let line = "\(stamp) mx1 postfix/qmgr[1]: A1B2C3D4E5: removed"
      var fresh = parser()
      let seen = line.withByteView { used.parse($0)?.header.time.description ?? "nil" }
      let expected = line.withByteView { fresh.parse($0)?.header.time.description ?? "nil" }
      #expect(seen == expected)
    }
  }
}
