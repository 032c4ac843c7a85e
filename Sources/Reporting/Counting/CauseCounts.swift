import Classification

/// Counts by cause. Most keys of a table have one cause, which takes eight bytes; the others a table of their own.
struct CauseCounts {
  private var first: UInt8 = 0
  private var firstCount: UInt32 = 0
  /// By `Cause.rawValue`, once there is a second cause; empty before.
  private var all: [UInt32] = []
  private static let causeCount = Cause.allCases.count

  @inline(__always)
  mutating func add(_ cause: Int, _ times: Int) {
    if cause == first, all.isEmpty {
      firstCount &+= UInt32(truncatingIfNeeded: times)
    } else {
      add(cause, UInt32(truncatingIfNeeded: times))
    }
  }

  private mutating func add(_ cause: Int, _ count: UInt32) {
    guard count > 0, cause < CauseCounts.causeCount else { return }
    if all.isEmpty {
      if cause == first || firstCount == 0 {
        first = UInt8(truncatingIfNeeded: cause)
        firstCount &+= count
        return
      }
      all = Array(repeating: 0, count: CauseCounts.causeCount)
      all[Int(first)] = firstCount
    }
    all[cause] &+= count
  }

  mutating func add(_ other: CauseCounts) {
    if other.all.isEmpty { return add(Int(other.first), other.firstCount) }
    for (cause, count) in other.all.enumerated() { add(cause, count) }
  }

  /// The commonest cause and how often it was; of two, the one that stands first.
  var main: (cause: Cause, count: Int)? {
    var best: (cause: Cause, count: Int)?
    for cause in Cause.allCases {
      let index = Int(cause.rawValue)
      let count = all.isEmpty ? (index == first ? firstCount : 0) : all[index]
      if Int(count) > (best?.count ?? 0) { best = (cause, Int(count)) }
    }
    return best
  }
}
