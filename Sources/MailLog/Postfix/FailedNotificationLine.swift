import Bytes

/// `QID: status=deferred (bounce failed)`: what bounce(8) should have sent of a message could not be sent; also
/// `delay warning failed`, `verp failed`, `trace failed`. Source: global/abounce.c, global/bounce.c, global/trace.c.
///
/// No recipient's attempt: those that bounced have been marked as done in the queue file, and the queue manager keeps
/// the message to ask for the notification again (qmgr/qmgr_active.c); those that expired are tried again meanwhile.
enum FailedNotificationLine {
  static func read(_ id: ByteView, _ rest: ByteView, into record: inout LogRecord) -> Bool {
    guard rest.hasPrefix("status=deferred ("), rest.hasSuffix(" failed)") else { return false }
    record = .trouble(TroubleRecord(kind: .notification, text: rest[17..<(rest.count - 1)], queueID: id))
    return true
  }
}
