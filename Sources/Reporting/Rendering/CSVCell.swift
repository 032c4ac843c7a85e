public import Bytes

/// One cell of a table in comma-separated values (RFC 4180).
public enum CSVCell {
  public static func append(_ text: String, to buffer: inout ByteBuffer) {
    text.withByteView { append($0, to: &buffer) }
  }

  /// Appends `text` as a cell, in quotes where it needs them. What a spreadsheet would run as a formula gets an
  /// apostrophe in front (OWASP, CSV injection); what could steer a terminal, reorder a line or hide in it (control
  /// characters, line ends, bidirectional controls …) becomes a blank each. O(`text`).
  public static func append(_ text: ByteView, to buffer: inout ByteBuffer) {
    guard let first = text.at(0) else { return }
    let isFormula =
      switch first {
      case 0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D, 0x0A, 0x7C, 0x25: true
      default: isFullWidthSign(text)
      }
    let needsQuotes =
      isFormula || text.buffer.contains { $0 < 0x20 || $0 == 0x22 || $0 == 0x2C || $0 == 0x3B || $0 == 0x7F }
      || hasHarmfulScalar(text)
    guard needsQuotes else {
      buffer.append(text)
      return
    }
    buffer.append(0x22)
    if isFormula { buffer.append(0x27) }
    var at = 0
    while at < text.count {
      switch text[at] {
      case 0x22:
        buffer.append(0x22)
        buffer.append(0x22)
      case 0x00...0x1F, 0x7F: buffer.append(0x20)
      case let byte:
        if let (_, length) = Printable.harmfulScalar(at: at, in: text) {
          buffer.append(0x20)
          at += length
          continue
        }
        buffer.append(byte)
      }
      at += 1
    }
    buffer.append(0x22)
  }

  private static func hasHarmfulScalar(_ text: ByteView) -> Bool {
    !text.isASCII && (0..<text.count).contains { Printable.harmfulScalar(at: $0, in: text) != nil }
  }

  /// ＝, ＋, －, ＠ (U+FF1D, FF0B, FF0D, FF20), which some spreadsheets read as their ASCII twins.
  private static func isFullWidthSign(_ text: ByteView) -> Bool {
    guard text.count >= 3, text[0] == 0xEF, text[1] == 0xBC else { return false }
    return [0x9D, 0x8B, 0x8D, 0xA0].contains(text[2])
  }
}
