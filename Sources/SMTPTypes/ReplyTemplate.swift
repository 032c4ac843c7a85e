// Replies that differ only in what a server fills in (addresses, ids, numbers) are one reply to a postmaster. This
// folds a reply's text to what stays the same, so that a report can count it.

public import Bytes

/// Folding of reply texts: `450 4.2.1 <bob@example.org>: try again in 300 seconds` becomes
/// `450 4.2.1 <address>: try again in <n> seconds`.
public enum ReplyTemplate {
  /// Bytes of a template; what is longer is cut.
  public static let limit = 160

  /// Appends the template of `text`, at most `limit` bytes and an ellipsis. The codes at the start stay; after them
  /// a word with an `@` becomes `<address>`, one with `://` `<url>`, an IP address `<ip>`, a word of at least eight
  /// letters and digits mixed `<id>`, and what is left of digits `<n>`. O(`text`), no allocation.
  public static func append(_ text: ByteView, to buffer: inout ByteBuffer) {
    let start = buffer.count
    let code = leadingCode(text)
    buffer.append(text.prefix(code))
    // The first line of several says "421-4.7.28" where the last says "421 4.7.28"; a log joins them all.
    let reply = code >= 4 ? text.prefix(3) : .empty
    let enhanced = code >= 9 ? text[4..<code] : .empty
    if code >= 4, text[3] == 0x2D {
      buffer.truncate(to: start + 3)
      buffer.append(UInt8(0x20))
      buffer.append(text[4..<code])
    }
    let kinds = kinds.start
    let base = text.start
    var at = code
    // What stays as it is, from here on, is appended at once.
    var kept = code
    while at < text.count {
      if buffer.count - start + (at - kept) > limit { break }
      var kind = kinds[Int(base[at])]
      if kind == Kind.separator {
        let byte = base[at]
        // Runs of blanks, and the codes that each line of a reply repeats, tell nothing.
        if byte == 0x20 || byte == 0x09 {
          let last = at > kept ? base[at - 1] : buffer.view.at(buffer.count - 1)
          if byte == 0x09 || last == 0x20 {
            buffer.append(text[kept..<at])
            if last != 0x20 { buffer.append(UInt8(0x20)) }
            kept = at + 1
          }
        }
        at += 1
        continue
      }
      let first = at
      var isPlain = true
      repeat {
        if kind == Kind.special { isPlain = false }
        at += 1
        guard at < text.count else { break }
        kind = kinds[Int(base[at])]
      } while kind != Kind.separator
      // Most words are letters alone, which stay.
      if isPlain { continue }
      buffer.append(text[kept..<first])
      kept = at
      let word = text[first..<at]
      // Codes that every line repeats.
      let isRepeated =
        code >= 4
        && (word == reply || (!enhanced.isEmpty && word == enhanced)
          || (word.count == code && word.at(3) == 0x2D && word.prefix(3) == reply && word.from(4) == enhanced))
      if !isRepeated { fold(word, to: &buffer) }
    }
    buffer.append(text[kept..<at])
    if buffer.count - start > limit { cut(&buffer, to: start + limit) }
  }

  /// Cuts at a character's start and adds an ellipsis.
  private static func cut(_ buffer: inout ByteBuffer, to limit: Int) {
    var end = limit
    while end > 0, let byte = buffer.view.at(end), byte & 0xC0 == 0x80 { end -= 1 }
    buffer.truncate(to: end)
    buffer.append("…")
  }

  /// Length of `450 4.2.1`, `421-4.7.28`, `450` or `4.7.1` at the start.
  private static func leadingCode(_ text: ByteView) -> Int {
    var at = 0
    if text.count >= 3, text.prefix(3).decimal != nil, text.at(3) == 0x20 || text.at(3) == 0x2D || text.count == 3 {
      at = min(4, text.count)
    }
    var end = at
    while let byte = text.at(end), byte.isASCIIDigit || byte == 0x2E || byte == 0x23 { end += 1 }
    let isEnhanced = end - at >= 5 && end - at <= 9
    return isEnhanced ? end : at
  }

  /// What a byte is to the folding.
  private enum Kind {
    static let plain: UInt8 = 0
    /// Blanks, quotes, brackets, comma and semicolon.
    static let separator: UInt8 = 1
    /// A digit, a colon or an `@`: without one of them a word stays as it is.
    static let special: UInt8 = 2
  }

