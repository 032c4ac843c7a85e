import Bytes
import SMTPTypes
import Testing

@testable import Classification

/// Regular expressions in rules.
struct PatternTests {
  @Test(arguments: [
    ("blocked using \\S+", [" using "]), ("\\bblocked using", ["blocked using"]), ("^greylist", ["greylist"]),
    ("(over quota|mailbox full)", [" quota", " full"]), ("\\b(?:over quota|mailbox full) now", [" quota", " full"]),
    ("(\\bover quota|\\bmailbox full)!?", ["over quota", "mailbox full"]), ("a*b+ c?d ef", [" ef"]),
    ("try (?=later) again \\d+ times", [" again "]), ("[a-z] listed[^]x]* at", [" listed"]), ("x{2} yes", [" yes"]),
    ("(?i)blocked using", []), ("\\Qblocked using\\E", []), ("foo", []), ("(?:blocked using)? x", []),
    ("\\bs\\d+ (?:error|fault)\\b", []), ("too many|\\brate limit", [" many", "rate limit"]), ("a|", []),
    ("\\bonly \\bfrom", ["only from"]), ("\\bfo+ bar", [" bar"]), ("\\bcode\\.x", ["code.x"]), ("(a", []),
    ("a)b c", []),
    ("\\btool?s are", [" are"]), ("\\bname (?<one>x) value", [" value"]), ("\\x41 longer", []),
    // The bracket ends the class, since [:= is no named one.
    ("[^a[:=]-a|fu0.]+\\{over ", []), ("[[:^alpha:][:digit:]] over it", [" over it"]), ("[[:<:]]over it", []),
  ])
  func requiredPhrases(_ pattern: String, _ expected: [String]) {
    #expect(RequiredPhrases.of(pattern).map(\.text) == expected)
  }

  /// A text that matches holds what is said to be required, for expressions and texts made at random.
  @Test(arguments: 1...4)
  func requiredPhrasesAreRequired(_ seed: UInt64) {
    var random = EngineTests.Generator(state: seed &* 0x9E37_79B9_7F4A_7C15)
    let atoms = ["a", "b", " ", "ab ", "\\b", "^", ".", "[ab]", "\\ ", "\\w", "a b", "$", "(?=a)", "\\s"]
    func expression(_ depth: Int) -> String {
      var text = ""
      for _ in 0..<Int.random(in: 1...5, using: &random) {
        if depth > 0, Int.random(in: 0...3, using: &random) == 0 {
          text += (Bool.random(using: &random) ? "(" : "(?:") + expression(depth - 1) + ")"
        } else {
          text += atoms.randomElement(using: &random) ?? "a"
        }
        text += ["", "", "", "", "*", "+", "?", "{2}", "{0,1}", "+?"].randomElement(using: &random) ?? ""
        if Int.random(in: 0...9, using: &random) == 0 { text += "|" }
      }
      return text
    }
    var withPhrases = 0
    for _ in 0..<2000 {
      guard let tried = try? RegularExpression(expression(2)) else { continue }
      if !tried.required.isEmpty { withPhrases += 1 }
      for _ in 0..<20 {
        let text = String((0..<Int.random(in: 0...14, using: &random)).map { _ in "ab  ab_".randomElement() ?? "a" })
        var normalized = NormalizedText()
        text.withByteView { normalized.normalize($0) }
        guard tried.occurs(in: normalized), !tried.required.isEmpty else { continue }
        let isFound = tried.required.contains { $0.occurs(in: normalized) }
        #expect(
          isFound,
          "\(tried.pattern) matches “\(text)” without \(tried.required.map(\.text))")
      }
    }
    #expect(withPhrases > 20)
  }

  @Test(arguments: ["(", "a{5", "[a", "(?<n>a)(?<n>b)", "x*", "", "\\C", "(*UTF)a", "a\\"])
  func refusesWhatCannotBeUsed(_ pattern: String) {
    let isUsable = (try? RegularExpression(pattern)) != nil
    // A brace that is no quantifier is a brace.
    #expect(isUsable == (pattern == "a{5"))
  }

  @Test func longAndDeepExpressionsAreRefused() {
    for pattern in [
      String(repeating: "a", count: 1001), String(repeating: "(", count: 60) + "a" + String(repeating: ")", count: 60),
      "(((a{1000}){1000}){1000})",
    ] {
      #expect(throws: PatternError.self) { try RegularExpression(pattern) }
    }
  }

  /// An expression that would go on for ages gives up, and says no.
  @Test(arguments: ["^(a+)+$", "(a|aa)+\\d", "(.*)*x\\d", "^(([a-z])+.)+[A-Z]([a-z])+$ "])
  func gaveUpInTime(_ pattern: String) throws {
    let expression = try RegularExpression(pattern)
    var text = NormalizedText()
    String(repeating: "a", count: 4000).withByteView { text.normalize($0) }
    _ = expression.occurs(in: text)
    (String(repeating: "a", count: 4000) + "!").withByteView { text.normalize($0) }
    let isFound = expression.occurs(in: text)
    #expect(!isFound)
  }

  @Test func ruleWithPatterns() {
    let file = RuleFile(
      name: "local.yaml",
      text: #"""
        - id: partner-code
          cause: rate-limited
          patterns: ['\bX-(?:1|2)\d{3}\b']
        - id: partner-wait
          cause: greylisted
          words: [come back]
          patterns: ['in \d+ (minutes|hours)$']
          none_of: [never]
        - id: bad
          cause: policy
          patterns: ['fine', 'not (fine']
        """#)
    #expect(file.rules.map(\.id) == ["partner-code", "partner-wait"])
    #expect(file.errors.first?.description.hasPrefix("local.yaml:11:22: “not (fine” is no regular expression") == true)
    let classifier = Classifier(layers: [file])
    let judge = Judge(classifier: classifier)
    for (text, rule) in [
      ("450 4.7.1 x-1234: too fast", "partner-code"), ("450 4.7.1 x-12345: too fast", nil),
      ("451 Come back   in 5\tMINUTES", "partner-wait"), ("451 Come back in 5 minutes or never in 5 minutes", nil),
      ("451 in 5 minutes", nil), ("451 come back in 5 minutes x", nil),
    ] {
      let verdict = text.withByteView { bytes in
        judge.judge(Failure(direction: .outbound, origin: .remote, reply: Reply(parsing: bytes)))
      }
      let id = classifier.rules[verdict.rule].id
      #expect(id == rule || rule == nil && !id.hasPrefix("partner"), "\(text): \(id)")
    }
  }
}
