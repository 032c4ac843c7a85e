import Bytes
public import SMTPTypes

/// What the reporting MTA did with one recipient (RFC 3464, section 2.3.3). `deliverable` and `undeliverable` are
/// Postfix's answers where an address was only tried (`sendmail -bv`, bounce/bounce_notify_util.c): no message was sent.
public enum ReportedAction: UInt8, NamedValue, Hashable {
  case failed, delayed, delivered, relayed, expanded, deliverable, undeliverable

  public var name: StaticString {
    switch self {
    case .failed: "failed"
    case .delayed: "delayed"
    case .delivered: "delivered"
    case .relayed: "relayed"
    case .expanded: "expanded"
    case .deliverable: "deliverable"
    case .undeliverable: "undeliverable"
    }
  }

  /// The kind of a report in which this is the action.
  public var kind: ReportKind {
    switch self {
    case .failed: .bounce
    case .delayed: .delay
    case .delivered: .delivered
    case .relayed: .relayed
    case .expanded: .expanded
    case .deliverable, .undeliverable: .none
    }
  }

  /// Reads an Action field: its first word, in any case. Words outside of the RFC that real senders write are
  /// taken for what they mean: `failure` and `fail` (old gateways), `expired` (SendGrid), `deferred`, `delay`.
  init?(field value: ByteView) {
    var word = value.trimmed
    var end = 0
    while let byte = word.at(end), byte.isASCIILetter { end += 1 }
    word = word.prefix(end)
    for action in ReportedAction.allCases where word.equalsIgnoringCase(ByteView(action.name)) {
      self = action
      return
    }
    for (name, action) in ReportedAction.aliases where word.equalsIgnoringCase(ByteView(name)) {
      self = action
      return
    }
    return nil
  }

  private static let aliases: [(StaticString, ReportedAction)] = [
    ("failure", .failed), ("fail", .failed), ("expired", .failed), ("bounced", .failed),
    ("delay", .delayed), ("deferred", .delayed), ("delivery", .delivered), ("relay", .relayed),
  ]
}
