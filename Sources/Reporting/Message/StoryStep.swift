import Bytes
public import Classification
public import Journal
public import SMTPTypes

/// One event of a message's story. Texts are as they came; renderers escape them.
public struct StoryStep: Sendable, Equatable {
  public var time: Timestamp
  public var type: EventType
  public var source: Source?
  public var hop: Hop?
  public var service: String?
  /// The queue id that the message had then.
  public var queueID: String?
  public var attempt: Int?
  /// `host[address]:port`
  public var relay: String?
  public var status: EnhancedStatusCode?
  public var replyCode: ReplyCode?
  public var reply: String?
  public var cause: Cause?
  public var scope: Scope?
  public var origin: Origin?
  public var stage: Stage?
  public var rule: String?
  /// The wait that the reply asks for, seconds.
  public var retryAfter: Int?
  /// Seconds from the first deferral.
  public var deferredFor: Double?
  public var note: String?
  /// Of a DSN: whether it matched a message of ours.
  public var matched: Bool?
  /// Which stretch of what was read it stands in; see `Readings`.
  var reading = 0

  init(_ event: borrowing Event) {
    time = event.time
    type = event.type
    source = event.source
    hop = event.hop
    service = event.service.map { String($0) }
    queueID = event.queueID.map { String($0) }
    attempt = event.attempt
    relay = event.relay.map(StoryStep.text)
    status = event.status
    replyCode = event.reply?.code
    reply = event.reply.map { String($0.text) }
    cause = event.cause
    scope = event.scope
    origin = event.origin
    stage = event.stage
    rule = event.rule.map { String($0) }
    retryAfter = event.retryAfter
    deferredFor = event.deferredFor
    note = event.note.map { String($0) }
    matched = event.matched
  }

  private static func text(_ relay: Relay) -> String {
    var text = String(relay.host)
    if !relay.address.isEmpty { text += "[\(relay.address)]" }
    if let port = relay.port { text += ":\(port)" }
    return text
  }

  /// A server further on told of it, perhaps hours later.
  var isReport: Bool { type == .delayNotice || type == .remoteBounce }

  /// An outcome of a try, or a recipient that was held back.
  var isOutcome: Bool {
    switch type {
    case .transientFailure, .delivery, .bounce, .expiration, .deletion: true
    default: false
    }
  }
}
