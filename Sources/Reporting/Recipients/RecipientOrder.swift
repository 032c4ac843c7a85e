import Bytes

/// Which addresses come first in a list: worst state, most soft bounces, then by their bytes. Of those that are not shown
/// none is kept.
struct RecipientOrder {
  struct Entry {
    /// Of the ledger's records.
    let index: Int32
    let state: RecipientPolicy.State
    /// Less comes first: the state, then the number of soft bounces.
    let rank: UInt64
    /// The first bytes of the address, which mostly decide.
    let prefix: UInt64

    init(index: Int, state: RecipientPolicy.State, count: UInt32, address: ByteView) {
      self.index = Int32(index)
      self.state = state
      rank = UInt64(UInt8.max - state.rawValue) << 32 | UInt64(UInt32.max - count)
      var prefix: UInt64 = 0
      for at in 0..<min(address.count, 8) { prefix |= UInt64(address[at]) << UInt64(56 - at * 8) }
      self.prefix = prefix
    }
  }

  /// How many are shown at most; nil for all.
  private let most: Int?
  /// Those that may be shown, at most twice as many.
  private var kept: [Entry] = []
  /// The last of those that are shown, of all that were there when some were dropped last.
  private var last: Entry?
  /// How many there are in all.
  private(set) var count = 0

  init(most: Int?) { self.most = most }

  private static let leastKept = 1000

  /// Expected O(1) where few are shown, and no order was chosen to hinder it; else O(log `most`).
  mutating func add(_ entry: Entry, _ address: (Int32) -> ByteView) {
    count += 1
    if let last, !RecipientOrder.precedes(entry, last, address) { return }
    kept.append(entry)
    guard let most, most < Int.max / 2, kept.count >= max(2 * most, RecipientOrder.leastKept) else { return }
    sort(address)
    kept.removeLast(kept.count - most)
    last = kept.last
  }

  /// Those that are shown, in order.
  mutating func finish(_ address: (Int32) -> ByteView) -> ArraySlice<Entry> {
    sort(address)
    return kept.prefix(most ?? kept.count)
  }

  private mutating func sort(_ address: (Int32) -> ByteView) {
    kept.sort { RecipientOrder.precedes($0, $1, address) }
  }

  @inline(__always)
  private static func precedes(_ one: Entry, _ other: Entry, _ address: (Int32) -> ByteView) -> Bool {
    if one.rank != other.rank { return one.rank < other.rank }
    if one.prefix != other.prefix { return one.prefix < other.prefix }
    return address(one.index).precedes(address(other.index))
  }
}
