import Bytes

/// How a session of smtpd ended before its time: `lost connection after …` (the client's own doing), `timeout after …`
/// and `too many errors after …` (`LimitLine`). Since 3.10 with a queue id or NOQUEUE in front.
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
    return LimitLine.readSession(id, rest, into: &result)
  }
}
