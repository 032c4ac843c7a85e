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
    if let keepFor, JournalPruneCommand.age(keepFor) == nil {
      throw ValidationError("--keep-for \(Printable.text(keepFor, limit: 40)): \(JournalPruneCommand.ageRemedy)")
    }
    if let maximumSize, JournalPruneCommand.size(maximumSize) == nil {
      throw ValidationError("--maximum-size \(Printable.text(maximumSize, limit: 40)): \(JournalPruneCommand.sizeRemedy)")
    }
  }

  private static let ageRemedy = "write a time from 1d on with its unit, such as 90d, 12w or 36h, or forever"
  private static let sizeRemedy = "write a size from 16MiB on with its unit, such as 5GiB or 500MB, or unlimited"

  /// A limit, or none.
  private enum Limit: Equatable {
    case none
    case at(Int)

    var value: Int? { if case .at(let value) = self { value } else { nil } }
  }

  /// nil for what says no age.
  private static func age(_ text: String) -> Limit? {
    if text == "forever" { return Limit.none }
    return Quantity.duration(text).flatMap { JournalKeeper.Options.ages.contains($0) ? .at($0) : nil }
  }

  private static func size(_ text: String) -> Limit? {
    if text == "unlimited" { return Limit.none }
    return Quantity.size(text).flatMap { JournalKeeper.Options.sizes.contains($0) ? .at($0) : nil }
  }

  func run(_ console: Console) throws -> ExitStatus {
    let site = SiteConfiguration(console)
    let directory = journal.path(site)
    guard let options = options(site, console) else { return .unreadable }
    if delete, !JournalOwner.become(ownerOf: directory, console) { return .unreadable }
    let keeper = JournalKeeper(directory: directory, options: options)
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

  /// nil if the configuration says what softbounced refuses; that was told.
  private func options(_ site: SiteConfiguration, _ console: Console) -> JournalKeeper.Options? {
    var options = JournalKeeper.Options()
    options.seals = false
    // One that is given alone is the only one.
    let isGiven = keepFor != nil || maximumSize != nil
    if site.isUnread, !isGiven {
      console.diagnose("what is to be kept is not known; mend the configuration, or say it with --keep-for or --maximum-size")
      return nil
    }
    let age = keepFor ?? (isGiven ? "forever" : site.keepFor ?? Self.defaults.keepFor)
    let size = maximumSize ?? (isGiven ? "unlimited" : site.maximumSize ?? Self.defaults.maximumSize)
    guard let age = Self.age(age) else {
      refuse("keep_for", age, Self.ageRemedy, console)
      return nil
    }
    guard let size = Self.size(size) else {
      refuse("maximum_size", size, Self.sizeRemedy, console)
      return nil
    }
    options.maximumAge = age.value.map { Int64($0) }
    options.maximumBytes = size.value
    return options
  }

  private func refuse(_ key: String, _ value: String, _ remedy: String, _ console: Console) {
    console.diagnose(
      "\(console.paths.configuration): journal.\(key): \(Printable.text(value, limit: 40)): \(remedy); or say here what "
        + "holds, with --keep-for or --maximum-size")
  }
}
