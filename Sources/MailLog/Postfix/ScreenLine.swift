import Bytes

/// postscreen's own lines: `PASS NEW [a]:p`, `PREGREET …`, `COMMAND TIME LIMIT from [a]:p after CONNECT`.
/// The limits cost a client its session with a 421. Source: postscreen/postscreen_smtpd.c.
enum ScreenLine {
  static func record(_ message: ByteView, _ daemon: PostfixDaemon) -> LogRecord? {
    guard daemon == .postscreen else { return nil }
    if message.hasPrefix("COMMAND TIME LIMIT from ") || message.hasPrefix("COMMAND COUNT LIMIT from ")
      || message.hasPrefix("COMMAND LENGTH LIMIT from ")
    {
      var record = TroubleRecord(kind: .clientLimit, text: message)
      if let from = message.firstRange(of: " from "), let client = NamedHost(message, at: from.upperBound) {
        record.clientAddress = client.address
      }
      return .trouble(record)
    }
    for known in known where message.hasPrefix(known) { return .uninteresting }
    return nil
  }

  private static let known: [StaticString] = [
    "CONNECT from ", "DISCONNECT ", "PASS ", "PREGREET ", "HANGUP ", "DNSBL rank ", "COMMAND PIPELINING ",
    "NON-SMTP COMMAND ", "BARE NEWLINE ", "WHITELIST", "BLACKLIST", "ALLOWLIST", "DENYLIST", "NOQUEUE: ", "cache ",
    "close database ", "LOGGING ",
  ]
}
