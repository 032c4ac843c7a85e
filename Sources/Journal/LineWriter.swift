// The pieces of a journal line, written one behind the other into memory that has room for all of them: asking for
// room at each of some sixty pieces took longer than writing them.

import Bytes
import Glibc
import SMTPTypes

/// Writes to where it stands. Whoever makes one sees to the room: a text for which too little of it is left is not
/// written, and what the rest takes must be there beyond.
struct LineWriter {
  private(set) var end: UnsafeMutablePointer<UInt8>
  /// Where texts end at the latest.
  private let limit: UnsafeMutablePointer<UInt8>
  /// True as long as no text needed an escape, or was other than ASCII.
  private(set) var isPlain = true
  /// False once a text was left out.
  private(set) var isWhole = true

  /// - Parameter roomForTexts: bytes up to which texts may stand; all that was written before them counts.
  @inline(__always)
  init(_ start: UnsafeMutablePointer<UInt8>, roomForTexts: Int) {
    end = start
    limit = start + roomForTexts
  }

  /// Bytes that `text` may take up as a JSON string; what is beyond `limit` is cut.
  @inline(__always)
  static func room(for text: ByteView?, limit: Int) -> Int {
    guard let text else { return 0 }
    return JSONText.room(for: min(text.count, limit))
  }

  @inline(__always)
  mutating func byte(_ value: UInt8) {
    end.pointee = value
    end += 1
  }

  /// A key, which the compiler knows.
  @inline(__always)
  mutating func literal(_ text: StaticString) {
    memcpy(end, text.utf8Start, text.utf8CodeUnitCount)
    end += text.utf8CodeUnitCount
  }

  /// One of a set's names: short, and not known before.
  @inline(__always)
  mutating func name(_ text: StaticString) {
    let source = UnsafeRawPointer(text.utf8Start)
    let target = UnsafeMutableRawPointer(end)
    let count = text.utf8CodeUnitCount
    if count >= 8, count <= 16 {
      let last = source.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
      target.storeBytes(of: source.loadUnaligned(as: UInt64.self), as: UInt64.self)
      target.storeBytes(of: last, toByteOffset: count - 8, as: UInt64.self)
    } else if count >= 4, count <= 8 {
      let last = source.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
      target.storeBytes(of: source.loadUnaligned(as: UInt32.self), as: UInt32.self)
      target.storeBytes(of: last, toByteOffset: count - 4, as: UInt32.self)
    } else {
      memcpy(end, text.utf8Start, count)
    }
    end += count
  }

  /// `text` as a JSON string behind its opening quote, with the closing one.
  @inline(__always)
  mutating func string(_ text: ByteView, limit: Int) {
    if let end = LineWriter.write(plain: text, to: end, before: self.limit, limit: limit) {
      self.end = end
    } else {
      self = written(text, limit: limit)
    }
  }

  @inline(__always)
  mutating func decimal(_ value: Int) {
    if value >= 0, value < 10 {
      byte(0x30 &+ UInt8(truncatingIfNeeded: value))
    } else {
      end = LineWriter.write(long: value, to: end)
    }
  }

  // What is not inlined takes the place and gives it back: a writer whose address nobody asks for stays in registers.
  // And little is inlined that a line has often: an event's code has left the core's cache until the next one, so that
  // its size costs more than the calls.

  /// `text` with the closing quote, if it has at most `limit` bytes, none of which needs an escape, and ends before
  /// `bound` whatever they are.
  @inline(never)
  private static func write(
    plain text: ByteView, to start: UnsafeMutablePointer<UInt8>, before bound: UnsafeMutablePointer<UInt8>, limit: Int
  ) -> UnsafeMutablePointer<UInt8>? {
    guard text.count <= limit, JSONText.room(for: text.count) <= bound - start, JSONText.copyPlain(text, to: start)
    else { return nil }
    start[text.count] = 0x22
    return start + text.count + 1
  }

  /// What `string` leaves when the text is long, or has to be escaped.
  @inline(never)
  private func written(_ text: ByteView, limit: Int) -> LineWriter {
    var line = self
    let text = text.count > limit ? JSONText.cut(text, limit) : text
    guard JSONText.room(for: text.count) <= line.limit - line.end else {
      line.isWhole = false
      return line
    }
    if JSONText.copyPlain(text, to: line.end) {
      line.end += text.count
      line.byte(0x22)
    } else {
      line.isPlain = false
      line.end += JSONText.escape(text, to: line.end)
    }
    return line
  }

