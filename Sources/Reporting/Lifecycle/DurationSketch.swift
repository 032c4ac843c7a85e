import Glibc

/// Percentiles of durations in bounded memory: exact for the first few, beyond that in classes of relative width.
struct DurationSketch {
  /// How exact a sketch is, and what it may take.
  struct Resolution {
    /// Durations that are kept as they are.
    var exactLimit: Int
    /// Natural logarithm of a class's upper to its lower bound.
    var width: Double

    /// Exact to 4,096, then within 0.5%; 32 KiB at most.
    static let fine = Resolution(exactLimit: 4096, width: 0.01)
    /// For one of many: exact to 64, then within 2.5%; 2 KiB at most.
    static let coarse = Resolution(exactLimit: 64, width: 0.05)
  }

  /// Shorter durations, in seconds, share the first class; the last one holds all from some sixty years on.
  private static let least = 0.01
  private static let span = 26.0

  private let resolution: Resolution
  private var exact: [Double] = []
  private var histogram: [UInt32] = []
  private(set) var count = 0

  init(_ resolution: Resolution = .fine) { self.resolution = resolution }

  /// A duration that several sketches may take: its logarithm costs more than all else.
  struct Duration {
    /// Not negative.
    let seconds: Double
    /// Of its ratio to the shortest that has a class of its own.
    fileprivate let logarithm: Double

    /// nil for what is no finite number; negative ones count as 0.
    init?(_ seconds: Double) {
      guard seconds.isFinite else { return nil }
      self.seconds = max(seconds, 0)
      logarithm = log(max(self.seconds, DurationSketch.least) / DurationSketch.least)
    }
  }

  /// Adds a duration in seconds; negative ones count as 0.
  mutating func insert(_ seconds: Double) {
    if let duration = Duration(seconds) { insert(duration) }
  }

  mutating func insert(_ duration: Duration) {
    count += 1
    if !histogram.isEmpty { return note(duration) }
    exact.append(duration.seconds)
    if exact.count > resolution.exactLimit {
      histogram = Array(repeating: 0, count: Int(DurationSketch.span / resolution.width))
      for old in exact {
        if let old = Duration(old) { note(old) }
      }
      exact = []
    }
  }

  private mutating func note(_ duration: Duration) {
    let scaled = duration.logarithm / resolution.width
    histogram[min(Int(scaled), histogram.count - 1)] += 1
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
        return DurationSketch.least * exp((Double(index) + 0.5) * resolution.width)
      }
    }
    return nil
  }

  /// nil without any duration.
  var percentiles: Report.Percentiles? {
    guard let median = percentile(0.5), let p90 = percentile(0.9), let p99 = percentile(0.99) else { return nil }
    return Report.Percentiles(count: count, median: median, p90: p90, p99: p99)
  }
}
