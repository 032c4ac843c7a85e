// A walk over one line of JSON, token by token, without recursion.
//
// Promises: never reads past the line, whatever it holds; linear in the line's length. Leaves to others: what keys
// mean. It takes JSON a little wider than RFC 8259 (raw control bytes in texts), because a reader that can show a
// damaged text is worth more than one that can't.

import Bytes
import Glibc

struct JSONCursor {
  let start: UnsafePointer<UInt8>
  var at: UnsafePointer<UInt8>
  let end: UnsafePointer<UInt8>

  @inline(__always)
  init(_ line: ByteView) {
    start = line.start
    at = start
    end = start + line.count
  }

  @inline(__always)
  func failure(_ reason: JournalLineError.Reason) -> JournalLineError {
    JournalLineError(reason, offset: at - start)
  }

  /// The byte at the cursor, after white space; 0 at the end.
  @inline(__always)
  mutating func peek() -> UInt8 {
    while at < end {
      let byte = at.pointee
      if byte > 0x20 || (byte != 0x20 && byte != 0x09 && byte != 0x0D && byte != 0x0A) { return byte }
      at += 1
    }
    return 0
  }

  @inline(__always)
  mutating func expect(_ byte: UInt8) throws(JournalLineError) {
    guard peek() == byte else { throw failure(.unexpectedByte) }
    at += 1
  }

  /// A text's bytes between its quotes, escapes and all.
  @inline(__always)
  mutating func rawText() throws(JournalLineError) -> (bytes: ByteView, hasEscapes: Bool) {
    guard peek() == 0x22 else { throw failure(.wrongType) }
    let first = at + 1
    var probe = first
    var hasEscapes = false
    while true {
      probe = JSONCursor.quoteOrBackslash(probe, end)
      guard probe < end else { throw failure(.unterminatedText) }
      if probe.pointee == 0x22 { break }
      hasEscapes = true
      guard end - probe > 2 else { throw failure(.unterminatedText) }
      probe += 2
    }
    at = probe + 1
    return (ByteView(first, count: probe - first), hasEscapes)
  }

