// A growable output buffer for bytes that leave a hot path: journal lines, JSON, rendered text.

public import Glibc

/// Owned, growable bytes. Appending is amortised O(1) a byte; `removeAll` keeps the memory, so that a buffer that is
/// used again allocates nothing.
public struct ByteBuffer: ~Copyable {
  @usableFromInline var base: UnsafeMutablePointer<UInt8>
  @usableFromInline var capacity: Int
  public private(set) var count: Int {
    @inlinable @inline(__always) get { length }
    set { length = newValue }
  }
  @usableFromInline var length: Int

  public init(capacity: Int = 256) {
    let capacity = max(capacity, 64)
    base = ByteBuffer.memory(capacity)
    self.capacity = capacity
    length = 0
  }

  deinit { base.deallocate() }

  /// New memory; from 64 KiB on it begins with a page, as writes past the page cache need it.
  private static func memory(_ capacity: Int) -> UnsafeMutablePointer<UInt8> {
    guard capacity >= 64 * 1024 else { return UnsafeMutablePointer<UInt8>.allocate(capacity: capacity) }
    return UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 4096).assumingMemoryBound(to: UInt8.self)
  }

  @inlinable @inline(__always)
  public var isEmpty: Bool { length == 0 }

  /// What has been written; valid until the next change.
  @inlinable @inline(__always)
  public var view: ByteView { ByteView(UnsafePointer(base), count: length) }

  /// Makes room for `extra` more bytes.
  @inlinable @inline(__always)
  public mutating func reserve(_ extra: Int) {
    if length + extra > capacity { grow(extra) }
  }

  @usableFromInline
  mutating func grow(_ extra: Int) {
    let larger = max(capacity * 2, length + extra)
    let moved = ByteBuffer.memory(larger)
    moved.update(from: base, count: length)
    base.deallocate()
    base = moved
    capacity = larger
  }

  @inlinable @inline(__always)
  public mutating func append(_ byte: UInt8) {
    reserve(1)
    base[length] = byte
    length += 1
  }

  @inlinable @inline(__always)
  public mutating func append(_ view: ByteView) {
    reserve(view.count)
    memcpy(base + length, view.start, view.count)
    length += view.count
  }

  @inlinable @inline(__always)
  public mutating func append(_ literal: StaticString) {
    append(ByteView(literal))
  }

  @inlinable
  public mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in append(ByteView(utf8)) }
  }

  /// Appends `byte` `count` times.
  public mutating func append(repeating byte: UInt8, count: Int) {
    guard count > 0 else { return }
    reserve(count)
    (base + length).update(repeating: byte, count: count)
    length += count
  }

  /// Appends at most `capacity` bytes that `body` writes; it returns how many.
  @inlinable @inline(__always)
  public mutating func append(capacity: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int) {
    reserve(capacity)
    length += body(base + length)
  }

  /// Appends `value` in decimal.
  @inlinable
  public mutating func append(decimal value: Int) {
    if value >= 0, value < 10 {
      append(0x30 &+ UInt8(truncatingIfNeeded: value))
      return
    }
    if value < 0 { append(UInt8(ascii: "-")) }
    let magnitude = value.magnitude
    var digits = 1
    var limit: UInt = 10
    while magnitude >= limit {
      digits += 1
      // No magnitude has more, and ten times 10^19 would not fit.
      if digits == 20 { break }
      limit &*= 10
    }
    append(magnitude, digits: digits)
  }

  /// Appends `value` in decimal with at least `width` digits, zeros in front.
  @inlinable
  public mutating func append(decimal value: Int, width: Int) {
    reserve(max(width, 20))
    var limit = 1
    var digits = 1
    while digits < width {
      limit *= 10
      digits += 1
      if value < limit { append(UInt8(ascii: "0")) }
    }
    append(decimal: value)
  }

  /// Appends `magnitude` with exactly `digits` digits, at most 20.
  @inlinable @inline(__always)
  mutating func append(_ magnitude: UInt, digits: Int) {
    reserve(20)
    var rest = magnitude
    var at = length + digits
    while at - length >= 2 {
      let pair = rest % 100
      rest /= 100
      at -= 2
      base[at] = 0x30 &+ UInt8(truncatingIfNeeded: pair / 10)
      base[at + 1] = 0x30 &+ UInt8(truncatingIfNeeded: pair % 10)
    }
    if at > length { base[length] = 0x30 &+ UInt8(truncatingIfNeeded: rest % 10) }
    length += digits
  }

  /// Appends `value`, 0 to 99, as two digits.
  @inlinable @inline(__always)
  public mutating func append(twoDigits value: Int) {
    reserve(2)
    base[length] = 0x30 &+ UInt8(truncatingIfNeeded: value / 10)
    base[length + 1] = 0x30 &+ UInt8(truncatingIfNeeded: value % 10)
    length += 2
  }

  @inlinable @inline(__always)
  public mutating func removeAll() { length = 0 }

  /// Drops what stands after the first `count` bytes.
  @inlinable
  public mutating func truncate(to count: Int) {
    if count >= 0, count < length { length = count }
  }

  /// Moves `count` bytes that begin at `start` to an earlier place; both lie within what was appended.
  @usableFromInline
  mutating func move(from start: Int, count: Int, to place: Int) {
    precondition(place >= 0 && place <= start && count >= 0 && start + count <= length)
    memmove(base + place, base + start, count)
  }

  /// Drops the first `count` bytes and moves the rest to the front. O(rest).
  public mutating func removeFirst(_ count: Int) {
    let dropped = min(max(count, 0), length)
    memmove(base, base + dropped, length - dropped)
    length -= dropped
  }
}
