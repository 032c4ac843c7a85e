// Feeds inputs to a sink of events. Mail logs go through one `Intake`, in the order of time, so that a message is
// followed from one rotated file into the next.

import Bytes
import Classification
import Glibc
import Intake
import Journal
import LogFiles
import MailLog
import Reporting
import SMTPTypes
import Synchronization
import SystemJournal

/// Where a line that gives events stands.
struct LinePosition {
  var file = ""
  /// From 1.
  var line = 0
}

/// Reads inputs one after another. Damage is told on standard error and read past.
final class InputReader {
  private let console: Console
  private let sink: any EventSink
  /// First moment of interest; earlier lines of a journal are passed over. Logs are read whole, because what came
  /// before says whose message a line is about.
  private let since: Timestamp?
  /// First moment that no longer matters to a journal's reader.
  private let until: Timestamp?
  private let ownMachine: OwnMachine
  /// Asked for once a log is read: a journal's verdicts are in it.
  private let classifier: () -> Classifier
  /// What else of the systemd journal is mail.
  private let journaldMatches: [String]
  private var progress: ReadingProgress?
  private lazy var intake: Intake = {
    var options = Intake.Options()
    options.ownMachine = ownMachine
    options.storesAllDeliveries = showsAllDeliveries
    options.tellsEveryFailure = showsEveryFailure
    return Intake(
      options: options, classifier: classifier(), providers: ProviderMap(),
      parser: LogParser(stamps: StampResolver(reference: console.now)), sink: sink)
  }()

  /// The line that is being read.
  var position: LinePosition {
    isReadingLog ? LinePosition(file: place.file, line: intake.linesTaken) : place
  }
  private var place = LinePosition()
  /// Lines of a log are counted by the joiner, also of what it tells when the log is read.
  private var isReadingLog = false
  /// True if something could not be read.
  private(set) var failed = false
  /// Diagnostics are left out: the same inputs have been read before.
  var isQuiet = false
  /// Of logs each delivery is an event; else only those of which a journal tells that holds trouble alone. To be set
  /// before anything is read.
  var showsAllDeliveries = false
  /// Of logs each failure is an event; else a journal's: what would only count there is left out. To be set before
  /// anything is read.
  var showsEveryFailure = false
  /// What a pipe's lines gave is written before more of them are waited for.
  var answersAtOnce = false
  private let problems: Diagnostics
  /// The journals that were read.
  private var journalsRead: [JournalReader] = []
  private var journalHeads: [JournalHead] = []
  /// There are other inputs that a journal may be a copy of.
  private var isOneOfSeveral = false
  /// The first time in any file of events or log that was read, whatever the period.
  private var firstTime: Timestamp?

  init(
    sink: any EventSink, since: Timestamp?, until: Timestamp? = nil, ownMachine: OwnMachine = OwnMachine(),
    classifier: @autoclosure @escaping () -> Classifier = Classifier.builtIn(), journaldMatches: [String] = [],
    console: Console
  ) {
    self.sink = sink
    self.ownMachine = ownMachine
    self.classifier = classifier
    self.since = since
    self.until = until
    self.journaldMatches = journaldMatches
    self.console = console
    problems = Diagnostics(console)
  }

  /// Reads all inputs: journals in the given order, then files of events and logs in the order of their time. What is
  /// named twice is read once. `endOfSource` is called after each journal, once after all files of events, which may be
  /// parts of one journal, and once after all logs.
  func read(_ inputs: [Input], endOfSource: () -> Void = {}) {
    isOneOfSeveral = inputs.count > 1
    var files: [LogFile] = []
    var journals: [SystemJournalLog] = []
    var events: [LogFile] = []
    for input in inputs where console.isOpen {
      switch input {
      case .journal(let directory):
        readJournal(directory, endOfSource)
      case .file(let path):
        guard let file = LogFile(path: path, console: console, tell: tell) else { continue }
        if file.isEvents { events.append(file) } else { files.append(file) }
      case .standardInput:
        let file = LogFile(descriptor: console.input, name: "-", console: console)
        if file.isEvents { events.append(file) } else { files.append(file) }
      case .systemJournal(let place):
        do throws(JournaldError) {
          journals.append(try SystemJournalLog(place, matches: journaldMatches))
        } catch {
          tell(Printable.text("\(error)", limit: 400))
        }
      }
    }
    let (kept, copies) = LogOrder.withoutCopies(files)
    for (copy, original) in copies { tellCopy(copy.name, of: original.name, "one log") }
    events = withoutCopies(events)
    tellOverlaps(kept)
    for time in kept.map(\.firstTime) + journals.map(\.firstTime) { note(time) }
    progress = ReadingProgress(console, total: (events + kept).reduce(0) { $0 + $1.size })
    for file in events where console.isOpen {
      readEvents(file)
    }
    if !events.isEmpty { endOfSource() }
    if !kept.isEmpty { ProgramPages.release() }
    readLogs(LogOrder.sort(kept), journals)
    if !kept.isEmpty || !journals.isEmpty {
      intake.finish()
      endOfSource()
    }
    progress?.end()
    problems.conclude()
  }

