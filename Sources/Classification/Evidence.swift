public import SMTPTypes

/// What a rule goes by, strongest first. Rules are tried in this order, and in the order of their files within it; the
/// administrator's own rules come before all of ours.
public enum Evidence: UInt8, NamedValue, Hashable, Comparable {
  /// A token or a wording that one provider alone uses.
  case provider
  /// A wording that many servers share.
  case text
  case enhancedCode, replyCode, stage

  public var name: StaticString {
    switch self {
    case .provider: "provider"
    case .text: "text"
    case .enhancedCode: "enhanced-code"
    case .replyCode: "reply-code"
    case .stage: "stage"
    }
  }

  public static func < (left: Evidence, right: Evidence) -> Bool { left.rawValue < right.rawValue }

  /// How far a verdict on this evidence can be trusted, 0 to 1; a rank, not a measured probability.
  public var confidence: Double {
    switch self {
    case .provider: 0.95
    case .text: 0.9
    case .enhancedCode: 0.7
    case .replyCode: 0.4
    case .stage: 0.2
    }
  }
}
