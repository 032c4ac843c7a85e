// Points in time as logs and journals write them.

public import Bytes

/// A point in time in UTC with the precision that its source gave: microseconds since 1970, and how many digits of
/// the second's fraction were real (0 to 6). Comparison and equality look at the time alone.
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Microseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
  public var microseconds: Int64
  /// Digits of the fraction that the source gave, 0 to 6.
  public var fractionDigits: UInt8

  @inlinable
  public init(microseconds: Int64, fractionDigits: Int = 6) {
    self.microseconds = microseconds
    self.fractionDigits = UInt8(min(max(fractionDigits, 0), 6))
  }

  @inlinable
  public init(seconds: Int64) {
    self.init(microseconds: seconds &* 1_000_000, fractionDigits: 0)
  }

  /// Whole seconds since 1970, rounded down.
  @inlinable
  public var seconds: Int64 {
    let quotient = microseconds / 1_000_000
    return microseconds % 1_000_000 < 0 ? quotient - 1 : quotient
  }

  @inlinable
  public static func == (left: Timestamp, right: Timestamp) -> Bool { left.microseconds == right.microseconds }
  @inlinable
  public static func < (left: Timestamp, right: Timestamp) -> Bool { left.microseconds < right.microseconds }
  @inlinable
  public func hash(into hasher: inout Hasher) { hasher.combine(microseconds) }

  /// This time moved by `seconds`, same precision.
  @inlinable
  public func advanced(by seconds: Double) -> Timestamp {
    let shift = (seconds * 1_000_000).rounded()
    guard shift.magnitude < 9e17 else { return self }
    return Timestamp(microseconds: microseconds &+ Int64(shift), fractionDigits: Int(fractionDigits))
  }

  /// This time without the digits that its source did not give.
  @inlinable
  public var truncated: Timestamp {
    var unit: Int64 = 1
    for _ in Int(fractionDigits)..<6 { unit *= 10 }
    let excess = microseconds % unit
    return Timestamp(
      microseconds: microseconds - (excess < 0 ? excess + unit : excess), fractionDigits: Int(fractionDigits))
  }

  /// Seconds from `earlier` to this.
  @inlinable
  public func since(_ earlier: Timestamp) -> Double {
    Double(microseconds - earlier.microseconds) / 1_000_000
  }
}

// MARK: - Calendar (proleptic Gregorian, days from civil, H. Hinnant)

