import Bytes

/// Which queue ids messages had one after the other, as a warm-up has shown: events of the journal were written under
/// the ids of their time.
struct Requeues {
  /// What each id became last.
  private var next: [String: String] = [:]
  /// Requeues that are remembered.
  private static let limit = 100_000
  /// Requeues of one message that are followed.
  private static let lengthLimit = 16

  mutating func note(_ old: ByteView, becomes new: ByteView) {
    guard next.count < Requeues.limit else { return }
    next[String(old)] = String(new)
  }

  /// What `body` gives first of the ids that the message which had `queueID` got since.
  func later(than queueID: ByteView, _ body: (ByteView) -> Int?) -> Int? {
    guard !next.isEmpty else { return nil }
    var later = next[String(queueID)]
    for _ in 0..<Requeues.lengthLimit {
      guard let id = later else { return nil }
      if let found = id.withByteView(body) { return found }
      later = next[id]
    }
    return nil
  }
}
