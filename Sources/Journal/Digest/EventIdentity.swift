import Bytes

/// What an event's message and recipient are recognised by: hashes that are the same in every process, so that a sealed
/// segment's digest can carry them. 48 bits each; not secret, and no pseudonyms: who holds an address can tell whether
/// it is meant. Whoever makes table keys of them mixes in a secret of its own.
public struct EventIdentity: Hashable, Sendable {
  /// Of the host and the queue id, the first one of a message that was requeued.
  public internal(set) var queue: UInt64
  public internal(set) var recipient: UInt64

  /// Bytes of each.
  static var size: Int { 6 }

  init(queue: UInt64, recipient: UInt64) {
    self.queue = queue
    self.recipient = recipient
  }

  /// nil without a queue id or a recipient, which nothing can be joined on. O(host, queue id, recipient).
  @inline(__always)
  public init?(_ event: borrowing Event) {
    guard let queueID = event.firstQueueID ?? event.queueID, let recipient = event.recipient else { return nil }
    queue = StableHash.hash(queueID, seed: StableHash.hash(event.host ?? .empty)) >> 16
    self.recipient = StableHash.hash(recipient) >> 16
  }
}
