// Finding bytes eight or sixteen at a time, for fields that are too short for memchr to pay.

import Bytes
import CLinux

/// Eight bytes of a line as a little-endian word; a mask has the top bit of each byte that matches.
enum WordScan {
  @inline(__always)
  static func load(_ base: UnsafePointer<UInt8>, _ at: Int) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self))
  }

  /// Bytes that equal `byte`. Above the first that does, the mask may be wrong.
  @inline(__always)
  static func equal(_ word: UInt64, _ byte: UInt8) -> UInt64 {
    let difference = word ^ (0x0101_0101_0101_0101 &* UInt64(byte))
    return (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
  }

  /// The index of the first byte of a mask.
  @inline(__always)
  static func first(_ mask: UInt64) -> Int { mask.trailingZeroBitCount >> 3 }

  /// The offset of the first `byte` in `at..<end`, or `end`.
  @inline(__always)
  static func find(_ byte: UInt8, _ base: UnsafePointer<UInt8>, _ at: Int, _ end: Int) -> Int {
    var at = at
    while at &+ 16 <= end {
      let found = softbounce_equal16(base + at, byte)
      if found != 0 { return at &+ found.trailingZeroBitCount }
      at &+= 16
    }
    while at < end, base[at] != byte { at &+= 1 }
    return at
  }

  /// The offset of the first `one` or `other` in `at..<end`, or `end`.
  @inline(__always)
  static func find(_ one: UInt8, or other: UInt8, _ base: UnsafePointer<UInt8>, _ at: Int, _ end: Int) -> Int {
    var at = at
    while at &+ 16 <= end {
      let found = softbounce_equal16(base + at, one) | softbounce_equal16(base + at, other)
      if found != 0 { return at &+ found.trailingZeroBitCount }
      at &+= 16
    }
    while at < end, base[at] != one, base[at] != other { at &+= 1 }
    return at
  }

  /// The offset of the first of three bytes in `at..<end`, or `end`.
  @inline(__always)
  static func find(
    _ one: UInt8, _ other: UInt8, or third: UInt8, _ base: UnsafePointer<UInt8>, _ at: Int, _ end: Int
  ) -> Int {
    var at = at
    while at &+ 16 <= end {
      let place = base + at
      let found =
        softbounce_equal16(place, one) | softbounce_equal16(place, other) | softbounce_equal16(place, third)
      if found != 0 { return at &+ found.trailingZeroBitCount }
      at &+= 16
    }
    while at < end, base[at] != one, base[at] != other, base[at] != third { at &+= 1 }
    return at
  }
}
