import Bytes
import SMTPTypes

/// TLS and SASL without a reply: `Cannot start TLS: …`, `Server certificate not trusted`, `TLS is required, but was
/// not offered by host H[a]`, `SASL authentication failed; cannot authenticate to server H[a]: …`.
/// Source: smtp/smtp_proto.c, smtp/smtp_sasl_glue.c, smtp/smtp_tls_policy.c.
enum SecurityAccount {
  static func account(_ reason: ByteView) -> Account? {
    switch reason.at(0) {
    case UInt8(ascii: "C"):
      return reason.hasPrefix("Cannot start TLS") ? tls(reason, .transport) : nil
    case UInt8(ascii: "S"):
      if reason.hasPrefix("Server certificate ") { return tls(reason, .transport) }
      if reason.hasPrefix("SASL ") {
        // No mechanism in common, a missing password: nothing that the server said.
        var account = Account(speaker: .local, reply: Reply(text: reason), stage: .auth)
        name(&account, in: reason, after: "server ")
        return account
      }
      if reason.hasPrefix("SMTPUTF8 is required") {
        var account = Account(speaker: .transport, reply: Reply(text: reason), stage: .ehlo)
        name(&account, in: reason, after: " by host ")
        return account
      }
      return nil
    case UInt8(ascii: "T"):
      if reason.hasPrefix("TLS is required, but ") {
        if reason.contains("our TLS engine") { return tls(reason, .local) }
        var account = tls(reason, .transport)
        name(&account, in: reason, after: " by host ")
        return account
      }
      return reason.hasPrefix("TLS") ? tls(reason, .transport) : nil
    case UInt8(ascii: "R"):
      return reason.hasPrefix("REQUIRETLS ") ? tls(reason, .transport) : nil
    case UInt8(ascii: "c"):
      return reason.hasPrefix("client TLS configuration problem") ? tls(reason, .local) : nil
    case UInt8(ascii: "n"):
      return reason.hasPrefix("non DNSSEC destination") || reason.hasPrefix("no TLSA records found")
        || reason.hasPrefix("non-TLSA destination") ? tls(reason, .transport) : nil
    default:
      return nil
    }
  }

  private static func tls(_ reason: ByteView, _ speaker: Account.Speaker) -> Account {
    Account(speaker: speaker, reply: Reply(text: reason), stage: .startTLS)
  }

  private static func name(_ account: inout Account, in reason: ByteView, after prefix: StaticString) {
    guard let found = reason.firstRange(of: prefix), let host = NamedHost(reason, at: found.upperBound) else { return }
    account.host = host.host
    account.hostAddress = host.address
    account.hostPort = host.port
  }
}
