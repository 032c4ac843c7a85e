import Bytes

/// Lines of syslog daemons that say that log lines were lost, or came again.
enum SyslogLine {
  static func record(_ message: ByteView, _ tag: ByteView) -> LogRecord {
    switch tag {
    case "systemd-journald", "systemd-journal", "journal", "rsyslogd", "rsyslogd-2177", "imuxsock", "imjournal",
      "syslog-ng":
      break
    default:
      return RepetitionLine.read(untagged: message, tag) ?? .foreign
    }
    if let program = program(ofSocket: message), !isMail(program) { return .foreign }
    let count: Int?
    if message.hasPrefix("Suppressed ") {
      // journald: `Suppressed 5012 messages from postfix@-.service`; of other services it is none of ours.
      guard ["postfix", "sendmail", "mail", "rsyslog", "syslog"].contains(where: { message.contains($0) }) else {
        return .foreign
      }
      count = number(message, after: "Suppressed ")
    } else if let lost = message.firstRange(of: " messages lost due to rate-limiting") {
      // rsyslog's imjournal: `imjournal: 20531 messages lost due to rate-limiting (20000 allowed within 600 seconds)`
      count = number(message, before: lost.lowerBound)
    } else if message.contains(" lost ") && message.contains(" messages from pid ") {
      // rsyslog's imuxsock: `imuxsock[pid 61]: lost 112 messages from pid 998 due to rate-limiting`
      count = number(message, after: " lost ")
    } else if message.contains("begin to drop messages due to rate-limiting")
      || message.contains("begins to drop messages from pid ") && message.hasSuffix(" due to rate-limiting")
    {
      // The second is rsyslog's before version 8: `imuxsock begins to drop messages from pid 998 due to rate-limiting`
      count = nil
    } else if message.hasPrefix("Forwarding to syslog missed ") {
      // journald: `Forwarding to syslog missed 9 messages.`, whosever they were.
      count = number(message, after: "missed ")
    } else if message.hasPrefix("Destination "), message.contains("queue full, dropping message") {
      // syslog-ng, for each message: `Destination [reliable ]queue full, dropping message; queue_len='10000', …`
      count = 1
    } else {
      return .foreign
    }
    return .trouble(TroubleRecord(kind: .lostLines, text: message, count: count))
  }

  /// The program whose lines rsyslog's imuxsock dropped, where it says that: `imuxsock[pid: 51, name: /usr/bin/x] from
  /// <mx1:x>: begin to drop messages …`.
  private static func program(ofSocket message: ByteView) -> ByteView? {
    guard message.hasPrefix("imuxsock[pid: "), let name = message.firstRange(of: ", name: ", from: 14),
      let end = message.firstIndex(of: 0x5D, from: name.upperBound), end > name.upperBound
    else { return nil }
    return message[name.upperBound..<end]
  }

  /// True for Postfix's and Sendmail's programs, by name or path.
  private static func isMail(_ program: ByteView) -> Bool {
    let name = program.from((program.lastIndex(of: 0x2F) ?? -1) + 1)
    return PostfixDaemon(name) != nil || SendmailLine.isSendmail(name) || program.contains("postfix")
      || program.contains("sendmail")
  }

  /// The number that follows `prefix`.
  private static func number(_ text: ByteView, after prefix: StaticString) -> Int? {
    guard let found = text.firstRange(of: prefix) else { return nil }
    var end = found.upperBound
    while let byte = text.at(end), byte.isASCIIDigit { end += 1 }
    return text[found.upperBound..<end].decimal
  }

  /// The number that ends before `end`.
  private static func number(_ text: ByteView, before end: Int) -> Int? {
    var start = end
    while start > 0, text[start - 1].isASCIIDigit { start -= 1 }
    return text[start..<end].decimal
  }
}
