public import Bytes

/// A run of words that a rule looks for in a reply, without regard to case, runs of spaces and line breaks.
///
/// Where it begins or ends with an ASCII letter or digit it matches whole words only: `full` is not found in
/// `fully`. A `*` at its start or end lifts that: `greylist*` is found in `greylisting`.
public struct Phrase: Hashable, Sendable {
  /// Lower case, single spaces, without the `*`.
  public let text: String
  /// True if a letter or digit may not stand right before it.
  public let startsWord: Bool
  /// True if a letter or digit may not stand right after it.
  public let endsWord: Bool

  /// nil if fewer than two bytes are left without blanks and `*`, if it holds `@` (addresses are hidden from rules), a
  /// `*` inside, or more than 200 bytes.
  public init?(_ written: String) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(written.utf8.count)
    for byte in written.utf8 {
      switch byte {
      case 0x20, 0x09, 0x0A: if let last = bytes.last, last != 0x20 { bytes.append(0x20) }
      default: bytes.append(byte.lowercasedASCII)
      }
    }
    if bytes.last == 0x20 { bytes.removeLast() }
    let isOpenAtStart = bytes.first == UInt8(ascii: "*")
    if isOpenAtStart { bytes.removeFirst() }
    let isOpenAtEnd = bytes.last == UInt8(ascii: "*")
    if isOpenAtEnd { bytes.removeLast() }
    guard let first = bytes.first, let last = bytes.last, (2...200).contains(bytes.count) else { return nil }
    guard !bytes.contains(where: { $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "*") }) else { return nil }
    text = String(decoding: bytes, as: UTF8.self)
    startsWord = !isOpenAtStart && first.isASCIIWordByte
    endsWord = !isOpenAtEnd && last.isASCIIWordByte
  }

  /// Bytes in lower case that may end within a word; nil if they are not UTF-8.
  init?(literal bytes: some Collection<UInt8>, startsWord: Bool) {
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    self.text = text
    self.startsWord = startsWord
    endsWord = false
  }

  /// True if `text`, normalized, holds this phrase. O(text) in practice.
  public func occurs(in normalized: ByteView) -> Bool {
    text.withByteView { phrase in
      var start = 0
      while let range = normalized.firstRange(of: phrase, from: start) {
        if isBounded(in: normalized, range) { return true }
        start = range.lowerBound + 1
      }
      return false
    }
  }

  func isBounded(in normalized: ByteView, _ range: Range<Int>) -> Bool {
    if startsWord, let before = normalized.at(range.lowerBound - 1), before.isASCIIWordByte { return false }
    if endsWord, let after = normalized.at(range.upperBound), after.isASCIIWordByte { return false }
    return true
  }
}

extension UInt8 {
  @inline(__always)
  var isASCIIWordByte: Bool { isASCIIDigit || isASCIILetter }
}

extension Phrase: CustomStringConvertible {
  /// As a rule writes it, in lower case.
  public var description: String {
    let isOpenAtStart = !startsWord && text.utf8.first?.isASCIIWordByte ?? false
    let isOpenAtEnd = !endsWord && text.utf8.last?.isASCIIWordByte ?? false
    return (isOpenAtStart ? "*" : "") + text + (isOpenAtEnd ? "*" : "")
  }
}
