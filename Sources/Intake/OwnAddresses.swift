import Bytes

/// This machine's addresses beside loopback, as every delivery's relay is held against them.
struct OwnAddresses: Sendable {
  private let names: ByteStore
  /// Hashes of the names, in the order of `names`, which is theirs.
  private let hashes: [UInt64]
  private let machine: OwnMachine

  init(_ machine: OwnMachine) {
    self.machine = machine
    let sorted = machine.addresses.map { ($0.withByteView(\.tableHash), $0) }.sorted { $0.0 < $1.0 }
    hashes = sorted.map(\.0)
    names = ByteStore(sorted.map(\.1))
  }

  /// True if `address` is the machine's and a line of `host` may mean it. O(log addresses).
  func contains(_ address: ByteView, of host: ByteView) -> Bool { contains(address) && machine.isCalled(host) }

  /// O(log addresses).
  func contains(_ address: ByteView) -> Bool {
    if hashes.isEmpty { return false }
    let hash = address.tableHash
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
