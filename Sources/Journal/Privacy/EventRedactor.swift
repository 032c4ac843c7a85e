// Recipients' addresses out of events, before they are written anywhere.
//
// Promises: after it no recipient's local part is left in the recipient, the original recipient, a sender that spells
// a recipient, the reply, the note or a tag. Leaves alone: senders and users, Message-IDs, and alerts, which speak of
// domains, providers, users and tags.

import Bytes
public import Privacy
import SMTPTypes

/// Replaces addresses in events by pseudonyms. Confined to one caller at a time.
public final class EventRedactor {
  public let pseudonyms: Pseudonyms
  /// Texts of the event that is handed on.
  private var arena = ByteBuffer(capacity: 4096)
  private var scratch = ByteBuffer(capacity: 1024)

  public init(_ pseudonyms: Pseudonyms) { self.pseudonyms = pseudonyms }

  /// Calls `body` with `event` as it may be stored. Its texts are valid during the call.
  public func redact(_ event: borrowing Event, _ body: (borrowing Event) -> Void) {
    guard event.type != .alert else { return body(event) }
    let message = EventRedactor.message(event)
    message.withByteView { message in
      let mapping = Mapping(pseudonyms: pseudonyms, message: message)
      var names: [NamedAddress] = []
      arena.removeAll()
      // First all texts, then the views: the buffer moves while it grows.
      let recipient = address(event.recipient, mapping, &names)
      let original = address(event.originalRecipient, mapping, &names)
      let sender = sender(event.sender, mapping, names)
      let reply = event.reply.map { prose($0.text, mapping, names) }
      let note = event.note.map { prose($0, mapping, names) }
      let tags = event.tags.map { prose($0.value, mapping, names) }
      var copy = copy event
      copy.recipient = recipient.map { arena.view[$0] }
      copy.originalRecipient = original.map { arena.view[$0] }
      copy.sender = sender.map { arena.view[$0] }
      if let reply { copy.reply?.text = arena.view[reply] }
      copy.note = note.map { arena.view[$0] }
      for (index, tag) in tags.enumerated() { copy.tags[index].value = arena.view[tag] }
      body(copy)
    }
  }

  /// What tells this event's message from others: its first queue id, or the moment where it has none.
  static func message(_ event: borrowing Event) -> String {
    if let queueID = event.firstQueueID ?? event.queueID, !queueID.isEmpty { return String(queueID) }
    return String(event.time.microseconds)
  }

  struct Mapping: AddressMapping {
    let pseudonyms: Pseudonyms
    let message: ByteView

    func replacement(for local: ByteView, at domain: ByteView) -> String? {
      pseudonyms.localPart(for: local, at: domain, message: message)
    }
  }

  private func address(_ text: ByteView?, _ mapping: Mapping, _ names: inout [NamedAddress]) -> Range<Int>? {
    guard let text else { return nil }
    let start = arena.count
    guard !text.isEmpty else { return start..<start }
    let at = text.lastIndex(of: 0x40)
    let local = text.prefix(at ?? text.count)
    let domain = at.map { text.from($0 + 1) } ?? .empty
    let replacement = pseudonyms.localPart(for: local, at: domain, message: mapping.message)
    if String(local) != replacement { names.append(NamedAddress(local, at: domain, replacement: replacement)) }
    arena.append(replacement)
    if let at { arena.append(text.from(at)) }
    return start..<arena.count
  }

  /// A sender stays, unless it is the recipient's address or spells one.
  private func sender(_ text: ByteView?, _ mapping: Mapping, _ names: [NamedAddress]) -> Range<Int>? {
    guard let text else { return nil }
    let start = arena.count
    if let at = text.lastIndex(of: 0x40) {
      let local = text.prefix(at)
      let domain = text.from(at + 1)
      let canonical = Pseudonyms.canonical(local, domain)
      if local.firstIndex(of: 0x3D) != nil || names.contains(where: { $0.isSpelt(canonical) }) {
        arena.append(pseudonyms.localPart(for: local, at: domain, message: mapping.message))
        arena.append(text.from(at))
        return start..<arena.count
      }
    }
    arena.append(text)
    return start..<arena.count
  }

  private func prose(_ text: ByteView, _ mapping: Mapping, _ names: [NamedAddress]) -> Range<Int> {
    let start = arena.count
    scratch.removeAll()
    // Spellings first: in what the other pass writes there is nothing left to find.
    _ = AddressRewriter.rewriteSpellings(text, of: names, isProse: true, to: &scratch)
    _ = AddressRewriter.rewrite(scratch.view, with: mapping, to: &arena)
    return start..<arena.count
  }
}

extension EventRedactor {
  /// A header field's value as it may be stored.
  public func redact(tag value: String, message: String) -> String {
    message.withByteView { message in
      value.withByteView { value in
        arena.removeAll()
        let range = prose(value, Mapping(pseudonyms: pseudonyms, message: message), [])
        return String(arena.view[range])
      }
    }
  }

  /// A sender as it may be stored.
  public func redact(sender: String, message: String) -> String {
    message.withByteView { message in
      sender.withByteView { text in
        arena.removeAll()
        let range = self.sender(text, Mapping(pseudonyms: pseudonyms, message: message), [])
        return range.map { String(arena.view[$0]) } ?? sender
      }
    }
  }
}
