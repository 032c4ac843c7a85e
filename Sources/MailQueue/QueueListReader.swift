// Lines of `postqueue -j` to values.
//
// Promises: takes keys in any order, passes over keys that it does not know, reads no byte beyond the line, takes time
// linear in the line's length and memory in proportion to it. What the line says was written by strangers: addresses
// and replies. Leaves to others: running the command, splitting lines, and what an entry means.

public import Bytes
import SMTPTypes

/// Why a line is no queue entry.
public enum QueueListError: Error, Equatable, Sendable {
  /// It is not JSON as RFC 8259 has it, at this byte.
  case malformed(offset: Int)
  /// A key has a value of another type.
  case wrongType(offset: Int)
  /// `queue_id`, `queue_name` or `arrival_time` is missing.
  case incomplete
}

/// Reads queue entries. What it returns is valid until its next call.
public struct QueueListReader: ~Copyable {
  /// Levels of values that are passed over.
  static let depthLimit = 16

  /// Texts without their escapes; never moved while a line is read.
  private var texts = ByteBuffer(capacity: 4096)

  public init() {}

  /// Reads one line, without its newline. O(line).
  public mutating func read(_ line: ByteView) throws(QueueListError) -> QueueEntry {
    texts.removeAll()
    // A text is never longer than with its escapes.
    texts.reserve(line.count)
    var at = 0
    var entry = QueueEntry(
      queueName: .other, queueID: .empty, arrival: Timestamp(seconds: 0), sender: .empty, recipients: [])
    var hasName = false
    var hasArrival = false
    try object(line, &at) { (reader, key, at) throws(QueueListError) in
      switch key {
      case "queue_name":
        entry.queueName = QueueListReader.queueName(try reader.text(line, &at))
        hasName = true
      case "queue_id": entry.queueID = try reader.text(line, &at)
      case "arrival_time":
        entry.arrival = Timestamp(seconds: Int64(try reader.number(line, &at)))
        hasArrival = true
      case "message_size": entry.size = try reader.number(line, &at)
      case "forced_expire": entry.isForcedToExpire = try reader.flag(line, &at)
      case "sender":
        let sender = try reader.text(line, &at)
        entry.sender = sender == "MAILER-DAEMON" ? .empty : sender
      case "recipients":
        try reader.array(line, &at) { (reader, at) throws(QueueListError) in
          entry.recipients.append(try reader.recipient(line, &at))
        }
      default: try reader.skip(line, &at)
      }
    }
    guard QueueListReader.peek(line, &at) == 0 else { throw .malformed(offset: at) }
    guard hasName, hasArrival, !entry.queueID.isEmpty else { throw .incomplete }
    return entry
  }

  private static func queueName(_ text: ByteView) -> QueueEntry.QueueName {
    switch text {
    case "deferred": .deferred
    case "active": .active
    case "incoming": .incoming
    case "hold": .hold
    case "maildrop": .maildrop
    default: .other
    }
  }

  private mutating func recipient(_ line: ByteView, _ at: inout Int) throws(QueueListError) -> QueueEntry.Recipient {
    var recipient = QueueEntry.Recipient(address: .empty)
    try object(line, &at) { (reader, key, at) throws(QueueListError) in
      switch key {
      case "address": recipient.address = try reader.text(line, &at)
      case "orig_address": recipient.originalAddress = try reader.text(line, &at)
      case "delay_reason": recipient.delayReason = try reader.text(line, &at)
      case "bounce_reason": recipient.bounceReason = try reader.text(line, &at)
      default: try reader.skip(line, &at)
      }
    }
    return recipient
  }

  // MARK: JSON

  /// The byte at `at` after white space; 0 at the end.
  private static func peek(_ line: ByteView, _ at: inout Int) -> UInt8 {
    while let byte = line.at(at) {
      if byte != 0x20 && byte != 0x09 && byte != 0x0D && byte != 0x0A { return byte }
      at += 1
    }
    return 0
  }

  private static func expect(_ byte: UInt8, _ line: ByteView, _ at: inout Int) throws(QueueListError) {
    guard peek(line, &at) == byte else { throw .malformed(offset: at) }
    at += 1
  }

