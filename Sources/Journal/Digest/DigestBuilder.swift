// Makes the digest of a segment: what counting takes of its events, for a tenth of what reading the lines costs.
//
// Promises: the same lines give the same digest, to the byte; every event that counts is in it, in order; no address
// is, but in lines that are kept as they stand and in names of users and clients, which the segment's lines hold too.
// Leaves to others: compressing it, and where it goes (`DigestFrame`).

import Bytes
import Classification
import SMTPTypes

struct DigestBuilder: ~Copyable {
  /// Events that one digest takes.
  static var eventLimit: Int { 1 << 22 }
  /// Different shapes that it takes, and clients: a reader keeps them decoded, some 6 MiB of each.
  static var shapeLimit: Int { 1 << 13 }
  /// How many times the bytes of lines that are kept as they stand all lines have at least.
  static var linesShare: Int { 2 }

  private var columns: [Column] = DigestColumn.allCases.map { _ in Column() }
  private var shapes = ByteTable<Int32>(limit: DigestBuilder.shapeLimit)
  private var clients = ByteTable<Int32>(limit: DigestBuilder.shapeLimit)
  private var shapeCount: Int32 = 0
  private var messages = NumberedHashes()
  private var recipients = NumberedHashes()
  /// The numbers of the message (the upper half) and of the recipient.
  private var lives = NumberedHashes()
  /// Of each life, what was told last; microseconds since 1970.
  private var arrivals: [Int64] = []
  private var line = ByteBuffer(capacity: 1024)
  private var scratch = ByteBuffer(capacity: 512)
  /// For lines, and for shapes: what one read stays valid while the other is used.
  private var decoder = EventDecoder()
  private var shapeDecoder = EventDecoder()
  private var time: Int64 = 0
  private var events = 0
  private var bytes = 0
  /// False for a segment that gets none: too much in it is unlike, or a line is damaged.
  private(set) var isPossible = true

  private final class Column {
    var bytes = ByteBuffer(capacity: 4096)
  }

  /// Adds the segment's next line, which was decoded as `decoded`.
  mutating func add(_ decoded: borrowing JournalLine, _ text: ByteView) {
    guard isPossible else { return }
    bytes += text.count + 1
    switch decoded {
    case .event(let event): add(event, text)
    case .tally: keep(text)
    // No count looks at these.
    default: break
    }
    if events > DigestBuilder.eventLimit { isPossible = false }
  }

  /// Adds `lines`, each with its newline.
  mutating func add(lines: ByteView) {
    var start = 0
    while isPossible, let newline = lines.firstIndex(of: 0x0A, from: start) {
      let text = lines[start..<newline]
      do throws(JournalLineError) {
        add(try decoder.decode(text), text)
      } catch {
        addMalformed()
      }
      start = newline + 1
    }
  }

  /// The segment has a line that can't be read: whoever reads the segment is to be told.
  mutating func addMalformed() { isPossible = false }

  /// The digest; nil if the segment is better read. Nothing may be added after it.
  mutating func finish() -> ByteBuffer? {
    let lines = columns[DigestColumn.lines.rawValue].bytes.count
    let isWanted = isPossible && events > 0 && lines * DigestBuilder.linesShare <= bytes
    isPossible = false
    // What was looked up makes room for what is made of it.
    messages = NumberedHashes()
    recipients = NumberedHashes()
    lives = NumberedHashes()
    arrivals = []
    guard isWanted else { return nil }
    var size = 0
    for column in columns { size += column.bytes.count + 10 }
    var digest = ByteBuffer(capacity: size + 16)
    digest.append(varint: UInt64(events))
    for column in columns {
      digest.append(varint: UInt64(column.bytes.count))
      digest.append(column.bytes.view)
      column.bytes = ByteBuffer(capacity: 64)
    }
    return digest
  }

  @inline(__always)
  private func append(_ value: UInt64, to column: DigestColumn) {
    columns[column.rawValue].bytes.append(varint: value)
  }

  private func append(_ value: UInt64, bytes count: Int, to column: DigestColumn) {
    columns[column.rawValue].bytes.append(value, bytes: count)
  }

  private mutating func keep(_ text: ByteView) {
    append(0, to: .kinds)
    columns[DigestColumn.lines.rawValue].bytes.append(text)
    columns[DigestColumn.lines.rawValue].bytes.append(0x0A)
    events += 1
  }

  // MARK: - Events

