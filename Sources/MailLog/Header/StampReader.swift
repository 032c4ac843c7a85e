// Time stamps at the start of a log line, in the forms that syslog daemons, journalctl and Postfix write.

import Bytes
import SMTPTypes

/// Reads a stamp off the start of a line.
///
/// The forms: `Nov 23 17:59:48` and `Nov  3 17:59:48` (RFC 3164), the same with a fraction (`journalctl -o
/// short-precise`) or a year (`Nov 23 2026 17:59:48`, `2013 Jun 10 06:27:30.123`), and RFC 3339 with any fraction and
/// any zone, its colon optional (`journalctl -o short-iso`) or none (`2026-11-23 17:59:48`); the weekday in front and
/// the zone's name behind (`Mon 2026-11-23 17:59:48 UTC`, `journalctl -o short-full`); seconds since 1970
/// (`1795456788.123456`, `journalctl -o short-unix`). Months may have another language's names (`MonthName`). A year
/// outside of 1970...2199 is none: such a line says nothing.
struct StampReader {
  /// The last old-style stamp, for the next line that has the same.
  private var memoFirst: UInt64 = 0
  private var memoSecond: UInt64 = 0
  private var memoTime = Timestamp(seconds: 0)
  private var hasMemo = false
  private var minute = MinuteMemo()

  /// The last minute in RFC 3339, for the next line that has the same: `2026-11-23T17:59` and the zone.
  private struct MinuteMemo {
    var first: UInt64 = 0
    var second: UInt64 = 0
    /// The zone and the space behind it, and which bytes of a word they fill.
    var zone: UInt64 = 0
    var zoneMask: UInt64 = 0
    var zoneLength = 0
    var start: Int64 = 0
    var isSet = false
  }

  /// The stamp's time and the offset of the first byte after the space behind it; nil if there is none.
  @inline(__always)
  mutating func read(_ line: ByteView, _ resolver: inout StampResolver) -> (time: Timestamp, end: Int)? {
    guard line.count > 16 else { return nil }
    let raw = UnsafeRawPointer(line.start)
    let first = raw.loadUnaligned(as: UInt64.self)
    let second = raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    // Sixteen bytes: the stamp and the space behind it.
    if first == memoFirst, second == memoSecond, hasMemo { return (memoTime, 16) }
    if first == minute.first, second == minute.second, minute.isSet, let found = readSecond(line) { return found }
    guard let found = readAny(line, &resolver) else { return nil }
    if found.end == 16, line[15] == 0x20, line[0].isASCIILetter {
      memoFirst = first
      memoSecond = second
      memoTime = found.time
      hasMemo = true
    }
    return found
  }

  /// Forgets the last stamp; for when the resolver was changed from outside.
  mutating func forget() { hasMemo = false }

  @inline(never)
  private mutating func readAny(_ line: ByteView, _ resolver: inout StampResolver) -> (time: Timestamp, end: Int)? {
    if line[0].isASCIIDigit {
      if line[4] == 0x2D {
        if let found = StampReader.readRFC3339(line, nil) {
          remember(line, found)
          return found
        }
        return withUnsafeMutablePointer(to: &resolver) { StampReader.readRFC3339(line, $0) }
      }
      if line[10] == 0x2E { return StampReader.readSeconds(line) }
      guard line[4] == 0x20, let year = line.prefix(4).decimal else { return nil }
      return StampReader.readMonth(line, at: 5, year: year, &resolver)
    }
    if line[3] == 0x20, line[8] == 0x2D {
      guard
        let found = withUnsafeMutablePointer(
          to: &resolver, { StampReader.readRFC3339(line.from(4), $0, hasZoneName: true) })
      else { return nil }
      return (found.time, found.end + 4)
    }
    return StampReader.readMonth(line, at: 0, year: nil, &resolver)
  }

  /// `:ss[.fraction]zone ` behind a minute that is known, if the zone is known too.
  @inline(never)
  private func readSecond(_ line: ByteView) -> (time: Timestamp, end: Int)? {
    guard line.at(16) == 0x3A, let second = StampReader.number(line, 17, 2), second <= 60 else { return nil }
    var at = 19
    let fraction = StampReader.fraction(line, at: &at)
    guard at + 8 <= line.count, WordScan.load(line.start, at) & minute.zoneMask == minute.zone else { return nil }
    let seconds = minute.start &+ Int64(second)
    return (
      Timestamp(microseconds: seconds &* 1_000_000 &+ fraction.microseconds, fractionDigits: fraction.digits),
      at + minute.zoneLength
    )
  }

