// Finds the SMTP reply in a notice's words.

import Bytes
import SMTPTypes

enum NoticeReply {
  /// A reply that stands somewhere in `reason`: its code, its enhanced code, and what was said from there on, or all
  /// if there is no code. `reason` is one paragraph after another, LF between them. Of a reply that stands there
  /// twice, once as a mere code (Exchange Online's "Status code: 550 5.1.10"), the one with words. Exchange's `400 4.4.7
  /// Message delayed` only where there is no other: behind it stands what the last attempt met.
  static func find(in reason: ByteView) -> (reply: Reply, isRemote: Bool) {
    var enhanced: (code: EnhancedStatusCode, at: Int)?
    var bare: Reply?
    var bareAt = 0
    var vague: Reply?
    var looks = 0
    var at = 0
    var previous: UInt8 = 0x20
    while at < reason.count {
      let byte = reason[at]
      defer { previous = byte }
      guard byte == 0x34 || byte == 0x35, startsToken(previous) else {
        at += 1
        continue
      }
      let rest = reason.from(at)
      if enhanced == nil, let (code, length) = EnhancedStatusCode.scan(rest), endsToken(rest.at(length)) {
        enhanced = (code, at)
        at += length
        continue
      }
      if let code = code(rest), bare == nil || bare?.code == code {
        // A stranger may write nothing but codes: each look costs a paragraph.
        looks += 1
        if looks > 8 { break }
        // Gmail once wrote the code twice: "550 550 5.1.1 …".
        let said = isTwice(rest) ? rest.from(4) : rest
        var reply = Reply(code: code, text: unframed(paragraph(said), behind: previous))
        reply.enhanced = enhancedAfterCode(said) ?? enhanced?.code
        if code == NoticeReply.delayed {
          if vague == nil { vague = reply }
        } else if let bare {
          if reply.code == bare.code, reply.enhanced == bare.enhanced, !isBare(reply.text) { return (reply, true) }
        } else if isBare(reply.text) {
          bare = reply
          bareAt = at
        } else {
          return (reply, true)
        }
      }
      at += 1
    }
    if var bare {
      if let said = sentence(before: bareAt, in: reason) { bare.text = said }
      return (bare, true)
    }
    if let vague { return (vague, true) }
    var reply = Reply(text: statement(reason))
    reply.enhanced = enhanced?.code
    // IronPort: what the notice says of the message stands before it.
    if let at = enhanced?.at, at == 0 || reason[at - 1] == 0x0A {
      let said = paragraph(reason.from(at))
      if !isBare(said) { reply.text = said }
    }
    return (reply, false)
  }

  /// A reply code that RFC 5321 or a registered extension knows, in the place where a code stands.
  private static func code(_ text: ByteView) -> ReplyCode? {
    guard let value = text.prefix(3).decimal else { return nil }
    // Exchange's `400 4.4.7 Message delayed`; by itself it is a number like others.
    let isKnown = value == 400 ? EnhancedStatusCode.scan(text.from(4)) != nil : known.contains(UInt16(value))
    guard isKnown else { return nil }
    switch text.at(3) {
    case nil, 0x20, 0x2D, 0x3A, 0x23, 0x2C, 0x0A, 0x27: return ReplyCode(value)
    default: return nil
    }
  }

  private static let delayed = ReplyCode(400)

  private static let known: Set<UInt16> = [
    420, 421, 422, 431, 432, 441, 442, 446, 447, 449, 450, 451, 452, 453, 454, 455, 458, 459, 471, 472, 500, 501, 502,
    503, 504, 505, 510, 511, 512, 513, 515, 517, 521, 523, 524, 525, 530, 531, 533, 534, 535, 538, 541, 544, 546, 550,
    551, 552, 553, 554, 555, 556, 557, 559, 560, 571, 577,
  ]

  /// True if `text` has codes and no words.
  static func isBare(_ text: ByteView) -> Bool { !text.buffer.contains { $0.isASCIILetter || $0 >= 0x80 } }

  /// What was said before a code at a paragraph's end, `at` in `reason`, with the code: `mailbox is full, error 552`; nil
  /// if that is nothing, a mere label, or more than a few lines. An address that stands before it is left out.
  private static func sentence(before at: Int, in reason: ByteView) -> ByteView? {
    let start = reason.prefix(at).lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    guard at - start <= 600 else { return nil }
    let said = paragraph(reason.from(start))
    guard at - start < said.count else { return nil }
    var best = said
    var rest = said.prefix(at - start)
    guard saysMore(rest) else { return nil }
    while let address = NoticeAddress.first(in: rest)?.address {
      let end = UnsafeRawPointer(address.start) - UnsafeRawPointer(rest.start) + address.count
      rest = rest.from(end)
      while let byte = rest.at(0), byte < 0x80, !byte.isASCIILetter, !byte.isASCIIDigit { rest = rest.from(1) }
      guard saysMore(rest) else { break }
      best = said.from(UnsafeRawPointer(rest.start) - UnsafeRawPointer(said.start))
    }
    return best
  }

