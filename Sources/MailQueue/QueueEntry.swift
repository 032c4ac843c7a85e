public import Bytes
public import SMTPTypes

/// One message in Postfix's queue, as `postqueue -j` lists it (showq(8), postqueue/showq_json.c):
/// `{"queue_name": "deferred", "queue_id": "…", "arrival_time": 1700000000, "message_size": 512,
/// "forced_expire": false, "sender": "…", "recipients": [{"address": "…", "delay_reason": "…"}]}`.
///
/// Texts are borrowed from the line and from the reader, valid until its next call.
public struct QueueEntry {
  /// Which of Postfix's queues it lies in.
  public enum QueueName: Equatable, Sendable {
    case maildrop, incoming, active, deferred, hold
    /// One that a later version adds.
    case other
  }

  public var queueName: QueueName
  public var queueID: ByteView
  /// When it entered the queue, to the second.
  public var arrival: Timestamp
  /// Bytes; 0 if not given.
  public var size = 0
  /// Marked by `postsuper -e` (Postfix 3.5).
  public var isForcedToExpire = false
  /// Empty for the null sender, which postqueue(1) lists as `MAILER-DAEMON`.
  public var sender: ByteView
  public var recipients: [Recipient]

  /// One recipient that has no final outcome yet.
  public struct Recipient {
    public var address: ByteView
    /// As it was before rewriting (Postfix 3.11).
    public var originalAddress: ByteView?
    /// What the last attempt gave, whole; nil if there was none yet.
    public var delayReason: ByteView?
    /// Why it is to be returned (Postfix 3.11).
    public var bounceReason: ByteView?
  }
}