  /// `Kind`, by byte.
  private static let store = ByteStore([
    String(
      decoding: (0...255).map { (byte: UInt8) -> UInt8 in
        if "\t \"'(),;<>[]`{}".utf8.contains(byte) { return Kind.separator }
        return "0123456789:@".utf8.contains(byte) ? Kind.special : Kind.plain
      }, as: UTF8.self)
  ])
  private static var kinds: ByteView { store[0] }

  private static func fold(_ word: ByteView, to buffer: inout ByteBuffer) {
    var digits = 0
    var letters = 0
    var dots = 0
    var colons = 0
    var other = 0
    var hasAt = false
    for byte in word.buffer {
      if byte.isASCIIDigit {
        digits += 1
      } else if byte.isASCIILetter {
        letters += 1
      } else if byte == 0x2E {
        dots += 1
      } else if byte == 0x3A {
        colons += 1
      } else if byte == 0x40 {
        hasAt = true
      } else {
        other += 1
      }
    }
    if hasAt && letters + digits > 0 { return placeholder("<address>", word, to: &buffer) }
    if colons > 0, word.contains("://") { return placeholder("<url>", word, to: &buffer) }
    if digits == 0 { return buffer.append(word) }
    if letters == 0, other == 0, dots >= 3, colons <= 1, digits <= 16 { return placeholder("<ip>", word, to: &buffer) }
    if colons >= 2, letters > 0 || colons >= 4 || word.contains("::"), other == 0,
      word[0] != 0x3A || word.hasPrefix("::"), isHex(word)
    {
      return placeholder("<ip>", word, to: &buffer)
    }
    if letters > 0, digits >= 2, letters + digits >= 8, !isHostName(word) {
      return placeholder("<id>", word, to: &buffer)
    }
    // Digits elsewhere: each run is one number; `4.7.1` and `S775` keep their shape.
    if isCodeLike(word, letters: letters, digits: digits, dots: dots) { return buffer.append(word) }
    var inNumber = false
    for byte in word.buffer {
      if byte.isASCIIDigit {
        if !inNumber { buffer.append("<n>") }
        inNumber = true
      } else {
        buffer.append(byte)
        inNumber = false
      }
    }
  }

  /// Short tokens that name a kind of reply: `4.7.28`, `TSS04`, `S3150`, `421-4.7.28`.
  private static func isCodeLike(_ word: ByteView, letters: Int, digits: Int, dots: Int) -> Bool {
    if letters == 0, dots == 2, word.count <= 13 { return word.trimmedPunctuation.count >= 5 && digits <= 10 }
    return letters >= 1 && letters <= 4 && digits <= 5 && word[0].isASCIILetter
      && word.trimmedPunctuation.count == letters + digits
  }

  /// Writes `name` and keeps the punctuation that closes the word.
  private static func placeholder(_ name: StaticString, _ word: ByteView, to buffer: inout ByteBuffer) {
    // Not twice: `<bob@example.org>` has its brackets already.
    if buffer.view.at(buffer.count - 1) == 0x3C {
      buffer.append(ByteView(name)[1..<(name.utf8CodeUnitCount - 1)])
    } else {
      buffer.append(name)
    }
    if let last = word.at(word.count - 1), last == 0x3A || last == 0x2E || last == 0x21 { buffer.append(last) }
  }

  /// `mx12.example.org`: its numbers go, its name stays.
  private static func isHostName(_ word: ByteView) -> Bool {
    let name = word.trimmedPunctuation
    guard let dot = name.lastIndex(of: 0x2E), dot > 0, name.count - dot > 2 else { return false }
    for byte in name.from(dot + 1).buffer where !byte.isASCIILetter { return false }
    return true
  }

  private static func isHex(_ word: ByteView) -> Bool {
    for byte in word.buffer {
      let isHexLetter = (byte | 0x20) &- 0x61 < 6
      if !byte.isASCIIDigit, !isHexLetter, byte != 0x3A, byte != 0x2E { return false }
    }
    return true
  }
}

extension ByteView {
  /// Without colons, dots and exclamation marks at the end.
  var trimmedPunctuation: ByteView {
    var end = count
    while end > 0, self[end - 1] == 0x3A || self[end - 1] == 0x2E || self[end - 1] == 0x21 { end -= 1 }
    return prefix(end)
  }
}
