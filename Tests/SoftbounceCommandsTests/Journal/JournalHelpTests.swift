import Testing

/// The help of `softbounce journal`, word for word.
@Suite struct JournalHelpTests {
  @Test(
    arguments: [
      (["journal"], JournalHelpGolden.root), (["journal", "--help"], JournalHelpGolden.root),
      (["journal", "stats", "--help"], JournalHelpGolden.stats),
      (["journal", "verify", "--help"], JournalHelpGolden.verify),
      (["journal", "rejudge", "--help"], JournalHelpGolden.rejudge),
      (["journal", "export", "--help"], JournalHelpGolden.export),
      (["journal", "prune", "--help"], JournalHelpGolden.prune),
      (["journal", "forget", "--help"], JournalHelpGolden.forget),
    ] as [([String], String)])
  func help(_ arguments: [String], _ expected: String) {
    let outcome = Scratch().run(arguments)
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    #expect(outcome.output == expected)
  }
}
