import Bytes
import Glibc
import SMTPTypes

extension EventDecoder {
  @inline(__always)
  mutating func text(_ cursor: inout JSONCursor) throws(JournalLineError) -> ByteView {
    let raw = try cursor.rawText()
    guard raw.hasEscapes else { return raw.bytes }
    return try scratch.unfold(raw.bytes, offset: raw.bytes.start - cursor.start)
  }

  /// The member of a closed set that is called `text`, which stands in the line or in the scratch.
  @inline(__always)
  static func name<Member: NamedValue>(
    _ text: ByteView, _ cursor: JSONCursor, _ table: borrowing NameTable<Member>
  ) -> Member? {
    let isInLine = text.start >= cursor.start && text.start < cursor.end
    return table.find(text, readable: isInLine ? cursor.end - text.start : text.count)
  }

  @inline(__always)
  mutating func time(_ cursor: inout JSONCursor) throws(JournalLineError) -> Timestamp {
    let text = try text(&cursor)
    guard let time = times.read(text) else { throw cursor.failure(.wrongType) }
    return time
  }

  /// Walks the members of a nested object; `body` reads the value of a key or answers false to have it passed over.
  @inline(__always)
  mutating func members(
    _ cursor: inout JSONCursor,
    _ body: (inout EventDecoder, inout JSONCursor, ByteView) throws(JournalLineError) -> Bool
  ) throws(JournalLineError) {
    guard cursor.peek() == 0x7B else { throw cursor.failure(.wrongType) }
    cursor.at += 1
    var isFirst = true
    while try cursor.nextMember(&isFirst) {
      let key = try text(&cursor)
      try cursor.expect(0x3A)
      if cursor.null() { continue }
      if !(try body(&self, &cursor, key)) { try cursor.skipValue() }
    }
  }

  mutating func relay(_ cursor: inout JSONCursor) throws(JournalLineError) -> Relay {
    if let known = relays.find(&cursor, head) { return known }
    let start = cursor.at
    var relay = Relay(host: .empty)
    try members(&cursor) { (decoder, cursor, key) throws(JournalLineError) in
      switch key {
      case "host": relay.host = try decoder.text(&cursor)
      case "address": relay.address = try decoder.text(&cursor)
      case "port":
        guard let port = UInt16(exactly: try cursor.integer()) else { throw cursor.failure(.wrongType) }
        relay.port = port
      default: return false
      }
      return true
    }
    relays.keep(start, cursor.at, relay, head)
    return relay
  }

  mutating func client(_ cursor: inout JSONCursor) throws(JournalLineError) -> Event.Client {
    var client = Event.Client(host: .empty, address: .empty)
    try members(&cursor) { (decoder, cursor, key) throws(JournalLineError) in
      switch key {
      case "host": client.host = try decoder.text(&cursor)
      case "address": client.address = try decoder.text(&cursor)
      default: return false
      }
      return true
    }
    return client
  }

  mutating func reply(_ cursor: inout JSONCursor) throws(JournalLineError) -> Reply {
    if let usual = cursor.usualReply() { return usual }
    var reply = Reply(text: .empty)
    try members(&cursor) { (decoder, cursor, key) throws(JournalLineError) in
      switch key {
      case "code": reply.code = ReplyCode(try cursor.integer())
      case "enhanced": reply.enhanced = EnhancedStatusCode(try decoder.text(&cursor))
      case "text": reply.text = try decoder.text(&cursor)
      default: return false
      }
      return true
    }
    return reply
  }

  mutating func delays(_ cursor: inout JSONCursor) throws(JournalLineError) -> Event.Delays {
    var parts = (beforeQueueManager: 0.0, inQueueManager: 0.0, connectionSetup: 0.0, transmission: 0.0)
    try members(&cursor) { (_, cursor, key) throws(JournalLineError) in
      switch key {
      case "before_queue_manager": parts.beforeQueueManager = try cursor.double()
      case "in_queue_manager": parts.inQueueManager = try cursor.double()
      case "connection_setup": parts.connectionSetup = try cursor.double()
      case "transmission": parts.transmission = try cursor.double()
      default: return false
      }
      return true
    }
    return Event.Delays(
      beforeQueueManager: parts.beforeQueueManager, inQueueManager: parts.inQueueManager,
      connectionSetup: parts.connectionSetup, transmission: parts.transmission)
  }

