import ArgumentParser
import Classification
import Reporting

/// `softbounce rules test`.
struct RulesTestCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Runs the texts that each rule must and must not take, ours and the site's.",
    discussion: """
      A text of `matches` must be taken by its rule and by none before it; a text of `rejects` must not be taken.

      Exit status: 0 all is as the rules say; 2 wrong usage; 4 something is not, or a rule was refused.
      """)

  @OptionGroup var options: RuleOptions

  @Option(name: .long, help: "text, or json (JSON Lines, one for each fault).")
  var format: OutputFormat = .text

  func run(_ console: Console) throws -> ExitStatus {
    let classifier = try Classifier(layers: options.source(SiteConfiguration(console)).files())
    var findings = classifier.errors.map { RuleFinding($0) }
    var texts = 0
    for rule in classifier.rules {
      texts += rule.matches.count + rule.rejects.count
      findings += RuleCheck.faults(of: rule, in: classifier).map {
        RuleFinding(.error, file: rule.file, line: rule.line, $0)
      }
    }
    RuleFinding.print(findings, format, console)
    if format == .text {
      let verdict = findings.isEmpty ? "all as they should be" : "\(findings.count) not as they should be"
      console.write("\(classifier.rules.count - 1) rules, \(texts) texts: \(verdict)\n")
    }
    return findings.isEmpty ? .success : .faultsFound
  }
}
