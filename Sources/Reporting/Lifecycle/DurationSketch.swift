// Percentiles of durations in bounded memory: exact for the first, beyond that by classes of relative width, as fine as
// the memory allows for the durations that came.

import Glibc

struct DurationSketch {
  /// What a sketch may take.
  struct Resolution {
    /// Durations that are kept as they are.
    var exactLimit: Int
    /// Classes that take their place.
    var classLimit: Int

    /// Exact to 8,192; then of 1 s to 10 days within 0.1%. 64 KiB at most.
    static let fine = Resolution(exactLimit: 8192, classLimit: 16_384)
    /// For one of many: exact to 256; then within 0.4% where the longest is four times the shortest, 3.2% where it is
    /// 250,000 times as long. 2 KiB at most.
    static let coarse = Resolution(exactLimit: 256, classLimit: 512)
  }

  /// Shorter and longer durations, in seconds, share a class with these: a millisecond, and some 35,000 years.
  private static let bounds = 0.0009765625...1_099_511_627_776
  /// Of the fraction's 52 bits, at least this many do not tell classes apart.
  private static let leastShift = 40

  private var resolution: Resolution
  private var exact: [Double] = []
  /// By class less `base`; empty while all are exact. A class has the durations whose bits agree but for the last
  /// `shift`: the bits of numbers that are not negative are in their order, and each power of two has as many classes.
  private var histogram: [UInt32] = []
  private var base = 0
  private var shift = DurationSketch.leastShift
  private(set) var count = 0
  private var least = Double.infinity
  private var greatest = 0.0

  init(_ resolution: Resolution = .fine) { self.resolution = resolution }

  /// Takes the memory of the fine resolution, as long as all are exact.
  mutating func refine() {
    if histogram.isEmpty { resolution = .fine }
  }

  /// Adds a duration in seconds; negative ones count as 0, what is no finite number does not.
  mutating func insert(_ seconds: Double) {
    guard seconds.isFinite else { return }
    let seconds = max(seconds, 0)
    count += 1
    least = min(least, seconds)
    greatest = max(greatest, seconds)
    if !histogram.isEmpty { return note(seconds) }
    exact.append(seconds)
    guard exact.count > resolution.exactLimit else { return }
    let all = exact
    exact = []
    base = DurationSketch.bits(least) >> shift
    histogram = [0]
    for old in all { note(old) }
  }

  private static func bits(_ seconds: Double) -> Int {
    Int(min(max(seconds, bounds.lowerBound), bounds.upperBound).bitPattern)
  }

  @inline(__always)
  private mutating func note(_ seconds: Double) {
    let bits = DurationSketch.bits(seconds)
    let place = bits >> shift - base
    if place < 0 || place >= histogram.count { widen(to: bits) }
    histogram[bits >> shift - base] += 1
  }

  /// Makes room for the class of `bits`, if need be by making classes wider.
  private mutating func widen(to bits: Int) {
    var low = min(base, bits >> shift)
    var high = max(base + histogram.count - 1, bits >> shift)
    while high - low >= resolution.classLimit {
      coarsen()
      low = min(base, bits >> shift)
      high = max(base + histogram.count - 1, bits >> shift)
    }
    // Some more at the side that grows, so that this is rare.
    let spare = min(64, resolution.classLimit - (high - low + 1))
    if low < base {
      low = max(low - spare, 0)
      histogram.insert(contentsOf: repeatElement(0, count: base - low), at: 0)
      base = low
    } else {
      histogram.append(contentsOf: repeatElement(0, count: high + spare + 1 - base - histogram.count))
    }
  }

  /// Makes one class of two.
  private mutating func coarsen() {
    let wider = base >> 1
    var folded = [UInt32](repeating: 0, count: (base + histogram.count - 1) >> 1 - wider + 1)
    for (index, number) in histogram.enumerated() { folded[(base + index) >> 1 - wider] += number }
    histogram = folded
    base = wider
    shift += 1
  }

  // MARK: - Percentiles

  /// nil without any duration.
  var percentiles: Report.Percentiles? {
    guard count > 0 else { return nil }
    if histogram.isEmpty { return DurationSketch.percentiles(ofSorted: exact.sorted()) }
    return Report.Percentiles(
      count: count, median: estimate(0.5), p90: estimate(0.9), p99: estimate(0.99), error: error)
  }

  /// The smallest durations that at least 50, 90 and 99% of all do not exceed; nil without any.
  static func percentiles(ofSorted durations: [Double]) -> Report.Percentiles? {
    guard !durations.isEmpty else { return nil }
    func value(_ share: Double) -> Double { durations[rank(share, of: durations.count) - 1] }
    return Report.Percentiles(count: durations.count, median: value(0.5), p90: value(0.9), p99: value(0.99))
  }

  private static func rank(_ share: Double, of count: Int) -> Int {
    min(max(Int((share * Double(count)).rounded(.up)), 1), count)
  }

  /// Relative, of the middle of a class: half its width.
  private var classError: Double { exp2(Double(shift - 53)) }

  /// Digits that an estimate is good for, two at least: more would be invented.
  private var digits: Int { max(2, Int((-log10(2 * classError)).rounded(.up))) }

  /// Relative, at most, of an estimate in so many digits.
  private var error: Double { classError + 0.5 * pow(10, Double(1 - digits)) }

  /// Never outside of the durations that came.
  private func estimate(_ share: Double) -> Double {
    let rank = DurationSketch.rank(share, of: count)
    var passed = 0
    for (index, number) in histogram.enumerated() {
      passed += Int(number)
      guard passed >= rank else { continue }
      let lower = Double(bitPattern: UInt64((base + index) << shift))
      let upper = Double(bitPattern: UInt64((base + index + 1) << shift))
      return min(max(rounded((lower + upper) / 2), least), greatest)
    }
    return greatest
  }

  private func rounded(_ value: Double) -> Double {
    let places = digits - 1 - Int(log10(value).rounded(.down))
    let unit = pow(10, Double(abs(places)))
    return places > 0 ? (value * unit).rounded() / unit : (value / unit).rounded() * unit
  }
}
