// Finds what looks like a mail address in the words of strangers: replies, notes, header fields.

import Bytes

/// Where an address stands in a text.
struct AddressScan {
  /// Bytes before a separator that are looked at: a local part has at most 64 (RFC 5321, section 4.5.3.1.1), and what
  /// is longer is no address.
  static let reach = 256

  var local: Range<Int>
  /// Of the domain; `@` or its URL form `%40` stands between.
  var domain: Range<Int>

  /// The first address whose separator stands at or after `from`. O(text) for a walk over all of them.
  init?(in text: ByteView, from: Int) {
    var at = from
    while let (separator, length) = AddressScan.separator(text, at) {
      let domain = AddressScan.domain(text, separator + length)
      let local = AddressScan.local(text, separator)
      if !domain.isEmpty, !local.isEmpty {
        self.local = local
        self.domain = domain
        return
      }
      at = separator + length
    }
    return nil
  }

  private static func separator(_ text: ByteView, _ from: Int) -> (at: Int, length: Int)? {
    var at = from
    while at < text.count {
      if text[at] == 0x40 { return (at, 1) }
      if text[at] == 0x25, text.at(at + 1) == 0x34, text.at(at + 2) == 0x30 { return (at, 3) }
      at += 1
    }
    return nil
  }

  /// What precedes the separator: a quoted string, or a run of the bytes that people's addresses have. Others that RFC
  /// 5322 allows (`/`, `'`, `?` …) set addresses off in running text and URLs far more often than they are part of one.
  private static func local(_ text: ByteView, _ end: Int) -> Range<Int> {
    if end > 0, text[end - 1] == 0x22 {
      var start = end - 2
      while start >= 0, end - start <= reach, text[start] != 0x22 || (start > 0 && text[start - 1] == 0x5C) { start -= 1 }
      return start >= 0 && text[start] == 0x22 ? start..<end : end..<end
    }
    var start = end
    while start > 0, end - start < reach, isLocal(text[start - 1]) { start -= 1 }
    // An equals sign belongs to an address that spells another one (VERP: bounce-joe=example.net@…), and else stands
    // between a word and an address (rcpt=joe@…).
    if let equals = text[start..<end].lastIndex(of: 0x3D) {
      let right = text[(start + equals + 1)..<end]
      if right.firstIndex(of: 0x2E) == nil { start += equals + 1 }
    }
    return start..<end
  }

  private static func isLocal(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x2B, 0x2D, 0x2E, 0x3D, 0x5F, 0x7E: true
    default: byte.isASCIIDigit || byte.isASCIILetter || byte >= 0x80
    }
  }

  private static func domain(_ text: ByteView, _ start: Int) -> Range<Int> {
    var end = start
    if text.at(start) == 0x5B {
      // An address literal.
      guard let close = text[start..<min(start + 64, text.count)].firstIndex(of: 0x5D) else { return start..<start }
      return start..<(start + close + 1)
    }
    while let byte = text.at(end), byte.isASCIIDigit || byte.isASCIILetter || byte >= 0x80 || byte == 0x2D || byte == 0x2E {
      end += 1
    }
    while end > start, text[end - 1] == 0x2E || text[end - 1] == 0x2D { end -= 1 }
    return start..<end
  }
}
