import Bytes
import SMTPTypes

/// Events read from lines of JSON, with texts of their own.
final class ShapeStore {
  private let events: UnsafeMutablePointer<Event>
  private(set) var count = 0
  private let memory: UnsafeMutablePointer<UInt8>
  private let capacity: Int
  private var used = 0

  /// nil if a line is no event. O(`lines`) in time and memory.
  init?(_ lines: ByteView) {
    // What a text is unescaped to is never longer.
    capacity = max(lines.count, 1)
    memory = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    events = UnsafeMutablePointer<Event>.allocate(capacity: max(lines.buffer.count { $0 == 0x0A }, 1))
    var decoder = EventDecoder()
    var start = 0
    while start < lines.count {
      guard let newline = lines.firstIndex(of: 0x0A, from: start) else { return nil }
      do throws(JournalLineError) {
        guard case .event(let event) = try decoder.decode(lines[start..<newline]) else { return nil }
        (events + count).initialize(to: kept(event))
        count += 1
      } catch {
        return nil
      }
      start = newline + 1
    }
  }

  deinit {
    events.deinitialize(count: count)
    events.deallocate()
    memory.deallocate()
  }

  /// The event with a number below `count`, valid while the store is.
  @inline(__always)
  subscript(number: Int) -> UnsafeMutablePointer<Event> { events + number }

  /// The event with its texts in this store's memory; those that no shape has are dropped.
  private func kept(_ event: borrowing Event) -> Event {
    var kept = Event(time: event.time, type: event.type)
    kept.source = event.source
    kept.direction = event.direction
    kept.hop = event.hop
    kept.cause = event.cause
    kept.scope = event.scope
    kept.origin = event.origin
    kept.status = event.status
    kept.stage = event.stage
    kept.matched = event.matched
    kept.host = copy(event.host)
    kept.instance = copy(event.instance)
    kept.service = copy(event.service)
    kept.provider = copy(event.provider)
    kept.domain = copy(event.domain)
    kept.user = copy(event.user)
    kept.sender = copy(event.sender)
    kept.rule = copy(event.rule)
    if let relay = event.relay { kept.relay = Relay(host: copy(relay.host), address: copy(relay.address)) }
    if let client = event.client {
      kept.client = Event.Client(host: copy(client.host), address: copy(client.address))
    }
    if let reply = event.reply { kept.reply = Reply(code: reply.code, enhanced: nil, text: copy(reply.text)) }
    kept.tags = event.tags.map { Event.Tag(name: copy($0.name), value: copy($0.value)) }
    return kept
  }

  private func copy(_ text: ByteView?) -> ByteView? { text.map { copy($0) } }

  private func copy(_ text: ByteView) -> ByteView {
    // A key that a line has twice: the later one counts, and only that is copied.
    guard text.count <= capacity - used else { return .empty }
    let start = memory + used
    start.update(from: text.start, count: text.count)
    used += text.count
    return ByteView(UnsafePointer(start), count: text.count)
  }
}
