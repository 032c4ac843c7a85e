// Attempts that no tally covers yet: those after the last tally of their host. They are dropped when the next one
// comes, because a tally covers everything before it; what is left at a source's end is added to the counts, so that
// a live journal never shows more deferrals than attempts.

import Journal

struct PendingAttempts {
  /// The fields that tallies cut by, and the host.
  static let fields: [EventField] = [.provider, .domain, .relay, .senderDomain, .service, .user, .host]

  /// What one attempt counts, and where. Rows are -1 where there is nothing to count.
  struct Record {
    var counts: Tally.Counts
    /// Hours since 1970; `Int.min` for an internal hop, of which only the total is counted.
    var hour: Int
    /// By `fields`.
    var rows = InlineArray<7, Int32>(repeating: -1)
    var tags: [Int32] = []
  }

  /// Records kept one by one before they are summed up; bounds the memory of a journal without tallies.
  private static let limit = 1 << 13

  private var records: [Record] = []
  private(set) var total = Tally.Counts()
  private(set) var internalTotal = Tally.Counts()
  private(set) var hours: [Int: Tally.Counts] = [:]
  /// By row, for each of `fields`; as long as the greatest row that was met.
  private(set) var rows: [[Tally.Counts]] = Array(repeating: [], count: PendingAttempts.fields.count)
  private(set) var tags: [Int32: Tally.Counts] = [:]
  private var isSummed = false

  var isEmpty: Bool { records.isEmpty && !isSummed }

  @inline(__always)
  mutating func add(_ record: Record) {
    records.append(record)
    if records.count >= PendingAttempts.limit { sumUp() }
  }

  /// Adds what came after.
  mutating func add(_ later: PendingAttempts) {
    for record in later.records { add(record) }
    guard later.isSummed else { return }
    isSummed = true
    total += later.total
    internalTotal += later.internalTotal
    hours.merge(later.hours) {
      var sum = $0
      sum += $1
      return sum
    }
    tags.merge(later.tags) {
      var sum = $0
      sum += $1
      return sum
    }
    for field in rows.indices {
      PendingAttempts.widen(&rows[field], to: later.rows[field].count)
      for row in later.rows[field].indices { rows[field][row] += later.rows[field][row] }
    }
  }

  /// Moves single records to the sums.
  mutating func sumUp() {
    guard !records.isEmpty else { return }
    isSummed = true
    for record in records {
      guard record.hour != Int.min else {
        internalTotal += record.counts
        continue
      }
      total += record.counts
      hours[record.hour, default: Tally.Counts()] += record.counts
      for field in rows.indices where record.rows[field] >= 0 {
        let row = Int(record.rows[field])
        if row >= rows[field].count { PendingAttempts.widen(&rows[field], to: row + 1) }
        rows[field][row] += record.counts
      }
      for tag in record.tags { tags[tag, default: Tally.Counts()] += record.counts }
    }
    records.removeAll(keepingCapacity: true)
  }

  private static func widen(_ rows: inout [Tally.Counts], to count: Int) {
    guard count > rows.count else { return }
    rows.append(
      contentsOf: Array(repeating: Tally.Counts(), count: max(count, rows.count * 2) - rows.count))
  }

  /// Forgets all.
  mutating func removeAll() {
    records.removeAll(keepingCapacity: true)
    guard isSummed else { return }
    let kept = records
    self = PendingAttempts()
    records = kept
  }
}

extension Tally.Counts {
  /// One attempt.
  init(_ outcome: Outcome, isFirst: Bool) {
    self.init()
    attempts = 1
    deliveries = outcome == .delivery ? 1 : 0
    bounces = outcome == .bounce ? 1 : 0
    firstAttempts = isFirst ? 1 : 0
    firstDeferred = isFirst && outcome == .deferral ? 1 : 0
  }

  enum Outcome { case deferral, delivery, bounce }
}
