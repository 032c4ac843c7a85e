import Testing

@testable import Sidecar

@Suite struct MilterSourceTests {
  @Test(arguments: [
    ("<news.shop.example>", "news.shop.example"), ("Our \"best\" news <news.shop.example>", "news.shop.example"),
    ("news.shop.example", "news.shop.example"), ("broken <", "broken <"), ("empty <>", "empty <>"),
  ])
  func listIdentifiersStandWithoutTheirPhrase(field: String, identifier: String) {
    #expect(MilterSource.listIdentifier(field) == identifier)
  }
}
