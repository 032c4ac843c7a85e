import Bytes

/// What decides on an address' place in a list.
struct RecipientRank {
  /// Less comes first: the state, then the number of soft bounces.
  let rank: UInt64
  /// The first bytes of the address, which mostly decide.
  let prefix: UInt64

  init(rank: UInt64, _ address: ByteView) {
    self.rank = rank
    var prefix: UInt64 = 0
    for at in 0..<min(address.count, 8) { prefix |= UInt64(address[at]) << UInt64(56 - at * 8) }
    self.prefix = prefix
  }

  init(_ state: RecipientPolicy.State, count: UInt32, _ address: ByteView) {
    self.init(rank: UInt64(UInt8.max - state.rawValue) << 32 | UInt64(UInt32.max - count), address)
  }

  var state: RecipientPolicy.State {
    RecipientPolicy.State(rawValue: UInt8.max - UInt8(truncatingIfNeeded: rank >> 32)) ?? .healthy
  }

  /// The addresses are asked for only where the rest does not decide.
  @inline(__always)
  func precedes(
    _ other: RecipientRank, _ address: @autoclosure () -> ByteView, _ otherAddress: @autoclosure () -> ByteView
  ) -> Bool {
    if rank != other.rank { return rank < other.rank }
    if prefix != other.prefix { return prefix < other.prefix }
    return address().precedes(otherAddress())
  }
}
