import Bytes

/// This machine's addresses beside loopback, as every delivery's relay is held against them.
struct OwnAddresses: Sendable {
  private let names: ByteStore
  /// Hashes of the names, in the order of `names`, which is theirs.
  private let hashes: [UInt64]

  init(_ addresses: Set<String>) {
    let sorted = addresses.map { ($0.withByteView(\.hash64), $0) }.sorted { $0.0 < $1.0 }
    hashes = sorted.map(\.0)
    names = ByteStore(sorted.map(\.1))
  }

  /// O(log addresses).
  func contains(_ address: ByteView) -> Bool {
    if hashes.isEmpty { return false }
    let hash = address.hash64
    var low = 0
    var high = hashes.count
    while low < high {
      let middle = (low + high) / 2
      if hashes[middle] < hash { low = middle + 1 } else { high = middle }
    }
    while low < hashes.count, hashes[low] == hash {
      if names[low] == address { return true }
      low += 1
    }
    return false
  }
}
