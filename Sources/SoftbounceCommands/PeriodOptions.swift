import ArgumentParser
import Bytes
import Privacy
import Reporting
import SMTPTypes

/// Which events: a period and conditions.
struct PeriodOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "From when on: 90m, 24h, 7d (ago); today, yesterday, 2026-11-23 (their 00:00); '2026-11-23 14:30'; RFC 3339.",
      valueName: "time"))
  var since: String?

  @Option(name: .long, help: ArgumentHelp("Until when, in the same forms.", valueName: "time"))
  var until: String?

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp(
      """
      Only events with this: key=value or key!=value, '*' for anything, tag.NAME for a tag. Repeat it: the same key \
      with other values adds them, another key narrows.
      """, valueName: "condition"))
  var conditions: [String] = []

  @Flag(name: .long, help: "Read and show times in UTC instead of this machine's zone.")
  var utc = false

  func zone(_ console: Console) -> DisplayZone { utc ? .utc : console.zone }

  /// - Parameter paths: what is read, as far as the command line names it.
  func filter(_ console: Console, _ paths: [String]) throws(FilterError) -> EventFilter {
    let zone = zone(console)
    let now = console.now
    var since: Timestamp?
    var until: Timestamp?
    if let text = self.since { since = try TimeExpression.parse(text, now: now, zone: zone) }
    if let text = self.until { until = try TimeExpression.parse(text, now: now, zone: zone) }
    if let since, let until, since >= until { throw FilterError.emptyPeriod }
    var parsed: [Condition] = []
    for text in conditions { parsed.append(try Condition(parsing: text)) }
    return EventFilter(since: since, until: until, conditions: parsed + pseudonyms(of: parsed, paths, console))
  }

  /// The same conditions on the pseudonyms of recipients that are named, where there are some and their key can be
  /// read.
  private func pseudonyms(of conditions: [Condition], _ paths: [String], _ console: Console) -> [Condition] {
    let named = conditions.filter { condition in
      switch condition.subject {
      case .field(.recipient), .field(.originalRecipient):
        condition.pattern.contains("@") && !condition.pattern.contains("*")
      default: false
      }
    }
    guard !named.isEmpty else { return [] }
    return SiteConfiguration(console).pseudonyms(in: paths).flatMap { pseudonyms in
      named.map { condition in
        let pseudonym = condition.pattern.withByteView { pseudonyms.address(for: $0, message: .empty) }
        return Condition(condition.subject, pseudonym, isNegated: condition.isNegated)
      }
    }
  }
}

/// How a report or a followed journal looks.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}
