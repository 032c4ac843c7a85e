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
  public static func append(_ event: borrowing Event, more: Bool? = nil, to buffer: inout ByteBuffer) {
    buffer.append("{\"time\":\"")
    event.time.appendRFC3339(to: &buffer)
    buffer.append("\",\"type\":\"")
    buffer.append(event.type.name)
    buffer.append(0x22)
    name(",\"source\":\"", event.source, &buffer)
    text(",\"host\":", event.host, &buffer)
    text(",\"instance\":", event.instance, &buffer)
    text(",\"service\":", event.service, &buffer)
    name(",\"direction\":\"", event.direction, &buffer)
    name(",\"hop\":\"", event.hop, &buffer)
    name(",\"cause\":\"", event.cause, &buffer)
    name(",\"scope\":\"", event.scope, &buffer)
    name(",\"origin\":\"", event.origin, &buffer)
    text(",\"provider\":", event.provider, &buffer)
    text(",\"domain\":", event.domain, &buffer)
    status(",\"status\":\"", event.status, &buffer)
    name(",\"stage\":\"", event.stage, &buffer)
    number(",\"attempt\":", event.attempt, &buffer)
    text(",\"queue_id\":", event.queueID, &buffer)
    text(",\"first_queue_id\":", event.firstQueueID, &buffer)
    if let arrival = event.arrival {
      buffer.append(",\"arrival\":\"")
      arrival.appendRFC3339(to: &buffer)
      buffer.append(0x22)
    }
    text(",\"message_id\":", event.messageID, &buffer)
    text(",\"user\":", event.user, &buffer)
    text(",\"sender\":", event.sender, &buffer)
    text(",\"recipient\":", event.recipient, &buffer)
    text(",\"orig_recipient\":", event.originalRecipient, &buffer)
    if let relay = event.relay { append(relay, &buffer) }
    if let client = event.client {
      buffer.append(",\"client\":{\"host\":")
      buffer.append(json: client.host, limit: textLimit)
      buffer.append(",\"address\":")
      buffer.append(json: client.address, limit: textLimit)
      buffer.append(0x7D)
    }
    seconds(",\"delay\":", event.delay, &buffer)
    if let delays = event.delays { append(delays, &buffer) }
    number(",\"retry_after\":", event.retryAfter, &buffer)
    text(",\"rule\":", event.rule, &buffer)
    text(",\"ruleset\":", event.ruleset, &buffer)
    if let reply = event.reply { append(reply, &buffer) }
    if !event.tags.isEmpty { append(event.tags, &buffer) }
    seconds(",\"deferred_for\":", event.deferredFor, &buffer)
    number(",\"count\":", event.count, &buffer)
    text(",\"state\":", event.state, &buffer)
    text(",\"key\":", event.key, &buffer)
    text(",\"note\":", event.note, &buffer)
    if let matched = event.matched { buffer.append(matched ? ",\"matched\":true" : ",\"matched\":false") }
    number(",\"offset\":", event.offset, &buffer)
    finish(more: more ?? event.more, &buffer)
  }

  /// Closes a line. `more` is always the last key, so that `EventGroup` can add it to a finished line.
  static func finish(more: Bool, _ buffer: inout ByteBuffer) {
    buffer.append(more ? ",\"more\":true}\n" : "}\n")
  }
}

// MARK: - Fields

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

  @inline(__always)
  static func seconds(_ key: StaticString, _ value: Double?, _ buffer: inout ByteBuffer) {
    guard let value, value.isFinite else { return }
    let start = buffer.count
    buffer.append(key)
    if !buffer.append(seconds: value) { buffer.truncate(to: start) }
  }

  @inline(__always)
  static func status(_ key: StaticString, _ value: EnhancedStatusCode?, _ buffer: inout ByteBuffer) {
    guard let value else { return }
    buffer.append(key)
    buffer.append(decimal: Int(value.severity))
    buffer.append(0x2E)
    buffer.append(decimal: Int(value.subject))
    buffer.append(0x2E)
    buffer.append(decimal: Int(value.detail))
    buffer.append(0x22)
  }

  private static func append(_ relay: Relay, _ buffer: inout ByteBuffer) {
    buffer.append(",\"relay\":{\"host\":")
    buffer.append(json: relay.host, limit: textLimit)
    if !relay.address.isEmpty { text(",\"address\":", relay.address, &buffer) }
    if let port = relay.port { number(",\"port\":", Int(port), &buffer) }
    buffer.append(0x7D)
  }

  private static func append(_ delays: Event.Delays, _ buffer: inout ByteBuffer) {
    let start = buffer.count
    buffer.append(",\"delays\":{\"before_queue_manager\":")
    var whole = buffer.append(seconds: delays.beforeQueueManager)
    buffer.append(",\"in_queue_manager\":")
    whole = buffer.append(seconds: delays.inQueueManager) && whole
    buffer.append(",\"connection_setup\":")
    whole = buffer.append(seconds: delays.connectionSetup) && whole
    buffer.append(",\"transmission\":")
    whole = buffer.append(seconds: delays.transmission) && whole
    buffer.append(0x7D)
    if !whole { buffer.truncate(to: start) }
  }

  private static func append(_ reply: Reply, _ buffer: inout ByteBuffer) {
    buffer.append(",\"reply\":{")
    if let code = reply.code {
      buffer.append("\"code\":")
      buffer.append(decimal: Int(code.value))
      buffer.append(0x2C)
    }
    if let enhanced = reply.enhanced {
      status("\"enhanced\":\"", enhanced, &buffer)
      buffer.append(0x2C)
    }
    buffer.append("\"text\":")
    buffer.append(json: reply.text, limit: textLimit)
    buffer.append(0x7D)
  }

  private static func append(_ tags: [Event.Tag], _ buffer: inout ByteBuffer) {
    buffer.append(",\"tags\":{")
    for index in 0..<min(tags.count, tagLimit) {
      if index > 0 { buffer.append(0x2C) }
      buffer.append(json: tags[index].name, limit: textLimit)
      buffer.append(0x3A)
      buffer.append(json: tags[index].value, limit: textLimit)
    }
    buffer.append(0x7D)
  }
}
