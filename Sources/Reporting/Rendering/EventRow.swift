// An event as a row of a table.

public import Bytes
public import Journal

import Classification
import SMTPTypes

/// Makes rows; keeps its memory between them.
public struct EventRow: ~Copyable {
  private static let columns = [
    "time", "type", "source", "host", "instance", "service", "direction", "hop", "cause", "scope", "origin", "provider",
    "domain", "status", "stage", "attempt", "queue_id", "arrival", "message_id", "user", "sender", "recipient",
    "orig_recipient", "relay_host", "relay_address", "relay_port", "client_host", "client_address", "delay",
    "retry_after", "rule", "ruleset", "reply_code", "reply_enhanced", "reply_text", "tags", "deferred_for", "count",
    "state", "key", "note", "matched",
    // Columns that came later stand behind those that programs know by their place.
    "first_queue_id", "delays_before_queue_manager", "delays_in_queue_manager", "delays_connection_setup",
    "delays_transmission", "offset", "previous_queue_id", "xdelay",
  ]

  /// The line of names.
  public static var header: String { columns.joined(separator: ",") + "\n" }

  private var row = ByteBuffer(capacity: 4096)
  private var scratch = ByteBuffer(capacity: 1024)
  private var isFirst = true

  public init() {}

  /// Calls `body` with the row of `event`, its newline included; valid during the call.
  public mutating func withRow(of event: borrowing Event, _ body: (ByteView) -> Void) {
    row.removeAll()
    isFirst = true
    time(event.time)
    plain(event.type.name)
    plain(event.source?.name)
    cell(event.host)
    cell(event.instance)
    cell(event.service)
    plain(event.direction?.name)
    plain(event.hop?.name)
    plain(event.cause?.name)
    plain(event.scope?.name)
    plain(event.origin?.name)
    cell(event.provider)
    cell(event.domain)
    status(event.status)
    plain(event.stage?.name)
    number(event.attempt)
    cell(event.queueID)
    time(event.arrival)
    cell(event.messageID)
    cell(event.user)
    cell(event.sender)
    cell(event.recipient)
    cell(event.originalRecipient)
    cell(event.relay?.host)
    cell(event.relay?.address)
    number(event.relay?.port.map { Int($0) })
    cell(event.client?.host)
    cell(event.client?.address)
    seconds(event.delay)
    number(event.retryAfter)
    cell(event.rule)
    cell(event.ruleset)
    number(event.reply?.code.map { Int($0.value) })
    status(event.reply?.enhanced)
    cell(event.reply?.text)
    tags(event.tags)
    seconds(event.deferredFor)
    number(event.count)
    cell(event.state)
    cell(event.key)
    cell(event.note)
    plain(event.matched.map { $0 ? "true" as StaticString : "false" })
    cell(event.firstQueueID)
    seconds(event.delays?.beforeQueueManager)
    seconds(event.delays?.inQueueManager)
    seconds(event.delays?.connectionSetup)
    seconds(event.delays?.transmission)
    number(event.offset)
    cell(event.previousQueueID)
    seconds(event.xdelay)
    row.append(0x0A)
    body(row.view)
  }

  private mutating func separate() {
    if !isFirst { row.append(0x2C) }
    isFirst = false
  }

  private mutating func cell(_ text: ByteView?) {
    separate()
    if let text { CSVCell.append(text, to: &row) }
  }

  /// A name of a closed set, which needs no quotes.
  private mutating func plain(_ name: StaticString?) {
    separate()
    if let name { row.append(name) }
  }

  private mutating func time(_ time: Timestamp?) {
    separate()
    time?.appendRFC3339(to: &row)
  }

  private mutating func number(_ value: Int?) {
    separate()
    if let value { row.append(decimal: value) }
  }

  private mutating func seconds(_ value: Double?) {
    separate()
    if let value { row.append(seconds: value) }
  }

  private mutating func status(_ code: EnhancedStatusCode?) {
    separate()
    guard let code else { return }
    row.append(decimal: Int(code.severity))
    row.append(0x2E)
    row.append(decimal: Int(code.subject))
    row.append(0x2E)
    row.append(decimal: Int(code.detail))
  }

  private mutating func tags(_ tags: [Event.Tag]) {
    scratch.removeAll()
    for (index, tag) in tags.enumerated() {
      if index > 0 { scratch.append(";") }
      scratch.append(tag.name)
      scratch.append("=")
      scratch.append(tag.value)
    }
    separate()
    CSVCell.append(scratch.view, to: &row)
  }
}
