// A borrowed run of bytes: the currency of every hot path.
//
// A `ByteView` promises nothing about lifetime: it is valid as long as the buffer that it was cut from, which by
// convention is the duration of the call that handed it over. Whoever keeps bytes longer copies them (`ByteBuffer`,
// `String(_:)`). It is not Sendable, so the compiler keeps it on the thread that owns the buffer.

public import CLinux
public import Glibc

/// Borrowed bytes, at most 2^48 of them; valid only while the buffer they were cut from is.
@frozen
public struct ByteView {
  @usableFromInline let base: UnsafePointer<UInt8>
  public let count: Int

  @inlinable @inline(__always)
  public init(_ base: UnsafePointer<UInt8>, count: Int) {
    self.base = base
    self.count = count
  }

  /// A view of `buffer`, which must outlive it.
  @inlinable
  public init(_ buffer: UnsafeRawBufferPointer) {
    if let start = buffer.baseAddress {
      self.init(start.assumingMemoryBound(to: UInt8.self), count: buffer.count)
    } else {
      self = .empty
    }
  }

  @inlinable
  public init(_ buffer: UnsafeBufferPointer<UInt8>) {
    self.init(UnsafeRawBufferPointer(buffer))
  }

  /// A view of a literal, which lives as long as the process.
  @inlinable @inline(__always)
  public init(_ literal: StaticString) {
    self.init(literal.utf8Start, count: literal.utf8CodeUnitCount)
  }

  /// No bytes.
  @inlinable @inline(__always)
  public static var empty: ByteView { ByteView("") }

  @inlinable @inline(__always)
  public var isEmpty: Bool { count == 0 }

  /// The first byte's address; for calls into C.
  @inlinable @inline(__always)
  public var start: UnsafePointer<UInt8> { base }

  @inlinable @inline(__always)
  public var rawBuffer: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

  @inlinable @inline(__always)
  public var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

  /// The byte at `index`; traps outside of `0..<count`.
  @inlinable @inline(__always)
  public subscript(index: Int) -> UInt8 {
    precondition(index >= 0 && index < count)
    return base[index]
  }

  /// The byte at `index`, or nil past the end.
  @inlinable @inline(__always)
  public func at(_ index: Int) -> UInt8? {
    index >= 0 && index < count ? base[index] : nil
  }

  /// The bytes in `range`, cut to what exists.
  @inlinable @inline(__always)
  public subscript(range: Range<Int>) -> ByteView {
    let lower = min(max(range.lowerBound, 0), count)
    let upper = min(max(range.upperBound, lower), count)
    return ByteView(base + lower, count: upper - lower)
  }

  /// The bytes from `index` on; empty past the end.
  @inlinable @inline(__always)
  public func from(_ index: Int) -> ByteView {
    let lower = min(max(index, 0), count)
    return ByteView(base + lower, count: count - lower)
  }

  /// The first `length` bytes, or all.
  @inlinable @inline(__always)
  public func prefix(_ length: Int) -> ByteView {
    ByteView(base, count: min(max(length, 0), count))
  }

  /// How many zero bytes stand at the start.
  @inlinable @inline(__always)
  public var leadingZeros: Int {
    var length = 0
    while length < count, base[length] == 0 { length += 1 }
    return length
  }

  /// The last `length` bytes, or all.
  @inlinable @inline(__always)
  public func suffix(_ length: Int) -> ByteView {
    let kept = min(max(length, 0), count)
    return ByteView(base + (count - kept), count: kept)
  }
}

// MARK: - Comparing

