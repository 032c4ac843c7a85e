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

  private static func readText(_ line: ByteView, _ at: inout Int, into buffer: inout ByteBuffer) -> Bool {
    buffer.removeAll()
    return take(0x22, line, &at) && JSONString.readRest(line, &at, into: &buffer)
  }
}
