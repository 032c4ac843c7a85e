import ArgumentParser
import Bytes
import Glibc
import Journal
import Privacy
import Reporting
import SMTPTypes

/// `softbounce journal forget`.
struct JournalForgetCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Erases an address from the journal, as its owner may ask.",
    discussion: """
      Wherever the address stands (recipient, original recipient, sender, user, replies, notes, tags, counts by user, \
      the senders of mailing lists that spell it, its pseudonyms), a random name takes its place, the same everywhere \
      (but one for each message where recipients are stored by domain only), from which nothing leads back. Its domain, and everything that is counted, stay. The journal notes that an \
      address was erased, not which.

      The address is written as the log has it or as mail programs do, quoted or not ("john doe"@example.org), in any \
      case, and its domain with the letters of its language or as xn--: all spellings of one address are erased together.

      Beside a running softbounced this works too; run it as root or as the journal's owner. Interrupted, it is run \
      again with the same address. Copies elsewhere are not touched: backups, and the mail log itself. While mail to \
      the address is in the queue, new events name it again, and the message stays open in reports, because nothing ties \
      the address to its random name: forget it once more when the queue no longer has it.

      Exit status: 0 erased; 1 nothing names the address; 2 wrong usage; 3 something could not be searched or \
      written: run it again.
      """)

  @Argument(help: ArgumentHelp("The address, with its domain; several are erased in one go.", valueName: "address"))
  var addresses: [String]

  @Option(name: .long, help: ArgumentHelp("The journal's directory, if not this machine's.", valueName: "dir"))
  var journal: String?

  @Flag(name: .long, help: "Only count what names the address.")
  var dryRun = false

  @Option(name: .long, help: "text, or json with stable keys.")
  var format: OutputFormat = .text

  func validate() throws {
    if addresses.isEmpty { throw ValidationError("name the address to forget") }
    for address in addresses where !JournalForgetCommand.isAddress(address) {
      var status = stat()
      if stat(address, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
        let shown = Printable.text(address, limit: 200)
        throw ValidationError("\(shown): a directory, not an address; the journal is named with --journal \(shown)")
      }
      throw ValidationError(
        "\(Printable.text(address, limit: 60)): no address; write name@example.org, without angle brackets")
    }
  }

  /// Whatever a log may have taken for one is one; but nobody's address ends in a bracket that is not the domain's.
  private static func isAddress(_ text: String) -> Bool {
    text.withByteView { text in
      guard let at = text.lastIndex(of: 0x40), at > 0, text.count <= limit else { return false }
      let domain = text.from(at + 1)
      return !domain.isEmpty && domain != "." && domain.at(domain.count - 1) != 0x3E
    }
  }

  /// Bytes of an address: no longer text is stored.
  private static let limit = 8192

  func run(_ console: Console) throws -> ExitStatus {
    let site = SiteConfiguration(console)
    let directory = journal ?? site.journal
    let isOwn = directory == site.journal
    guard JournalOwner.become(ownerOf: directory, console) else { return .unreadable }
    let keyPath = isOwn ? site.pseudonymKey : SiteConfiguration.beside(directory, "pseudonym.key")
    let forgetting = Forgetting(
      directory: directory, spool: isOwn ? site.spool : SiteConfiguration.beside(directory, "spool"),
      console: console)
    do throws(ForgettingError) {
      let key = try key(keyPath)
      let report = try forgetting.run(addresses, key: key, isRehearsal: dryRun)
      console.write(format == .text ? text(report) : json(report))
      for failure in report.failures { console.diagnose(Printable.text(failure, limit: 400)) }
      if !report.failures.isEmpty { return .unreadable }
      if key == nil, try holdsPseudonyms(directory) {
        console.diagnose(
          "\(Printable.text(keyPath, limit: 300)): there is no key, and the journal has pseudonyms in that domain: "
            + "whether one is of this address can't be told. Put the key there that they were made with, and run this "
            + "again")
        return .unreadable
      }
      return report.lines + (dryRun ? 0 : report.linesSince) == 0 ? .nothingFound : .success
    } catch {
      console.diagnose(Printable.text(error.description, limit: 400))
      return .unreadable
    }
  }

  /// The key, if there is one: without it pseudonyms of the address would stay.
  private func key(_ path: String) throws(ForgettingError) -> PseudonymKey? {
    do throws(PseudonymKey.Problem) {
      return try PseudonymKey(path: path)
    } catch {
      if error.isMissing { return nil }
      throw ForgettingError(
        "\(error): without the key that pseudonyms were made with, those of the address can't be found"
          + (error.isForbidden ? "; run this as root or as the journal's owner" : ""))
    }
  }

  /// True if a recipient in the domain of one of the addresses stands under a name that a key made.
  private func holdsPseudonyms(_ directory: String) throws(ForgettingError) -> Bool {
    struct Found: Error {}
    let domains = addresses.map { address in
      DomainName.canonical(String(address.split(separator: "@", omittingEmptySubsequences: false).last ?? ""))
    }
    do {
      _ = try JournalReader(directory: directory).scan(depth: .recipient) { line, _ in
        switch line {
        case .event(let event):
          for address in [event.recipient, event.originalRecipient] {
            guard let address, let at = address.lastIndex(of: 0x40), Pseudonyms.looksLikePseudonym(address.prefix(at)),
              domains.contains(DomainName.canonical(String(address.from(at + 1))))
            else { continue }
            throw Found()
          }
        default: return
        }
      }
      return false
    } catch is Found {
      return true
    } catch {
      throw ForgettingError("\(error)")
    }
  }

  private func text(_ report: JournalEraser.Report) -> String {
    let place = "\(report.lines) \(report.lines == 1 ? "line" : "lines") in \(report.segments) of "
      + "\(report.searched) segments"
    if dryRun { return report.lines == 0 ? "Nothing names it.\n" : "It is named by \(place). Nothing was changed.\n" }
    var text = report.lines == 0 ? "Nothing named it.\n" : "Erased from \(place).\n"
    if report.linesSince > 0 {
      text += "\(report.linesSince) lines written since name it again: mail to or from it is still on its way.\n"
    }
    if !report.failures.isEmpty { text += "Not finished: run it again with the same address.\n" }
    return text
  }

  private func json(_ report: JournalEraser.Report) -> String {
    "{\"lines\":\(report.lines),\"segments\":\(report.segments),\"searched\":\(report.searched),"
      + "\"lines_since\":\(report.linesSince),\"failures\":\(report.failures.count),\"dry_run\":\(dryRun)}\n"
  }
}
