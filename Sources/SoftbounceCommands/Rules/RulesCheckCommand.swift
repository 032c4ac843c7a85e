import ArgumentParser
import Classification
import Reporting

/// `softbounce rules check`.
struct RulesCheckCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks rule files before they are put into rules.d.",
    discussion: """
      Says what is wrong with file, line and column, which rules would be refused (the others load), and runs their \
      texts beside our rules. Warnings are about what works but could be better.

      Exit status: 0 no error; 2 wrong usage; 3 a file could not be read; 4 errors.
      """)

  @Argument(help: ArgumentHelp("Rule files.", valueName: "file"))
  var files: [String]

  @Option(name: .long, help: "text, or json (JSON Lines, one for each finding).")
  var format: OutputFormat = .text

  func validate() throws {
    if files.isEmpty { throw ValidationError("name a rule file, such as /etc/softbounce/rules.d/local.yaml") }
  }

  func run(_ console: Console) throws -> ExitStatus {
    let read = files.map { RuleFile(path: $0) }
    let classifier = Classifier(layers: read)
    let providers = Set(ProviderMap().providers)
    let own = Set(Classifier.builtIn().rules.map(\.id))
    var failed = false
    var faulty = false
    for file in read {
      // A file that can't be read is an error without a line.
      failed = failed || file.errors.contains { $0.line == 0 }
      var findings = (file.errors + classifier.errors.filter { $0.file == file.name && !file.errors.contains($0) })
        .map { RuleFinding($0) }
      for rule in file.rules {
        findings += RuleCheck.faults(of: rule, in: classifier).map {
          RuleFinding(.error, file: file.name, line: rule.line, $0)
        }
        findings += Self.advice(rule, providers, own).map {
          RuleFinding(.warning, file: file.name, line: rule.line, $0)
        }
      }
      findings.sort { ($0.line, $0.column) < ($1.line, $1.column) }
      let errors = findings.count { $0.severity == .error }
      faulty = faulty || errors > 0
      RuleFinding.print(findings, format, console)
      guard format == .text else { continue }
      let name = Printable.text(file.name, limit: 200)
      console.write(
        "\(name): \(file.rules.count) rule\(file.rules.count == 1 ? "" : "s") would load, \(errors) error"
          + "\(errors == 1 ? "" : "s")\n")
    }
    return failed ? .unreadable : faulty ? .faultsFound : .success
  }

  private static func advice(_ rule: Rule, _ providers: Set<String>, _ own: Set<String>) -> [String] {
    var advice: [String] = []
    if own.contains(rule.id) { advice.append("rule \(rule.id) replaces the built-in rule of that id") }
    for name in rule.providers where !providers.contains(name) {
      advice.append(
        "rule \(rule.id): no provider of the built-in map is called “\(name)”; right only if it is the registrable "
          + "domain of their relays")
    }
    if rule.matches.isEmpty {
      advice.append("rule \(rule.id) has no `matches`: a text that it must take, run as a test, keeps it honest")
    }
    if rule.anyOf.isEmpty, rule.allOf.isEmpty {
      for pattern in rule.patterns where pattern.required.isEmpty {
        advice.append(
          "rule \(rule.id): no word that “\(pattern.pattern)” can't do without was found, so it is tried on every "
            + "reply; words or all_of beside it, or \\b before a literal word, make it cheap")
      }
    }
    return advice
  }
}
