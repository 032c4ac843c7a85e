// Events to journal lines.
//
// Promises: one line of JSON with its newline; keys in the order of `Event`'s fields, absent fields left out; valid
// UTF-8 whatever the mail log held. Leaves to others: where the line goes.

public import Bytes
import SMTPTypes

/// Writes journal lines.
public enum EventEncoder {
  /// Bytes that one text of an event keeps; what is beyond is cut. Postfix cuts its reasons at 2,000.
  public static var textLimit: Int { 8192 }
  /// Tags that an event keeps.
  public static var tagLimit: Int { 64 }

  /// Appends `event` as one line. O(size of its texts); no allocation beyond the buffer's growth.
  ///
  /// - Parameter more: what to write for `more` instead of the event's own flag.
  /// - Returns: true if the line is known to be ASCII alone.
  @discardableResult
  public static func append(_ event: borrowing Event, more: Bool? = nil, to buffer: inout ByteBuffer) -> Bool {
    append(event, more: more ?? event.more, to: &buffer, nil)
  }

  /// The same for those who write many, one after another: with less work.
  @discardableResult
  public static func append(
    _ event: borrowing Event, more: Bool, to buffer: inout ByteBuffer, memory: borrowing EncoderMemory
  ) -> Bool {
    append(event, more: more, to: &buffer, memory.state)
  }

  @inline(__always)
  private static func append(
    _ event: borrowing Event, more: Bool, to buffer: inout ByteBuffer, _ memory: UnsafePointer<EncoderMemory.State>?
  ) -> Bool {
    if let isPlain = append(event, more: more, room: usualRoom, to: &buffer, memory) { return isPlain }
    // Rare, and right the second time.
    return append(event, more: more, room: roomForAll(of: event), to: &buffer, nil) ?? false
  }

  /// nil, with nothing appended, if the event needs more room.
  @inline(__always)
  private static func append(
    _ event: borrowing Event, more: Bool, room: Int, to buffer: inout ByteBuffer,
    _ memory: UnsafePointer<EncoderMemory.State>?
  ) -> Bool? {
    var isPlain: Bool?
    buffer.append(capacity: room) { start in
      let line = written(event, more: more, LineWriter(start, roomForTexts: room - roomWithoutTexts), memory)
      guard line.isWhole else { return 0 }
      isPlain = line.isPlain
      return line.end - start
    }
    return isPlain
  }

  /// What all keys, numbers, names and times of an event take up at most, and the signs between tags, and some.
  private static var roomWithoutTexts: Int { 4096 }

  /// Room that is tried first: adding up what an event's texts take up at most was a third of writing it.
  private static var usualRoom: Int { roomWithoutTexts + 16 * 1024 }

  /// Room that is enough, with what is not text counted among the texts as well.
  @inline(never)
  private static func roomForAll(of event: borrowing Event) -> Int {
    var room = roomWithoutTexts * 2
    forEachText(of: event) { room += LineWriter.room(for: $0, limit: textLimit) }
    return room
  }

  /// Calls `body` with all texts that `write` writes.
  private static func forEachText(of event: borrowing Event, _ body: (ByteView) -> Void) {
    if let text = event.host { body(text) }
    if let text = event.instance { body(text) }
    if let text = event.service { body(text) }
    if let text = event.provider { body(text) }
    if let text = event.domain { body(text) }
    if let text = event.queueID { body(text) }
    if let text = event.firstQueueID { body(text) }
    if let text = event.previousQueueID { body(text) }
    if let text = event.messageID { body(text) }
    if let text = event.user { body(text) }
    if let text = event.sender { body(text) }
    if let text = event.recipient { body(text) }
    if let text = event.originalRecipient { body(text) }
    if let relay = event.relay {
      body(relay.host)
      body(relay.address)
    }
    if let client = event.client {
      body(client.host)
      body(client.address)
    }
    if let text = event.rule { body(text) }
    if let text = event.ruleset { body(text) }
    if let reply = event.reply { body(reply.text) }
    if let text = event.state { body(text) }
    if let text = event.key { body(text) }
    if let text = event.note { body(text) }
    if event.tags.isEmpty { return }
    for tag in event.tags.prefix(tagLimit) {
      body(tag.name)
      body(tag.value)
    }
  }

