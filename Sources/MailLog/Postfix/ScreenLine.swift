import Bytes

/// postscreen's own lines: `PASS NEW [a]:p`, `PREGREET …`, `COMMAND TIME LIMIT from [a]:p after CONNECT` (`LimitLine`).
/// Source: postscreen/postscreen_smtpd.c.
enum ScreenLine {
  static func read(_ message: ByteView, _ daemon: PostfixDaemon, into result: inout LogRecord) -> Bool {
    guard daemon == .postscreen else { return false }
    if LimitLine.readScreen(message, into: &result) { return true }
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
