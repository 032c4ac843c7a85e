import Bytes
import SMTPTypes

/// Heads of shapes as events, with texts of their own.
final class HeadStore {
  private let events: UnsafeMutablePointer<Event>
  private(set) var count = 0
  private let memory: UnsafeMutablePointer<UInt8>
  private let capacity: Int
  private var used = 0

  /// nil if a line is no event, or for more than `limit` lines. O(`lines`) in time and memory.
  init?(_ lines: ByteView, limit: Int) {
    let number = lines.buffer.count { $0 == 0x0A }
    // What a text is unescaped to is never longer.
    capacity = max(lines.count, 1)
    memory = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    events = UnsafeMutablePointer<Event>.allocate(capacity: max(min(number, limit), 1))
    guard number <= limit else { return nil }
    var decoder = EventDecoder()
    var rest = DigestBytes(lines)
    while !rest.isEmpty {
      guard let line = rest.line() else { return nil }
      do throws(JournalLineError) {
        guard case .event(let event) = try decoder.decode(line) else { return nil }
        (events + count).initialize(to: kept(event))
        count += 1
      } catch {
        return nil
      }
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

  /// The event with its texts in this store's memory; those that no head has are dropped.
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
    kept.rule = copy(event.rule)
    return kept
  }

  private func copy(_ text: ByteView?) -> ByteView? {
    // A key that a line has twice: the later one counts, and only that is copied.
    guard let text, text.count <= capacity - used else { return text.map { _ in .empty } }
    let start = memory + used
    start.update(from: text.start, count: text.count)
    used += text.count
    return ByteView(UnsafePointer(start), count: text.count)
  }
}
