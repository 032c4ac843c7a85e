// Brings old logs into a journal.
//
// Promises: each line counts once, however often and in whatever form (renamed, compressed) its file is imported and
// whatever ends an import: what a stretch of lines gave is committed in one group with the position behind it, whole
// or not at all. Lines that the journal has are read again, for what they say of messages on their way, and give
// nothing. Leaves to others: the order of the logs, the journal's lock.

import Bytes
import Classification
import Glibc
import Intake
import Journal
import LogFiles
import MailLog
import Privacy
import Reporting
import SMTPTypes
import Synchronization

/// Reads logs one after another, oldest first.
final class Importer {
  struct Options {
    /// What checkpoints name, and lines of this machine are taken to be from.
    var host: String
    /// Every line is from `host`, whatever it says.
    var isOneHost = false
    var ownMachine = OwnMachine()
    var storesAllDeliveries = false
    /// What recipients are stored under; nil if they are stored as they are.
    var pseudonyms: Pseudonyms?
  }

  /// What one file gave.
  struct Outcome {
    var file: String
    var lines = 0
    /// Lines that the journal had.
    var known = 0
    /// Lines that are left to the sidecar, which stands in this file.
    var left = 0
    var events = 0
    /// Why not all of it was read; empty if it was.
    var problems: [String] = []
    /// What is no fault, but hardly what was meant.
    var notes: [String] = []

    var new: Int { lines - known - left }
  }

  /// Bytes of journal lines after which a group is committed where a minute ends. Each takes a sync, and a thread that
  /// wakes up, and what waits for it is in memory twice.
  private static let groupBytes = 640 << 10
  /// Bytes after which it is committed anywhere.
  private static let mostGroupBytes = 1 << 20
  /// Lines after which one is committed, if they give little.
  private static let groupLines = 250_000

  private let options: Options
  private let known: KnownSpans
  private let journal: JournalReader?
  private let writer: JournalWriter?
  private let intake: Intake
  let sink: ImportSink
  private var isWarmingUp = false
  /// Up to when the state is what the journal says; nil before the first new line.
  private var restored: Timestamp?
  private var lastCommit: Commit?
  private var commits = 0
  /// After so many commits all that is done again and again has been done.
  private static let warmCommits = 4
  /// Lines are a little out of order; what the journal has within so many seconds is not later.
  private static let disorder = 60.0

  /// - Parameter writer: nil for a dry run.
  init(
    options: Options, known: KnownSpans, journal: JournalReader?, writer: JournalWriter?, classifier: Classifier,
    now: Timestamp
  ) {
    self.options = options
    self.known = known
    self.journal = journal
    self.writer = writer
    sink = ImportSink(redactor: options.pseudonyms.map { EventRedactor($0) })
    var joining = Intake.Options()
    joining.recipientKey = options.pseudonyms.map { RecipientKey($0) }
    if options.isOneHost { joining.hostName = options.host } else { joining.ownName = options.host }
    joining.ownMachine = options.ownMachine
    joining.storesAllDeliveries = options.storesAllDeliveries
    joining.introducesMessages = true
    // Offsets are of the file that the sidecar follows; here each group says how far it goes.
    joining.tellsOffsets = false
    intake = Intake(
      options: joining, classifier: classifier, providers: ProviderMap(),
      parser: LogParser(stamps: StampResolver(reference: now)), sink: sink)
  }

