import Bytes
import SMTPTypes
import Testing

@testable import Classification

/// Each rule of ours, by the texts that it brings along.
struct BuiltInRuleTests {
  static let classifier = Classifier.builtIn()

  @Test func everyRuleIsSound() {
    #expect(RuleFile.builtIn().flatMap(\.errors) == [])
    #expect(Self.classifier.errors == [])
    let ids = Self.classifier.rules.map(\.id)
    #expect(Set(ids).count == ids.count)
  }

  /// The texts of ours are real YAML, and the quick reader sees in them what a full parser sees.
  @Test(arguments: BuiltInRules.all.indices)
  func isYAML(_ index: Int) throws {
    let source = BuiltInRules.all[index]
    let text = ByteView(source.text)
    let quick = try RuleReader.drafts(name: source.name, text: text)
    let full = try RuleFile.drafts(name: source.name, text: String(text))
    #expect(full.errors == [])
    #expect(quick == full.drafts)
  }

  @Test(arguments: classifier.rules.indices)
  func ownTexts(_ index: Int) {
    let rule = Self.classifier.rules[index]
    for fault in RuleCheck.faults(of: rule, in: Self.classifier) { Issue.record("\(rule.file):\(rule.line): \(fault)") }
    if rule.id == "unclassified" { return }
    #expect(!rule.matches.isEmpty, "\(rule.id) has no text that it must match")
    // A rule for a point of the session alone takes any text.
    let looksAtText = !(rule.anyOf + rule.allOf).isEmpty || !rule.enhanced.isEmpty || !rule.codes.isEmpty
    #expect(!looksAtText || !rule.rejects.isEmpty, "\(rule.id) has no text that it must not match")
  }
}
