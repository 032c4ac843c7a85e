import Bytes

/// Reads the fields of an entry off a JSON object: strings, `null` for what is too long, a list of bytes for what is no
/// UTF-8, a list of those for a field that the entry has several times.
struct JournaldFields: ~Copyable {
  private var name = ByteBuffer()
  private var value = ByteBuffer()

  /// False if `line` is no such object; what stood before the fault was taken.
  mutating func read(_ line: ByteView, into entry: inout JournaldEntry) -> Bool {
    var at = 0
    guard JournaldFields.take(0x7B, line, &at) else { return false }
    if JournaldFields.take(0x7D, line, &at) { return true }
    repeat {
      guard JournaldFields.readText(line, &at, into: &name), JournaldFields.take(0x3A, line, &at),
        readValue(line, &at, into: &entry, depth: 0)
      else {
        return false
      }
    } while JournaldFields.take(0x2C, line, &at)
    return JournaldFields.take(0x7D, line, &at)
  }

  /// True if `byte` stands at `at`, behind blanks; `at` moves behind it.
  private static func take(_ byte: UInt8, _ line: ByteView, _ at: inout Int) -> Bool {
    passBlanks(line, &at)
    guard line.at(at) == byte else { return false }
    at += 1
    return true
  }

  private static func passBlanks(_ line: ByteView, _ at: inout Int) {
    while let byte = line.at(at), byte == 0x20 || byte == 0x09 || byte == 0x0D { at += 1 }
  }

  private mutating func readValue(
    _ line: ByteView, _ at: inout Int, into entry: inout JournaldEntry, depth: Int
  ) -> Bool {
    JournaldFields.passBlanks(line, &at)
    switch line.at(at) {
    case 0x22:
      guard JournaldFields.readText(line, &at, into: &value) else { return false }
      entry.take(name.view, value.view)
      return true
    case 0x5B:
      guard depth < 2 else { return false }
      at += 1
      return readList(line, &at, into: &entry, depth: depth)
    default:
      return JournaldFields.readWord(line, &at) != nil
    }
  }

  /// Behind the bracket.
  private mutating func readList(
    _ line: ByteView, _ at: inout Int, into entry: inout JournaldEntry, depth: Int
  ) -> Bool {
    if JournaldFields.take(0x5D, line, &at) { return true }
    JournaldFields.passBlanks(line, &at)
    if line.at(at)?.isASCIIDigit == true {
      value.removeAll()
      repeat {
        JournaldFields.passBlanks(line, &at)
        guard let number = JournaldFields.readWord(line, &at)?.decimal, let byte = UInt8(exactly: number) else {
          return false
        }
        value.append(byte)
      } while JournaldFields.take(0x2C, line, &at)
      entry.take(name.view, value.view)
    } else {
      repeat {
        guard readValue(line, &at, into: &entry, depth: depth + 1) else { return false }
      } while JournaldFields.take(0x2C, line, &at)
    }
    return JournaldFields.take(0x5D, line, &at)
  }

  /// `null`, `true`, a number.
  private static func readWord(_ line: ByteView, _ at: inout Int) -> ByteView? {
    let start = at
    while let byte = line.at(at), byte.isASCIILetter || byte.isASCIIDigit || byte == 0x2D || byte == 0x2E { at += 1 }
    return at > start ? line[start..<at] : nil
  }

  /// A string, its escapes resolved (RFC 8259, section 7). Half of a surrogate pair becomes `?`, as does a pair:
  /// journald writes what is UTF-8 as it is.
  private static func readText(_ line: ByteView, _ at: inout Int, into buffer: inout ByteBuffer) -> Bool {
    buffer.removeAll()
    guard take(0x22, line, &at) else { return false }
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
      case UInt8(ascii: "t"): buffer.append(0x09)
      case UInt8(ascii: "r"): buffer.append(0x0D)
      case UInt8(ascii: "b"): buffer.append(0x08)
      case UInt8(ascii: "f"): buffer.append(0x0C)
      case UInt8(ascii: "u"):
        guard let code = hexadecimal(line, at) else { return false }
        at += 4
        guard let scalar = Unicode.Scalar(code) else {
          buffer.append(0x3F)
          continue
        }
        for unit in UTF8.encode(scalar) ?? UTF8.EncodedScalar() { buffer.append(unit) }
      default: buffer.append(escaped)
      }
    }
    return false
  }

  private static func hexadecimal(_ line: ByteView, _ start: Int) -> UInt32? {
    guard start + 4 <= line.count else { return nil }
    var value: UInt32 = 0
    for index in start..<(start + 4) {
      let byte = line[index]
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
      case 0x41...0x46, 0x61...0x66: value = value << 4 | UInt32((byte | 0x20) - 0x57)
      default: return nil
      }
    }
    return value
  }
}
