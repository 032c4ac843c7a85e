public import SMTPTypes

/// What a message tells about a delivery, if it tells anything.
public enum ReportKind: UInt8, NamedValue, Hashable {
  /// Delivery failed for good (RFC 3464 `failed`).
  case bounce
  /// Delivery has not happened yet; the reporting MTA goes on trying (`delayed`).
  case delay
  case delivered, relayed, expanded
  /// A vacation notice or another automatic answer (RFC 3834), a disposition notification (RFC 8098).
  case autoReply
  /// A complaint or an authentication failure report (RFC 5965).
  case feedback
  /// Ordinary mail, or nothing that could be read.
  case none

  public var name: StaticString {
    switch self {
    case .bounce: "bounce"
    case .delay: "delay"
    case .delivered: "delivered"
    case .relayed: "relayed"
    case .expanded: "expanded"
    case .autoReply: "auto-reply"
    case .feedback: "feedback"
    case .none: "none"
    }
  }

  /// True if recipients of ours are meant.
  public var isDeliveryReport: Bool {
    switch self {
    case .bounce, .delay, .delivered, .relayed, .expanded: true
    case .autoReply, .feedback, .none: false
    }
  }
}
