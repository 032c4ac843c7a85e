import Bytes
import SMTPTypes

/// The names that smtp(8) gives to the points of a session (smtp/smtp_proto.c, `xfer_states` and `xfer_request`).
enum SessionStage {
  /// `RCPT TO command` of `(in reply to RCPT TO command)`.
  static func ofCommand(_ text: ByteView) -> Stage? {
    if text.hasPrefix("RCPT TO") { return .rcpt }
    if text.hasPrefix("end of DATA") { return .endOfData }
    if text.hasPrefix("MAIL FROM") { return .mail }
    if text.hasPrefix("DATA") || text.hasPrefix("BDAT") { return .data }
    if text.hasPrefix("EHLO") || text.hasPrefix("HELO") || text.hasPrefix("LHLO") { return .ehlo }
    if text.hasPrefix("STARTTLS") { return .startTLS }
    if text.hasPrefix("AUTH") { return .auth }
    return nil
  }

  /// What follows `while ` in `lost connection with … while …`.
  static func ofPhase(_ text: ByteView) -> Stage? {
    if text.hasPrefix("receiving the initial ") { return .connect }
    if text.hasPrefix("sending ") {
      let what = text.from(8)
      if what.hasPrefix("message body") { return .endOfData }
      if what.hasPrefix("end of data") { return .endOfData }
      return ofCommand(what)
    }
    if text.contains("STARTTLS") || text.contains("TLS handshake") { return .startTLS }
    if text.contains("HLO") || text.contains("HELO") || text.hasPrefix("performing the initial") { return .ehlo }
    if text.contains("SASL") || text.contains("AUTH") { return .auth }
    return nil
  }
}
