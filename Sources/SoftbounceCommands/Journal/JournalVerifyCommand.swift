import ArgumentParser
import Glibc
import Journal
import Reporting

/// `softbounce journal verify`.
struct JournalVerifyCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Reads the whole journal and names what is not as it was written.",
    discussion: """
      Each damage with file, line and offset: segments that are cut off, changed, missing or under another's name, \
      summaries that differ from their lines, lines that are no events. What lies behind a damage is still read. A \
      segment missing at either end can't be told from one that was dropped for its age, and a line that was changed \
      into another valid one only in a sealed segment.

      Exit status: 0 sound; 1 there is no journal in the directory; 2 wrong usage; 3 damaged, or it could not be read.
      """)

  @OptionGroup var journal: JournalDirectory

  @Option(name: .long, help: "text, or json: an object a damage, then one with the sums (JSON Lines).")
  var format: OutputFormat = .text

  func run(_ console: Console) throws -> ExitStatus {
    let directory = journal.path(SiteConfiguration(console))
    let meter = ProgressMeter(console)
    let report: ScanReport
    do throws(JournalError) {
      report = try JournalVerifier(directory: directory).verify(threads: processors) { meter.showSegments($0, $1) }
    } catch {
      console.diagnose(error, journal: directory)
      return .unreadable
    }
    meter.clear()
    if report.segments == 0 {
      console.diagnose(
        "\(Printable.text(directory, limit: 200)): no journal in this directory; name the journal's own directory")
      return .nothingFound
    }
    console.write(format == .text ? VerificationText().render(report) : VerificationJSON().render(report))
    return report.damages == 0 ? .success : .unreadable
  }

  /// At least one.
  private var processors: Int { Processors.usable(atMost: 64) }
}