extension Timestamp {
  /// Days since 1970-01-01 of a date; any year, month 1 to 12, day 1 to 31.
  @inlinable
  public static func days(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The date of a day since 1970-01-01.
  @inlinable
  public static func date(days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}

// MARK: - RFC 3339

extension Timestamp {
  /// Reads `2026-11-23T17:59:48.123456+01:00` or `…Z` (RFC 3339, section 5.6); `t`, `z` and a space for the `T` are
  /// taken too. More than six digits of fraction are cut. nil for anything else.
  public init?(rfc3339 text: ByteView) {
    guard text.count >= 20, text[4] == 0x2D, text[7] == 0x2D,
      text[10] | 0x20 == 0x74 || text[10] == 0x20, text[13] == 0x3A, text[16] == 0x3A,
      let year = text[0..<4].decimal, let month = text[5..<7].decimal, let day = text[8..<10].decimal,
      let hour = text[11..<13].decimal, let minute = text[14..<16].decimal, let second = text[17..<19].decimal,
      (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second <= 60
    else { return nil }
    var at = 19
    var fraction = 0
    var digits = 0
    if text.at(at) == 0x2E {
      at += 1
      let start = at
      while let byte = text.at(at), byte.isASCIIDigit {
        if digits < 6 {
          fraction = fraction * 10 + Int(byte &- 0x30)
          digits += 1
        }
        at += 1
      }
      guard at > start else { return nil }
    }
    var scaled = fraction
    for _ in digits..<6 { scaled *= 10 }
    var offset = 0
    guard let zone = text.at(at) else { return nil }
    if zone | 0x20 == 0x7A {
      at += 1
    } else if zone == 0x2B || zone == 0x2D {
      guard text.at(at + 3) == 0x3A, let hours = text[(at + 1)..<(at + 3)].decimal,
        let minutes = text[(at + 4)..<(at + 6)].decimal, hours < 24, minutes < 60, text.count >= at + 6
      else { return nil }
      offset = (hours * 60 + minutes) * 60 * (zone == 0x2D ? -1 : 1)
      at += 6
    } else {
      return nil
    }
    guard at == text.count else { return nil }
    let days = Timestamp.days(year: year, month: month, day: day)
    // February 30 is no date.
    guard Timestamp.date(days: days).day == day else { return nil }
    let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offset
    self.init(microseconds: Int64(seconds) * 1_000_000 + Int64(scaled), fractionDigits: digits)
  }

  /// Appends `2026-11-23T17:59:48Z`, with as many digits of fraction as the source gave.
  public func appendRFC3339(to buffer: inout ByteBuffer) {
    buffer.append(capacity: Timestamp.longestRFC3339) { writeRFC3339(to: $0) }
  }

  /// Bytes that `writeRFC3339` needs at most.
  public static let longestRFC3339 = 40

  /// Writes what `appendRFC3339` appends, and returns its length.
  public func writeRFC3339(to out: UnsafeMutablePointer<UInt8>) -> Int {
    let whole = seconds
    let day = Int(whole >= 0 ? whole / 86_400 : (whole - 86_399) / 86_400)
    let time = UInt32(truncatingIfNeeded: Int(whole) &- day &* 86_400)
    let start: UnsafeMutablePointer<UInt8>
    if let date = Timestamp.plainDate(days: day) {
      let century = date.year / 100
      start = out + 4
      Timestamp.put(century, out)
      Timestamp.put(date.year &- century &* 100, out + 2)
      Timestamp.put(date.month, out + 5)
      Timestamp.put(date.day, out + 8)
    } else {
      // Years of more than four digits, or before Christ, take the long way.
      let date = Timestamp.date(days: day)
      start = Timestamp.writeYear(date.year, to: out)
      Timestamp.put(UInt32(truncatingIfNeeded: date.month), start + 1)
      Timestamp.put(UInt32(truncatingIfNeeded: date.day), start + 4)
    }
    start[0] = 0x2D
    start[3] = 0x2D
    start[6] = 0x54
    let minutes = time / 60
    let hours = minutes / 60
    Timestamp.put(hours, start + 7)
    start[9] = 0x3A
    Timestamp.put(minutes &- hours &* 60, start + 10)
    start[12] = 0x3A
    Timestamp.put(time &- minutes &* 60, start + 13)
    var end = 15
    if fractionDigits > 0 {
      var fraction = Int(microseconds - whole * 1_000_000)
      for _ in Int(fractionDigits)..<6 { fraction /= 10 }
      start[15] = 0x2E
      end = 16 + Int(fractionDigits)
      for at in stride(from: end - 1, through: 16, by: -1) {
        start[at] = 0x30 &+ UInt8(truncatingIfNeeded: fraction % 10)
        fraction /= 10
      }
    }
    start[end] = 0x5A
    return start - out + end + 1
  }

  /// `value`, under 100, as two digits.
  @inline(__always)
  private static func put(_ value: UInt32, _ place: UnsafeMutablePointer<UInt8>) {
    // A tenth, for values up to 1,028.
    let tens = (value &* 205) >> 11
    place[0] = 0x30 &+ UInt8(truncatingIfNeeded: tens)
    place[1] = 0x30 &+ UInt8(truncatingIfNeeded: value &- tens &* 10)
  }

  /// As `date(days:)` in a quarter of the time, for the years 1 to 9999; nil for others. Multiplications alone (C. Neri
  /// and L. Schneider, "Euclidean affine functions and their application to calendar algorithms", 2022).
  @inline(__always)
  static func plainDate(days: Int) -> (year: UInt32, month: UInt32, day: UInt32)? {
    guard days >= -719_162, days <= 2_932_896 else { return nil }
    // Since March 1st of year 0.
    let first = 4 &* UInt32(truncatingIfNeeded: days &+ 719_468) &+ 3
    let century = first / 146_097
    let second = (first &- century &* 146_097) | 3
    let product = 2_939_745 &* UInt64(second)
    let yearOfCentury = UInt32(truncatingIfNeeded: product >> 32)
    let dayOfYear = UInt32(truncatingIfNeeded: product) / 2_939_745 / 4
    let third = 2141 &* dayOfYear &+ 197_913
    let month = third >> 16
    let day = (third & 0xFFFF) / 2141 &+ 1
    let isNextYear = dayOfYear >= 306
    return (
      century &* 100 &+ yearOfCentury &+ (isNextYear ? 1 : 0), isNextYear ? month &- 12 : month, day
    )
  }

  /// Years outside of 0 to 9999; returns the place behind.
  private static func writeYear(_ year: Int, to out: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
    var buffer = ByteBuffer()
    buffer.append(decimal: year, width: 4)
    for (place, byte) in buffer.view.buffer.enumerated() { out[place] = byte }
    return out + buffer.count
  }
}

extension Timestamp: CustomStringConvertible {
  public var description: String {
    var buffer = ByteBuffer()
    appendRFC3339(to: &buffer)
    return String(buffer.view)
  }
}
