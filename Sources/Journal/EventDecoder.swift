// Journal lines to events.
//
// Promises: takes keys in any order, ignores keys and types that it does not know, reads no byte beyond the line,
// and takes time linear in the line's length whatever it holds. Allocates nothing for an event without tags. Leaves
// to others: files, newlines, and what to do with a line that is damaged.

public import Bytes
import Classification
import Glibc
import SMTPTypes

/// Reads journal lines. One for each thread; what it returns borrows from the line and from the decoder, and is
/// valid until the next call of `decode`.
public struct EventDecoder: ~Copyable {
  /// How much of a line is wanted.
  public enum Depth: UInt8, Sendable {
    /// The fields of an event up to `attempt`: enough to count by time, type, cause, provider, domain. A line that
    /// begins as `EventEncoder` begins it is not read further; one in another order is read whole.
    case leading
    /// The fields up to `orig_recipient`: enough to tell which recipient of which message it is about. Else as
    /// `leading`.
    case recipient
    /// As `recipient`, and `deferred_for`: enough to tell how a recipient's wait ended. What stands between is passed over.
    case end
    /// As `counted`, but for `relay` and `client`.
    case countedWithoutPeers
    /// All but what no count looks at: `message_id`, `delay`, `delays`, `xdelay`, `ruleset`. They are passed over: a bad
    /// escape or a wrong type in what is passed over may go unnoticed.
    case counted
    case all
  }

  /// True if the line that was decoded last says that its group goes on. Not known at depths `leading` and `recipient`.
  public private(set) var hasMore = false

  var scratch = TextScratch()
  var tags: [Event.Tag] = []
  let keys = NameTable<EventKey>()
  let types = NameTable<EventType>()
  let causes = NameTable<Cause>()
  let scopes = NameTable<Scope>()
  let origins = NameTable<Origin>()
  let stages = NameTable<Stage>()
  let sources = NameTable<Source>()
  let directions = NameTable<Direction>()
  let hops = NameTable<Hop>()
  let forecast = KeyForecast()
  let times = TimeMemory()
  /// Arrivals lie on other days than the times beside them around midnight.
  let arrivals = TimeMemory()
  /// Lines' beginnings that were met before; nil if they are not to be remembered. In a place of its own: within this
  /// value it would be moved out and in for each line.
  private let heads: UnsafeMutablePointer<HeadMemory>?
  let relays = RelayMemory()
  /// The number of the line's head, where it is a known one: lines of one number say the same from `type` to `stage`.
  /// Else -1.
  private(set) var head = -1
  /// The event of the line that was read last; in a place of its own, so that nobody need copy it.
  private let event: UnsafeMutablePointer<Event>
  /// An event without fields, for copies.
  private let blank: UnsafeMutablePointer<Event>
  /// How much is wanted of lines whose head is known, where that is asked for each head; see `JournalConsumer`.
  var screen: ((borrowing Event) -> Depth)?
  /// True if lines may be read by `screen`.
  var isScreened = false
  /// Nothing was filled in since `event` was empty but what a line begins with, up to `orig_recipient`: what is written
  /// over or emptied behind the next known head.
  private var hasBeginningAlone = false
  /// The cuts of a tally that are wanted; the others may be left empty.
  var cuts = Tally.Cuts.all

  public init() { self.init(remembersHeads: false) }

  /// - Parameter remembersHeads: for one that reads a whole journal; takes up to 8 MiB.
  init(remembersHeads: Bool) {
    event = UnsafeMutablePointer<Event>.allocate(capacity: 1)
    event.initialize(to: Event(time: Timestamp(microseconds: 0), type: .gap))
    blank = UnsafeMutablePointer<Event>.allocate(capacity: 1)
    blank.initialize(to: event.pointee)
    guard remembersHeads else {
      heads = nil
      return
    }
    heads = UnsafeMutablePointer<HeadMemory>.allocate(capacity: 1)
    heads?.initialize(to: HeadMemory())
  }

  deinit {
    event.deinitialize(count: 1)
    event.deallocate()
    blank.deinitialize(count: 1)
    blank.deallocate()
    heads?.deinitialize(count: 1)
    heads?.deallocate()
  }

  /// Reads one line, given without its newline.
  ///
  /// An event of a type that this version does not know is `unknown`; an unknown cause, scope or other name is left
  /// nil. Throws if the line is no JSON object with `time` and `type`, or if a known key has a value of another type.
  public mutating func decode(
    _ line: ByteView, depth: Depth = .all
  ) throws(JournalLineError) -> JournalLine {
    try read(line, depth: depth).line()
  }

