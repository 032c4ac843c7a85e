import ArgumentParser
import Classification
import Reporting
import SMTPTypes

/// `softbounce message`.
struct MessageCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "message",
    abstract: "One message's story: every try to every recipient, and how it ended.",
    discussion: """
      ID is a queue id, or a Message-ID with or without angle brackets. PATH is a journal's directory, a mail log, a \
      file of events, or - for standard input. Without a PATH it is this machine's journal.

      The second pass through a content filter and a requeue belong to the same story. Several messages with that id \
      are told one after another, by arrival. A message that arrived at once leaves nothing to tell, unless \
      journal.scope is all.

      \(ExitStatus.help)
      """)

  @Argument(help: ArgumentHelp("A queue id or a Message-ID.", valueName: "id"))
  var id: String

  @Argument(help: ArgumentHelp("Journals' directories, mail logs, or -.", valueName: "path"))
  var paths: [String] = []

  @Flag(name: .long, help: "Show times in UTC instead of this machine's zone.")
  var utc = false

  @Option(name: .long, help: "text, or json with stable keys.")
  var format: OutputFormat = .text

  func validate() throws {
    if MessageSearch(id, readsOnce: true).text.isEmpty { throw ValidationError("the id is empty") }
  }

  func run(_ console: Console) throws -> ExitStatus {
    let site = SiteConfiguration(console)
    let (inputs, unresolved) = Inputs.resolve(paths, site, console)
    if inputs.isEmpty { return .unreadable }
    let classifier = Deferred { site.classifier(console) }
    let readsOnce = inputs.contains(.standardInput)
    let search = MessageSearch(id, readsOnce: readsOnce)
    var failed = read(inputs, search, site, classifier, console, isQuiet: false)
    if !search.isComplete {
      search.collect()
      // What is wrong with the inputs has been told.
      failed = read(inputs, search, site, classifier, console, isQuiet: true) || failed
    }
    let stories = search.stories()
    if search.omitted > 0 {
      console.diagnose("\(search.omitted) further events of messages with that id are not shown")
    }
    if stories.isEmpty {
      console.diagnose(
        "nothing is known of \(Printable.text(search.text, limit: 200)); messages that were never put off leave no event"
      )
    } else {
      switch format {
      case .text:
        let renderer = StoryRenderer(
          width: console.width, isColoured: console.isColoured, zone: utc ? .utc : console.zone)
        console.write(renderer.render(stories))
      case .json: console.write(StoryJSON().render(stories))
      }
    }
    if failed || unresolved { return .unreadable }
    return stories.isEmpty ? .nothingFound : .success
  }

  /// True if something could not be read.
  private func read(
    _ inputs: [Input], _ search: MessageSearch, _ site: SiteConfiguration, _ classifier: Deferred<Classifier>,
    _ console: Console, isQuiet: Bool
  ) -> Bool {
    let reader = InputReader(
      sink: search, since: nil, ownMachine: site.ownMachine, classifier: classifier.value,
      journaldMatches: site.journaldMatches, console: console)
    reader.isQuiet = isQuiet
    reader.read(inputs) { search.endSource() }
    return reader.failed
  }
}
