public import Bytes
public import SMTPTypes

/// One failure as a window showed it: what the verdict is made from. Borrowed from the line that it was read from.
public struct Failure {
  public var direction: Direction
  public var hop: Hop
  public var origin: Origin
  public var stage: Stage?
  /// What the other side (or our own software) said; its text is free of the log's own framing
  /// (`host … said:`, `(in reply to …)`).
  public var reply: Reply
  /// What our MTA recorded (`dsn=`).
  public var status: EnhancedStatusCode?
  /// The name of the provider, empty when unknown.
  public var provider: ByteView

  public init(
    direction: Direction, hop: Hop = .external, origin: Origin, stage: Stage? = nil, reply: Reply,
    status: EnhancedStatusCode? = nil, provider: ByteView = .empty
  ) {
    self.direction = direction
    self.hop = hop
    self.origin = origin
    self.stage = stage
    self.reply = reply
    self.status = status
    self.provider = provider
  }
}
