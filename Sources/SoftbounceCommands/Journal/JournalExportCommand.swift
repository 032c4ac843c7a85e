import ArgumentParser
import Bytes
import Journal
import Reporting
import SMTPTypes

/// `softbounce journal export`.
struct JournalExportCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes events as JSON Lines or CSV, for other programs.",
    discussion: """
      As it is read: memory does not grow with the journal. The CSV (RFC 4180) has a line of names first and then a \
      column for each field; tags stand in one column as name=value, separated by semicolons. A cell that a \
      spreadsheet would take for a formula gets an apostrophe in front. Tallies (each minute's counts) are written \
      only if --type asks for them, and only as JSON.

      Types: \(EventType.names.filter { $0 != "checkpoint" }.joined(separator: ", ")).

      \(ExitStatus.help)
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case json, csv }

  @OptionGroup var journal: JournalDirectory

  @OptionGroup var period: PeriodOptions

  @Option(name: .long, help: ArgumentHelp("Only events of this type; repeat it for several.", valueName: "type"))
  var type: [String] = []

  @Option(name: .long, help: "json (JSON Lines) or csv.")
  var format: Format = .json

  func validate() throws {
    try EventTypes.validate(type)
    if format == .csv, type.contains("tally") {
      throw ValidationError("--type tally: a tally has no place in a table of events; use --format json")
    }
  }

  func run(_ console: Console) throws -> ExitStatus {
    let filter = try period.filter(console, journal.directory.map { [$0] } ?? [])
    let site = SiteConfiguration(console)
    let directory = journal.path(site)
    let types = EventTypes(type)
    let (inputs, unresolved) = Inputs.resolve([directory], site, console)
    guard case .journal? = inputs.first else {
      if !unresolved { console.diagnose("\(Printable.text(directory, limit: 200)): no directory; name a journal's") }
      return .unreadable
    }
    let lines = EventPrinter(filter: filter, types: types, console: console)
    let table = EventTable(filter: filter, types: types, console: console)
    let reader = InputReader(sink: format == .json ? lines : table, since: filter.since, console: console)
    if format == .csv { table.begin() }
    reader.read(inputs)
    if reader.failed || unresolved { return .unreadable }
    return lines.count + table.count == 0 ? .nothingFound : .success
  }
}

/// Writes what passes the filter as rows of CSV.
final class EventTable: EventSink {
  private let filter: EventFilter
  private let types: EventTypes
  private let console: Console
  private var row = EventRow()
  private(set) var count = 0

  init(filter: EventFilter, types: EventTypes, console: Console) {
    self.filter = filter
    self.types = types
    self.console = console
  }

  func begin() { console.write(EventRow.header) }

  func receive(_ event: borrowing Event) {
    guard types.contains(event.type), filter.contains(event.time), filter.matches(event) else { return }
    count += 1
    row.withRow(of: event) { console.write($0) }
  }

  func receive(_ tally: borrowing Tally, host: String) {}
}
