import Bytes

/// A hash of byte strings under keys that are drawn anew for each process, so that strangers can't choose texts that
/// collide: a chain of 128-bit products (as in wyhash), for the short texts that identify a life a fraction of what
/// Swift's `Hasher` costs.
enum KeyedHash {
  /// Drawn through `Hasher`, which whoever compares two runs can have draw the same.
  private static let keys: (UInt64, UInt64, UInt64) = {
    func drawn(_ number: Int) -> UInt64 {
      var hasher = Hasher()
      hasher.combine(number)
      return UInt64(bitPattern: Int64(hasher.finalize()))
    }
    return (drawn(1), drawn(2), drawn(3))
  }()

  /// O(`text`).
  static func hash(_ text: ByteView, seed: UInt64 = 0) -> UInt64 {
    let keys = keys
    let raw = UnsafeRawPointer(text.start)
    let count = text.count
    @inline(__always)
    func word(_ at: Int) -> UInt64 { raw.loadUnaligned(fromByteOffset: at, as: UInt64.self) }
    @inline(__always)
    func half(_ at: Int) -> UInt64 { UInt64(raw.loadUnaligned(fromByteOffset: at, as: UInt32.self)) }
    var state = seed ^ keys.0
    var last: (UInt64, UInt64) = (0, 0)
    if count > 16 {
      var at = 0
      while count - at > 16 {
        state = folded(word(at) ^ keys.1, word(at + 8) ^ state)
        at += 16
      }
      last = (word(count - 16), word(count - 8))
    } else if count >= 8 {
      last = (word(0), word(count - 8))
    } else if count >= 4 {
      last = (half(0), half(count - 4))
    } else if count > 0 {
      last.0 = UInt64(text.start[0]) << 16 | UInt64(text.start[count / 2]) << 8 | UInt64(text.start[count - 1])
    }
    let end = folded(last.0 ^ keys.1, last.1 ^ state)
    return folded(end ^ keys.2, UInt64(truncatingIfNeeded: count) ^ keys.0)
  }

  @inline(__always)
  private static func folded(_ one: UInt64, _ two: UInt64) -> UInt64 {
    let (high, low) = one.multipliedFullWidth(by: two)
    return high ^ low
  }
}
