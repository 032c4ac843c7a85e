import Bytes
import SMTPTypes

/// Identities that the milter gave and no life has taken yet or may ask for again, by queue id. Bounded: past
/// `limit` the oldest go.
struct IdentityStore {
  let limit: Int
  private var byQueueID: [String: KnownIdentity] = [:]
  private var byMessageID: [String: KnownIdentity] = [:]
  /// Queue ids in the order of arrival; may name some that are gone.
  private var order: [String] = []
  private var oldest = 0

  init(limit: Int) {
    self.limit = max(limit, 1)
  }

  var isEmpty: Bool { byQueueID.isEmpty }
  var count: Int { byQueueID.count }

  mutating func add(_ identity: MessageIdentity) {
    let known = KnownIdentity(identity)
    if byQueueID.updateValue(known, forKey: identity.queueID) == nil { order.append(identity.queueID) }
    if let messageID = identity.messageID { byMessageID[messageID] = known }
    while byQueueID.count > limit, oldest < order.count {
      drop(order[oldest])
      oldest += 1
    }
    if oldest > 1024, oldest * 2 > order.count {
      order.removeFirst(oldest)
      oldest = 0
    }
  }

  /// The identity of `queueID` if it can be that of a message that arrived at `arrival`: the milter speaks at the end
  /// of the message's headers or data, never before the queue file exists and at most two hours after.
  func identity(of queueID: ByteView, arrival: Timestamp?) -> KnownIdentity? {
    guard !byQueueID.isEmpty, let identity = byQueueID[String(queueID)] else { return nil }
    guard let arrival else { return identity }
    let age = identity.identity.time.since(arrival)
    return age >= -3 && age <= 7200 ? identity : nil
  }

  /// The identity of the message with `messageID` that was accepted at most an hour before `arrival`: the first pass
  /// of a content filter's second one.
  func identity(messageID: ByteView, arrival: Timestamp?) -> KnownIdentity? {
    guard !byMessageID.isEmpty, let identity = byMessageID[String(messageID)] else { return nil }
    guard let arrival else { return identity }
    let age = arrival.since(identity.identity.time)
    return age >= -3 && age <= 3600 ? identity : nil
  }

  /// Puts what `body` makes of each identity in its place.
  mutating func revise(_ body: (MessageIdentity) -> MessageIdentity) {
    for (queueID, known) in byQueueID {
      let revised = body(known.identity)
      guard revised != known.identity else { continue }
      let identity = KnownIdentity(revised)
      byQueueID[queueID] = identity
      if let messageID = known.identity.messageID, byMessageID[messageID] === known { byMessageID[messageID] = nil }
      if let messageID = revised.messageID { byMessageID[messageID] = identity }
    }
  }

  mutating func remove(_ queueID: ByteView) {
    guard !byQueueID.isEmpty else { return }
    drop(String(queueID))
  }

  /// Forgets the message that left the queue at `time`; one that got its id since stays.
  mutating func remove(_ queueID: ByteView, leftAt time: Timestamp) {
    guard !byQueueID.isEmpty, let known = byQueueID[String(queueID)], known.identity.time.since(time) <= 3 else {
      return
    }
    drop(String(queueID))
  }

  private mutating func drop(_ queueID: String) {
    guard let known = byQueueID.removeValue(forKey: queueID) else { return }
    if let messageID = known.identity.messageID, byMessageID[messageID] === known { byMessageID[messageID] = nil }
  }

  /// All that are kept, oldest first.
  var identities: [MessageIdentity] { order[oldest...].compactMap { byQueueID[$0]?.identity } }
}
