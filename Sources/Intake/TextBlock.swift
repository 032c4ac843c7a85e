// Texts of one life, in one piece of memory that the next life in the same slot uses again.

import Bytes
import Glibc

/// A few byte strings behind one another. The owner calls `free()`; a slice is valid until then.
struct TextBlock {
  /// Where a text stands. Small, because each of many lives has a dozen.
  struct Slice {
    private(set) var offset = UInt32.max
    private(set) var count: UInt16 = 0

    /// No text.
    init() {}

    fileprivate init(offset: Int, count: Int) {
      self.offset = UInt32(offset)
      self.count = UInt16(count)
    }

    var isPresent: Bool { offset != .max }
  }

  private var base: UnsafeMutablePointer<UInt8>?
  private var capacity = 0
  private var count = 0

  /// Longest text that is kept, bytes; addresses end at 320 (RFC 5321, section 4.5.3.1), Message-IDs rarely pass 250.
  static let longestText = 1024

  /// Keeps a copy of `text`, cut to `longestText`.
  mutating func add(_ text: ByteView) -> Slice {
    let kept = text.prefix(TextBlock.longestText)
    if count + kept.count > capacity { grow(kept.count) }
    guard let base else { return Slice() }
    memcpy(base + count, kept.start, kept.count)
    let slice = Slice(offset: count, count: kept.count)
    count += kept.count
    return slice
  }

  private mutating func grow(_ extra: Int) {
    // In steps that malloc(3) uses, not by doubling: most of what a million lives take is these blocks.
    let larger = max((count + extra + 15) & ~15, capacity + capacity / 4, 120)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    if let base {
      moved.update(from: base, count: count)
      base.deallocate()
    }
    base = moved
    capacity = larger
  }

  /// The text of `slice`; nil if there is none.
  func view(_ slice: Slice) -> ByteView? {
    guard slice.isPresent, let base else { return nil }
    return ByteView(UnsafePointer(base + Int(slice.offset)), count: Int(slice.count))
  }

  /// Asks for the first texts' cache lines.
  @inline(__always)
  func prefetch() {
    guard let base else { return }
    for line in stride(from: 0, to: min(capacity, 256), by: 64) { Bytes.prefetch(base + line) }
  }

  /// Forgets all texts and keeps the memory, unless one life made it large.
  mutating func clear() {
    count = 0
    if capacity > 4096 { free() }
  }

  mutating func free() {
    base?.deallocate()
    base = nil
    capacity = 0
    count = 0
  }
}
