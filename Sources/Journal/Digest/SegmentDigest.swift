// The digest of a sealed segment, read: its events one after another, without the lines.

import Bytes
import SMTPTypes

/// Not a digest, or not a whole one.
struct DigestError: Error, Equatable {
  var column: DigestColumn?
}

/// A digest's events in the segment's order. What it holds is checked as it is read, whatever the bytes are; memory is
/// bounded by their number.
struct SegmentDigest: ~Copyable {
  /// One step of reading.
  enum Step {
    /// An event, its texts those of its shape, valid until the next step; `identity` is nil without a queue id or a
    /// recipient.
    case event(UnsafeMutablePointer<Event>, shape: EventShape, identity: EventIdentity?)
    /// A tally, which `tally()` reads: as large as it is, it would be copied with each step.
    case tally
    /// A line as the segment has it.
    case line(ByteView)
  }

  /// Events, tallies and lines in it.
  let count: Int
  let counts: ShapeCounts
  private let shapes: ShapeStore
  private let shapeCount: UInt64
  private let clientCount: Int
  private var tallies: TallyReader
  private var columns: InlineArray<25, DigestBytes>
  private var read = 0
  private var time: Int64 = 0
  private var clientsMet = 0
  private var identities: [EventIdentity] = []
  private var arrivals: [Int64] = []
  private var messages: [UInt64] = []
  private var recipients: [UInt64] = []
  private var aliases: [UInt64] = []

  /// - Parameter bytes: what `DigestBuilder` made; has to outlive this.
  init(_ bytes: ByteView) throws(DigestError) {
    var whole = DigestBytes(bytes)
    guard let count = whole.varint(), count <= UInt64(DigestBuilder.eventLimit) else { throw DigestError() }
    var columns = InlineArray<25, DigestBytes>(repeating: DigestBytes(.empty))
    for column in DigestColumn.allCases {
      guard let bytes = whole.counted() else { throw DigestError(column: column) }
      columns[column.rawValue] = DigestBytes(bytes)
    }
    guard whole.isEmpty else { throw DigestError() }
    let all = columns
    let shapes = try ShapeStore { column in all[column.rawValue].rest }
    tallies = try TallyReader(all[DigestColumn.tallies.rawValue].rest, names: all[DigestColumn.names.rawValue].rest)
    self.shapes = shapes
    self.count = Int(count)
    self.columns = columns
    counts = shapes.counts
    shapeCount = UInt64(shapes.count)
    clientCount = shapes.clientCount
  }

  /// The next event, tally or line; nil behind the last.
  mutating func next() throws(DigestError) -> Step? {
    guard read < count else { return nil }
    read += 1
    let kind = try varint(.kinds)
    if kind < 2 { return kind == 0 ? .line(try line()) : .tally }
    guard kind - 2 < shapeCount else { throw DigestError(column: .kinds) }
    let shape = Int(kind) - 2
    let event = shapes.event(shape)
    time = try checked(time &+ microseconds(.times, varint(.times)), .times)
    event.pointee.time.microseconds = time
    let attempt = try varint(.attempts)
    event.pointee.attempt = attempt == 0 ? nil : Int(DigestCode.value(attempt - 1))
    let (life, isNew) = try life()
    let arrival = try varint(.arrivals)
    event.pointee.arrival = nil
    var moment: Int64?
    if arrival > 0 {
      let base = life.map { isNew ? time : arrivals[$0] } ?? time
      let told = try checked(base &+ microseconds(.arrivals, arrival - 1), .arrivals)
      event.pointee.arrival = Timestamp(microseconds: told)
      moment = told
    }
    if let life { arrivals[life] = moment ?? time }
    event.pointee.deferredFor = try end()
    let client = try client()
    event.pointee.client = client == 0 ? nil : shapes.client(Int(client) - 1)
    return .event(event, shape: shapes.shape(shape, client: client), identity: life.map { identities[$0] })
  }

