/// Problems with inputs, told on standard error: the first ten, then how many more there were, so that a thousand
/// unreadable files don't bury the answer.
final class Diagnostics {
  private static let limit = 10

  private let console: Console
  private(set) var count = 0

  init(_ console: Console) { self.console = console }

  /// `text` is a line for people; untrusted parts must be escaped by the caller.
  func tell(_ text: String) {
    count += 1
    if count <= Diagnostics.limit { console.diagnose(text) }
  }

  /// Says how many were not told.
  func conclude() {
    if count > Diagnostics.limit { console.diagnose("\(count - Diagnostics.limit) further problems not shown") }
  }
}
