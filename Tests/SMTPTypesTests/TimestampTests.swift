import Bytes
@testable import SMTPTypes
import Testing

@Suite struct TimestampTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z"),
    ("2026-11-23T17:59:48Z", 1_795_456_788_000_000, "2026-11-23T17:59:48Z"),
    ("2026-11-23T18:59:48.5+01:00", 1_795_456_788_500_000, "2026-11-23T17:59:48.5Z"),
    ("2024-02-29T23:59:59.123456-00:30", 1_709_252_999_123_456, "2024-03-01T00:29:59.123456Z"),
    ("2024-02-29T23:59:59.12345678Z", 1_709_251_199_123_456, "2024-02-29T23:59:59.123456Z"),
    ("1969-12-31T23:59:59.25Z", -750_000, "1969-12-31T23:59:59.25Z"),
    ("2016-12-31 23:59:60z", 1_483_228_800_000_000, "2017-01-01T00:00:00Z"),
  ] as [(String, Int64, String)])
  func readsAndWrites(text: String, microseconds: Int64, again: String) {
    let time = text.withByteView { Timestamp(rfc3339: $0) }
    #expect(time?.microseconds == microseconds)
    #expect(time?.description == again)
  }

  @Test(arguments: [
    "", "2026-11-23", "2026-11-23T17:59:48", "2026-13-23T17:59:48Z", "2026-11-23T24:00:00Z", "2026-11-23T17:59:48.Z",
    "2026-11-23T17:59:48Zx", "2026-02-30T17:59:48Z", "2026-11-23T17:59:48+1:00", "x026-11-23T17:59:48Z",
  ])
  func refuses(text: String) {
    #expect(text.withByteView { Timestamp(rfc3339: $0) } == nil)
  }

  @Test(arguments: [
    (1_234_567, 6, 1_234_567), (1_234_567, 2, 1_230_000), (1_999_999, 0, 1_000_000), (-1, 0, -1_000_000), (-10, 5, -10),
  ] as [(Int64, Int, Int64)])
  func truncates(microseconds: Int64, digits: Int, expected: Int64) {
    #expect(Timestamp(microseconds: microseconds, fractionDigits: digits).truncated.microseconds == expected)
  }

  @Test func datesGoThereAndBack() {
    for days in stride(from: -800_000, through: 800_000, by: 373) {
      let date = Timestamp.date(days: days)
      #expect(Timestamp.days(year: date.year, month: date.month, day: date.day) == days)
    }
  }

  @Test func plainDatesAreTheSame() {
    var different: [Int] = []
    for days in (stride(from: -719_400, through: 2_933_000, by: 31).map { $0 } + Array(0..<80_000)) {
      let date = Timestamp.date(days: days)
      guard let plain = Timestamp.plainDate(days: days) else {
        if (1...9999).contains(date.year) { different.append(days) }
        continue
      }
      if (Int(plain.year), Int(plain.month), Int(plain.day)) != date { different.append(days) }
    }
    #expect(different == [])
  }
}
