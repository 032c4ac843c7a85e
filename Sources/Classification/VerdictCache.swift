// What one thread knows of texts that it judged lately.

import Bytes
import Glibc

/// A direct-mapped table from a text, or its shape, and all else that a verdict depends on (the facts of the failure) to
/// what is known of it. Entries are of texts up to 384 bytes, and whoever comes last stays; memory that is not used is not
/// touched.
struct VerdictCache<Known>: ~Copyable {
  private static var longest: Int { 384 }

  private struct Entry {
    var length: Int32 = -1
    var facts = CompiledRule.Facts.none
    var known: Known?
  }

  /// A power of two.
  private let slots: Int
  private let entries: UnsafeMutablePointer<Entry>
  private let texts: UnsafeMutablePointer<UInt8>

  /// - Parameter bits: how many entries there are, as a power of two.
  init(bits: Int) {
    slots = 1 << bits
    entries = UnsafeMutablePointer<Entry>.allocate(capacity: slots)
    entries.initialize(repeating: Entry(), count: slots)
    texts = UnsafeMutablePointer<UInt8>.allocate(capacity: slots * VerdictCache.longest)
  }

  deinit {
    entries.deinitialize(count: slots)
    entries.deallocate()
    texts.deallocate()
  }

  /// Where what is known would be, or -1 if the text is too long to be kept.
  @inline(__always)
  func slot(_ text: ByteView, _ facts: CompiledRule.Facts) -> Int {
    if text.count > VerdictCache.longest { return -1 }
    return Int(truncatingIfNeeded: text.tableHash &+ facts.hash) & (slots - 1)
  }

  @inline(__always)
  func known(in slot: Int, _ text: ByteView, _ facts: CompiledRule.Facts) -> Known? {
    guard slot >= 0, Int(entries[slot].length) == text.count, entries[slot].facts == facts,
      memcmp(texts + slot * VerdictCache.longest, text.start, text.count) == 0
    else { return nil }
    return entries[slot].known
  }

  @inline(__always)
  mutating func keep(_ known: Known, in slot: Int, _ text: ByteView, _ facts: CompiledRule.Facts) {
    guard slot >= 0 else { return }
    entries[slot] = Entry(length: Int32(text.count), facts: facts, known: known)
    memcpy(texts + slot * VerdictCache.longest, text.start, text.count)
  }
}
