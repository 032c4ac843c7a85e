import Bytes
import SMTPTypes

/// Which queue ids a message had one after the other, as far as reading back the journal has to know: its events were
/// written under the id of their time.
struct Requeues {
  private struct Step {
    var queueID: String
    var time: Timestamp
  }

  /// Old ids and what they became last, from the log.
  private var next: [String: String] = [:]
  /// New ids and what they had been last, from the log.
  private var former: [String: Step] = [:]
  /// The last id of each open recipient's course, from the journal.
  private var last: [UInt64: String] = [:]
  /// Requeues that are remembered.
  private static let limit = 100_000

  /// What stays the same over a requeue: the id that the message had first, the arrival of its life, the recipient
  /// and the alias that led to it.
  static func course(
    _ host: Int, _ firstQueueID: ByteView, _ arrival: Timestamp?, _ recipient: ByteView, original: ByteView?
  ) -> UInt64 {
    var course = UInt64(bitPattern: arrival?.microseconds ?? 0) &+ UInt64(truncatingIfNeeded: host)
    course = course &* 0x9E37_79B9_7F4A_7C15 ^ firstQueueID.tableHash
    course = course &* 0x9E37_79B9_7F4A_7C15 ^ recipient.tableHash
    guard let original else { return course }
    return course &* 0x9E37_79B9_7F4A_7C15 ^ original.tableHash
  }

  mutating func note(_ old: ByteView, becomes new: ByteView, at time: Timestamp) {
    guard next.count < Requeues.limit, former.count < Requeues.limit else { return }
    let (old, new) = (String(old), String(new))
    next[old] = new
    former[new] = Step(queueID: old, time: time)
  }

  func nextID(of old: String) -> String? { next[old] }

  var isEmpty: Bool { next.isEmpty }

  /// True if the log showed at `time` how `old` became `new`, and no other message become `new` since.
  func saw(_ old: ByteView, become new: ByteView, at time: Timestamp) -> Bool {
    guard !former.isEmpty, let step = former[String(new)] else { return false }
    return step.time == time && step.queueID.withByteView { $0 == old }
  }

  mutating func note(_ course: UInt64, _ queueID: ByteView) { last[course] = String(queueID) }
  mutating func forget(_ course: UInt64) { last[course] = nil }
  func lastID(of course: UInt64) -> String? { last[course] }
}
