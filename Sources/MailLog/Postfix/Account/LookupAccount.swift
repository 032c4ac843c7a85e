import Bytes
import SMTPTypes

/// The DNS: `Host or domain name not found. Name service error for name=D type=MX: …`, `Domain D does not accept
/// mail (nullMX)`, `unable to look up host D: …`, `TLSA lookup error for D:25`. Source: smtp/smtp_addr.c.
enum LookupAccount {
  static func account(_ reason: ByteView) -> Account? {
    switch reason.at(0) {
    case UInt8(ascii: "H"), UInt8(ascii: "N"):
      guard
        reason.hasPrefix("Host or domain name not found.") || reason.hasPrefix("Host not found")
          || reason.hasPrefix("Name service error for ")
      else { return nil }
      return Account(
        speaker: .transport, reply: Reply(text: reason), host: host(reason, after: " for name="))
    case UInt8(ascii: "D"):
      guard reason.hasPrefix("Domain "), reason.contains("does not accept mail") else { return nil }
      return Account(speaker: .transport, reply: Reply(text: reason), host: host(reason, after: "Domain "))
    case UInt8(ascii: "u"):
      if reason.hasPrefix("unable to look up host ") {
        return Account(
          speaker: .transport, reply: Reply(text: reason), host: host(reason, after: "unable to look up host "))
      }
      if reason.hasPrefix("unable to find primary relay for ") {
        return Account(
          speaker: .transport, reply: Reply(text: reason), host: host(reason, after: "primary relay for "))
      }
      return nil
    case UInt8(ascii: "T"):
      guard reason.hasPrefix("TLSA lookup error for ") else { return nil }
      return Account(
        speaker: .transport, reply: Reply(text: reason), stage: .startTLS,
        host: host(reason, after: "TLSA lookup error for "))
    default:
      return nil
    }
  }

  private static func host(_ reason: ByteView, after prefix: StaticString) -> ByteView? {
    guard let found = reason.firstRange(of: prefix) else { return nil }
    var end = found.upperBound
    while let byte = reason.at(end), byte != 0x20, byte != 0x3A { end += 1 }
    return end > found.upperBound ? reason[found.upperBound..<end] : nil
  }
}