  /// Fills `tags`. The array is kept between lines, so that it is allocated once where callers drop their events.
  mutating func tags(_ cursor: inout JSONCursor) throws(JournalLineError) {
    tags.removeAll(keepingCapacity: true)
    try members(&cursor) { (decoder, cursor, key) throws(JournalLineError) in
      // A line from elsewhere may hold more than we write.
      guard decoder.tags.count < EventEncoder.tagLimit else { return false }
      decoder.tags.append(Event.Tag(name: key, value: try decoder.text(&cursor)))
      return true
    }
  }
}

/// Remembers the days of the times that were read, one for each day of a month: lines of a journal mostly share them.
struct TimeMemory: ~Copyable {
  private struct Day {
    var text: (UInt64, UInt16) = (0, 0)
    /// Seconds since 1970; nil for no day.
    var start: Int64?
  }

  private let days: UnsafeMutablePointer<Day>

  init() {
    days = UnsafeMutablePointer<Day>.allocate(capacity: 32)
    days.initialize(repeating: Day(), count: 32)
  }

  deinit { days.deallocate() }

  /// Reads an RFC 3339 time; the form that journals are written in quickly, any other by `Timestamp`.
  @inline(__always)
  func read(_ text: ByteView) -> Timestamp? {
    let count = text.count
    guard count >= 20, count <= 27, text.start[count - 1] == 0x5A else { return Timestamp(rfc3339: text) }
    let start = UnsafeRawPointer(text.start)
    let head = (start.loadUnaligned(as: UInt64.self), start.loadUnaligned(fromByteOffset: 8, as: UInt16.self))
    let place = Int((text.start[8] &* 10 &+ text.start[9]) & 31)
    guard head == days[place].text, let dayStart = days[place].start, text.start[10] == 0x54, text.start[13] == 0x3A, text.start[16] == 0x3A,
      let hour = TimeMemory.pair(text.start + 11), hour < 24, let minute = TimeMemory.pair(text.start + 14),
      minute < 60, let second = TimeMemory.pair(text.start + 17), second < 60
    else { return slow(text, head, place) }
    var fraction: Int64 = 0
    let digits = max(count - 21, 0)
    if count > 20 {
      guard text.start[19] == 0x2E, digits > 0 else { return Timestamp(rfc3339: text) }
      for index in 20..<count - 1 {
        let digit = text.start[index] &- 0x30
        guard digit < 10 else { return nil }
        fraction = fraction * 10 + Int64(digit)
      }
      for _ in digits..<6 { fraction *= 10 }
    }
    let seconds = dayStart + Int64(hour * 3600 + minute * 60 + second)
    return Timestamp(microseconds: seconds * 1_000_000 + fraction, fractionDigits: digits)
  }

  @inline(__always)
  private static func pair(_ digits: UnsafePointer<UInt8>) -> Int? {
    let tens = digits[0] &- 0x30
    let ones = digits[1] &- 0x30
    guard tens < 10, ones < 10 else { return nil }
    return Int(tens) * 10 + Int(ones)
  }

  @inline(never)
  private func slow(_ text: ByteView, _ head: (UInt64, UInt16), _ place: Int) -> Timestamp? {
    guard let time = Timestamp(rfc3339: text) else { return nil }
    // The text ends in Z, so its day is the time's own, unless a leap second ran into the next.
    if text[17] != 0x36 {
      let seconds = time.seconds
      days[place] = Day(text: head, start: seconds - ((seconds % 86_400) + 86_400) % 86_400)
    }
    return time
  }
}
