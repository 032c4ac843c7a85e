// What is left of a text without its ids, addresses and times: what most texts have in common that mean the same.

import Bytes
import CLinux
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

  /// The text, with zeros behind it.
  private let source: UnsafeMutablePointer<UInt8>
  private let base: UnsafeMutablePointer<UInt8>
  private var count = 0
  /// True if a word is hidden, and the text is another than the shape.
  private(set) var hidesWords = false
  /// Of each 64 bytes of the text a bit for each digit, and for each letter or digit, the first byte lowest.
  private let digits: UnsafeMutablePointer<UInt64>
  private let letters: UnsafeMutablePointer<UInt64>

  private static var masks: Int { limit / 64 + 1 }

  init() {
    source = UnsafeMutablePointer<UInt8>.allocate(capacity: TextShape.masks * 64)
    base = UnsafeMutablePointer<UInt8>.allocate(capacity: TextShape.limit)
    digits = UnsafeMutablePointer<UInt64>.allocate(capacity: TextShape.masks)
    letters = UnsafeMutablePointer<UInt64>.allocate(capacity: TextShape.masks)
  }

  deinit {
    source.deallocate()
    base.deallocate()
    digits.deallocate()
    letters.deallocate()
  }

  /// The shape of the last text, valid until the next.
  @inline(__always)
  var view: ByteView { ByteView(UnsafePointer(base), count: count) }

  /// Takes the shape of `text`, normalized or not; false if it has none. O(text), and O(text × phrases that may start
  /// within a word).
  mutating func take(_ text: ByteView, seen: SeenWords) -> Bool {
    let end = text.count
    guard end <= TextShape.limit, mark(text) else { return false }
    var at = 0
    var copied = 0
    var out = 0
    /// Where the last number ended that may be a part of an enhanced code.
    var codeEnd = -1
    while let digit = nextDigit(from: at, before: end) {
      let start = max(startOfWord(at: digit), copied)
      at = endOfWord(at: digit)
      let length = at &- start
      let head = EightBytes(source + start)
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

  /// Takes a copy of `text`, and notes where its digits and letters stand; false if it has the sign.
  @inline(__always)
  private func mark(_ text: ByteView) -> Bool {
    let end = text.count
    memcpy(source, text.start, end)
    memset(source + end, 0, 64 &- (end & 63))
    let masks = (end &+ 63) / 64
    // There a word ends at the latest.
    letters[masks] = 0
    return !softbounce_marks(source, masks, TextShape.sign, digits, letters)
  }

  /// The place of the first digit from `at` on; nil if there is none before `end`.
  @inline(__always)
  private func nextDigit(from at: Int, before end: Int) -> Int? {
    guard at < end else { return nil }
    var index = at >> 6
    var bits = digits[index] & ~0 << UInt64(at & 63)
    while bits == 0 {
      index &+= 1
      if index &* 64 >= end { return nil }
      bits = digits[index]
    }
    return index &* 64 &+ bits.trailingZeroBitCount
  }

  /// Where the letters and digits begin that `at` is one of.
  @inline(__always)
  private func startOfWord(at place: Int) -> Int {
    var index = place >> 6
    var others = ~letters[index] & (1 << UInt64(place & 63) &- 1)
    while others == 0 {
      if index == 0 { return 0 }
      index &-= 1
      others = ~letters[index]
    }
    return index &* 64 &+ 64 &- others.leadingZeroBitCount
  }

  /// Where they end.
  @inline(__always)
  private func endOfWord(at place: Int) -> Int {
    var index = place >> 6
    var others = ~letters[index] & ~0 << UInt64(place & 63)
    while others == 0 {
      index &+= 1
      others = ~letters[index]
    }
    return index &* 64 &+ others.trailingZeroBitCount
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

  /// How many digits come first; 8 for all.
  @inline(__always)
  var digitCount: Int { (~digits & EightBytes.tops).trailingZeroBitCount >> 3 }

  @inline(__always)
  var startsWithDigit: Bool { UInt8(truncatingIfNeeded: bytes).isASCIIDigit }
}
