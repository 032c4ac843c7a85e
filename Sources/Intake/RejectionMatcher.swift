// Pairs what the milter and the log say of the same rejected recipient.

import Bytes
import SMTPTypes

/// Rejections that wait for their other half: same client, sender and recipient, within two seconds, one to one.
///
/// A log rejection waits for the milter at most `patience`, since smtpd logs it just before it tells the milter; a
/// milter's waits until the log has passed its time by five seconds. Each side holds at most `limit`; beyond, an
/// event is given out unpaired at once.
struct RejectionMatcher {
  /// Seconds between the two views of one rejection.
  static let tolerance = 2.0
  /// Seconds of the log's own time that a log rejection waits for the milter.
  static let patience = 2.0
  /// Seconds by which the log has to pass a milter's rejection before it stands alone.
  static let lateness = 5.0
  static let limit = 20_000

  /// A log rejection: its event's journal line while it waits, nil once that was given out.
  struct Logged {
    var key: UInt64
    var time: Timestamp
    var host: Int
    var line: [UInt8]?
  }

  struct Observed {
    var key: UInt64
    var rejection: ObservedRejection
  }

  private(set) var logged: [Logged] = []
  private(set) var observed: [Observed] = []

  static func key(client: ByteView, sender: ByteView, recipient: ByteView) -> UInt64 {
    client.hash64 &* 31 &+ sender.hash64 &* 0x9E37_79B9_7F4A_7C15 &+ recipient.hash64
  }

  /// Takes the milter's view of a log rejection at `time` out of those that wait.
  mutating func takeObserved(_ key: UInt64, at time: Timestamp) -> ObservedRejection? {
    guard
      let index = observed.firstIndex(where: {
        $0.key == key && abs($0.rejection.time.since(time)) <= RejectionMatcher.tolerance
      })
    else { return nil }
    return observed.remove(at: index).rejection
  }

  /// Takes the log's view of a milter rejection at `time`, waiting or given out.
  mutating func takeLogged(_ key: UInt64, at time: Timestamp) -> Logged? {
    guard
      let index = logged.firstIndex(where: {
        $0.key == key && abs($0.time.since(time)) <= RejectionMatcher.tolerance
      })
    else { return nil }
    return logged.remove(at: index)
  }

  mutating func hold(_ entry: Logged) { logged.append(entry) }
  mutating func hold(_ entry: Observed) { observed.append(entry) }

  /// Takes out the log rejections whose wait ended at `now`, in their order; they stay known for a minute, so that a
  /// late milter's view is not taken for another rejection.
  mutating func dueLogged(_ now: Timestamp?) -> [Logged] {
    var due: [Logged] = []
    for index in logged.indices where logged[index].line != nil {
      if let now, now.since(logged[index].time) < RejectionMatcher.patience { continue }
      due.append(logged[index])
      logged[index].line = nil
    }
    if let now { logged.removeAll { $0.line == nil && now.since($0.time) > 60 } }
    return due
  }

  /// Takes out the milter rejections that the log has passed at `now`.
  mutating func dueObserved(_ now: Timestamp?) -> [ObservedRejection] {
    var due: [ObservedRejection] = []
    observed.removeAll { entry in
      if let now, now.since(entry.rejection.time) < RejectionMatcher.lateness { return false }
      due.append(entry.rejection)
      return true
    }
    return due
  }
}
