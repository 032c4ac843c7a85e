/// Strings of JSON, their escapes resolved (RFC 8259, section 7).
public enum JSONString {
  /// Appends the string whose next byte stands at `at` to `buffer`, up to its closing quote, behind which `at` moves.
  /// Half a surrogate pair becomes U+FFFD. False where it is malformed or does not end; `at` is then where that shows.
  /// O(string).
  public static func readRest(_ line: ByteView, _ at: inout Int, into buffer: inout ByteBuffer) -> Bool {
    while let byte = line.at(at) {
      at += 1
      if byte == 0x22 { return true }
      guard byte == 0x5C else {
        buffer.append(byte)
        continue
      }
      guard let escaped = line.at(at) else { return false }
      at += 1
      switch escaped {
      case UInt8(ascii: "n"): buffer.append(0x0A)
      case UInt8(ascii: "r"): buffer.append(0x0D)
      case UInt8(ascii: "t"): buffer.append(0x09)
      case UInt8(ascii: "b"): buffer.append(0x08)
      case UInt8(ascii: "f"): buffer.append(0x0C)
      case UInt8(ascii: "u"):
        guard let unit = unit(line, &at) else { return false }
        append(unit, line, &at, &buffer)
      case 0x22, 0x2F, 0x5C: buffer.append(escaped)
      default:
        at -= 1
        return false
      }
    }
    return false
  }

  /// Four hexadecimal digits.
  private static func unit(_ line: ByteView, _ at: inout Int) -> UInt32? {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = line.at(at), byte < 0x80, let digit = Character(UnicodeScalar(byte)).hexDigitValue else {
        return nil
      }
      value = value << 4 | UInt32(digit)
      at += 1
    }
    return value
  }

  /// Appends a UTF-16 unit, with the one that completes it.
  private static func append(_ unit: UInt32, _ line: ByteView, _ at: inout Int, _ buffer: inout ByteBuffer) {
    var value = unit
    if (0xD800..<0xDC00).contains(unit), line.at(at) == 0x5C, line.at(at + 1) == UInt8(ascii: "u") {
      var next = at + 2
      if let low = self.unit(line, &next), (0xDC00..<0xE000).contains(low) {
        value = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
        at = next
      }
    }
    for byte in String(UnicodeScalar(value).map { Character($0) } ?? "\u{FFFD}").utf8 { buffer.append(byte) }
  }
}
