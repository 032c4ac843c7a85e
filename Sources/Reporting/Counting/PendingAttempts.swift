// Attempts that no tally covers yet: those after the last tally of their host. They are dropped when the next one
// comes, because a tally covers everything before it; what is left at a source's end is added to the counts, so that
// a live journal never shows more deferrals than attempts.

import Journal

struct PendingAttempts {
  /// The fields that tallies cut by, and the host.
  static let fields: [EventField] = [.provider, .domain, .relay, .senderDomain, .service, .user, .host]

  /// Attempts that are alike, mostly one: what they count, and where. Plain memory, because there is one for each line.
  struct Record {
    var outcome: Tally.Counts.Outcome
    var isFirst: Bool
    var times: Int32
    /// The cell of an `HourGrid`; `internalHop` for an internal hop, of which only the total is counted.
    var hour: Int32
    /// How many of `tagRows` are its own.
    var tagCount: Int32 = 0
    /// By `fields`; -1 where there is nothing to count.
    var rows = InlineArray<7, Int32>(repeating: -1)

    static let internalHop = Int32.min

    @inline(__always)
    var counts: Tally.Counts { Tally.Counts(outcome, isFirst: isFirst, times: Int(times)) }
  }

  /// Records kept before they are summed up; bounds the memory of a journal without tallies.
  private static let limit = 1 << 13

  private var records: [Record] = []
  /// The rows of the records' tags, one record's after another's.
  private var tagRows: [Int32] = []
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

  /// Adds the row of a tag of the record that is added next, which counts it.
  mutating func add(tag row: Int32) { tagRows.append(row) }

  /// Adds what came after.
  mutating func add(_ later: PendingAttempts) {
    records += later.records
    tagRows += later.tagRows
    if records.count >= PendingAttempts.limit { sumUp() }
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
    sumTotals()
    for field in rows.indices { sumRows(field) }
    records.removeAll(keepingCapacity: true)
    tagRows.removeAll(keepingCapacity: true)
  }

  private mutating func sumTotals() {
    var tag = 0
    // Most follow one of the same hour.
    var hour = Record.internalHop
    var ofHour = Tally.Counts()
    func store(_ hours: inout [Int: Tally.Counts]) {
      if hour != Record.internalHop { hours[Int(hour), default: Tally.Counts()] += ofHour }
    }
    for record in records {
      let counts = record.counts
      guard record.hour != Record.internalHop else {
        internalTotal += counts
        continue
      }
      if record.hour != hour {
        store(&hours)
        hour = record.hour
        ofHour = Tally.Counts()
      }
      ofHour += counts
      total += counts
      for _ in 0..<record.tagCount {
        tags[tagRows[tag], default: Tally.Counts()] += counts
        tag += 1
      }
    }
    store(&hours)
  }

  private mutating func sumRows(_ field: Int) {
    var greatest: Int32 = -1
    for record in records { greatest = max(greatest, record.rows[field]) }
    guard greatest >= 0 else { return }
    PendingAttempts.widen(&rows[field], to: Int(greatest) + 1)
    rows[field].withUnsafeMutableBufferPointer { cells in
      for record in records where record.rows[field] >= 0 { cells[Int(record.rows[field])] += record.counts }
    }
  }

  private static func widen(_ rows: inout [Tally.Counts], to count: Int) {
    guard count > rows.count else { return }
    rows.append(
      contentsOf: Array(repeating: Tally.Counts(), count: max(count, rows.count * 2) - rows.count))
  }

  /// Forgets all.
  mutating func removeAll() {
    records.removeAll(keepingCapacity: true)
    tagRows.removeAll(keepingCapacity: true)
    guard isSummed else { return }
    let kept = (records, tagRows)
    self = PendingAttempts()
    (records, tagRows) = kept
  }
}

extension Tally.Counts {
  /// `times` attempts.
  @inline(__always)
  init(_ outcome: Outcome, isFirst: Bool, times: Int) {
    self.init()
    attempts = times
    deliveries = outcome == .delivery ? times : 0
    bounces = outcome == .bounce ? times : 0
    firstAttempts = isFirst ? times : 0
    firstDeferred = isFirst && outcome == .deferral ? times : 0
  }

  enum Outcome: UInt8 { case deferral, delivery, bounce }
}