  /// The same without a copy of the event.
  mutating func read(_ line: ByteView, depth: Depth) throws(JournalLineError) -> ReadLine {
    hasMore = false
    head = -1
    scratch.begin(line)
    var cursor = JSONCursor(line)
    let isStale = hasBeginningAlone
    hasBeginningAlone = false
    let event = event
    if !isStale { empty() }
    switch try walk(&cursor, &event.pointee, depth, isStale: isStale) {
    case .event: return .event(event)
    case .tally:
      scratch.begin(line)
      var again = JSONCursor(line)
      return .tally(Boxed(try tally(&again)))
    case .checkpoint:
      scratch.begin(line)
      var again = JSONCursor(line)
      return .checkpoint(Boxed(try checkpoint(&again)))
    case .unknown: return .unknown
    }
  }

  /// Looks at a line no further than its head, whatever `screen` wants.
  mutating func check(_ line: ByteView) throws(JournalLineError) {
    if isSoundAtAGlance(line) { return }
    hasMore = false
    head = -1
    scratch.begin(line)
    var cursor = JSONCursor(line)
    let (wasScreened, isStale) = (isScreened, hasBeginningAlone)
    isScreened = false
    defer { isScreened = wasScreened }
    hasBeginningAlone = false
    let event = event
    if !isStale { empty() }
    _ = try walk(&cursor, &event.pointee, .leading, isStale: isStale)
  }

  /// True if the line begins with a time and a head that was met before, and an attempt, if any, and a queue id follow.
  @inline(__always)
  private func isSoundAtAGlance(_ line: ByteView) -> Bool {
    guard let heads, line.hasPrefix("{\"time\":\""), let quote = line.prefix(48).firstIndex(of: 0x22, from: 9),
      times.read(line[9..<quote]) != nil, quote + 1 < line.count
    else { return false }
    let end = line.start + line.count
    guard let rest = heads.pointee.end(ofKnown: line.start + quote + 1, end) else { return false }
    var behind = line.from(rest - line.start)
    if behind.count > 16, behind.hasPrefix(",\"attempt\":"), behind[11].isASCIIDigit {
      behind = behind.from(behind[12].isASCIIDigit ? 13 : 12)
    }
    return behind.hasPrefix(",\"queue_id\":\"")
  }

  /// Makes `event` one without fields.
  @inline(__always)
  private func empty() {
    // What has no array of its own keeps nothing alive, and may be written over.
    if event.pointee.tags.capacity == 0 {
      UnsafeMutableRawPointer(event).copyMemory(from: blank, byteCount: MemoryLayout<Event>.size)
    } else {
      event.pointee = blank.pointee
    }
  }

  private enum Kind { case event, tally, checkpoint, unknown }

