import Bytes
import SMTPTypes

/// No connection, or one that broke: `connect to H[a]:25: E`, `lost connection with H[a] while P`,
/// `conversation with H[a] timed out while P`. Source: smtp/smtp_connect.c, smtp/smtp_trouble.c. Postfix before 2.3 tells
/// a server's greeting like this too: `connect to H[a]: server refused to talk to me: R  (port 25)`.
enum ConnectionAccount {
  static func account(_ reason: ByteView) -> Account? {
    if reason.hasPrefix("connect to ") {
      guard let host = NamedHost(reason, at: 11) else {
        return Account(speaker: .transport, reply: Reply(text: reason), stage: .connect)
      }
      let rest = reason.from(host.end)
      if rest.hasPrefix(": server refused to talk to me: ") {
        var reply = rest.from(32)
        if let open = reply.lastIndex(of: 0x28), reply.from(open).hasPrefix("(port ") { reply = reply.prefix(open) }
        return host.account(.remote, Reply(parsing: reply.trimmed), .connect)
      }
      return host.account(.transport, Reply(text: reason), .connect)
    }
    if reason.hasPrefix("lost connection with ") { return broken(reason, hostAt: 21) }
    if reason.hasPrefix("conversation with ") { return broken(reason, hostAt: 18) }
    if reason.hasPrefix("local data error while talking to ") {
      guard let host = NamedHost(reason, at: 34) else { return nil }
      return host.account(.local, Reply(text: reason), nil)
    }
    return nil
  }

  private static func broken(_ reason: ByteView, hostAt start: Int) -> Account? {
    guard let host = NamedHost(reason, at: start) else { return nil }
    let rest = reason.from(host.end)
    let phase = rest.firstRange(of: " while ").map { rest.from($0.upperBound) }
    return host.account(.transport, Reply(text: reason), phase.flatMap(SessionStage.ofPhase))
  }
}
