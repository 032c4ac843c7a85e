import ArgumentParser
import Bytes
import Classification
import Reporting
import SMTPTypes

/// `softbounce recipients`.
struct RecipientsCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "recipients",
    abstract: "Addresses that soft-bounced, and what to do about each.",
    discussion: """
      PATH is a journal's directory, a mail log, a file of events, or - for standard input. Without a PATH it is this \
      machine's journal. Addresses are those that the sender wrote to (before aliases), in lower case, quoted only where \
      they have to be, with international domains as xn--.

      A soft bounce is a message that was put off, however often. What speaks against an address is a message that was \
      given up or bounced for a cause that the recipient or their site has to mend, at most one a day. Causes of ours \
      (reputation, content, rate limits, our own configuration) never do, nor reports that match no message of ours, \
      nor connect and DNS failures while most other domains fail likewise: over half of at least three others, in the \
      half hour before or the half hour after; those that were dead before have no voice. The proposals:

        suppress      a permanent code said that there is no such address or
                      domain, or three such messages in a row that span more
                      than 14 days
        mailbox-full  put off or failed since its last delivery, for a full mailbox
        watch         failed since its last delivery, for whatever cause, or put
                      off for a cause that is theirs to mend
        healthy       neither, or delivered to since, or nothing for 90 days

      An alias that leads to an address which does not exist is watched; that address is proposed.

      Logs and journals may be read in any order: the times in them count. A delivery is none if a report that matches \
      it says later that the message did not arrive. The last success is the last delivery that is known: in logs every \
      one is; a journal with scope: trouble holds those of messages that had been put off and the first after a \
      failure, and counts mail that arrives at once.

      The numbers are the policy's, from the section recipients of the configuration, or the options below.

      CSV and JSON (JSON Lines) hold all addresses; in CSV a cell that a spreadsheet would take for a formula begins \
      with an apostrophe. Memory grows with the addresses that have a message on its way, some 80 bytes each, up to \
      --limit. The others wait in a temporary file that nobody else can read, in TMPDIR or /var/tmp: 60 bytes each, 16 for \
      each message that arrived or failed, and 120 for each address for CSV and JSON. Where there is no room for it, those against which nothing stands \
      are dropped beyond the limit.

      \(ExitStatus.help)
      """)

  @Argument(help: ArgumentHelp("Journals' directories, mail logs, or -.", valueName: "path"))
  var paths: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("Only this proposal; repeat it for several.", valueName: "proposal"))
  var state: [Named<RecipientPolicy.State>] = []

  @Option(name: .long, help: ArgumentHelp("Count only soft bounces of this cause.", valueName: "cause"))
  var cause: Named<Cause>?

  @Option(name: .long, help: ArgumentHelp("Only addresses with so many soft bounces.", valueName: "count"))
  var min: Int = 0

  @Option(
    name: .long, help: ArgumentHelp("Count only soft bounces of the last while: 90m, 24h, 30d.", valueName: "time"))
  var within: String?

  @Option(
    name: .long, help: ArgumentHelp("Read nothing after this: today, 2026-11-23, RFC 3339.", valueName: "time"))
  var until: String?

  @OptionGroup var policy: PolicyOptions

  @Option(name: .long, help: ArgumentHelp("Addresses that are shown as text; 0 for all.", valueName: "rows"))
  var top: Int = 50

  @Flag(name: .long, help: "Read and show times in UTC instead of this machine's zone.")
  var utc = false

  @Option(name: .long, help: "text, csv, or json for JSON Lines.")
  var format: ListFormat = .text

  func validate() throws {
    if min < 0 { throw ValidationError("--min \(min): give a number from 0 on") }
    if top < 0 { throw ValidationError("--top \(top): give a number from 0 on") }
  }

  func run(_ console: Console) throws -> ExitStatus {
    let zone: DisplayZone = utc ? .utc : console.zone
    let site = SiteConfiguration(console)
    var options = RecipientLedger.Options()
    options.policy = policy.policy(site.recipients)
    options.addressLimit = policy.limit
    options.cause = cause?.member
    options.spillDirectory = console.temporaryDirectory
    var now = console.now
    if let until {
      now = try TimeExpression.parse(until, now: console.now, zone: zone)
      options.until = now
    }
    if let within { options.since = try TimeExpression.parse(within, now: now, zone: zone) }
    let (inputs, unresolved) = Inputs.resolve(paths, site, console)
    if inputs.isEmpty { return .unreadable }
    let ownClassifier = site.ownClassifier(console)
    if let ownClassifier { options.nonexistent = ownClassifier.nonexistent }
    let ledger = RecipientLedger(options: options)
    let reader = InputReader(
      sink: ledger, since: nil, ownMachine: site.ownMachine, classifier: ownClassifier ?? Classifier.builtIn(),
      journaldMatches: site.journaldMatches, console: console)
    reader.showsAllDeliveries = true
    ProgramPages.release()
    FreedMemory.trim()
    reader.read(inputs)
    var query = RecipientList.Query()
    query.states = Set(state.map(\.member))
    query.minimum = min
    query.isNarrowed = cause != nil || within != nil
    let list = write(ledger, query, now: now, zone, console)
    if reader.failed || unresolved || list.isIncomplete { return .unreadable }
    return list.found == 0 ? .nothingFound : .success
  }

  private func write(
    _ ledger: RecipientLedger, _ query: RecipientList.Query, now: Timestamp, _ zone: DisplayZone, _ console: Console
  ) -> RecipientList {
    var query = query
    if format == .text {
      query.top = top == 0 ? nil : top
      var rows: [RecipientList.Row] = []
      let list = ledger.list(query, now: now) { rows.append($0) }
      let renderer = RecipientRenderer(width: console.width, isColoured: console.isColoured, zone: zone)
      console.write(renderer.render(list, rows))
      return list
    }
    var line = ByteBuffer(capacity: 1024)
    if format == .csv { console.write(ByteView(RecipientLine.header)) }
    let list = ledger.list(query, now: now) { row in
      line.removeAll()
      if format == .csv {
        RecipientLine.append(csv: row, to: &line)
      } else {
        RecipientLine.append(json: row, to: &line)
      }
      console.write(line.view)
    }
    for remark in list.remarks { console.diagnose(remark) }
    return list
  }
}

/// How a list looks.
enum ListFormat: String, ExpressibleByArgument, CaseIterable {
  case text, csv, json
}

/// A member of a closed set, by its name.
struct Named<Member: NamedValue>: ExpressibleByArgument {
  var member: Member

  init?(argument: String) {
    guard let member = Member(name: argument) else { return nil }
    self.member = member
  }

  static var allValueStrings: [String] { Member.names }
}
