// The one place where the windows meet: the follower's thread, libmilter's threads and the clock take turns at it.

import Alerting
import Bytes
import Classification
import DeliveryStatus
import Intake
import Journal
import Logging
import MailLog
import SMTPTypes
import Synchronization
import SystemJournal

/// Intake and its sink behind a lock. Every call is short: nothing in it waits for the disk, for a program or for
/// the network.
final class EventPipeline: Sendable {
  /// What the lock guards.
  private final class Core {
    let intake: Intake
    let sink: JournalSink
    /// True while the follower has nothing more to read: only then does the clock say how far the log has been read.
    var isCaughtUp = true
    var isClosed = false
    private(set) var linesTaken = 0
    /// Lines of other programs, and what can't be read, among those that warmed up.
    private var othersBefore = 0
    /// Those among the lines taken.
    var others: Int { intake.foreignLines + intake.unreadableLines - othersBefore }
    /// Lines that are older are not taken.
    var passingOverBefore: Timestamp?

    init(intake: Intake, sink: JournalSink) {
      self.intake = intake
      self.sink = sink
    }

    func countLine() {
      if linesTaken == 0 { othersBefore = others }
      linesTaken += 1
    }

    /// True for a line to be passed over. Lines are in the order of time, nearly: the first that is not old ends it.
    func isOld(_ line: ByteView) -> Bool {
      guard let before = passingOverBefore else { return false }
      guard let (header, _) = intake.parser.parse(line), header.time < before else {
        passingOverBefore = nil
        return false
      }
      return true
    }

    func move(to offset: Int) {
      guard case .file(var position) = sink.position else { return }
      position.offset = offset
      sink.position = .file(position)
    }
  }

  private let lock = Mutex(())
  // Sendable: touched with `lock` held only, in `withCore`.
  private nonisolated(unsafe) let core: Core
  let writer: JournalWriter
  let host: String
  private let logger: Logger

  init(intake: Intake, sink: JournalSink, logger: Logger) {
    core = Core(intake: intake, sink: sink)
    writer = sink.writer
    host = sink.host
    self.logger = logger
  }

  private func withCore<Result>(_ body: (Core) -> Result) -> Result {
    lock.withLock { _ in body(core) }
  }

  /// Calls `body` with the joiner. Not after `close`.
  func withIntake(_ body: (Intake) -> Void) {
    withCore { core in if !core.isClosed { body(core.intake) } }
  }

  /// How much the log has told so far.
  var traffic: LogTraffic {
    withCore {
      LogTraffic(
        lines: $0.linesTaken, foreign: $0.others, accepted: $0.intake.acceptedMessages, isCaughtUp: $0.isCaughtUp)
    }
  }

  /// Seconds between two commits of a position, if no tally was written meanwhile.
  static let commitInterval = 10.0

  // MARK: The log

  func opened(_ position: LogPosition) {
    withCore { core in
      core.intake.flush()
      core.sink.position = .file(position)
      core.sink.commit()
    }
  }

  /// Takes one line, which ends before `next`.
  func line(_ bytes: ByteView, offset: Int, next: Int) {
    withCore { core in
      guard !core.isClosed else { return }
      core.isCaughtUp = false
      core.countLine()
      // While the line is taken, a tally of what came before it may be given out.
      core.move(to: offset)
      guard !core.isOld(bytes) else { return core.move(to: next) }
      core.intake.line(bytes, offset: offset)
      core.move(to: next)
    }
  }

  func batchEnd(_ position: LogPosition, caughtUp: Bool) {
    withCore { core in
      guard !core.isClosed else { return }
      core.sink.position = .file(position)
      core.isCaughtUp = caughtUp
    }
  }

  /// A file was read to its end.
  func finished(_ position: LogPosition) {
    withCore { core in
      guard !core.isClosed else { return }
      core.sink.position = .file(position)
      // Offsets are of the next file from now on.
      core.intake.finish()
      // What the last run wrote belongs to the file in which it stopped.
      core.sink.seen.removeAll()
      core.sink.commit()
    }
  }

  func gap(_ gap: LogGap) {
    withCore { core in
      if gap.reason == .rotatedAway { core.sink.seen.removeAll() }
      core.sink.tellGap(gap.description, source: .log)
    }
  }

  // MARK: The systemd journal

  func opened(_ place: JournaldPlace) {
    withCore { core in
      guard !core.isClosed else { return }
      core.intake.flush()
      core.sink.position = .journald(place)
      core.sink.commit()
    }
  }

  /// Takes the log line of the entry at `cursor`.
  func entry(_ line: ByteView, at cursor: JournaldCursor) {
    withCore { core in
      guard !core.isClosed else { return }
      core.isCaughtUp = false
      core.countLine()
      // A tally of what came before is committed with the position before this entry.
      core.intake.line(line, offset: cursor.identity)
      core.sink.position = .journald(.after(cursor))
    }
  }

  func caughtUp() {
    withCore { core in
      guard !core.isClosed else { return }
      core.isCaughtUp = true
    }
  }

  func gap(_ note: String, source: Source) {
    withCore { core in
      guard !core.isClosed else { return }
      core.sink.tellGap(note, source: source)
    }
  }

  /// Notes that another log is followed from now on than in the last run, which stopped at `former`.
  func tellChange(from former: Checkpoint, to log: LogChoice) {
    gap(
      "the log is now \(log.description), it was \(former.path): lines around the change may be missing or counted twice",
      source: .log)
  }

