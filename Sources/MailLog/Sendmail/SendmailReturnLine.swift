import Bytes

/// Mail that Sendmail writes itself: `QID: NEWQID: DSN: User unknown`, `QID: NEWQID: sender notify: Warning: could not
/// send message for past 4 hours`, `QID: NEWQID: return to sender: Cannot send message for 5 days` (the expiry), `…:
/// delivery time expired 3600s` (RFC 2852's, DELIVERBY). Source: sendmail/savemail.c, envelope.c (dropenvelope).
enum SendmailReturnLine {
  static func read(_ id: ByteView, _ rest: ByteView, into record: inout LogRecord) -> Bool {
    guard let (newID, text) = QueueID.scan(rest) else { return false }
    let forms: [StaticString] = [
      "DSN: ", "return to sender: ", "sender notify: ", "postmaster notify: ", "return receipt",
    ]
    guard let form = forms.first(where: { text.hasPrefix($0) }) else {
      if text.hasPrefix("clone: ") {
        record = .uninteresting
        return true
      }
      return false
    }
    let why = text.from(form.utf8CodeUnitCount)
    if isExpiry(why) {
      record = .expired(ExpiryRecord(queueID: id, sender: nil))
      return true
    }
    let kind: NotificationRecord.Kind
    if why.hasPrefix("Warning: could not send message") {
      kind = .delay
    } else {
      kind = form.utf8CodeUnitCount == 14 ? .deliveryStatus : .nonDelivery
    }
    record = .notification(
      NotificationRecord(
        queueID: id, kind: kind, isToPostmaster: text.hasPrefix("postmaster "), notificationQueueID: newID))
    return true
  }

  /// True for words that say that a message's time in the queue is over.
  static func isExpiry(_ words: ByteView) -> Bool {
    words.hasPrefix("Cannot send message for ") || words.hasPrefix("delivery time expired ")
  }
}
