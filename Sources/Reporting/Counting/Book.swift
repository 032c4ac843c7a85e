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
  let tags: CutTable
  var scratch = ByteBuffer(capacity: 512)

  /// Tables by `EventField.rawValue`; nil where none was asked for.
  private let tables: [CutTable?]
  /// The tables of fields that a line's head tells, and of others.
  private let headTables: [(field: EventField, table: CutTable)]
  private let otherTables: [(field: EventField, table: CutTable)]
  /// The rows of the event that was located last, by `EventField.rawValue`; -1 without table or value.
  private let located: UnsafeMutablePointer<Int32>
  private var locatedTags: [Int32] = []
  /// The rows of heads that were met before.
  private var heads: HeadRows
  private var replies = ReplyRows()

  init(_ names: BookNames) {
    let tables = EventField.allCases.map { field in names.names(field).map { CutTable($0) } }
    self.tables = tables
    tags = CutTable(names.tags)
    let all = names.fields.compactMap { field in tables[Int(field.rawValue)].map { (field: field, table: $0) } }
    headTables = all.filter { $0.field.isInHead }
    otherTables = all.filter { !$0.field.isInHead }
    located = UnsafeMutablePointer<Int32>.allocate(capacity: EventField.allCases.count)
    located.initialize(repeating: -1, count: EventField.allCases.count)
    heads = HeadRows(width: headTables.count)
  }

  deinit { located.deallocate() }

  @inline(__always)
  func table(_ field: EventField) -> CutTable? { tables[Int(field.rawValue)] }

  /// The row of a tag.
  func row(_ tag: Event.Tag) -> Int {
    scratch.removeAll()
    scratch.append(tag.name)
    scratch.append(UInt8(ascii: "="))
    scratch.append(tag.value)
    return tags.row(scratch.view)
  }

  /// Finds every row that `event` belongs to, once for all that is to be counted there.
  ///
  /// - Parameter head: see `JournalConsumer`.
  @inline(__always)
  func locate(_ event: borrowing Event, head: Int) {
    if head >= 0, let rows = heads.find(head) {
      for (index, entry) in headTables.enumerated() { located[Int(entry.field.rawValue)] = rows[index] }
    } else {
      for entry in headTables { located[Int(entry.field.rawValue)] = find(entry.field, entry.table, event) }
      if head >= 0 {
        heads.keep(head) { index in located[Int(headTables[index].field.rawValue)] }
      }
    }
    for entry in otherTables { located[Int(entry.field.rawValue)] = find(entry.field, entry.table, event) }
    if !locatedTags.isEmpty { locatedTags.removeAll(keepingCapacity: true) }
    for tag in event.tags { locatedTags.append(Int32(truncatingIfNeeded: row(tag))) }
  }

  @inline(__always)
  private func find(_ field: EventField, _ table: CutTable, _ event: borrowing Event) -> Int32 {
    if field == .reply {
      guard let reply = event.reply else { return -1 }
      return replies.row(of: reply.text) { text in
        scratch.removeAll()
        ReplyTemplate.append(text, to: &scratch)
        return Int32(truncatingIfNeeded: table.row(scratch.view))
      }
    }
    guard let key = field.value(of: event, scratch: &scratch) else { return -1 }
    return Int32(truncatingIfNeeded: table.row(key))
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
    for (field, table) in headTables {
      let row = Int(located[Int(field.rawValue)])
      if row >= 0 { body(&table[row]) }
    }
    for (field, table) in otherTables {
      let row = Int(located[Int(field.rawValue)])
      if row >= 0 { body(&table[row]) }
    }
    for row in locatedTags { body(&tags[Int(row)]) }
  }

  /// Adds what another book with the same names counted.
  func add(_ other: Book) {
    attempts += other.attempts
    deferrals += other.deferrals
    firstDeferrals += other.firstDeferrals
    tallied += other.tallied
    suspensions += other.suspensions
    bounces += other.bounces
    expirations += other.expirations
    tags.add(other.tags)
    for (mine, its) in zip(tables, other.tables) {
      if let mine, let its { mine.add(its) }
    }
  }
}

/// The rows that the heads of lines belong to, by the heads' numbers.
private struct HeadRows: ~Copyable {
  private let width: Int
  private var numbers: UnsafeMutablePointer<Int>?
  private var rows: UnsafeMutablePointer<Int32>?

  init(width: Int) { self.width = width }

  deinit {
    numbers?.deallocate()
    rows?.deallocate()
  }

  @inline(__always)
  func find(_ head: Int) -> UnsafeMutablePointer<Int32>? {
    guard let numbers, let rows else { return nil }
    let slot = head % JournalReader.headLimit
    return numbers[slot] == head ? rows + slot * width : nil
  }

  mutating func keep(_ head: Int, _ row: (Int) -> Int32) {
    if numbers == nil {
      let count = JournalReader.headLimit
      numbers = UnsafeMutablePointer<Int>.allocate(capacity: count)
      numbers?.initialize(repeating: -1, count: count)
      rows = UnsafeMutablePointer<Int32>.allocate(capacity: count * max(width, 1))
      rows?.initialize(repeating: -1, count: count * max(width, 1))
    }
    guard let numbers, let rows else { return }
    let slot = head % JournalReader.headLimit
    numbers[slot] = head
    for index in 0..<width { rows[slot * width + index] = row(index) }
  }
}
