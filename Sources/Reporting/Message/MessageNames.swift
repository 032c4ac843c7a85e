import Bytes
import Journal
import SMTPTypes

/// The names under which the events of a message go: the one that was asked for, and those that its events tell.
final class MessageNames {
  static let limit = 10_000

  let id: ByteStore
  /// Host, a zero byte, queue id.
  private var queueIDs = ByteTable<Void>(limit: MessageNames.limit)
  private var messageIDs = ByteTable<Void>(limit: MessageNames.limit)

  init(_ id: String) { self.id = ByteStore([id]) }

  /// True if one of the event's names is the one that was asked for.
  func isNamed(_ event: borrowing Event) -> Bool {
    event.queueID == id[0] || event.firstQueueID == id[0] || event.messageID == id[0]
  }

  /// True if one of them was learnt.
  func isKnown(_ event: borrowing Event, _ scratch: inout ByteBuffer) -> Bool {
    if queueIDs.count > 0 {
      for queueID in [event.queueID, event.firstQueueID] {
        if let queueID, queueIDs.index(of: MessageNames.key(event.host, queueID, &scratch)) != nil { return true }
      }
    }
    if messageIDs.count > 0, let messageID = event.messageID, messageIDs.index(of: messageID) != nil { return true }
    return false
  }

  /// The names of one event, to be learnt later.
  struct Told {
    fileprivate var keys: [[UInt8]] = []
    fileprivate var messageID: [UInt8] = []
    fileprivate var texts: [[UInt8]] = []

    init(_ event: borrowing Event, _ scratch: inout ByteBuffer) {
      for queueID in [event.queueID, event.firstQueueID] {
        guard let queueID else { continue }
        keys.append(Array(MessageNames.key(event.host, queueID, &scratch).buffer))
        texts.append(Array(queueID.buffer))
      }
      guard let text = event.messageID, !text.isEmpty else { return }
      messageID = Array(text.buffer)
      texts.append(messageID)
    }
  }

  func learn(_ told: Told) {
    for key in told.keys {
      key.withUnsafeBufferPointer { _ = queueIDs.insert(ByteView($0), default: ()) }
    }
    if !told.messageID.isEmpty {
      told.messageID.withUnsafeBufferPointer { _ = messageIDs.insert(ByteView($0), default: ()) }
    }
    for text in told.texts where texts.count <= MessageNames.textLimit && !texts.contains(text) { texts.append(text) }
  }

  /// Names that are told one from another here.
  private static let textLimit = 32
  /// All names, that which was asked for first; not complete if there are more than `textLimit`.
  private lazy var texts: [[UInt8]] = [Array(id[0].buffer)]

  /// True if every name that was learnt is the one that was asked for: then no event is known that is not named so.
  var areOne: Bool { texts.count == 1 }

  /// All names, that which was asked for first; nil if there are more than `most`, at most 32.
  func all(atMost most: Int) -> [[UInt8]]? { texts.count <= most ? texts : nil }

  private static func key(_ host: ByteView?, _ queueID: ByteView, _ scratch: inout ByteBuffer) -> ByteView {
    scratch.removeAll()
    scratch.append(host ?? .empty)
    scratch.append(UInt8(0))
    scratch.append(queueID)
    return scratch.view
  }
}
