import Bytes

/// What an event's message and recipient are recognised by: hashes that are the same in every process, so that a sealed
/// segment's digest can carry them. 48 bits each; not secret, and no pseudonyms: who holds an address can tell whether
/// it is meant. Whoever makes table keys of them mixes in a secret of its own.
///
/// Postfix delivers to an address once for each alias that leads to it (`orig_to=`), and each is a recipient of its own.
public struct EventIdentity: Hashable, Sendable {
  /// Of the host and the queue id, the first one of a message that was requeued.
  public internal(set) var queue: UInt64
  public internal(set) var recipient: UInt64
  /// Of the address that the sender wrote to; 0 if it is the recipient's own, or not told.
  public internal(set) var alias: UInt64

  /// Bytes of each.
  static var size: Int { 6 }

  init(queue: UInt64, recipient: UInt64, alias: UInt64 = 0) {
    self.queue = queue
    self.recipient = recipient
    self.alias = alias
  }

  /// nil without a queue id or a recipient, which nothing can be joined on. O(host, queue id, both recipients).
  @inline(__always)
  public init?(_ event: borrowing Event) {
    guard let queueID = event.firstQueueID ?? event.queueID, let recipient = event.recipient else { return nil }
    queue = StableHash.hash(queueID, seed: StableHash.hash(event.host ?? .empty)) >> 16
    self.recipient = StableHash.hash(recipient) >> 16
    guard let original = event.originalRecipient, !original.isEmpty, !original.equalsIgnoringCase(recipient) else {
      alias = 0
      return
    }
    alias = max(StableHash.hash(original) >> 16, 1)
  }
}
