import ArgumentParser
import Bytes
import Classification
import Glibc
import Intake
import Journal
import Reporting
import SMTPTypes

/// `softbounce journal rejudge`.
struct JournalRejudgeCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "rejudge",
    abstract: "Applies today's rules to a journal: what would change, and a journal in which it has.",
    discussion: """
      Without --into nothing is written: it tells how many verdicts today's rules, the site's and ours, would change, \
      from what to what. (softbounce report --rejudge shows a whole report so.)

      With --into a second journal is made, with every event judged anew and naming the version of the rules that did; \
      the first stays as it is, because an event is never changed. softbounced must not be running. It is there whole \
      or not at all. Then:

        mv JOURNAL JOURNAL.old && mv NEW JOURNAL

      The old one then is a second copy of people's addresses: softbounce journal forget has to be told of it.

      What stays as it was: minutes' counts of rejections that have no event each, and the causes of expirations whose \
      last failure the journal no longer has.

      \(ExitStatus.help)
      """)

  @OptionGroup var journal: JournalDirectory

  @Option(
    name: .long, help: ArgumentHelp("Where the new journal is made; must not be there.", valueName: "directory"))
  var into: String?

  @OptionGroup var options: RuleOptions

  @Option(name: .long, help: "text, or json.")
  var format: OutputFormat = .text

  func run(_ console: Console) throws -> ExitStatus {
    let site = SiteConfiguration(console)
    let directory = journal.path(site)
    let classifier = try options.source(site).classifier(console)
    let rejudge = EventRejudge(classifier: classifier)
    var events = 0
    let found: ScanReport
    do {
      if let into {
        var target = into
        while target.utf8.count > 1, target.hasSuffix("/") { target.removeLast() }
        let meter = ProgressMeter(console)
        defer { meter.clear() }
        let copied = try JournalCopy.make(of: directory, at: target, progress: meter.showSegments) { event in
          events += 1
          return rejudge.judge(&event)
        }
        found = copied.scan
      } else {
        found = try JournalReader(directory: directory).scan { line, _ in
          switch line {
          case .event(let event):
            events += 1
            var judged = copy event
            rejudge.judge(&judged)
          case .tally: break
          case .checkpoint: break
          case .unknown: break
          }
        }
      }
    } catch let error as JournalError {
      console.diagnose(error, journal: directory)
      return .unreadable
    }
    let summary = RejudgeSummary(rejudge, events: events, into: into)
    console.write(format == .json ? summary.json : summary.text)
    for damage in found.damage.prefix(10) { console.diagnose(Printable.text(damage.description, limit: 400)) }
    if found.damages > 0 { return .unreadable }
    return rejudge.judged == 0 ? .nothingFound : .success
  }
}

/// What rejudging did, or would do.
struct RejudgeSummary {
  private let rejudge: EventRejudge
  private let events: Int
  private let into: String?

  init(_ rejudge: EventRejudge, events: Int, into: String?) {
    self.rejudge = rejudge
    self.events = events
    self.into = into
  }

  /// From what to what, the most frequent first.
  private var changes: [(from: String, to: String, count: Int)] {
    rejudge.changes.map { ($0.key.from?.description ?? "none", $0.key.to.description, $0.value) }
      .sorted { ($1.count, $0.from, $0.to) < ($0.count, $1.from, $1.to) }
  }

  var text: String {
    let changes = changes
    let causes = changes.reduce(0) { $0 + $1.count }
    let ruleset = rejudge.classifier.ruleset
    let would = into == nil ? "would change" : "changed"
    var text = "\(events) events, \(rejudge.judged) with a verdict, by ruleset \(ruleset): \(causes) causes \(would)"
    text += ", \(rejudge.changed - causes) more in scope, rule or wait alone.\n"
    if !changes.isEmpty { text += "\n" }
    let width = changes.map { String($0.count).utf8.count }.max() ?? 0
    for change in changes {
      let count = String(change.count)
      text +=
        "  " + String(repeating: " ", count: width - count.utf8.count) + count + "  \(change.from) → \(change.to)\n"
    }
    if let into {
      text += "\nThe new journal is in \(Printable.text(into, limit: 300)).\n"
    } else if rejudge.changed > 0 {
      text += "\nNothing was written; --into DIRECTORY makes a journal in which it is.\n"
    }
    return text
  }

  var json: String {
    var line = ByteBuffer(capacity: 1024)
    line.append("{\"events\":\(events),\"judged\":\(rejudge.judged),\"changed\":\(rejudge.changed),\"ruleset\":\"")
    line.append(rejudge.classifier.ruleset)
    line.append("\",\"changes\":[")
    for (index, change) in changes.enumerated() {
      if index > 0 { line.append(UInt8(ascii: ",")) }
      line.append("{\"from\":\"\(change.from)\",\"to\":\"\(change.to)\",\"count\":\(change.count)}")
    }
    line.append("]")
    if let into {
      line.append(",\"into\":")
      into.withByteView { line.append(json: $0) }
    }
    line.append("}\n")
    return String(line.view)
  }
}
