import Bytes

/// How a session of smtpd ended before its time: `timeout after DATA (10 bytes) from NAME[ADDR]`,
/// `too many errors after RCPT from …` (both cost the client its session with a 421), `lost connection after …` (the
/// client's own doing). Since 3.10 with a queue id or NOQUEUE in front.
enum SessionLine {
  static func read(_ id: ByteView?, _ rest: ByteView, into result: inout LogRecord) -> Bool {
    if rest.hasPrefix("lost connection after ") {
      result = .uninteresting
      return true
    }
    if rest.hasPrefix("Wrapper-mode request dropped ") {
      result = .trouble(TroubleRecord(kind: .configuration, text: rest))
      return true
    }
    guard rest.hasPrefix("timeout after ") || rest.hasPrefix("too many errors after ") else { return false }
    var record = TroubleRecord(kind: .clientLimit, text: rest, queueID: id)
    if let from = rest.firstRange(of: " from "), let client = NamedHost(rest, at: from.upperBound) {
      record.clientAddress = client.address
    }
    result = .trouble(record)
    return true
  }
}
