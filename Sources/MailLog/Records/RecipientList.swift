public import Bytes

extension DeliveryRecord {
  /// All recipients of the line, without angle brackets.
  public var recipients: RecipientList { RecipientList(first: recipient, others: otherRecipients) }
}

/// The recipients that share one line of a delivery. O(line) to walk.
public struct RecipientList: Sequence, IteratorProtocol {
  private var first: ByteView?
  private var others: ByteView

  init(first: ByteView?, others: ByteView) {
    self.first = first
    self.others = others
  }

  public var isEmpty: Bool { first == nil && others.isEmpty }

  public mutating func next() -> ByteView? {
    if let first {
      self.first = nil
      return first
    }
    guard !others.isEmpty else { return nil }
    let (address, end) = SendmailAddress.scan(others, at: 0)
    others = others.from(others.at(end) == 0x2C ? end + 1 : others.count)
    return address
  }
}
