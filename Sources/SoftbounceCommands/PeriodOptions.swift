import ArgumentParser
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

  func filter(_ console: Console) throws(FilterError) -> EventFilter {
    let zone = zone(console)
    let now = console.now
    var since: Timestamp?
    var until: Timestamp?
    if let text = self.since { since = try TimeExpression.parse(text, now: now, zone: zone) }
    if let text = self.until { until = try TimeExpression.parse(text, now: now, zone: zone) }
    if let since, let until, since >= until { throw FilterError.emptyPeriod }
    var parsed: [Condition] = []
    for text in conditions { parsed.append(try Condition(parsing: text)) }
    return EventFilter(since: since, until: until, conditions: parsed)
  }
}

/// How a report or a followed journal looks.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}
