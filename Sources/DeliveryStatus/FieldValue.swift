// Values of delivery-status fields: `type; value` (RFC 3464, section 2.1.2), comments, xtext and unitext.

import Bytes
import SMTPTypes

enum FieldValue {
  /// Splits `rfc822; a@b` at its semicolon; a value without a type has an empty one.
  static func typed(_ value: ByteView) -> (type: ByteView, rest: ByteView) {
    guard let semicolon = value.firstIndex(of: 0x3B) else { return (.empty, value.trimmed) }
    let type = value.prefix(semicolon).trimmed
    // A type is an atom; anything else before a semicolon belongs to the value.
    for byte in type.buffer where !(byte.isASCIILetter || byte.isASCIIDigit || byte == 0x2D || byte == 0x2E) {
      return (.empty, value.trimmed)
    }
    return (type, value.from(semicolon + 1).trimmed)
  }

  /// The address of a recipient field without type, angle brackets and comments; nil if nothing is left,
  /// empty for `<>`.
  /// RFC 6533: an address of type utf-8 has its unitext (`\x{…}`) resolved, and ORCPT's xtext (`+2B`).
  static func address(_ value: ByteView, limit: Int) -> String? {
    let (type, rest) = typed(value)
    var address = rest
    if let open = address.firstIndex(of: 0x3C), let close = address.firstIndex(of: 0x3E, from: open) {
      address = address[(open + 1)..<close].trimmed
    } else if address.at(0) != 0x22 {
      if address.at(0) == 0x3C { address = address.from(1) }
      // A bracket without its twin.
      if address.at(address.count - 1) == 0x3E { address = address.prefix(address.count - 1) }
      // A comment or a remark after the address.
      if let space = address.firstIndex(of: 0x20), address.firstIndex(of: 0x40) ?? Int.max < space {
        address = address.prefix(space)
      }
    }
    if address.hasPrefixIgnoringCase("mailto:") { address = address.from(7) }
    address = address.prefix(limit)
    if address.isEmpty { return rest == "<>" ? "" : nil }
    if type.equalsIgnoringCase(ByteView("utf-8")) { return unitext(address) }
    return String(address)
  }

  /// An ENVID or original recipient with the two escapes undone that xtext demands of printable text (RFC 3461,
  /// section 4): `+2B` and `+3D`. Others stay, because reporting MTAs are to have decoded the value already and
  /// `+40` may be somebody's tag.
  static func xtext(_ value: ByteView) -> String {
    guard value.firstIndex(of: 0x2B) != nil else { return String(value) }
    var output = ByteBuffer(capacity: value.count)
    var at = 0
    while at < value.count {
      let escape = value[at..<(at + 3)]
      if escape == "+2B" || escape == "+3D" {
        output.append(escape == "+2B" ? 0x2B : 0x3D)
        at += 3
      } else {
        output.append(value[at])
        at += 1
      }
    }
    return String(output.view)
  }

  /// RFC 6533, section 3: `\x{10FFFF}` stands for a character.
  static func unitext(_ value: ByteView) -> String {
    guard value.firstIndex(of: 0x5C) != nil else { return String(value) }
    var output = ByteBuffer(capacity: value.count)
    var at = 0
    while at < value.count {
      if value[at..<(at + 3)] == "\\x{", let close = value.firstIndex(of: 0x7D, from: at + 3), close - at <= 9 {
        var scalar: UInt32? = 0
        for byte in value[(at + 3)..<close].buffer {
          if let digit = hexDigit(byte), let high = scalar { scalar = high << 4 | UInt32(digit) } else { scalar = nil }
        }
        if let scalar, let character = Unicode.Scalar(scalar) {
          output.append(String(Character(character)))
          at = close + 1
          continue
        }
      }
      output.append(value[at])
      at += 1
    }
    return String(output.view)
  }

  /// The host of `dns; host (comment)`, without the dot that some put behind a complete name; nil if empty.
  static func host(_ value: ByteView, limit: Int) -> String? {
    var host = typed(value).rest
    if let space = host.firstIndex(of: 0x20) { host = host.prefix(space) }
    if host.count > 1, host.at(host.count - 1) == 0x2E { host = host.prefix(host.count - 1) }
    host = host.prefix(limit)
    return host.isEmpty ? nil : String(host)
  }

  /// What stands between angle brackets, or all of it.
  static func identifier(_ value: ByteView, limit: Int) -> String? {
    var id = value.trimmed
    if let open = id.firstIndex(of: 0x3C), let close = id.firstIndex(of: 0x3E, from: open) {
      id = id[(open + 1)..<close]
    }
    id = id.prefix(limit)
    return id.isEmpty ? nil : String(id)
  }

  /// The enhanced status code that a Status field starts with; text after it is a comment. SendGrid puts the reply code
  /// before it: `421 4.7.0`.
  static func status(_ value: ByteView) -> EnhancedStatusCode? {
    var text = value.trimmed
    if text.at(0) == 0x23 { text = text.from(1) }
    if ReplyCode(prefixOf: text) != nil { text = text.from(3).trimmed }
    return EnhancedStatusCode.scan(text)?.code
  }
}

extension Substring {
  /// At most `limit` bytes of it without spaces and tabs at either end.
  func trimmed(to limit: Int) -> String { String(self).withByteView { String($0.trimmed.prefix(limit)) } }
}