  private mutating func add(_ event: borrowing Event, _ text: ByteView) {
    let way = DigestShape.way(of: event)
    guard way != .line, let shape = shape(of: event) else { return keep(text) }
    let time = DigestCode.code(microseconds: event.time.microseconds &- time)
    guard way == .shape else {
      add(shape, time, event)
      for column in [DigestColumn.attempts, .lives, .arrivals, .ends, .visitors] { append(0, to: column) }
      return
    }
    // The least number's code has no successor.
    if event.attempt == Int.min { return keep(text) }
    var visitor: UInt64 = 0
    if let client = event.client {
      guard let number = number(of: client) else { return keep(text) }
      visitor = number
    }
    add(shape, time, event)
    append(event.attempt.map { DigestCode.code(Int64($0)) + 1 } ?? 0, to: .attempts)
    append(visitor, to: .visitors)
    addEnd(event.deferredFor)
    addLife(EventIdentity(event), event.arrival?.microseconds, event.time.microseconds)
  }

  private mutating func add(_ shape: Int32, _ time: UInt64, _ event: borrowing Event) {
    append(UInt64(shape) + 1, to: .kinds)
    append(time, to: .times)
    self.time = event.time.microseconds
    events += 1
  }

  private mutating func addLife(_ identity: EventIdentity?, _ arrival: Int64?, _ time: Int64) {
    var base = time
    if let identity {
      let (message, isNewMessage) = messages.number(of: identity.queue)
      let (recipient, isNewRecipient) = recipients.number(of: identity.recipient)
      let (life, isNew) = lives.number(of: UInt64(message) << 32 | UInt64(recipient))
      if isNew {
        append(1, to: .lives)
        append(isNewMessage ? 0 : UInt64(message) + 1, to: .parts)
        append(isNewRecipient ? 0 : UInt64(recipient) + 1, to: .parts)
        if isNewMessage { append(identity.queue, bytes: EventIdentity.size, to: .messages) }
        if isNewRecipient { append(identity.recipient, bytes: EventIdentity.size, to: .recipients) }
        arrivals.append(arrival ?? time)
      } else {
        append(UInt64(life) + 2, to: .lives)
        base = arrivals[life]
        arrivals[life] = arrival ?? time
      }
    } else {
      append(0, to: .lives)
    }
    append(arrival.map { DigestCode.code(microseconds: $0 &- base) + 1 } ?? 0, to: .arrivals)
  }

  private func addEnd(_ seconds: Double?) {
    guard let seconds else { return append(0, to: .ends) }
    let thousand = seconds * 1000
    if abs(thousand) < 1e15, Double(Int64(thousand.rounded())) / 1000 == seconds {
      return append(DigestCode.code(Int64(thousand.rounded())) + 2, to: .ends)
    }
    append(1, to: .ends)
    append(seconds.bitPattern, bytes: 8, to: .durations)
  }

  // MARK: - Shapes

  /// The number of the event's shape; nil where a shape would not say the same as the event.
  private mutating func shape(of event: borrowing Event) -> Int32? {
    line.removeAll()
    DigestShape.append(event, to: &line, scratch: &scratch)
    if let number = shapes[line.view] { return number < 0 ? nil : number }
    let number: Int32 = isFaithful(event) ? shapeCount : -1
    guard shapes.insert(line.view, default: number) != nil else {
      isPossible = false
      return nil
    }
    guard number >= 0 else { return nil }
    shapeCount += 1
    columns[DigestColumn.shapes.rawValue].bytes.append(line.view)
    return number
  }

  /// True if what `line` says is read back as `event` has it: a journal of another's making may hold bytes that are
  /// written in another way.
  private mutating func isFaithful(_ event: borrowing Event) -> Bool {
    guard DigestShape.way(of: event) == .shape else { return true }
    do throws(JournalLineError) {
      guard case .event(let shape) = try shapeDecoder.decode(line.view.prefix(line.count - 1)) else { return false }
      return DigestShape.isShape(shape, of: event, scratch: &scratch)
    } catch {
      return false
    }
  }

  /// The code of a client: 1 for a new one.
  private mutating func number(of client: Event.Client) -> UInt64? {
    line.removeAll()
    var event = Event(time: Timestamp(microseconds: 0, fractionDigits: 0), type: .rejection)
    event.client = client
    EventEncoder.append(event, to: &line)
    if let number = clients[line.view] { return UInt64(number) + 2 }
    do throws(JournalLineError) {
      guard case .event(let read) = try shapeDecoder.decode(line.view.prefix(line.count - 1)), let found = read.client,
        found.host == client.host, found.address == client.address
      else { return nil }
    } catch {
      return nil
    }
    let count = clients.count
    guard clients.insert(line.view, default: Int32(count)) != nil else {
      isPossible = false
      return nil
    }
    columns[DigestColumn.clients.rawValue].bytes.append(line.view)
    return 1
  }
}
