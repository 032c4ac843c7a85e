import Bytes

/// qmgr's `from=<s>, size=N, nrcpt=N (queue active)` and `from=<s>, status=expired, returned to sender`.
/// Source: qmgr/qmgr_active.c.
enum QueueLine {
  @inline(__always)
  static func read(_ id: ByteView, _ rest: ByteView, into parsed: inout ParsedLine) -> Bool {
    guard var sender = DeliveryLine.address(rest, at: 5) else { return false }
    // Nothing that a stranger writes stands behind the sender, whose local part before 3.5 is logged without quotes.
    if rest.firstIndex(of: 0x3E, from: sender.end) != nil, let last = lastAddress(rest, at: 5) { sender = last }
    let fields = rest.from(sender.end + 2)
    if fields.hasPrefix("size=") {
      var record = QueueActiveRecord(queueID: id, sender: sender.address)
      var at = 5
      while let byte = fields.at(at), byte.isASCIIDigit { at += 1 }
      guard fields.from(at).hasPrefix(", nrcpt=") else { return false }
      at += 8
      var count = 0
      let start = at
      while let byte = fields.at(at), byte.isASCIIDigit, at - start < 9 {
        count = count * 10 + Int(byte &- 0x30)
        at += 1
      }
      if at > start { record.recipientCount = count }
      parsed.set(.queueActive(record))
      return true
    }
    if fields.hasPrefix("status=expired") {
      parsed.set(other: .expired(ExpiryRecord(queueID: id, sender: sender.address)))
      return true
    }
    if fields.hasPrefix("status=force-expired") {
      parsed.set(other: .expired(ExpiryRecord(queueID: id, sender: sender.address, isForced: true)))
      return true
    }
    return false
  }

  /// The longest address in angle brackets at `start` that a comma follows, and the offset behind it.
  private static func lastAddress(_ text: ByteView, at start: Int) -> (address: ByteView, end: Int)? {
    var close = text.count - 3
    while close > start {
      if text[close] == 0x3E, text[close + 1] == 0x2C, text[close + 2] == 0x20 {
        return (text[(start + 1)..<close], close + 1)
      }
      close -= 1
    }
    return nil
  }
}
