public import Bytes

extension DeliveryRecord.Account {
  /// Reads the reason that Postfix keeps with a message that it put off (`delay_reason` of postqueue(1)): the text of
  /// a delivery line's parentheses, whichever agent gave it.
  public init(delayReason reason: ByteView) {
    self = AccountReader.account(reason, .queueManager)
  }

  /// True if a mailbox or a command of this machine is what failed: local(8), virtual(8), pipe(8).
  public static func isLocalDelivery(_ reason: ByteView) -> Bool {
    for start in [
      "temporary failure", "Command died", "Command time limit", "maildir delivery failed", "cannot update mailbox",
      "cannot access mailbox", "unable to lock", "mailbox ",
    ] as [StaticString] where reason.hasPrefix(start) { return true }
    return false
  }
}
