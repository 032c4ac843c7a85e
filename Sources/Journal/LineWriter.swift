// The pieces of a journal line, written one behind the other into memory that has room for all of them: asking for
// room at each of some sixty pieces took longer than writing them.

import Bytes
import Glibc
import SMTPTypes

/// Writes to where it stands. Whoever makes one sees to the room: `roomForText` for each text, and what the rest takes.
struct LineWriter {
  private(set) var end: UnsafeMutablePointer<UInt8>
  /// True as long as no text needed an escape, or was other than ASCII.
  private(set) var isPlain = true

  @inline(__always)
  init(_ start: UnsafeMutablePointer<UInt8>) { end = start }

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
    let text = text.count > limit ? JSONText.cut(text, limit) : text
    if JSONText.copyPlain(text, to: end) {
      end += text.count
      byte(0x22)
    } else {
      isPlain = false
      end += JSONText.escape(text, to: end)
    }
  }

  @inline(__always)
  mutating func decimal(_ value: Int) {
    if value >= 0, value < 10 {
      byte(0x30 &+ UInt8(truncatingIfNeeded: value))
    } else {
      long(value)
    }
  }

  /// At most twenty bytes.
  private mutating func long(_ value: Int) {
    if value < 0 { byte(0x2D) }
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
    end += digits
  }

  /// As `ByteBuffer.append(seconds:)`: at most 21 bytes, or none and false.
  mutating func seconds(_ value: Double) -> Bool {
    guard value.isFinite, value.magnitude < 9e12 else { return false }
    // As rounded() does, half away from zero: the rest is exact, for both are below 2^63.
    let exact = value * 1_000_000
    var scaled = Int(exact)
    let rest = exact - Double(scaled)
    if rest >= 0.5 { scaled += 1 } else if rest <= -0.5 { scaled -= 1 }
    if scaled < 0 { byte(0x2D) }
    let magnitude = scaled.magnitude
    let whole = magnitude / 1_000_000
    if whole < 10 { byte(0x30 &+ UInt8(truncatingIfNeeded: whole)) } else { long(Int(whole)) }
    var fraction = UInt32(truncatingIfNeeded: magnitude &- whole &* 1_000_000)
    if fraction == 0 { return true }
    // Logs give one to three digits.
    let thousandths = fraction / 1000
    var digits = 6
    if thousandths &* 1000 == fraction {
      fraction = thousandths
      digits = 3
    }
    var at = end + digits
    var isSignificant = false
    while at > end {
      let tenth = fraction / 10
      let digit = UInt8(truncatingIfNeeded: fraction &- tenth &* 10)
      fraction = tenth
      // Zeros behind the last digit that counts are left out.
      isSignificant = isSignificant || digit != 0
      if !isSignificant { digits &-= 1 }
      at.pointee = 0x30 &+ digit
      at -= 1
    }
    end.pointee = 0x2E
    end += digits &+ 1
    return true
  }

  /// Goes back to where it stood before.
  @inline(__always)
  mutating func goBack(to place: UnsafeMutablePointer<UInt8>) { end = place }

  @inline(__always)
  mutating func time(_ value: Timestamp) { end += value.writeRFC3339(to: end) }

  @inline(__always)
  mutating func status(_ value: EnhancedStatusCode) {
    byte(0x30 &+ value.severity)
    byte(0x2E)
    decimal(Int(value.subject))
    byte(0x2E)
    decimal(Int(value.detail))
  }
}
