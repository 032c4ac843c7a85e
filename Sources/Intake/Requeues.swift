import Bytes

/// Which queue ids messages had one after the other: events of the journal were written under the ids of their time, and
/// a delivery that was under way when its message was requeued is logged under the old one.
struct Requeues {
  private struct Step {
    var next: String
    /// When the file under the old id came to be, as its lines told, microseconds since 1970.
    var arrival: Int64?
  }

  private var steps: [String: Step] = [:]
  /// Requeues that are remembered.
  private static let limit = 100_000
  /// Requeues of one message that are followed.
  private static let lengthLimit = 16

  var isEmpty: Bool { steps.isEmpty }

  /// - Parameter arrival: when the file under the old id came to be, if a line has told.
  mutating func note(_ old: ByteView, becomes new: ByteView, arrival: Int64?) {
    if steps.count >= Requeues.limit { steps.removeAll(keepingCapacity: true) }
    steps[String(old)] = Step(next: String(new), arrival: arrival)
  }

  /// What `body` gives first of the ids that the message which had `queueID` got since.
  ///
  /// - Parameter arrival: when its file came to be under that id; nil if that may have been at any time.
  func later(than queueID: ByteView, arrival: Int64? = nil, _ body: (ByteView) -> Int?) -> Int? {
    guard !steps.isEmpty else { return nil }
    var step = steps[String(queueID)]
    if let arrival {
      guard let known = step?.arrival, abs(known - arrival) <= Life.tolerance else { return nil }
    }
    for _ in 0..<Requeues.lengthLimit {
      guard let id = step?.next else { return nil }
      if let found = id.withByteView(body) { return found }
      step = steps[id]
    }
    return nil
  }
}
