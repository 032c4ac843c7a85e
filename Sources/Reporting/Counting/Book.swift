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
  /// Tables by `EventField.rawValue`; nil where none was asked for.
  let tables: [CutTable?]
  /// Keys are `name=value`.
  let tags = CutTable()
  var scratch = ByteBuffer(capacity: 512)

  init(_ fields: [EventField]) {
    tables = EventField.allCases.map { fields.contains($0) ? CutTable() : nil }
  }

  func table(_ field: EventField) -> CutTable? { tables[Int(field.rawValue)] }

  /// The row of `event` in the table of `field`, made if it is new; nil without table or value.
  @inline(__always)
  func row(_ field: EventField, _ event: borrowing Event) -> Int? {
    guard let table = tables[Int(field.rawValue)] else { return nil }
    guard let key = field.value(of: event, scratch: &scratch) else { return nil }
    return table.row(key)
  }

  /// The row of a tag.
  @inline(__always)
  func row(_ tag: Event.Tag) -> Int {
    scratch.removeAll()
    scratch.append(tag.name)
    scratch.append(UInt8(ascii: "="))
    scratch.append(tag.value)
    return tags.row(scratch.view)
  }

  /// Changes every row that `event` belongs to.
  @inline(__always)
  func forEachRow(of event: borrowing Event, _ body: (inout CutRow) -> Void) {
    for field in EventField.allCases where field.isCut {
      guard let table = tables[Int(field.rawValue)], let key = field.value(of: event, scratch: &scratch) else {
        continue
      }
      body(&table.rows[table.row(key)])
    }
    for tag in event.tags {
      let index = row(tag)
      body(&tags.rows[index])
    }
  }
}