  /// A call for each try: in a loop, or inlined twice, all of the event would be loaded first and put aside.
  @inline(never)
  private static func written(
    _ event: borrowing Event, more: Bool, _ start: LineWriter, _ memory: UnsafePointer<EncoderMemory.State>?
  ) -> LineWriter {
    var line = start
    line.literal("{\"time\":\"")
    if let memory {
      line = memory.pointee.head(event, memory.pointee.time(event.time, line))
    } else {
      line.time(event.time)
      line = head(event, line)
    }
    name(",\"cause\":\"", event.cause, &line)
    name(",\"scope\":\"", event.scope, &line)
    name(",\"origin\":\"", event.origin, &line)
    text(",\"provider\":\"", event.provider, &line)
    text(",\"domain\":\"", event.domain, &line)
    status(",\"status\":\"", event.status, &line)
    name(",\"stage\":\"", event.stage, &line)
    number(",\"attempt\":", event.attempt, &line)
    text(",\"queue_id\":\"", event.queueID, &line)
    text(",\"first_queue_id\":\"", event.firstQueueID, &line)
    text(",\"previous_queue_id\":\"", event.previousQueueID, &line)
    if let arrival = event.arrival {
      line.literal(",\"arrival\":\"")
      if let memory { line = memory.pointee.arrival(arrival, line) } else { line.time(arrival) }
      line.byte(0x22)
    }
    text(",\"message_id\":\"", event.messageID, &line)
    text(",\"user\":\"", event.user, &line)
    text(",\"sender\":\"", event.sender, &line)
    text(",\"recipient\":\"", event.recipient, &line)
    text(",\"orig_recipient\":\"", event.originalRecipient, &line)
    if let relay = event.relay { line = written(relay, line) }
    if let client = event.client {
      if client.host.isEmpty || client.address.isEmpty {
        line = writtenInPart(client, line)
      } else {
        text(",\"client\":{\"host\":\"", client.host, &line)
        text(",\"address\":\"", client.address, &line)
        line.byte(0x7D)
      }
    }
    seconds(",\"delay\":", event.delay, &line)
    if let delays = event.delays { line = written(delays, line) }
    seconds(",\"xdelay\":", event.xdelay, &line)
    number(",\"retry_after\":", event.retryAfter, &line)
    text(",\"rule\":\"", event.rule, &line)
    text(",\"ruleset\":\"", event.ruleset, &line)
    if let reply = event.reply { line = written(reply, line) }
    if !event.tags.isEmpty { line = written(event.tags, line) }
    seconds(",\"deferred_for\":", event.deferredFor, &line)
    number(",\"count\":", event.count, &line)
    text(",\"state\":\"", event.state, &line)
    text(",\"key\":\"", event.key, &line)
    text(",\"note\":\"", event.note, &line)
    if let matched = event.matched {
      if matched { line.literal(",\"matched\":true") } else { line.literal(",\"matched\":false") }
    }
    number(",\"offset\":", event.offset, &line)
    if more { line.literal(",\"more\":true}\n") } else { line.literal("}\n") }
    return line
  }

  /// What stands between an event's time and its cause.
  @inline(never)
  static func head(_ event: borrowing Event, _ start: LineWriter) -> LineWriter {
    var line = start
    line.literal("\",\"type\":\"")
    line.name(event.type.name)
    line.byte(0x22)
    name(",\"source\":\"", event.source, &line)
    text(",\"host\":\"", event.host, &line)
    text(",\"instance\":\"", event.instance, &line)
    text(",\"service\":\"", event.service, &line)
    name(",\"direction\":\"", event.direction, &line)
    name(",\"hop\":\"", event.hop, &line)
    return line
  }

  /// Closes a line. `more` is always the last key, so that `EventGroup` can add it to a finished line.
  static func finish(more: Bool, _ buffer: inout ByteBuffer) {
    buffer.append(more ? ",\"more\":true}\n" : "}\n")
  }
}

// MARK: - Fields of an event

extension EventEncoder {
  /// `key` ends in the opening quote.
  @inline(__always)
  private static func text(_ key: StaticString, _ value: ByteView?, _ line: inout LineWriter) {
    guard let value else { return }
    line.literal(key)
    line.string(value, limit: textLimit)
  }

  /// `key` ends in the opening quote; a name holds nothing that needs escaping.
  @inline(__always)
  private static func name(_ key: StaticString, _ value: (some NamedValue)?, _ line: inout LineWriter) {
    guard let value else { return }
    line.literal(key)
    line.name(value.name)
    line.byte(0x22)
  }

  @inline(__always)
  private static func number(_ key: StaticString, _ value: Int?, _ line: inout LineWriter) {
    guard let value else { return }
    line.literal(key)
    line.decimal(value)
  }

  /// Left out if JSON or the journal has no place for it.
  @inline(__always)
  private static func seconds(_ key: StaticString, _ value: Double?, _ line: inout LineWriter) {
    guard let value else { return }
    let start = line.end
    line.literal(key)
    if !line.seconds(value) { line.goBack(to: start) }
  }

  @inline(__always)
  private static func status(_ key: StaticString, _ value: EnhancedStatusCode?, _ line: inout LineWriter) {
    guard let value else { return }
    line.literal(key)
    line.status(value)
    line.byte(0x22)
  }

  // These take the writer and give it back: one that is lent to a call which is not inlined stays in memory.

