import Testing

/// The help is part of the interface: these hold it word for word.
@Suite struct HelpTests {
  @Test(
    arguments: [
      (["--help"], HelpGolden.root), (["help"], HelpGolden.root), ([], HelpGolden.root),
      (["report", "--help"], HelpGolden.report), (["help", "report"], HelpGolden.report),
      (["events", "--help"], HelpGolden.events), (["tail", "--help"], HelpGolden.tail),
      (["dsn", "--help"], HelpGolden.dsn), (["import", "--help"], HelpGolden.importing),
      (["explain", "--help"], HelpGolden.explain),
      (["rules", "--help"], HelpGolden.rules), (["rules", "list", "--help"], HelpGolden.rulesList),
      (["rules", "test", "--help"], HelpGolden.rulesTest), (["rules", "check", "--help"], HelpGolden.rulesCheck),
      (["rules", "suggest", "--help"], HelpGolden.rulesSuggest),
      (["provider", "--help"], HelpGolden.provider),
      (["domain", "--help"], HelpGolden.domain), (["message", "--help"], HelpGolden.message),
      (["recipients", "--help"], HelpGolden.recipients), (["segment", "--help"], HelpGolden.segment),
    ] as [([String], String)])
  func help(_ arguments: [String], _ expected: String) {
    let outcome = Scratch().run(arguments)
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    #expect(outcome.output == expected)
  }

  @Test func version() {
    let outcome = Scratch().run(["--version"])
    #expect(outcome.status == 0)
    #expect(outcome.output == "0.1.0\n")
  }
}
