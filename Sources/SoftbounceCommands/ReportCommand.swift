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
      files of the systemd journal are a log too: /var/log/journal; so is what journalctl -o export or -o json writes of \
      them. Without a PATH it is this machine's journal, /var/lib/softbounce/journal; where there is none, its mail log \
      or its systemd journal.

      Rates: deferrals that were attempts, divided by attempts. Recipients that the queue manager held back without a \
      try, deliveries to our own mailboxes, and clients that our own server turned away stand apart. Periods are \
      moved to whole minutes.

      Recovered are those first put off within the period that have arrived by now; percentiles are of them, and \
      the ones still open will only add longer times. Of very many they are estimates, marked ~, and a note says how \
      good. Ends are looked for up to 30 days after the period. A requeue goes on with the same life; a queue id used again is \
      another message.

      --quick answers from what sealed segments say of themselves, in a moment, if the period begins and ends on the \
      hour and only cause, scope, origin, provider, type, source, direction and hop are asked for; where they do not \
      tell, it reads the beginning of each line. Other keys of that beginning: domain, service, host, instance, \
      stage, status.

      Hours and days are those of this machine's zone, with --utc of UTC. --compare goes by the calendar where the \
      period begins and ends at 00:00: as many days before it, or the same days a week earlier, even if one of them \
      has 23 or 25 hours. It counts first attempts that were put off, so that retries weigh nothing, and recipients \
      that were held back without one. A difference is called clear if chance alone gives one like it in less than 1 \
      of 100 such tables (Fisher's exact test; where the number of first attempts is unknown the exact binomial test \
      on counts alone, which knows nothing of how much was tried; \
      Holm's correction over the rows), never for counts below \(Comparison.least). One outage hits many messages at once: clear is not the luck of single deliveries, not a proof of \
      what caused it. Where what is read begins later than the other period, nothing is said to be clear.

      Keys for --where and --by: \(EventField.allCases.filter(\.isCut).map(\.description).joined(separator: ", ")), \
      tag.NAME; for --where also \
      \(EventField.allCases.filter { !$0.isCut }.map(\.description).joined(separator: ", ")).

      \(ExitStatus.help)
      """)

  /// Seconds after the period in which a journal is read for how recipients ended: six times as long as Postfix keeps a
  /// message by default, so that a day of a year's journal costs a month at most.
  static let patience: Double = 30 * 86_400

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

  @Flag(
    name: .long,
    help: "Counts by cause, scope and provider alone, in a moment: from what sealed segments say of themselves.")
  var quick = false

  @Option(
    name: .long,
    help: ArgumentHelp("Compare with the period before this one, or the same one a week earlier.", valueName: "period"))
  var compare: ComparedPeriod?

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

  /// What `--quick` can't look at, in words; nil if all that is asked can be had.
  private func refusal(_ filter: EventFilter) -> String? {
    guard quick else { return nil }
    let known = EventField.allCases.filter(\.isInHead).map(\.description).joined(separator: ", ")
    if rejudge { return "--quick: judging anew needs whole lines; leave --rejudge or --quick out" }
    if compare != nil { return "--quick: --compare reads whole lines of two periods; leave one out" }
    if !filter.looksOnly(at: \.isInHead) { return "--quick: --where can look at \(known) only; leave --quick out" }
    for cut in by.compactMap(ReportOptions.Cut.init(parsing:)) {
      if case .field(let field) = cut, field.isInHead { continue }
      return "--quick: --by can be one of \(known) only; leave --quick out"
    }
    return nil
  }

  func run(_ console: Console) throws -> ExitStatus {
    var filter = try period.filter(console, paths)
    if let words = refusal(filter) {
      console.diagnose(words)
      return .usage
    }
    if compare != nil {
      guard filter.since != nil else {
        console.diagnose("--compare needs a period: add --since, such as --since 24h")
        return .usage
      }
      if filter.until == nil { filter.until = console.now }
    }
    let zone = period.zone(console)
    let earlier = compare?.filter(before: filter, zone)
    if compare == .week, let until = earlier?.until, let since = filter.since, until > since {
      console.diagnose("--compare week: the period is longer than a week; compare it with the previous one")
      return .usage
    }
    let cuts = by.compactMap(ReportOptions.Cut.init(parsing:))
    var extra: Set<EventField> = []
    for case .field(let field) in cuts { extra.insert(field) }
    var options = Aggregation.Options(filter: filter, extraCuts: extra)
    options.isQuick = quick
    options.grid = HourGrid(zone: zone, since: filter.since, until: filter.until)
    let aggregation = Aggregation(options: options)
    let other = earlier.map { Aggregation(options: Aggregation.Options(filter: $0)) }
    let site = SiteConfiguration(console)
    let (inputs, unresolved) = Inputs.resolve(paths, site, console)
    if inputs.isEmpty { return .unreadable }
    let classifier = Deferred { site.classifier(console) }
    let counts: any EventSink = other.map { TeeSink([$0, aggregation]) } ?? aggregation
    let sink = rejudge ? RejudgingSink(classifier: classifier.value, next: counts) : counts
    let reader = InputReader(
      sink: sink, since: (earlier ?? filter).alignedToMinutes().since,
      until: filter.alignedToMinutes().until?.advanced(by: quick ? 0 : ReportCommand.patience),
      ownMachine: site.ownMachine,
      classifier: classifier.value, journaldMatches: site.journaldMatches, console: console)
    reader.read(inputs) {
      aggregation.endSource()
      other?.endSource()
    }
    var report = aggregation.report(ReportOptions(top: top, by: cuts.isEmpty ? nil : cuts))
    if let other, let earlier = earlier?.alignedToMinutes(), let since = earlier.since, let until = earlier.until {
      let whole = ReportOptions(top: 100_000, by: [.field(.cause), .field(.provider)], showsQuiet: true)
      report.comparison = Comparison(
        aggregation.report(whole), before: other.report(whole), since: since, until: until,
        dataFrom: reader.beginning(notAfter: since))
    }
    report.inputs = inputs.map(\.name)
    // Counts alone name no rules.
    if !quick { explain(&report, classifier.value.rules) }
    switch format {
    case .text:
      let renderer = TextRenderer(
        width: console.width, isColoured: console.isColoured, isUnicode: console.isUnicode,
        zone: zone)
      console.write(renderer.render(report))
      if inputs.contains(.journal(site.journal)), let words = site.hiddenRecipients {
        console.write("\n" + words + "\n")
      }
    case .json:
      console.write(JSONRenderer().render(report))
    }
    if report.isEmpty, let since = filter.since { tellLatest(in: inputs, before: since, console) }
    let isAnswered = period.isAnswered(filter, console, paths)
    if reader.failed || unresolved || !isAnswered { return .unreadable }
    guard report.isEmpty else { return .success }
    if paths.isEmpty, !inputs.contains(.journal(site.journal)) {
      console.diagnose("to read other logs, name them: softbounce report /var/log/mail.log*")
    }
    return .nothingFound
  }

  /// Adds what the rules say of what was counted by them.
  private func explain(_ report: inout Report, _ rules: [Rule]) {
    let weak = Set(rules.lazy.filter { $0.evidence >= .replyCode && $0.cause != .unclassified }.map(\.id))
    report.deferralsJudgedByCode = report.rules.reduce(0) { weak.contains($1.key) ? $0 + $1.deferrals : $0 }
    for rule in rules {
      if let text = rule.hint { report.hints[rule.id] = Report.Hint(text: text, documentation: rule.documentation) }
    }
  }

  /// Where a journal ends before the period begins, its last event may say what is wrong: the sidecar stands still, or
  /// the journal is another one.
  private func tellLatest(in inputs: [Input], before since: Timestamp, _ console: Console) {
    for case .journal(let directory) in inputs {
      guard let latest = try? JournalReader(directory: directory).latestEvent(), latest < since else { continue }
      console.diagnose(
        "the last event in \(Printable.text(directory, limit: 200)) is of \(period.zone(console).minute(latest)), "
          + "before the period")
    }
  }
}
