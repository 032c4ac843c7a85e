public import Classification
public import Journal
public import SMTPTypes

/// A threshold that was crossed, one way or the other. Owns its texts.
public struct Alert: Sendable, Equatable {
  public enum State: UInt8, NamedValue {
    case firing, cleared

    public var name: StaticString {
      switch self {
      case .firing: "firing"
      case .cleared: "cleared"
      }
    }
  }

  public struct CauseCount: Sendable, Equatable {
    public var cause: Cause
    public var count: Int
  }

  public var rule: AlertRule
  /// The provider, domain … that it is about; nil for all traffic.
  public var key: String?
  public var state: State
  public var time: Timestamp
  /// When it began to fire.
  public var since: Timestamp
  /// The window's counts.
  public var counts: Tally.Counts
  public var value: Double
  /// Most frequent first, at most five.
  public var causes: [CauseCount]
  /// A reply of the most recent failure, at most 500 bytes.
  public var sample: String?

  /// One sentence: `google: 43.1% of 232 attempts deferred in 15 min (threshold 20%)`.
  public var summary: String {
    let subject = key ?? "all mail"
    let window = rule.window % 3600 == 0 ? "\(rule.window / 3600) h" : "\(rule.window / 60) min"
    let limit = rule.metric.isRate ? Alert.percent(rule.threshold) : Alert.number(rule.threshold)
    let bound = state == .firing ? "threshold \(limit)" : "below \(clearLimit)"
    switch rule.metric {
    case .deferralRate:
      return "\(subject): \(Alert.percent(value)) of \(counts.attempts) attempts deferred in \(window) (\(bound))"
    case .firstAttemptDeferralRate:
      return
        "\(subject): \(Alert.percent(value)) of \(counts.firstAttempts) first attempts deferred in \(window) (\(bound))"
    case .deferrals:
      return "\(subject): \(counts.deferrals) attempts deferred in \(window) (\(bound))"
    }
  }

  private var clearLimit: String {
    rule.metric.isRate ? Alert.percent(rule.clearBelow) : Alert.number(rule.clearBelow)
  }

  /// `0.4312` to `43.1%`.
  static func percent(_ share: Double) -> String {
    let tenths = Int((min(max(share, 0), 10) * 1000).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)%" : "\(tenths / 10).\(tenths % 10)%"
  }

  static func number(_ value: Double) -> String {
    value.magnitude < 1e15 ? String(Int(value.rounded())) : String(value)
  }
}