extension ByteView: Equatable {
  @inlinable @inline(__always)
  public static func == (left: ByteView, right: ByteView) -> Bool {
    guard left.count == right.count else { return false }
    let count = left.count
    // Most texts that are compared are names of a few bytes, for which a call takes longer.
    if count < 8 {
      if count >= 4 {
        var halves: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
        memcpy(&halves.0, left.base, 4)
        memcpy(&halves.1, right.base, 4)
        memcpy(&halves.2, left.base + (count - 4), 4)
        memcpy(&halves.3, right.base + (count - 4), 4)
        return (halves.0 ^ halves.1) | (halves.2 ^ halves.3) == 0
      }
      var at = 0
      var difference: UInt8 = 0
      while at < count {
        difference |= left.base[at] ^ right.base[at]
        at &+= 1
      }
      return difference == 0
    }
    guard count <= 16 else { return memcmp(left.base, right.base, count) == 0 }
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    memcpy(&words.0, left.base, 8)
    memcpy(&words.1, right.base, 8)
    memcpy(&words.2, left.base + (count - 8), 8)
    memcpy(&words.3, right.base + (count - 8), 8)
    return (words.0 ^ words.1) | (words.2 ^ words.3) == 0
  }

  @inlinable @inline(__always)
  public static func == (left: ByteView, right: StaticString) -> Bool {
    left.count == right.utf8CodeUnitCount && memcmp(left.base, right.utf8Start, left.count) == 0
  }

  @inlinable @inline(__always)
  public static func != (left: ByteView, right: StaticString) -> Bool { !(left == right) }

  @inlinable @inline(__always)
  public static func ~= (pattern: StaticString, value: ByteView) -> Bool { value == pattern }
}

extension ByteView {
  @inlinable @inline(__always)
  public func hasPrefix(_ literal: StaticString) -> Bool {
    count >= literal.utf8CodeUnitCount && memcmp(base, literal.utf8Start, literal.utf8CodeUnitCount) == 0
  }

  @inlinable
  public func hasPrefix(_ other: ByteView) -> Bool {
    count >= other.count && memcmp(base, other.base, other.count) == 0
  }

  @inlinable @inline(__always)
  public func hasSuffix(_ literal: StaticString) -> Bool {
    let length = literal.utf8CodeUnitCount
    return count >= length && memcmp(base + (count - length), literal.utf8Start, length) == 0
  }

  @inlinable
  public func hasSuffix(_ other: ByteView) -> Bool {
    count >= other.count && memcmp(base + (count - other.count), other.base, other.count) == 0
  }

  /// Equality without regard to the case of ASCII letters.
  @inlinable
  public func equalsIgnoringCase(_ other: ByteView) -> Bool {
    guard count == other.count else { return false }
    for index in 0..<count where base[index].lowercasedASCII != other.base[index].lowercasedASCII { return false }
    return true
  }

  @inlinable
  public func hasPrefixIgnoringCase(_ literal: StaticString) -> Bool {
    prefix(literal.utf8CodeUnitCount).equalsIgnoringCase(ByteView(literal))
  }

  /// A 64-bit hash (multiply and shift, eight bytes at a time) for what is stored: it stays as it is. Where five to seven
  /// bytes are left behind the last eight, one to three of them don't count, so that texts which must be told apart take
  /// `tableHash`.
  @inlinable
  public var hash64: UInt64 {
    var state = UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
    var cursor = base
    var left = count
    while left >= 8 {
      let word = UnsafeRawPointer(cursor).loadUnaligned(as: UInt64.self)
      state = (state ^ word) &* 0xff51_afd7_ed55_8ccd
      state ^= state >> 32
      cursor += 8
      left -= 8
    }
    var word: UInt64 = 0
    if left >= 4 {
      word = UInt64(UnsafeRawPointer(cursor).loadUnaligned(as: UInt32.self)) << 32
      cursor += 4
      left -= 4
    }
    while left > 0 {
      word = word << 8 | UInt64(cursor.pointee)
      cursor += 1
      left -= 1
    }
    state = (state ^ word) &* 0xff51_afd7_ed55_8ccd
    return state ^ (state >> 29)
  }
}

extension UInt8 {
  /// The lower-case twin of an ASCII letter; any other byte unchanged.
  @inlinable @inline(__always)
  public var lowercasedASCII: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }

  @inlinable @inline(__always)
  public var isASCIIDigit: Bool { self &- 0x30 < 10 }

  @inlinable @inline(__always)
  public var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }
}

// MARK: - Finding

