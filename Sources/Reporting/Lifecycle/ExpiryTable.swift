import Bytes
import Classification
import Journal

/// What the queue gave up within the period, by the cause of the last failure.
struct ExpiryTable {
  struct Row {
    var count = 0
    /// Recipients by row of the provider table; bounded by that table.
    var providers: [Int: Int] = [:]
    /// Seconds from the first failure to the end.
    var times = DurationSketch()
  }

  /// By `Cause.rawValue`.
  private(set) var rows = [Row](repeating: Row(), count: Cause.allCases.count)

  mutating func add(_ event: borrowing Event, provider: Int?) {
    let cause = Int((event.cause ?? .unclassified).rawValue)
    rows[cause].count += 1
    if let provider { rows[cause].providers[provider, default: 0] += 1 }
    if let seconds = event.deferredFor { rows[cause].times.insert(seconds) }
  }
}
