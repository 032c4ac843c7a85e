import Bytes
import Journal
import SMTPTypes

/// Events that are in the journal already although the position before them was the last to be committed: their lines
/// are read again after a crash, and must not give them twice.
struct SeenEvents {
  private struct Key: Hashable {
    var offset: Int
    var type: EventType
    var recipient: UInt64

    init?(_ event: borrowing Event) {
      guard event.source == .log, let offset = event.offset else { return nil }
      self.offset = offset
      type = event.type
      recipient = (event.recipient ?? .empty).hash64
    }
  }

  private var keys: Set<Key> = []

  /// The greatest offset of all that were inserted; nil without any.
  private(set) var last: Int?
  /// The latest time of all that were inserted; nil without any.
  private(set) var latest: Timestamp?

  var isEmpty: Bool { keys.isEmpty }
  var count: Int { keys.count }

  mutating func insert(_ event: borrowing Event) {
    guard let key = Key(event) else { return }
    keys.insert(key)
    last = max(last ?? key.offset, key.offset)
    latest = max(latest ?? event.time, event.time)
  }

  /// True, once, if `event` has been journaled before.
  mutating func take(_ event: borrowing Event) -> Bool {
    guard !keys.isEmpty, let key = Key(event) else { return false }
    return keys.remove(key) != nil
  }

  mutating func removeAll() {
    keys.removeAll()
    last = nil
    latest = nil
  }
}
