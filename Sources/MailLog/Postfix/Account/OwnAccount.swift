import Bytes
import SMTPTypes

/// What smtp(8), error(8) and the queue manager decide by themselves: routing loops, missing transports, a size that
/// the server announced as too large.
enum OwnAccount {
  static func account(_ reason: ByteView) -> Account? {
    if reason.hasPrefix("message size "), let server = reason.firstRange(of: " of server ") {
      guard let host = NamedHost(reason, at: server.upperBound) else { return nil }
      return host.account(.transport, Reply(text: reason), .ehlo)
    }
    if reason.hasPrefix("mail for "), reason.hasSuffix(" loops back to myself") { return local(reason) }
    if reason.hasPrefix("mail transport unavailable") || reason.hasPrefix("unknown mail transport error")
      || reason.hasPrefix("address resolver failure") || reason.hasPrefix("bad address")
      || reason.hasPrefix("user has moved") || reason.hasPrefix("unable to send to ")
      || reason.hasPrefix("service unavailable") || reason.hasPrefix("mail system configuration error")
      || reason.hasPrefix("all network protocols are disabled") || reason.hasPrefix("server configuration error")
      || reason.hasPrefix("Server configuration error") || reason.hasPrefix("Server configuration problem")
      || reason == "Temporary lookup error"
    {
      return local(reason)
    }
    return nil
  }

  private static func local(_ reason: ByteView) -> Account {
    Account(speaker: .local, reply: Reply(text: reason))
  }
}
