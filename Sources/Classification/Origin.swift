public import SMTPTypes

/// Who spoke: a remote server; nobody (DNS, connect, TLS, time-out); the queue manager, which held the message back
/// without trying; our own software; or our own reply to a client.
public enum Origin: UInt8, NamedValue, Hashable {
  case remote, transport, suspended, local, ownReply

  public var name: StaticString {
    switch self {
    case .remote: "remote"
    case .transport: "transport"
    case .suspended: "suspended"
    case .local: "local"
    case .ownReply: "own-reply"
    }
  }
}