  /// Takes what is new in `file`. Throws if the journal does not take it.
  func take(_ file: LogFile, progress: @escaping (Int) -> Void) throws(InputError) -> Outcome {
    var outcome = Outcome(file: file.name)
    let from = file.withBeginning { known.end(ofLogBeginning: $0) }
    let isLive = file.withBeginning { known.isLive($0) }
    let before = sink.events
    let unreadable = intake.unreadableLines
    let foreign = intake.foreignLines
    intake.parser.stamps.reference = file.reference
    intake.parser.stamps.firstYear = file.firstYear
    // What is in a journal can't be taken out: first see that what is unpacked will be right.
    let damage = file.check(progress: progress)
    let part = Part(file, from: from, damage)
    if takeKnown(part, isLive: isLive, &outcome, progress) { outcome.lines += try takeNew(part, progress) }
    outcome.events = sink.events - before
    if let note = file.note(onYearsOf: intake.parser.stamps.course) { outcome.notes.append(note) }
    if file.failure != 0 { outcome.problems.append(InputError.unreadable(file.name, file.failure).description) }
    if let damage {
      let words = damage.isDamage ? "damaged" : "can't be unpacked"
      outcome.problems.append(
        "\(Printable.text(file.name, limit: 200)): \(words) at byte \(damage.offset) of the file (\(damage.reason)); "
          + "\(damage.trusted) bytes of log before it are certain and imported, and the rest is not: an intact copy that "
          + "is imported later goes on there")
    }
    if outcome.lines > 0, intake.unreadableLines - unreadable == outcome.lines {
      outcome.problems.append(
        "\(Printable.text(file.name, limit: 200)): none of its \(outcome.lines) lines begins like a mail log's")
    } else if outcome.lines > 0,
      intake.unreadableLines - unreadable + intake.foreignLines - foreign == outcome.lines
    {
      outcome.notes.append(
        "\(Printable.text(file.name, limit: 200)): none of its \(outcome.lines) lines is Postfix's or Sendmail's")
    }
    return outcome
  }

  /// Waits until everything is on the disk.
  func finish() throws(InputError) {
    guard let writer, let lastCommit else { return }
    guard writer.waitUntilDurable(lastCommit, timeout: 60) else { throw refused(writer) }
  }

  // MARK: Known lines and new ones

  /// What is read of a file.
  private struct Part {
    let file: LogFile
    /// Where the first line begins that the journal does not have.
    let from: Int
    let limit: Int
    private let takesLast: Bool

    init(_ file: LogFile, from: Int, _ damage: StreamDamage?) {
      self.file = file
      self.from = from
      limit = damage?.trusted ?? .max
      // A live log's last line may still be on its way; one of a file that is compressed is not, unless it was cut.
      takesLast = file.compression != nil && damage == nil
    }

    func isWhole(_ line: LineReader.Line) -> Bool { line.isTerminated || takesLast }
  }

  /// How far the reading thread is.
  private final class Progress {
    /// Bytes of the file that were not shown yet.
    let bytes = Atomic(0)
    /// Where the last line ends that was handed over. Written on the reading thread, read when that is done.
    var end = 0
  }

  /// Takes the lines that the journal has, for what they say of messages on their way. True if new ones follow, for
  /// which all is ready then.
  private func takeKnown(
    _ part: Part, isLive: Bool, _ outcome: inout Outcome, _ progress: @escaping (Int) -> Void
  ) -> Bool {
    var hasNew = false
    // A plain file is read on from there, a compressed one once more.
    let isShown = part.file.compression == nil && (part.from > 0 || isLive)
    part.file.forEachLine(limit: part.limit, progress: isShown ? progress : { _ in }) { line in
      guard part.isWhole(line) else { return false }
      if line.offset >= part.from, !isLive {
        if restored == nil || isWarmingUp { goOn(before: line.bytes) }
        hasNew = true
        return false
      }
      outcome.lines += 1
      if line.offset < part.from { outcome.known += 1 } else { outcome.left += 1 }
      warmUp()
      intake.line(line.bytes, offset: line.offset)
      return true
    }
    return hasNew
  }

  /// Takes the lines that the journal does not have, reading and judging them ahead on another thread, and commits
  /// what they gave. Returns how many there were.
  private func takeNew(_ part: Part, _ progress: (Int) -> Void) throws(InputError) -> Int {
    let done = Progress()
    var committed = 0
    var failure: InputError?
    intake.takeLines { take in
      part.file.forEachStretch(
        from: part.from, limit: part.limit, progress: { done.bytes.add($0, ordering: .relaxed) }
      ) { lines in
        guard part.isWhole(lines), take(lines.bytes, lines.offset) else { return false }
        done.end = lines.end
        return true
      }
    } while: {
      progress(done.bytes.exchange(0, ordering: .relaxed))
      guard isDue(linesSince: committed) else { return true }
      committed = intake.linesTaken
      do throws(InputError) {
        try commit(part.file, intake.nextOffset)
      } catch {
        failure = error
        return false
      }
      return true
    }
    if let failure { throw failure }
    // Whoever imports the file again finds no new lines in it, and would not ask for what waits.
    intake.releaseAllEnds()
    if intake.linesTaken > committed || sink.pending.count > 0 { try commit(part.file, done.end) }
    return intake.linesTaken
  }

