// Texts of one life, in the room of its slot as far as they fit.

import Bytes
import Glibc

/// A few byte strings behind one another: at first in memory that the owner lends, further ones in its own. The owner
/// calls `clear()` before it lets go of one; a slice is valid until then.
struct TextBlock {
  /// Where a text stands, behind its length. Small, because each of many lives has a dozen.
  struct Slice {
    private(set) var offset = UInt32.max

    /// No text.
    init() {}

    /// What `place` of a slice of the same block gave.
    init(place: Int) { offset = UInt32(truncatingIfNeeded: place) }

    var isPresent: Bool { offset != .max }

    var place: Int { Int(offset) }
  }

  private var base: UnsafeMutablePointer<UInt8>
  private let room: UnsafeMutablePointer<UInt8>
  private let roomSize: UInt16
  private var count: UInt32 = 0
  private var capacity: UInt32

  /// Longest text that is kept, bytes; addresses end at 320 (RFC 5321, section 4.5.3.1), Message-IDs rarely pass 250.
  static let longestText = 1024
  /// A length of so many bytes and more takes three.
  private static let longLength = 0xFF

  /// - Parameter room: `size` bytes that stay where they are as long as the block is used; may be none.
  init(room: UnsafeMutablePointer<UInt8>, size: Int) {
    base = room
    self.room = room
    roomSize = UInt16(clamping: size)
    capacity = UInt32(roomSize)
  }

  /// Keeps a copy of `text`, cut to `longestText`.
  mutating func add(_ text: ByteView) -> Slice {
    let length = min(text.count, TextBlock.longestText)
    let head = length < TextBlock.longLength ? 1 : 3
    let start = Int(count)
    let end = start &+ head &+ length
    if end > Int(capacity) { grow(head + length) }
    let place = base + start
    if head == 1 {
      place[0] = UInt8(length)
    } else {
      place[0] = UInt8(TextBlock.longLength)
      place[1] = UInt8(length & 0xFF)
      place[2] = UInt8(length >> 8)
    }
    text.prefix(length).copy(to: place + head)
    // No more than the capacity.
    count = UInt32(truncatingIfNeeded: end)
    return Slice(place: start)
  }

  private mutating func grow(_ extra: Int) {
    // In steps that malloc(3) uses, not by doubling: most of what a million lives take is these blocks.
    let larger = max((Int(count) + extra + 15) & ~15, Int(capacity) + Int(capacity) / 4, 120)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    moved.update(from: base, count: Int(count))
    if base != room { base.deallocate() }
    base = moved
    capacity = UInt32(larger)
  }

  /// The text of `slice`; nil if there is none.
  @inline(__always)
  func view(_ slice: Slice) -> ByteView? {
    guard slice.isPresent else { return nil }
    let place = base + Int(slice.offset)
    let length = Int(place[0])
    if length < TextBlock.longLength { return ByteView(UnsafePointer(place + 1), count: length) }
    return ByteView(UnsafePointer(place + 3), count: Int(place[1]) | Int(place[2]) << 8)
  }

  /// Forgets all texts, and frees what was not lent.
  mutating func clear() {
    count = 0
    guard base != room else { return }
    base.deallocate()
    base = room
    capacity = UInt32(roomSize)
  }
}
