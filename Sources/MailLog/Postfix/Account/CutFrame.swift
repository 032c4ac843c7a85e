import Bytes
import SMTPTypes

/// A reply behind which Postfix's `(in reply to … command)` was cut somewhere, or which has none.
struct CutFrame {
  /// Without what is left of the frame.
  var reply: ByteView
  /// nil if so much was cut that several commands are possible.
  var stage: Stage?

  init(_ text: ByteView) {
    reply = text
    guard let open = text.lastIndex(of: 0x28), open > 0, text[open - 1] == 0x20 else { return }
    let rest = text.from(open)
    guard rest.hasPrefix("(in reply to ") else {
      if ByteView("(in reply to ").hasPrefix(rest) { reply = text.prefix(open).trimmed }
      return
    }
    let command = rest.from(13)
    let possible = CutFrame.commands.filter { ByteView($0).hasPrefix(command) }
    guard let first = possible.first else { return }
    reply = text.prefix(open).trimmed
    let stage = SessionStage.ofCommand(ByteView(first))
    if possible.allSatisfy({ SessionStage.ofCommand(ByteView($0)) == stage }) { self.stage = stage }
  }

  /// As smtp/smtp_proto.c (`xfer_request`) and its callers name them.
  private static let commands: [StaticString] = [
    "MAIL FROM command", "RCPT TO command", "DATA command", "BDAT command", "end of DATA command", "EHLO command",
    "HELO command", "LHLO command", "STARTTLS command", "AUTH command", "RSET command", "QUIT command",
    "XFORWARD name/address", "XFORWARD helo_name",
  ]
}
