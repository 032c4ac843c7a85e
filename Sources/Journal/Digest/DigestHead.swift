// What a digest says of an event in words that few events differ in: type, cause, service, status, rule. The texts that
// many differ in are numbered apart; see `DigestPart`.

import Bytes
import Classification
import SMTPTypes

/// Heads of shapes as journal lines.
enum DigestHead {
  /// How an event gets into a digest.
  enum Way {
    /// By its shape.
    case shape
    /// By its type alone.
    case type
    /// As its line stands: counts look at its words.
    case line
  }

  static func way(of event: borrowing Event) -> Way {
    switch event.type {
    case .message, .erasure: return .type
    case .tally, .alert, .gap, .checkpoint: return .line
    // The code of the least number of attempts has no successor.
    case _ where event.attempt == Int.min: return .line
    case .transientFailure, .rejection:
      // The replies that no rule knows are shown.
      return event.cause == nil || event.cause == .unclassified ? .line : .shape
    case .delivery, .bounce, .expiration, .deletion, .delayNotice, .remoteBounce: return .shape
    }
  }

  /// Appends the line of the head of `event`. Its time is the first of 1970 with as many digits. O(event).
  static func append(_ event: borrowing Event, to buffer: inout ByteBuffer) {
    let time = Timestamp(microseconds: 0, fractionDigits: Int(event.time.fractionDigits))
    var head = Event(time: time, type: event.type)
    defer { EventEncoder.append(head, to: &buffer) }
    guard way(of: event) == .shape else { return }
    head.source = event.source
    head.host = event.host
    head.instance = event.instance
    head.service = event.service
    head.direction = event.direction
    head.hop = event.hop
    head.cause = event.cause
    head.scope = event.scope
    head.origin = event.origin
    head.status = event.status
    head.stage = event.stage
    head.rule = event.rule
    head.matched = event.matched
  }

  /// True if `head`, read back from its line, says of `event` all that a head is to say.
  static func isHead(_ head: borrowing Event, of event: borrowing Event) -> Bool {
    head.type == event.type && head.source == event.source && head.direction == event.direction
      && head.hop == event.hop && head.cause == event.cause && head.scope == event.scope
      && head.origin == event.origin && head.stage == event.stage && head.status == event.status
      && head.matched == event.matched && head.time.fractionDigits == event.time.fractionDigits
      && isSame(head.host, event.host) && isSame(head.instance, event.instance)
      && isSame(head.service, event.service) && isSame(head.rule, event.rule)
  }

  private static func isSame(_ one: ByteView?, _ two: ByteView?) -> Bool {
    switch (one, two) {
    case (nil, nil): true
    case (let one?, let two?): one == two
    default: false
    }
  }
}
