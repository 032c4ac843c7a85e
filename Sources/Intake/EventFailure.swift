// An event as the failure that rules judge: the one way from what is known of a delivery to its verdict, for a line that
// comes in as for an event that was journaled long ago, so that both are judged alike.

import Bytes
public import Classification
public import Journal
import MailLog
import SMTPTypes

extension Failure {
  /// What the verdict on `event` is made from; nil if it tells of no failure, or only of how an earlier one ended. Valid
  /// while the event's texts are.
  public init?(of event: borrowing Event) {
    switch event.type {
    case .transientFailure, .bounce, .rejection, .delayNotice, .remoteBounce: break
    case .delivery, .expiration, .deletion, .message, .tally, .alert, .gap, .checkpoint, .erasure: return nil
    }
    guard let direction = event.direction, let origin = event.origin else { return nil }
    self.init(
      direction: direction, hop: event.hop ?? .external, origin: origin, stage: event.stage,
      reply: event.reply ?? Reply(text: .empty), status: event.status, provider: event.provider ?? .empty)
  }
}

extension Verdict {
  /// The verdict with what is known of our own hops: nobody but ourselves can mend a server of ours, and an SMTP one
  /// beside us that can't be reached, or has no time to talk, is a content filter.
  public func adjusted(to event: borrowing Event) -> Verdict {
    guard event.direction == .outbound, event.hop == .internal else { return self }
    var verdict = self
    if Verdict.isNoSession(cause, event), Verdict.isFilter(event) { verdict.cause = .filterFailure }
    if scope != .recipient && scope != .content { verdict.scope = .local }
    return verdict
  }

  /// True if no session came about or lasted, for no better reason than that the server was away or too busy for one:
  /// unreachable, hung up, or `refused to talk to me: 421 4.3.2 Service shutting down`.
  private static func isNoSession(_ cause: Cause, _ event: borrowing Event) -> Bool {
    switch cause {
    case .connectFailure, .connectionLost: true
    case .systemBusy, .localResource, .unclassified:
      (event.stage == .connect || event.stage == .ehlo) && event.reply?.code != nil
    default: false
    }
  }

  /// True if the server that the event could not talk to speaks SMTP: not a mail store behind LMTP, not a program, not
  /// the daemon that Sendmail hands its own queue to (by a mailer `relay`; of a port Sendmail never tells), and not a
  /// mail server's own port, where Postfix talks to another instance.
  private static func isFilter(_ event: borrowing Event) -> Bool {
    guard event.origin != .local else { return false }
    if let service = event.service {
      if service == event.instance ?? .empty { return false }
      if service.contains("lmtp") { return false }
    }
    var address = event.relay?.address
    var port = event.relay?.port
    if address == nil, let reply = event.reply {
      let account = DeliveryRecord.Account(delayReason: reply.text)
      address = account.hostAddress
      port = account.hostPort
    }
    guard let address, !address.isEmpty, address.firstIndex(of: UInt8(ascii: "/")) == nil else { return false }
    guard let port else { return (event.service ?? .empty) != "relay" }
    // RFC 2033 leaves the port open; 24 is where private mail systems, and LMTP with them, listen. The others are those
    // of SMTP, submission and submission over TLS (RFC 5321, 6409, 8314).
    return port != 24 && port != 25 && !Relay.isSubmission(port: port)
  }
}

extension Event {
  /// Judges this event by `judge` and notes the verdict; `ruleset` is the version of its rules. Returns nil, and leaves
  /// the event as it is, if it tells of no failure of its own.
  @inline(__always)
  mutating func take(verdictOf judge: Judge, ruleset: ByteView) -> Verdict? {
    guard let failure = Failure(of: self) else { return nil }
    let verdict = judge.judge(failure)
    return take(verdict, rule: judge.classifier.ruleNames[verdict.rule], ruleset: ruleset)
  }

  /// Notes a verdict on this event's failure, adjusted to it, and the name of the rule that gave it.
  @discardableResult
  @inline(__always)
  mutating func take(_ verdict: Verdict, rule: ByteView, ruleset: ByteView) -> Verdict {
    // Asked here as well: an event that is handed over from where it changes is copied first.
    let verdict = direction == .outbound && hop == .internal ? verdict.adjusted(to: self) : verdict
    cause = verdict.cause
    scope = verdict.scope
    self.rule = rule
    self.ruleset = ruleset
    retryAfter = verdict.retryAfter
    return verdict
  }
}
