import ArgumentParser
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
    let printer = EventPrinter(
      filter: filter, types: types, format: format == .json ? .json : .csv, console: console)
    let reader = InputReader(sink: printer, since: filter.since, console: console)
    printer.begin()
    reader.read(inputs)
    let isAnswered = period.isAnswered(filter, console, journal.directory.map { [$0] } ?? [])
    if reader.failed || unresolved || !isAnswered { return .unreadable }
    return printer.count == 0 ? .nothingFound : .success
  }
}
