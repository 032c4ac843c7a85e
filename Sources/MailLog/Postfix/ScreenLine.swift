import Bytes

/// postscreen's own lines: `PASS NEW [a]:p`, `PREGREET …`, `COMMAND TIME LIMIT from [a]:p after CONNECT`.
/// The limits cost a client its session with a 421. Source: postscreen/postscreen_smtpd.c.
enum ScreenLine {
  static func read(_ message: ByteView, _ daemon: PostfixDaemon, into result: inout LogRecord) -> Bool {
    guard daemon == .postscreen else { return false }
    if message.hasPrefix("COMMAND TIME LIMIT from ") || message.hasPrefix("COMMAND COUNT LIMIT from ")
      || message.hasPrefix("COMMAND LENGTH LIMIT from ")
    {
      var record = TroubleRecord(kind: .clientLimit, text: message)
      if let from = message.firstRange(of: " from "), let client = NamedHost(message, at: from.upperBound) {
        record.clientAddress = client.address
      }
      result = .trouble(record)
      return true
    }
    for known in known where message.hasPrefix(known) {
      result = .uninteresting
      return true
    }
    return false
  }

  private static let known: [StaticString] = [
    "CONNECT from ", "DISCONNECT ", "PASS ", "PREGREET ", "HANGUP ", "DNSBL rank ", "COMMAND PIPELINING ",
    "NON-SMTP COMMAND ", "BARE NEWLINE ", "WHITELIST", "BLACKLIST", "ALLOWLIST", "DENYLIST", "NOQUEUE: ", "cache ",
    "close database ", "LOGGING ",
  ]
}
