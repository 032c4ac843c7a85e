// Letters without their case, where they are not those of ASCII.

public import Bytes

/// Unicode simple case folding, one scalar to one: what a letter's upper case has as its lower case. Nothing beyond ASCII
/// folds into it, as the Kelvin sign would to `k`: such letters are other people's addresses.
public enum CaseFolding {
  /// `Ö` and `ö` to `ö`, `ς` to `σ`, `A` to `a`; `ß` stays. The same for what is folded already.
  public static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar.isASCII { return Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value).lowercasedASCII) }
    // Most letters beyond ASCII have no case, and strangers may send many.
    guard scalar.properties.changesWhenCaseMapped else { return scalar }
    let upper = single(scalar.properties.uppercaseMapping) ?? scalar
    let lower = single(upper.properties.lowercaseMapping) ?? scalar
    return lower.isASCII ? scalar : lower
  }

  private static func single(_ text: String) -> Unicode.Scalar? {
    text.unicodeScalars.count == 1 ? text.unicodeScalars.first : nil
  }

  /// Bytes of `text` from `start` on that fold to `word`, which is folded; nil if they do not. O(word).
  public static func length(of word: ByteView, in text: ByteView, at start: Int) -> Int? {
    var at = start
    var known = 0
    while known < word.count {
      guard let byte = text.at(at) else { return nil }
      // Nothing beyond ASCII folds into it.
      guard (byte >= 0x80) == (word[known] >= 0x80) else { return nil }
      guard byte >= 0x80, let (scalar, length) = scalar(text, at) else {
        guard byte.lowercasedASCII == word[known] else { return nil }
        at += 1
        known += 1
        continue
      }
      for byte in folded(scalar).utf8 {
        guard word.at(known) == byte else { return nil }
        known += 1
      }
      at += length
    }
    return at - start
  }

  /// The scalar that is spelt in UTF-8 at `at`, and its bytes; nil for what is no UTF-8.
  static func scalar(_ text: ByteView, _ at: Int) -> (Unicode.Scalar, length: Int)? {
    var decoder = UTF8()
    var bytes = text[at..<min(at + 4, text.count)].buffer.makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&bytes) else { return nil }
    return (scalar, UTF8.width(scalar))
  }
}

extension ByteBuffer {
  /// Appends `text` folded. Bytes that are no UTF-8 stay as they are.
  mutating func append(folded text: ByteView) {
    var at = 0
    while at < text.count {
      if text[at] >= 0x80, let (scalar, length) = CaseFolding.scalar(text, at) {
        for byte in CaseFolding.folded(scalar).utf8 { append(byte) }
        at += length
      } else {
        append(text[at].lowercasedASCII)
        at += 1
      }
    }
  }
}
