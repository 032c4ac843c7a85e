import Bytes

/// The texts of one part of a digest's shapes, each behind its length.
struct DigestTexts {
  private let start: UnsafePointer<UInt8>
  /// Where each begins: a reader keeps four bytes for each.
  private var offsets: [UInt32] = []

  var count: Int { offsets.count }

  /// nil if they break off, or for more than `limit`. O(`texts`).
  init?(_ texts: ByteView, limit: Int) {
    start = texts.start
    guard texts.count <= UInt32.max else { return nil }
    var rest = DigestBytes(texts)
    while !rest.isEmpty {
      guard offsets.count < limit else { return nil }
      offsets.append(UInt32(rest.at - start))
      guard rest.counted() != nil else { return nil }
    }
  }

  /// The text with a number below `count`, valid while the digest is.
  @inline(__always)
  subscript(number: Int) -> ByteView {
    var at = start + Int(offsets[number])
    var count = 0
    var shift = 0
    // `init` has read each to its end.
    while true {
      let byte = at.pointee
      at += 1
      count |= Int(byte & 0x7F) << shift
      if byte < 0x80 { return ByteView(at, count: count) }
      shift += 7
    }
  }
}
