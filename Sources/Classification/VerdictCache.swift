// Verdicts that one thread gave lately.

import Bytes
import Glibc

/// A direct-mapped table from everything that a verdict depends on (the normalized text and the facts of the failure)
/// to the verdict, so that a hit is the same verdict by construction: recipients and line breaks are folded already,
/// because no rule can see them. 1,024 entries of texts up to 320 bytes, whoever comes last stays.
struct VerdictCache: ~Copyable {
  private static let slots = 1024
  private static let longest = 320

  private struct Entry {
    var length: Int32 = -1
    var facts = CompiledRule.Facts.none
    var verdict = Verdict(cause: .unclassified, scope: nil, origin: .remote, rule: 0)
  }

  private let entries: UnsafeMutablePointer<Entry>
  private let texts: UnsafeMutablePointer<UInt8>

  init() {
    entries = UnsafeMutablePointer<Entry>.allocate(capacity: VerdictCache.slots)
    entries.initialize(repeating: Entry(), count: VerdictCache.slots)
    texts = UnsafeMutablePointer<UInt8>.allocate(capacity: VerdictCache.slots * VerdictCache.longest)
  }

  deinit {
    entries.deallocate()
    texts.deallocate()
  }

  /// Where the verdict would be, or -1 if the text is too long to be kept.
  @inline(__always)
  func slot(_ text: ByteView, _ facts: CompiledRule.Facts) -> Int {
    if text.count > VerdictCache.longest { return -1 }
    return Int(truncatingIfNeeded: text.tableHash &+ facts.hash) & (VerdictCache.slots - 1)
  }

  @inline(__always)
  func verdict(in slot: Int, _ text: ByteView, _ facts: CompiledRule.Facts) -> Verdict? {
    guard slot >= 0, Int(entries[slot].length) == text.count, entries[slot].facts == facts,
      memcmp(texts + slot * VerdictCache.longest, text.start, text.count) == 0
    else { return nil }
    return entries[slot].verdict
  }

  @inline(__always)
  mutating func keep(_ verdict: Verdict, in slot: Int, _ text: ByteView, _ facts: CompiledRule.Facts) {
    guard slot >= 0 else { return }
    entries[slot] = Entry(length: Int32(text.count), facts: facts, verdict: verdict)
    memcpy(texts + slot * VerdictCache.longest, text.start, text.count)
  }
}
