// The times that people type: `24h`, `yesterday`, `2026-11-23 14:30`, RFC 3339.

import Bytes
public import SMTPTypes

/// Reads the times of `--since` and `--until`.
public enum TimeExpression {
  /// `30s`, `90m`, `24h`, `7d`, `2w` before `now`; `now`; `today` and `yesterday` (their 00:00); a date (its 00:00);
  /// a date with a time of day; RFC 3339; `@` and seconds since 1970. Without an offset the zone decides.
  /// - Throws: `FilterError.badTime`; `FilterError.farTime` for one outside the years 0 to 9999.
  public static func parse(_ text: String, now: Timestamp, zone: DisplayZone) throws(FilterError) -> Timestamp {
    let found = text.withByteView { view in read(view.trimmed, now: now, zone: zone) }
    guard let found else { throw FilterError.badTime(text) }
    guard years.contains(found) else { throw FilterError.farTime(text) }
    return found
  }

  /// The years that RFC 3339 can write: 0000-01-01T00:00:00Z to the end of 9999.
  private static let years =
    Timestamp(seconds: -62_167_219_200)...Timestamp(microseconds: 253_402_300_799_999_999)

  private static func read(_ text: ByteView, now: Timestamp, zone: DisplayZone) -> Timestamp? {
    if text == "now" { return now }
    if text == "today" || text == "yesterday" {
      return zone.start(ofDay: zone.day(of: now) - (text == "today" ? 0 : 1))
    }
    if text.at(0) == UInt8(ascii: "@") { return text.from(1).decimal.flatMap(seconds) }
    if let time = Timestamp(rfc3339: text) { return time }
    if let last = text.at(text.count - 1), last.isASCIILetter {
      guard let amount = text.prefix(text.count - 1).decimal, amount <= 100_000_000 else { return nil }
      switch last.lowercasedASCII {
      case UInt8(ascii: "s"): return now.advanced(by: -Double(amount))
      case UInt8(ascii: "m"): return now.advanced(by: -Double(amount) * 60)
      case UInt8(ascii: "h"): return now.advanced(by: -Double(amount) * 3600)
      case UInt8(ascii: "d"): return now.advanced(by: -Double(amount) * 86_400)
      case UInt8(ascii: "w"): return now.advanced(by: -Double(amount) * 604_800)
      default: return nil
      }
    }
    return local(text, zone: zone)
  }

  private static func seconds(_ value: Int) -> Timestamp? {
    value <= 253_402_300_799 ? Timestamp(seconds: Int64(value)) : nil
  }

  /// `2026-11-23`, `2026-11-23 14:30`, `2026-11-23T14:30:05`.
  private static func local(_ text: ByteView, zone: DisplayZone) -> Timestamp? {
    guard text.count == 10 || text.count == 16 || text.count == 19, text[4] == 0x2D, text[7] == 0x2D,
      let year = text[0..<4].decimal, let month = text[5..<7].decimal, let day = text[8..<10].decimal,
      (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    let days = Timestamp.days(year: year, month: month, day: day)
    guard Timestamp.date(days: days) == (year, month, day) else { return nil }
    var second = 0
    if text.count > 10 {
      guard text[10] == 0x20 || text[10] | 0x20 == 0x74, text[13] == 0x3A,
        let hour = text[11..<13].decimal, let minute = text[14..<16].decimal, hour < 24, minute < 60
      else { return nil }
      second = hour * 3600 + minute * 60
      if text.count == 19 {
        guard text[16] == 0x3A, let rest = text[17..<19].decimal, rest < 60 else { return nil }
        second += rest
      }
    }
    return zone.time(ofLocalSeconds: Int64(days * 86_400 + second))
  }
}
