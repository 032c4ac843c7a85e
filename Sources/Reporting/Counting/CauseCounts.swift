import Classification

/// Counts by cause. Most keys of a table have one cause, which takes eight bytes, or a few, which take eight each.
struct CauseCounts {
  private var first = Count(cause: 0, times: 0)
  /// All, once there is a second cause; empty before. The common ones stand in front, where they are found first.
  private var all: [Count] = []

  private struct Count {
    var cause: UInt8
    var times: UInt32
  }

  @inline(__always)
  mutating func add(_ cause: Int, _ times: Int) {
    if cause == first.cause, all.isEmpty {
      first.times &+= UInt32(truncatingIfNeeded: times)
    } else {
      add(Count(cause: UInt8(truncatingIfNeeded: cause), times: UInt32(truncatingIfNeeded: times)))
    }
  }

  private mutating func add(_ count: Count) {
    guard count.times > 0 else { return }
    if all.isEmpty {
      if count.cause == first.cause || first.times == 0 {
        first.cause = count.cause
        first.times &+= count.times
        return
      }
      all.append(first)
    }
    for index in all.indices where all[index].cause == count.cause {
      all[index].times &+= count.times
      if index > 0, all[index].times > all[index - 1].times { all.swapAt(index, index - 1) }
      return
    }
    all.append(count)
  }

  mutating func add(_ other: CauseCounts) {
    if other.all.isEmpty { return add(other.first) }
    for count in other.all { add(count) }
  }

  /// Every cause and how often it was, the commonest first; of two, the one that stands first.
  var byCause: [(cause: Cause, count: Int)] {
    (all.isEmpty ? [first] : all).filter { $0.times > 0 }
      .compactMap { count in Cause(rawValue: count.cause).map { ($0, Int(count.times)) } }
      .sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0.rawValue < $1.0.rawValue }
  }

  /// The commonest cause and how often it was; of two, the one that stands first.
  var main: (cause: Cause, count: Int)? {
    var best: (cause: Cause, count: Int)?
    for count in all.isEmpty ? [first] : all where count.times > 0 {
      guard let cause = Cause(rawValue: count.cause) else { continue }
      let times = Int(count.times)
      if let known = best, times < known.count || (times == known.count && cause.rawValue > known.cause.rawValue) {
        continue
      }
      best = (cause, times)
    }
    return best
  }
}