  private mutating func remember(_ line: ByteView, _ found: (time: Timestamp, end: Int)) {
    var at = 19
    _ = StampReader.fraction(line, at: &at)
    guard let second = StampReader.number(line, 17, 2), at + 8 <= line.count, found.end - at <= 8 else { return }
    minute.first = UnsafeRawPointer(line.start).loadUnaligned(as: UInt64.self)
    minute.second = UnsafeRawPointer(line.start).loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    minute.zoneLength = found.end - at
    minute.zoneMask = UInt64.max >> (64 - 8 * UInt64(minute.zoneLength))
    minute.zone = WordScan.load(line.start, at) & minute.zoneMask
    minute.start = found.time.seconds - Int64(second)
    minute.isSet = true
  }

  /// `1795456788.123456 `
  private static func readSeconds(_ line: ByteView) -> (time: Timestamp, end: Int)? {
    guard let seconds = number(line, 0, 10) else { return nil }
    var at = 10
    let fraction = fraction(line, at: &at)
    guard fraction.digits > 0, line.at(at) == 0x20 else { return nil }
    return (
      Timestamp(microseconds: Int64(seconds) &* 1_000_000 &+ fraction.microseconds, fractionDigits: fraction.digits),
      at + 1
    )
  }

  /// Years that a log can be of.
  private static let years = 1970...2199

  /// `Mmm d [yyyy ]hh:mm:ss[.fraction] `
  private static func readMonth(
    _ line: ByteView, at start: Int, year: Int?, _ resolver: inout StampResolver
  ) -> (time: Timestamp, end: Int)? {
    guard let (month, day, end) = monthAndDay(line, at: start) else { return nil }
    var at = end
    var year = year
    if year == nil, line.at(at + 4) == 0x20, let written = number(line, at, 4) {
      year = written
      at += 5
    }
    if let year, !years.contains(year) { return nil }
    guard let second = secondOfDay(line, at: at) else { return nil }
    at += 8
    let fraction = fraction(line, at: &at)
    guard line.at(at) == 0x20, let seconds = resolver.seconds(year: year, month: month, day: day, second: second)
    else { return nil }
    return (
      Timestamp(microseconds: seconds &* 1_000_000 &+ fraction.microseconds, fractionDigits: fraction.digits), at + 1
    )
  }

  /// Month and day of `Mmm d hh:mm:ss`, a stamp that has no year; nil for any other.
  static func dateWithoutYear(_ line: ByteView) -> (month: Int, day: Int)? {
    guard let (month, day, end) = monthAndDay(line, at: 0), secondOfDay(line, at: end) != nil else { return nil }
    return (month, day)
  }

  /// `Mmm d `, and the offset behind it.
  @inline(__always)
  private static func monthAndDay(_ line: ByteView, at start: Int) -> (month: Int, day: Int, end: Int)? {
    guard let month = month(line[start..<(start + 3)]), line.at(start + 3) == 0x20 else {
      return otherMonthAndDay(line, at: start)
    }
    return day(line, at: start + 4).map { (month, $0.day, $0.end) }
  }

  /// The same where the month's name is no English one.
  @inline(never)
  private static func otherMonthAndDay(_ line: ByteView, at start: Int) -> (month: Int, day: Int, end: Int)? {
    guard let name = MonthName.find(line.from(start)) else { return nil }
    return day(line, at: start + name.length + 1).map { (name.month, $0.day, $0.end) }
  }

  /// `d ` or ` d `, and the offset behind it.
  @inline(__always)
  private static func day(_ line: ByteView, at start: Int) -> (day: Int, end: Int)? {
    var at = start
    if line.at(at) == 0x20 { at += 1 }
    guard let tens = line.at(at), tens.isASCIIDigit else { return nil }
    var day = Int(tens &- 0x30)
    at += 1
    if let ones = line.at(at), ones.isASCIIDigit {
      day = day * 10 + Int(ones &- 0x30)
      at += 1
    }
    guard (1...31).contains(day), line.at(at) == 0x20 else { return nil }
    return (day, at + 1)
  }

