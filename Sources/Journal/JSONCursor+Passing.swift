// Passing over values that nobody asked for, written as this journal writes them: for less than reading them costs, and
// still not past a value that is broken.

import Bytes
import Glibc

extension JSONCursor {
  /// Passes over a number as `EventEncoder` writes one that is not negative; false, with the cursor where it was, if it is
  /// another.
  @inline(__always)
  mutating func passNumber() -> Bool {
    var probe = at
    guard JSONCursor.passDigits(&probe, end) else { return false }
    if probe < end, probe.pointee == 0x2E {
      probe += 1
      guard JSONCursor.passDigits(&probe, end) else { return false }
    }
    guard probe < end, probe.pointee == 0x2C || probe.pointee == 0x7D else { return false }
    at = probe
    return true
  }

  /// Passes over an object whose values are texts and numbers, without escapes or blanks; false, with the cursor where it
  /// was, if it is another.
  @inline(__always)
  mutating func passFlatObject() -> Bool {
    passMembers { $0.plainText() != nil || $0.passNumber() }
  }

  /// Passes over an object of objects as `passFlatObject` takes them; false, with the cursor where it was, if it is
  /// another.
  mutating func passObjects() -> Bool {
    passMembers { $0.passFlatObject() }
  }

  /// Passes over an object with a member at least, each of whose values `passValue` passes over; false, with the cursor
  /// where it was, if there is another.
  @inline(__always)
  private mutating func passMembers(_ passValue: (inout JSONCursor) -> Bool) -> Bool {
    var probe = self
    guard probe.at < end, probe.at.pointee == 0x7B else { return false }
    repeat {
      probe.at += 1
      guard probe.plainText() != nil, probe.at < end, probe.at.pointee == 0x3A else { return false }
      probe.at += 1
      guard passValue(&probe), probe.at < end else { return false }
    } while probe.at.pointee == 0x2C
    guard probe.at.pointee == 0x7D else { return false }
    at = probe.at + 1
    return true
  }

  /// The text that begins here, if it has no escapes; the cursor goes past it.
  @inline(__always)
  mutating func plainText() -> ByteView? {
    guard at < end, at.pointee == 0x22 else { return nil }
    let first = at + 1
    let close = JSONCursor.nearQuoteOrBackslash(first, end)
    guard close < end, close.pointee == 0x22 else { return nil }
    at = close + 1
    return ByteView(first, count: close - first)
  }

  /// The same as `quoteOrBackslash`, sixteen bytes at a time.
  @inline(__always)
  private static func nearQuoteOrBackslash(
    _ from: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
  ) -> UnsafePointer<UInt8> {
    let quotes = SIMD16<UInt8>(repeating: 0x22)
    let backslashes = SIMD16<UInt8>(repeating: 0x5C)
    var probe = from
    while end - probe >= 16 {
      let bytes = UnsafeRawPointer(probe).loadUnaligned(as: SIMD16<UInt8>.self)
      let hits = (bytes .== quotes) .| (bytes .== backslashes)
      let words = unsafeBitCast(hits, to: SIMD2<UInt64>.self)
      if words.x != 0 { return probe + words.x.trailingZeroBitCount >> 3 }
      if words.y != 0 { return probe + (8 + words.y.trailingZeroBitCount >> 3) }
      probe += 16
    }
    return quoteOrBackslash(probe, end)
  }

  /// One digit at least.
  @inline(__always)
  private static func passDigits(_ probe: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Bool {
    let first = probe
    while probe < end, probe.pointee &- 0x30 < 10 { probe += 1 }
    return probe > first
  }
}
