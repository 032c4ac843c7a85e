// The texts that a digest numbers: what each says of an event, as bytes and back. Any bytes can be told so, whatever a
// journal of another's making holds.

import Bytes
import SMTPTypes

enum DigestText {
  /// Appends what the event has of `part`, and answers true; false if it has nothing.
  @inline(__always)
  static func append(_ part: EventShape.Part, of event: borrowing Event, to buffer: inout ByteBuffer) -> Bool {
    switch part {
    case .head: return false
    case .provider: return append(event.provider, to: &buffer)
    case .domain: return append(event.domain, to: &buffer)
    case .user: return append(event.user, to: &buffer)
    case .relay:
      guard let relay = event.relay else { return false }
      buffer.append(relay.host.isEmpty ? 0 : 1 as UInt8)
      buffer.append(relay.host.isEmpty ? relay.address : relay.host)
    case .sender:
      guard let sender = event.sender else { return false }
      if let domain = MailAddress.domain(of: sender) {
        buffer.append(UInt8(ascii: "@"))
        buffer.append(domain)
      } else if !sender.isEmpty {
        return false
      }
    case .reply:
      guard let reply = event.reply else { return false }
      buffer.append(UInt64(reply.code?.value ?? 0), bytes: 2)
      ReplyTemplate.append(reply.text, to: &buffer)
    case .tags:
      guard !event.tags.isEmpty else { return false }
      for tag in event.tags {
        append(counted: tag.name, to: &buffer)
        append(counted: tag.value, to: &buffer)
      }
    case .client:
      guard let client = event.client else { return false }
      append(counted: client.host, to: &buffer)
      buffer.append(client.address)
    }
    return true
  }

  @inline(__always)
  private static func append(_ text: ByteView?, to buffer: inout ByteBuffer) -> Bool {
    guard let text else { return false }
    buffer.append(text)
    return true
  }

  /// Appends `text` behind its length.
  static func append(counted text: ByteView, to buffer: inout ByteBuffer) {
    buffer.append(varint: UInt64(text.count))
    buffer.append(text)
  }

  // MARK: - Back

  static func relay(_ text: ByteView) -> Relay {
    let name = text.from(1)
    return text.at(0) == 1 ? Relay(host: name) : Relay(host: .empty, address: name)
  }

  static func reply(_ text: ByteView) -> Reply {
    let code = UInt16(text.at(0) ?? 0) | UInt16(text.at(1) ?? 0) << 8
    return Reply(code: ReplyCode(Int(code)), enhanced: nil, text: text.from(2))
  }

  static func client(_ text: ByteView) -> Event.Client {
    var rest = DigestBytes(text)
    let host = rest.counted() ?? .empty
    return Event.Client(host: host, address: rest.rest)
  }

  static func tags(_ text: ByteView) -> [Event.Tag] {
    var tags: [Event.Tag] = []
    var rest = DigestBytes(text)
    // No event that was read from a line has more.
    while tags.count < EventEncoder.tagLimit, let name = rest.counted(), let value = rest.counted() {
      tags.append(Event.Tag(name: name, value: value))
    }
    return tags
  }
}
