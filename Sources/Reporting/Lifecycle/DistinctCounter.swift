import Glibc

/// Counts different things by keyed hashes of them: exactly up to `exactLimit`, beyond that with HyperLogLog (Flajolet
/// et al., 2007) to within about 1.6% in 19 of 20 cases. Memory is 1 MiB at most.
struct DistinctCounter {
  static let exactLimit = 65_536
  private static let registerBits = 14

  private var exact: Set<UInt64> = []
  private var registers: [UInt8] = []

  /// Adds a hash, which must be uniform over 64 bits.
  mutating func insert(_ hash: UInt64) {
    if !registers.isEmpty { return note(hash) }
    exact.insert(hash)
    if exact.count > DistinctCounter.exactLimit {
      registers = Array(repeating: 0, count: 1 << DistinctCounter.registerBits)
      for old in exact { note(old) }
      exact = []
    }
  }

  private mutating func note(_ hash: UInt64) {
    let index = Int(hash >> (64 - UInt64(DistinctCounter.registerBits)))
    let rest = hash << UInt64(DistinctCounter.registerBits)
    let rank = UInt8(min(rest.leadingZeroBitCount, 64 - DistinctCounter.registerBits) + 1)
    if rank > registers[index] { registers[index] = rank }
  }

  var isExact: Bool { registers.isEmpty }

  /// How many different hashes were added; an estimate unless `isExact`.
  var count: Int {
    if isExact { return exact.count }
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
