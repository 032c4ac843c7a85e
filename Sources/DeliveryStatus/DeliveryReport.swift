public import SMTPTypes

/// What one message says about deliveries. A message that is no report is an empty one of kind `none`.
public struct DeliveryReport: Equatable, Sendable {
  /// How the report was read.
  public enum Form: Equatable, Sendable {
    /// A delivery-status part (RFC 3464, RFC 6533).
    case deliveryStatus
    /// Words; the name of the notice in `NoticeForm.all`.
    case notice(String)
    /// Neither.
    case other
  }

  public var kind: ReportKind = .none
  public var form: Form = .other
  public var recipients: [ReportedRecipient] = []

  /// Reporting-MTA without its name type.
  public var reportingMTA: String?
  /// When the message reached the reporting MTA.
  public var arrival: Timestamp?
  /// The envelope id that the sender gave (RFC 3461, ENVID).
  public var envelopeID: String?
  /// The message's queue id on the reporting MTA, where that says it (`X-Postfix-Queue-ID`).
  public var queueID: String?
  /// The envelope sender, where the reporting MTA says it (`X-Postfix-Sender`).
  public var sender: String?

  /// Of the message that was sent: its Message-ID without angle brackets, its Subject (RFC 2047 decoded), its From.
  public var messageID: String?
  public var subject: String?
  public var from: String?

  /// What was left unread because the message went beyond a limit.
  public var exceeded: ReportLimits.Kinds = []

  public init() {}
}
