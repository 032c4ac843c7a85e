// What events have in common but for what tells single ones apart: type, cause, provider, domain, relay, what the reply
// says, tags. A digest names each shape once and each event by its shape's number.

import Bytes
import Classification
import SMTPTypes

/// Shapes of events as journal lines.
enum DigestShape {
  /// How an event gets into a digest.
  enum Way {
    /// By its shape.
    case shape
    /// By its type alone.
    case type
    /// As its line stands: counts look at its words.
    case line
  }

  static func way(of event: borrowing Event) -> Way {
    switch event.type {
    case .transientFailure, .rejection:
      // The replies that no rule knows are shown.
      event.cause == nil || event.cause == .unclassified ? .line : .shape
    case .delivery, .bounce, .expiration, .deletion, .delayNotice, .remoteBounce: .shape
    case .message, .erasure: .type
    case .tally, .alert, .gap, .checkpoint: .line
    }
  }

  /// Appends the line of the shape of `event`. Its time is the first of 1970 with as many digits; its sender is the
  /// domain alone, its relay the host or, without one, the address, its reply the code and the template. `scratch` is
  /// written over. O(event).
  static func append(_ event: borrowing Event, to buffer: inout ByteBuffer, scratch: inout ByteBuffer) {
    let time = Timestamp(microseconds: 0, fractionDigits: Int(event.time.fractionDigits))
    var shape = Event(time: time, type: event.type)
    defer { EventEncoder.append(shape, to: &buffer) }
    guard way(of: event) == .shape else { return }
    shape.source = event.source
    shape.host = event.host
    shape.instance = event.instance
    shape.service = event.service
    shape.direction = event.direction
    shape.hop = event.hop
    shape.cause = event.cause
    shape.scope = event.scope
    shape.origin = event.origin
    shape.provider = event.provider
    shape.domain = event.domain
    shape.status = event.status
    shape.stage = event.stage
    shape.user = event.user
    shape.rule = event.rule
    shape.tags = event.tags
    shape.matched = event.matched
    if let relay = event.relay {
      shape.relay = Relay(host: relay.host, address: relay.host.isEmpty ? relay.address : .empty)
    }
    scratch.removeAll()
    if let reply = event.reply { ReplyTemplate.append(reply.text, to: &scratch) }
    let template = scratch.count
    let domain = event.sender.flatMap { MailAddress.domain(of: $0) }
    if let domain {
      scratch.append(UInt8(ascii: "@"))
      scratch.append(domain)
    }
    // The buffer moves no more.
    if let reply = event.reply {
      shape.reply = Reply(code: reply.code, enhanced: nil, text: scratch.view.prefix(template))
    }
    if domain != nil {
      shape.sender = scratch.view.from(template)
    } else if let sender = event.sender, sender.isEmpty {
      shape.sender = sender
    }
  }
}

extension DigestShape {
  /// True if `shape`, read back from its line, says of `event` all that a shape is to say. `scratch` is written over.
  static func isShape(_ shape: borrowing Event, of event: borrowing Event, scratch: inout ByteBuffer) -> Bool {
    guard shape.type == event.type, shape.source == event.source, shape.direction == event.direction,
      shape.hop == event.hop, shape.cause == event.cause, shape.scope == event.scope, shape.origin == event.origin,
      shape.stage == event.stage, shape.status == event.status, shape.matched == event.matched,
      shape.time.fractionDigits == event.time.fractionDigits,
      isSame(shape.host, event.host), isSame(shape.instance, event.instance), isSame(shape.service, event.service),
      isSame(shape.provider, event.provider), isSame(shape.domain, event.domain), isSame(shape.user, event.user),
      isSame(shape.rule, event.rule), shape.tags.count == event.tags.count
    else { return false }
    for (one, two) in zip(shape.tags, event.tags) where one.name != two.name || one.value != two.value { return false }
    switch (shape.relay, event.relay) {
    case (nil, nil): break
    case (let one?, let two?):
      guard one.host == two.host, !two.host.isEmpty || one.address == two.address else { return false }
    default: return false
    }
    switch (shape.reply, event.reply) {
    case (nil, nil): break
    case (let one?, let two?):
      scratch.removeAll()
      ReplyTemplate.append(two.text, to: &scratch)
      guard one.code == two.code, one.text == scratch.view else { return false }
    default: return false
    }
    let senders = (
      shape.sender.flatMap { MailAddress.domain(of: $0) }, event.sender.flatMap { MailAddress.domain(of: $0) }
    )
    return isSame(senders.0, senders.1) && (shape.sender?.isEmpty ?? false) == (event.sender?.isEmpty ?? false)
  }

  private static func isSame(_ one: ByteView?, _ two: ByteView?) -> Bool {
    switch (one, two) {
    case (nil, nil): true
    case (let one?, let two?): one == two
    default: false
    }
  }
}
