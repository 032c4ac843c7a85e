// Texts of strangers as JSON strings.
//
// Promises: whatever the bytes, the output is valid JSON in valid UTF-8, on one line, without terminal control bytes.

public import Bytes

extension ByteBuffer {
  /// Appends `text` as a JSON string with its quotes (RFC 8259, section 7).
  ///
  /// Control characters (C0, DEL and C1) are escaped, bytes that are not UTF-8 (Unicode 15, table 3-7) become one
  /// U+FFFD each, and what is beyond `limit` bytes of input is cut at a character's start. O(`text.count`), at most
  /// six bytes for each byte of input.
  public mutating func append(json text: ByteView, limit: Int = .max) {
    let text = text.count > limit ? JSONText.cut(text, limit) : text
    let length = text.count
    // Most texts need no escape: they are copied while they are looked at.
    var isPlain = false
    append(capacity: length + 2) { start in
      isPlain = JSONText.copyPlain(text, to: start + 1)
      start[0] = 0x22
      start[length + 1] = 0x22
      return isPlain ? length + 2 : 0
    }
    if !isPlain { append(escaping: text) }
  }

  /// `text` as a JSON string, byte by byte where it must be.
  private mutating func append(escaping text: ByteView) {
    append(0x22)
    reserve(text.count + 2)
    var plain = 0
    var at = 0
    let end = text.count
    let base = text.start
    while at < end {
      // Eight bytes at a time as long as none needs a second look.
      while end - at >= 8 {
        let word = UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self)
        if JSONText.needsLook(word) { break }
        at += 8
      }
      guard at < end else { break }
      let byte = base[at]
      if byte >= 0x20, byte < 0x7F, byte != 0x22, byte != 0x5C {
        at += 1
        continue
      }
      if byte >= 0x80 {
        let length = JSONText.characterLength(text, at)
        // U+0080 to U+009F steer terminals as C0 does.
        if length == 2, byte == 0xC2, base[at + 1] < 0xA0 {
          append(text[plain..<at])
          JSONText.escape(UInt32(base[at + 1]), into: &self)
        } else if length > 0 {
          at += length
          continue
        } else {
          append(text[plain..<at])
          append("\u{FFFD}")
        }
        at += max(length, 1)
        plain = at
        continue
      }
      append(text[plain..<at])
      switch byte {
      case 0x22: append("\\\"")
      case 0x5C: append("\\\\")
      case 0x0A: append("\\n")
      case 0x0D: append("\\r")
      case 0x09: append("\\t")
      default: JSONText.escape(UInt32(byte), into: &self)
      }
      at += 1
      plain = at
    }
    append(text[plain..<end])
    append(0x22)
  }

  /// Appends a finite number of seconds with at most six digits of fraction; false, with nothing appended, for one
  /// that JSON or the journal has no place for (not finite, or beyond ±9e12).
  @discardableResult
  public mutating func append(seconds value: Double) -> Bool {
    guard value.isFinite, value.magnitude < 9e12 else { return false }
    let scaled = Int((value * 1_000_000).rounded())
    if scaled < 0 { append(0x2D) }
    let magnitude = Int(scaled.magnitude)
    append(decimal: magnitude / 1_000_000)
    var fraction = magnitude % 1_000_000
    guard fraction > 0 else { return true }
    append(capacity: 7) { start in
      start[0] = 0x2E
      // Logs give one to three digits.
      var digits = 6
      if fraction % 1000 == 0 {
        fraction /= 1000
        digits = 3
      }
      while fraction % 10 == 0 {
        fraction /= 10
        digits -= 1
      }
      for at in stride(from: digits, to: 0, by: -1) {
        start[at] = 0x30 &+ UInt8(truncatingIfNeeded: fraction % 10)
        fraction /= 10
      }
      return digits + 1
    }
    return true
  }
}

