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
  /// How many times the bytes of lines that are kept as they stand all lines have at least.
  static var linesShare: Int { 2 }
  /// Aliases that one digest takes.
  static var aliasLimit: Int { 1 << 20 - 1 }

  private var columns: [Column] = DigestColumn.allCases.map { _ in Column() }
  private var shapes = ShapeBuilder()
  private var tallies = TallyWriter()
  private var messages = NumberedHashes()
  private var recipients = NumberedHashes()
  private var aliases = NumberedHashes()
  /// The numbers of the message (the upper 22 bits), of the recipient (22 bits) and of the alias and one.
  private var lives = NumberedHashes()
  /// Of each life, what was told last; microseconds since 1970.
  private var arrivals: [Int64] = []
  private var decoder = EventDecoder()
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
    case .tally(let line):
      guard tallies.append(line.tally, host: line.host, to: &columns[DigestColumn.tallies.rawValue].bytes) else {
        return keep(text)
      }
      append(1, to: .kinds)
      events += 1
    // No count looks at these.
    default: break
    }
    let isFull = shapes.isFull || tallies.isFull || aliases.count > DigestBuilder.aliasLimit
    if isFull || events > DigestBuilder.eventLimit { isPossible = false }
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
    aliases = NumberedHashes()
    lives = NumberedHashes()
    arrivals = []
    guard isWanted else { return nil }
    tallies.appendNames(to: &columns[DigestColumn.names.rawValue].bytes)
    tallies = TallyWriter()
    shapes.finish { columns[$0.rawValue].bytes.append($1) }
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

  /// What each event says of itself, beside its time.
  private static let told: [DigestColumn] = [.attempts, .lives, .arrivals, .ends, .visitors]

  private mutating func add(_ event: borrowing Event, _ text: ByteView) {
    let way = DigestHead.way(of: event)
    guard way != .line, let shape = shapes.number(of: event) else { return keep(text) }
    let time = DigestCode.code(microseconds: event.time.microseconds &- time)
    guard way == .shape else {
      add(shape, time, event)
      for column in DigestBuilder.told { append(0, to: column) }
      return
    }
    guard let visitor = shapes.visitor(of: event) else { return keep(text) }
    add(shape, time, event)
    append(event.attempt.map { DigestCode.code(Int64($0)) + 1 } ?? 0, to: .attempts)
    append(visitor, to: .visitors)
    addEnd(event.deferredFor)
    addLife(EventIdentity(event), event.arrival?.microseconds, event.time.microseconds)
  }

  private mutating func add(_ shape: Int, _ time: UInt64, _ event: borrowing Event) {
    append(UInt64(shape) + 2, to: .kinds)
    append(time, to: .times)
    self.time = event.time.microseconds
    events += 1
  }

  private mutating func addLife(_ identity: EventIdentity?, _ arrival: Int64?, _ time: Int64) {
    var base = time
    if let identity {
      let (message, isNewMessage) = messages.number(of: identity.queue)
      let (recipient, isNewRecipient) = recipients.number(of: identity.recipient)
      let (alias, isNewAlias) = alias(identity.alias)
      let (life, isNew) = lives.number(of: UInt64(message) << 42 | UInt64(recipient) << 20 | alias)
      if isNew {
        append(1, to: .lives)
        append(isNewMessage ? 0 : UInt64(message) + 1, to: .parts)
        append(isNewRecipient ? 0 : UInt64(recipient) + 1, to: .parts)
        append(alias == 0 ? 0 : isNewAlias ? 1 : alias + 1, to: .parts)
        if isNewMessage { append(identity.queue, bytes: EventIdentity.size, to: .messages) }
        if isNewRecipient { append(identity.recipient, bytes: EventIdentity.size, to: .recipients) }
        if isNewAlias { append(identity.alias, bytes: EventIdentity.size, to: .aliases) }
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

  /// The alias's number and one, 0 for none; and whether it has been met now for the first time.
  @inline(__always)
  private mutating func alias(_ hash: UInt64) -> (UInt64, isNew: Bool) {
    if hash == 0 { return (0, false) }
    let (number, isNew) = aliases.number(of: hash)
    return (UInt64(number) + 1, isNew)
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
}
