// Feeds inputs to a sink of events. Mail logs go through one `Intake`, so that a message is followed from one rotated
// file into the next.

import Bytes
import Classification
import Glibc
import Intake
import Journal
import MailLog
import Reporting
import SMTPTypes

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
  private let ownAddresses: Set<String>
  private let classifier: Classifier
  private lazy var intake: Intake = {
    var options = Intake.Options()
    options.ownAddresses = ownAddresses
    return Intake(
      options: options, classifier: classifier, providers: ProviderMap(),
      parser: LogParser(stamps: StampResolver(reference: console.now)), sink: sink)
  }()

  /// The line that is being read.
  private(set) var position = LinePosition()
  /// True if something could not be read.
  private(set) var failed = false
  /// Diagnostics given; after some, the rest is only counted.
  private var told = 0
  private static let toldLimit = 10

  init(
    sink: any EventSink, since: Timestamp?, ownAddresses: Set<String> = [],
    classifier: Classifier = Classifier.builtIn(), console: Console
  ) {
    self.sink = sink
    self.ownAddresses = ownAddresses
    self.classifier = classifier
    self.since = since
    self.console = console
  }

  /// Reads all inputs: journals and event files in the given order, then logs in the order of their time.
  /// `endOfSource` is called after each journal or file of events, and once after all logs.
  func read(_ inputs: [Input], endOfSource: () -> Void = {}) {
    var logs: [LogFile] = []
    for input in inputs where console.isOpen {
      switch input {
      case .journal(let directory):
        readJournal(directory)
        endOfSource()
      case .file(let path):
        guard let file = LogFile(path: path, console: console, tell: tell) else { continue }
        if file.isEvents {
          readEvents(file)
          endOfSource()
        } else {
          logs.append(file)
        }
      case .standardInput:
        let file = LogFile(descriptor: console.input, name: "-", console: console)
        if file.isEvents {
          readEvents(file)
          endOfSource()
        } else {
          logs.append(file)
        }
      }
    }
    if !logs.isEmpty {
      // A file without a time stamp stays where it was named.
      let order = logs.enumerated().sorted { left, right in
        guard let one = left.element.firstTime, let two = right.element.firstTime, one != two else {
          return left.offset < right.offset
        }
        return one < two
      }
      for (_, log) in order where console.isOpen { readLog(log) }
      intake.flush()
      endOfSource()
    }
    if told > InputReader.toldLimit { console.diagnose("\(told - InputReader.toldLimit) further problems not shown") }
  }

  private func tell(_ text: String) {
    failed = true
    told += 1
    if told <= InputReader.toldLimit { console.diagnose(text) }
  }

  // MARK: - Journals

  private func readJournal(_ directory: String) {
    do {
      let reader = try JournalReader(directory: directory)
      let report = try reader.scan(since: since) { line, place in
        if position.file != place.file { position.file = place.file }
        position.line = place.line
        give(line)
        if !console.isOpen { throw OutputClosed() }
      }
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

  private func give(_ line: borrowing JournalLine) {
    switch line {
    case .event(let event): sink.receive(event)
    case .tally(let tally): sink.receive(tally.tally, host: String(tally.host))
    case .checkpoint: break
    case .unknown: break
    }
  }

  // MARK: - Files

  private func readEvents(_ file: LogFile) {
    position = LinePosition(file: file.name, line: 0)
    var decoder = EventDecoder()
    file.forEachLine { bytes, _ in
      position.line += 1
      if bytes.isEmpty { return console.isOpen }
      do throws(JournalLineError) {
        give(try decoder.decode(bytes))
      } catch {
        tell("\(Printable.text(file.name, limit: 200)):\(position.line): \(error)")
      }
      return console.isOpen
    }
    check(file)
  }

  private func readLog(_ file: LogFile) {
    position = LinePosition(file: file.name, line: 0)
    intake.parser.stamps.reference = file.modified ?? console.now
    let unreadable = intake.unreadableLines
    let bare = intake.bareLines
    let ownTime = file.modified ?? console.now
    intake.readBareLines(asOf: ownTime)
    file.forEachLine { bytes, offset in
      position.line += 1
      intake.line(bytes, offset: offset)
      return console.isOpen
    }
    intake.readBareLines(asOf: nil)
    check(file)
    if intake.bareLines > bare {
      console.diagnose(
        "\(Printable.text(file.name, limit: 200)): \(intake.bareLines - bare) lines have no time stamp; they are taken "
          + "to be of \(Timestamp(seconds: ownTime.seconds)), when the file was last written")
    }
    if position.line > 0, intake.unreadableLines - unreadable == position.line {
      tell(
        "\(Printable.text(file.name, limit: 200)): none of its \(position.line) lines begins like a mail log's "
          + "(Nov 23 17:59:48 host program[pid]: … or 2026-11-23T17:59:48+01:00 host …)")
    }
  }

  private func check(_ file: LogFile) {
    if file.failure != 0 { tell(InputError.unreadable(file.name, file.failure).description) }
  }
}

/// Standard output takes nothing more; reading on is useless.
struct OutputClosed: Error {}