  private func tellCopy(_ copy: String, of original: String, _ words: String) {
    guard !isQuiet else { return }
    console.diagnose(
      "\(Printable.text(copy, limit: 200)) begins as \(Printable.text(original, limit: 200)) does: \(words), read once")
  }

  /// Those of `files` that are no part of a journal that was read and no copies, in the order in which they are read.
  private func withoutCopies(_ files: [LogFile]) -> [LogFile] {
    var own: [LogFile] = []
    for file in files {
      if let journal = journalHeads.first(where: { $0.holds(file) }) {
        if !isQuiet {
          console.diagnose(
            "\(Printable.text(file.name, limit: 200)) is a segment of \(Printable.text(journal.directory, limit: 200)): "
              + "read once")
        }
      } else {
        own.append(file)
      }
    }
    let (kept, copies) = LogOrder.withoutCopies(own)
    for (copy, original) in copies { tellCopy(copy.name, of: original.name, "the same events") }
    return EventFileOrder.sort(kept)
  }

  /// Says which logs tell of a time that a journal tells of too: nobody knows which lines stand in both.
  private func tellOverlaps(_ files: [LogFile]) {
    guard !isQuiet else { return }
    for journal in journalsRead {
      for file in files {
        guard let first = file.firstTime, let end = file.modified, first <= end,
          let latest = try? journal.latestEvent(), latest >= first,
          let earliest = try? journal.earliestTime(notAfter: end), earliest <= end
        else { continue }
        console.diagnose(
          "\(Printable.text(journal.directory, limit: 200)) and \(Printable.text(file.name, limit: 200)) tell of the same "
            + "time: what stands in both counts twice; name one of them, or bring the log in with softbounce import")
        break
      }
    }
  }

  /// A systemd journal comes before the first log that begins later.
  private func readLogs(_ files: [LogFile], _ journals: [SystemJournalLog]) {
    var rest = journals.filter { $0.firstTime != nil }[...]
    rest.sort { ($0.firstTime?.microseconds ?? 0) < ($1.firstTime?.microseconds ?? 0) }
    for file in files where console.isOpen {
      while let journal = rest.first, let begins = journal.firstTime, let time = file.firstTime, begins < time {
        read(journal)
        rest.removeFirst()
      }
      readLog(file)
    }
    for journal in rest where console.isOpen { read(journal) }
  }

  /// When what was read begins, or a time that is not after `bound`; nil if nothing was read.
  func beginning(notAfter bound: Timestamp) -> Timestamp? {
    var first = firstTime
    for journal in journalsRead {
      if let first, first <= bound { break }
      guard let time = try? journal.earliestTime(notAfter: bound) else { continue }
      first = min(first ?? time, time)
    }
    return first
  }

  private func note(_ time: Timestamp?) {
    guard let time else { return }
    firstTime = min(firstTime ?? time, time)
  }

  private func tell(_ text: String) {
    failed = true
    if !isQuiet { problems.tell(text) }
  }

  // MARK: - Journals

  private func readJournal(_ directory: String, _ endOfSource: () -> Void) {
    defer { endOfSource() }
    do {
      let journal = try JournalReader(directory: directory)
      if isOneOfSeveral {
        let head = JournalHead(journal, console)
        if let original = journalHeads.first(where: { head.isCopy(of: $0) }) {
          return tellCopy(directory, of: original.directory, "one journal")
        }
        journalHeads.append(head)
      }
      journalsRead.append(journal)
      let report = try scan(journal)
      if report.segments == 0 {
        tell(
          "\(Printable.text(directory, limit: 200)): no journal in this directory; name the journal's own directory, or mail logs as files"
        )
      }
      for damage in report.damage { tell(Printable.text(damage.description, limit: 400)) }
      if report.damages > report.damage.count {
        tell(
          "\(report.damages - report.damage.count) further damaged lines in \(Printable.text(directory, limit: 200))")
      }
    } catch is OutputClosed {
      return
    } catch let error as JournalError {
      tell(Printable.text(error.message, limit: 400))
    } catch {
      tell("\(Printable.text(directory, limit: 200)): \(Printable.text("\(error)", limit: 200))")
    }
  }

