import Bytes

@testable import Classification

/// A rule's regular expression to the first newline, and a text: where the expression matches, one of the phrases that
/// it is said to need stands in the text, or the rule would never be tried.
func checkPatterns(_ bytes: ByteView) throws(CheckFailure) {
  let end = bytes.firstIndex(of: 0x0A) ?? bytes.count
  guard let pattern = String(validating: bytes.prefix(end).buffer, as: UTF8.self) else { return }
  let expression: RegularExpression
  do throws(PatternError) {
    expression = try RegularExpression(pattern)
  } catch {
    try require(!error.message.isEmpty && error.offset <= end, "no place: \(error)")
    return
  }
  var normalized = NormalizedText()
  for text in [bytes.from(end + 1), bytes.prefix(end)] {
    normalized.normalize(text)
    guard expression.occurs(in: normalized) else { continue }
    let isFound = expression.required.isEmpty || expression.required.contains { $0.occurs(in: normalized) }
    try require(isFound, "“\(normalized.view)” matches without any of \(expression.required.map(\.text))")
  }
}
