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

  /// What YAML reads in another way, or not at all, is no text of the quick reader's.
  @Test(arguments: [
    "- ids :om:", "- id:om", "- id: a:", "- Id: a", "- - id: a", "- 'id': a", "- id: a\n  id: b", "- id: -a", "- id: ~",
    "- words: [a\n  b]", "- words: [a,,b]", "- words: [a: b]", "- words: [a{b]", "- words: [a]\n    - b",
    "- id: a\u{85}b", "- id: 'a\u{1}'", "- id: a\tb", "# \u{7F}\n- id: a", "- id: a\u{2028}b", "\u{FEFF}- id: a", "- id: a #b", "- id: 'a' b",
  ])
  func onlyTheSubset(_ text: String) {
    #expect(throws: RuleError.self) { try text.withByteView { try RuleReader.drafts(name: "f", text: $0) } }
  }

  @Test func theSubsetHasEveryLanguage() throws {
    let text = "- id: \u{E9}t\u{E9}\n  words: [\u{42F}\u{449}\u{438}\u{43A}, '\u{90AE}\u{7BB1}\u{1F4EB}']\n"
    #expect(try text.withByteView { try RuleReader.drafts(name: "f", text: $0) } == RuleFile.drafts(name: "f", text: text).drafts)
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

  /// One phrase that may start within a word costs every text a look at each of its bytes.
  @Test func phrasesStartWithWords() {
    for rule in Self.classifier.rules {
      for phrase in rule.anyOf + rule.allOf + rule.noneOf + rule.signature where !phrase.startsWord {
        #expect(phrase.text.utf8.first?.isASCIIWordByte == false, "\(rule.id): '*\(phrase.text)'")
      }
    }
  }
}