enum JSONText {
  /// The first `limit` bytes of `text`, less up to three of a character that the limit falls into.
  static func cut(_ text: ByteView, _ limit: Int) -> ByteView {
    var cut = max(limit, 0)
    var steps = 0
    while cut > 0, steps < 3, text[cut] & 0xC0 == 0x80 {
      cut -= 1
      steps += 1
    }
    return text.prefix(cut)
  }

  /// Copies `text` to `out`, which has room for it; false, with anything in that room, if a byte needs a second look.
  @inline(__always)
  static func copyPlain(_ text: ByteView, to out: UnsafeMutablePointer<UInt8>) -> Bool {
    let source = UnsafeRawPointer(text.start)
    let target = UnsafeMutableRawPointer(out)
    let count = text.count
    if count >= 8 {
      // The last eight bytes may be looked at twice; that is cheaper than one by one.
      var found = marks(copyWord(source, target, count - 8))
      var at = 0
      while at &+ 8 < count {
        found |= marks(copyWord(source, target, at))
        at &+= 8
      }
      return found & tops == 0
    }
    if count >= 4 {
      let first = source.loadUnaligned(as: UInt32.self)
      let last = source.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
      target.storeBytes(of: first, as: UInt32.self)
      target.storeBytes(of: last, toByteOffset: count - 4, as: UInt32.self)
      return marks(UInt64(first) << 32 | UInt64(last)) & tops == 0
    }
    for at in 0..<count {
      let byte = text.start[at]
      if byte &- 0x20 > 0x5E || byte == 0x22 || byte == 0x5C { return false }
      out[at] = byte
    }
    return true
  }

  @inline(__always)
  private static func copyWord(_ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ at: Int) -> UInt64 {
    let word = source.loadUnaligned(fromByteOffset: at, as: UInt64.self)
    target.storeBytes(of: word, toByteOffset: at, as: UInt64.self)
    return word
  }

  /// True if one of the eight bytes is a control byte, a quote, a backslash, DEL or not ASCII.
  @inline(__always)
  static func needsLook(_ word: UInt64) -> Bool { marks(word) & tops != 0 }

  private static var tops: UInt64 { 0x8080_8080_8080_8080 }

  /// A word with a top bit set in it if and only if one of the eight bytes is one for `needsLook`.
  @inline(__always)
  private static func marks(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quote = word ^ (ones &* 0x22)
    let backslash = word ^ (ones &* 0x5C)
    let delete = word ^ (ones &* 0x7F)
    let low = (word &- ones &* 0x20) & ~word
    return ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash) | ((delete &- ones) & ~delete) | low | word
  }

  /// The length of the well-formed UTF-8 sequence of two to four bytes at `at`, or 0.
  static func characterLength(_ text: ByteView, _ at: Int) -> Int {
    func continues(_ index: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      guard let byte = text.at(index) else { return false }
      return range.contains(byte)
    }
    switch text[at] {
    case 0xC2...0xDF: return continues(at + 1) ? 2 : 0
    case 0xE0: return continues(at + 1, 0xA0...0xBF) && continues(at + 2) ? 3 : 0
    case 0xED: return continues(at + 1, 0x80...0x9F) && continues(at + 2) ? 3 : 0
    case 0xE1...0xEF: return continues(at + 1) && continues(at + 2) ? 3 : 0
    case 0xF0: return continues(at + 1, 0x90...0xBF) && continues(at + 2) && continues(at + 3) ? 4 : 0
    case 0xF1...0xF3: return continues(at + 1) && continues(at + 2) && continues(at + 3) ? 4 : 0
    case 0xF4: return continues(at + 1, 0x80...0x8F) && continues(at + 2) && continues(at + 3) ? 4 : 0
    default: return 0
    }
  }

  /// `\u00xx`.
  static func escape(_ scalar: UInt32, into buffer: inout ByteBuffer) {
    buffer.append("\\u00")
    for shift in [4, 0] as [UInt32] {
      let digit = UInt8(truncatingIfNeeded: scalar >> shift & 0xF)
      buffer.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
  }
}
