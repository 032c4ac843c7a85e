public import Bytes

/// Trouble that a line announces without naming a recipient.
public struct TroubleRecord {
  public enum Kind: Equatable, Sendable {
    /// anvil's limits: connections, rates; and time-outs and error limits that cost a client its session.
    case clientLimit
    /// Disk, memory, processes: `Insufficient system storage`, `queue file write error`, process limits, throttling.
    case resource
    /// A milter, policy server or content filter of ours does not answer.
    case filter
    /// A table or other configuration does not work.
    case configuration
    /// Lines that a rate limit dropped (`Suppressed N messages`, `imuxsock lost N messages`); `count` says how many.
    case lostLines
    /// `connect to …`, `lost connection with …` of a delivery agent without a queue id.
    case connection
  }

  public var kind: Kind
  public var text: ByteView
  public var queueID: ByteView?
  public var clientAddress: ByteView?
  public var count: Int?

  public init(
    kind: Kind, text: ByteView, queueID: ByteView? = nil, clientAddress: ByteView? = nil, count: Int? = nil
  ) {
    self.kind = kind
    self.text = text
    self.queueID = queueID
    self.clientAddress = clientAddress
    self.count = count
  }
}
