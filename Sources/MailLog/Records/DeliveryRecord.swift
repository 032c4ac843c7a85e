public import Bytes
public import SMTPTypes

/// One logged outcome for one recipient (Postfix: `log_adhoc`, Sendmail: `logdelivery`).
///
/// A hot path hands it on several times: its fields stand in an order that wastes no room, because copying up to 256
/// bytes takes half as long as copying a few more.
public struct DeliveryRecord {
  /// What the MTA did, which is not always what the reply said.
  public enum Outcome: Equatable, Sendable {
    case sent
    /// Thrown away by Postfix's discard(8), which says `sent` of what nobody gets.
    case discarded
    /// Stays queued: `deferred`, Postfix's SOFTBOUNCE, Sendmail's `Deferred` and `queued`.
    case deferred
    case bounced
    /// An address probe (`deliverable`, `undeliverable`): not mail.
    case probe
  }

  public var queueID: ByteView
  /// Without angle brackets.
  public var recipient: ByteView
  /// Further recipients of the same outcome, as Sendmail lists them (`<b@x.example>,<c@y.example>`); empty for
  /// Postfix. `recipients` gives all.
  public var otherRecipients = ByteView.empty
  public var originalRecipient: ByteView?
  /// Postfix's `delays=` as logged, `0.11/0.03/0.23/0.19`, or Sendmail's `xdelay=`, `00:00:12`: `delays` and `xdelay`
  /// read them.
  public var delaysText: ByteView?
  /// The text between the outer parentheses, cut or not.
  public var reason: ByteView
  /// What `reason` says.
  public var account: Account
  /// The id under which the next hop queued it (`queued as NEWID`; for local(8) `forwarded as NEWID`), for sent
  /// mail. What a remote server calls an id is its own affair.
  public var queuedAs: ByteView?
  /// Seconds since arrival.
  public var delay: Double?
  @usableFromInline var delayDecimals: UInt8 = 0
  public var outcome: Outcome
  /// What the MTA recorded (`dsn=`).
  public var status: EnhancedStatusCode?
  /// nil for `relay=none`.
  public var relay: Relay?

  /// Decimal digits that `delay=` had after its point (0 to 2): how sharp an arrival computed from it is.
  public var delayDigits: Int {
    get { Int(delayDecimals) }
    set { delayDecimals = UInt8(clamping: newValue) }
  }

  /// A delivery's reason, taken apart.
  public struct Account {
    /// Who spoke.
    public enum Speaker: Equatable, Sendable {
      /// A server's reply.
      case remote
      /// No reply came: DNS, connect, TLS, time-out, lost connection.
      case transport
      /// The queue manager held it back (`delivery temporarily suspended: …`); the rest is the earlier failure.
      case suspended
      /// Our own software: local, virtual, pipe, error transport, missing transport.
      case local
    }

    /// What was said: a server's reply without `host … said:` and `(in reply to …)`; without a reply, what our MTA
    /// says of it (`connect to mx.example.org[192.0.2.1]:25: Connection refused`).
    public var reply: Reply
    /// The host that the reason names, if any (`host H[ip] said`, `connect to H[ip]:25`, `Name service error for
    /// name=D`).
    public var host: ByteView?
    /// Its address, or the path of its socket.
    public var hostAddress: ByteView?
    public var hostPort: UInt16?
    public var stage: Stage?
    public var speaker: Speaker

    public init(
      speaker: Speaker, reply: Reply, stage: Stage? = nil, host: ByteView? = nil, hostAddress: ByteView? = nil,
      hostPort: UInt16? = nil
    ) {
      self.speaker = speaker
      self.reply = reply
      self.stage = stage
      self.host = host
      self.hostAddress = hostAddress
      self.hostPort = hostPort
    }
  }

  public init(queueID: ByteView, recipient: ByteView, outcome: Outcome, reason: ByteView, account: Account) {
    self.queueID = queueID
    self.recipient = recipient
    self.outcome = outcome
    self.reason = reason
    self.account = account
  }

  /// Makes this a new record of a deferral, in its place: nothing of the one that it was is left.
  @inlinable @inline(__always)
  public mutating func begin(queueID: ByteView, recipient: ByteView) {
    self.queueID = queueID
    self.recipient = recipient
    otherRecipients = .empty
    originalRecipient = nil
    delaysText = nil
    reason = .empty
    account = Account(speaker: .local, reply: Reply(text: .empty))
    queuedAs = nil
    delay = nil
    delayDecimals = 0
    outcome = .deferred
    status = nil
    relay = nil
  }
}
