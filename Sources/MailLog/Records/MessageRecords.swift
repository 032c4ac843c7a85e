public import Bytes

/// qmgr took a message up, for the first time or again.
public struct QueueActiveRecord {
  public var queueID: ByteView
  public var sender: ByteView
  public var recipientCount: Int?

  public init(queueID: ByteView, sender: ByteView, recipientCount: Int? = nil) {
    self.queueID = queueID
    self.sender = sender
    self.recipientCount = recipientCount
  }
}

/// A message's queue lifetime ended; no recipient is named.
public struct ExpiryRecord {
  public var queueID: ByteView
  /// Empty for the null sender; nil for Sendmail, which does not name it here.
  public var sender: ByteView?
  /// By hand (`force-expired`).
  public var isForced: Bool
  /// Whom the line names: nobody, but for an expiry that Sendmail tells as a delivery's outcome.
  public var recipients = RecipientList(first: nil, others: .empty)

  public init(queueID: ByteView, sender: ByteView?, isForced: Bool = false) {
    self.queueID = queueID
    self.sender = sender
    self.isForced = isForced
  }
}

/// A message left the queue.
public struct RemovalRecord {
  public enum Reason: Equatable, Sendable {
    /// qmgr: every recipient has an outcome, or it expired.
    case finished
    /// The same of Sendmail, which has no queue manager: whichever of its programs had the message says so.
    case done
    /// postsuper -d, or 3.10's `removed (canceled)` and `removed (discarded)`.
    case deleted
  }

  public var queueID: ByteView
  public var reason: Reason

  public init(queueID: ByteView, reason: Reason) {
    self.queueID = queueID
    self.reason = reason
  }
}

/// smtpd accepted a message's first recipient.
public struct ClientRecord {
  public var queueID: ByteView
  public var clientHost: ByteView
  public var clientAddress: ByteView
  /// `sasl_username=`
  public var user: ByteView?
  /// `orig_queue_id=`, from XFORWARD of a content filter.
  public var originalQueueID: ByteView?
  /// `orig_client=`: the client of the first pass.
  public var originalClientHost: ByteView?
  public var originalClientAddress: ByteView?

  public init(
    queueID: ByteView, clientHost: ByteView, clientAddress: ByteView, user: ByteView? = nil,
    originalQueueID: ByteView? = nil
  ) {
    self.queueID = queueID
    self.clientHost = clientHost
    self.clientAddress = clientAddress
    self.user = user
    self.originalQueueID = originalQueueID
  }
}

/// pickup took a local submission or a requeued message.
public struct PickupRecord {
  public var queueID: ByteView
  public var userID: Int?
  public var sender: ByteView
  /// The queue id before `postsuper -r`.
  public var originalQueueID: ByteView?

  public init(queueID: ByteView, userID: Int?, sender: ByteView, originalQueueID: ByteView? = nil) {
    self.queueID = queueID
    self.userID = userID
    self.sender = sender
    self.originalQueueID = originalQueueID
  }
}

/// Sendmail took a message in: `from=<…>, size=…, nrcpts=…, msgid=<…>, …, relay=…`, which says what Postfix spreads
/// over its lines of smtpd, cleanup and qmgr.
public struct EnvelopeRecord {
  public var queueID: ByteView
  public var sender: ByteView
  public var recipientCount: Int?
  /// Without angle brackets; nil if the line has none.
  public var messageID: ByteView?
  /// Empty when only the address is known.
  public var clientHost: ByteView
  /// Empty for a local submission.
  public var clientAddress: ByteView

  public init(
    queueID: ByteView, sender: ByteView, recipientCount: Int? = nil, messageID: ByteView? = nil,
    clientHost: ByteView = .empty, clientAddress: ByteView = .empty
  ) {
    self.queueID = queueID
    self.sender = sender
    self.recipientCount = recipientCount
    self.messageID = messageID
    self.clientHost = clientHost
    self.clientAddress = clientAddress
  }
}

/// cleanup saw the Message-ID.
public struct MessageIDRecord {
  public var queueID: ByteView
  /// Without angle brackets; may be empty.
  public var messageID: ByteView

  public init(queueID: ByteView, messageID: ByteView) {
    self.queueID = queueID
    self.messageID = messageID
  }
}

/// bounce(8) told someone.
public struct NotificationRecord {
  public enum Kind: Equatable, Sendable { case delay, nonDelivery, deliveryStatus }

  public var queueID: ByteView
  public var kind: Kind
  /// To the postmaster rather than the sender.
  public var isToPostmaster: Bool
  /// The queue id of the notification itself.
  public var notificationQueueID: ByteView

  public init(queueID: ByteView, kind: Kind, isToPostmaster: Bool, notificationQueueID: ByteView) {
    self.queueID = queueID
    self.kind = kind
    self.isToPostmaster = isToPostmaster
    self.notificationQueueID = notificationQueueID
  }
}
