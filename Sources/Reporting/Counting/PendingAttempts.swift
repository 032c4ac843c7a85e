// Attempts that no tally covers yet: those after the last tally of their host. They are dropped when the next one
// comes, because a tally covers everything before it; what is left at a source's end is added to the counts, so that
// a live journal never shows more deferrals than attempts.

import Journal

struct PendingAttempts {
  /// Where a count belongs: a kind in the upper eight bits, a row or hour in the lower ones.
  struct Place: Hashable {
    let raw: UInt64

    static let total = Place(kind: 0, index: 0)
    static let internalTotal = Place(kind: 1, index: 0)
    /// - Parameter hour: hours since 1970.
    static func hour(_ hour: Int) -> Place { Place(kind: 2, index: hour) }
    static func tag(_ row: Int) -> Place { Place(kind: 3, index: row) }
    static func row(_ field: EventField, _ row: Int) -> Place { Place(kind: 16 + field.rawValue, index: row) }

    private init(kind: UInt8, index: Int) { raw = UInt64(kind) << 56 | UInt64(UInt32(truncatingIfNeeded: index)) }

    var kind: UInt8 { UInt8(raw >> 56) }
    var index: Int { Int(Int32(bitPattern: UInt32(truncatingIfNeeded: raw))) }
    var isTag: Bool { kind == 3 }
    var isHour: Bool { kind == 2 }
    var field: EventField? { kind >= 16 ? EventField(rawValue: kind - 16) : nil }
  }

  /// One attempt's outcome.
  struct Outcome {
    enum Kind: UInt8 { case deferral, delivery, bounce }
    var kind: Kind
    var isFirst: Bool

    var counts: Tally.Counts {
      var counts = Tally.Counts()
      counts.attempts = 1
      counts.deliveries = kind == .delivery ? 1 : 0
      counts.bounces = kind == .bounce ? 1 : 0
      counts.firstAttempts = isFirst ? 1 : 0
      counts.firstDeferred = isFirst && kind == .deferral ? 1 : 0
      return counts
    }
  }

  private struct Record {
    var place: Place
    var outcome: Outcome
  }

  /// Records kept one by one before they are summed up; bounds the memory of a journal without tallies.
  private static let limit = 1 << 16

  private var records: [Record] = []
  private var sums: [Place: Tally.Counts] = [:]

  @inline(__always)
  mutating func add(_ outcome: Outcome, at place: Place) {
    records.append(Record(place: place, outcome: outcome))
    if records.count >= PendingAttempts.limit { sumUp() }
  }

  private mutating func sumUp() {
    for record in records { sums[record.place, default: Tally.Counts()] += record.outcome.counts }
    records.removeAll(keepingCapacity: true)
  }

  mutating func removeAll() {
    records.removeAll(keepingCapacity: true)
    if !sums.isEmpty { sums.removeAll() }
  }

  /// Calls `body` with every place's sum and forgets them all.
  mutating func settle(_ body: (Place, Tally.Counts) -> Void) {
    sumUp()
    for (place, counts) in sums { body(place, counts) }
    sums.removeAll()
  }
}