  /// - Parameter isStale: `event` holds an earlier line's beginning; see `hasBeginningAlone`.
  private mutating func walk(
    _ cursor: inout JSONCursor, _ event: inout Event, _ depth: Depth, isStale: Bool
  ) throws(JournalLineError) -> Kind {
    guard cursor.peek() == 0x7B else { throw cursor.failure(.notAnObject) }
    // The opening brace stands before the first key as commas do before the others.
    var isFirst = true
    var hasTime = false
    var hasType = false
    var kind = Kind.event
    // How many keys came in our own order; -1 once one did not.
    var ordered = 0
    var last = -1
    var isStale = isStale
    var depth = depth
    var passed = depth.passed
    // Where a head that is not known yet begins, and where it should end.
    var newHead: (start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>)?
    while true {
      guard cursor.at < cursor.end else { throw cursor.failure(.unexpectedByte) }
      if last == 0, ordered == 1, let heads, cursor.at.pointee == 0x2C {
        if let (number, end) = heads.pointee.find(cursor.at, cursor.end, &event) {
          head = number
          hasType = true
          isStale = false
          // As many as there must have been.
          ordered = 4
          cursor.at = end
          if isScreened {
            depth = heads.pointee.depth(of: number) { self.screen?(event) ?? depth }
            passed = depth.passed
          }
          last = Int(readOn(&cursor, &event, depth).rawValue)
        } else if let end = HeadMemory.end(cursor.at, cursor.end) {
          newHead = (cursor.at, end)
        }
      }
      let key: EventKey
      if cursor.at.pointee == (isFirst ? 0x7B : 0x2C), let guess = forecast.next(&cursor, after: last) {
        key = guess
        isFirst = false
      } else {
        if isFirst { cursor.at += 1 }
        guard try cursor.nextMember(&isFirst) else { break }
        let name = try text(&cursor)
        try cursor.expect(0x3A)
        guard let known = keys[name] else {
          try cursor.skipValue()
          continue
        }
        key = known
        forecast.learn(key, after: last)
      }
      let rank = Int(key.rawValue)
      if rank > last {
        if ordered >= 0 { ordered += 1 }
      } else {
        ordered = -1
        head = -1
        newHead = nil
      }
      if let (start, end) = newHead, rank > Int(EventKey.stage.rawValue) {
        newHead = nil
        if ordered > 0, hasType, kind == .event { remember(event, start, end, before: key, cursor) }
      }
      last = rank
      if depth == .leading, rank > Int(EventKey.lastLeading.rawValue), hasTime, hasType, ordered > 3 {
        hasBeginningAlone = head >= 0
        return kind
      }
      if depth == .recipient, rank > Int(EventKey.originalRecipient.rawValue), hasTime, hasType, ordered > 3 {
        hasBeginningAlone = head >= 0
        return kind
      }
      if isStale, key != .time {
        event = Event(time: event.time, type: .gap)
        isStale = false
      }
      if cursor.at < cursor.end, cursor.at.pointee != 0x22, cursor.null() { continue }
      if passed & 1 << UInt64(key.rawValue) != 0, try pass(key, &cursor) { continue }
      switch key {
      case .time:
        event.time = try time(&cursor)
        hasTime = true
      case .type:
        hasType = true
        guard let type = EventDecoder.name(try text(&cursor), cursor, types) else {
          kind = .unknown
          continue
        }
        event.type = type
        // These have lines of another shape; the keys that they share are read again.
        kind = type == .tally ? .tally : type == .checkpoint ? .checkpoint : .event
        if kind != .event, hasTime { return kind }
      case .source: event.source = EventDecoder.name(try text(&cursor), cursor, sources)
      case .host: event.host = try text(&cursor)
      case .instance: event.instance = try text(&cursor)
      case .service: event.service = try text(&cursor)
      case .direction: event.direction = EventDecoder.name(try text(&cursor), cursor, directions)
      case .hop: event.hop = EventDecoder.name(try text(&cursor), cursor, hops)
      case .cause: event.cause = EventDecoder.name(try text(&cursor), cursor, causes)
      case .scope: event.scope = EventDecoder.name(try text(&cursor), cursor, scopes)
      case .origin: event.origin = EventDecoder.name(try text(&cursor), cursor, origins)
      case .provider: event.provider = try text(&cursor)
      case .domain: event.domain = try text(&cursor)
      case .status: event.status = EnhancedStatusCode(try text(&cursor))
      case .stage: event.stage = EventDecoder.name(try text(&cursor), cursor, stages)
      case .attempt: event.attempt = try cursor.integer()
      case .queueID: event.queueID = try text(&cursor)
      case .firstQueueID: event.firstQueueID = try text(&cursor)
      case .previousQueueID: event.previousQueueID = try text(&cursor)
      case .arrival:
        let text = try text(&cursor)
        guard let time = arrivals.read(text) else { throw cursor.failure(.wrongType) }
        event.arrival = time
      case .messageID: event.messageID = try text(&cursor)
      case .user: event.user = try text(&cursor)
      case .sender: event.sender = try text(&cursor)
      case .recipient: event.recipient = try text(&cursor)
      case .originalRecipient: event.originalRecipient = try text(&cursor)
      case .relay: event.relay = try relay(&cursor)
      case .client: event.client = try client(&cursor)
      case .delay: event.delay = try cursor.double()
      case .delays: event.delays = try delays(&cursor)
      case .xdelay: event.xdelay = try cursor.double()
      case .retryAfter: event.retryAfter = try cursor.integer()
      case .rule: event.rule = try text(&cursor)
      case .ruleset: event.ruleset = try text(&cursor)
      case .reply: event.reply = try reply(&cursor)
      case .tags:
        try tags(&cursor)
        event.tags = tags
      case .deferredFor: event.deferredFor = try cursor.double()
      case .count:
        // Other types may come to use the word for something else; only an event's count is a number.
        event.count = try cursor.integer()
      case .state: event.state = try text(&cursor)
      case .key: event.key = try text(&cursor)
      case .note: event.note = try text(&cursor)
      case .matched: event.matched = try cursor.boolean()
      case .offset: event.offset = try cursor.integer()
      case .more:
        event.more = try cursor.boolean()
        hasMore = event.more
      }
    }
    guard cursor.peek() == 0, cursor.at == cursor.end else { throw cursor.failure(.unexpectedByte) }
    guard hasTime else { throw cursor.failure(.missingTime) }
    guard hasType else { throw cursor.failure(.missingType) }
    return kind
  }

  /// Keeps the head between `start` and `end`, if it ends where the key that the cursor is behind begins.
  private mutating func remember(
    _ event: borrowing Event, _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, before key: EventKey,
    _ cursor: JSONCursor
  ) {
    let view = ByteView(start, count: end - start)
    // `,"key":` as this journal writes it, and no escapes, which would need to be unfolded again.
    guard cursor.at - end == ByteView(key.name).count + 4, view.firstIndex(of: 0x5C) == nil,
      let heads, let copy = heads.pointee.copy(view)
    else { return }
    head = heads.pointee.insert(copy, event, movedFrom: start)
  }

  mutating func noteMore(_ more: Bool) { hasMore = more }
}
