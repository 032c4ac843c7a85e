import Bytes

/// The web page that a reply names.
enum NamedPage {
  /// Bytes of an address that is taken.
  private static let longest = 300

  /// The first `http://` or `https://` address, without the punctuation that ends a sentence. O(text).
  static func find(in text: ByteView) -> String? {
    var start = 0
    while true {
      guard let range = text.firstRange(of: "://", from: start) else { return nil }
      let before = text.prefix(range.lowerBound)
      let scheme =
        before.suffix(5).equalsIgnoringCase("https") ? 5 : before.suffix(4).equalsIgnoringCase("http") ? 4 : 0
      if scheme > 0 { return page(text, from: range.lowerBound - scheme) }
      start = range.upperBound
    }
  }

  private static func page(_ text: ByteView, from start: Int) -> String? {
    var end = start
    while let byte = text.at(end), byte > 0x20, byte < 0x7F, end - start < longest {
      if byte == 0x3E || byte == 0x22 || byte == 0x29 || byte == 0x5D { break }
      end += 1
    }
    while end > start, [0x2E, 0x2C, 0x3B, 0x3A, 0x27].contains(text[end - 1]) { end -= 1 }
    return String(text[start..<end])
  }
}

extension ByteView {
  fileprivate func equalsIgnoringCase(_ literal: StaticString) -> Bool { equalsIgnoringCase(ByteView(literal)) }
}
