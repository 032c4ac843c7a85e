// Where a reply names hosts and web pages: there `greylist` is what somebody called a machine, and no reason.

import Bytes
import Glibc

/// The host names and URLs of one normalized text.
///
/// A name is labels joined by full stops: three or more of them, or two of which the last is a top-level domain that
/// is not also a word (`full.no` may be a sentence without its space), or any such domain where the name opens the
/// reply, as servers do that begin with their own. One of its words has no digit, and its last label is letters. A URL
/// reaches from its host to the next blank, bracket, quote or semicolon, and so does a name that a `/` follows.
///
/// All of this is the same for texts of one shape (`TextShape`), which hides none but words with a digit.
struct HostNames: ~Copyable {
  /// A bit for each byte of the text.
  private let bits: UnsafeMutablePointer<UInt64>
  private let hidden: UnsafeMutablePointer<UInt8>
  private var count = 0
  private(set) var isEmpty = true

  private static var words: Int { (NormalizedText.limit + 63) / 64 }

  init() {
    bits = UnsafeMutablePointer<UInt64>.allocate(capacity: HostNames.words)
    bits.initialize(repeating: 0, count: HostNames.words)
    hidden = UnsafeMutablePointer<UInt8>.allocate(capacity: NormalizedText.limit)
  }

  deinit {
    bits.deallocate()
    hidden.deallocate()
  }

  /// True if the byte at `index` belongs to a name or URL.
  @inline(__always)
  func contains(_ index: Int) -> Bool { bits[index >> 6] >> UInt64(index & 63) & 1 != 0 }

  /// True if a name or URL holds the first or the last byte of `range`, which is not empty: what stands there is wholly
  /// or in part what somebody named.
  @inline(__always)
  func touches(_ range: Range<Int>) -> Bool {
    !isEmpty && (contains(range.lowerBound) || contains(range.upperBound - 1))
  }

  /// A byte that is no letter, digit or sign, in the place of each of a name or URL.
  static let hidingByte: UInt8 = 0x7F

  /// The text with `hidingByte` for each byte of its names and URLs. Valid until the next; only where there is one.
  var hiding: ByteView { ByteView(UnsafePointer(hidden), count: count) }

  /// Takes the names and URLs of `text`, normalized and no longer than such a text is. O(text).
  mutating func find(in text: ByteView) {
    let text = text.prefix(NormalizedText.limit)
    if !isEmpty { bits.update(repeating: 0, count: HostNames.words) }
    isEmpty = true
    count = text.count
    var at = 0
    while let dot = text.firstIndex(of: UInt8(ascii: "."), from: at) {
      var start = dot
      while start > at, text[start - 1].isNameByte { start -= 1 }
      var end = dot + 1
      while end < count, text[end].isNameByte { end += 1 }
      at = end
      if start >= 3, text[start - 3..<start] == "://" {
        end = HostNames.endOfURL(text, from: end)
      } else if let nameEnd = HostNames.nameEnd(text, start..<end) {
        end = nameEnd
        if text.at(end) == UInt8(ascii: "/") { end = HostNames.endOfURL(text, from: end) }
      } else {
        continue
      }
      at = max(at, end)
      mark(start..<end, of: text)
    }
  }

  private mutating func mark(_ range: Range<Int>, of text: ByteView) {
    if isEmpty { text.copy(to: hidden) }
    isEmpty = false
    for index in range { bits[index >> 6] |= 1 << UInt64(index & 63) }
    memset(hidden + range.lowerBound, Int32(HostNames.hidingByte), range.count)
  }

  private static func endOfURL(_ text: ByteView, from start: Int) -> Int {
    var end = start
    while let byte = text.at(end), !byte.endsURL { end += 1 }
    return end
  }

  /// Where the name ends that `range`, a run of letters, digits, hyphens and full stops, starts with; nil if it is
  /// none.
  private static func nameEnd(_ text: ByteView, _ range: Range<Int>) -> Int? {
    var end = range.upperBound
    while end > range.lowerBound, !text[end - 1].isLabelByte { end -= 1 }
    var last = end
    while last > range.lowerBound, text[last - 1] != UInt8(ascii: ".") { last -= 1 }
    // No top-level domain but those that start with `xn--` has a hyphen: what follows it is something else.
    if !text[last..<end].hasPrefix("xn--") {
      end = last
      while end < range.upperBound, text[end].isASCIILetter || text[end] >= 0x80 { end += 1 }
      if text.at(end)?.isASCIIDigit == true { return nil }
    }
    guard end - last >= 2 else { return nil }
    let before = text[range.lowerBound..<last]
    guard hasPlainWord(before) else { return nil }
    if labels(before) >= 2 { return end }
    switch TopLevelDomains.kind(of: text[last..<end]) {
    case .name: return end
    case .word: return isHead(text.prefix(range.lowerBound)) ? end : nil
    case nil: return nil
    }
  }

  /// True if one of the words of `labels` has letters alone.
  private static func hasPlainWord(_ labels: ByteView) -> Bool {
    var hasLetter = false
    var hasDigit = false
    for byte in labels.buffer {
      if byte.isASCIILetter || byte >= 0x80 {
        hasLetter = true
      } else if byte.isASCIIDigit {
        hasDigit = true
      } else if byte > 0x20 {
        if hasLetter, !hasDigit { return true }
        hasLetter = false
        hasDigit = false
      }
    }
    return hasLetter && !hasDigit
  }

  /// How many labels end in a full stop.
  private static func labels(_ text: ByteView) -> Int {
    var count = 0
    for index in 1..<max(text.count, 1) where text[index] == UInt8(ascii: ".") && text[index - 1].isLabelByte {
      count += 1
    }
    return count
  }

  /// True if nothing stands there but a reply code and an enhanced code.
  private static func isHead(_ text: ByteView) -> Bool {
    var rest = text
    if rest.count >= 3, rest.prefix(3).buffer.allSatisfy(\.isASCIIDigit) { rest = rest.from(3) }
    if let byte = rest.at(0), byte == 0x20 || byte == 0x2D { rest = rest.from(1) }
    if rest.at(0)?.isASCIIDigit == true, rest.at(1) == UInt8(ascii: ".") {
      while let byte = rest.at(0), byte.isASCIIDigit || byte == UInt8(ascii: ".") { rest = rest.from(1) }
      if rest.at(0) == 0x20 { rest = rest.from(1) }
    }
    return rest.isEmpty
  }
}

extension UInt8 {
  /// What a label is made of: letters of any alphabet, digits, hyphens, and the underscores of service names.
  @inline(__always)
  fileprivate var isLabelByte: Bool { isASCIIWordByte || self == 0x2D || self == 0x5F || self >= 0x80 }

  @inline(__always)
  fileprivate var isNameByte: Bool { isLabelByte || self == UInt8(ascii: ".") }

  @inline(__always)
  fileprivate var endsURL: Bool {
    switch self {
    case 0...0x20, 0x22, 0x27, 0x28, 0x29, 0x3B, 0x3C, 0x3E, 0x5B, 0x5D, 0x60, 0x7B, 0x7D: true
    default: false
    }
  }
}