  private mutating func object(
    _ line: ByteView, _ at: inout Int,
    _ member: (inout QueueListReader, ByteView, inout Int) throws(QueueListError) -> Void
  ) throws(QueueListError) {
    guard QueueListReader.peek(line, &at) == 0x7B else { throw .wrongType(offset: at) }
    at += 1
    if QueueListReader.peek(line, &at) == 0x7D {
      at += 1
      return
    }
    while true {
      let key = try text(line, &at)
      try QueueListReader.expect(0x3A, line, &at)
      try member(&self, key, &at)
      if QueueListReader.peek(line, &at) == 0x2C {
        at += 1
        continue
      }
      return try QueueListReader.expect(0x7D, line, &at)
    }
  }

  private mutating func array(
    _ line: ByteView, _ at: inout Int, _ element: (inout QueueListReader, inout Int) throws(QueueListError) -> Void
  ) throws(QueueListError) {
    guard QueueListReader.peek(line, &at) == 0x5B else { throw .wrongType(offset: at) }
    at += 1
    if QueueListReader.peek(line, &at) == 0x5D {
      at += 1
      return
    }
    while true {
      try element(&self, &at)
      if QueueListReader.peek(line, &at) == 0x2C {
        at += 1
        continue
      }
      return try QueueListReader.expect(0x5D, line, &at)
    }
  }

  private func number(_ line: ByteView, _ at: inout Int) throws(QueueListError) -> Int {
    guard QueueListReader.peek(line, &at).isASCIIDigit else { throw .wrongType(offset: at) }
    let start = at
    while let byte = line.at(at), byte.isASCIIDigit { at += 1 }
    // Seconds and bytes; 15 digits keep within what times can hold.
    guard at - start <= 15, let value = line[start..<at].decimal else { throw .wrongType(offset: start) }
    return value
  }

  private func flag(_ line: ByteView, _ at: inout Int) throws(QueueListError) -> Bool {
    _ = QueueListReader.peek(line, &at)
    let rest = line.from(at)
    if rest.hasPrefix("true") {
      at += 4
      return true
    }
    guard rest.hasPrefix("false") else { throw .wrongType(offset: at) }
    at += 5
    return false
  }

  /// A text without its quotes and escapes.
  private mutating func text(_ line: ByteView, _ at: inout Int) throws(QueueListError) -> ByteView {
    guard QueueListReader.peek(line, &at) == 0x22 else { throw .wrongType(offset: at) }
    at += 1
    let start = at
    while let byte = line.at(at), byte != 0x22, byte != 0x5C { at += 1 }
    if line.at(at) == 0x22 {
      at += 1
      return line[start..<(at - 1)]
    }
    let first = texts.count
    texts.append(line[start..<at])
    guard JSONString.readRest(line, &at, into: &texts) else { throw .malformed(offset: at) }
    return texts.view.from(first)
  }

  /// Passes over a value, without recursion.
  private func skip(_ line: ByteView, _ at: inout Int) throws(QueueListError) {
    var depth = 0
    repeat {
      switch QueueListReader.peek(line, &at) {
      case 0: throw .malformed(offset: at)
      case 0x22:
        at += 1
        while let byte = line.at(at), byte != 0x22 { at += byte == 0x5C ? 2 : 1 }
        guard line.at(at) == 0x22 else { throw .malformed(offset: at) }
        at += 1
      case 0x7B, 0x5B:
        depth += 1
        at += 1
        guard depth <= QueueListReader.depthLimit else { throw .malformed(offset: at) }
      case 0x7D, 0x5D:
        guard depth > 0 else { throw .malformed(offset: at) }
        depth -= 1
        at += 1
      case 0x2C, 0x3A:
        guard depth > 0 else { throw .malformed(offset: at) }
        at += 1
      default:
        let start = at
        while let byte = line.at(at), byte.isASCIILetter || byte.isASCIIDigit || byte == 0x2B || byte == 0x2D || byte == 0x2E {
          at += 1
        }
        guard at > start else { throw .malformed(offset: at) }
      }
    } while depth > 0
  }
}
