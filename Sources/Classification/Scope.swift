public import SMTPTypes

/// Who has to act on a failure. For inbound rejections it is seen from the client.
public enum Scope: UInt8, NamedValue, Hashable {
  case recipient, domain, sender, content, path, local

  public var name: StaticString {
    switch self {
    case .recipient: "recipient"
    case .domain: "domain"
    case .sender: "sender"
    case .content: "content"
    case .path: "path"
    case .local: "local"
    }
  }
}
