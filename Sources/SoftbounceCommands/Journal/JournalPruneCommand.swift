import ArgumentParser
import Journal
import Reporting

/// `softbounce journal prune`.
struct JournalPruneCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune",
    abstract: "Drops the oldest segments, by age or size; shows first what it would drop.",
    discussion: """
      Without --delete nothing is changed. Without --keep-for and --maximum-size the configuration's keep_for and \
      maximum_size hold, by which softbounced drops segments itself. Whole segments go, the oldest first, never the \
      one that is written to. With --delete, run it as root or as the journal's owner; a running softbounced is no \
      matter.

      Exit status: 0 dropped, or would drop; 1 nothing is old or large enough; 2 wrong usage; 3 something could not \
      be dropped.
      """)

  @OptionGroup var journal: JournalDirectory

  @Option(
    name: .long,
    help: ArgumentHelp("Drop what was written longer ago: 90d, 12w, 36h; forever.", valueName: "time"))
  var keepFor: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Drop the oldest while all are larger: 5GiB, 500MB; unlimited.", valueName: "size"))
  var maximumSize: String?

  @Flag(name: .long, help: "Drop them.")
  var delete = false

  @Flag(name: .long, help: "Show times in UTC instead of this machine's zone.")
  var utc = false

  @Option(name: .long, help: "text, or json with stable keys.")
  var format: OutputFormat = .text

  /// What the sidecar's defaults are: 400 days, 10 GiB.
  private static let defaults = (keepFor: "400d", maximumSize: "10GiB")

  func validate() throws {
    if let keepFor, keepFor != "forever", (Quantity.duration(keepFor) ?? 0) <= 0 {
      throw ValidationError("--keep-for \(Printable.text(keepFor, limit: 40)): write 90d, 12w, 36h or forever")
    }
    if let maximumSize, maximumSize != "unlimited", Quantity.size(maximumSize) == nil {
      throw ValidationError("--maximum-size \(Printable.text(maximumSize, limit: 40)): write 5GiB, 500MB or unlimited")
    }
  }

  func run(_ console: Console) throws -> ExitStatus {
    let site = SiteConfiguration(console)
    let directory = journal.path(site)
    if delete, !JournalOwner.become(ownerOf: directory, console) { return .unreadable }
    let keeper = JournalKeeper(directory: directory, options: options(site))
    do throws(JournalError) {
      let due = try keeper.due()
      let survey = try JournalSurvey(directory: directory, files: Set(due.map(\.file)))
      let report = delete && !due.isEmpty ? try keeper.run() : nil
      if report?.wasBusy == true {
        console.diagnose("segments are being sealed or rewritten; try again in a while")
        return .unreadable
      }
      let pruning = Pruning(segments: survey.segments, isDone: delete)
      console.write(format == .text ? pruning.text(utc ? .utc : console.zone) : pruning.json())
      let failures = report?.failures ?? []
      for failure in failures { console.diagnose(Printable.text(failure, limit: 400)) }
      if !failures.isEmpty { return .unreadable }
      return due.isEmpty ? .nothingFound : .success
    } catch {
      console.diagnose(error, journal: directory)
      return .unreadable
    }
  }

  private func options(_ site: SiteConfiguration) -> JournalKeeper.Options {
    var options = JournalKeeper.Options()
    options.seals = false
    // One that is given alone is the only one.
    let isGiven = keepFor != nil || maximumSize != nil
    let age = keepFor ?? (isGiven ? "forever" : site.keepFor ?? Self.defaults.keepFor)
    let size = maximumSize ?? (isGiven ? "unlimited" : site.maximumSize ?? Self.defaults.maximumSize)
    options.maximumAge = Quantity.duration(age).map { Int64($0) }
    options.maximumBytes = Quantity.size(size)
    return options
  }
}
