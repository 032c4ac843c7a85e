import Bytes

/// Finds the family of a Postfix line and has it read there. A new family is a file of its own and a line here.
enum PostfixLine {
  static func record(_ message: ByteView, _ daemon: PostfixDaemon) -> LogRecord {
    if daemon == .server, message.hasPrefix("connect from ") || message.hasPrefix("disconnect from ") {
      return .uninteresting
    }
    if let (id, rest) = QueueID.scan(message) {
      return queued(id, rest, daemon) ?? (daemon == .quiet ? .uninteresting : .unknown)
    }
    return unqueued(message, daemon)
  }

  /// Lines of a message in the queue.
  @inline(__always)
  private static func queued(_ id: ByteView, _ rest: ByteView, _ daemon: PostfixDaemon) -> LogRecord? {
    guard let first = rest.at(0) else { return nil }
    switch first {
    case UInt8(ascii: "t"):
      if rest.hasPrefix("to=") { return DeliveryLine.record(id, rest, daemon) }
    case UInt8(ascii: "f"):
      if rest.hasPrefix("from=<") { return QueueLine.record(id, rest) }
    case UInt8(ascii: "c"):
      if rest.hasPrefix("client=") { return ClientLine.record(id, rest) }
    case UInt8(ascii: "m"):
      if rest.hasPrefix("message-id=") { return MessageIDLine.record(id, rest.from(11)) }
    case UInt8(ascii: "r"):
      if rest.hasPrefix("removed") { return RemovalLine.record(id, rest, daemon) }
      if rest.hasPrefix("resent-message-id=") { return MessageIDLine.record(id, rest.from(18)) }
    case UInt8(ascii: "u"):
      if rest.hasPrefix("uid=") { return PickupLine.record(id, rest) }
    case UInt8(ascii: "s"), UInt8(ascii: "p"):
      if daemon == .bounce, let record = NotificationLine.record(id, rest) { return record }
      if rest.hasPrefix("status=") { return DeliveryLine.recordWithoutRecipient(id, rest, daemon) }
    default:
      break
    }
    return RejectionLine.record(id, rest) ?? AttemptLine.record(id, rest, daemon) ?? SessionLine.record(id, rest)
      ?? NoiseLine.record(id, rest)
  }

  /// Lines of no message.
  private static func unqueued(_ message: ByteView, _ daemon: PostfixDaemon) -> LogRecord {
    var rest = message
    if rest.hasPrefix("NOQUEUE: ") {
      rest = rest.from(9)
      if rest.hasPrefix("client=") { return .uninteresting }
      return RejectionLine.record(nil, rest) ?? SessionLine.record(nil, rest) ?? .unknown
    }
    return WarningLine.record(message, daemon) ?? RejectionLine.record(nil, message)
      ?? AttemptLine.record(nil, message, daemon) ?? SessionLine.record(nil, message)
      ?? ScreenLine.record(message, daemon) ?? NoiseLine.record(message, daemon) ?? .unknown
  }
}
