import Bytes
import Classification
import Journal
import SMTPTypes

/// One message's stay in a queue: (host, queue id, arrival). A queue id seen with another arrival is another life.
///
/// Tens of thousands wait in a busy queue, and each line looks one up: it is kept small.
struct Life {
  /// Arrivals that differ by no more are one life's, microseconds (DESIGN: 3 s; measured spread 1.26 s).
  static let tolerance: Int64 = 3_000_000

  /// What leads to a life.
  enum Place: UInt8 {
    /// Its host and queue id.
    case indexed
    /// Its arrival too: another life has its queue id (`LivesAside`).
    case twin
    /// The same, and its message has left the queue.
    case departing
    /// Nothing: it is gone with the line that is being taken.
    case passing
    /// Its first queue id and its arrival, among what the journal has told of so far (`ToldLives`).
    case told
  }

  var texts: TextBlock
  /// True if we saw the message come in, so that attempts can be counted from 1.
  var startSeen = false
  /// It was requeued, and no line has told an arrival under its present queue id yet.
  var isRequeued = false
  /// Our own filter gave it back: its lines do not tell by which alias a recipient was reached before.
  var isSecondPass = false
  /// Its `message` event is written.
  var isIntroduced = false
  /// `identity` is known; to be asked without counting references.
  private(set) var hasIdentity = false
  var place = Place.indexed
  /// The number of the queue manager in whose queue a line has shown it, from 1; 0 if none has.
  var queueManager: UInt8 = 0
  private var hostNumber: Int32 = 0
  /// The second of the line that told of its expiry, since 1970; 0 if none did.
  private var expirySecond: UInt32 = 0
  var queueID = TextBlock.Slice()
  /// The id that it had before a requeue, or that its first pass through the queue had; settled before its first
  /// event, or by a requeue, so that all events of a life tell the same.
  var firstQueueID = TextBlock.Slice()
  /// That of the pass before, for whose recipients a second pass may have the outcomes.
  var formerQueueID = TextBlock.Slice()
  var sender = TextBlock.Slice()
  var messageID = TextBlock.Slice()
  var user = TextBlock.Slice()
  var clientHost = TextBlock.Slice()
  var clientAddress = TextBlock.Slice()
  /// The syslog name under which its failure was logged; absent if only the queue showed it.
  var instance = SharedText()
  private var recipientsLeftOrNone = Int32.min
  /// When the message entered the queue; stays the same over a requeue.
  var arrival: Timestamp?
  /// `sender` is what a local program gave to sendmail(1), which cleanup(8) has yet to rewrite. Here it takes no room:
  /// what follows is aligned to 8 bytes.
  var isSenderAsGiven = false
  private var impliedArrivalOrNone = Int64.min
  /// Time of the last line about it, microseconds.
  var lastSeen: Int64 = 0
  /// The milter's identity of the message or, on a second pass, of its first pass.
  var identity: KnownIdentity? {
    didSet { hasIdentity = identity != nil }
  }
  /// Recipients that failed and have no final outcome yet.
  var open = OpenRecipients()

  init(texts: TextBlock) {
    self.texts = texts
  }

  var host: Int {
    get { Int(hostNumber) }
    set { hostNumber = Int32(clamping: newValue) }
  }

  /// Its lifetime in the queue ended, and its recipients' expirations were told.
  var isExpired: Bool { expirySecond != 0 }

  mutating func expire(at time: Timestamp) { expirySecond = Life.second(time) }

  /// True if a line of `time` was written before its expiry was, as far as seconds tell: it is of the last attempt.
  func expired(after time: Timestamp) -> Bool { isExpired && Life.second(time) <= expirySecond }

  private static func second(_ time: Timestamp) -> UInt32 { max(UInt32(clamping: time.microseconds / 1_000_000), 1) }