  @inline(__always)
  private static func written(_ relay: Relay, _ start: LineWriter) -> LineWriter {
    if relay.host.isEmpty { return writtenWithoutHost(",\"relay\":{", relay.address, relay.port, start) }
    var line = start
    text(",\"relay\":{\"host\":\"", relay.host, &line)
    if !relay.address.isEmpty { text(",\"address\":\"", relay.address, &line) }
    if let port = relay.port { number(",\"port\":", Int(port), &line) }
    line.byte(0x7D)
    return line
  }

  @inline(never)
  private static func writtenInPart(_ client: Event.Client, _ start: LineWriter) -> LineWriter {
    if client.host.isEmpty { return writtenWithoutHost(",\"client\":{", client.address, nil, start) }
    var line = start
    text(",\"client\":{\"host\":\"", client.host, &line)
    line.byte(0x7D)
    return line
  }

  /// A peer that has no name; left out if it has no address either.
  @inline(never)
  private static func writtenWithoutHost(
    _ key: StaticString, _ address: ByteView, _ port: UInt16?, _ start: LineWriter
  ) -> LineWriter {
    guard !address.isEmpty else { return start }
    var line = start
    line.literal(key)
    text("\"address\":\"", address, &line)
    if let port { number(",\"port\":", Int(port), &line) }
    line.byte(0x7D)
    return line
  }

  @inline(__always)
  private static func written(_ delays: Event.Delays, _ start: LineWriter) -> LineWriter {
    if let text = delays.written { return written(delays: text, start) }
    return writtenAsValues(delays, start)
  }

  /// `text` is as `Event.Delays` took it: its digits are a line's.
  @inline(__always)
  private static func written(delays text: ByteView, _ start: LineWriter) -> LineWriter {
    var line = start
    var at = 0
    func part() {
      while at < text.count, text.start[at] != 0x2F {
        line.byte(text.start[at])
        at += 1
      }
      at += 1
    }
    line.literal(",\"delays\":{\"before_queue_manager\":")
    part()
    line.literal(",\"in_queue_manager\":")
    part()
    line.literal(",\"connection_setup\":")
    part()
    line.literal(",\"transmission\":")
    part()
    line.byte(0x7D)
    return line
  }

  @inline(never)
  private static func writtenAsValues(_ delays: Event.Delays, _ start: LineWriter) -> LineWriter {
    var line = start
    line.literal(",\"delays\":{\"before_queue_manager\":")
    var whole = line.seconds(delays.beforeQueueManager)
    line.literal(",\"in_queue_manager\":")
    whole = line.seconds(delays.inQueueManager) && whole
    line.literal(",\"connection_setup\":")
    whole = line.seconds(delays.connectionSetup) && whole
    line.literal(",\"transmission\":")
    whole = line.seconds(delays.transmission) && whole
    line.byte(0x7D)
    if !whole { line.goBack(to: start.end) }
    return line
  }

  @inline(__always)
  private static func written(_ reply: Reply, _ start: LineWriter) -> LineWriter {
    var line = start
    line.literal(",\"reply\":{")
    if let code = reply.code {
      line.literal("\"code\":")
      line.decimal(Int(code.value))
      line.byte(0x2C)
    }
    if let enhanced = reply.enhanced {
      status("\"enhanced\":\"", enhanced, &line)
      line.byte(0x2C)
    }
    text("\"text\":\"", reply.text, &line)
    line.byte(0x7D)
    return line
  }

  @inline(never)
  private static func written(_ tags: [Event.Tag], _ start: LineWriter) -> LineWriter {
    var line = start
    line.literal(",\"tags\":{")
    for index in 0..<min(tags.count, tagLimit) {
      if index > 0 { line.byte(0x2C) }
      line.byte(0x22)
      line.string(tags[index].name, limit: textLimit)
      line.byte(0x3A)
      line.byte(0x22)
      line.string(tags[index].value, limit: textLimit)
    }
    line.byte(0x7D)
    return line
  }
}

// MARK: - Fields of other lines

extension EventEncoder {
  @inline(__always)
  static func text(_ key: StaticString, _ value: ByteView?, _ buffer: inout ByteBuffer) {
    guard let value else { return }
    buffer.append(key)
    buffer.append(json: value, limit: textLimit)
  }

  /// `key` ends in the opening quote; a name holds nothing that needs escaping.
  @inline(__always)
  static func name(_ key: StaticString, _ value: (some NamedValue)?, _ buffer: inout ByteBuffer) {
    guard let value else { return }
    buffer.append(key)
    buffer.append(value.name)
    buffer.append(0x22)
  }

  @inline(__always)
  static func number(_ key: StaticString, _ value: Int?, _ buffer: inout ByteBuffer) {
    guard let value else { return }
    buffer.append(key)
    buffer.append(decimal: value)
  }
}
