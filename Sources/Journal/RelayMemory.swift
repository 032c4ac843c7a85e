import Bytes
import Glibc
import SMTPTypes

/// The relays that were read last, as they stand in their lines: lines with equal heads mostly name the same one, and
/// comparing costs a fraction of reading.
struct RelayMemory: ~Copyable {
  private struct Entry {
    /// 0 for none.
    var length = 0
    /// Where the texts begin, from the opening brace; -1 for one that is not there.
    var host = (start: -1, count: 0)
    var address = (start: -1, count: 0)
    var port: UInt16?
  }

  private static var count: Int { 64 }
  private static var lengthLimit: Int { 192 }
  private let entries: UnsafeMutablePointer<Entry>
  private let texts: UnsafeMutablePointer<UInt8>

  init() {
    entries = UnsafeMutablePointer<Entry>.allocate(capacity: RelayMemory.count)
    entries.initialize(repeating: Entry(), count: RelayMemory.count)
    texts = UnsafeMutablePointer<UInt8>.allocate(capacity: RelayMemory.count * RelayMemory.lengthLimit)
  }

  deinit {
    entries.deallocate()
    texts.deallocate()
  }

  @inline(__always)
  private static func place(_ head: Int) -> Int { max(head, 0) % count }

  /// The relay that stands at the cursor, which goes past it; nil if it is not the one that came last behind `head`.
  @inline(__always)
  func find(_ cursor: inout JSONCursor, _ head: Int) -> Relay? {
    let place = RelayMemory.place(head)
    let entry = entries + place
    let length = entry.pointee.length
    guard length > 0, cursor.end - cursor.at >= length,
      memcmp(texts + place * RelayMemory.lengthLimit, cursor.at, length) == 0
    else { return nil }
    let start = cursor.at
    func text(_ place: (start: Int, count: Int)) -> ByteView {
      place.start < 0 ? .empty : ByteView(start + place.start, count: place.count)
    }
    var relay = Relay(host: text(entry.pointee.host))
    relay.address = text(entry.pointee.address)
    relay.port = entry.pointee.port
    cursor.at += length
    return relay
  }

  /// Keeps what was read between `start` and `end`, an object with its braces, unless its texts stand elsewhere.
  func keep(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ relay: Relay, _ head: Int) {
    guard end - start <= RelayMemory.lengthLimit else { return }
    var entry = Entry(length: end - start, port: relay.port)
    func isPlaced(_ text: ByteView, _ place: inout (start: Int, count: Int)) -> Bool {
      if text.isEmpty { return true }
      place = (text.start - start, text.count)
      return text.start >= start && text.start < end
    }
    guard isPlaced(relay.host, &entry.host), isPlaced(relay.address, &entry.address) else { return }
    let place = RelayMemory.place(head)
    memcpy(texts + place * RelayMemory.lengthLimit, start, end - start)
    entries[place] = entry
  }
}
