// Reply texts, addresses, headers and log lines are written by strangers; a terminal obeys what it is sent. Everything
// that is shown passes through here.

public import Bytes

/// Text that is safe on a terminal and in one line.
public enum Printable {
  /// `text` with control characters (C0, DEL, C1), line and paragraph separators, bidirectional controls and other
  /// invisible format characters as `\xNN` or `\u{NNNN}`, cut to `limit` columns with an ellipsis. O(`text`).
  public static func text(_ text: String, limit: Int = 1000) -> String {
    var result = ""
    var width = 0
    var fitting = ""
    for scalar in text.unicodeScalars {
      let piece: String
      let columns: Int
      if isHarmful(scalar) {
        piece = escape(scalar)
        columns = piece.utf8.count
      } else {
        piece = String(scalar)
        columns = Columns.width(scalar)
      }
      if width + columns > limit { return fitting + "…" }
      result += piece
      width += columns
      if width < limit { fitting = result }
    }
    return result
  }

  public static func text(_ view: ByteView, limit: Int = 1000) -> String {
    // No scalar needs more than four bytes; what is beyond the limit need not be decoded.
    text(String(view.prefix(min(limit, 1 << 20) * 4 + 4)), limit: limit)
  }

  /// True for what could steer a terminal, reorder a line or hide in it.
  static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F: true
    case 0x00AD, 0x061C, 0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB: true
    case 0xE0000...0xE0FFF: true
    default: false
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let hex = String(scalar.value, radix: 16)
    return scalar.value < 0x100 ? "\\x" + (hex.utf8.count < 2 ? "0" : "") + hex : "\\u{" + hex + "}"
  }
}

/// How many columns of a terminal text takes.
enum Columns {
  static func width(_ text: String) -> Int {
    var sum = 0
    for scalar in text.unicodeScalars { sum += width(scalar) }
    return sum
  }

  /// 0 for combining marks, 2 for wide East Asian characters and emoji, else 1.
  static func width(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }

  /// `text` filled with blanks to `width` columns.
  static func padded(_ text: String, _ width: Int, right: Bool = false) -> String {
    let missing = width - Columns.width(text)
    guard missing > 0 else { return text }
    let blanks = String(repeating: " ", count: missing)
    return right ? blanks + text : text + blanks
  }
}

extension Printable {
  /// Appends a line of JSON with what could reorder a terminal's line or hide in it (bidirectional controls and other
  /// invisible characters) as `\uNNNN`, which JSON reads back as the same text. Control bytes are escaped in JSON
  /// already. O(`line`).
  public static func append(json line: ByteView, to buffer: inout ByteBuffer) {
    if line.isASCII {
      buffer.append(line)
      return
    }
    var plain = 0
    var at = 0
    while at < line.count {
      // Control bytes of ASCII are nothing that a JSON line holds.
      guard let (scalar, length) = harmfulScalar(at: at, in: line) else {
        at += 1
        continue
      }
      buffer.append(line[plain..<at])
      for unit in Array(UTF16.encode(scalar).map(Array.init) ?? []) {
        let hex = String(unit, radix: 16)
        buffer.append("\\u")
        for _ in hex.utf8.count..<4 { buffer.append(UInt8(ascii: "0")) }
        buffer.append(hex)
      }
      at += length
      plain = at
    }
    buffer.append(line.from(plain))
  }

  /// The harmful scalar beyond ASCII that begins at `at`, and its length in UTF-8. O(1).
  static func harmfulScalar(at: Int, in text: ByteView) -> (scalar: Unicode.Scalar, length: Int)? {
    let byte = text[at]
    guard byte >= 0xC2 else { return nil }
    let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
    guard at + length <= text.count, let scalar = scalar(text[at..<(at + length)]), isHarmful(scalar) else { return nil }
    return (scalar, length)
  }

  private static func scalar(_ bytes: ByteView) -> Unicode.Scalar? {
    var value = UInt32(bytes[0]) & (bytes.count == 2 ? 0x1F : bytes.count == 3 ? 0x0F : 0x07)
    for index in 1..<bytes.count {
      guard bytes[index] & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(bytes[index] & 0x3F)
    }
    return Unicode.Scalar(value)
  }
}
