// When an address should be watched, or no longer written to. Advice, never action.

import Classification
public import SMTPTypes

/// The numbers of the policy, and the decision.
///
/// What scores is a message that expired or bounced for a cause that the recipient or their domain has to mend, at most
/// once a day (UTC). Single attempts never score, nor do reports that match no message of ours. A delivery resets, unless
/// a report that matches it says that it did not arrive after all.
public struct RecipientPolicy: Sendable, Equatable {
  /// Scoring messages in a row, and the days that they must span (more than), before suppression is proposed.
  public var messages = 3
  public var spanDays = 14.0
  /// Days without a scoring message after which an address starts anew.
  public var forgetDays = 90.0
  /// Connect and DNS failures do not score while more than this share (0 to 1) of the other domains tried could not be
  /// reached either.
  public var outageShare = 0.5
  /// As many others must have been tried.
  public var outageDomains = 3
  /// The time within which that is looked at, seconds: half of it before a failure, or half of it after.
  public var outageWindow = 3600

  public init() {}

  /// What is proposed for an address.
  public enum State: UInt8, NamedValue, Hashable {
    /// Nothing stands against it.
    case healthy
    /// Failed lately, or put off for a cause of theirs, and not heard of since.
    case watch
    /// The same, because the mailbox is full.
    case mailboxFull
    /// It takes no mail.
    case suppress

    public var name: StaticString {
      switch self {
      case .healthy: "healthy"
      case .watch: "watch"
      case .mailboxFull: "mailbox-full"
      case .suppress: "suppress"
      }
    }
  }

  /// True if a message that ended so counts against its recipient.
  static func scores(_ cause: Cause, _ scope: Scope?) -> Bool {
    guard scope == .recipient || scope == .domain else { return false }
    return cause != .recipientRate
  }

  /// True for causes that may be our own resolver or uplink.
  /// A server that answers was reached, whatever it could not reach itself.
  static func mayBeOurs(_ cause: Cause, _ origin: Origin?) -> Bool {
    (cause == .connectFailure || cause == .dnsFailure) && origin != .remote
  }

  /// True if a permanent code says that the recipient or their domain does not exist: by the rule that took the reply
  /// (`Rule.nonexistent`), by its enhanced code (RFC 3463: X.1.1 bad mailbox, X.1.2 bad system, X.1.3 bad syntax, X.1.6
  /// moved, X.1.10 null MX, X.4.4 for a domain that DNS does not know), or, for a plain 550, 551 or 553 whose text says
  /// so, by the cause.
  static func isUnknown(
    _ cause: Cause, byRule: Bool, code: ReplyCode?, said: EnhancedStatusCode?, status: EnhancedStatusCode?
  ) -> Bool {
    if let code, code.value < 500 { return false }
    let enhanced = said ?? status
    if let enhanced, enhanced.severity != 5 { return false }
    if byRule { return code != nil || enhanced != nil }
    guard cause == .mailboxUnavailable || cause == .recipientUnverified || cause == .dnsFailure else { return false }
    if let enhanced, enhanced != EnhancedStatusCode(5, 0, 0) {
      switch (enhanced.subject, enhanced.detail) {
      case (1, 1), (1, 2), (1, 3), (1, 6), (1, 10): return true
      case (4, 4): return cause == .dnsFailure
      default: return false
      }
    }
    guard let code else { return false }
    return cause == .mailboxUnavailable && (code.value == 550 || code.value == 551 || code.value == 553)
  }

  private static let day = 86_400.0

  /// Whether what happened at `last` still stands at `now`; seconds since 1970.
  func stands(last: UInt32, now: Int64) -> Bool {
    last > 0 && Double(now - Int64(last)) < forgetDays * RecipientPolicy.day
  }

  func state(of standing: RecipientStanding, now: Int64) -> State {
    let stands = stands(last: standing.runLast, now: now)
    if stands {
      if standing.isUnknown { return .suppress }
      let span = Double(standing.runLast) - Double(standing.runFirst)
      if Int(standing.run) >= messages, span > spanDays * RecipientPolicy.day { return .suppress }
    }
    let record = standing.record
    let isPutOff = record.concern > standing.lastSuccess && self.stands(last: record.concern, now: now)
    guard (stands && standing.run > 0) || isPutOff else {
      return standing.hasFailed && self.stands(last: standing.lastFailure, now: now) ? .watch : .healthy
    }
    let cause = isPutOff && record.concern >= standing.runLast ? record.concernCause : standing.runCause
    return Cause(rawValue: cause) == .mailboxFull ? .mailboxFull : .watch
  }
}
