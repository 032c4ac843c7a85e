// The parts of a digest: numbers and texts that belong together lie together, which compresses well and is read fast.

import Bytes

/// The columns, in the order in which a digest has them.
enum DigestColumn: Int, CaseIterable {
  /// Lines of JSON: what shapes say in words that few differ in; see `DigestHead`.
  case heads
  // Texts, each behind its length, of each part of a shape and of clients; see `DigestText`.
  case provider, domain, relay, sender, user, reply, tags, client
  /// For each shape its head's number and one, and of each other part 0 for none, else the text's number and one.
  case shapes
  /// Lines as the segment has them, of what no shape tells.
  case lines
  /// The keys of tallies, each behind its length, and the tallies; see `TallyWriter`.
  case names, tallies
  /// For each event, in order: 0 for the next of `lines`, 1 for the next of `tallies`, else its shape's number and two.
  case kinds
  /// The time: after the time of the event before.
  case times
  /// 0 for none, else the attempt's code and one.
  case attempts
  /// 0 for none, 1 for a new life, else the number of an earlier one and two.
  case lives
  /// Of each new life the message and the recipient: 0 for a new one, else the number of an earlier one and one. Then
  /// the alias: 0 for none, 1 for a new one, else the number of an earlier one and two.
  case parts
  /// The hashes of new messages, six bytes each; of new recipients; and of new aliases.
  case messages, recipients, aliases
  /// 0 for none, else the code and one: of a new life how long before the event's time, else after the life's arrival
  /// that was told last.
  case arrivals
  /// 0 for none, 1 for one in `durations`, else milliseconds' code and two.
  case ends
  /// Seconds that are no whole milliseconds, eight bytes each.
  case durations
  /// 0 for none, 1 for the next of `client`, else the number of an earlier one and two.
  case visitors

  /// Where the texts of `part` are; nil for the head, which has none.
  init?(texts part: EventShape.Part) {
    switch part {
    case .head: return nil
    case .provider: self = .provider
    case .domain: self = .domain
    case .relay: self = .relay
    case .sender: self = .sender
    case .user: self = .user
    case .reply: self = .reply
    case .tags: self = .tags
    case .client: self = .client
    }
  }

  static var count: Int { visitors.rawValue + 1 }
}

extension ByteBuffer {
  /// Appends `value` in as few groups of seven bits as it takes, the lowest first (LEB128).
  @inline(__always)
  mutating func append(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(truncatingIfNeeded: rest))
  }

  /// Appends the low `count` bytes of `value`, the lowest first.
  @inline(__always)
  mutating func append(_ value: UInt64, bytes count: Int) {
    for index in 0..<count { append(UInt8(truncatingIfNeeded: value >> UInt64(index * 8))) }
  }
}

/// Numbers of either sign as small numbers without one.
enum DigestCode {
  /// 0, -1, 1, -2 … to 0, 1, 2, 3 …
  @inline(__always)
  static func code(_ value: Int64) -> UInt64 { UInt64(bitPattern: value << 1 ^ value >> 63) }

  @inline(__always)
  static func value(_ code: UInt64) -> Int64 { Int64(bitPattern: code >> 1) ^ -Int64(bitPattern: code & 1) }

  /// Microseconds between two times that a time stamp can name, each less than 2^58 from 1970: twice the code of whole
  /// seconds, else of the microseconds, and one.
  @inline(__always)
  static func code(microseconds value: Int64) -> UInt64 {
    value % 1_000_000 == 0 ? code(value / 1_000_000) << 1 : code(value) << 1 | 1
  }

  /// nil for what no code gives.
  @inline(__always)
  static func microseconds(_ code: UInt64) -> Int64? {
    let number = value(code >> 1)
    if code & 1 != 0 { return number }
    let (value, overflow) = number.multipliedReportingOverflow(by: 1_000_000)
    return overflow ? nil : value
  }
}
