/// The point of an SMTP session at which a reply was given (RFC 5321, section 4.1.1).
public enum Stage: UInt8, NamedValue, Hashable {
  case connect, ehlo, startTLS, auth, mail, rcpt, data, endOfData

  public var name: StaticString {
    switch self {
    case .connect: "connect"
    case .ehlo: "ehlo"
    case .startTLS: "starttls"
    case .auth: "auth"
    case .mail: "mail"
    case .rcpt: "rcpt"
    case .data: "data"
    case .endOfData: "end-of-data"
    }
  }
}
