// Rules run against the texts that they bring along.

import Bytes
import SMTPTypes

/// Checks a rule by its own texts (`matches`, `rejects`).
public enum RuleCheck {
  /// What is wrong with `rule`: a text that it should match and does not, one that another rule of `classifier` takes
  /// first, one that it should not match and does. Empty when all is well.
  public static func faults(of rule: Rule, in classifier: Classifier) -> [String] {
    var faults: [String] = []
    let judge = Judge(classifier: classifier)
    var normalized = NormalizedText()
    for (text, isWanted) in rule.matches.map({ ($0, true) }) + rule.rejects.map({ ($0, false) }) {
      text.withByteView { bytes in
        (rule.providers.first ?? "").withByteView { provider in
          let failure = rule.sample(bytes, provider: provider)
          normalized.normalize(bytes)
          let isMatched = rule.matches(failure, normalized: normalized)
          if isMatched != isWanted {
            faults.append("rule \(rule.id) \(isWanted ? "does not match" : "matches") “\(text)”")
          } else if isWanted {
            let verdict = judge.judge(failure)
            let winner = classifier.rules[verdict.rule]
            if winner.id != rule.id { faults.append("rule \(winner.id) takes “\(text)” before \(rule.id)") }
          }
        }
      }
    }
    return faults
  }
}

extension Rule {
  /// A failure with `text` that meets this rule's conditions other than codes and phrases.
  func sample(_ text: ByteView, provider: ByteView) -> Failure {
    Failure(
      direction: directions.first ?? .outbound, hop: hops.first ?? .external, origin: origins.first ?? .remote,
      stage: stages.first, reply: Reply(parsing: text), provider: provider)
  }
}
