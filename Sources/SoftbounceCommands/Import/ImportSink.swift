import Bytes
import Journal
import SMTPTypes

/// Gathers what imported lines give, as journal lines, until it is committed.
final class ImportSink: EventSink {
  /// Lines of a group that goes on, as `EventEncoder` writes them.
  private(set) var pending = ByteBuffer(capacity: 2 << 20)
  private(set) var pendingLines = 0
  private let encoding = EncoderMemory()
  /// Events by type; tallies are none.
  private(set) var counts = [Int](repeating: 0, count: EventType.allCases.count)
  private(set) var hosts: Set<String> = []
  private(set) var first: Timestamp?
  private(set) var last: Timestamp?

  /// What the journal had before the import and is later than its first new line: the latest time by host.
  var later: [String: Timestamp] = [:]
  /// The first failure that is older than what the journal has of its host: how it ended may have been passed over.
  private(set) var older: (host: String, journal: Timestamp)?

  /// Takes recipients' addresses out of what is stored; nil where they are stored as they are.
  private let redactor: EventRedactor?

  init(redactor: EventRedactor? = nil) { self.redactor = redactor }

  var events: Int { counts.reduce(0, +) }

  func receive(_ event: borrowing Event) {
    guard let redactor else { return store(event) }
    redactor.redact(event) { store($0) }
  }

  private func store(_ event: borrowing Event) {
    EventEncoder.append(event, more: true, to: &pending, memory: encoding)
    pendingLines += 1
    counts[Int(event.type.rawValue)] += 1
    note(event.time)
    if !later.isEmpty, older == nil, event.type == .transientFailure { compare(event) }
  }

  private func compare(_ event: borrowing Event) {
    let host = event.host.map { String($0) } ?? ""
    if let latest = later[host], latest > event.time { older = (host, latest) }
  }

  func receive(_ tally: borrowing Tally, host: String) {
    host.withByteView { EventEncoder.append(tally, host: $0, more: true, to: &pending) }
    pendingLines += 1
    hosts.insert(host)
    note(tally.minute)
  }

  private func note(_ time: Timestamp) {
    if first.map({ time < $0 }) ?? true { first = time }
    if last.map({ time > $0 }) ?? true { last = time }
  }

  /// Hands the lines to `group`, in which another has to follow.
  func hand(to group: inout EventGroup) {
    group.add(continued: &pending, count: pendingLines)
    pendingLines = 0
  }

  func removePending() {
    pending.removeAll()
    pendingLines = 0
  }
}
