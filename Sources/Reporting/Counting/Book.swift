import Bytes
import Journal
import SMTPTypes

/// Counts of one kind of traffic: to other servers, to our own mailboxes, or what we turned away.
final class Book {
  /// Attempts as tallies count them, within the filter's denominator.
  var attempts = Tally.Counts()
  var deferrals = 0
  var firstDeferrals = 0
  /// Counted by tallies alone, without an event each.
  var tallied = 0
  var suspensions = 0
  var bounces = 0
  var expirations = 0
  /// Keys are `name=value`.
  let tags = CutTable()
  var scratch = ByteBuffer(capacity: 512)

  /// Tables by `EventField.rawValue`; nil where none was asked for.
  private let tables: [CutTable?]
  private let fields: [EventField]
  /// The rows of the event that was located last, by `EventField.rawValue`; -1 without table or value.
  private var located: [Int32]
  private var locatedTags: [Int32] = []

  init(_ asked: [EventField]) {
    let all = EventField.allCases
    tables = all.map { asked.contains($0) ? CutTable() : nil }
    fields = all.filter { asked.contains($0) }
    located = Array(repeating: -1, count: all.count)
  }

  @inline(__always)
  func table(_ field: EventField) -> CutTable? { tables[Int(field.rawValue)] }

  /// The row of `event` in the table of `field`, made if it is new; nil without table or value.
  @inline(__always)
  func row(_ field: EventField, _ event: borrowing Event) -> Int? {
    guard let table = tables[Int(field.rawValue)] else { return nil }
    guard let key = field.value(of: event, scratch: &scratch) else { return nil }
    return table.row(key)
  }

  /// The row of a tag.
  func row(_ tag: Event.Tag) -> Int {
    scratch.removeAll()
    scratch.append(tag.name)
    scratch.append(UInt8(ascii: "="))
    scratch.append(tag.value)
    return tags.row(scratch.view)
  }

  /// Finds every row that `event` belongs to, once for all that is to be counted there.
  func locate(_ event: borrowing Event) {
    for field in fields {
      located[Int(field.rawValue)] = Int32(truncatingIfNeeded: row(field, event) ?? -1)
    }
    locatedTags.removeAll(keepingCapacity: true)
    for tag in event.tags { locatedTags.append(Int32(truncatingIfNeeded: row(tag))) }
  }

  /// The row of the located event, or nil.
  @inline(__always)
  func locatedRow(_ field: EventField) -> Int? {
    let row = Int(located[Int(field.rawValue)])
    return row < 0 ? nil : row
  }

  /// Changes every row of the located event.
  @inline(__always)
  func forEachLocatedRow(_ body: (inout CutRow) -> Void) {
    for field in fields {
      let row = Int(located[Int(field.rawValue)])
      if row >= 0, let table = tables[Int(field.rawValue)] { body(&table.rows[row]) }
    }
    for row in locatedTags { body(&tags.rows[Int(row)]) }
  }
}