  /// True if `text`, which stands before a code, is more than a code's label.
  private static func saysMore(_ text: ByteView) -> Bool {
    var label = text.trimmed
    while let byte = label.at(label.count - 1), byte == 0x3A || byte == 0x28 || byte == 0x20 || byte == 0x23 {
      label = label.prefix(label.count - 1)
    }
    if isBare(label) || label.hasSuffix("<<<") { return false }
    return !NoticePhrase.codeLabels.contains { label.equalsIgnoringCase(ByteView($0)) }
  }

  private static func isTwice(_ text: ByteView) -> Bool {
    text.at(3) == 0x20 && text[4..<7] == text.prefix(3) && text.at(7) == 0x20
  }

  static func startsToken(_ previous: UInt8) -> Bool {
    switch previous {
    case 0x20, 0x09, 0x0A, 0x28, 0x27, 0x22, 0x23, 0x3A, 0x3B, 0x5B, 0x3C, 0x2D: true
    default: false
    }
  }

  private static func endsToken(_ next: UInt8?) -> Bool {
    guard let next else { return true }
    return !(next.isASCIIDigit || next.isASCIILetter)
  }

  /// `550 5.1.1`, `550-5.1.1`, `550 #5.1.0`, `550: 5.2.2`, `550, ERROR_CODE :5.2.2`.
  private static func enhancedAfterCode(_ text: ByteView) -> EnhancedStatusCode? {
    var at = 3
    while let byte = text.at(at),
      byte == 0x20 || byte == 0x2D || byte == 0x23 || byte == 0x3A || byte == 0x28 || byte == 0x27 || byte == 0x22
    {
      at += 1
    }
    if let found = EnhancedStatusCode.scan(text.from(at)) { return found.code }
    // Zoho writes the enhanced code as a second ERROR_CODE; qmail's patches write (#5.1.1) at the end.
    let near = text.prefix(400)
    for mark in marks {
      if let range = near.firstRange(of: mark), let found = EnhancedStatusCode.scan(near.from(range.upperBound)) {
        return found.code
      }
    }
    return nil
  }

  private static let marks: [StaticString] = ["ERROR_CODE :", "(#", " #", "[", "("]

  /// The first paragraph that says something: one that ends in a colon only leads to the next, and a greeting to what
  /// follows it.
  private static func statement(_ text: ByteView) -> ByteView {
    var rest = text
    while true {
      let said = paragraph(rest)
      let isLead =
        said.hasSuffix(":") || isGreeting(said) || NoticePhrase.leads.contains { said.hasPrefixIgnoringCase($0) }
      guard isLead, let end = rest.firstIndex(of: 0x0A), end + 1 < rest.count else {
        return said.isEmpty ? paragraph(text) : said
      }
      rest = rest.from(end + 1)
    }
  }

  /// `Hallo a@b.example,`, and in Chinese and Japanese what is left where the address before it was taken for the
  /// recipient.
  private static func isGreeting(_ said: ByteView) -> Bool {
    guard said.count <= 64 else { return false }
    if said == ByteView("\u{69D8}") || said.hasSuffix("\u{FF0C}") { return true }
    return said.contains("@") && (said.hasSuffix(",") || said.hasSuffix("!"))
  }

  private static func paragraph(_ text: ByteView) -> ByteView {
    var said = text.prefix(text.firstIndex(of: 0x0A) ?? text.count).trimmed
    // Sendmail's alias stands behind the reason.
    if said.hasPrefix("(expanded from: ") { return .empty }
    if let alias = said.lastRange(of: " (expanded from: ") { said = said.prefix(alias.lowerBound).trimmed }
    guard said.hasSuffix(")") else { return said }
    if let frame = said.lastRange(of: " (in reply to ") { return said.prefix(frame.lowerBound) }
    // Sendmail's `(reason: 550 5.1.1 …)`: what opened it stands before the reply.
    if !closesWithin(said, open: 0x28, close: 0x29) { said = said.prefix(said.count - 1) }
    return said
  }

  /// `text` without the end of what Exchange puts around a reply: `returned '550 …'`, `#550 … ##`,
  /// `<mx.example.com #5.1.1 smtp;550 …>`. `previous` is the byte before the reply.
  private static func unframed(_ text: ByteView, behind previous: UInt8) -> ByteView {
    let isQuoted = previous == 0x27 && text.hasSuffix("'")
    let isAngled = text.hasSuffix(">") && !closesWithin(text, open: 0x3C, close: 0x3E)
    if isQuoted || isAngled { return text.prefix(text.count - 1).trimmed }
    return previous == 0x23 && text.hasSuffix("##") ? text.prefix(text.count - 2).trimmed : text
  }

  /// True if the bracket at the end of `text` opens in it.
  private static func closesWithin(_ text: ByteView, open: UInt8, close: UInt8) -> Bool {
    var depth = 0
    for byte in text.buffer.reversed() {
      if byte == close { depth += 1 } else if byte == open { depth -= 1 }
      if depth == 0 { return true }
    }
    return false
  }
}
