public import Bytes
public import Classification
public import SMTPTypes

/// One thing that happened, as a journal line tells it. Every text is borrowed: from the log line, the identity or
/// the journal line that the event was made from. An absent field is nil and left out of the line.
///
/// `EventEncoder` writes and `EventDecoder` reads the line; both know the fields in this order.
public struct Event {
  // What a scan looks at stands first in the line.
  public var time: Timestamp
  public var type: EventType
  public var source: Source?
  /// The machine that reports, as configured.
  public var host: ByteView?
  /// The syslog name, a label that tells instances on one host apart (`postfix`, `postfix-out`).
  public var instance: ByteView?
  /// smtp, lmtp, a transport's name, smtpd, submission …
  public var service: ByteView?
  public var direction: Direction?
  public var hop: Hop?
  public var cause: Cause?
  public var scope: Scope?
  public var origin: Origin?
  public var provider: ByteView?
  /// The recipient's domain, lower case.
  public var domain: ByteView?
  /// The enhanced status code that our MTA recorded, what it acted on.
  public var status: EnhancedStatusCode?
  public var stage: Stage?
  /// Counts from 1 within a life; nil if the life's start was not seen.
  public var attempt: Int?
  public var queueID: ByteView?
  /// The queue id that the message had at first, where it has another now: it was requeued, or a content filter gave
  /// it back.
  public var firstQueueID: ByteView?
  /// Of a `message` event: the queue id that the message had until now, when it was requeued or, for the recipient of
  /// the event alone, a content filter gave it back.
  public var previousQueueID: ByteView?
  /// When the message entered our queue; the same for all events of a life.
  public var arrival: Timestamp?
  public var messageID: ByteView?
  /// The authenticated user.
  public var user: ByteView?
  /// The envelope sender; empty for the null sender.
  public var sender: ByteView?
  public var recipient: ByteView?
  public var originalRecipient: ByteView?
  public var relay: Relay?
  public var client: Client?
  /// Seconds from arrival to this outcome.
  public var delay: Double?
  public var delays: Delays?
  /// Seconds that this attempt took (Sendmail's `xdelay=`; Postfix tells `delays`).
  public var xdelay: Double?
  /// The wait that the reply asks for, seconds.
  public var retryAfter: Int?
  /// The rule that gave the cause.
  public var rule: ByteView?
  /// The version of the rules.
  public var ruleset: ByteView?
  /// What the other side said.
  public var reply: Reply?
  /// Labels by tag header: campaign, list, feedback id …
  public var tags: [Tag] = []
  /// Seconds between the first deferral and this event, on a `delivery`, `bounce` or `expiration` that ends one; on a
  /// `transient-failure` that is a first attempt, since the recipient was first held back without one.
  public var deferredFor: Double?
  /// `gap`: how many lines, events or bytes are missing, if known. `erasure`: how many lines named the address.
  public var count: Int?
  /// `alert`: `firing` or `cleared`. `erasure`: `begun` or `done`.
  public var state: ByteView?
  /// `alert`: the provider, domain … that it is about; absent for all mail.
  public var key: ByteView?
  /// `gap`, `alert`, `deletion`, `erasure`: a sentence for people.
  public var note: ByteView?
  /// For DSN events: whether it matched a message of ours.
  public var matched: Bool?
  /// Where the source's line starts in the file that the last checkpoint of the same source names.
  public var offset: Int?
  /// True on all events of one source line but its last: a tail that ends in such an event is incomplete.
  public var more = false

  @inlinable @inline(__always)
  public init(time: Timestamp, type: EventType) {
    self.time = time
    self.type = type
  }

  /// The SMTP client of an inbound event.
  public struct Client {
    public var host: ByteView
    public var address: ByteView

    public init(host: ByteView, address: ByteView) {
      self.host = host
      self.address = address
    }
  }

  public struct Tag {
    public var name: ByteView
    public var value: ByteView

    public init(name: ByteView, value: ByteView) {
      self.name = name
      self.value = value
    }
  }
}

extension Event {
  /// True for an outcome that counts as an attempt on an external hop: sent, deferred or bounced; not a suspension,
  /// an expiry or an internal hop.
  public var isAttempt: Bool {
    guard direction == .outbound, hop != .internal else { return false }
    switch type {
    case .transientFailure: return origin != .suspended && source == .log
    case .delivery, .bounce: return true
    case .expiration, .rejection, .delayNotice, .remoteBounce, .message, .tally, .alert, .gap, .checkpoint, .deletion,
      .erasure:
      return false
    }
  }
}
