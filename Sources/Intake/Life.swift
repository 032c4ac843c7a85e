import Bytes
import Classification
import Journal
import SMTPTypes

/// One message's stay in a queue: (host, queue id, arrival). A queue id seen with another arrival is another life.
struct Life {
  /// Arrivals that differ by no more are one life's, microseconds (DESIGN: 3 s; measured spread 1.26 s).
  static let tolerance: Int64 = 3_000_000

  var host = 0
  var queueID = TextBlock.Slice()
  /// The id that it had before a requeue, or that its first pass through the queue had; settled before its first
  /// event, or by a requeue, so that all events of a life tell the same.
  var firstQueueID = TextBlock.Slice()
  var texts = TextBlock()
  var sender = TextBlock.Slice()
  var messageID = TextBlock.Slice()
  var user = TextBlock.Slice()
  var clientHost = TextBlock.Slice()
  var clientAddress = TextBlock.Slice()
  /// The syslog name under which its failure was logged; absent if only the queue showed it.
  var instance = TextBlock.Slice()
  /// When the message entered the queue; stays the same over a requeue.
  var arrival: Timestamp?
  /// The arrival that lines of the present queue id imply, microseconds; nil until one did.
  var impliedArrival: Int64?
  /// True if we saw the message come in, so that attempts can be counted from 1.
  var startSeen = false
  /// Its `message` event is written.
  var isIntroduced = false
  /// Time of the last line about it, microseconds.
  var lastSeen: Int64 = 0
  /// Recipients that failed and have no final outcome yet.
  var open = OpenRecipients()
  /// Recipients without a final outcome where no line will say that the message left the queue (Sendmail); nil for
  /// Postfix.
  var recipientsLeft: Int?
  /// The milter's identity of the message or, on a second pass, of its first pass.
  var identity: KnownIdentity?
  /// The identity store was asked.
  var identitySought = false

  /// Makes the slot free for another life; keeps memory.
  mutating func reset() {
    var texts = self.texts
    texts.clear()
    self = Life()
    self.texts = texts
  }
}

/// A recipient of a life that failed at least once and has neither arrived, bounced nor expired.
struct OpenRecipient {
  var hash: UInt64
  var address: TextBlock.Slice
  var attempts = 0
  var firstFailure: Timestamp
  var suspensionSeen = false
  var hop: Hop
  var lastCause: Cause
  var lastScope: Scope?
  var lastOrigin: Origin
  var lastRule = TextBlock.Slice()
  var lastStage: Stage?
  var lastStatus: EnhancedStatusCode?
  var provider = TextBlock.Slice()
  var service = TextBlock.Slice()
  /// The number of the last queue listing that had it, and how many since then had not.
  var listing = 0
  var missing = 0
  /// When the queue told of its failure before the log did, microseconds, and a hash of the reply; 0 if it did not.
  var queueTold: Int64 = 0
  var queueReply: UInt64 = 0
}
