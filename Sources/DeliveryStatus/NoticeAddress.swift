// Addresses as notices in words show them.

import Bytes
import SMTPTypes

/// An address at a line's start and what follows it on the line.
struct NoticeAddress {
  var address: ByteView
  var rest: ByteView
  /// A colon or three dots follow: the line goes on with the reason.
  var isReason = false
  /// The line is `<a@b>:`, as qmail writes it and those who write its format (QSBMF).
  var isQSBMF = false
  /// A time follows, which is left out of `rest`: Exchange's `a@b on 11/3/2026 10:00 AM`.
  var isDated = false
  /// Nothing else stands on the line.
  var isAlone: Bool { rest.isEmpty && !isReason }

  /// The address that trimmed `line` starts with: `<a@b>: …`, `a@b`, `"a@b":`, `* a@b`, `'a@b' on …`, `a@b: …`,
  /// `a@b... …`, `>>> a@b <a@b>`, `-- a@b`, `SMTP=a@b; …`, `<a@b> (expanded from <l@b>): …`; nil if it starts otherwise.
  static func leading(_ line: ByteView) -> NoticeAddress? {
    var at = 0
    while let byte = line.at(at),
      byte == 0x2A || byte == 0x3E || byte == 0x20 || byte == 0x09 || byte == 0x22
        || byte == 0x27 || byte == 0x3C || byte == 0x5B || byte == 0xB7
        || byte == 0x2D && (line.at(at + 1) == 0x20 || line.at(at + 1) == 0x2D)
    {
      at += 1
    }
    var start = line.from(at)
    if start.hasPrefixIgnoringCase("smtp:") || start.hasPrefixIgnoringCase("smtp=") { start = start.from(5) }
    if start.hasPrefixIgnoringCase("mailto:") { start = start.from(7) }
    guard let address = scan(start), !isGlued(address) else { return nil }
    var rest = start.from(address.count)
    // `a@b <a@b>`, `a@b<mailto:a@b>`.
    while let byte = rest.at(0), byte == 0x3E || byte == 0x22 || byte == 0x27 || byte == 0x5D { rest = rest.from(1) }
    if rest.trimmed.at(0) == 0x3C, let close = rest.firstIndex(of: 0x3E) { rest = rest.from(close + 1) }
    if rest.at(0) == 0x3B { rest = rest.from(1) }
    var found = NoticeAddress(address: address, rest: rest)
    if rest.at(0) == 0x3A || rest.trimmed.hasPrefix("...") {
      found.isReason = true
      found.isQSBMF = line.at(0) == 0x3C && rest.at(0) == 0x3A && rest.count == 1
      while let byte = found.rest.at(0), byte == 0x3A || byte == 0x2E || byte == 0x20 {
        found.rest = found.rest.from(1)
      }
    } else if rest.trimmed.hasPrefix("(expanded from") {
      found.isReason = true
    } else if isTime(rest) {
      found.isDated = true
      found.rest = .empty
    } else {
      let said = rest.trimmed
      // `a@b (a@b)`: Exchange, where an address has no name.
      let isRepeated = said.count == address.count + 2 && said.at(0) == 0x28 && said.hasSuffix(")")
      if said.isEmpty || isRepeated && said[1..<(1 + address.count)].equalsIgnoringCase(address) { found.rest = .empty }
    }
    return found
  }

  /// True for ` on 11/3/2026 10:00 AM`, ` am Di, 3 Nov 2026 10:00:00 +0100`: a short word, then a date and a time to the
  /// line's end.
  private static func isTime(_ rest: ByteView) -> Bool {
    let said = rest.trimmed
    guard rest.at(0) == 0x20, said.count <= 52, said.at(said.count - 1) != 0x3A,
      let space = said.firstIndex(of: 0x20), space <= 3
    else { return false }
    var digits = 0
    var colons = 0
    for byte in said.from(space).buffer {
      if byte.isASCIIDigit { digits += 1 } else if byte == 0x3A { colons += 1 }
    }
    guard digits >= 8, colons > 0 else { return false }
    let reply = NoticeReply.find(in: said).reply
    return reply.code == nil && reply.enhanced == nil
  }

  /// The first address anywhere in `text`.
  static func first(in text: ByteView) -> NoticeAddress? {
    var from = 0
    while let at = text.firstIndex(of: 0x40, from: from) {
      var start = at
      while start > from, isLocal(text[start - 1]) {
        if start < at, endsIdeograph(text, start) { break }
        start -= 1
      }
      if let address = scan(text.from(start)) {
        var rest = text.from(start + address.count)
        while let byte = rest.at(0), !byte.isASCIILetter, !byte.isASCIIDigit, byte != 0x28 { rest = rest.from(1) }
        return NoticeAddress(address: address, rest: rest)
      }
      from = at + 1
    }
    return nil
  }

  /// The address of a transcript's line: `550 <a@b>... User unknown`, `554 5.0.0 a@b... …`.
  static func transcript(_ line: ByteView) -> ByteView? {
    guard let code = line.prefix(3).decimal, (400...599).contains(code), line.at(3) == 0x20 else { return nil }
    let dots = line.prefix(300).firstRange(of: "... ")
    guard let dots else { return nil }
    return first(in: line[4..<dots.lowerBound])?.address
  }

  /// The address that `text` starts with: a local part of at most 64 characters (unquoted), `@`, a domain with a
  /// dot in it or an address literal.
  private static func scan(_ text: ByteView) -> ByteView? {
    var at = 0
    while let byte = text.at(at), isLocal(byte), at < 255 { at += 1 }
    guard at > 0, text.at(at) == 0x40 else { return nil }
    at += 1
    let domain = at
    var dots = 0
    var isASCII = true
    while let byte = text.at(at), at < 512,
      byte.isASCIILetter || byte.isASCIIDigit || byte == 0x2D || byte == 0x2E || byte == 0x5F || byte >= 0x80
    {
      if byte >= 0xE3, isASCII, dots > 0, text[at - 1] != 0x2E { break }
      if byte >= 0x80 { isASCII = false }
      if byte == 0x2E { dots += 1 }
      at += 1
    }
    while at > domain, text[at - 1] == 0x2E || text[at - 1] == 0x2D {
      if text[at - 1] == 0x2E { dots -= 1 }
      at -= 1
    }
    guard at - domain >= 3, dots > 0 else { return nil }
    return text.prefix(at)
  }

  /// True if words stand before the address's own beginning: Chinese and Japanese put no spaces between.
  private static func isGlued(_ address: ByteView) -> Bool {
    var at = 1
    while at < address.count, address[at] != 0x40 {
      if endsIdeograph(address, at) { return true }
      at += 1
    }
    return false
  }

  /// True if the byte at `at` is ASCII and the character before it is U+3000 or beyond, in three bytes of UTF-8.
  private static func endsIdeograph(_ text: ByteView, _ at: Int) -> Bool {
    guard at >= 3, let byte = text.at(at), byte < 0x80, text[at - 1] & 0xC0 == 0x80, text[at - 2] & 0xC0 == 0x80 else {
      return false
    }
    return (0xE3...0xEF).contains(text[at - 3])
  }

  private static func isLocal(_ byte: UInt8) -> Bool {
    if byte.isASCIILetter || byte.isASCIIDigit || byte >= 0x80 { return true }
    switch byte {
    case 0x21, 0x23, 0x24, 0x25, 0x26, 0x2A, 0x2B, 0x2D, 0x2E, 0x2F, 0x3D, 0x3F, 0x5E, 0x5F, 0x60, 0x7B, 0x7C, 0x7D,
      0x7E:
      return true
    default: return false
    }
  }
}