  /// Recipients without a final outcome where no line will say that the message left the queue (Sendmail); nil for
  /// Postfix.
  var recipientsLeft: Int? {
    get { recipientsLeftOrNone == .min ? nil : Int(recipientsLeftOrNone) }
    set { recipientsLeftOrNone = newValue.map { max(Int32(clamping: $0), .min + 1) } ?? .min }
  }

  /// The arrival that the first line of the present queue id implied, microseconds; nil until one did. Further ones
  /// are held against it: Postfix takes delays from a time that is in the queue file.
  var impliedArrival: Int64? {
    get { impliedArrivalOrNone == .min ? nil : impliedArrivalOrNone }
    set { impliedArrivalOrNone = newValue ?? .min }
  }

  /// How far the last line's arrival lay from the first's, microseconds; at most `driftLimit`.
  private var lastDrift: Int32 = 0
  /// Drift over the days that a message waits: a clock that is corrected moves later delays, a little at a time (4 s in
  /// four days seen).
  static let driftLimit: Int64 = 60_000_000

  /// True if a line whose delay implies `implied` speaks of a life whose first line implied `first`: near that, or near
  /// what the last line implied.
  func isNear(_ implied: Int64, first: Int64) -> Bool {
    abs(implied - first) <= Life.tolerance || abs(implied - first - Int64(lastDrift)) <= Life.tolerance
  }

  mutating func noteDrift(_ implied: Int64, first: Int64) {
    let drift = implied - first
    if abs(drift) <= Life.driftLimit { lastDrift = Int32(drift) }
  }

  /// Makes the slot free for another life.
  mutating func reset() {
    texts.clear()
    self = Life(texts: texts)
  }
}

/// A recipient of a life, the address and the one that led to it, that failed at least once and has neither arrived, bounced nor expired.
struct OpenRecipient {
  var hash: UInt64
  var firstFailure: Timestamp
  var hop: Hop
  var lastCause: Cause
  var lastScope: Scope?
  var lastOrigin: Origin
  var lastStage: Stage?
  var suspensionSeen = false
  var lastStatus: EnhancedStatusCode?
  var address: TextBlock.Slice
  /// What the message was addressed to where an alias led to `address`.
  var original = TextBlock.Slice()
  var lastRule = SharedText()
  var provider = SharedText()
  var service = SharedText()
  private var attemptCount: Int32 = 0
  private var internalAttemptCount: Int32 = 0
  private var listingNumber: Int32 = 0
  /// How many queue listings since `listing` had not.
  var missing: Int32 = 0
  /// When the queue told of its failure before the log did, microseconds, and a hash of the reply; 0 if it did not.
  var queueTold: Int64 = 0
  var queueReply: UInt64 = 0

  init(
    hash: UInt64, address: TextBlock.Slice, firstFailure: Timestamp, hop: Hop, lastCause: Cause, lastOrigin: Origin
  ) {
    self.hash = hash
    self.address = address
    self.firstFailure = firstFailure
    self.hop = hop
    self.lastCause = lastCause
    self.lastOrigin = lastOrigin
  }

  /// Attempts so far, by hop: what our own filter puts off is no attempt at delivery elsewhere.
  subscript(attempts hop: Hop) -> Int {
    get { Int(hop == .internal ? internalAttemptCount : attemptCount) }
    set {
      if hop == .internal {
        internalAttemptCount = Int32(clamping: newValue)
      } else {
        attemptCount = Int32(clamping: newValue)
      }
    }
  }

  /// Notes that `hop` failed at `time`; true if the recipient waits for another server from then on and had only waited
  /// for our own, which is not counted with it.
  mutating func noteFailure(on hop: Hop, at time: Timestamp) -> Bool {
    guard hop == .external, self.hop == .internal else { return false }
    self.hop = .external
    firstFailure = time
    suspensionSeen = false
    return true
  }

  /// The number of the last queue listing that had it.
  var listing: Int {
    get { Int(listingNumber) }
    set { listingNumber = Int32(clamping: newValue) }
  }
}
