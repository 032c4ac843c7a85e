public import SMTPTypes

/// Who a message is, as the milter saw it.
public struct MessageIdentity: Sendable, Equatable {
  /// A label and what it says: `campaign`, `spring-sale`.
  public struct Tag: Sendable, Equatable {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  public var time: Timestamp
  public var queueID: String
  public var sender: String
  /// Without angle brackets.
  public var messageID: String?
  public var user: String?
  public var clientHost: String?
  public var clientAddress: String?
  public var tags: [Tag]

  public init(
    time: Timestamp, queueID: String, sender: String, messageID: String? = nil, user: String? = nil,
    clientHost: String? = nil, clientAddress: String? = nil, tags: [Tag] = []
  ) {
    self.time = time
    self.queueID = queueID
    self.sender = sender
    self.messageID = messageID
    self.user = user
    self.clientHost = clientHost
    self.clientAddress = clientAddress
    self.tags = tags
  }
}

/// A recipient that our own server rejected, as the milter saw it (SMFIP_RCPT_REJ; the reply code is not told).
public struct ObservedRejection: Sendable, Equatable {
  public var time: Timestamp
  public var clientHost: String
  public var clientAddress: String
  public var sender: String
  public var recipient: String
  public var user: String?
  public var status: String
  public var text: String

  public init(
    time: Timestamp, clientHost: String, clientAddress: String, sender: String, recipient: String,
    user: String? = nil, status: String, text: String
  ) {
    self.time = time
    self.clientHost = clientHost
    self.clientAddress = clientAddress
    self.sender = sender
    self.recipient = recipient
    self.user = user
    self.status = status
    self.text = text
  }
}