  private func warmUp() {
    guard !isWarmingUp else { return }
    isWarmingUp = true
    if restored != nil { restored = sink.last }
    intake.beginWarmUp()
  }

  /// Turns from known lines to new ones: what was on its way before the first of them, the journal says.
  private func goOn(before line: ByteView) {
    if isWarmingUp { intake.endWarmUp() }
    isWarmingUp = false
    var parser = LogParser(stamps: intake.parser.stamps)
    guard let time = parser.parse(line)?.header.time else { return }
    if restored == nil { sink.later = later(than: time.advanced(by: Importer.disorder)) }
    let start = restored ?? time.advanced(by: -QueueLifetime.lookBack)
    restored = time
    guard let journal, start < time else { return }
    // Lines are a little out of order, and several are of one second.
    _ = try? journal.scan(since: start, until: time.advanced(by: 2)) { line, _ in
      switch line {
      case .event(let event): intake.restore(event)
      default: break
      }
    }
    intake.endRestoring()
  }

  /// The latest times that the journal has of each host after `time`. Unpacks no segment that ends before.
  private func later(than time: Timestamp) -> [String: Timestamp] {
    var latest: [String: Timestamp] = [:]
    func note(_ host: String, _ time: Timestamp) {
      guard latest.count < 10_000 || latest[host] != nil else { return }
      latest[host] = max(latest[host] ?? time, time)
    }
    // What can't be read is for `verify` to tell.
    _ = try? journal?.scan(since: time, depth: .leading) { line, _ in
      switch line {
      case .event(let event):
        switch event.type {
        case .transientFailure, .delivery, .bounce, .expiration, .deletion, .rejection, .message:
          note(event.host.map { String($0) } ?? "", event.time)
        default: break
        }
      // Of mail that arrived at once there is nothing else.
      case .tally(let line): note(String(line.host), line.tally.minute)
      default: break
      }
    }
    return latest
  }

  // MARK: Committing

  /// True if it is time to commit, right before a line. Within a minute, whose tally is then told in two, only if there
  /// is much.
  private func isDue(linesSince committed: Int) -> Bool {
    if intake.linesTaken - committed >= Importer.groupLines { return true }
    let bytes = sink.pending.count
    return bytes >= Importer.groupBytes && (intake.isBetweenMinutes || bytes >= Importer.mostGroupBytes)
  }

  /// Commits what was gathered, with the position behind it.
  private func commit(_ file: LogFile, _ position: Int) throws(InputError) {
    intake.flush()
    defer { sink.removePending() }
    guard let writer else { return }
    try waitForRoom(writer)
    let checkpoint = file.checkpoint(host: options.host, offset: position)
    let commit = writer.append { group in
      sink.hand(to: &group)
      group.add(checkpoint)
    }
    guard commit.isAccepted else { throw refused(writer) }
    lastCommit = commit
    commits += 1
    // Later on for what was needed once: each touch brings sixteen pages.
    if commits == Importer.warmCommits || commits.isMultiple(of: 16) { ProgramPages.release() }
  }

  /// One group is on its way to the disk while the next is gathered: more in memory would make a slow disk no faster.
  private func waitForRoom(_ writer: JournalWriter) throws(InputError) {
    while let lastCommit, !writer.waitUntilDurable(lastCommit, timeout: 0.2) {
      if writer.counters.isRefusing { throw refused(writer) }
    }
  }

  private func refused(_ writer: JournalWriter) -> InputError {
    let reason = writer.counters.lastFault ?? "it does not take what is written"
    return InputError(
      "the journal: \(reason); what was committed stays, and the same command goes on there once this is mended")
  }
}