  /// At most twenty bytes.
  private static func write(long value: Int, to start: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
    var end = start
    if value < 0 {
      end.pointee = 0x2D
      end += 1
    }
    var rest = value.magnitude
    var digits = 1
    var limit: UInt = 10
    while rest >= limit {
      digits += 1
      if digits == 20 { break }
      limit &*= 10
    }
    var at = end + digits
    while rest >= 10 {
      let tens = rest / 10
      at -= 1
      at.pointee = 0x30 &+ UInt8(truncatingIfNeeded: rest &- tens &* 10)
      rest = tens
    }
    end.pointee = 0x30 &+ UInt8(truncatingIfNeeded: rest)
    return end + digits
  }

  /// As `ByteBuffer.append(seconds:)`: at most 21 bytes, or none and false.
  @inline(__always)
  mutating func seconds(_ value: Double) -> Bool {
    guard let end = LineWriter.write(seconds: value, to: end) else { return false }
    self.end = end
    return true
  }

  private static func write(
    seconds value: Double, to start: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8>? {
    guard value.magnitude < 9e12 else { return nil }
    // As rounded() does, half away from zero: the rest is exact, for both are below 2^63.
    let exact = value * 1_000_000
    var scaled = Int(exact)
    let rest = exact - Double(scaled)
    if rest >= 0.5 { scaled += 1 } else if rest <= -0.5 { scaled -= 1 }
    var end = start
    if scaled < 0 {
      end.pointee = 0x2D
      end += 1
    }
    let magnitude = scaled.magnitude
    let whole = magnitude / 1_000_000
    if whole < 10 {
      end.pointee = 0x30 &+ UInt8(truncatingIfNeeded: whole)
      end += 1
    } else {
      end = write(long: Int(whole), to: end)
    }
    let fraction = UInt32(truncatingIfNeeded: magnitude &- whole &* 1_000_000)
    if fraction == 0 { return end }
    // Logs give one to three digits. Zeros behind the last digit that counts are left out.
    let thousandths = fraction / 1000
    guard thousandths &* 1000 == fraction else { return write(millionths: fraction, to: end) }
    let tenths = thousandths / 100
    let hundredths = thousandths / 10 &- tenths &* 10
    let last = thousandths &- tenths &* 100 &- hundredths &* 10
    end[0] = 0x2E
    end[1] = 0x30 &+ UInt8(truncatingIfNeeded: tenths)
    end[2] = 0x30 &+ UInt8(truncatingIfNeeded: hundredths)
    end[3] = 0x30 &+ UInt8(truncatingIfNeeded: last)
    return end + (last != 0 ? 4 : hundredths != 0 ? 3 : 2)
  }

  /// The point and the digits behind it, which are not all zeros.
  private static func write(
    millionths: UInt32, to end: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    var rest = millionths
    var digits = 6
    end.pointee = 0x2E
    for at in stride(from: 6, to: 0, by: -1) {
      let tenth = rest / 10
      let digit = rest &- tenth &* 10
      rest = tenth
      if digit == 0, at == digits { digits &-= 1 }
      end[at] = 0x30 &+ UInt8(truncatingIfNeeded: digit)
    }
    return end + digits + 1
  }

  /// Appends what was written before, which counts as a text; false if too little room is left for it.
  @inline(__always)
  mutating func copy(_ written: ByteView) -> Bool {
    guard written.count <= limit - end else { return false }
    append(written)
    return true
  }

  /// Appends what was written before, and is no text.
  @inline(__always)
  mutating func append(_ written: ByteView) {
    memcpy(end, written.start, written.count)
    end += written.count
  }

  /// Goes back to where it stood before.
  @inline(__always)
  mutating func goBack(to place: UnsafeMutablePointer<UInt8>) { end = place }

  @inline(__always)
  mutating func time(_ value: Timestamp) { end += value.writeRFC3339(to: end) }

  @inline(__always)
  mutating func status(_ value: EnhancedStatusCode) { self = written(value) }

  @inline(never)
  private func written(_ value: EnhancedStatusCode) -> LineWriter {
    var line = self
    line.byte(0x30 &+ value.severity)
    line.byte(0x2E)
    line.decimal(Int(value.subject))
    line.byte(0x2E)
    line.decimal(Int(value.detail))
    return line
  }
}