  /// The tally that `next` told of; to be called once for each. Its host is valid while the digest is.
  mutating func tally() throws(DigestError) -> TallyLine { try tallies.next() }

  // MARK: - Columns

  @inline(__always)
  private mutating func varint(_ column: DigestColumn) throws(DigestError) -> UInt64 {
    guard let value = columns[column.rawValue].varint() else { throw DigestError(column: column) }
    return value
  }

  @inline(__always)
  private func microseconds(_ column: DigestColumn, _ code: UInt64) throws(DigestError) -> Int64 {
    guard let value = DigestCode.microseconds(code) else { throw DigestError(column: column) }
    return value
  }

  /// A moment that a time stamp can name.
  @inline(__always)
  private func checked(_ time: Int64, _ column: DigestColumn) throws(DigestError) -> Int64 {
    guard time.magnitude < 1 << 60 else { throw DigestError(column: column) }
    return time
  }

  private mutating func line() throws(DigestError) -> ByteView {
    guard let line = columns[DigestColumn.lines.rawValue].line() else { throw DigestError(column: .lines) }
    return line
  }

  /// The number of the event's life, and whether it was not met before.
  @inline(__always)
  private mutating func life() throws(DigestError) -> (Int?, isNew: Bool) {
    let code = try varint(.lives)
    if code == 0 { return (nil, false) }
    if code > 1 {
      guard code - 2 < UInt64(identities.count) else { throw DigestError(column: .lives) }
      return (Int(code) - 2, false)
    }
    var identity = EventIdentity(queue: 0, recipient: 0)
    if let number = try number(below: messages.count) {
      identity.queue = messages[number]
    } else {
      identity.queue = try hash(.messages)
      messages.append(identity.queue)
    }
    if let number = try number(below: recipients.count) {
      identity.recipient = recipients[number]
    } else {
      identity.recipient = try hash(.recipients)
      recipients.append(identity.recipient)
    }
    identity.alias = try alias()
    identities.append(identity)
    arrivals.append(0)
    return (identities.count - 1, true)
  }

  /// The number of a hash that was met before; nil for a new one.
  @inline(__always)
  private mutating func number(below count: Int) throws(DigestError) -> Int? {
    let code = try varint(.parts)
    guard code > 0 else { return nil }
    guard code - 1 < UInt64(count) else { throw DigestError(column: .parts) }
    return Int(code) - 1
  }

  /// 0 for none.
  @inline(__always)
  private mutating func alias() throws(DigestError) -> UInt64 {
    let code = try varint(.parts)
    if code == 0 { return 0 }
    if code > 1 {
      guard code - 2 < UInt64(aliases.count) else { throw DigestError(column: .parts) }
      return aliases[Int(code) - 2]
    }
    let hash = try hash(.aliases)
    aliases.append(hash)
    return hash
  }

  @inline(__always)
  private mutating func hash(_ column: DigestColumn) throws(DigestError) -> UInt64 {
    guard let hash = columns[column.rawValue].number(bytes: EventIdentity.size) else {
      throw DigestError(column: column)
    }
    return hash
  }

  @inline(__always)
  private mutating func end() throws(DigestError) -> Double? {
    let code = try varint(.ends)
    if code == 0 { return nil }
    if code > 1 { return Double(DigestCode.value(code - 2)) / 1000 }
    guard let bits = columns[DigestColumn.durations.rawValue].number(bytes: 8) else {
      throw DigestError(column: .durations)
    }
    return Double(bitPattern: bits)
  }

  /// The number of the event's client and one; 0 without one.
  @inline(__always)
  private mutating func client() throws(DigestError) -> UInt32 {
    let code = try varint(.visitors)
    if code == 0 { return 0 }
    let number = code == 1 ? clientsMet : Int(truncatingIfNeeded: code &- 2)
    if code == 1 { clientsMet += 1 }
    guard number >= 0, number < clientCount else { throw DigestError(column: .visitors) }
    return UInt32(number) + 1
  }
}
