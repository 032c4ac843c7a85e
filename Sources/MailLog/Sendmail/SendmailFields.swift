import Bytes

/// Walks `name=value, name=value, …` as Sendmail writes it. Values are not escaped; those that strangers choose
/// (addresses) are walked with their quotes and brackets, and a reply, which can hold anything, is left to the caller.
struct SendmailFields {
  let text: ByteView
  /// The offset of the next field.
  var at: Int

  init(_ text: ByteView, at start: Int = 0) {
    self.text = text
    at = start
  }

  /// The next field; its value runs to the next comma and space.
  mutating func next() -> (name: ByteView, value: ByteView)? {
    guard let name = nextName() else { return nil }
    let start = at
    var end = start
    while let comma = text.firstIndex(of: 0x2C, from: end) {
      if text.at(comma + 1) == 0x20 {
        at = comma + 2
        return (name, text[start..<comma])
      }
      end = comma + 1
    }
    at = text.count
    return (name, text.from(start))
  }

  /// The next field's name; `at` moves to its value.
  mutating func nextName() -> ByteView? {
    let start = at
    var end = start
    while let byte = text.at(end), byte.isASCIILetter || byte.isASCIIDigit || byte == 0x5F { end += 1 }
    guard end > start, text.at(end) == 0x3D else { return nil }
    at = end + 1
    return text[start..<end]
  }

  /// The address at `at`, which moves behind it and its comma.
  mutating func address() -> ByteView {
    let found = SendmailAddress.scan(text, at: at)
    at = found.end
    skipSeparator()
    return found.address
  }

  mutating func skipSeparator() {
    if text.at(at) == 0x2C { at += 1 }
    while text.at(at) == 0x20 { at += 1 }
  }
}

/// `mx.example.org. [192.0.2.1]`, `[192.0.2.1] [192.0.2.1]`, `mx.example.org.`, `[192.0.2.1] (may be forged)`.
struct SendmailPeer {
  /// Without the final dot; empty when only the address is known.
  var host: ByteView
  /// Empty when the line has none.
  var address = ByteView.empty

  init(_ value: ByteView) {
    var first = value
    if let space = value.firstIndex(of: 0x20) {
      first = value.prefix(space)
      let rest = value.from(space + 1)
      if rest.at(0) == 0x5B, let close = rest.firstIndex(of: 0x5D) {
        address = SendmailPeer.withoutTag(rest[1..<close])
      }
    }
    if first.at(0) == 0x5B, let close = first.firstIndex(of: 0x5D) {
      if address.isEmpty { address = SendmailPeer.withoutTag(first[1..<close]) }
      host = .empty
    } else {
      host = first.hasSuffix(".") ? first.prefix(first.count - 1) : first
    }
  }

  /// `IPv6:2001:db8::1` to `2001:db8::1`.
  static func withoutTag(_ address: ByteView) -> ByteView {
    address.hasPrefix("IPv6:") ? address.from(5) : address
  }
}
