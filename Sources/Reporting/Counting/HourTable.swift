import Journal

/// What one cell of an `HourGrid` counts.
struct HourCounts {
  var attempts = Tally.Counts()
  var deferrals = 0
  var suspensions = 0
  var rejections = 0

  static func += (left: inout HourCounts, right: HourCounts) {
    left.attempts += right.attempts
    left.deferrals += right.deferrals
    left.suspensions += right.suspensions
    left.rejections += right.rejections
  }
}

/// Counts by the cells of an `HourGrid`. Bounded, because a log's time stamps are a stranger's.
struct HourTable {
  /// About eleven years of hours.
  static let limit = 100_000

  private(set) var hours: [Int: HourCounts] = [:]
  /// The hour that came last, kept out of the dictionary until another comes.
  private var current = Int.min
  private var counts = HourCounts()

  /// Changes the counts of `hour`.
  @inline(__always)
  mutating func with(_ hour: Int, _ body: (inout HourCounts) -> Void) {
    if hour != current { turn(to: hour) }
    body(&counts)
  }

  private mutating func turn(to hour: Int) {
    store()
    current = hour
    counts = hours[hour] ?? HourCounts()
  }

  private mutating func store() {
    guard current != Int.min, hours[current] != nil || hours.count < HourTable.limit else { return }
    hours[current] = counts
  }

  /// Adds what another table counted.
  mutating func add(_ other: inout HourTable) {
    for (hour, counts) in other.sorted() { with(hour) { $0 += counts } }
  }

  /// All hours with counts, in order.
  mutating func sorted() -> [(hour: Int, counts: HourCounts)] {
    store()
    return hours.sorted { $0.key < $1.key }.map { (hour: $0.key, counts: $0.value) }
  }
}
