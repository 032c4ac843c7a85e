public import Journal
public import SMTPTypes

/// A threshold over a sliding window, for all traffic or for each provider, domain … on its own.
public struct AlertRule: Sendable, Equatable {
  /// What is compared with the threshold.
  public enum Metric: UInt8, NamedValue {
    /// Transient failures that are attempts / attempts.
    case deferralRate
    /// First attempts that were deferred / first attempts.
    case firstAttemptDeferralRate
    /// Transient failures that are attempts.
    case deferrals

    public var name: StaticString {
      switch self {
      case .deferralRate: "deferral-rate"
      case .firstAttemptDeferralRate: "first-attempt-deferral-rate"
      case .deferrals: "deferrals"
      }
    }

    /// True if the threshold is a share, 0 to 1.
    public var isRate: Bool {
      switch self {
      case .deferralRate, .firstAttemptDeferralRate: true
      case .deferrals: false
      }
    }
  }

  /// What the traffic is divided by.
  public enum Grouping: Sendable, Equatable {
    case all
    case cut(Tally.Cut)

    public var name: String {
      switch self {
      case .all: "all"
      case .cut(let cut): cut.description
      }
    }
  }

  /// Unique among the rules; stands in alerts.
  public var name: String
  public var metric: Metric
  public var grouping: Grouping
  /// Fires when the metric is at or above: a share (0 to 1) for a rate, a count otherwise.
  public var threshold: Double
  /// Clears when the metric falls below; not above `threshold`.
  public var clearBelow: Double
  /// Seconds, 60 to 86,400; counted in whole minutes.
  public var window: Int
  /// Attempts in the window below which a rate says nothing.
  public var minimum: Int

  public init(
    name: String, metric: Metric = .deferralRate, grouping: Grouping = .cut(.provider), threshold: Double,
    clearBelow: Double? = nil, window: Int = 900, minimum: Int = 50
  ) {
    self.name = name
    self.metric = metric
    self.grouping = grouping
    self.threshold = threshold
    self.clearBelow = min(clearBelow ?? threshold * 0.8, threshold)
    self.window = min(max(window, 60), 86_400)
    self.minimum = max(minimum, 1)
  }

  func value(of counts: Tally.Counts) -> Double {
    switch metric {
    case .deferralRate:
      counts.attempts > 0 ? Double(counts.deferrals) / Double(counts.attempts) : 0
    case .firstAttemptDeferralRate:
      counts.firstAttempts > 0 ? Double(counts.firstDeferred) / Double(counts.firstAttempts) : 0
    case .deferrals:
      Double(counts.deferrals)
    }
  }

  /// What the minimum is compared with.
  func weight(of counts: Tally.Counts) -> Int {
    metric == .firstAttemptDeferralRate ? counts.firstAttempts : counts.attempts
  }
}
