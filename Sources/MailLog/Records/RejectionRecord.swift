public import Bytes
public import SMTPTypes

/// Our server turned a client, a sender or a recipient away (or held, warned, discarded).
public struct RejectionRecord {
  public enum Action: Equatable, Sendable {
    case reject, rejectWarning, milterReject, proxyReject, hold, milterHold, discard
  }

  /// nil for NOQUEUE.
  public var queueID: ByteView?
  public var action: Action
  public var stage: Stage?
  public var clientHost: ByteView
  public var clientAddress: ByteView
  /// Code, enhanced code and text that the client was given; cleanup's lines have no code.
  public var reply: Reply
  /// nil when the line has none; empty for the null sender.
  public var sender: ByteView?
  public var recipient: ByteView?
  public var helo: ByteView?
  public var user: ByteView?

  public init(
    queueID: ByteView?, action: Action, stage: Stage?, clientHost: ByteView, clientAddress: ByteView, reply: Reply
  ) {
    self.queueID = queueID
    self.action = action
    self.stage = stage
    self.clientHost = clientHost
    self.clientAddress = clientAddress
    self.reply = reply
  }

  /// True if the client was told to come back: a rejection whose reply (or, without a code, whose enhanced code) is
  /// a 4xx.
  public var isTransient: Bool {
    switch action {
    case .reject, .milterReject, .proxyReject:
      if let code = reply.code { return code.isTransient }
      return reply.enhanced?.isTransient ?? false
    case .rejectWarning, .hold, .milterHold, .discard:
      return false
    }
  }
}
