// The fields of an event that a question can name: in `--where`, in `--by`, and as the tables of a report.

import Bytes
import Classification
public import Journal
public import SMTPTypes

/// A field of an event that has one value, or (for tags) one a name.
public enum EventField: UInt8, NamedValue, Hashable {
  // What a report cuts by stands first; the raw values index its tables.
  case cause, scope, provider, domain, senderDomain, service, user, client, relay, reply
  case origin, stage, status, replyCode, host, instance, rule, sender, recipient
  // What only a condition can name.
  case type, direction, hop, source, queueID, messageID, originalRecipient, attempt, matched

  public var name: StaticString {
    switch self {
    case .cause: "cause"
    case .scope: "scope"
    case .provider: "provider"
    case .domain: "domain"
    case .senderDomain: "sender-domain"
    case .service: "service"
    case .user: "user"
    case .client: "client"
    case .relay: "relay"
    case .reply: "reply"
    case .origin: "origin"
    case .stage: "stage"
    case .status: "status"
    case .replyCode: "reply-code"
    case .host: "host"
    case .instance: "instance"
    case .rule: "rule"
    case .sender: "sender"
    case .recipient: "recipient"
    case .type: "type"
    case .direction: "direction"
    case .hop: "hop"
    case .source: "source"
    case .queueID: "queue-id"
    case .messageID: "message-id"
    case .originalRecipient: "orig-recipient"
    case .attempt: "attempt"
    case .matched: "matched"
    }
  }

  /// The field called `text`; `_` and `-` are the same, so that a journal's key works too.
  public init?(key text: String) {
    self.init(name: String(text.map { $0 == "_" ? "-" : $0 }))
  }

  /// True if a report can have a table of it.
  public var isCut: Bool { rawValue < EventField.type.rawValue }

  /// True if the summary of a sealed segment counts by it; see `SegmentSummary.Group`.
  var isRolledUp: Bool {
    switch self {
    case .cause, .scope, .origin, .provider, .type, .source, .direction, .hop: true
    default: false
    }
  }

  /// True if a line's head tells it; see `JournalConsumer`.
  public var isInHead: Bool {
    switch self {
    case .cause, .scope, .provider, .domain, .service, .origin, .stage, .status, .host, .instance, .type, .direction,
      .hop, .source:
      true
    default: false
    }
  }

  /// True if a sealed segment's digest tells it as the lines do.
  var isInDigest: Bool {
    switch self {
    case .senderDomain, .user, .replyCode, .rule, .matched: true
    default: isInHead
    }
  }

  /// True if a digest tells enough of it for a table, where it does not for a condition.
  var isCutInDigest: Bool {
    switch self {
    case .client, .relay, .reply: true
    default: isInDigest
    }
  }

  /// The part of a digest's shapes that tells it.
  var part: EventShape.Part {
    switch self {
    case .provider: .provider
    case .domain: .domain
    case .relay: .relay
    case .sender, .senderDomain: .sender
    case .user: .user
    case .reply, .replyCode: .reply
    case .client: .client
    case .cause, .scope, .service, .origin, .stage, .status, .host, .instance, .rule, .recipient, .type, .direction,
      .hop, .source, .queueID, .messageID, .originalRecipient, .attempt, .matched:
      .head
    }
  }

  /// What an event says about the failure itself. A condition on it leaves a rate's denominator alone: so many of
  /// all attempts failed that way.
  public var describesFailure: Bool {
    switch self {
    case .cause, .scope, .origin, .stage, .status, .replyCode, .reply, .rule: true
    default: false
    }
  }

  /// The cut of a tally that counts attempts by this field.
  public var tallyCut: Tally.Cut? {
    switch self {
    case .provider: .provider
    case .domain: .domain
    case .relay: .relay
    case .senderDomain: .senderDomain
    case .service: .service
    case .user: .user
    default: nil
    }
  }
}

extension EventField {
  /// The field's value in `event`, or nil if it has none. Values that must be put together are written to `scratch`;
  /// the result is valid until `scratch` changes, and as long as `event` is. No allocation.
  @inline(__always)
  func value(of event: borrowing Event, scratch: inout ByteBuffer) -> ByteView? {
    switch self {
    case .cause: return event.cause.map { ByteView($0.name) }
    case .scope: return event.scope.map { ByteView($0.name) }
    case .origin: return event.origin.map { ByteView($0.name) }
    case .stage: return event.stage.map { ByteView($0.name) }
    case .type: return ByteView(event.type.name)
    case .direction: return event.direction.map { ByteView($0.name) }
    case .hop: return event.hop.map { ByteView($0.name) }
    case .source: return event.source.map { ByteView($0.name) }
    case .provider: return event.provider
    case .domain: return event.domain
    case .service: return event.service
    case .user: return event.user
    case .host: return event.host
    case .instance: return event.instance
    case .rule: return event.rule
    case .sender: return event.sender
    case .recipient: return event.recipient
    case .originalRecipient: return event.originalRecipient
    case .queueID: return event.queueID
    case .messageID: return event.messageID
    case .senderDomain:
      guard let sender = event.sender else { return nil }
      guard let domain = MailAddress.domain(of: sender) else { return sender.isEmpty ? ByteView("<>") : nil }
      return domain.lowercased(into: &scratch)
    case .relay:
      guard let relay = event.relay else { return nil }
      return relay.host.isEmpty ? relay.address : relay.host.lowercased(into: &scratch)
    case .client:
      guard let client = event.client else { return nil }
      if client.address.isEmpty { return client.host }
      if client.host.isEmpty || client.host == "unknown" { return client.address }
      scratch.removeAll()
      scratch.append(client.host)
      scratch.append(UInt8(ascii: "["))
      scratch.append(client.address)
      scratch.append(UInt8(ascii: "]"))
      return scratch.view
    case .reply:
      guard let reply = event.reply else { return nil }
      scratch.removeAll()
      ReplyTemplate.append(reply.text, to: &scratch)
      return scratch.view
    case .status:
      guard let status = event.status else { return nil }
      scratch.removeAll()
      scratch.append(decimal: Int(status.severity))
      scratch.append(UInt8(ascii: "."))
      scratch.append(decimal: Int(status.subject))
      scratch.append(UInt8(ascii: "."))
      scratch.append(decimal: Int(status.detail))
      return scratch.view
    case .replyCode:
      guard let code = event.reply?.code else { return nil }
      scratch.removeAll()
      scratch.append(decimal: Int(code.value))
      return scratch.view
    case .attempt:
      guard let attempt = event.attempt else { return nil }
      scratch.removeAll()
      scratch.append(decimal: attempt)
      return scratch.view
    case .matched:
      return event.matched.map { $0 ? ByteView("true") : ByteView("false") }
    }
  }
}

extension ByteView {
  /// This view with ASCII letters in lower case: itself if it has no others, else a copy in `scratch`.
  @inline(__always)
  func lowercased(into scratch: inout ByteBuffer) -> ByteView {
    var at = 0
    while at < count, self[at] &- 0x41 >= 26 { at += 1 }
    if at == count { return self }
    scratch.removeAll()
    for byte in buffer { scratch.append(byte.lowercasedASCII) }
    return scratch.view
  }
}
