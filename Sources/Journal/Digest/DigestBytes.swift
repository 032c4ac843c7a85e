import Bytes

/// What is left to read of a part of a digest.
struct DigestBytes {
  private(set) var at: UnsafePointer<UInt8>
  private let end: UnsafePointer<UInt8>

  init(_ view: ByteView) {
    at = view.start
    end = view.start + view.count
  }

  var isEmpty: Bool { at == end }
  var rest: ByteView { ByteView(at, count: end - at) }

  /// nil at the end, and for a number of more than 64 bits.
  @inline(__always)
  mutating func varint() -> UInt64? {
    guard at < end else { return nil }
    let first = at.pointee
    if first < 0x80 {
      at += 1
      return UInt64(first)
    }
    return longer()
  }

  private mutating func longer() -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while at < end, shift < 64 {
      let byte = at.pointee
      at += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    return nil
  }

  /// `count` bytes, the lowest first; nil if there are fewer.
  @inline(__always)
  mutating func number(bytes count: Int) -> UInt64? {
    guard end - at >= count else { return nil }
    var value: UInt64 = 0
    for index in 0..<count { value |= UInt64(at[index]) << UInt64(index * 8) }
    at += count
    return value
  }

  /// A text behind its length; nil if it is longer than what is left.
  @inline(__always)
  mutating func counted() -> ByteView? {
    guard let count = varint(), count <= UInt64(end - at) else { return nil }
    let text = ByteView(at, count: Int(count))
    at += Int(count)
    return text
  }

  /// The bytes before the next newline, which is passed over; nil without one.
  mutating func line() -> ByteView? {
    guard let newline = rest.firstIndex(of: 0x0A) else { return nil }
    let line = rest.prefix(newline)
    at += newline + 1
    return line
  }
}
