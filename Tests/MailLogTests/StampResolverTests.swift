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
