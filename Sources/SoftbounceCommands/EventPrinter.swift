import Bytes
import Journal
import Reporting
import SMTPTypes
import Synchronization

/// Prints what passes the filter, one event a line: a JSON object, or a row of CSV.
final class EventPrinter: SharedSink {
  private let filter: EventFilter
  private let types: EventTypes
  private let format: EventLines.Format
  private let console: Console
  private var lines: EventLines
  private var line = ByteBuffer(capacity: 4096)
  /// Where the event was read, if that is to be printed.
  var position: (() -> LinePosition)?
  private(set) var count = 0
  /// Standard output takes nothing more.
  fileprivate let isClosed = Atomic(false)

  init(filter: EventFilter, types: EventTypes, format: EventLines.Format = .json, console: Console) {
    self.filter = filter
    self.types = types
    self.format = format
    self.console = console
    lines = EventLines(filter: filter, types: types, format: format)
  }

  /// Writes what stands before all events.
  func begin() {
    if format == .csv { console.write(EventRow.header) }
  }

  func receive(_ event: borrowing Event) {
    line.removeAll()
    guard lines.append(event, at: position, to: &line) else { return }
    count += 1
    console.write(line.view)
  }

  var takesTallies: Bool { types.contains(.tally) }

  func receive(_ tally: borrowing Tally, host: String) {
    line.removeAll()
    guard host.withByteView({ lines.append(tally, host: $0, at: position, to: &line) }) else { return }
    count += 1
    console.write(line.view)
  }

  // MARK: - Reading together

  var depth: EventDecoder.Depth { .all }

  /// nil where lines' numbers are to be printed, which only one who reads all of them knows.
  func readers(_ count: Int) -> [any JournalConsumer]? {
    guard position == nil else { return nil }
    return (0..<count).map { _ in
      PrintingReader(self, EventLines(filter: filter, types: types, format: format))
    }
  }

  func merge(_ readers: [any JournalConsumer]) {}

  /// Prints lines that a reader made.
  fileprivate func print(_ text: ByteView, lines: Int) {
    count += lines
    // As much at a time as it is kept back.
    var start = 0
    while start < text.count, console.isOpen {
      let end = min(start + 64 * 1024, text.count)
      console.write(text[start..<end])
      start = end
    }
    if !console.isOpen { isClosed.store(true, ordering: .relaxed) }
  }
}

/// One of several who read for a printer.
private final class PrintingReader: JournalConsumer {
  private let printer: EventPrinter
  private var lines: EventLines
  private var text = ByteBuffer(capacity: 64 * 1024)
  private var count = 0

  init(_ printer: EventPrinter, _ lines: consuming EventLines) {
    self.printer = printer
    self.lines = lines
  }

  func receive(_ event: borrowing Event, head: Int) {
    if lines.append(event, at: nil, to: &text) { count += 1 }
  }

  func receive(_ tally: borrowing TallyLine) {
    if lines.append(tally.tally, host: tally.host, at: nil, to: &text) { count += 1 }
  }

  func depth(of event: borrowing Event) -> EventDecoder.Depth? { lines.mayShow(head: event) ? nil : .leading }

  func settle() {
    guard count > 0 else { return }
    printer.print(text.view, lines: count)
    text.removeAll()
    count = 0
  }

  var held: Int { text.count }

  var isDone: Bool { printer.isClosed.load(ordering: .relaxed) }
}

/// Makes lines of the events that pass a filter; for one thread.
struct EventLines: ~Copyable {
  enum Format { case json, csv }

  private let filter: EventFilter
  private let types: EventTypes
  private let format: Format
  private var scratch = ByteBuffer(capacity: 256)
  private var line = ByteBuffer(capacity: 4096)
  private var row = EventRow()
  private let encoding = EncoderMemory()

  init(filter: EventFilter, types: EventTypes, format: Format) {
    self.filter = filter
    self.types = types
    self.format = format
  }

  /// False if no event that begins like `event` is shown; see `JournalConsumer`.
  mutating func mayShow(head event: borrowing Event) -> Bool {
    types.contains(event.type) && filter.mayMatch(head: event, &scratch)
  }

  /// Appends the event's line; false if it is not one that was asked for.
  mutating func append(
    _ event: borrowing Event, at position: (() -> LinePosition)?, to text: inout ByteBuffer
  ) -> Bool {
    guard types.contains(event.type), filter.contains(event.time), filter.matches(event, scratch: &scratch) else {
      return false
    }
    switch format {
    case .csv: row.withRow(of: event) { text.append($0) }
    case .json:
      let start = text.count
      let isASCII = EventEncoder.append(event, more: false, to: &text, memory: encoding)
      finish(from: start, isASCII: isASCII, position, &text)
    }
    return true
  }

  /// The same for a tally, which has no place in a table.
  mutating func append(
    _ tally: borrowing Tally, host: ByteView, at position: (() -> LinePosition)?, to text: inout ByteBuffer
  ) -> Bool {
    guard format == .json, types.contains(.tally), filter.contains(tally.minute) else { return false }
    let start = text.count
    EventEncoder.append(tally, host: host, to: &text)
    finish(from: start, isASCII: false, position, &text)
    return true
  }

  /// Makes the object that begins at `start` one to be shown.
  private mutating func finish(
    from start: Int, isASCII: Bool, _ position: (() -> LinePosition)?, _ text: inout ByteBuffer
  ) {
    if position == nil, isASCII || text.view.from(start).isASCII { return }
    line.removeAll()
    line.append(text.view.from(start))
    text.truncate(to: start)
    guard let position = position?() else { return Printable.append(json: line.view, to: &text) }
    text.append("{\"file\":")
    position.file.withByteView { text.append(json: $0) }
    text.append(",\"line\":")
    text.append(decimal: position.line)
    text.append(UInt8(ascii: ","))
    Printable.append(json: line.view.from(1), to: &text)
  }
}
