// What one thread knows of texts that it judged lately.

import Bytes
import Glibc

/// From a text, or its shape, and all else that a verdict depends on (the facts of the failure) to what is known of it.
/// Texts of up to 384 bytes are kept, in two generations: when the younger one has no more room it becomes the older,
/// and what stood there is forgotten but for what was asked for meanwhile. So what comes often stays, however many texts
/// come once. Memory that is not used is not touched.
struct VerdictCache<Known>: ~Copyable {
  private static var longest: Int { 384 }

  private var young: Generation
  private var old: Generation

  /// - Parameters:
  ///   - bits: how many slots there are, as a power of two; half of them are filled at most.
  ///   - bytes: what entries take up at most, with their texts.
  init(bits: Int, bytes: Int) {
    young = Generation(bits: bits - 1, bytes: bytes / 2)
    old = Generation(bits: bits - 1, bytes: bytes / 2)
  }

  /// What is known of `text`; nil if nothing is, and always of one that is too long to be kept.
  @inline(__always)
  mutating func known(_ text: ByteView, _ facts: CompiledRule.Facts) -> Known? {
    if text.count > VerdictCache.longest { return nil }
    let hash = VerdictCache.hash(text, facts)
    if let place = young.find(text, facts, hash) { return young.known(at: place) }
    return knownOfOld(text, facts, hash)
  }

  @inline(never)
  private mutating func knownOfOld(_ text: ByteView, _ facts: CompiledRule.Facts, _ hash: UInt32) -> Known? {
    guard let place = old.find(text, facts, hash) else { return nil }
    let known = old.known(at: place)
    add(known, text, facts, hash)
    return known
  }

  /// Keeps what is known of a text of which nothing was known.
  mutating func keep(_ known: Known, of text: ByteView, _ facts: CompiledRule.Facts) {
    guard text.count <= VerdictCache.longest else { return }
    add(known, text, facts, VerdictCache.hash(text, facts))
  }

  private mutating func add(_ known: Known, _ text: ByteView, _ facts: CompiledRule.Facts, _ hash: UInt32) {
    if young.add(known, text, facts, hash) { return }
    swap(&young, &old)
    young.forget()
    _ = young.add(known, text, facts, hash)
  }

  @inline(__always)
  private static func hash(_ text: ByteView, _ facts: CompiledRule.Facts) -> UInt32 {
    UInt32(truncatingIfNeeded: text.tableHash &+ facts.hash)
  }

  // MARK: - Generations

  /// Entries one behind the other, found by hash: open addressing, linear probing.
  private struct Generation: ~Copyable {
    /// A text of `length` bytes follows.
    private struct Entry {
      let facts: CompiledRule.Facts
      let length: Int32
      let known: Known
    }

    private struct Slot {
      /// Of text and facts.
      var hash: UInt32 = 0
      /// The entry's place and one; 0 for none.
      var place: UInt32 = 0
    }

    /// A power of two of them.
    private let slots: UnsafeMutablePointer<Slot>
    private let mask: Int
    private var count = 0
    private let entries: UnsafeMutableRawPointer
    private let capacity: Int
    private var used = 0

    init(bits: Int, bytes: Int) {
      mask = 1 << bits - 1
      slots = UnsafeMutablePointer<Slot>.allocate(capacity: mask + 1)
      slots.initialize(repeating: Slot(), count: mask + 1)
      capacity = bytes
      entries = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: Generation.alignment)
    }

    deinit {
      slots.deallocate()
      entries.deallocate()
    }

    private static var alignment: Int { max(MemoryLayout<Entry>.alignment, 8) }

    @inline(__always)
    private func entry(_ place: UInt32) -> UnsafeMutablePointer<Entry> {
      (entries + Int(place &- 1)).assumingMemoryBound(to: Entry.self)
    }

    /// The place of the entry of a text; nil if there is none.
    @inline(__always)
    func find(_ text: ByteView, _ facts: CompiledRule.Facts, _ hash: UInt32) -> UInt32? {
      var slot = Int(hash) & mask
      while slots[slot].place != 0 {
        if slots[slot].hash == hash {
          let own = entry(slots[slot].place)
          if Int(own.pointee.length) == text.count, own.pointee.facts == facts,
            memcmp(UnsafeRawPointer(own) + MemoryLayout<Entry>.stride, text.start, text.count) == 0
          {
            return slots[slot].place
          }
        }
        slot = (slot &+ 1) & mask
      }
      return nil
    }

    @inline(__always)
    func known(at place: UInt32) -> Known { entry(place).pointee.known }

    /// False if there is no room.
    mutating func add(_ known: Known, _ text: ByteView, _ facts: CompiledRule.Facts, _ hash: UInt32) -> Bool {
      let size = (MemoryLayout<Entry>.stride + text.count + Generation.alignment - 1) & ~(Generation.alignment - 1)
      guard used + size <= capacity, count * 2 < mask else { return false }
      var slot = Int(hash) & mask
      while slots[slot].place != 0 { slot = (slot &+ 1) & mask }
      let start = entries + used
      start.initializeMemory(as: Entry.self, to: Entry(facts: facts, length: Int32(text.count), known: known))
      memcpy(start + MemoryLayout<Entry>.stride, text.start, text.count)
      slots[slot] = Slot(hash: hash, place: UInt32(used + 1))
      used += size
      count += 1
      return true
    }

    mutating func forget() {
      slots.update(repeating: Slot(), count: mask + 1)
      count = 0
      used = 0
    }
  }
}
