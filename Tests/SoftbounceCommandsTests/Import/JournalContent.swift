import Bytes
import Journal

/// What a journal holds, comparable however its lines were cut into groups.
struct JournalContent: Equatable {
  /// Events as lines, without offset, sorted.
  var events: [String] = []
  var lines = 0
  var attempts = 0
  var deliveries = 0
  var bounces = 0
  var firstAttempts = 0
  var hosts: Set<String> = []
  var problems: [String] = []

  init(_ directory: String) throws {
    var found = JournalContent()
    let report = try JournalReader(directory: directory).scan { line, _ in
      switch line {
      case .event(let event):
        var buffer = ByteBuffer()
        var copy = copy event
        copy.offset = nil
        EventEncoder.append(copy, more: false, to: &buffer)
        found.events.append(String(buffer.view))
        found.hosts.insert(String(event.host ?? .empty))
      case .tally(let line):
        found.lines += line.tally.lines
        found.attempts += line.tally.total.attempts
        found.deliveries += line.tally.total.deliveries
        found.bounces += line.tally.total.bounces
        found.firstAttempts += line.tally.total.firstAttempts
        found.hosts.insert(String(line.host))
      default: break
      }
    }
    found.problems = report.damage.map { "\($0)" }
    found.events.sort()
    self = found
  }

  private init() {}
}
