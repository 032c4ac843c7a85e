import Bytes
import Classification
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
  /// The tables of fields that a line's head tells, and of others. `tables` keeps them, so that nobody need count
  /// references for each event.
  private let headTables: [Entry]
  private let otherTables: [Entry]
  private let allTables: [Entry]
  /// The rows of the event that was located last, by `EventField.rawValue`; -1 without table or value.
  private let located: UnsafeMutablePointer<Int32>
  private static var width: Int { EventField.allCases.count }
  private var locatedTags: [Int32] = []
  /// The rows of heads that were met before.
  private var heads: HeadRows
  private var replies = ReplyRows()
  private var shapes = ShapeRows()
  /// The shape and the client of the event of a digest that was located last, -1 behind one of another kind.
  private var locatedShape = (shape: -1, client: -1)
  private let latestSenders = LatestRows(lengthLimit: 64)
  private let latestRelays = LatestRows(lengthLimit: 64)
  private let latestRules = LatestRows(lengthLimit: 64)
  /// Rows of deferrals that are counted together, a table at a time: as in `located`, one event's after another's.
  private let batch: UnsafeMutablePointer<Int32>
  /// Of each of them the cause, and `firstMark` if it is a first attempt.
  private let batchMarks: UnsafeMutablePointer<UInt8>
  private var batched = 0
  private static var batchLimit: Int { 128 }
  static var firstMark: UInt8 { 0x80 }

  private struct Entry {
    let field: EventField
    let table: Unmanaged<CutTable>
    /// What tells its key, in a digest.
    let part: EventShape.Part

    init(_ field: EventField, _ table: CutTable) {
      self.field = field
      self.table = Unmanaged.passUnretained(table)
      part = field.part
    }

    @inline(__always)
    func row(_ key: ByteView) -> Int32 {
      table._withUnsafeGuaranteedRef { Int32(truncatingIfNeeded: $0.row(key)) }
    }

    func row(once key: ByteView) -> Int32 {
      table._withUnsafeGuaranteedRef { Int32(truncatingIfNeeded: $0.row(once: key)) }
    }
  }

  init(_ names: BookNames) {
    let tables = EventField.allCases.map { field in names.names(field).map { CutTable($0) } }
    self.tables = tables
    tags = CutTable(names.tags)
    let all = names.fields.compactMap { field in
      tables[Int(field.rawValue)].map { Entry(field, $0) }
    }
    allTables = all
    headTables = all.filter { $0.field.isInHead }
    otherTables = all.filter { !$0.field.isInHead }
    located = UnsafeMutablePointer<Int32>.allocate(capacity: Book.width)
    located.initialize(repeating: -1, count: Book.width)
    batch = UnsafeMutablePointer<Int32>.allocate(capacity: Book.width * Book.batchLimit)
    batchMarks = UnsafeMutablePointer<UInt8>.allocate(capacity: Book.batchLimit)
    heads = HeadRows(width: headTables.count)
  }

  deinit {
    located.deallocate()
    batch.deallocate()
    batchMarks.deallocate()
  }

  @inline(__always)
  func table(_ field: EventField) -> CutTable? { tables[Int(field.rawValue)] }

  /// Keys whose first events count among the others'.
  var lateKeys: Int { tables.reduce(tags.names.lateCount) { $0 + ($1?.names.lateCount ?? 0) } }

  /// The row of a tag.
  func row(_ tag: Event.Tag) -> Int {
    scratch.removeAll()
    scratch.append(tag.name)
    scratch.append(UInt8(ascii: "="))
    scratch.append(tag.value)
    return tags.row(scratch.view)
  }

  /// Finds every row that `event` belongs to, once for all that is to be counted there.
  @inline(__always)
  func locate(_ event: borrowing Event, _ likeness: Likeness) {
    if let shape = likeness.shape { return locate(event, shape) }
    locatedShape = (-1, -1)
    let head = likeness.head
    if head >= 0, let rows = heads.find(head) {
      for (index, entry) in headTables.enumerated() {
        // A key without a row of its own may have got one.
        if rows[index] == CutNames.other { rows[index] = find(entry, event, head) }
        located[Int(entry.field.rawValue)] = rows[index]
      }
    } else {
      for entry in headTables { located[Int(entry.field.rawValue)] = find(entry, event, head) }
      if head >= 0 {
        heads.keep(head) { index in located[Int(headTables[index].field.rawValue)] }
      }
    }
    for entry in otherTables { located[Int(entry.field.rawValue)] = find(entry, event, head) }
    if !locatedTags.isEmpty { locatedTags.removeAll(keepingCapacity: true) }
    for tag in event.tags { locatedTags.append(Int32(truncatingIfNeeded: row(tag))) }
  }

  // MARK: - Shapes

  /// A digest begins.
  func beginShapes(_ counts: ShapeCounts) {
    shapes.begin(counts, allTables.map(\.part))
    locatedShape = (-1, -1)
  }

  /// The same for an event of a digest.
  @inline(__always)
  private func locate(_ event: borrowing Event, _ shape: EventShape) {
    let client = shape[.client]
    if locatedShape == (shape.number, client) { return }
    locatedShape = (shape.number, client)
    for index in allTables.indices {
      let entry = allTables[index]
      let number = shape[entry.part]
      located[Int(entry.field.rawValue)] =
        number < 0 ? -1 : shapes.row(index, number) { find(entry, ofShape: event) }
    }
    if !locatedTags.isEmpty { locatedTags.removeAll(keepingCapacity: true) }
    let tags = shape[.tags]
    if tags >= 0 {
      locatedTags += shapes.tags(tags) { event.tags.map { Int32(truncatingIfNeeded: row($0)) } }
    }
  }

  private func find(_ entry: Entry, ofShape event: borrowing Event) -> Int32 {
    // A digest has the template itself.
    if entry.field == .reply { return event.reply.map { entry.row(once: $0.text) } ?? -1 }
    return entry.field.value(of: event, scratch: &scratch).map { entry.row(once: $0) } ?? -1
  }

  // MARK: - Lines

  @inline(__always)
  private func find(_ entry: Entry, _ event: borrowing Event, _ head: Int) -> Int32 {
    if entry.field == .reply {
      guard let reply = event.reply else { return -1 }
      return replies.row(of: reply.text, head: head) { text in
        scratch.removeAll()
        ReplyTemplate.append(text, to: &scratch)
        return entry.row(scratch.view)
      }
    }
    switch entry.field {
    case .senderDomain:
      if let sender = event.sender { return find(entry, sender, in: latestSenders, event, head) }
    case .relay:
      if let relay = event.relay, !relay.host.isEmpty { return find(entry, relay.host, in: latestRelays, event, head) }
    case .rule:
      if let rule = event.rule { return find(entry, rule, in: latestRules, event, head) }
    default: break
    }
    guard let key = entry.field.value(of: event, scratch: &scratch) else { return -1 }
    return entry.row(key)
  }

  /// The same where `text` alone decides.
  @inline(__always)
  private func find(
    _ entry: Entry, _ text: ByteView, in latest: borrowing LatestRows, _ event: borrowing Event, _ head: Int
  ) -> Int32 {
    if let row = latest.find(text, head), row != CutNames.other { return row }
    let row = entry.field.value(of: event, scratch: &scratch).map { entry.row($0) } ?? -1
    latest.keep(text, head, row: row)
    return row
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
    for entry in allTables {
      let row = Int(located[Int(entry.field.rawValue)])
      if row >= 0 { entry.table._withUnsafeGuaranteedRef { body(&$0[row]) } }
    }
    for row in locatedTags { body(&tags[Int(row)]) }
  }

  /// Counts a deferral, and one in every row of the located event; the rows are not to be looked at before `finish`.
  @inline(__always)
  func addDeferral(_ cause: Cause, isFirst: Bool) {
    deferrals += 1
    if isFirst { firstDeferrals += 1 }
    (batch + batched * Book.width).update(from: located, count: Book.width)
    batchMarks[batched] = cause.rawValue | (isFirst ? Book.firstMark : 0)
    batched += 1
    if batched == Book.batchLimit { finish() }
    for row in locatedTags { tags[Int(row)].addDeferral(Int(cause.rawValue), isFirst: isFirst) }
  }

  /// Counts what waits to be counted together.
  func finish() {
    for entry in allTables {
      entry.table._withUnsafeGuaranteedRef {
        $0.addDeferrals(batched, rows: batch + Int(entry.field.rawValue), stride: Book.width, marks: batchMarks)
      }
    }
    batched = 0
  }

  /// Adds what another book with the same names counted.
  func add(_ other: Book) {
    finish()
    other.finish()
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
