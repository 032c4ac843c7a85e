import Glibc

/// Percentiles of durations in bounded memory: exact for the first 4,096, beyond that in classes 1% wide.
struct DurationSketch {
  private static let exactLimit = 4096
  /// Natural logarithm of a class's upper to its lower bound.
  private static let width = 0.01
  /// Shorter durations, in seconds, share the first class.
  private static let least = 0.01
  private static let classes = 2600

  private var exact: [Double] = []
  private var histogram: [UInt32] = []
  private(set) var count = 0

  /// Adds a duration in seconds; negative ones count as 0.
  mutating func insert(_ seconds: Double) {
    guard seconds.isFinite else { return }
    let seconds = max(seconds, 0)
    count += 1
    if !histogram.isEmpty { return note(seconds) }
    exact.append(seconds)
    if exact.count > DurationSketch.exactLimit {
      histogram = Array(repeating: 0, count: DurationSketch.classes)
      for old in exact { note(old) }
      exact = []
    }
  }

  private mutating func note(_ seconds: Double) {
    let scaled = log(max(seconds, DurationSketch.least) / DurationSketch.least) / DurationSketch.width
    histogram[min(Int(scaled), DurationSketch.classes - 1)] += 1
  }

  /// The smallest duration that at least `share` (0 to 1) of all do not exceed; nil without any.
  func percentile(_ share: Double) -> Double? {
    guard count > 0 else { return nil }
    let rank = min(max(Int((share * Double(count)).rounded(.up)), 1), count)
    if histogram.isEmpty { return exact.sorted()[rank - 1] }
    var passed = 0
    for (index, number) in histogram.enumerated() {
      passed += Int(number)
      if passed >= rank {
        return DurationSketch.least * exp((Double(index) + 0.5) * DurationSketch.width)
      }
    }
    return nil
  }
}
