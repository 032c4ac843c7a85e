// Texts of strangers as JSON strings.
//
// Promises: whatever the bytes, the output is valid JSON in valid UTF-8, on one line, without terminal control bytes.

public import Bytes
import CLinux
import Glibc

extension ByteBuffer {
  /// Appends `text` as a JSON string with its quotes (RFC 8259, section 7).
  ///
  /// Control characters (C0, DEL and C1) are escaped, bytes that are not UTF-8 (Unicode 15, table 3-7) become one
  /// U+FFFD each, and what is beyond `limit` bytes of input is cut at a character's start. O(`text.count`), at most
  /// six bytes for each byte of input.
  public mutating func append(json text: ByteView, limit: Int = .max) {
    let text = text.count > limit ? JSONText.cut(text, limit) : text
    // Most texts need no escape: they are copied while they are looked at.
    var isPlain = false
    append(capacity: text.count + 2) { start in
      isPlain = JSONText.copyPlain(text, to: start + 1)
      start[0] = 0x22
      start[text.count + 1] = 0x22
      return isPlain ? text.count + 2 : 0
    }
    if isPlain { return }
    append(capacity: JSONText.room(for: text.count)) { start in
      start[0] = 0x22
      return 1 + JSONText.escape(text, to: start + 1)
    }
  }

  /// Appends a finite number of seconds with at most six digits of fraction; false, with nothing appended, for one
  /// that JSON or the journal has no place for (not finite, or beyond ±9e12).
  @discardableResult
  public mutating func append(seconds value: Double) -> Bool {
    var isWritten = false
    append(capacity: 24) { start in
      var line = LineWriter(start, roomForTexts: 0)
      isWritten = line.seconds(value)
      return line.end - start
    }
    return isWritten
  }
}

enum JSONText {
  /// Bytes that a text of `count` bytes takes up at most, with both quotes.
  @inline(__always)
  static func room(for count: Int) -> Int { count * 6 + 2 }

  /// Writes `text` as a JSON string behind its opening quote, with the closing one, byte by byte where it must be.
  /// Returns how many bytes that took.
  static func escape(_ text: ByteView, to out: UnsafeMutablePointer<UInt8>) -> Int {
    var to = out
    var plain = 0
    var at = 0
    let end = text.count
    let base = text.start
    /// Copies what stands before `at` and was not written yet.
    func catchUp() {
      memcpy(to, base + plain, at - plain)
      to += at - plain
    }
    func put(_ literal: StaticString) {
      memcpy(to, literal.utf8Start, literal.utf8CodeUnitCount)
      to += literal.utf8CodeUnitCount
    }
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
          catchUp()
          to = JSONText.escape(base[at + 1], to: to)
        } else if length > 0 {
          at += length
          continue
        } else {
          catchUp()
          put("\u{FFFD}")
        }
        at += max(length, 1)
        plain = at
        continue
      }
      catchUp()
      switch byte {
      case 0x22: put("\\\"")
      case 0x5C: put("\\\\")
      case 0x0A: put("\\n")
      case 0x0D: put("\\r")
      case 0x09: put("\\t")
      default: to = JSONText.escape(byte, to: to)
      }
      at += 1
      plain = at
    }
    catchUp()
    to.pointee = 0x22
    return to - out + 1
  }

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
    if count >= 16 {
      // The last sixteen bytes may be looked at twice; that is cheaper than one by one.
      var found = softbounce_copy16(target + (count &- 16), source + (count &- 16))
      var at = 0
      while at &+ 16 < count {
        found |= softbounce_copy16(target + at, source + at)
        at &+= 16
      }
      return found == 0
    }
    if count >= 8 { return softbounce_copy8to16(target, source, count) == 0 }
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

  /// True if one of the eight bytes is a control byte, a quote, a backslash, DEL or not ASCII.
  @inline(__always)
  static func needsLook(_ word: UInt64) -> Bool { marks(word) & tops != 0 }

  private static var tops: UInt64 { 0x8080_8080_8080_8080 }

  /// A word with a top bit set in it if and only if one of the eight bytes is one for `needsLook`. Which byte, it does
  /// not say: each test is right for the lowest byte that it finds and those below, where nothing was carried.
  @inline(__always)
  private static func marks(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quote = (word ^ (ones &* 0x22)) &- ones
    let backslash = (word ^ (ones &* 0x5C)) &- ones
    let delete = word &+ ones
    let low = word &- ones &* 0x20
    return quote | backslash | delete | low | word
  }

  /// Where `line` has a byte that no line of JSON has: a control byte (RFC 8259, section 7), or one that is not UTF-8;
  /// nil if it has none. O(`line.count`).
  static func firstUnsoundByte(_ line: ByteView) -> Int? {
    var at = 0
    while at < line.count {
      switch line[at] {
      case 0x20..<0x80: at += 1
      case 0..<0x20:
        // Blanks between values.
        guard line[at] == 0x09 || line[at] == 0x0D else { return at }
        at += 1
      default:
        let length = characterLength(line, at)
        guard length > 0 else { return at }
        at += length
      }
    }
    return nil
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

  /// `\u00xx`; returns the place behind it.
  private static func escape(_ scalar: UInt8, to out: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
    memcpy(out, StaticString("\\u00").utf8Start, 4)
    for (place, digit) in [scalar >> 4, scalar & 0xF].enumerated() {
      out[4 + place] = digit < 10 ? 0x30 + digit : 0x57 + digit
    }
    return out + 6
  }
}
