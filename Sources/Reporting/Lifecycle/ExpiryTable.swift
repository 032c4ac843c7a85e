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

  mutating func add(_ expiry: Expiry) {
    let cause = Int(expiry.cause.rawValue)
    rows[cause].count += expiry.times
    if let provider = expiry.provider { rows[cause].providers[provider, default: 0] += expiry.times }
    if let seconds = expiry.seconds { rows[cause].times.insert(seconds) }
  }
}
