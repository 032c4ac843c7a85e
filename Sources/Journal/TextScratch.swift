import Bytes
import SMTPTypes

/// Where texts with escapes are unfolded. Its memory does not move while a line is decoded, so that views into it
/// stay valid until the next line.
struct TextScratch: ~Copyable {
  private var buffer = ByteBuffer(capacity: 4096)

  /// Makes room for all texts of a line: what is unfolded is never longer than what was escaped.
  mutating func begin(_ line: ByteView) {
    buffer.removeAll()
    buffer.reserve(line.count)
  }

  /// `raw` with its escapes replaced (RFC 8259, section 7); a lone surrogate becomes U+FFFD.
  mutating func unfold(_ raw: ByteView, offset: Int) throws(JournalLineError) -> ByteView {
    let first = buffer.count
    var at = 0
    while let backslash = raw.firstIndex(of: 0x5C, from: at) {
      buffer.append(raw[at..<backslash])
      at = backslash + 2
      switch raw.at(backslash + 1) {
      case 0x22: buffer.append(0x22)
      case 0x5C: buffer.append(0x5C)
      case 0x2F: buffer.append(0x2F)
      case 0x62: buffer.append(0x08)
      case 0x66: buffer.append(0x0C)
      case 0x6E: buffer.append(0x0A)
      case 0x72: buffer.append(0x0D)
      case 0x74: buffer.append(0x09)
      case 0x75:
        guard let unit = TextScratch.unit(raw, at) else {
          throw JournalLineError(.badEscape, offset: offset + backslash)
        }
        at += 4
        var scalar = unit
        if unit & 0xFC00 == 0xD800, raw.at(at) == 0x5C, raw.at(at + 1) == 0x75,
          let low = TextScratch.unit(raw, at + 2), low & 0xFC00 == 0xDC00
        {
          scalar = 0x10000 + (unit & 0x3FF) << 10 + (low & 0x3FF)
          at += 6
        }
        append(scalar & 0xFFFF_F800 == 0xD800 ? 0xFFFD : scalar)
      default: throw JournalLineError(.badEscape, offset: offset + backslash)
      }
    }
    buffer.append(raw.from(at))
    return buffer.view.from(first)
  }

  private static func unit(_ raw: ByteView, _ start: Int) -> UInt32? {
    var value: UInt32 = 0
    for index in start..<start + 4 {
      guard let byte = raw.at(index) else { return nil }
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
      case 0x41...0x46: value = value << 4 | UInt32(byte - 0x37)
      case 0x61...0x66: value = value << 4 | UInt32(byte - 0x57)
      default: return nil
      }
    }
    return value
  }

  private mutating func append(_ scalar: UInt32) {
    func tail(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(truncatingIfNeeded: scalar >> shift & 0x3F) }
    switch scalar {
    case 0..<0x80: buffer.append(UInt8(truncatingIfNeeded: scalar))
    case 0x80..<0x800:
      buffer.append(0xC0 | UInt8(truncatingIfNeeded: scalar >> 6))
      buffer.append(tail(0))
    case 0x800..<0x10000:
      buffer.append(0xE0 | UInt8(truncatingIfNeeded: scalar >> 12))
      buffer.append(tail(6))
      buffer.append(tail(0))
    default:
      buffer.append(0xF0 | UInt8(truncatingIfNeeded: scalar >> 18))
      buffer.append(tail(12))
      buffer.append(tail(6))
      buffer.append(tail(0))
    }
  }
}
