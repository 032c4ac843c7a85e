import Bytes
import SMTPTypes

/// A server's reply: `host H[a] said: R (in reply to C command)`, `host H[a] refused to talk to me: R`,
/// `SASL authentication failed; server H[a] said: R`, `TLS is required, but host H[a] refused to start TLS: R`.
/// Source: smtp/smtp_trouble.c, smtp/smtp_proto.c, smtp/smtp_sasl_glue.c.
enum ReplyAccount {
  static func account(_ reason: ByteView) -> Account? {
    if reason.hasPrefix("host ") {
      guard let host = NamedHost(reason, at: 5) else { return nil }
      let rest = reason.from(host.end)
      if rest.hasPrefix(" said: ") { return said(rest.from(7), host) }
      if rest.hasPrefix(" refused to talk to me: ") {
        return host.account(.remote, Reply(parsing: rest.from(24)), .connect)
      }
      return nil
    }
    if reason.hasPrefix("SASL ") {
      guard let server = reason.firstRange(of: "authentication failed; server "),
        let host = NamedHost(reason, at: server.upperBound)
      else { return nil }
      let rest = reason.from(host.end)
      guard rest.hasPrefix(" said: ") else { return nil }
      return host.account(.remote, Reply(parsing: rest.from(7)), .auth)
    }
    if reason.hasPrefix("TLS is required, but host ") {
      guard let host = NamedHost(reason, at: 26) else { return nil }
      let rest = reason.from(host.end)
      guard rest.hasPrefix(" refused to start TLS: ") else { return nil }
      return host.account(.remote, Reply(parsing: rest.from(23)), .startTLS)
    }
    return nil
  }

  /// The reply ends where Postfix's own `(in reply to … command)` begins: at the last parenthesis that opens, since
  /// no command's name has one. Of a line that was cut only a part of it may be there, or nothing.
  private static func said(_ text: ByteView, _ host: NamedHost) -> Account {
    if text.hasSuffix(" command)") || text.hasSuffix("name/address)") || text.hasSuffix("helo_name)"),
      let open = text.lastIndex(of: 0x28), text.from(open).hasPrefix("(in reply to ")
    {
      let command = text[(open + 13)..<(text.count - 1)]
      return host.account(.remote, Reply(parsing: text.prefix(open).trimmed), SessionStage.ofCommand(command))
    }
    let cut = CutFrame(text)
    return host.account(.remote, Reply(parsing: cut.reply), cut.stage)
  }
}