extension ByteView {
  /// The offset of the first `byte` at or after `start`.
  @inlinable @inline(__always)
  public func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
    guard start >= 0, start < count, let found = memchr(base + start, Int32(byte), count - start) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  /// How many of the bytes are `byte`. O(count).
  @inlinable
  public func count(of byte: UInt8) -> Int {
    let pattern = SIMD16<UInt8>(repeating: byte)
    let raw = UnsafeRawPointer(start)
    var total = 0
    var at = 0
    while at + 16 <= count {
      // A lane counts 255 at most.
      let end = min(at + 255 * 16, count)
      var lanes = SIMD16<UInt8>(repeating: 0)
      while at + 16 <= end {
        let hits = raw.loadUnaligned(fromByteOffset: at, as: SIMD16<UInt8>.self) .== pattern
        lanes &-= unsafeBitCast(hits, to: SIMD16<UInt8>.self)
        at += 16
      }
      for lane in 0..<16 { total += Int(lanes[lane]) }
    }
    while at < count {
      if start[at] == byte { total += 1 }
      at += 1
    }
    return total
  }

  /// The offset of the last `byte`. O(count).
  public func lastIndex(of byte: UInt8) -> Int? {
    guard count > 0, let found = memrchr(base, Int32(byte), count) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  /// The offset of the first occurrence of `needle` at or after `start`. O(count) in practice (memmem).
  @inlinable
  public func firstRange(of needle: StaticString, from start: Int = 0) -> Range<Int>? {
    firstRange(of: ByteView(needle), from: start)
  }

  @inlinable
  public func firstRange(of needle: ByteView, from start: Int = 0) -> Range<Int>? {
    guard start >= 0, start + needle.count <= count,
      let found = memmem(base + start, count - start, needle.base, needle.count)
    else { return nil }
    let offset = UnsafeRawPointer(found) - UnsafeRawPointer(base)
    return offset..<(offset + needle.count)
  }

  @inlinable
  public func contains(_ needle: StaticString) -> Bool { firstRange(of: needle) != nil }

  /// Without spaces and tabs at either end.
  @inlinable
  public var trimmed: ByteView {
    var lower = 0
    var upper = count
    while lower < upper, base[lower] == 0x20 || base[lower] == 0x09 { lower += 1 }
    while upper > lower, base[upper - 1] == 0x20 || base[upper - 1] == 0x09 { upper -= 1 }
    return ByteView(base + lower, count: upper - lower)
  }
}

extension ByteView {
  /// True if no byte is above 0x7F. O(count), 32 bytes a step.
  public var isASCII: Bool {
    let raw = UnsafeRawPointer(base)
    var seen: UInt64 = 0
    var at = 0
    while at + 32 <= count {
      seen |= raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      seen |= raw.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self)
      seen |= raw.loadUnaligned(fromByteOffset: at + 16, as: UInt64.self)
      seen |= raw.loadUnaligned(fromByteOffset: at + 24, as: UInt64.self)
      if seen & 0x8080_8080_8080_8080 != 0 { return false }
      at += 32
    }
    while at + 8 <= count {
      seen |= raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      at += 8
    }
    if count >= 8 {
      // The last eight, some of them once more.
      seen |= raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
    } else {
      while at < count {
        seen |= UInt64(base[at])
        at += 1
      }
    }
    return seen & 0x8080_8080_8080_8080 == 0
  }

