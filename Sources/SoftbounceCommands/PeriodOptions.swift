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
    let keys = parsed.contains(where: \.isOnRecipient) ? SiteConfiguration(console).pseudonyms(in: paths) : []
    return EventFilter(
      since: since, until: until, conditions: parsed + pseudonyms(of: parsed, keys),
      hidden: HiddenRecipients(parsed, keys: keys))
  }

  /// The same conditions on the pseudonyms of recipients that are named.
  private func pseudonyms(of conditions: [Condition], _ keys: [Pseudonyms]) -> [Condition] {
    let named = conditions.filter { $0.isOnRecipient && $0.pattern.contains("@") && !$0.pattern.contains("*") }
    return keys.flatMap { key in
      named.flatMap { condition in
        condition.pattern.withByteView { key.addresses(for: $0, message: .empty) }.map { pseudonym in
          Condition(condition.subject, pseudonym, isNegated: condition.isNegated)
        }
      }
    }
  }

  /// To be asked when all is read: false if recipients were met that may be those that were asked for; that is told.
  func isAnswered(_ filter: EventFilter, _ console: Console, _ paths: [String]) -> Bool {
    guard let hidden = filter.hidden, hidden.isAny else { return true }
    if hidden.arePseudonyms {
      console.diagnose(
        "--where: recipients of that domain stand under pseudonyms, and without the key that they were made with, whether "
          + "one is the address can't be told; " + SiteConfiguration(console).remedyForKeys(in: paths))
    } else if hidden.arePatterns {
      console.diagnose(
        "--where: recipients of that domain stand under pseudonyms, which no pattern fits; name the whole address")
    } else {
      console.diagnose("--where: of recipients of that domain only the domain is stored, so that no address is found")
    }
    return false
  }
}

/// How a report or a followed journal looks.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}