  /// `yyyy-mm-ddThh:mm:ss[.fraction]zone `. With a `resolver` the zone may be missing, or be a name behind a space:
  /// UTC and GMT are known, others are taken for the machine's.
  static func readRFC3339(
    _ line: ByteView, _ resolver: UnsafeMutablePointer<StampResolver>?, hasZoneName: Bool = false
  ) -> (time: Timestamp, end: Int)? {
    guard line.count > 20, line[4] == 0x2D, line[7] == 0x2D, line[10] == 0x54 || line[10] == 0x20,
      let year = number(line, 0, 4), let month = number(line, 5, 2), let day = number(line, 8, 2),
      years.contains(year), (1...12).contains(month), (1...31).contains(day), let second = secondOfDay(line, at: 11)
    else { return nil }
    var at = 19
    let fraction = fraction(line, at: &at)
    var offset = 0
    var isLocal = false
    switch line.at(at) {
    case 0x5A, 0x7A:
      at += 1
    case 0x2B, 0x2D:
      let isWest = line[at] == 0x2D
      guard let hours = number(line, at + 1, 2) else { return nil }
      at += 3
      if line.at(at) == 0x3A { at += 1 }
      guard let minutes = number(line, at, 2), hours < 24, minutes < 60 else { return nil }
      at += 2
      offset = (hours * 60 + minutes) * 60 * (isWest ? -1 : 1)
    case 0x20 where resolver != nil:
      isLocal = true
      if hasZoneName {
        guard let name = zoneName(line, at: at + 1) else { return nil }
        isLocal = name != "UTC" && name != "GMT"
        at += 1 + name.count
      }
    default:
      return nil
    }
    guard line.at(at) == 0x20 else { return nil }
    let days = Timestamp.days(year: year, month: month, day: day)
    guard day < 29 || Timestamp.date(days: days).day == day else { return nil }
    var seconds = Int64(days * 86_400 + second - offset)
    if isLocal, let resolver {
      guard let local = resolver.pointee.seconds(year: year, month: month, day: day, second: second) else { return nil }
      seconds = local
    }
    return (
      Timestamp(microseconds: seconds &* 1_000_000 &+ fraction.microseconds, fractionDigits: fraction.digits), at + 1
    )
  }

  /// `CET `: three to five capitals.
  private static func zoneName(_ line: ByteView, at start: Int) -> ByteView? {
    var at = start
    while at - start < 6, let byte = line.at(at), byte &- 0x41 < 26 { at += 1 }
    guard (3...5).contains(at - start), line.at(at) == 0x20 else { return nil }
    return line[start..<at]
  }

  /// `hh:mm:ss` as seconds; 60 seconds are taken for a leap second.
  @inline(__always)
  private static func secondOfDay(_ line: ByteView, at start: Int) -> Int? {
    guard line.at(start + 2) == 0x3A, line.at(start + 5) == 0x3A, let hour = number(line, start, 2),
      let minute = number(line, start + 3, 2), let second = number(line, start + 6, 2), hour < 24, minute < 60,
      second <= 60
    else { return nil }
    return hour * 3600 + minute * 60 + second
  }

  /// `.123456` at `at`, which moves behind it; more than six digits are passed over.
  @inline(__always)
  private static func fraction(_ line: ByteView, at: inout Int) -> (microseconds: Int64, digits: Int) {
    guard let point = line.at(at), point == 0x2E || point == 0x2C, line.at(at + 1)?.isASCIIDigit == true else {
      return (0, 0)
    }
    at += 1
    var value: Int64 = 0
    var digits = 0
    while let byte = line.at(at), byte.isASCIIDigit {
      if digits < 6 {
        value = value * 10 + Int64(byte &- 0x30)
        digits += 1
      }
      at += 1
    }
    for _ in digits..<6 { value *= 10 }
    return (value, digits)
  }

  /// `length` digits at `start`.
  @inline(__always)
  private static func number(_ line: ByteView, _ start: Int, _ length: Int) -> Int? {
    guard start + length <= line.count else { return nil }
    var value = 0
    for index in start..<(start + length) {
      let digit = line.start[index] &- 0x30
      guard digit < 10 else { return nil }
      value = value &* 10 &+ Int(digit)
    }
    return value
  }

  private static func month(_ name: ByteView) -> Int? {
    switch name {
    case "Jan": 1
    case "Feb": 2
    case "Mar": 3
    case "Apr": 4
    case "May": 5
    case "Jun": 6
    case "Jul": 7
    case "Aug": 8
    case "Sep": 9
    case "Oct": 10
    case "Nov": 11
    case "Dec": 12
    default: nil
    }
  }
}
