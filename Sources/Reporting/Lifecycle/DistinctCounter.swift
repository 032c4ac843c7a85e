import Glibc

/// Counts different things by keyed hashes of them: exactly up to `exactLimit`, beyond that with HyperLogLog (Flajolet
/// et al., 2007) to within about 1.6% in 19 of 20 cases. Memory is 1 MiB at most.
struct DistinctCounter {
  static let exactLimit = 65_536
  private static let registerBits = 14

  /// Open addressing; 0 is free. At most half full.
  private var exact: [UInt64] = Array(repeating: 0, count: 256)
  private var exactCount = 0
  private var registers: [UInt8] = []

  /// Adds a hash, which must be uniform over 64 bits and not 0.
  mutating func insert(_ hash: UInt64) {
    if !registers.isEmpty { return note(hash) }
    guard place(hash) else { return }
    exactCount += 1
    if exactCount > DistinctCounter.exactLimit {
      estimate()
    } else if exactCount * 2 > exact.count {
      let old = exact
      exact = Array(repeating: 0, count: old.count * 2)
      for hash in old where hash != 0 { _ = place(hash) }
    }
  }

  /// Turns from exact to estimated counts.
  private mutating func estimate() {
    registers = Array(repeating: 0, count: 1 << DistinctCounter.registerBits)
    for hash in exact where hash != 0 { note(hash) }
    exact = []
  }

  /// False if it was there.
  @inline(__always)
  private mutating func place(_ hash: UInt64) -> Bool {
    let mask = exact.count - 1
    var at = Int(truncatingIfNeeded: hash) & mask
    while exact[at] != 0 {
      if exact[at] == hash { return false }
      at = (at + 1) & mask
    }
    exact[at] = hash
    return true
  }

  private mutating func note(_ hash: UInt64) {
    let index = Int(hash >> (64 - UInt64(DistinctCounter.registerBits)))
    let rest = hash << UInt64(DistinctCounter.registerBits)
    let rank = UInt8(min(rest.leadingZeroBitCount, 64 - DistinctCounter.registerBits) + 1)
    if rank > registers[index] { registers[index] = rank }
  }

  /// Adds all that another counted.
  mutating func add(_ other: DistinctCounter) {
    if other.isExact {
      for hash in other.exact where hash != 0 { insert(hash) }
      return
    }
    if isExact { estimate() }
    for index in registers.indices { registers[index] = max(registers[index], other.registers[index]) }
  }

  var isExact: Bool { registers.isEmpty }

  /// How many different hashes were added; an estimate unless `isExact`.
  var count: Int {
    if isExact { return exactCount }
    let size = Double(registers.count)
    var sum = 0.0
    var zeros = 0
    for register in registers {
      sum += 1 / Double(UInt64(1) << UInt64(register))
      if register == 0 { zeros += 1 }
    }
    let alpha = 0.7213 / (1 + 1.079 / size)
    let raw = alpha * size * size / sum
    if raw <= 2.5 * size, zeros > 0 { return Int((size * log(size / Double(zeros))).rounded()) }
    return Int(raw.rounded())
  }
}
