public import SMTPTypes

/// What a journal line is about.
public enum EventType: UInt8, NamedValue, Hashable {
  /// One attempt, one recipient, after which the MTA will retry, whatever the reply code was.
  case transientFailure
  /// To a recipient that had been deferred, or whom a message failed before (with `journal.scope: all`, to any).
  case delivery
  /// Permanent.
  case bounce
  /// Given up by the MTA after its queue lifetime; one for each recipient still open. Not an attempt.
  case expiration
  /// A 4xx that our server gave a client.
  case rejection
  /// A delay that a server further on reported in a DSN.
  case delayNotice
  /// A failure that a server further on reported in a DSN.
  case remoteBounce
  /// The identity of a message, once, when it first matters.
  case message
  /// A minute's counts.
  case tally
  case alert
  /// What was lost, how much, why.
  case gap
  /// A source's position.
  case checkpoint
  /// A recipient that left the queue without an outcome: deleted by hand, or gone unseen.
  case deletion
  /// That an address was taken out of the journal on request; not which.
  case erasure

  public var name: StaticString {
    switch self {
    case .transientFailure: "transient-failure"
    case .delivery: "delivery"
    case .bounce: "bounce"
    case .expiration: "expiration"
    case .rejection: "rejection"
    case .delayNotice: "delay-notice"
    case .remoteBounce: "remote-bounce"
    case .message: "message"
    case .tally: "tally"
    case .alert: "alert"
    case .gap: "gap"
    case .checkpoint: "checkpoint"
    case .deletion: "deletion"
    case .erasure: "erasure"
    }
  }
}

/// The window through which something was seen.
public enum Source: UInt8, NamedValue, Hashable {
  case log, milter, dsn, queue

  public var name: StaticString {
    switch self {
    case .log: "log"
    case .milter: "milter"
    case .dsn: "dsn"
    case .queue: "queue"
    }
  }
}
