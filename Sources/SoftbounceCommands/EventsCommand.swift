import ArgumentParser
import Journal
import Reporting
import SMTPTypes

/// `softbounce events`.
struct EventsCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "events",
    abstract: "Prints events as JSON Lines, from a journal or from mail logs.",
    discussion: """
      PATH is a journal's directory, a mail log, a file of events, or - for standard input, as for 'softbounce report'; \
      compressed files, sealed segments of a journal and the systemd journal too. Tallies (each minute's counts) are \
      printed only if --type asks for them.

      Types: \(EventType.names.filter { $0 != "checkpoint" }.joined(separator: ", ")).

      \(ExitStatus.help)
      """)

  @Argument(help: ArgumentHelp("Journals' directories, mail logs, or -.", valueName: "path"))
  var paths: [String] = []

  @OptionGroup var period: PeriodOptions

  @Option(name: .long, help: ArgumentHelp("Only events of this type; repeat it for several.", valueName: "type"))
  var type: [String] = []

  @Flag(
    name: .long,
    help: """
      Add file and line, where the event was read, in front of each event. Of a log every line that tells of a failure \
      is printed then, also one that a journal only counts (a suspension told again, rejections beyond 60 a minute): \
      such an event has a note.
      """)
  var withPosition = false

  @Option(name: .long, help: "json (JSON Lines), the only one here; journal export has CSV.")
  var format: Format = .json

  enum Format: String, ExpressibleByArgument, CaseIterable { case json }

  func validate() throws {
    try EventTypes.validate(type)
  }

  func run(_ console: Console) throws -> ExitStatus {
    let filter = try period.filter(console, paths)
    let site = SiteConfiguration(console)
    let (inputs, unresolved) = Inputs.resolve(paths, site, console)
    if inputs.isEmpty { return .unreadable }
    let printer = EventPrinter(filter: filter, types: EventTypes(type), console: console)
    let reader = InputReader(
      sink: printer, since: filter.since, ownMachine: site.ownMachine, classifier: site.classifier(console),
      journaldMatches: site.journaldMatches, console: console)
    reader.answersAtOnce = true
    reader.showsEveryFailure = withPosition
    if withPosition { printer.position = { reader.position } }
    reader.read(inputs)
    // The printer's closure holds the reader, and the reader the printer.
    printer.position = nil
    let isAnswered = period.isAnswered(filter, console, paths)
    if reader.failed || unresolved || !isAnswered { return .unreadable }
    return printer.count == 0 ? .nothingFound : .success
  }
}

/// The types that were asked for.
struct EventTypes {
  private let wanted: Set<EventType>

  /// All but tallies and checkpoints if `names` is empty.
  init(_ names: [String]) {
    let asked = names.compactMap { EventType(name: $0) }
    wanted = Set(asked.isEmpty ? EventType.allCases.filter { $0 != .tally && $0 != .checkpoint } : asked)
  }

  func contains(_ type: EventType) -> Bool { wanted.contains(type) }

  static func validate(_ names: [String]) throws {
    let known = EventType.names.filter { $0 != "checkpoint" }
    for name in names where !known.contains(name) {
      throw ValidationError(
        "--type \(Printable.text(name, limit: 40)): unknown type; known are \(known.joined(separator: ", "))")
    }
  }
}