  /// The first quote or backslash at or after `from`, or `end`.
  @inline(__always)
  static func quoteOrBackslash(
    _ from: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
  ) -> UnsafePointer<UInt8> {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops: UInt64 = 0x8080_8080_8080_8080
    var probe = from
    // Most texts are short: eight bytes at a time cost less than a call.
    for _ in 0..<6 {
      guard end - probe >= 8 else { break }
      let word = UnsafeRawPointer(probe).loadUnaligned(as: UInt64.self)
      let quote = word ^ (ones &* 0x22)
      let backslash = word ^ (ones &* 0x5C)
      let found = (((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)) & tops
      if found != 0 { return probe + Int(truncatingIfNeeded: found.littleEndian.trailingZeroBitCount >> 3) }
      probe += 8
    }
    return far(probe, end)
  }

  @inline(never)
  private static func far(_ from: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
    var probe = from
    // In pieces, so that a text full of backslashes costs linear time.
    while probe < end {
      let piece = min(end - probe, 512)
      let quote = memchr(probe, 0x22, piece)
      let span = quote.map { UnsafeRawPointer($0) - UnsafeRawPointer(probe) } ?? piece
      if let backslash = memchr(probe, 0x5C, span) {
        return probe + (UnsafeRawPointer(backslash) - UnsafeRawPointer(probe))
      }
      if quote != nil { return probe + span }
      probe += piece
    }
    return end
  }

  /// The bytes of a number, `true`, `false` or `null`.
  @inline(__always)
  mutating func word() throws(JournalLineError) -> ByteView {
    _ = peek()
    let first = at
    while at < end {
      switch at.pointee {
      case 0x2C, 0x7D, 0x5D, 0x20, 0x09, 0x0D, 0x0A, 0x3A, 0x22, 0x7B, 0x5B:
        guard at > first else {
          throw failure(at.pointee == 0x22 || at.pointee == 0x7B || at.pointee == 0x5B ? .wrongType : .unexpectedByte)
        }
        return ByteView(first, count: at - first)
      default: at += 1
      }
    }
    guard at > first else { throw failure(.unexpectedByte) }
    return ByteView(first, count: at - first)
  }

  mutating func integer() throws(JournalLineError) -> Int {
    let begin = at
    let word = try word()
    let negative = word.at(0) == 0x2D
    if let value = (negative ? word.from(1) : word).decimal { return negative ? -value : value }
    // 19 digits, a fraction or an exponent; Swift's own readers take bytes that no number has, such as NUL.
    guard JSONCursor.isWord(word) else {
      at = begin
      throw failure(.wrongType)
    }
    if let value = Int(String(word)) { return value }
    if let value = Double(String(word)), value.rounded() == value, let whole = Int(exactly: value) { return whole }
    at = begin
    throw failure(.wrongType)
  }

  /// A count: 0 to 2^40, so that sums of them cannot overflow.
  mutating func count() throws(JournalLineError) -> Int {
    let begin = at
    let value = try integer()
    guard value >= 0, value <= 1 << 40 else {
      at = begin
      throw failure(.wrongType)
    }
    return value
  }

  mutating func unsigned() throws(JournalLineError) -> UInt64 {
    let begin = at
    let word = try word()
    if let value = word.decimal { return UInt64(value) }
    if JSONCursor.isWord(word), let value = UInt64(String(word)) { return value }
    at = begin
    throw failure(.wrongType)
  }

  mutating func double() throws(JournalLineError) -> Double {
    let begin = at
    let word = try word()
    if let value = word.decimal { return Double(value) }
    if let dot = word.firstIndex(of: 0x2E), word.count <= 16, let whole = word.prefix(dot).decimal,
      let fraction = word.from(dot + 1).decimal
    {
      // Both parts are exact in a Double, and so is the power of ten: one rounding.
      var scale = 1
      for _ in 0..<(word.count - dot - 1) { scale *= 10 }
      return Double(whole * scale + fraction) / Double(scale)
    }
    if JSONCursor.isWord(word), let value = Double(String(word)), value.isFinite {
      return value
    }
    at = begin
    throw failure(.wrongType)
  }

  mutating func boolean() throws(JournalLineError) -> Bool {
    let begin = at
    switch try word() {
    case "true": return true
    case "false": return false
    default:
      at = begin
      throw failure(.wrongType)
    }
  }

  /// True, and past it, if `null` stands here.
  @inline(__always)
  mutating func null() -> Bool {
    guard peek() == 0x6E, end - at >= 4, memcmp(at, "null", 4) == 0 else { return false }
    at += 4
    return true
  }

  /// Passes over one value of any kind. Brackets are counted, not recursed into; at most 64 deep.
  mutating func skipValue() throws(JournalLineError) {
    var kinds: UInt64 = 0
    var depth = 0
    repeat {
      switch peek() {
      case 0x22: _ = try rawText()
      case 0x7B, 0x5B:
        guard depth < 64 else { throw failure(.tooDeep) }
        kinds = kinds << 1 | (at.pointee == 0x7B ? 1 : 0)
        depth += 1
        at += 1
      case 0x7D, 0x5D:
        guard depth > 0, (kinds & 1 == 1) == (at.pointee == 0x7D) else { throw failure(.unexpectedByte) }
        kinds >>= 1
        depth -= 1
        at += 1
      case 0x2C, 0x3A:
        // Between a container's members; which of the two is right there is no matter to one who passes over it.
        guard depth > 0 else { throw failure(.unexpectedByte) }
        at += 1
      default:
        let begin = at
        let word = try word()
        guard JSONCursor.isWord(word) else {
          at = begin
          throw failure(.badValue)
        }
      }
    } while depth > 0
  }

  private static func isWord(_ word: ByteView) -> Bool {
    switch word {
    case "true", "false", "null": return true
    default:
      guard let first = word.at(0), first == 0x2D || first.isASCIIDigit else { return false }
      return word.buffer.allSatisfy { $0.isASCIIDigit || $0 == 0x2D || $0 == 0x2B || $0 == 0x2E || $0 | 0x20 == 0x65 }
    }
  }

  /// Passes over `delays` as `EventEncoder` writes them; false, with the cursor where it was, if they are another way.
  @inline(__always)
  mutating func passDelays() -> Bool {
    var probe = at
    func pass(_ literal: StaticString) -> Bool {
      let count = literal.utf8CodeUnitCount
      // The number behind it needs a byte at least.
      guard end - probe > count, memcmp(probe, literal.utf8Start, count) == 0 else { return false }
      probe += count
      let first = probe
      while probe < end, probe.pointee &- 0x30 < 10 || probe.pointee == 0x2E { probe += 1 }
      return probe > first
    }
    guard pass("{\"before_queue_manager\":"), pass(",\"in_queue_manager\":"), pass(",\"connection_setup\":"),
      pass(",\"transmission\":"), probe < end, probe.pointee == 0x7D
    else { return false }
    at = probe + 1
    return true
  }

  /// Steps to the next member of an object: true with the cursor on a key, false past the closing brace.
  @inline(__always)
  mutating func nextMember(_ isFirst: inout Bool) throws(JournalLineError) -> Bool {
    let byte = peek()
    if byte == 0x7D {
      at += 1
      return false
    }
    if isFirst {
      isFirst = false
    } else {
      guard byte == 0x2C else { throw failure(.unexpectedByte) }
      at += 1
    }
    guard peek() == 0x22 else { throw failure(.unexpectedByte) }
    return true
  }
}
