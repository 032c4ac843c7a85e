import ArgumentParser
import Bytes
import Classification
import Journal
import Reporting
import SMTPTypes

/// `softbounce rules list`.
struct RulesListCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists the rules in the order in which they are tried.",
    discussion: ExitStatus.help)

  @Option(name: .long, help: ArgumentHelp("Only rules of this cause.", valueName: "cause"))
  var cause: String?

  @Option(
    name: .long, help: ArgumentHelp("Only rules of this provider; any for those of no provider.", valueName: "name"))
  var provider: String?

  @OptionGroup var options: RuleOptions

  @Option(name: .long, help: "text, or json (JSON Lines, all that a rule says).")
  var format: OutputFormat = .text

  func validate() throws {
    if let cause, Cause(name: cause) == nil {
      throw ValidationError(
        "--cause \(Printable.text(cause, limit: 40)): no such cause; one of \(Cause.names.joined(separator: ", "))")
    }
  }

  func run(_ console: Console) throws -> ExitStatus {
    let classifier = try options.source(SiteConfiguration(console)).classifier(console)
    let wanted = cause.flatMap { Cause(name: $0) }
    let shown = classifier.rules.dropLast().filter { rule in
      if let wanted, rule.cause != wanted { return false }
      guard let provider else { return true }
      return provider == "any" ? rule.providers.isEmpty : rule.providers.contains(provider)
    }
    switch format {
    case .text: console.write(RuleListRenderer(width: console.width, isColoured: console.isColoured).render(shown))
    case .json:
      var line = ByteBuffer(capacity: 4096)
      var safe = ByteBuffer(capacity: 4096)
      for rule in shown {
        line.removeAll()
        RuleLine.append(rule, ruleset: classifier.ruleset, to: &line)
        safe.removeAll()
        Printable.append(json: line.view, to: &safe)
        console.write(safe.view)
      }
    }
    return shown.isEmpty ? .nothingFound : .success
  }
}

/// A rule as one line of JSON.
enum RuleLine {
  static func append(_ rule: Rule, ruleset: String, to line: inout ByteBuffer) {
    line.append("{\"id\":")
    text(rule.id, &line)
    member("cause", rule.cause.description, &line)
    member("scope", rule.scope?.description, &line)
    member("evidence", rule.evidence.description, &line)
    member("nonexistent", rule.nonexistent?.description, &line)
    members("direction", rule.directions.map(\.description), &line)
    members("hop", rule.hops.map(\.description), &line)
    members("origin", rule.origins.map(\.description), &line)
    members("provider", rule.providers, &line)
    members("stages", rule.stages.map(\.description), &line)
    members("codes", rule.codes.map(\.description), &line)
    members("enhanced", rule.enhanced.map(\.description), &line)
    members("yields_to", rule.yieldsTo.map(\.description), &line)
    members("signature", rule.signature.map(\.description), &line)
    members("words", rule.anyOf.map(\.description), &line)
    members("all_of", rule.allOf.map(\.description), &line)
    members("none_of", rule.noneOf.map(\.description), &line)
    members("patterns", rule.patterns.map(\.pattern), &line)
    member("hint", rule.hint, &line)
    member("documentation", rule.documentation, &line)
    member("source", rule.source, &line)
    if let helps = rule.retryHelps ?? rule.cause.retryHelps {
      line.append(helps ? ",\"retry_helps\":true" : ",\"retry_helps\":false")
    }
    members("matches", rule.matches, &line)
    members("rejects", rule.rejects, &line)
    member("file", rule.file, &line)
    line.append(",\"line\":")
    line.append(decimal: rule.line)
    member("ruleset", ruleset, &line)
    line.append("}\n")
  }

  private static func text(_ value: String, _ line: inout ByteBuffer) {
    value.withByteView { line.append(json: $0) }
  }

  private static func member(_ key: StaticString, _ value: String?, _ line: inout ByteBuffer) {
    guard let value else { return }
    name(key, &line)
    text(value, &line)
  }

  private static func members(_ key: StaticString, _ values: [String], _ line: inout ByteBuffer) {
    guard !values.isEmpty else { return }
    name(key, &line)
    for (index, value) in values.enumerated() {
      line.append(UInt8(ascii: index == 0 ? "[" : ","))
      text(value, &line)
    }
    line.append(UInt8(ascii: "]"))
  }

  private static func name(_ key: StaticString, _ line: inout ByteBuffer) {
    line.append(",\"")
    line.append(key)
    line.append("\":")
  }
}
