// Today's rules applied to events that were journaled long ago.

import Bytes
public import Classification
public import Journal
import SMTPTypes

/// Judges events again, one journal in its order. Not thread-safe.
///
/// What ended a wait (`expiration`, `deletion`) takes over the new verdict on the recipient's last failure, if that was
/// among the last million that were read; else it stays as it is.
public final class EventRejudge {
  /// One verdict that became another.
  public struct Change: Hashable, Sendable {
    public var from: Cause?
    public var to: Cause
  }

  private struct Carried {
    var cause: Cause
    var scope: Scope?
    var rule: Int
  }

  private static let carriedLimit = 1_000_000

  private let judge: Judge
  private let ruleset: ByteStore
  private var carried: [UInt64: Carried] = [:]
  /// Events that have a verdict.
  public private(set) var judged = 0
  /// How many causes changed, from what to what; those that only changed scope, rule or wait are not among them.
  public private(set) var changes: [Change: Int] = [:]
  /// Events of which cause, scope, rule or wait is another now.
  public private(set) var changed = 0

  public init(classifier: Classifier) {
    judge = Judge(classifier: classifier)
    ruleset = ByteStore([classifier.ruleset])
  }

  public var classifier: Classifier { judge.classifier }

  /// Gives `event` the verdict of today's rules; true if it had one, so that it now names their version. The event's
  /// new texts are valid while this is.
  @discardableResult
  public func judge(_ event: inout Event) -> Bool {
    let before = (event.cause, event.scope, event.retryAfter)
    let sameRule: Bool
    switch event.type {
    case .transientFailure, .bounce, .rejection, .delayNotice, .remoteBounce:
      let rule = event.rule
      guard let verdict = event.take(verdictOf: judge, ruleset: ruleset[0]) else { return false }
      sameRule = rule == event.rule
      if event.type == .transientFailure, let key = EventRejudge.key(event) {
        if carried.count >= EventRejudge.carriedLimit { carried.removeAll() }
        carried[key] = Carried(cause: verdict.cause, scope: verdict.scope, rule: verdict.rule)
      } else if event.type == .bounce {
        forget(event)
      }
    case .expiration, .deletion:
      guard let key = EventRejudge.key(event), let last = carried.removeValue(forKey: key) else { return false }
      let rule = event.rule
      event.cause = last.cause
      event.scope = last.scope
      event.rule = judge.classifier.ruleName(last.rule)
      event.ruleset = ruleset[0]
      sameRule = rule == event.rule
    case .delivery:
      forget(event)
      return false
    case .message, .tally, .alert, .gap, .checkpoint, .erasure:
      return false
    }
    judged += 1
    if !sameRule || before != (event.cause, event.scope, event.retryAfter) { changed += 1 }
    if before.0 != event.cause { changes[Change(from: before.0, to: event.cause ?? .unclassified), default: 0] += 1 }
    return true
  }

  private func forget(_ event: borrowing Event) {
    if !carried.isEmpty, let key = EventRejudge.key(event) { carried[key] = nil }
  }

  private static func key(_ event: borrowing Event) -> UInt64? {
    guard let queueID = event.queueID, let recipient = event.recipient else { return nil }
    let host = event.host ?? .empty
    return (queueID.tableHash &* 0x9E37_79B9_7F4A_7C15) ^ (recipient.tableHash &* 31) ^ (host.tableHash &* 7)
  }
}

/// Gives events on as today's rules judge them.
public final class RejudgingSink: EventSink {
  public let rejudge: EventRejudge
  private let next: any EventSink

  public init(classifier: Classifier, next: any EventSink) {
    rejudge = EventRejudge(classifier: classifier)
    self.next = next
  }

  public func receive(_ event: borrowing Event) {
    var judged = copy event
    rejudge.judge(&judged)
    next.receive(judged)
  }

  public func receive(_ tally: borrowing Tally, host: String) { next.receive(tally, host: host) }
}
