import ArgumentParser
import Bytes
import Classification
import Intake
import Journal
import Reporting
import SMTPTypes

/// `softbounce rules suggest`.
struct RulesSuggestCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "suggest",
    abstract: "Drafts rules for the replies that no rule knows.",
    discussion: """
      Reads a journal or mail logs as softbounce report does, judges everything by today's rules, and writes a rule \
      file for the most frequent replies that no rule knows, then for those that were judged by their reply code \
      alone. Give each draft a cause; softbounce rules check FILE then takes it.

      \(ExitStatus.help)
      """)

  @Argument(help: ArgumentHelp("Journals' directories, mail logs, or -.", valueName: "path"))
  var paths: [String] = []

  @OptionGroup var period: PeriodOptions

  @Option(name: .long, help: ArgumentHelp("Drafts to write, 1 to 1000.", valueName: "count"))
  var top: Int = 10

  @OptionGroup var options: RuleOptions

  @Option(name: .long, help: "text for a rule file, or json (JSON Lines of templates, counts and examples).")
  var format: OutputFormat = .text

  func validate() throws {
    guard (1...1000).contains(top) else { throw ValidationError("--top \(top): give a number from 1 to 1000") }
  }

  func run(_ console: Console) throws -> ExitStatus {
    let filter = try period.filter(console, paths)
    let site = SiteConfiguration(console)
    let classifier = try options.source(site).classifier(console)
    let (inputs, unresolved) = Inputs.resolve(paths, site, console)
    if inputs.isEmpty { return .unreadable }
    let collector = UnknownCollector(classifier: classifier, filter: filter)
    let reader = InputReader(
      sink: RejudgingSink(classifier: classifier, next: collector), since: filter.since,
      ownMachine: site.ownMachine, classifier: classifier, console: console)
    reader.read(inputs)
    let found = collector.replies.top(top)
    switch format {
    case .text: console.write(RuleSuggestion.file(found, of: collector.replies))
    case .json: for reply in found { printJSON(reply, console) }
    }
    let isAnswered = period.isAnswered(filter, console, paths)
    if reader.failed || unresolved || !isAnswered { return .unreadable }
    return found.isEmpty ? .nothingFound : .success
  }

  private func printJSON(_ reply: UnknownReply, _ console: Console) {
    var line = ByteBuffer(capacity: 2048)
    line.append("{\"template\":")
    reply.template.withByteView { line.append(json: $0) }
    line.append(",\"count\":")
    line.append(decimal: reply.count)
    line.append(",\"direction\":\"")
    line.append(reply.direction.name)
    line.append("\"")
    for (key, value) in [("provider", reply.provider), ("rule", reply.rule), ("example", reply.example)] {
      guard let value else { continue }
      line.append(",\"\(key)\":")
      value.withByteView { line.append(json: $0) }
    }
    line.append("}\n")
    var safe = ByteBuffer(capacity: 2048)
    Printable.append(json: line.view, to: &safe)
    console.write(safe.view)
  }
}

/// Collects the replies that no rule knows, or that only their code judged.
private final class UnknownCollector: EventSink {
  let replies = UnknownReplies()
  private let filter: EventFilter
  private let weak: Set<String>

  init(classifier: Classifier, filter: EventFilter) {
    self.filter = filter
    weak = Set(classifier.rules.filter { $0.evidence >= .replyCode }.map(\.id))
  }

  func receive(_ event: borrowing Event) {
    switch event.type {
    case .transientFailure, .rejection, .delayNotice: break
    default: return
    }
    guard filter.contains(event.time), filter.matches(event), let reply = event.reply, !reply.text.isEmpty else {
      return
    }
    if event.cause == .unclassified {
      replies.add(event)
    } else if let rule = event.rule, weak.contains(String(rule)) {
      replies.add(event, rule: rule)
    }
  }

  func receive(_ tally: borrowing Tally, host: String) {}
}
