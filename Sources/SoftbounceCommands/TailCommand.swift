import ArgumentParser
import Bytes
import Journal
import Reporting
import SMTPTypes

/// `softbounce tail`.
struct TailCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "tail",
    abstract: "Follows a journal as it is written, one readable line an event.",
    discussion: """
      Ends with Ctrl-C, or after the last lines with --no-follow. Without DIR it is this machine's journal, \
      /var/lib/softbounce/journal.

      \(ExitStatus.help)
      """)

  @Argument(help: ArgumentHelp("The journal's directory.", valueName: "dir"))
  var directory: String?

  @Option(name: .short, help: ArgumentHelp("Lines of the past to begin with.", valueName: "lines"))
  var number: Int = 10

  @Flag(name: .long, help: "Print the last lines and end.")
  var noFollow = false

  @OptionGroup var period: PeriodOptions

  @Option(name: .long, help: ArgumentHelp("Only events of this type; repeat it for several.", valueName: "type"))
  var type: [String] = []

  @Option(name: .long, help: "text, or json for JSON Lines.")
  var format: OutputFormat = .text

  func validate() throws {
    try EventTypes.validate(type)
    guard (0...1_000_000).contains(number) else {
      throw ValidationError("-n \(number): give a number from 0 to 1000000")
    }
  }

  func run(_ console: Console) throws -> ExitStatus {
    let directory = self.directory ?? SiteConfiguration(console).journal
    let filter = try period.filter(console, [directory])
    let tail = EventTail(
      filter: filter, types: EventTypes(type), format: format, zone: period.zone(console), console: console)
    do {
      // What is written while the past is read comes again in the follower, which knows where the past ended.
      let past = try tail.past(directory, lines: number)
      console.flush()
      let isAnswered = period.isAnswered(filter, console, [directory])
      if noFollow { return tail.sawDamage || !isAnswered ? .unreadable : past == 0 ? .nothingFound : .success }
      let follower = try JournalFollower(directory: directory, from: .after(tail.lastSequence))
      tail.onClosed = { follower.stop() }
      try follower.run { line, position in tail.show(line, position) }
      return tail.sawDamage ? .unreadable : .success
    } catch let error as JournalError {
      if error.code == .noDirectory {
        console.diagnose(
          "no journal in \(Printable.text(directory, limit: 200)); softbounced writes one, and its directory is what to name here"
        )
        return .unreadable
      }
      console.diagnose(Printable.text(error.message, limit: 400))
      return .unreadable
    }
  }
}

/// Renders the events of a journal as they come.
final class EventTail {
  private let filter: EventFilter
  private let types: EventTypes
  private let format: OutputFormat
  private let renderer: EventLineRenderer
  private let console: Console
  private var line = ByteBuffer(capacity: 4096)
  private var shown = ByteBuffer(capacity: 4096)
  /// The last line of the past; nil if there was none.
  private(set) var lastSequence: UInt64?
  /// The past could not be read in whole.
  private(set) var sawDamage = false
  /// Called when standard output takes nothing more.
  var onClosed: () -> Void = {}

  init(filter: EventFilter, types: EventTypes, format: OutputFormat, zone: DisplayZone, console: Console) {
    self.filter = filter
    self.types = types
    self.format = format
    self.console = console
    renderer = EventLineRenderer(
      width: console.isTerminal ? console.width : nil, isColoured: console.isColoured, zone: zone)
  }

  /// Prints the last `count` events that the journal holds and tells how many those were.
  func past(_ directory: String, lines count: Int) throws -> Int {
    let reader = try JournalReader(directory: directory)
    var kept: [String] = []
    var next = 0
    var report = ScanReport()
    // From as far back as it takes: most lines of the past are never asked for.
    var segments = 1
    repeat {
      kept.removeAll()
      next = 0
      report = try reader.scan(since: filter.since, lastSegments: segments) { line, position in
        lastSequence = position.sequence
        guard count > 0, let text = text(line) else { return }
        if kept.count < count {
          kept.append(text)
        } else {
          kept[next] = text
          next = (next + 1) % count
        }
      }
      segments *= 4
    } while (kept.count < count || lastSequence == nil) && report.isPartial
    for text in kept[next...] + kept[..<next] { console.write(text) }
    sawDamage = report.damages > 0
    for damage in report.damage.prefix(10) { console.diagnose(Printable.text(damage.description, limit: 400)) }
    return kept.count
  }

  /// Prints a line that came.
  func show(_ line: borrowing JournalLine, _ position: JournalPosition) {
    guard let text = text(line) else { return }
    console.write(text)
    console.flush()
    if !console.isOpen { onClosed() }
  }

  private func text(_ line: borrowing JournalLine) -> String? {
    switch line {
    case .event(let event):
      guard types.contains(event.type), filter.contains(event.time), filter.matches(event) else { return nil }
      if format == .text { return renderer.line(event) + "\n" }
      self.line.removeAll()
      EventEncoder.append(event, more: false, to: &self.line)
    case .tally(let tally):
      guard types.contains(.tally), format == .json else { return nil }
      self.line.removeAll()
      EventEncoder.append(tally.tally, host: tally.host, to: &self.line)
    case .checkpoint: return nil
    case .unknown: return nil
    }
    shown.removeAll()
    Printable.append(json: self.line.view, to: &shown)
    return String(shown.view)
  }
}
