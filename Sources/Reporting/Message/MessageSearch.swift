// Finds the events of one message by a queue id or a Message-ID.
//
// An event names its message in up to three ways: queue id, the queue id that it had at first, Message-ID. What the
// first match tells under the other names is learnt, and what came before it is found by reading a second time
// (`collect`). Memory is bounded by `limit` events of messages that match.

import Bytes
public import Journal
import SMTPTypes

/// A search in one or several sources; not for use by several threads at once.
public final class MessageSearch: EventSink {
  /// Events that are kept.
  public static let limit = 50_000
  private static let keyLimit = 10_000

  private let id: ByteStore
  private var queueIDs = ByteTable<Void>(limit: MessageSearch.keyLimit)
  private var messageIDs = ByteTable<Void>(limit: MessageSearch.keyLimit)
  private var scratch = ByteBuffer()
  private var isCollecting: Bool
  private var builder = StoryBuilder()
  private var count = 0
  /// Events beyond `limit`.
  public private(set) var omitted = 0

  /// - Parameters:
  ///   - id: a queue id or a Message-ID, with or without angle brackets.
  ///   - readsOnce: the sources can't be read a second time.
  public init(_ id: String, readsOnce: Bool) {
    let plain = id.withByteView { String(MailAddress.unbracketed($0.trimmed)) }
    self.id = ByteStore([plain])
    isCollecting = readsOnce
  }

  /// What is looked for, without brackets.
  public var text: String { String(id[0]) }

  /// From now on events are kept: the sources are read again.
  public func collect() { isCollecting = true }

  public func receive(_ tally: borrowing Tally, host: String) {}

  public func receive(_ checkpoint: Checkpoint) {
    if isCollecting { builder.note(checkpoint) }
  }

  /// One source was read to its end.
  public func endSource() { builder.endSource() }

  public func receive(_ event: borrowing Event) {
    switch event.type {
    case .tally, .alert, .gap, .checkpoint, .erasure: return
    default: break
    }
    let isNamed = event.queueID == id[0] || event.firstQueueID == id[0] || event.messageID == id[0]
    guard isNamed || isKnown(event) else { return }
    if isNamed { learn(event) }
    guard isCollecting else { return }
    guard count < MessageSearch.limit else {
      omitted += 1
      return
    }
    count += 1
    builder.add(event)
  }

  private func isKnown(_ event: borrowing Event) -> Bool {
    if queueIDs.count > 0 {
      if let queueID = event.queueID, queueIDs.index(of: key(event.host, queueID)) != nil { return true }
      if let first = event.firstQueueID, queueIDs.index(of: key(event.host, first)) != nil { return true }
    }
    if messageIDs.count > 0, let messageID = event.messageID, messageIDs.index(of: messageID) != nil { return true }
    return false
  }

  private func learn(_ event: borrowing Event) {
    if let queueID = event.queueID { _ = queueIDs.insert(key(event.host, queueID), default: ()) }
    if let first = event.firstQueueID { _ = queueIDs.insert(key(event.host, first), default: ()) }
    if let messageID = event.messageID, !messageID.isEmpty { _ = messageIDs.insert(messageID, default: ()) }
  }

  private func key(_ host: ByteView?, _ queueID: ByteView) -> ByteView {
    scratch.removeAll()
    scratch.append(host ?? .empty)
    scratch.append(UInt8(0))
    scratch.append(queueID)
    return scratch.view
  }

  /// The messages that have the id, by arrival.
  public func stories() -> [MessageStory] {
    builder.stories().filter { $0.queueIDs.contains(text) || $0.messageID == text }
  }
}
