// What one thread knows of texts that it judged lately.

import Bytes
import Glibc

/// From a text, or its shape, and all else that a verdict depends on (the facts of the failure) to what is known of it,
/// in two generations: when the younger one has no more room it becomes the older, and what stood there is forgotten but
/// for what was asked for meanwhile. So what comes often stays, however many texts come once.
///
/// Texts are known by a hash of 64 bits alone, under a secret of each cache: of ten thousand texts that are kept and a
/// thousand million that are looked up, one is taken for another with a chance of one in a million, and nobody outside
/// can write two that are. Memory that is not used is not touched.
struct VerdictCache<Known>: ~Copyable {
  private var young: Generation
  private var old: Generation
  private let secret: (UInt64, UInt64)

  /// - Parameter bits: how many slots there are, as a power of two; three quarters of them are filled at most.
  init(bits: Int) {
    young = Generation(bits: bits - 1)
    old = Generation(bits: bits - 1)
    secret = (.random(in: 1 ... .max), .random(in: 1 ... .max))
  }

  /// What is known of `text`; nil if nothing is.
  @inline(__always)
  mutating func known(_ text: ByteView, _ facts: CompiledRule.Facts) -> Known? {
    let key = key(text, facts)
    if let known = young.find(key) { return known }
    return knownOfOld(key)
  }

  @inline(never)
  private mutating func knownOfOld(_ key: UInt64) -> Known? {
    guard let known = old.find(key) else { return nil }
    add(known, key)
    return known
  }

  /// Keeps what is known of a text of which nothing was known.
  mutating func keep(_ known: Known, of text: ByteView, _ facts: CompiledRule.Facts) { add(known, key(text, facts)) }

  private mutating func add(_ known: Known, _ key: UInt64) {
    if young.add(known, key) { return }
    swap(&young, &old)
    young.forget()
    _ = young.add(known, key)
  }

  /// Never 0.
  @inline(__always)
  private func key(_ text: ByteView, _ facts: CompiledRule.Facts) -> UInt64 {
    let words = facts.words
    let product = (text.hash(under: secret) ^ words.0).multipliedFullWidth(by: words.1 ^ secret.1)
    return max(product.low ^ product.high, 1)
  }

  // MARK: - Generations

  /// Slots found by key: open addressing, linear probing.
  private struct Generation: ~Copyable {
    private struct Slot {
      /// 0 where nothing is.
      let key: UInt64
      let known: Known
    }

    /// A power of two of them, in memory that was zero.
    private let slots: UnsafeMutableRawPointer
    private let mask: Int
    private var count = 0

    init(bits: Int) {
      // Plain memory is never initialized, and forgotten without a word.
      precondition(_isPOD(Known.self))
      mask = 1 << bits - 1
      guard let memory = calloc(mask + 1, MemoryLayout<Slot>.stride) else { preconditionFailure("out of memory") }
      slots = memory
    }

    deinit { free(slots) }

    @inline(__always)
    private func slot(_ index: Int) -> UnsafeMutablePointer<Slot> {
      (slots + index &* MemoryLayout<Slot>.stride).assumingMemoryBound(to: Slot.self)
    }

    @inline(__always)
    func find(_ key: UInt64) -> Known? {
      var index = Int(truncatingIfNeeded: key) & mask
      while slot(index).pointee.key != 0 {
        if slot(index).pointee.key == key { return slot(index).pointee.known }
        index = (index &+ 1) & mask
      }
      return nil
    }

    /// False if there is no room.
    mutating func add(_ known: Known, _ key: UInt64) -> Bool {
      guard count * 4 < mask * 3 else { return false }
      var index = Int(truncatingIfNeeded: key) & mask
      while slot(index).pointee.key != 0 { index = (index &+ 1) & mask }
      slot(index).initialize(to: Slot(key: key, known: known))
      count += 1
      return true
    }

    mutating func forget() {
      memset(slots, 0, (mask + 1) * MemoryLayout<Slot>.stride)
      count = 0
    }
  }
}
