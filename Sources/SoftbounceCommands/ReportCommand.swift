import ArgumentParser
import Classification
import Intake
import Journal
import Reporting
import SMTPTypes

/// `softbounce report`.
struct ReportCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "What was put off, by whom, why, and how it ended.",
    discussion: """
      PATH is a journal's directory, a mail log, a file of events (JSON Lines), or - for standard input; several are \
      read as one, logs in the order of their time. Each may be compressed with gzip, zstd, xz or bzip2. A directory or \
      files of the systemd journal are a log too: /var/log/journal. Without a PATH it is this machine's journal, \
      /var/lib/softbounce/journal; where there is none, its mail log or its systemd journal.

      Rates: deferrals that were attempts, divided by attempts. Recipients that the queue manager held back without a \
      try, deliveries to our own mailboxes, and clients that our own server turned away stand apart. Periods are \
      moved to whole minutes.

      Keys for --where and --by: \(EventField.allCases.filter(\.isCut).map(\.description).joined(separator: ", ")), \
      tag.NAME; for --where also \
      \(EventField.allCases.filter { !$0.isCut }.map(\.description).joined(separator: ", ")).

      \(ExitStatus.help)
      """)

  @Argument(help: ArgumentHelp("Journals' directories, mail logs, or -.", valueName: "path"))
  var paths: [String] = []

  @OptionGroup var period: PeriodOptions

  @Option(
    name: .long,
    help: ArgumentHelp("Show only the table of this key; repeat it for several.", valueName: "key"))
  var by: [String] = []

  @Option(name: .long, help: ArgumentHelp("Rows of a table, 1 to 10000.", valueName: "rows"))
  var top: Int = 10

  @Flag(
    name: .long,
    help: "Judge what a journal holds by today's rules instead of those of its time; nothing is written.")
  var rejudge = false

  @Option(name: .long, help: "text, or json with stable keys.")
  var format: OutputFormat = .text

  func validate() throws {
    guard (1...10_000).contains(top) else { throw ValidationError("--top \(top): give a number from 1 to 10000") }
    for text in by where ReportOptions.Cut(parsing: text) == nil {
      throw ValidationError(
        "--by \(Printable.text(text, limit: 40)): unknown key; known are \(ReportOptions.Cut.names.joined(separator: ", "))"
      )
    }
  }

  func run(_ console: Console) throws -> ExitStatus {
    let filter = try period.filter(console)
    let cuts = by.compactMap(ReportOptions.Cut.init(parsing:))
    var extra: Set<EventField> = []
    for case .field(let field) in cuts { extra.insert(field) }
    let aggregation = Aggregation(options: Aggregation.Options(filter: filter, extraCuts: extra))
    let site = SiteConfiguration(console)
    let (inputs, unresolved) = Inputs.resolve(paths, site, console)
    if inputs.isEmpty { return .unreadable }
    let classifier = site.classifier(console)
    let sink: any EventSink =
      rejudge ? RejudgingSink(classifier: classifier, next: aggregation) : aggregation
    let reader = InputReader(
      sink: sink, since: filter.alignedToMinutes().since, ownAddresses: site.ownAddresses,
      classifier: classifier, journaldMatches: site.journaldMatches, console: console)
    reader.read(inputs) { aggregation.endSource() }
    var report = aggregation.report(ReportOptions(top: top, by: cuts.isEmpty ? nil : cuts))
    report.inputs = inputs.map(\.name)
    let weak = Set(classifier.rules.lazy.filter { $0.evidence >= .replyCode && $0.cause != .unclassified }.map(\.id))
    report.deferralsJudgedByCode = report.rules.reduce(0) { weak.contains($1.key) ? $0 + $1.deferrals : $0 }
    for rule in classifier.rules {
      if let text = rule.hint { report.hints[rule.id] = Report.Hint(text: text, documentation: rule.documentation) }
    }
    switch format {
    case .text:
      let renderer = TextRenderer(
        width: console.width, isColoured: console.isColoured, isUnicode: console.isUnicode,
        zone: period.zone(console))
      console.write(renderer.render(report))
    case .json:
      console.write(JSONRenderer().render(report))
    }
    if reader.failed || unresolved { return .unreadable }
    return report.isEmpty ? .nothingFound : .success
  }
}
