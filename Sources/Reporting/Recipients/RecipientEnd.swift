import Bytes

/// How a message to an address ended: 16 bytes.
struct RecipientEnd {
  enum Kind: UInt8 {
    /// It never arrived.
    case failure
    case delivery
    /// A report says that a message which had been taken further on did not arrive.
    case denial
  }

  /// A hash of the address under a key that is drawn anew for each process: nobody can choose an address that is taken
  /// for another.
  let address: UInt64
  /// Seconds since 1970.
  let time: UInt32
  private let bits: UInt32

  /// - Parameter number: of a failure its words; else the message, of which the lower thirty bits are kept.
  init(_ kind: Kind, address: UInt64, time: UInt32, number: UInt32) {
    self.address = address
    self.time = time
    bits = UInt32(kind.rawValue) << 30 | number & 0x3FFF_FFFF
  }

  var kind: Kind { Kind(rawValue: UInt8(truncatingIfNeeded: bits >> 30)) ?? .denial }
  var number: UInt32 { bits & 0x3FFF_FFFF }

  static func key(_ address: ByteView) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(bytes: address.rawBuffer)
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }

  /// The order in which an address' messages count: by time. What arrived counts after what failed in the same second,
  /// and of failures the words decide.
  func precedes(_ other: RecipientEnd, _ words: FailureWordStore) -> Bool {
    if time != other.time { return time < other.time }
    if kind != other.kind { return kind.rawValue < other.kind.rawValue }
    if number == other.number { return false }
    return kind == .failure ? words.precedes(self, other) : number < other.number
  }
}
