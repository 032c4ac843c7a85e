import Bytes

/// A run of words that a rule looks for in a reply, without regard to case, runs of spaces and line breaks.
///
/// Where it begins or ends with an ASCII letter or digit it matches whole words only: `full` is not found in
/// `fully`. A `*` at its start or end lifts that: `greylist*` is found in `greylisting`.
///
/// In a host name or a URL it is not found: a server called `greylist.example.net` says nothing by that. One that has a
/// sign in it that joins the parts of these is (`outlook.com`, `.spamhaus.`, `p=UnsolicitedMail`, `#BL0001`).
public struct Phrase: Hashable, Sendable {
  /// Lower case, single spaces, without the `*`.
  public let text: String
  /// True if a letter or digit may not stand right before it.
  public let startsWord: Bool
  /// True if a letter or digit may not stand right after it.
  public let endsWord: Bool
  /// True if it is found in host names and URLs too.
  public let seesNames: Bool

  /// nil if fewer than two bytes are left without blanks and `*`, if it holds `@` (addresses are hidden from rules), a
  /// `*` inside, or more than 200 bytes.
  ///
  /// - Parameter seesNames: true to have it found in host names and URLs whatever it is made of.
  public init?(_ written: String, seesNames: Bool) {
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
    self.seesNames = seesNames || Phrase.isOfName(bytes)
  }

  /// A phrase that is found in host names and URLs if it is made of what they are.
  public init?(_ written: String) { self.init(written, seesNames: false) }

  /// True if a sign that joins the parts of names and URLs stands between two bytes other than blanks, or at an end of
  /// a single word.
  private static func isOfName(_ bytes: [UInt8]) -> Bool {
    let isSingle = !bytes.contains(0x20)
    return bytes.indices.contains { index in
      switch bytes[index] {
      case UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "#"), UInt8(ascii: "?"): break
      default: return false
      }
      let isInside = index > 0 && index < bytes.count - 1
      return isInside ? bytes[index - 1] != 0x20 && bytes[index + 1] != 0x20 : isSingle
    }
  }

  /// Bytes in lower case that may end within a word; nil if they are not UTF-8.
  init?(literal bytes: some Collection<UInt8>, startsWord: Bool) {
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    self.text = text
    self.startsWord = startsWord
    endsWord = false
    seesNames = true
  }

  /// True if `normalized` holds this phrase. O(text) in practice.
  public func occurs(in normalized: borrowing NormalizedText) -> Bool {
    let view = normalized.view
    var start = 0
    while let range = text.withByteView({ view.firstRange(of: $0, from: start) }) {
      if isBounded(in: view, range), seesNames || !normalized.names.touches(range) { return true }
      start = range.lowerBound + 1
    }
    return false
  }

  /// What is looked for tells most apart.
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }

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
