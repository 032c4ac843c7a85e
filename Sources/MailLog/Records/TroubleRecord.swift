public import Bytes
public import SMTPTypes

/// Trouble that a line announces without naming a recipient.
public struct TroubleRecord {
  public enum Kind: UInt8, NamedValue {
    /// A client of ours lost its session or command to a limit, and the line does not say enough for a rejection.
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
    /// A bounce or another notification that could not be sent; its message stays in the queue.
    case notification

    public var name: StaticString {
      switch self {
      case .clientLimit: "client-limit"
      case .resource: "resource"
      case .filter: "filter"
      case .configuration: "configuration"
      case .lostLines: "lost-lines"
      case .connection: "connection"
      case .notification: "notification"
      }
    }
  }

  public var kind: Kind
  public var text: ByteView
  public var queueID: ByteView?
  public var count: Int?

  public init(kind: Kind, text: ByteView, queueID: ByteView? = nil, count: Int? = nil) {
    self.kind = kind
    self.text = text
    self.queueID = queueID
    self.count = count
  }
}
