// How long recipients took to recover: all of them, and by the first cause and by provider.

import Classification

/// Exact for `exactLimit` recoveries, each of which takes 16 bytes; beyond that every group has a sketch, which is
/// exact while the group is small. Memory: 4 MiB, or 64 KiB for each cause and for as many of the greatest providers as
/// `Groups.fineLimit` says, and for each other provider 2 KiB at most.
struct RecoveryTimes {
  /// What a recovery counts for.
  struct Recovery {
    var seconds: Double
    /// Row of the provider's table, or -1.
    var provider: Int32
    /// `Cause.rawValue`
    var cause: UInt8
    /// Its life was first put off within the period.
    var isOfCohort: Bool
    /// It happened within the period.
    var isOfPeriod: Bool
  }

  /// What reports show.
  struct Percentiles {
    var cohort: Report.Percentiles?
    var period: Report.Percentiles?
    /// By `Cause.rawValue` and by row of the provider's table, of the cohort.
    var byCause: [Report.Percentiles?] = []
    var byProvider: [Report.Percentiles?] = []

    func ofProvider(_ row: Int) -> Report.Percentiles? { row < byProvider.count ? byProvider[row] : nil }
    func ofCause(_ cause: Cause) -> Report.Percentiles? {
      Int(cause.rawValue) < byCause.count ? byCause[Int(cause.rawValue)] : nil
    }
  }

  private let exactLimit: Int
  /// Empty once there are sketches.
  private var exact: [Recovery] = []
  private var sketches: Groups<DurationSketch>?
  /// How many happened within the period.
  private(set) var ofPeriod = 0

  init(exactLimit: Int = 1 << 18) { self.exactLimit = exactLimit }

  /// Adds a recovery after a finite time; negative ones count as 0.
  mutating func insert(_ recovery: Recovery) {
    if recovery.isOfPeriod { ofPeriod += 1 }
    if sketches != nil {
      sketches?.insert(recovery)
      return
    }
    exact.append(recovery)
    guard exact.count > exactLimit else { return }
    var groups = Groups<DurationSketch>()
    for old in exact { groups.insert(old) }
    sketches = groups
    exact = []
  }

  func percentiles() -> Percentiles {
    if let sketches { return sketches.percentiles { $0.percentiles } }
    var groups = Groups<[Double]>()
    for recovery in exact.sorted(by: { $0.seconds < $1.seconds }) {
      groups.forEach(of: recovery) { durations, _ in
        if durations == nil { durations = [] }
        durations?.append(max(recovery.seconds, 0))
      }
    }
    return groups.percentiles(DurationSketch.percentiles(ofSorted:))
  }
}

/// Something for all recoveries that are counted together.
private struct Groups<Durations> {
  enum Size { case fine, coarse }

  private var cohort: Durations?
  private var period: Durations?
  private var causes = [Durations?](repeating: nil, count: Cause.allCases.count)
  private var providers: [Durations?] = []
  /// Providers whose durations are kept as exactly as those of causes: the first to have more than a few.
  private var fineProviders = 0
  private static var fineLimit: Int { 64 }

  /// Calls `body` with what `recovery` belongs to.
  @inline(__always)
  mutating func forEach(of recovery: RecoveryTimes.Recovery, _ body: (inout Durations?, Size) -> Void) {
    if recovery.isOfPeriod { body(&period, .fine) }
    guard recovery.isOfCohort else { return }
    body(&cohort, .fine)
    if Int(recovery.cause) < causes.count { body(&causes[Int(recovery.cause)], .fine) }
    let row = Int(recovery.provider)
    guard row >= 0, row < CutNames.limit else { return }
    if row >= providers.count {
      providers.append(contentsOf: repeatElement(nil, count: max(row + 1, providers.count * 2) - providers.count))
    }
    body(&providers[row], .coarse)
  }

  func percentiles(_ of: (Durations) -> Report.Percentiles?) -> RecoveryTimes.Percentiles {
    RecoveryTimes.Percentiles(
      cohort: cohort.flatMap(of), period: period.flatMap(of), byCause: causes.map { $0.flatMap(of) },
      byProvider: providers.map { $0.flatMap(of) })
  }
}

extension Groups<DurationSketch> {
  mutating func insert(_ recovery: RecoveryTimes.Recovery) {
    var fine = fineProviders
    forEach(of: recovery) { sketch, size in
      if sketch == nil { sketch = DurationSketch(size == .fine ? .fine : .coarse) }
      if size == .coarse, fine < Groups.fineLimit, sketch?.count == DurationSketch.Resolution.coarse.exactLimit {
        sketch?.refine()
        fine += 1
      }
      sketch?.insert(recovery.seconds)
    }
    fineProviders = fine
  }
}
