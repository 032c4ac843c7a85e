public import Bytes

/// An enhanced mail system status code `class.subject.detail` (RFC 3463): class 2, 4 or 5, subject and detail 0 to
/// 999 without leading zeros. The registry grows (RFC 5248), so this is an open set.
public struct EnhancedStatusCode: Hashable, Sendable, CustomStringConvertible {
  public let severity: UInt8
  public let subject: UInt16
  public let detail: UInt16

  /// nil when a part is out of range.
  @inlinable
  public init?(_ severity: Int, _ subject: Int, _ detail: Int) {
    guard severity == 2 || severity == 4 || severity == 5, (0...999).contains(subject), (0...999).contains(detail)
    else { return nil }
    self.severity = UInt8(severity)
    self.subject = UInt16(subject)
    self.detail = UInt16(detail)
  }

  /// The code that fills all of `text`.
  @inlinable
  public init?(_ text: ByteView) {
    guard let (code, length) = EnhancedStatusCode.scan(text), length == text.count else { return nil }
    self = code
  }

  /// The code at the start of `text` and its length in bytes; it ends before anything but a digit or a dot.
  @inlinable
  public static func scan(_ text: ByteView) -> (code: EnhancedStatusCode, length: Int)? {
    if text.count >= 8, let code = scanShort(text) { return (code, 5) }
    guard text.count >= 5, text[1] == 0x2E else { return nil }
    let severity = Int(text[0]) - 0x30
    guard severity == 2 || severity == 4 || severity == 5 else { return nil }
    guard let (subject, afterSubject) = number(text, 2), text.at(afterSubject) == 0x2E,
      let (detail, end) = number(text, afterSubject + 1)
    else { return nil }
    // "4.7.1." at a sentence's end is a code, "4.7.1.2" is not.
    if text.at(end) == 0x2E, let next = text.at(end + 1), next.isASCIIDigit { return nil }
    guard let code = EnhancedStatusCode(severity, subject, detail) else { return nil }
    return (code, end)
  }

  /// `4.7.1` and a byte that ends it, as most are, looked at together; nil for any other text, and for codes among them
  /// that are longer. There must be eight bytes.
  @inlinable @inline(__always)
  static func scanShort(_ text: ByteView) -> EnhancedStatusCode? {
    let word = UInt64(littleEndian: UnsafeRawPointer(text.start).loadUnaligned(as: UInt64.self))
    // Full stops are at 1 and 3; a digit less "0" is below ten where adding 0x76 leaves the top bit alone.
    let digits = word & 0xFF_00FF_00FF ^ 0x30_0030_0030
    let others = (digits | (digits &+ 0x76_0076_0076)) & 0x80_0080_0080
    guard word & 0xFF00_FF00 == 0x2E00_2E00, others == 0 else { return nil }
    let severity = UInt8(truncatingIfNeeded: digits)
    let behind = UInt8(truncatingIfNeeded: word >> 40)
    guard severity == 2 || severity == 4 || severity == 5, !behind.isASCIIDigit, behind != 0x2E else { return nil }
    return EnhancedStatusCode(
      known: severity, UInt16(truncatingIfNeeded: digits >> 16 & 0xF), UInt16(truncatingIfNeeded: digits >> 32 & 0xF))
  }

  /// Of parts that are known to be in range.
  @inlinable @inline(__always)
  init(known severity: UInt8, _ subject: UInt16, _ detail: UInt16) {
    self.severity = severity
    self.subject = subject
    self.detail = detail
  }

  @inlinable
  static func number(_ text: ByteView, _ start: Int) -> (value: Int, end: Int)? {
    var end = start
    var value = 0
    while let byte = text.at(end), byte.isASCIIDigit {
      value = value * 10 + Int(byte &- 0x30)
      end += 1
      if end - start > 3 { return nil }
    }
    return end > start ? (value, end) : nil
  }

  @inlinable
  public var isTransient: Bool { severity == 4 }
  @inlinable
  public var isPermanent: Bool { severity == 5 }

  /// True if subject and detail agree, whatever the class: `4.2.2 ~= 5.2.2`.
  @inlinable
  public static func ~= (pattern: EnhancedStatusCode, value: EnhancedStatusCode) -> Bool {
    pattern.subject == value.subject && pattern.detail == value.detail
  }

  public var description: String { "\(severity).\(subject).\(detail)" }
}
