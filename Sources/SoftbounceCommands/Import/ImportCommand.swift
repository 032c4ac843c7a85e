import ArgumentParser
import Glibc
import Journal
import LogFiles
import Machine
import Privacy
import Reporting
import SMTPTypes

/// `softbounce import`.
struct ImportCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Brings old mail logs into a journal, so that it begins with their history.",
    discussion: """
      FILE is a mail log of Postfix or Sendmail, plain or compressed (gzip, zstd, xz, bzip2); name rotated ones in any \
      order: softbounce import /var/log/mail.log*

      What the journal has, whether imported or followed by softbounced, is passed over: importing a file again, under \
      another name, compressed, or after it grew, adds what is new in it and nothing else. An import that was cut off \
      goes on where it was when it is run again. Lines are known by the host, the file's first 4 KiB and their place \
      behind them.

      A journal has one writer: stop softbounced for the import and start it afterwards; it reads from the log what it \
      missed meanwhile, and passes over what was imported. Best done before its first start: a message that was put off \
      in an imported log and left the queue in one that softbounced followed stays open in reports. Likewise for logs \
      imported one by one, newer ones first: name them in one command.

      Lines that name this machine (as configured, or by its first label) are this machine's; others keep the host \
      that they name. A log that the journal has as another host's is refused, because its lines would count twice: \
      nothing of any log is added then, and the message says which --host to give. Run as root, it writes as the user \
      who owns the journal. Nothing of the systemd journal need be imported: softbounced reads it from its beginning.

      Exit status: 0 done, also if nothing was new; 2 wrong usage, or a log that the journal has as another host's \
      (nothing was imported); 3 a file could not be read in whole (what could be read was imported) or the journal not \
      be written.
      """)

  @Argument(help: ArgumentHelp("Mail logs.", valueName: "file"))
  var files: [String]

  @Option(name: .long, help: ArgumentHelp("The journal's directory.", valueName: "dir"))
  var journal: String?

  @Option(
    name: .long, help: ArgumentHelp("Every line is from this host, whatever it says.", valueName: "name"))
  var host: String?

  @Flag(name: .long, help: "Say what would be added, and add nothing; also while softbounced runs.")
  var dryRun = false

  @Option(name: .long, help: "text, or json with stable keys.")
  var format: OutputFormat = .text

  func validate() throws {
    if files.isEmpty { throw ValidationError("name the mail logs: softbounce import /var/log/mail.log*") }
    if files.contains("-") {
      throw ValidationError("a pipe can't be imported, because nobody would know it again; name the files themselves")
    }
    if let host, host.isEmpty || host.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) {
      throw ValidationError("--host: give a host's name")
    }
  }

  func run(_ console: Console) throws -> ExitStatus {
    let site = SiteConfiguration(console)
    let directory = journal ?? site.journal
    let problems = Diagnostics(console)
    let logs = LogOrder.sort(open(console, problems))
    // Said even if the journal can't be written.
    defer { problems.conclude() }
    guard !logs.isEmpty else { return .unreadable }
    let classifier = site.classifier(console)
    var options = Importer.Options(host: host ?? site.host ?? Machine.name, isOneHost: host != nil)
    options.ownMachine = site.ownMachine
    options.storesAllDeliveries = site.storesAllDeliveries
    do {
      var writer: JournalWriter?
      if !dryRun {
        try JournalOwner.become(ownerOf: directory)
        var writing = JournalWriter.Options()
        writing.host = options.host
        writing.bypassesCache = true
        writer = try JournalWriter(directory: directory, options: writing)
      }
      defer { writer?.close() }
      options.pseudonyms = try site.pseudonyms(makingKey: !dryRun)
      let reader = access(directory, F_OK) == 0 ? try JournalReader(directory: directory) : nil
      let known = try reader.map { try KnownSpans($0, host: options.host) } ?? KnownSpans()
      // Before anything is added: what is in a journal can't be taken out.
      if refuse(logs, known, options.host, console) { return .usage }
      if known.followsJournald {
        console.diagnose(
          "softbounced followed the systemd journal: what stands in it and in these files too will count twice")
      }
      let importer = Importer(
        options: options, known: known, journal: reader, writer: writer, classifier: classifier, now: console.now)
      var summary = ImportSummary(journal: directory, isDryRun: dryRun, files: [], counts: [], hosts: [])
      ProgramPages.release()
      FreedMemory.trim()
      let progress = ReadingProgress(console, total: logs.reduce(0) { $0 + $1.size * ($1.compression == nil ? 1 : 2) })
      for log in logs {
        progress.begin(log.name)
        let outcome = try importer.take(log) { progress.advance($0) }
        for problem in outcome.problems { problems.tell(problem) }
        for note in outcome.notes { console.diagnose(note) }
        summary.files.append(outcome)
      }
      try importer.finish()
      progress.end()
      summary.counts = importer.sink.counts
      summary.hosts = importer.sink.hosts.sorted()
      summary.first = importer.sink.first
      summary.last = importer.sink.last
      if let older = importer.sink.older { console.diagnose(late(older.host, older.journal, directory)) }
      console.write(format == .text ? summary.text() : summary.json())
    } catch let error as JournalError {
      console.diagnose(error.code == .locked ? locked(directory) : Printable.text(error.message, limit: 400))
      return .unreadable
    } catch let error as PseudonymKey.Problem {
      console.diagnose(Printable.text(error.description, limit: 400))
      return .unreadable
    } catch let error as InputError {
      console.diagnose(error.description)
      return .unreadable
    }
    return problems.count == 0 ? .success : .unreadable
  }

  /// Says which logs the journal has as another host's; true if there are any.
  private func refuse(_ logs: [LogFile], _ known: KnownSpans, _ host: String, _ console: Console) -> Bool {
    var isRefused = false
    for log in logs {
      guard let other = log.withBeginning({ known.otherHost(ofLogBeginning: $0) }) else { continue }
      isRefused = true
      let name = Printable.text(other, limit: 100)
      console.diagnose(
        "\(Printable.text(log.name, limit: 200)): the journal has lines of it as those of \(name), and as those of "
          + "\(Printable.text(host, limit: 100)) they would count twice: nothing was imported. --host \(name) goes on "
          + "behind them; a journal of its own (--journal NEW) takes them under another name")
    }
    return isRefused
  }

  private func late(_ host: String, _ latest: Timestamp, _ directory: String) -> String {
    let shown = Printable.text(directory, limit: 200)
    return "these lines are older than what \(shown) has of \(Printable.text(host, limit: 80)) already (up to \(latest)): messages "
      + "that were put off in them and left the queue later stay open in reports. To follow them to their end, import "
      + "all logs in one command, into a journal that has none of them: softbounce import --journal NEW mail.log*"
  }

  private func locked(_ directory: String) -> String {
    "\(Printable.text(directory, limit: 200)): softbounced, or another import, writes to this journal. Stop it for the "
      + "import (systemctl stop softbounced) and start it afterwards: mail goes on meanwhile, and it reads from the log "
      + "what it missed"
  }

  private func open(_ console: Console, _ problems: Diagnostics) -> [LogFile] {
    var logs: [LogFile] = []
    for path in files {
      guard let file = LogFile(path: path, console: console, tell: problems.tell) else { continue }
      let shown = Printable.text(path, limit: 200)
      if !file.isRegular {
        var status = stat()
        let isDirectory = stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
        problems.tell(
          isDirectory
            ? "\(shown): a directory, not a log; the journal is named with --journal \(shown)"
            : "\(shown): no regular file; nobody would know it again")
      } else if SystemJournalPlace.isFile(path) {
        problems.tell("\(shown): the systemd journal, which softbounced reads from its beginning; no need to import it")
      } else if file.isEvents {
        problems.tell("\(shown): events, not a mail log")
      } else {
        logs.append(file)
      }
    }
    let (kept, copies) = LogOrder.withoutCopies(logs)
    for (copy, original) in copies {
      console.diagnose(
        "\(Printable.text(copy.name, limit: 200)) begins as \(Printable.text(original.name, limit: 200)) does: one log, "
          + "read once")
    }
    return kept
  }
}
