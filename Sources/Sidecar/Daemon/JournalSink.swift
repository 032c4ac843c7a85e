// Where the joined events go in the sidecar: the journal, and the alerts' evaluator.
//
// Promises that a tally is committed together with the position behind the lines that it counts, and that an event of
// a line that is read again after a crash is not written twice.

import Alerting
import Bytes
import Journal
import SMTPTypes

/// The sidecar's sink. Confined to the pipeline's lock.
final class JournalSink: EventSink {
  let writer: JournalWriter
  let host: String
  var evaluator: AlertEvaluator
  /// What the last run journaled after its last commit.
  var seen = SeenEvents()
  /// The followed log as configured, a path or `journald`; what checkpoints name it by.
  var logPath = ""
  /// All lines before it have been taken.
  var position: SourcePosition?
  private(set) var committed: SourcePosition?
  private(set) var lastCommit: Timestamp
  private(set) var skipped = 0

  init(writer: JournalWriter, host: String, evaluator: AlertEvaluator) {
    self.writer = writer
    self.host = host
    self.evaluator = evaluator
    lastCommit = WallClock.timestamp
  }

  func receive(_ event: borrowing Event) {
    evaluator.add(event)
    if !seen.isEmpty, seen.take(event) {
      skipped += 1
      return
    }
    let event = copy event
    writer.append { $0.add(event) }
  }

  func receive(_ tally: borrowing Tally, host: String) {
    let now = WallClock.timestamp
    if now.since(tally.minute) <= Double(evaluator.longestWindow + 120) { evaluator.add(tally) }
    let checkpoint = checkpoint(now)
    host.withByteView { host in
      writer.append { group in
        group.add(tally, host: host)
        if let checkpoint { group.add(checkpoint) }
      }
      return
    }
    noteCommit(now)
  }

  /// Commits the position by itself if it has moved and no tally did so.
  func commit() {
    guard let position, position.isNamed, position != committed else { return }
    let now = WallClock.timestamp
    if let checkpoint = checkpoint(now) { writer.append { $0.add(checkpoint) } }
    noteCommit(now)
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

  private func checkpoint(_ now: Timestamp) -> Checkpoint? {
    guard let position, position.isNamed else { return nil }
    return position.checkpoint(time: now, host: host, path: logPath)
  }

  private func noteCommit(_ now: Timestamp) {
    lastCommit = now
    if let position, position.isNamed { committed = position }
  }
}
