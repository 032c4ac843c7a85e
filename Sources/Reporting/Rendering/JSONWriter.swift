// JSON with keys in the order they are written, indented; for reports. (Journal lines have an encoder of their own.)

import Bytes

/// Writes one JSON value. Absent members are left out, never null.
struct JSONWriter: ~Copyable {
  private var buffer = ByteBuffer(capacity: 16 * 1024)
  private var depth = 0
  private var needsComma = false

  var text: String { String(buffer.view) }

  mutating func object(_ key: StaticString? = nil, _ body: (inout JSONWriter) -> Void) {
    begin(key, 0x7B)
    body(&self)
    end(0x7D)
  }

  mutating func array(_ key: StaticString? = nil, _ body: (inout JSONWriter) -> Void) {
    begin(key, 0x5B)
    body(&self)
    end(0x5D)
  }

  mutating func member(_ key: StaticString, _ value: Int?) {
    guard let value else { return }
    name(key)
    buffer.append(decimal: value)
  }

  /// A number with at most six digits after the point.
  mutating func member(_ key: StaticString, _ value: Double?) {
    guard let value, value.isFinite, value.magnitude < 1e12 else { return }
    name(key)
    let scaled = Int((value * 1_000_000).rounded())
    if scaled < 0 { buffer.append(UInt8(ascii: "-")) }
    buffer.append(decimal: Int(scaled.magnitude) / 1_000_000)
    var fraction = Int(scaled.magnitude) % 1_000_000
    guard fraction > 0 else { return }
    var digits = 6
    while fraction % 10 == 0 {
      fraction /= 10
      digits -= 1
    }
    buffer.append(UInt8(ascii: "."))
    buffer.append(decimal: fraction, width: digits)
  }

  mutating func member(_ key: StaticString, _ value: String?) {
    guard let value else { return }
    name(key)
    string(value)
  }

  mutating func member(_ key: StaticString, _ value: Bool?) {
    guard let value else { return }
    name(key)
    buffer.append(value ? "true" : "false")
  }

  mutating func members(_ key: StaticString, _ values: [String]) {
    array(key) { writer in
      for value in values { writer.element(value) }
    }
  }

  mutating func element(_ value: String) {
    separate()
    string(value)
  }

  /// An object or array under a key that is known only now.
  mutating func array(named key: String, _ body: (inout JSONWriter) -> Void) {
    separate()
    string(key)
    buffer.append(": ")
    needsComma = false
    open(0x5B)
    body(&self)
    end(0x5D)
  }

  /// A number under a key that is known only now.
  mutating func member(named key: String, _ value: Int) {
    separate()
    string(key)
    buffer.append(": ")
    buffer.append(decimal: value)
  }

  /// A text under a key that is known only now; nothing without a value.
  mutating func member(named key: String, _ value: String?) {
    guard let value else { return }
    separate()
    string(key)
    buffer.append(": ")
    string(value)
  }

  // MARK: -

  private mutating func begin(_ key: StaticString?, _ bracket: UInt8) {
    if let key { name(key) } else { separate() }
    open(bracket)
  }

  private mutating func open(_ bracket: UInt8) {
    buffer.append(bracket)
    depth += 1
    needsComma = false
  }

  private mutating func end(_ bracket: UInt8) {
    depth -= 1
    if needsComma { newline() }
    buffer.append(bracket)
    needsComma = true
    if depth == 0 { buffer.append(UInt8(0x0A)) }
  }

  private mutating func separate() {
    if needsComma { buffer.append(UInt8(ascii: ",")) }
    if depth > 0 { newline() }
    needsComma = true
  }

  private mutating func name(_ key: StaticString) {
    separate()
    buffer.append(UInt8(ascii: "\""))
    buffer.append(key)
    buffer.append("\": ")
  }

  private mutating func newline() {
    buffer.append(UInt8(0x0A))
    for _ in 0..<depth { buffer.append("  ") }
  }

  /// RFC 8259, section 7. What could steer a terminal or reorder a line is written as `\uNNNN`, though JSON allows it.
  private mutating func string(_ text: String) {
    buffer.append(UInt8(ascii: "\""))
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": buffer.append("\\\"")
      case "\\": buffer.append("\\\\")
      case "\n": buffer.append("\\n")
      case "\r": buffer.append("\\r")
      case "\t": buffer.append("\\t")
      default:
        if Printable.isHarmful(scalar) {
          for unit in UTF16.encode(scalar).map(Array.init) ?? [] { JSONWriter.escape(unit, to: &buffer) }
        } else {
          for byte in UTF8.encode(scalar).map(Array.init) ?? [] { buffer.append(byte) }
        }
      }
    }
    buffer.append(UInt8(ascii: "\""))
  }

  private static func escape(_ unit: UInt16, to buffer: inout ByteBuffer) {
    let hex = String(unit, radix: 16)
    buffer.append("\\u")
    for _ in hex.utf8.count..<4 { buffer.append(UInt8(ascii: "0")) }
    buffer.append(hex)
  }
}
