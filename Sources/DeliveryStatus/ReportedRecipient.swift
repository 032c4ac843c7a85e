public import SMTPTypes

/// One recipient of a report (RFC 3464, section 2.3), or what a notice in words says of one. Everything here was
/// written by a stranger: bounded in length, not escaped.
public struct ReportedRecipient: Equatable, Sendable {
  /// Final-Recipient without its address type and angle brackets; nil if the report names nobody.
  public var address: String?
  /// Original-Recipient, likewise.
  public var originalAddress: String?
  public var action: ReportedAction?
  /// The Status field; nil if it is absent or no code. A notice in words has one only if it shows one.
  public var status: EnhancedStatusCode?
  public var reply: ReportedReply?
  /// True if the diagnostic is an SMTP reply of `remoteMTA`; false if the reporting MTA speaks for itself
  /// (`X-Postfix; …`, `X-Unix; …`, a notice without a reply).
  public var isRemoteReply = false
  /// Remote-MTA without its name type.
  public var remoteMTA: String?
  public var lastAttempt: Timestamp?
  public var willRetryUntil: Timestamp?

  public init(address: String? = nil, action: ReportedAction? = nil) {
    self.address = address
    self.action = action
  }

  /// What the recipient's own action makes of the report; a recipient without one counts by its status.
  public var kind: ReportKind {
    if let action { return action.kind }
    switch status?.severity {
    case 2: return .delivered
    case 4: return .delay
    default: return .bounce
    }
  }
}