  /// Lines of a file before `time` were taken from another log.
  func passOver(before time: Timestamp?) {
    withCore { $0.passingOverBefore = time }
  }

  // MARK: The milter

  func observe(_ identity: MessageIdentity) {
    withCore { $0.intake.observe(identity) }
  }

  func observe(_ rejection: ObservedRejection) {
    withCore { $0.intake.observe(rejection) }
  }

  /// Seconds that a report's answer waits for the disk.
  static let reportPatience = 1.0

  /// Takes a delivery report and returns when it is durable, or after `reportPatience` with a gap that says so.
  func observe(_ report: DeliveryReport, at time: Timestamp, isOurOwn: Bool, isMatched: Bool) {
    let commit: Commit? = withCore { core in
      guard !core.isClosed,
        core.intake.observe(report, at: time, isOurOwn: isOurOwn, isMatched: isMatched) > 0
      else { return nil }
      return core.sink.lastAppend
    }
    guard let commit, !writer.waitUntilDurable(commit, timeout: Self.reportPatience) else { return }
    withCore { core in
      guard !core.isClosed else { return }
      core.sink.tellGap(
        "a delivery report was answered before the disk had taken it; a crash now would lose it", source: .dsn,
        count: 1)
    }
  }

  var knownIdentities: [MessageIdentity] { withCore { $0.intake.knownIdentities } }

  // MARK: Time

  /// To be called about each second: releases what waits, commits what is due.
  func advance(to now: Timestamp) {
    withCore { core in
      guard !core.isClosed else { return }
      if core.isCaughtUp {
        core.intake.advance(to: now)
        // A stamp without a year is near the clock's time, however long the log was silent.
        if now.since(core.intake.parser.stamps.reference) >= 3600 { core.intake.parser.stamps.reference = now }
      }
      guard core.sink.hasMoved, now.since(core.sink.lastCommit) >= Self.commitInterval else { return }
      core.intake.flush()
      core.sink.commit()
    }
  }

  /// What crossed a threshold since it was last asked; written to the journal.
  func evaluateAlerts(now: Timestamp) -> [Alert] {
    withCore { core in
      guard !core.isClosed else { return [] }
      var unfinished = false
      var alerts: [Alert] = []
      core.intake.forEachUnfinishedTally { tally in
        // The sidecar reports for one host, so there is one.
        guard !unfinished, now.since(tally.minute) <= Double(core.sink.evaluator.longestWindow) else { return }
        unfinished = true
        alerts = core.sink.evaluator.evaluate(now: now, unfinished: tally)
      }
      if !unfinished { alerts = core.sink.evaluator.evaluate(now: now) }
      for alert in alerts {
        alert.withEvent(host: host) { event in
          let event = copy event
          core.sink.writer.append { $0.add(event) }
        }
      }
      return alerts
    }
  }

  // MARK: Erasure

  /// Begins a new segment, so that the one before can be rewritten, and forgets the addresses in what is kept of
  /// messages. False if the disk did not take it.
  func begin(_ request: ErasureRequest, _ erasures: [Erasure]) -> Bool {
    let before = withCore { core -> Commit? in
      guard !core.isClosed else { return nil }
      // What the log gave so far is committed: after a crash nobody reads again what was erased.
      core.intake.finish()
      core.sink.commit()
      core.intake.reviseIdentities { identity in
        var revised = identity
        for erasure in erasures {
          revised.sender = erasure.erased(revised.sender)
          revised.user = revised.user.map { erasure.erased($0) }
          for index in revised.tags.indices { revised.tags[index].value = erasure.erased(revised.tags[index].value) }
        }
        return revised
      }
      return core.sink.lastAppend
    }
    if let before, !writer.waitUntilDurable(before, timeout: 10) { return false }
    return tell(request, beginningSegment: true)
  }

  /// Writes what became of a request; false if the disk did not take it.
  func tell(_ request: ErasureRequest, beginningSegment: Bool = false) -> Bool {
    var commit: Commit?
    request.withEvent(host: host, time: WallClock.timestamp) { event in
      let line = copy event
      commit = withCore { core in
        guard !core.isClosed else { return nil }
        return beginningSegment
          ? core.sink.writer.appendToNewSegment { $0.add(line) } : core.sink.writer.append { $0.add(line) }
      }
    }
    return commit.map { writer.waitUntilDurable($0, timeout: 10) } ?? false
  }

  // MARK: Changes and the end

  /// The version of the rules that judge.
  var ruleset: String { withCore { $0.intake.rulesetVersion } }

  func use(_ classifier: Classifier) {
    withCore { $0.intake.use(classifier) }
  }

  /// Writes that a notifier failed.
  func tellFailure(of notifier: String, alert: Alert, _ reason: String) {
    withCore { core in
      let texts = ByteStore([host, alert.rule.name, "\(alert.summary): not told by \(notifier): \(reason)"])
      var event = Event(time: WallClock.timestamp, type: .alert)
      event.host = texts[0]
      event.rule = texts[1]
      event.note = texts[2]
      let line = event
      core.sink.writer.append { $0.add(line) }
      withExtendedLifetime(texts) {}
    }
  }

  /// Commits everything and closes the journal. Later calls do nothing.
  func close() {
    withCore { core in
      guard !core.isClosed else { return }
      core.isClosed = true
      core.intake.finish()
      core.sink.commit()
    }
    writer.close()
  }
}
