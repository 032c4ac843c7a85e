/// What Postfix logs of every message beside its deliveries.
public enum MessageRecord {
  case queueActive(QueueActiveRecord)
  case messageID(MessageIDRecord)
  case removed(RemovalRecord)
  case client(ClientRecord)

  /// The same as one of all.
  public var record: LogRecord {
    switch self {
    case .queueActive(let record): .queueActive(record)
    case .messageID(let record): .messageID(record)
    case .removed(let record): .removed(record)
    case .client(let record): .client(record)
    }
  }
}
