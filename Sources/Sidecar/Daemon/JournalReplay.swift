// What a start takes from the journal: lives that are still open, alerts that still stand, and which events were
// written after the last commit, and how steady the log was.

import Alerting
import Bytes
import Intake
import Journal
import Logging
import SMTPTypes

enum JournalReplay {
  /// Days of journal that are read: Postfix keeps a message for five, some sites for longer.
  static let days = 8.0
  /// Days of journal that are read for the sake of recipients whose next delivery matters.
  static let scoreDays = 90.0
  /// Bytes of lines that are unpacked for their sake, so that a busy site's start takes no longer; the newest.
  static let scoreBytes = 512 << 20

  /// Reads the journal in `directory`. Events before `checkpoint` are restored into `intake`; those behind it, whose
  /// lines will be read again, go to `sink.seen`. Without a checkpoint everything counts as restored.
  static func run(
    directory: String, now: Timestamp, upTo checkpoint: Checkpoint?, intake: Intake, sink: JournalSink,
    history: inout SilenceHistory, logger: Logger
  ) {
    defer { intake.endRestoring() }
    do {
      let reader = try JournalReader(directory: directory)
      var isBehind = false
      let oldest = now.advanced(by: -Double(sink.evaluator.longestWindow + 120))
      let oldestWritten = now.advanced(by: -days * 86_400)
      // By when it was written: what an old log gave lately has old times.
      let written = min(oldestWritten, checkpoint?.time ?? oldestWritten)
      // Where a delivery stands alone in a segment that is passed over, the next one is told once more than needed.
      let older = try reader.scan(
        since: scoresBegin(reader, now, before: written), writtenBefore: written, where: { $0.mayScore }
      ) { line, _ in
        switch line {
        case .event(let event): intake.restoreScore(event)
        case .tally: break
        case .checkpoint: break
        case .unknown: break
        }
      }
      let report = try reader.scan(writtenSince: written) { line, _ in
        switch line {
        case .event(let event):
          if event.type == .alert {
            sink.evaluator.restore(event)
          } else if isBehind, event.source == .log, event.offset != nil {
            sink.noteSeen(event)
          } else {
            intake.restore(event)
            if event.time >= oldest { sink.evaluator.add(event) }
          }
        case .tally(let tally):
          history.add(tally.tally.lines, at: tally.tally.minute)
          if tally.tally.minute >= oldest { sink.evaluator.add(tally.tally) }
        case .checkpoint(let found):
          // What stands at a segment's start is a repetition.
          guard found.written == nil, let checkpoint, found.isSamePlace(as: checkpoint) else { break }
          isBehind = true
          sink.seen.removeAll()
        case .unknown: break
        }
      }
      logger.info(
        "read \(older.lines + report.lines) lines of the journal",
        metadata: ["written-after-commit": "\(sink.seen.count)"])
    } catch {
      logger.warning("the journal can't be read back: \(error); attempts of messages in the queue count from 1 again")
    }
  }

  /// From when on the segments before `end` are read for recipients whose next delivery matters.
  private static func scoresBegin(
    _ reader: JournalReader, _ now: Timestamp, before end: Timestamp
  ) throws(JournalError) -> Timestamp {
    let start = now.advanced(by: -scoreDays * 86_400)
    var left = scoreBytes
    for segment in try reader.summaries(since: start, until: end).reversed() {
      guard let summary = segment.summary, summary.mayScore, let latest = summary.latest else { continue }
      left -= summary.bytes
      if left < 0 { return max(start, latest.advanced(by: 1)) }
    }
    return start
  }
}

extension Checkpoint {
  fileprivate func isSamePlace(as other: Checkpoint) -> Bool {
    time == other.time && offset == other.offset && file == other.file && path == other.path
      && cursor == other.cursor
  }
}
