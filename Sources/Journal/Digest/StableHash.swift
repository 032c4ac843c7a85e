import Bytes

/// A hash of byte strings that is the same on every machine and in every version: files hold it. A chain of 128-bit
/// products (as in wyhash), for the short texts that identify a life a fraction of what Swift's `Hasher` costs. Whoever
/// chooses texts can make them collide.
enum StableHash {
  // The first digits of the fractions of the square roots of 2, 3 and 5.
  private static var keys: (UInt64, UInt64, UInt64) {
    (0x6A09_E667_F3BC_C908, 0xBB67_AE85_84CA_A73B, 0x3C6E_F372_FE94_F82B)
  }

  /// O(`text`).
  @inline(__always)
  static func hash(_ text: ByteView, seed: UInt64 = 0) -> UInt64 {
    let keys = keys
    let raw = UnsafeRawPointer(text.start)
    let count = text.count
    @inline(__always)
    func word(_ at: Int) -> UInt64 { UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)) }
    @inline(__always)
    func half(_ at: Int) -> UInt64 {
      UInt64(UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt32.self)))
    }
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
