// The times that people type: `24h`, `yesterday`, `2026-11-23 14:30`, RFC 3339.

import Bytes
import Glibc
public import SMTPTypes

/// A time zone as the difference of its clocks to UTC.
public struct DisplayZone: Sendable {
  private let offsetAt: @Sendable (Int64) -> Int

  /// - Parameter offsetAt: seconds east of UTC at a time given in seconds since 1970.
  public init(offsetAt: @escaping @Sendable (Int64) -> Int) { self.offsetAt = offsetAt }

  public static let utc = DisplayZone { _ in 0 }

  /// The machine's zone (`TZ`, else `/etc/localtime`).
  public static let system = DisplayZone { seconds in
    var time = time_t(seconds)
    var parts = tm()
    guard localtime_r(&time, &parts) != nil else { return 0 }
    return parts.tm_gmtoff
  }

  /// Seconds east of UTC.
  public func offset(at time: Timestamp) -> Int { offsetAt(time.seconds) }

  /// The time at which this zone's clocks show `seconds` (as if they were UTC); in the hour that is skipped or
  /// repeated, one of the two answers.
  func time(ofLocalSeconds seconds: Int64) -> Timestamp {
    let guess = seconds - Int64(offsetAt(seconds))
    return Timestamp(seconds: seconds - Int64(offsetAt(guess)))
  }

  /// What this zone's clocks show at `time`.
  func civil(_ time: Timestamp) -> CivilTime {
    let local = time.seconds + Int64(offset(at: time))
    let days = Int(local >= 0 ? local / 86_400 : (local - 86_399) / 86_400)
    let date = Timestamp.date(days: days)
    let second = Int(local) - days * 86_400
    return CivilTime(
      year: date.year, month: date.month, day: date.day, hour: second / 3600, minute: second / 60 % 60,
      second: second % 60, weekday: ((days + 4) % 7 + 7) % 7)
  }
}

/// What a clock and a calendar show.
struct CivilTime: Equatable {
  var year: Int
  var month: Int
  var day: Int
  var hour: Int
  var minute: Int
  var second: Int
  /// 0 is Sunday.
  var weekday: Int
}

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
      let local = now.seconds + Int64(zone.offset(at: now))
      let midnight = (local >= 0 ? local : local - 86_399) / 86_400 * 86_400
      return zone.time(ofLocalSeconds: text == "today" ? midnight : midnight - 86_400)
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
