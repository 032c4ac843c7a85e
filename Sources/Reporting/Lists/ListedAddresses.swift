// The addresses in one field of a mailing list, as people and mail programs write them.
//
// Takes what RFC 5322 (section 3.4, address-list) lets a header have, loosely: `a@x.org`, `Ann <a@x.org>`,
// `"Last, First" <a@x.org>`, `a@x.org (Ann)`, several with commas or semicolons between them; and `mailto:a@x.org`
// (RFC 6068). Time linear in the field.

import Bytes
import SMTPTypes

enum ListedAddresses {
  /// Bytes of a field that may hold addresses; a longer one is none.
  static let limit = 16 * 1024

  /// Calls `body` with each address, and with nil for a part that is none. Not called at all for a blank field.
  static func forEach(in field: ByteView, _ scratch: inout ByteBuffer, _ body: (ByteView?) -> Void) {
    let text = field.trimmed
    guard text.count <= limit else { return body(nil) }
    guard text.buffer.contains(where: isSpecial) else {
      // Nearly always.
      if !text.isEmpty { body(isAddress(text) ? text : nil) }
      return
    }
    var part = Part()
    var at = 0
    // What opens and is not closed up to the end is a letter like others, and so is what opens so behind it.
    var unclosed: (quote: Bool, comment: Bool, bracket: Bool) = (false, false, false)
    while at < text.count {
      switch text[at] {
      case 0x22 where !unclosed.quote:
        if let end = closing(text, at, 0x22) { at = end } else { unclosed.quote = true }
      case 0x28 where !unclosed.comment:
        if let end = closing(text, at, 0x29) {
          part.comments.append(at..<(end + 1))
          at = end
        } else {
          unclosed.comment = true
        }
      case 0x3C where !unclosed.bracket:
        if let end = closing(text, at, 0x3E) {
          part.bracketed = (at + 1)..<end
          at = end
        } else {
          unclosed.bracket = true
        }
      case 0x2C, 0x3B:
        give(text, part, to: at, &scratch, body)
        part = Part(start: at + 1)
      default: break
      }
      at += 1
    }
    give(text, part, to: text.count, &scratch, body)
  }

  /// What lies between two separators.
  private struct Part {
    var start = 0
    var comments: [Range<Int>] = []
    var bracketed: Range<Int>?
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x22, 0x27, 0x28, 0x2C, 0x3A, 0x3B, 0x3C: true
    default: false
    }
  }

  /// Where what opens at `start` ends; within quotes a backslash takes the next byte's meaning away.
  private static func closing(_ text: ByteView, _ start: Int, _ end: UInt8) -> Int? {
    var at = start + 1
    while at < text.count {
      if text[at] == end { return at }
      if text[at] == 0x5C, end != 0x3E { at += 1 }
      at += 1
    }
    return nil
  }

  private static func give(
    _ text: ByteView, _ part: Part, to end: Int, _ scratch: inout ByteBuffer, _ body: (ByteView?) -> Void
  ) {
    // Nobody's address has more.
    guard part.comments.count <= 8 else { return body(nil) }
    let isText = { (at: Int) in text[at] > 0x20 && !part.comments.contains { $0.contains(at) } }
    if let bracketed = part.bracketed {
      // What stands before is a name; behind it nothing does.
      let isLast = !((bracketed.upperBound + 1)..<end).contains(where: isText)
      return body(isLast ? address(text[bracketed].trimmed, &scratch) : nil)
    }
    // A comment stands before or behind the address, which holds none.
    let range = part.start..<end
    guard let first = range.first(where: isText), let last = range.last(where: isText) else {
      return part.comments.isEmpty ? () : body(nil)
    }
    body(address(text[first..<(last + 1)], &scratch))
  }

  /// The address that `text` is, after a `mailto:` and within the quotes of some mail programs.
  private static func address(_ text: ByteView, _ scratch: inout ByteBuffer) -> ByteView? {
    var plain = text
    if plain.count > 2, plain.at(0) == 0x27, plain.at(plain.count - 1) == 0x27 { plain = plain[1..<(plain.count - 1)] }
    let scheme: StaticString = "mailto:"
    if plain.count > scheme.utf8CodeUnitCount, plain.prefix(scheme.utf8CodeUnitCount).equalsIgnoringCase(ByteView(scheme)) {
      plain = plain.from(scheme.utf8CodeUnitCount)
      // Subject and the like follow.
      if let question = plain.firstIndex(of: 0x3F) { plain = plain.prefix(question) }
      if plain.firstIndex(of: 0x25) != nil {
        scratch.removeAll()
        decode(plain, to: &scratch)
        plain = scratch.view
      }
    }
    return isAddress(plain) ? plain : nil
  }

  /// `%40` to `@` (RFC 3986, section 2.1).
  private static func decode(_ text: ByteView, to buffer: inout ByteBuffer) {
    var at = 0
    while at < text.count {
      if text[at] == 0x25, let high = text.at(at + 1).flatMap(digit), let low = text.at(at + 2).flatMap(digit) {
        buffer.append(high << 4 | low)
        at += 3
      } else {
        buffer.append(text[at])
        at += 1
      }
    }
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46, 0x61...0x66: (byte | 0x20) - 0x61 + 10
    default: nil
    }
  }

  /// `local@domain` (RFC 5321, section 4.1.2), and dots in the local part as some providers let people have them.
  static func isAddress(_ text: ByteView) -> Bool {
    guard text.count <= 320, let at = text.lastIndex(of: 0x40), at > 0 else { return false }
    return isLocalPart(text.prefix(at)) && isDomain(text.from(at + 1))
  }

  private static func isLocalPart(_ text: ByteView) -> Bool {
    if text.at(0) == 0x22 {
      return text.count > 2 && closing(text, 0, 0x22) == text.count - 1 && text.buffer.allSatisfy { $0 >= 0x20 }
    }
    return text.buffer.allSatisfy { byte in
      switch byte {
      case 0...0x20, 0x7F, 0x22, 0x28, 0x29, 0x2C, 0x3A, 0x3B, 0x3C, 0x3E, 0x40, 0x5B, 0x5C, 0x5D: false
      default: true
      }
    }
  }

  private static func isDomain(_ text: ByteView) -> Bool {
    if text.at(0) == 0x5B {
      return text.count > 2 && text.firstIndex(of: 0x5D) == text.count - 1 && text.buffer.allSatisfy { $0 > 0x20 }
    }
    var label = 0
    for (index, byte) in text.buffer.enumerated() {
      if byte == 0x2E {
        if label == 0 { return false }
        label = 0
        // A dot at the end is the root's.
        if index == text.count - 1 { return true }
        continue
      }
      guard byte >= 0x80 || byte.isASCIILetter || byte.isASCIIDigit || byte == 0x2D || byte == 0x5F else { return false }
      label += 1
    }
    return label > 0
  }
}
