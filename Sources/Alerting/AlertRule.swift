public import SMTPTypes

/// A threshold: what is measured, over which mail, and when it is too much.
public struct AlertRule: Sendable, Equatable {
  /// What is measured over the window.
  public enum Metric: UInt8, NamedValue {
    /// Attempts after which the MTA will retry, as a share of all attempts on external hops (0 to 1).
    case deferralRate
    /// The same for first attempts alone: what mail meets when it is fresh.
    case firstDeferralRate
    /// How many attempts ended in a transient failure.
    case deferrals
    /// How many recipients our own server turned away with a 4xx.
    case rejections

    public var name: StaticString {
      switch self {
      case .deferralRate: "deferral-rate"
      case .firstDeferralRate: "first-deferral-rate"
      case .deferrals: "deferrals"
      case .rejections: "rejections"
      }
    }

    /// True if `above` is a share, false if it is a count.
    public var isRate: Bool {
      switch self {
      case .deferralRate, .firstDeferralRate: true
      case .deferrals, .rejections: false
      }
    }
  }

  /// By what the measure is cut, each value with a state of its own.
  public enum Cut: UInt8, NamedValue, Hashable {
    case none, provider, domain, relay, senderDomain, service, user, tag, cause

    public var name: StaticString {
      switch self {
      case .none: "none"
      case .provider: "provider"
      case .domain: "domain"
      case .relay: "relay"
      case .senderDomain: "sender-domain"
      case .service: "service"
      case .user: "user"
      case .tag: "tag"
      case .cause: "cause"
      }
    }

    /// True if tallies count attempts by it, so that a rate has a denominator.
    var hasAttempts: Bool { self != .none && self != .cause }
  }

  public var name: String
  public var metric: Metric = .deferralRate
  public var by: Cut = .none
  /// Only mail with these values counts; a tag is written `name=value`.
  public var conditions: [Cut: String] = [:]
  /// Fires when the measure is greater: a share from 0 to 1, or a count.
  public var above: Double
  /// Clears when the measure is less, or equal to 0; at most `above`.
  public var clearBelow: Double
  /// Seconds, 60 to 86,400.
  public var window = 900
  /// Attempts (rejections for that metric) in the window below which nothing fires.
  public var minimum = 50

  public init(name: String, above: Double, clearBelow: Double? = nil) {
    self.name = name
    self.above = above
    self.clearBelow = clearBelow ?? above / 2
  }

  /// Why the rule can't be evaluated, or nil. Tallies count attempts by one cut at a time, so a rate can be asked for
  /// one cut only (and a cause beside it, which shares its denominator).
  public var fault: String? {
    let cuts = Set(conditions.keys).union([by]).subtracting([.none, .cause])
    switch metric {
    case .deferralRate where cuts.count > 1:
      return "a rate needs attempts counted by \(AlertRule.list(cuts)) together, and they are counted by one at a time"
    case .firstDeferralRate where cuts.count > 1 || conditions[.cause] != nil || by == .cause:
      return "first attempts are counted by one of provider, domain, relay, sender-domain, service, user, tag at a time"
    case .deferralRate, .firstDeferralRate, .deferrals, .rejections:
      return nil
    }
  }

  private static func list(_ cuts: Set<Cut>) -> String {
    cuts.sorted { $0.rawValue < $1.rawValue }.map(\.description).joined(separator: " and ")
  }
}
