import Bytes

/// qmgr's `from=<s>, size=N, nrcpt=N (queue active)` and `from=<s>, status=expired, returned to sender`.
/// Source: qmgr/qmgr_active.c.
enum QueueLine {
  static func record(_ id: ByteView, _ rest: ByteView) -> LogRecord? {
    guard let sender = DeliveryLine.address(rest, at: 5) else { return nil }
    let fields = rest.from(sender.end + 2)
    if fields.hasPrefix("size=") {
      var record = QueueActiveRecord(queueID: id, sender: sender.address)
      var at = 5
      while let byte = fields.at(at), byte.isASCIIDigit { at += 1 }
      guard fields.from(at).hasPrefix(", nrcpt=") else { return nil }
      at += 8
      var count = 0
      let start = at
      while let byte = fields.at(at), byte.isASCIIDigit, at - start < 9 {
        count = count * 10 + Int(byte &- 0x30)
        at += 1
      }
      if at > start { record.recipientCount = count }
      return .queueActive(record)
    }
    if fields.hasPrefix("status=expired") {
      return .expired(ExpiryRecord(queueID: id, sender: sender.address))
    }
    if fields.hasPrefix("status=force-expired") {
      return .expired(ExpiryRecord(queueID: id, sender: sender.address, isForced: true))
    }
    return nil
  }
}
