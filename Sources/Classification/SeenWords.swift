// Which words rules can tell from others: of those that have a digit few are in a phrase, and the others, which are ids,
// addresses and times, make texts differ that are one and the same to every rule.

import Bytes

/// The words with a digit that a phrase can lie over, or that are near enough to one. Immutable.
///
/// A word of a phrase stands in a text as the beginning of a word, or anywhere in one where the phrase starts with it and
/// says so (`*list`).
final class SeenWords: Sendable {
  private struct Beginning {
    /// The first bytes, up to eight: what is longer is told by those.
    var word: UInt64
    var mask: UInt64
    /// What stands before it in its phrase; 0 if nothing does.
    var before: UInt8
  }

  // Sendable: written in `init` alone and freed in `deinit` alone.
  private nonisolated(unsafe) let beginnings: UnsafeMutablePointer<Beginning>
  /// Where the beginnings with two first signs start; one more than there are pairs of letters and digits.
  private nonisolated(unsafe) let starts: UnsafeMutablePointer<UInt32>
  /// Words that may stand anywhere in one.
  private let inner: ByteStore
  private let hasInner: Bool

  private static let signs = 36
  /// Longer words are all taken for seen.
  static let longest = 64

  init(_ phrases: [Phrase]) {
    var opened: [[Beginning]] = Array(repeating: [], count: SeenWords.signs * SeenWords.signs)
    var inner: [String] = []
    for phrase in phrases {
      phrase.text.withByteView { text in
        SeenWords.forEachWord(of: text) { range in
          let isOpenBehind = range.upperBound == text.count && !phrase.endsWord
          if range.lowerBound == 0, !phrase.startsWord {
            inner.append(String(text[range]))
          } else if isOpenBehind || range.count > 1 && text[range].buffer.contains(where: \.isASCIIDigit) {
            SeenWords.add(text[range], before: text.at(range.lowerBound - 1) ?? 0, to: &opened)
          }
        }
      }
    }
    self.inner = ByteStore(inner)
    hasInner = !inner.isEmpty
    beginnings = UnsafeMutablePointer<Beginning>.allocate(capacity: max(opened.reduce(0) { $0 + $1.count }, 1))
    starts = UnsafeMutablePointer<UInt32>.allocate(capacity: opened.count + 1)
    var filled = 0
    for (pair, list) in opened.enumerated() {
      (starts + pair).initialize(to: UInt32(filled))
      for beginning in list {
        (beginnings + filled).initialize(to: beginning)
        filled += 1
      }
    }
    (starts + opened.count).initialize(to: UInt32(filled))
  }

  deinit {
    beginnings.deallocate()
    starts.deallocate()
  }

  /// Calls `body` with the place of each run of letters and digits.
  private static func forEachWord(of text: ByteView, _ body: (Range<Int>) -> Void) {
    var start: Int?
    for at in 0...text.count {
      if let byte = text.at(at), byte.isASCIIWordByte {
        if start == nil { start = at }
      } else if let first = start {
        body(first..<at)
        start = nil
      }
    }
  }

  private static func add(_ word: ByteView, before: UInt8, to opened: inout [[Beginning]]) {
    var beginning = Beginning(word: 0, mask: 0, before: before)
    for (place, byte) in word.buffer.prefix(8).enumerated() {
      beginning.word |= UInt64(byte) << UInt64(place * 8)
      beginning.mask |= 0xFF << UInt64(place * 8)
    }
    let first = sign(word[0]) * signs
    let pairs = word.count > 1 ? first + sign(word[1])..<first + sign(word[1]) + 1 : first..<first + signs
    for pair in pairs { opened[pair].append(beginning) }
  }

  /// The number of a digit or a small letter.
  @inline(__always)
  private static func sign(_ byte: UInt8) -> Int { Int(byte < 0x3A ? byte &- 0x30 : byte &- 0x57) }

  /// False if no phrase can tell a text that holds `word` from one that has another word in its place of which this is
  /// false as well.
  ///
  /// - Parameters:
  ///   - word: two letters and digits or more, one of them a digit, with none before and behind; eight bytes at its start
  ///     must be readable.
  ///   - before: the byte before it, or the space that it may become when the text is normalized: any of both.
  @inline(__always)
  func contains(_ word: ByteView, before: (UInt8, UInt8)) -> Bool {
    if word.count > SeenWords.longest { return true }
    // Letters as small ones; digits have the bit.
    let first =
      UInt64(littleEndian: UnsafeRawPointer(word.start).loadUnaligned(as: UInt64.self)) | 0x2020_2020_2020_2020
    let pair =
      SeenWords.sign(UInt8(truncatingIfNeeded: first)) &* SeenWords.signs
      &+ SeenWords.sign(UInt8(truncatingIfNeeded: first >> 8))
    for index in Int(starts[pair])..<Int(starts[pair &+ 1]) {
      let own = beginnings[index].before
      guard first & beginnings[index].mask == beginnings[index].word else { continue }
      if own == 0 || own == before.0 || own == before.1 { return true }
    }
    return hasInner && holdsInner(word)
  }

  @inline(never)
  private func holdsInner(_ word: ByteView) -> Bool {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: SeenWords.longest) { lower in
      for index in 0..<word.count { lower[index] = word[index].lowercasedASCII }
      let lowercased = ByteView(UnsafeBufferPointer(rebasing: lower[..<word.count]))
      return (0..<inner.count).contains { lowercased.firstRange(of: inner[$0]) != nil }
    }
  }
}
