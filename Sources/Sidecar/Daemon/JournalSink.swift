// Where the joined events go in the sidecar: the journal, and the alerts' evaluator.
//
// Promises that a tally is committed together with the position behind the lines that it counts, and that an event of
// a line that is read again after a crash is not written twice. Both rest on one rule: in the journal's order, the
// events that follow a position are those of the lines behind it, no others. Save one kind: the end of a message that
// waits for outcomes whose lines come late (`Intake.depart`) may be told behind a position that its line lies before; a
// warm-up lets it wait again.

import Alerting
import Bytes
import Journal
import Privacy
import SMTPTypes

/// The sidecar's sink. Confined to the pipeline's lock.
final class JournalSink: EventSink {
  let writer: JournalWriter
  let host: String
  var evaluator: AlertEvaluator
  /// Takes recipients' addresses out of what is written; nil where they are stored as they are.
  var redactor: EventRedactor?
  /// What the last run journaled after its last commit.
  var seen = SeenEvents()
  /// The followed log as configured, a path or `journald`; what checkpoints name it by.
  var logPath = ""
  /// All lines before it have been taken.
  var position: SourcePosition?
  private(set) var committed: SourcePosition?
  private(set) var lastCommit: Timestamp
  private(set) var skipped = 0
  /// What to wait for to have the last event on the disk.
  private(set) var lastAppend: Commit?
  /// Tallies that were given out and are not committed yet, as journal lines; one as a rule.
  private var tallies = ByteBuffer(capacity: 16 * 1024)
  private var decoder = EventDecoder()

  init(writer: JournalWriter, host: String, evaluator: AlertEvaluator) {
    self.writer = writer
    self.host = host
    self.evaluator = evaluator
    lastCommit = WallClock.timestamp
  }

  /// True if lines were taken since the last commit.
  var hasMoved: Bool { position != committed }

  func receive(_ event: borrowing Event) {
    evaluator.add(event)
    guard let redactor else { return store(event) }
    redactor.redact(event) { store($0) }
  }

  /// Takes an event of the journal, written after the last commit.
  func noteSeen(_ event: borrowing Event) {
    guard let redactor else { return seen.insert(event) }
    // What was written before recipients were to be hidden is compared with what would be written now.
    redactor.redact(event) { seen.insert($0) }
  }

  private func store(_ event: borrowing Event) {
    if !seen.isEmpty, seen.take(event) {
      skipped += 1
      return
    }
    let event = copy event
    lastAppend = writer.append { $0.add(event) }
  }

  func receive(_ tally: borrowing Tally, host: String) {
    let now = WallClock.timestamp
    if now.since(tally.minute) <= Double(evaluator.longestWindow + 120) { evaluator.add(tally) }
    host.withByteView { EventEncoder.append(tally, host: $0, more: false, to: &tallies) }
    commit()
  }

  /// Commits the tallies that were given out and the position behind their lines, as one group; nothing if the
  /// position has not moved. What Intake holds back must have been given out.
  func commit() {
    // Events of lines further on are in the journal already: a position before them would make them count as events
    // of lines that are done with, and a crash now would give them again. The tallies wait; if the end comes first,
    // their lines are read again.
    if let position, position.isBehind(seen) { return }
    let place = position.flatMap { $0.isNamed ? $0 : nil }
    guard !tallies.isEmpty || (place != nil && place != committed) else { return }
    let now = WallClock.timestamp
    let checkpoint = place.map { place in
      place.checkpoint(time: now, host: host, path: logPath)
    }
    lastAppend = writer.append { group in
      var rest = tallies.view
      while let end = rest.firstIndex(of: 0x0A) {
        if let line = try? decoder.decode(rest.prefix(end)), case .tally(let tally) = line {
          group.add(tally.tally, host: tally.host)
        }
        rest = rest.from(end + 1)
      }
      if let checkpoint { group.add(checkpoint) }
    }
    tallies.removeAll()
    lastCommit = now
    committed = place ?? committed
  }

  /// Writes what was lost, for readers to know.
  func tellGap(_ note: String, source: Source?, count: Int? = nil) {
    host.withByteView { host in
      note.withByteView { note in
        var event = Event(time: WallClock.timestamp, type: .gap)
        event.source = source
        event.host = host
        event.count = count
        event.note = note
        let line = event
        writer.append { $0.add(line) }
      }
    }
  }
}
