import Bytes

/// Finds the family of a Postfix line and has it read there. A new family is a file of its own and a line here.
enum PostfixLine {
  /// Reads `message` of `daemon` into `parsed`, all but its header.
  @inline(__always)
  static func read(_ message: ByteView, _ daemon: PostfixDaemon, into parsed: inout ParsedLine) {
    parsed.queueID = .empty
    if let (id, rest) = QueueID.scan(message) {
      if readCommon(id, rest, daemon, into: &parsed) {
        parsed.queueID = id
        return
      }
      if readQueued(id, rest, daemon, into: &parsed) { return }
    } else if isCommonNoise(message, daemon) {
      parsed.set(other: .uninteresting)
      return
    } else if readUnqueued(message, daemon, into: &parsed.other) {
      parsed.kind = .other
      return
    }
    parsed.kind = .other
    if RepetitionLine.read(message, into: &parsed.other) { return }
    switch daemon {
    case .quiet, .master, .postsuper: parsed.set(other: .uninteresting)
    default: parsed.set(other: .unknown)
    }
  }

  /// The families of every message.
  @inline(__always)
  private static func readCommon(
    _ id: ByteView, _ rest: ByteView, _ daemon: PostfixDaemon, into parsed: inout ParsedLine
  ) -> Bool {
    switch rest.at(0) {
    case UInt8(ascii: "t"):
      guard rest.hasPrefix("to="), DeliveryLine.read(id, rest, daemon, into: &parsed.delivery) else { return false }
      parsed.kind = .delivery
      return true
    case UInt8(ascii: "f"):
      return rest.hasPrefix("from=<") && QueueLine.read(id, rest, into: &parsed)
    case UInt8(ascii: "c"):
      return rest.hasPrefix("client=") && ClientLine.read(id, rest, into: &parsed)
    case UInt8(ascii: "m"):
      return rest.hasPrefix("message-id=") && MessageIDLine.read(id, rest.from(11), into: &parsed)
    case UInt8(ascii: "r"):
      return rest.hasPrefix("removed") && RemovalLine.read(id, rest, daemon, into: &parsed)
    default:
      return false
    }
  }

  /// The other lines of a message in the queue.
  private static func readQueued(
    _ id: ByteView, _ rest: ByteView, _ daemon: PostfixDaemon, into parsed: inout ParsedLine
  ) -> Bool {
    if rest.hasPrefix("resent-message-id=") { return MessageIDLine.read(id, rest.from(18), into: &parsed) }
    parsed.kind = .other
    return readQueued(id, rest, daemon, into: &parsed.other)
  }

  /// Those that most messages have none of.
  private static func readQueued(
    _ id: ByteView, _ rest: ByteView, _ daemon: PostfixDaemon, into record: inout LogRecord
  ) -> Bool {
    switch rest.at(0) {
    case UInt8(ascii: "u"):
      if rest.hasPrefix("uid=") { return PickupLine.read(id, rest, into: &record) }
    case UInt8(ascii: "s"), UInt8(ascii: "p"):
      if daemon == .bounce, NotificationLine.read(id, rest, into: &record) { return true }
      if rest.hasPrefix("status="), FailedNotificationLine.read(id, rest, into: &record) { return true }
    default:
      break
    }
    return RejectionLine.read(id, rest, into: &record) || AttemptLine.read(id, rest, daemon, into: &record)
      || SessionLine.read(id, rest, into: &record) || NoiseLine.readQueued(rest, into: &record)
  }

  /// Lines of no message.
  private static func readUnqueued(
    _ message: ByteView, _ daemon: PostfixDaemon, into record: inout LogRecord
  ) -> Bool {
    if message.hasPrefix("NOQUEUE: ") {
      let rest = message.from(9)
      if rest.hasPrefix("client=") {
        record = .uninteresting
        return true
      }
      return RejectionLine.read(nil, rest, into: &record) || SessionLine.read(nil, rest, into: &record)
    }
    return WarningLine.read(message, daemon, into: &record) || AttemptLine.read(nil, message, daemon, into: &record)
      || RejectionLine.read(nil, message, into: &record) || SessionLine.read(nil, message, into: &record)
      || ScreenLine.read(message, daemon, into: &record) || NoiseLine.read(message, daemon, into: &record)
  }

  /// Half the lines of a log. None begins with a queue id.
  @inline(__always)
  static func isCommonNoise(_ message: ByteView, _ daemon: PostfixDaemon) -> Bool {
    switch message.at(0) {
    case UInt8(ascii: "c"): daemon == .server && message.hasPrefix("connect from ")
    case UInt8(ascii: "d"): daemon == .server && message.hasPrefix("disconnect from ")
    case UInt8(ascii: "A"): message.hasPrefix("Anonymous TLS connection ")
    case UInt8(ascii: "T"): message.hasPrefix("Trusted TLS connection ")
    case UInt8(ascii: "U"): message.hasPrefix("Untrusted TLS connection ")
    case UInt8(ascii: "V"): message.hasPrefix("Verified TLS connection ")
    default: false
    }
  }
}
