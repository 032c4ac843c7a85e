public import Bytes
import SMTPTypes

/// What one line says. Its views are borrowed from the line.
///
/// The records that most of a log is made of have each a place of their own, where they are read to and looked at: taken
/// out of `record`, all of the largest of them would be copied with each look.
public struct ParsedLine {
  /// Where the record is.
  public enum Kind: Equatable, Sendable {
    case delivery, message, other
  }

  public var header: LogHeader
  public internal(set) var kind = Kind.other
  /// Of a line of this kind; undefined for others, as are the next two.
  public internal(set) var delivery = DeliveryRecord(
    queueID: .empty, recipient: .empty, outcome: .deferred, reason: .empty,
    account: DeliveryRecord.Account(speaker: .local, reply: Reply(text: .empty)))
  public internal(set) var message = MessageRecord.removed(RemovalRecord(queueID: .empty, reason: .finished))
  public internal(set) var other = LogRecord.unknown
  /// The queue id of a line such as Postfix writes of every message, for looking ahead; empty for any other line, also
  /// where the record has one.
  public internal(set) var queueID = ByteView.empty

  /// An empty line, to be filled by `LogParser.parse(_:into:)`.
  public init() {
    header = LogHeader(
      time: Timestamp(seconds: 0), host: .empty, instance: .empty, service: .empty, daemon: .empty)
  }

  /// The record, of whatever kind.
  public internal(set) var record: LogRecord {
    get {
      switch kind {
      case .delivery: .delivery(delivery)
      case .message: message.record
      case .other: other
      }
    }
    set {
      switch newValue {
      case .delivery(let record):
        delivery = record
        kind = .delivery
      case .queueActive(let record): set(.queueActive(record))
      case .messageID(let record): set(.messageID(record))
      case .removed(let record): set(.removed(record))
      case .client(let record): set(.client(record))
      case .expired, .pickup, .envelope, .rejection, .notification, .trouble, .repetition, .uninteresting, .unknown,
        .foreign:
        set(other: newValue)
      }
    }
  }

  @inline(__always)
  mutating func set(_ record: MessageRecord) {
    message = record
    kind = .message
  }

  @inline(__always)
  mutating func set(other record: LogRecord) {
    other = record
    kind = .other
  }
}
