import Bytes
import Classification
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
  /// The cohort: recipients first put off within the period, and how they ended.
  var opened = 0
  var recovered = 0
  var expired = 0
  var bounced = 0
  var deleted = 0
  /// Deferrals (or rejections) by `Cause.rawValue`.
  var causes = InlineArray<32, UInt32>(repeating: 0)

  var open: Int { opened - recovered - expired - bounced - deleted }

  /// The commonest cause and how often it was.
  var mainCause: (cause: Cause, count: Int)? {
    var best: (cause: Cause, count: Int)?
    for cause in Cause.allCases {
      let count = Int(causes[Int(cause.rawValue)])
      if count > (best?.count ?? 0) { best = (cause, count) }
    }
    return best
  }
}

/// Rows by key. Row 0 holds what came when the table was full.
final class CutTable {
  /// Keys that one table takes, so that strangers can't fill the memory.
  static let limit = 20_000
  static let other = 0

  var rows = ByteTable<CutRow>(limit: CutTable.limit)

  init() { _ = rows.insert(ByteView("~other"), default: CutRow()) }

  @inline(__always)
  func row(_ key: ByteView) -> Int {
    rows.insert(key, default: CutRow()) ?? CutTable.other
  }
}
