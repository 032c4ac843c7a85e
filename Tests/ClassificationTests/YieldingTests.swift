import Bytes
import SMTPTypes
import Testing

@testable import Classification

/// A rule for trouble in general leaves a permanent reply alone whose enhanced code says more.
struct YieldingTests {
  private static let classifier = Classifier(layers: [
    RuleFile(
      name: "yielding.yaml",
      text: #"""
        - {id: y-closed, cause: system-busy, yields_to: [5.1.*, 5.7.1], words: [shop closed]}
        - {id: y-else, cause: policy, evidence: reply-code, words: [shop closed]}
        """#)
  ])

  @Test(arguments: [
    ("550 5.1.1 shop closed", nil, "y-else"), ("550-5.1.9 shop 550 5.1.9 closed", nil, "y-else"),
    ("554 5.7.1 shop closed", nil, "y-else"), ("554 5.7.2 shop closed", nil, "y-closed"),
    ("554 5.3.2 shop closed", nil, "y-closed"), ("554 shop closed", nil, "y-closed"),
    // What the MTA recorded counts where the reply has no enhanced code.
    ("550 shop closed", "5.1.1", "y-else"), ("550 shop closed", "5.0.0", "y-closed"),
    // The reply code says whether it is permanent, and the enhanced code where there is none.
    ("450 4.1.1 shop closed", nil, "y-closed"), ("450 5.1.1 shop closed", nil, "y-closed"),
    ("shop closed", "5.1.1", "y-else"), ("shop closed", "4.1.1", "y-closed"), ("shop closed", nil, "y-closed"),
  ] as [(String, String?, String)])
  func leavesToOthers(_ text: String, _ status: String?, _ rule: String) {
    let judge = Judge(classifier: Self.classifier)
    text.withByteView { bytes in
      let recorded = status.flatMap { $0.withByteView { EnhancedStatusCode.scan($0)?.code } }
      let failure = Failure(direction: .outbound, origin: .remote, reply: Reply(parsing: bytes), status: recorded)
      // The second answer comes from memory.
      for _ in 0..<2 { #expect(String(Self.classifier.ruleName(judge.judge(failure).rule)) == rule) }
      #expect(EngineTests.naive(failure, Self.classifier) == judge.judge(failure).rule)
    }
  }

  @Test func changesTheRuleset() {
    func ruleset(_ text: String) -> String { Classifier(layers: [RuleFile(name: "f.yaml", text: text)]).ruleset }
    #expect(
      ruleset("- {id: y, cause: policy, words: [ab], yields_to: [5.1.1]}")
        != ruleset("- {id: y, cause: policy, words: [ab]}"))
  }
}
