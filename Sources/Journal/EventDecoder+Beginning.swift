import Bytes
import SMTPTypes

extension EventDecoder {
  /// Reads on behind a known head, up to `orig_recipient`: in one go what stands there as `EventEncoder` writes it and
  /// without escapes. Leaves the cursor behind what it read, and the rest to whoever walks on; empties the fields that it
  /// did not find. Returns the last key, `stage` if there was none.
  @inline(__always)
  func readOn(_ cursor: inout JSONCursor, _ event: inout Event, _ depth: Depth) -> EventKey {
    var last = EventKey.stage
    event.attempt = attempt(&cursor)
    if event.attempt != nil { last = .attempt }
    if depth == .leading {
      event.emptyIdentity()
      return last
    }
    event.queueID = text(.queueID, &cursor, &last)
    event.firstQueueID = text(.firstQueueID, &cursor, &last)
    // Of messages alone.
    event.previousQueueID = nil
    let before = (cursor, last)
    event.arrival = text(.arrival, &cursor, &last).flatMap { arrivals.read($0) }
    // For whoever walks on to complain of.
    if event.arrival == nil { (cursor, last) = before }
    let messageID = text(.messageID, &cursor, &last)
    event.messageID = depth == .all || depth == .recipient ? messageID : nil
    event.user = text(.user, &cursor, &last)
    event.sender = text(.sender, &cursor, &last)
    event.recipient = text(.recipient, &cursor, &last)
    event.originalRecipient = text(.originalRecipient, &cursor, &last)
    return last
  }

  /// The text of `key`, if the cursor stands before it; goes past it.
  @inline(__always)
  private func text(_ key: EventKey, _ cursor: inout JSONCursor, _ last: inout EventKey) -> ByteView? {
    var probe = cursor
    guard forecast.pass(key, &probe), let text = probe.plainText() else { return nil }
    cursor = probe
    last = key
    return text
  }

  /// A number of one or two digits, if the cursor stands before it; goes past it.
  @inline(__always)
  private func attempt(_ cursor: inout JSONCursor) -> Int? {
    var probe = cursor
    guard forecast.pass(.attempt, &probe), probe.end - probe.at > 2, probe.at[0].isASCIIDigit else { return nil }
    var number = Int(probe.at[0] &- 0x30)
    probe.at += 1
    if probe.at[0].isASCIIDigit {
      number = number * 10 + Int(probe.at[0] &- 0x30)
      probe.at += 1
    }
    guard probe.at[0] == 0x2C || probe.at[0] == 0x7D else { return nil }
    cursor = probe
    return number
  }

  /// Passes over the value of one of `Depth.passed`; false for one that is not written as this journal writes it.
  func pass(_ key: EventKey, _ cursor: inout JSONCursor) throws(JournalLineError) -> Bool {
    switch key {
    case .messageID, .rule, .ruleset:
      _ = try cursor.rawText()
      return true
    case .delay, .xdelay: return cursor.passNumber()
    default: return cursor.passFlatObject()
    }
  }
}

extension Event {
  /// Without what tells which recipient of which message it is about.
  @inline(__always)
  fileprivate mutating func emptyIdentity() {
    queueID = nil
    firstQueueID = nil
    previousQueueID = nil
    arrival = nil
    messageID = nil
    user = nil
    sender = nil
    recipient = nil
    originalRecipient = nil
  }
}

extension EventDecoder.Depth {
  /// The keys whose values are passed over, a bit each by `EventKey.rawValue`.
  @inline(__always)
  var passed: UInt64 {
    switch self {
    case .leading, .recipient, .all: 0
    case .counted: Depth.uncounted
    case .countedWithoutPeers: Depth.uncounted | Depth.bit(.relay) | Depth.bit(.client)
    case .end:
      Depth.uncounted | Depth.bit(.relay) | Depth.bit(.client) | Depth.bit(.rule) | Depth.bit(.reply) | Depth.bit(.tags)
    }
  }

  private typealias Depth = EventDecoder.Depth

  @inline(__always)
  private static var uncounted: UInt64 {
    bit(.messageID) | bit(.delay) | bit(.delays) | bit(.xdelay) | bit(.ruleset)
  }

  @inline(__always)
  private static func bit(_ key: EventKey) -> UInt64 { 1 << UInt64(key.rawValue) }
}
