import Bytes
public import SMTPTypes

/// What the reporting MTA did with one recipient (RFC 3464, section 2.3.3).
public enum ReportedAction: UInt8, NamedValue, Hashable {
  case failed, delayed, delivered, relayed, expanded

  public var name: StaticString {
    switch self {
    case .failed: "failed"
    case .delayed: "delayed"
    case .delivered: "delivered"
    case .relayed: "relayed"
    case .expanded: "expanded"
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
