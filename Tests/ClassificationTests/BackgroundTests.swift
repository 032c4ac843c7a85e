import Testing

@testable import Classification

@Suite struct BackgroundTests {
  @Test func givesWhatTheOtherThreadMade() {
    let values = (0..<20).map { number in Background { [Int](repeating: number, count: number) } }
    #expect(values.map { $0.take() } == (0..<20).map { [Int](repeating: $0, count: $0) })
  }

  /// Nobody takes it; the thread still has what it needs.
  @Test func mayBeLeftAlone() {
    for number in 0..<20 { _ = Background { "\(number)" } }
    #expect(Background { "taken" }.take() == "taken")
  }

  @Test func ownRulesStandInTheOrderOfTheirFiles() {
    #expect(RuleFile.builtIn().map(\.name) == BuiltInRules.all.map { "built-in/\($0.name)" })
    #expect(RuleFile.builtIn().allSatisfy { $0.errors.isEmpty && !$0.rules.isEmpty })
  }
}
