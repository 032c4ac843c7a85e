import Journal

/// What a table's row counts. Attempts come from tallies and from attempts no tally covers yet; the rest from events.
struct CutRow {
  /// Outcomes as tallies count them.
  var attempts = Tally.Counts()
  /// Attempts that were put off, and how many of them were first attempts.
  var deferrals = 0
  var firstDeferrals = 0
  /// Recipients that the queue manager held back without a try.
  var suspensions = 0
  var bounces = 0
  var expirations = 0
  /// Deferrals (or rejections) by cause.
  var causes = CauseCounts()

  @inline(__always)
  mutating func addDeferral(_ cause: Int, isFirst: Bool) {
    deferrals += 1
    if isFirst { firstDeferrals += 1 }
    causes.add(cause, 1)
  }

  static func += (left: inout CutRow, right: CutRow) {
    left.attempts += right.attempts
    left.deferrals += right.deferrals
    left.firstDeferrals += right.firstDeferrals
    left.suspensions += right.suspensions
    left.bounces += right.bounces
    left.expirations += right.expirations
    left.causes.add(right.causes)
  }
}
