// What is left of a text without its ids, addresses and times: what most texts have in common that mean the same.

import Bytes
import Glibc

/// A text with one sign in the place of each word that no phrase can tell from another (`SeenWords`). Normalized, texts
/// of one shape hold the same phrases.
///
/// What normalizing does goes by signs, and by codes: those that stand at the start may be taken out where they stand
/// again behind a blank (`NormalizedText`). So what could be a part of one stays: a number of three digits behind a blank,
/// single digits, and what starts with a digit behind a full stop and a digit or number that stays for this.
struct TextShape: ~Copyable {
  /// Bytes of a text that is taken.
  static var limit: Int { 1024 }
  /// Stands for a word that is hidden; a text that has it itself has no shape.
  private static var sign: UInt8 { 0x01 }

  /// The text, with eight zeros behind it.
  private let source: UnsafeMutablePointer<UInt8>
  private let base: UnsafeMutablePointer<UInt8>
  private var count = 0
  /// True if a word is hidden, and the text is another than the shape.
  private(set) var hidesWords = false

  init() {
    source = UnsafeMutablePointer<UInt8>.allocate(capacity: TextShape.limit + 8)
    base = UnsafeMutablePointer<UInt8>.allocate(capacity: TextShape.limit)
  }

  deinit {
    source.deallocate()
    base.deallocate()
  }

  /// The shape of the last text, valid until the next.
  @inline(__always)
  var view: ByteView { ByteView(UnsafePointer(base), count: count) }

  /// Takes the shape of `text`, normalized or not; false if it has none. O(text), and O(text × phrases that may start
  /// within a word).
  mutating func take(_ text: ByteView, seen: SeenWords) -> Bool {
    let end = text.count
    guard end <= TextShape.limit, text.firstIndex(of: TextShape.sign) == nil else { return false }
    memcpy(source, text.start, end)
    UnsafeMutableRawPointer(source + end).storeBytes(of: 0, as: UInt64.self)
    var at = 0
    var copied = 0
    var out = 0
    /// Where the last number ended that may be a part of an enhanced code.
    var codeEnd = -1
    while at < end {
      let digits = EightBytes(source + at).digits
      if digits == 0 {
        at &+= 8
        continue
      }
      var start = at &+ digits.trailingZeroBitCount >> 3
      // Back to where the word starts, which is not before what was copied.
      while start > copied, source[start &- 1].isASCIIWordByte { start &-= 1 }
      let head = EightBytes(source + start)
      let length = head.wordLength
      at = start &+ (length < 8 ? length : lengthOfWord(start))
      let before = start > 0 ? source[start &- 1] : 0x20
      if head.startsWithDigit {
        let isBehindBlank = before <= 0x20
        if length == 1 {
          if isBehindBlank || before == 0x2D || isCode(start, before, after: codeEnd) { codeEnd = at }
          continue
        }
        if before == 0x2E, isCode(start, before, after: codeEnd) {
          if head.digitCount >= min(length, 8) { codeEnd = at }
          continue
        }
        if isBehindBlank, length == 3, head.digitCount >= 3 { continue }
      }
      let word = ByteView(UnsafePointer(source + start), count: at &- start)
      if seen.contains(word, before: (before, before <= 0x20 || before == 0x2D ? 0x20 : before)) { continue }
      out = append(copied..<start, at: out)
      base[out] = TextShape.sign
      out &+= 1
      copied = at
    }
    hidesWords = copied > 0
    count = append(copied..<end, at: out)
    return true
  }

  /// Of the word that starts at `start` and has eight bytes or more.
  private func lengthOfWord(_ start: Int) -> Int {
    var length = 8
    while true {
      let further = EightBytes(source + start + length).wordLength
      length &+= further
      if further < 8 { return length }
    }
  }

  /// True if the number at `start` may go on with a code that ended so far at `codeEnd`.
  @inline(__always)
  private func isCode(_ start: Int, _ before: UInt8, after codeEnd: Int) -> Bool {
    guard before == 0x2E else { return false }
    var at = start &- 1
    while at > 0, source[at &- 1] == 0x2E { at &-= 1 }
    return at == codeEnd
  }

  @inline(__always)
  private func append(_ part: Range<Int>, at out: Int) -> Int {
    ByteView(UnsafePointer(source + part.lowerBound), count: part.count).copy(to: base + out)
    return out &+ part.count
  }
}

/// Eight bytes looked at together. A mask has the top bit of each byte that it is true of, the first byte lowest.
private struct EightBytes {
  private let bytes: UInt64
  private let low: UInt64

  private static var tops: UInt64 { 0x8080_8080_8080_8080 }

  @inline(__always)
  init(_ start: UnsafePointer<UInt8>) {
    bytes = UInt64(littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
    low = bytes & 0x7F7F_7F7F_7F7F_7F7F
  }

  @inline(__always)
  private static func from(_ limit: UInt64, _ low: UInt64) -> UInt64 { low &+ 0x0101_0101_0101_0101 &* (0x80 &- limit) }

  @inline(__always)
  var digits: UInt64 { EightBytes.from(0x30, low) & ~EightBytes.from(0x3A, low) & ~bytes & EightBytes.tops }

  /// Letters and digits.
  private var word: UInt64 {
    @inline(__always) get {
      let folded = low | 0x2020_2020_2020_2020
      let letters = EightBytes.from(0x61, folded) & ~EightBytes.from(0x7B, folded) & ~bytes & EightBytes.tops
      return digits | letters
    }
  }

  /// How many letters and digits come first; 8 for all.
  @inline(__always)
  var wordLength: Int { (~word & EightBytes.tops).trailingZeroBitCount >> 3 }

  /// How many digits come first; 8 for all.
  @inline(__always)
  var digitCount: Int { (~digits & EightBytes.tops).trailingZeroBitCount >> 3 }

  @inline(__always)
  var startsWithDigit: Bool { UInt8(truncatingIfNeeded: bytes).isASCIIDigit }
}
