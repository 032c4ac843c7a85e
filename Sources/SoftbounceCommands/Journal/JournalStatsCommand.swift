import ArgumentParser
import Journal
import Reporting

/// `softbounce journal stats`.
struct JournalStatsCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "What is there: segments, spans, events by type, sizes, gaps, how far the sources were read.",
    discussion: """
      Sealed segments are counted by their summaries, without unpacking them.

      \(ExitStatus.help)
      """)

  @OptionGroup var journal: JournalDirectory

  @Flag(name: .long, help: "Show and read times in UTC instead of this machine's zone.")
  var utc = false

  @Flag(name: .long, help: "List every segment, not only the last few.")
  var all = false

  @Option(name: .long, help: "text, or json with stable keys.")
  var format: OutputFormat = .text

  func run(_ console: Console) throws -> ExitStatus {
    let site = SiteConfiguration(console)
    let directory = journal.path(site)
    let survey: JournalSurvey
    do throws(JournalError) {
      survey = try JournalSurvey(directory: directory)
    } catch {
      console.diagnose(error, journal: directory)
      return .unreadable
    }
    switch format {
    case .text:
      let renderer = SurveyText(
        width: console.width, isColoured: console.isColoured, zone: utc ? .utc : console.zone,
        segmentLimit: all ? .max : 10)
      console.write(renderer.render(survey))
      if directory == site.journal, let words = site.hiddenRecipients { console.write("\n" + words + "\n") }
    case .json: console.write(SurveyJSON().render(survey))
    }
    for damage in survey.report.damage.prefix(10) {
      console.diagnose(Printable.text(damage.description, limit: 400))
    }
    if survey.report.damages > 0 {
      console.diagnose("softbounce journal verify says all that is damaged")
      return .unreadable
    }
    return survey.segments.isEmpty ? .nothingFound : .success
  }
}
