/// A hash of hashes under keys that are drawn anew for each process, so that strangers, who can choose texts whose own
/// hashes collide, can't choose any that crowd a table.
enum KeyedHash {
  /// Drawn through `Hasher`, which whoever compares two runs can have draw the same.
  private static let keys: (UInt64, UInt64) = {
    func drawn(_ number: Int) -> UInt64 {
      var hasher = Hasher()
      hasher.combine(number)
      return UInt64(bitPattern: Int64(hasher.finalize()))
    }
    return (drawn(1), drawn(2))
  }()

  @inline(__always)
  static func hash(_ value: UInt64) -> UInt64 {
    let (high, low) = (value ^ keys.0).multipliedFullWidth(by: keys.1 | 1)
    let mixed = (high ^ low) &* 0xff51_afd7_ed55_8ccd
    return mixed ^ mixed >> 32
  }
}