  /// True if a byte is an ASCII capital. O(count), eight bytes a step.
  public var hasASCIIUppercase: Bool {
    let raw = UnsafeRawPointer(base)
    var at = 0
    while at + 8 <= count {
      if ByteView.capitals(raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)) != 0 { return true }
      at += 8
    }
    if count >= 8 {
      return ByteView.capitals(raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)) != 0
    }
    while at < count {
      if base[at] &- 0x41 < 26 { return true }
      at += 1
    }
    return false
  }

  /// True if every byte is ASCII, and none a capital. O(count), eight bytes a step.
  public var isLowercaseASCII: Bool {
    let raw = UnsafeRawPointer(base)
    var found: UInt64 = 0
    var at = 0
    while at &+ 8 <= count {
      let word = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      found |= ByteView.capitals(word) | word
      at &+= 8
    }
    if count >= 8 {
      let word = raw.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
      found |= ByteView.capitals(word) | word
    } else {
      while at < count {
        found |= UInt64(base[at] &- 0x41 < 26 ? 0x80 : base[at])
        at &+= 1
      }
    }
    return found & 0x8080_8080_8080_8080 == 0
  }

  /// The top bit of each of eight bytes that is an ASCII capital.
  @inline(__always)
  private static func capitals(_ bytes: UInt64) -> UInt64 {
    let low = bytes & 0x7F7F_7F7F_7F7F_7F7F
    // Adding to seven bits sets the eighth from "A", and from behind "Z", on.
    let fromA = low &+ 0x3F3F_3F3F_3F3F_3F3F
    let behindZ = low &+ 0x2525_2525_2525_2525
    return fromA & ~behindZ & ~bytes & 0x8080_8080_8080_8080
  }
}

// MARK: - Reading numbers

extension ByteView {
  /// The value of an unsigned decimal number that fills the whole view; nil if empty, not all digits, or over
  /// 18 digits.
  @inlinable
  public var decimal: Int? {
    guard count > 0, count <= 18 else { return nil }
    var value = 0
    for index in 0..<count {
      let digit = base[index] &- 0x30
      guard digit < 10 else { return nil }
      value = value &* 10 &+ Int(digit)
    }
    return value
  }
}

// MARK: - Leaving the hot path

extension String {
  /// A copy of `view`'s bytes; invalid UTF-8 becomes U+FFFD.
  @inlinable
  public init(_ view: ByteView) {
    self = String(decoding: view.buffer, as: UTF8.self)
  }
}

extension ByteView {
  /// Copies the bytes to `place`, where they must have room. For texts of a few dozen bytes, of which a call of memcpy
  /// would take longer to tell how few they are.
  @inlinable @inline(__always)
  public func copy(to place: UnsafeMutablePointer<UInt8>) {
    if count > 64 {
      memcpy(place, base, count)
      return
    }
    if count < 4 {
      for at in 0..<count { place[at] = base[at] }
      return
    }
    if count < 8 {
      var first: UInt32 = 0
      var last: UInt32 = 0
      memcpy(&first, base, 4)
      memcpy(&last, base + (count - 4), 4)
      memcpy(place, &first, 4)
      memcpy(place + (count - 4), &last, 4)
      return
    }
    if count <= 16 {
      var first: UInt64 = 0
      var last: UInt64 = 0
      memcpy(&first, base, 8)
      memcpy(&last, base + (count - 8), 8)
      memcpy(place, &first, 8)
      memcpy(place + (count - 8), &last, 8)
      return
    }
    let source = UnsafeRawPointer(base)
    let target = UnsafeMutableRawPointer(place)
    let last = source.loadUnaligned(fromByteOffset: count &- 16, as: SIMD16<UInt8>.self)
    var at = 0
    while at &+ 16 < count {
      target.storeBytes(
        of: source.loadUnaligned(fromByteOffset: at, as: SIMD16<UInt8>.self), toByteOffset: at, as: SIMD16<UInt8>.self)
      at &+= 16
    }
    target.storeBytes(of: last, toByteOffset: count &- 16, as: SIMD16<UInt8>.self)
  }
}

extension ByteView: CustomStringConvertible {
  public var description: String { String(self) }
}

extension String {
  /// Calls `body` with a view of this string's UTF-8, valid during the call.
  @inlinable
  public func withByteView<Result, Failure: Error>(
    _ body: (ByteView) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var copy = self
    var outcome: Swift.Result<Result, Failure>?
    copy.withUTF8 { utf8 in
      do throws(Failure) {
        outcome = .success(try body(ByteView(utf8)))
      } catch {
        outcome = .failure(error)
      }
    }
    switch outcome {
    case .success(let value): return value
    case .failure(let error): throw error
    case nil: return try body(.empty)
    }
  }
}
