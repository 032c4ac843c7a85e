import Bytes

/// Numbers in free text.
enum Trouble {
  /// The number that follows `prefix`.
  static func number(_ text: ByteView, after prefix: StaticString) -> Int? {
    guard let found = text.firstRange(of: prefix) else { return nil }
    var end = found.upperBound
    while let byte = text.at(end), byte.isASCIIDigit { end += 1 }
    return text[found.upperBound..<end].decimal
  }

  /// The number that ends before `end`.
  static func number(_ text: ByteView, before end: Int) -> Int? {
    var start = end
    while start > 0, text[start - 1].isASCIIDigit { start -= 1 }
    return text[start..<end].decimal
  }
}
