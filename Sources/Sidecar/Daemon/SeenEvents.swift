import Bytes
import Journal
import Privacy
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
      recipient = (event.recipient ?? .empty).tableHash
      // One line may end two of one address, to which two aliases lead.
      if let original = event.originalRecipient { recipient = recipient &* 31 &+ original.tableHash }
    }

    /// The key of the same event if its recipient was erased since.
    var erased: Key {
      var key = self
      key.recipient = 0
      return key
    }
  }

  private var keys: Set<Key> = []
  /// Events whose recipient was erased on request since: the log still has the address.
  private var erased: [Key: Int] = [:]

  /// The greatest offset of all that were inserted; nil without any.
  private(set) var last: Int?
  /// The latest time of all that were inserted; nil without any.
  private(set) var latest: Timestamp?

  var isEmpty: Bool { keys.isEmpty && erased.isEmpty }
  var count: Int { keys.count + erased.values.reduce(0, +) }

  mutating func insert(_ event: borrowing Event) {
    guard let key = Key(event) else { return }
    if let recipient = event.recipient, Pseudonyms.isErased(recipient.prefix(recipient.lastIndex(of: 0x40) ?? 0)) {
      erased[key.erased, default: 0] += 1
    } else {
      keys.insert(key)
    }
    last = max(last ?? key.offset, key.offset)
    latest = max(latest ?? event.time, event.time)
  }

  /// True, once, if `event` has been journaled before.
  mutating func take(_ event: borrowing Event) -> Bool {
    guard !isEmpty, let key = Key(event) else { return false }
    if keys.remove(key) != nil { return true }
    guard let left = erased[key.erased] else { return false }
    erased[key.erased] = left > 1 ? left - 1 : nil
    return true
  }

  mutating func removeAll() {
    keys.removeAll()
    erased.removeAll()
    last = nil
    latest = nil
  }
}
