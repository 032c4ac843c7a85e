// Content-Transfer-Encoding, a line at a time.

import Bytes

/// How a part's lines are encoded (RFC 2045, section 6).
enum TransferEncoding {
  case identity, quotedPrintable, base64

  init(field value: ByteView) {
    let word = value.trimmed
    if word.hasPrefixIgnoringCase("quoted-printable") {
      self = .quotedPrintable
    } else if word.hasPrefixIgnoringCase("base64") {
      self = .base64
    } else {
      self = .identity
    }
  }
}

/// Decodes one part. Bytes that the encoding does not know are taken as they are (quoted-printable) or passed over
/// (base64), as RFC 2045 advises. O(bytes).
struct TransferDecoder {
  private var bits: UInt32 = 0
  private var digits = 0

  mutating func reset() { self = TransferDecoder() }

  /// Appends what quoted-printable `line` (without its end) stands for, with a line feed unless a `=` joins it to
  /// the next.
  func appendQuotedPrintable(_ line: ByteView, to output: inout ByteBuffer) {
    var end = line.count
    while end > 0, line[end - 1] == 0x20 || line[end - 1] == 0x09 { end -= 1 }
    let isJoined = end > 0 && line[end - 1] == 0x3D
    if isJoined { end -= 1 }
    var at = 0
    while at < end {
      guard let equals = line.firstIndex(of: 0x3D, from: at), equals < end else {
        output.append(line[at..<end])
        break
      }
      output.append(line[at..<equals])
      if equals + 2 < end, let high = hexDigit(line[equals + 1]), let low = hexDigit(line[equals + 2]) {
        output.append(high << 4 | low)
        at = equals + 3
      } else {
        output.append(0x3D)
        at = equals + 1
      }
    }
    if !isJoined { output.append(0x0A) }
  }

  /// Appends what base64 `line` stands for. Padding ends a run; another may follow.
  mutating func appendBase64(_ line: ByteView, to output: inout ByteBuffer) {
    let values = TransferDecoder.base64Values
    for byte in line.buffer {
      let value = values[Int(byte)]
      if value < 64 {
        bits = bits << 6 | UInt32(value)
        digits += 1
        if digits == 4 {
          output.append(UInt8(truncatingIfNeeded: bits >> 16))
          output.append(UInt8(truncatingIfNeeded: bits >> 8))
          output.append(UInt8(truncatingIfNeeded: bits))
          digits = 0
          bits = 0
        }
      } else if byte == 0x3D {
        finishBase64(to: &output)
      }
    }
  }

  /// Appends what an unfinished group of base64 still holds.
  mutating func finishBase64(to output: inout ByteBuffer) {
    if digits == 2 {
      output.append(UInt8(truncatingIfNeeded: bits >> 4))
    } else if digits == 3 {
      output.append(UInt8(truncatingIfNeeded: bits >> 10))
      output.append(UInt8(truncatingIfNeeded: bits >> 2))
    }
    digits = 0
    bits = 0
  }

  private static let base64Values: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for (value, byte) in ByteView(alphabet).buffer.enumerated() { values[Int(byte)] = UInt8(value) }
    return values
  }()
}

/// The value of a hexadecimal digit in either case.
func hexDigit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case 0x30...0x39: byte - 0x30
  case 0x41...0x46: byte - 0x41 + 10
  case 0x61...0x66: byte - 0x61 + 10
  default: nil
  }
}
