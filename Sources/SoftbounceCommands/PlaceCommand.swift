import ArgumentParser
import Reporting
import SMTPTypes

/// What `softbounce provider` and `softbounce domain` have in common.
struct PlaceOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("Journals' directories, mail logs, or -.", valueName: "path"))
  var paths: [String] = []

  @OptionGroup var period: PeriodOptions

  @Option(
    name: .long, help: ArgumentHelp("Length of a line of the story: hour, day or week; else what fits.", valueName: "step"))
  var step: Step?

  @Option(name: .long, help: ArgumentHelp("Rows of a table, 1 to 10000.", valueName: "rows"))
  var top: Int = 5

  @Option(name: .long, help: "text, or json with stable keys.")
  var format: OutputFormat = .text

  enum Step: String, ExpressibleByArgument, CaseIterable {
    case hour, day, week
    var calendarStep: CalendarStep {
      switch self {
      case .hour: .hours(1)
      case .day: .day
      case .week: .week
      }
    }
  }

  func validate() throws {
    guard (1...10_000).contains(top) else { throw ValidationError("--top \(top): give a number from 1 to 10000") }
  }

  static let discussion = """
    By hour or by day: attempts, deferrals and their rate, recipients put off and how they ended, how many are open, and \
    the main cause; then causes, replies, and whose mail it concerns. Recipients that were put off up to \
    \(Int(QueueLifetime.lookBack / 86_400)) days before the period count as open when it begins. Days begin at 00:00 of this machine's zone (with \
    --utc of UTC), weeks on Monday. Of a period that is past it says how it was at its end; how recipients ended is \
    looked for up to 30 days later. PATH is a journal's directory, a mail log, a file \
    of events, or - for standard input. Without a PATH it is this machine's journal.

    An hour of trouble has at least \(Int(PlaceStory.troubleRate * 100))% of its attempts put off; trouble is over after \
    \(PlaceStory.quietHours) hours without. It is getting worse or better if the rates of its two halves differ more \
    than chance allows (Fisher's exact test, 1%).

    \(ExitStatus.help)
    """

  func run(_ kind: PlaceStory.Kind, _ name: String, _ console: Console) throws -> ExitStatus {
    var filter = try period.filter(console, paths)
    let key = name.lowercased()
    let field: EventField = kind == .provider ? .provider : .domain
    filter = EventFilter(
      since: filter.since, until: filter.until, conditions: filter.conditions + [Condition(.field(field), key)],
      hidden: filter.hidden)
    let zone = period.zone(console)
    let grid = HourGrid(zone: zone, since: filter.since, until: filter.until)
    let fields: [EventField] = [.cause, .provider, .domain, .reply, .senderDomain, .user]
    var settings = Aggregation.Options(filter: filter)
    settings.cuts = Set(fields)
    settings.grid = grid
    let aggregation = Aggregation(options: settings)
    let timeline = PlaceTimeline(filter: filter, grid: grid)
    let site = SiteConfiguration(console)
    let (inputs, unresolved) = Inputs.resolve(paths, site, console)
    if inputs.isEmpty { return .unreadable }
    let reader = InputReader(
      sink: TeeSink([aggregation, timeline]),
      since: filter.alignedToMinutes().since?.advanced(by: -QueueLifetime.lookBack),
      until: filter.alignedToMinutes().until?.advanced(by: ReportCommand.patience), ownMachine: site.ownMachine,
      classifier: site.classifier(console), journaldMatches: site.journaldMatches, console: console)
    reader.read(inputs) { aggregation.endSource() }
    var cuts: [ReportOptions.Cut] = fields.map { .field($0) }
    cuts.insert(.tag(nil), at: fields.count - 1)
    var report = aggregation.report(ReportOptions(top: top, by: cuts))
    report.inputs = inputs.map(\.name)
    let story = PlaceStory(
      kind, key, report: report, timeline: timeline, zone: zone, step: step?.calendarStep, now: console.now)
    switch format {
    case .text:
      let renderer = TextRenderer(
        width: console.width, isColoured: console.isColoured, isUnicode: console.isUnicode, zone: zone)
      console.write(renderer.render(story))
    case .json: console.write(PlaceJSON().render(story))
    }
    let isAnswered = period.isAnswered(filter, console, paths)
    if reader.failed || unresolved || !isAnswered { return .unreadable }
    if story.isEmpty {
      let text = Printable.text(key, limit: 80)
      console.diagnose("nothing about \(text) in this period; softbounce report --by \(kind.rawValue) has the names")
    }
    return story.isEmpty ? .nothingFound : .success
  }
}

/// `softbounce provider`.
struct ProviderCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "provider", abstract: "One provider's story over time: since when, how bad, whose mail.",
    discussion: PlaceOptions.discussion)

  @Argument(help: ArgumentHelp("A provider's name, as reports show it.", valueName: "name"))
  var name: String

  @OptionGroup var options: PlaceOptions

  func run(_ console: Console) throws -> ExitStatus { try options.run(.provider, name, console) }
}

/// `softbounce domain`.
struct DomainCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "domain", abstract: "One recipient domain's story over time.", discussion: PlaceOptions.discussion)

  @Argument(help: ArgumentHelp("A recipient domain.", valueName: "name"))
  var name: String

  @OptionGroup var options: PlaceOptions

  func run(_ console: Console) throws -> ExitStatus { try options.run(.domain, name, console) }
}
