import ArgumentParser
import Bytes
import DeliveryStatus
import Reporting
import SMTPTypes

/// `softbounce dsn`.
struct DSNCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "dsn",
    abstract: "Reads delivery reports (bounces, delay notices) and says what they say.",
    discussion: """
      PATH is a message, an mbox, a directory (a Maildir, or files) or - for standard input; files may be compressed \
      with gzip, zstd, xz or bzip2. Reports in the standard format (RFC 3464) and the notices in words of qmail, Exim, \
      Exchange and others are read; automatic answers, complaints and ordinary mail are told apart.

      With --format json: one object a line and recipient; a message that reports nothing gives one object of kind none. \
      Where a notice in words shows no code, status is the one that its words stand for (RFC 3463), 4.2.2 for a full \
      mailbox. A report of which a part was left unread says in exceeded which limit it goes beyond (depth, parts, line, \
      header, recipients).

      Kinds: \(ReportKind.names.joined(separator: ", ")).

      \(ExitStatus.help)
      """)

  @Argument(help: ArgumentHelp("Messages, mailboxes, directories, or -.", valueName: "path"))
  var paths: [String]

  @Option(name: .long, help: "text, or json (JSON Lines).")
  var format: OutputFormat = .text

  func validate() throws {
    if paths.isEmpty { throw ValidationError("name a message, a mailbox, a directory, or - for standard input") }
    if paths.filter({ $0 == "-" }).count > 1 {
      throw ValidationError("'-' is given twice; standard input can be read once")
    }
  }

  func run(_ console: Console) throws -> ExitStatus {
    let printer = ReportPrinter(format: format, console: console)
    let files = MessageFiles(
      console: console, append: { printer.append($0) }, finish: { printer.finish(file: $0) })
    files.read(paths)
    printer.conclude()
    if files.failed || printer.cutReports > 0 { return .unreadable }
    return printer.reports == 0 ? .nothingFound : .success
  }
}