  /// Reads a journal on several threads where the sink can be fed so.
  private func scan(_ reader: JournalReader) throws -> ScanReport {
    if let shared = sink as? any SharedSink, let readers = shared.readers(Processors.usable(atMost: 4)) {
      let report = try reader.deal(to: readers, since: since, until: until, depth: shared.depth)
      shared.merge(readers)
      if !console.isOpen { throw OutputClosed() }
      return report
    }
    return try reader.scan(since: since, until: until) { line, place in
      if self.place.file != place.file { self.place.file = place.file }
      self.place.line = place.line
      give(line)
      if !console.isOpen { throw OutputClosed() }
    }
  }

  private func give(_ line: borrowing JournalLine) {
    switch line {
    case .event(let event): sink.receive(event)
    case .tally(let tally): sink.receive(tally.tally, host: String(tally.host))
    case .checkpoint(let checkpoint): sink.receive(checkpoint)
    case .unknown: break
    }
  }

  // MARK: - Files

  private func readEvents(_ file: LogFile) {
    begin(file.name)
    var decoder = EventDecoder()
    file.forEachLine(progress: advance, waiting: answersAtOnce ? { self.console.flush() } : nil) { line in
      place.line += 1
      if line.bytes.isEmpty { return console.isOpen }
      do throws(JournalLineError) {
        let decoded = try decoder.decode(line.bytes)
        note(decoded.time)
        give(decoded)
      } catch {
        tell("\(Printable.text(file.name, limit: 200)):\(place.line): \(error)")
      }
      return console.isOpen
    }
    check(file)
  }

  private func readLog(_ file: LogFile) {
    begin(file.name)
    intake.parser.stamps.reference = file.reference
    intake.parser.stamps.firstYear = file.firstYear
    let unreadable = intake.unreadableLines
    let foreign = intake.foreignLines
    let bare = intake.bareLines
    // To the second: no digits are known beyond.
    let ownTime = Timestamp(seconds: (file.modified ?? console.now).seconds)
    intake.readBareLines(asOf: ownTime)
    if answersAtOnce, !file.isRegular { takeAtOnce(file) } else { takeAhead(file) }
    intake.readBareLines(asOf: nil)
    check(file)
    if !isQuiet, let note = file.note(onYearsOf: intake.parser.stamps.course) { console.diagnose(note) }
    if intake.bareLines > bare {
      console.diagnose(
        "\(Printable.text(file.name, limit: 200)): lines without a time stamp (\(intake.bareLines - bare)) are taken to "
          + "be of \(ownTime), \(file.modified == nil ? "now" : "when the file was last written")")
    }
    if place.line > 0, intake.unreadableLines - unreadable == place.line, file.damages.isEmpty {
      tell(
        "\(Printable.text(file.name, limit: 200)): none of its \(place.line) lines begins like a mail log's "
          + "(Nov 23 17:59:48 host program[pid]: … or 2026-11-23T17:59:48+01:00 host …)")
    } else if place.line > 0, !isQuiet,
      intake.unreadableLines - unreadable + intake.foreignLines - foreign == place.line
    {
      console.diagnose(
        "\(Printable.text(file.name, limit: 200)): none of its \(place.line) lines is Postfix's or Sendmail's "
          + "(postfix/smtp[pid]: … or sm-mta[pid]: … behind time and host)")
    }
  }

  /// The file is read on another thread, progress is shown on this one.
  private func takeAhead(_ file: LogFile) {
    let done = BytesRead()
    isReadingLog = true
    intake.takeLines { take in
      file.forEachStretch(progress: { done.count.add($0, ordering: .relaxed) }) { take($0.bytes, $0.offset) }
    } while: {
      advance(done.count.exchange(0, ordering: .relaxed))
      return console.isOpen
    }
    // What is told at the very end is of lines that were read before.
    place.line = intake.linesTaken
  }

  private func takeAtOnce(_ file: LogFile) {
    file.forEachLine(waiting: { self.console.flush() }) { line in
      place.line += 1
      intake.line(line.bytes, offset: line.offset)
      return console.isOpen
    }
  }

  private func read(_ journal: SystemJournalLog) {
    begin(journal.place.name)
    journal.forEachLine { line in
      place.line += 1
      intake.line(line, offset: place.line)
      progress?.advance(0)
      return console.isOpen
    }
    if let failure = journal.failure { tell(Printable.text("\(failure)", limit: 400)) }
  }

  private func begin(_ name: String) {
    place = LinePosition(file: name, line: 0)
    isReadingLog = false
    progress?.begin(name)
  }

  private func advance(_ bytes: Int) { progress?.advance(bytes) }

  private func check(_ file: LogFile) {
    if file.failure != 0 { tell(InputError.unreadable(file.name, file.failure).description) }
    for damage in file.damages { tell(damage.description(of: file.name)) }
  }
}

/// Bytes of a file that were read and not shown yet.
private final class BytesRead: Sendable {
  let count = Atomic(0)
}

/// Standard output takes nothing more; reading on is useless.
struct OutputClosed: Error {}
