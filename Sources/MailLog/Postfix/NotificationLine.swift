import Bytes

/// bounce's `sender|postmaster delay|non-delivery|delivery status notification: ID`.
/// Source: bounce/bounce_notify_service.c and its relatives.
enum NotificationLine {
  static func read(_ id: ByteView, _ rest: ByteView, into record: inout LogRecord) -> Bool {
    let isToPostmaster = rest.hasPrefix("postmaster ")
    guard isToPostmaster || rest.hasPrefix("sender ") else { return false }
    let what = rest.from(isToPostmaster ? 11 : 7)
    let kind: NotificationRecord.Kind
    let start: Int
    if what.hasPrefix("non-delivery notification: ") {
      (kind, start) = (.nonDelivery, 27)
    } else if what.hasPrefix("delay notification: ") {
      (kind, start) = (.delay, 20)
    } else if what.hasPrefix("delivery status notification: ") {
      (kind, start) = (.deliveryStatus, 30)
    } else {
      return false
    }
    record = .notification(
      NotificationRecord(
        queueID: id, kind: kind, isToPostmaster: isToPostmaster, notificationQueueID: what.from(start)))
    return true
  }
}
