// What one thread knows of texts that it judged lately.

import Bytes
import Glibc

/// From a text, or its shape, and all else that a verdict depends on (the facts of the failure) to what is known of it.
/// Texts of up to 384 bytes are kept, one behind the other; when there is no more room all are forgotten, and those that
/// come often are back at once. Memory that is not used is not touched.
struct VerdictCache<Known>: ~Copyable {
  private static var longest: Int { 384 }

  /// A text of `length` bytes follows.
  private struct Entry {
    let facts: CompiledRule.Facts
    let known: Known
    let length: Int
  }

  private struct Slot {
    /// Of text and facts.
    var hash: UInt32 = 0
    /// The entry's place and one; 0 for none.
    var place: UInt32 = 0
  }

  /// Open addressing, linear probing. A power of two of them.
  private let slots: UnsafeMutablePointer<Slot>
  private let mask: Int
  private var count = 0
  private let entries: UnsafeMutableRawPointer
  private let capacity: Int
  private var used = 0

  /// - Parameters:
  ///   - bits: how many slots there are, as a power of two; half of them are filled at most.
  ///   - bytes: what entries take up at most, with their texts.
  init(bits: Int, bytes: Int) {
    mask = 1 << bits - 1
    slots = UnsafeMutablePointer<Slot>.allocate(capacity: mask + 1)
    slots.initialize(repeating: Slot(), count: mask + 1)
    capacity = bytes
    entries = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: VerdictCache.alignment)
  }

  deinit {
    slots.deallocate()
    entries.deallocate()
  }

  private static var alignment: Int { max(MemoryLayout<Entry>.alignment, 8) }

  /// Where what is known of a text stands, or would.
  struct Place {
    fileprivate let slot: Int
    fileprivate let hash: UInt32
  }

  /// nil if the text is too long to be kept. Valid until something is kept at another place.
  @inline(__always)
  func place(_ text: ByteView, _ facts: CompiledRule.Facts) -> Place? {
    if text.count > VerdictCache.longest { return nil }
    let hash = UInt32(truncatingIfNeeded: text.tableHash &+ facts.hash)
    var slot = Int(hash) & mask
    while slots[slot].place != 0 {
      if slots[slot].hash == hash, isEntry(slots[slot].place, text, facts) { break }
      slot = (slot &+ 1) & mask
    }
    return Place(slot: slot, hash: hash)
  }

  @inline(__always)
  private func entry(_ place: UInt32) -> UnsafeMutableRawPointer { entries + Int(place &- 1) }

  @inline(__always)
  private func isEntry(_ place: UInt32, _ text: ByteView, _ facts: CompiledRule.Facts) -> Bool {
    let start = entry(place)
    let own = start.assumingMemoryBound(to: Entry.self)
    return own.pointee.length == text.count && own.pointee.facts == facts
      && memcmp(start + MemoryLayout<Entry>.stride, text.start, text.count) == 0
  }

  @inline(__always)
  func known(at place: Place?) -> Known? {
    guard let place, slots[place.slot].place != 0 else { return nil }
    return entry(slots[place.slot].place).assumingMemoryBound(to: Entry.self).pointee.known
  }

  /// Keeps what is known of a text, at the place where nothing stands yet.
  mutating func keep(_ known: Known, at place: Place?, _ text: ByteView, _ facts: CompiledRule.Facts) {
    guard let place, slots[place.slot].place == 0 else { return }
    let aligned = (MemoryLayout<Entry>.stride + text.count + VerdictCache.alignment - 1) & ~(VerdictCache.alignment - 1)
    var slot = place.slot
    if used + aligned > capacity || count * 2 > mask {
      forget()
      slot = Int(place.hash) & mask
    }
    guard aligned <= capacity else { return }
    let start = entries + used
    start.initializeMemory(as: Entry.self, to: Entry(facts: facts, known: known, length: text.count))
    memcpy(start + MemoryLayout<Entry>.stride, text.start, text.count)
    slots[slot] = Slot(hash: place.hash, place: UInt32(used + 1))
    used += aligned
    count += 1
  }

  private mutating func forget() {
    slots.update(repeating: Slot(), count: mask + 1)
    count = 0
    used = 0
  }
}
