import ArgumentParser
import Bytes
import Classification
import Glibc
import Privacy
import Reporting
import SMTPTypes

/// `softbounce segment`.
struct SegmentCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "segment",
    abstract: "Marks each address of a mailing list with what the journal knows, or splits the list.",
    discussion: """
      LIST is a CSV file, or - for standard input: separated by comma, semicolon, tab or |, with or without a header, \
      in UTF-8 or Latin-1. A first line sep=; as for Excel names the separator and stays where it is. The column of the \
      addresses is the one that is named like one and holds some. Everything else of a line stays as it is; one with \
      fewer fields than the first is filled up. PATH is what softbounce recipients reads: without one, this machine's journal.

      Four columns are added: softbounce_state (healthy, watch, mailbox-full, suppress, or invalid for what is no \
      address), softbounce_cause, softbounce_last_seen, and softbounce_reception, an estimate from 0 to 1 that the next \
      message is received. Those of them that the list has already, from an earlier run, are written anew. With --split each state goes to a file of its own, such as watch.csv; of a list that can't be read to \
      its end, watch.csv.part has what came before.

      With --format json each line of the list becomes an object on a line of its own: line, the number of the list's \
      line; address, the one that decides, as softbounce recipients writes it; state, cause, last_seen and reception, as above; and row, the \
      line's fields as texts, by the names of their columns (without a header by their numbers, from 1). What is not \
      known is left out. --split makes watch.jsonl of it.

      Where the journal stores recipients under pseudonyms, the key is needed that they are made with (by root or the \
      journal's owner); where it stores their domain alone, no address of a domain that it tells of can be found. If the \
      list has an address that may be one of those, nothing is marked.

      A field may have a name before the address, angle brackets, mailto: and several addresses, with commas or \
      semicolons between them. Of several the worst state counts: suppress, invalid (a part that is no address), \
      mailbox-full, watch, healthy.

      The estimate: the share of the domain's recipients that got their mail (with 20 of the average domain added), \
      weighed as four messages, together with the address' own: up to four that arrived late, and all that failed since \
      the last that arrived. An address that does not exist has 0. Addresses whose mail arrived at once are in no \
      journal: they are healthy here, with their domain's share.

      Lists of any length are read line by line; memory grows with the addresses that had trouble, some 22 bytes each, \
      and while the journal is read as that of softbounce recipients.

      \(ExitStatus.help)
      """)

  @Argument(help: ArgumentHelp("The mailing list, or -.", valueName: "list"))
  var list: String

  @Argument(help: ArgumentHelp("Journals' directories or mail logs.", valueName: "path"))
  var paths: [String] = []

  @Option(name: .long, help: ArgumentHelp("Name or number of the column with the addresses.", valueName: "column"))
  var column: String?

  @Option(name: .long, help: ArgumentHelp("What separates the columns; tab for a tab.", valueName: "character"))
  var delimiter: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Write healthy.csv, watch.csv … into this directory instead of one list.", valueName: "dir"))
  var split: String?

  @OptionGroup var policy: PolicyOptions

  @Option(name: .long, help: "csv, the list as it was with four more columns, or json for JSON Lines.")
  var format: Format = .csv

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case csv, json

    /// Of files' names.
    var suffix: String { self == .csv ? "csv" : "jsonl" }
  }

  func validate() throws {
    if let delimiter, SegmentCommand.byte(delimiter) == nil {
      throw ValidationError("--delimiter: give one character, such as ';', or tab")
    }
    if list == "-", paths.contains("-") {
      throw ValidationError("'-' is given twice; standard input can be read once")
    }
  }

  private static func byte(_ text: String) -> UInt8? {
    if text == "tab" || text == "\t" || text == "\\t" { return 0x09 }
    guard text.utf8.count == 1, let byte = text.utf8.first, byte > 0x20, byte < 0x7F, byte != 0x22 else { return nil }
    return byte
  }

  /// Tells why an address of the list can't be called healthy; nil if all can.
  private func refusal(
    _ annotator: inout ListAnnotator, _ dialect: ListDialect, _ site: SiteConfiguration, _ console: Console
  ) -> String? {
    let hidden = annotator.hidden
    guard hidden.isAny, let silence = silence(&annotator, dialect, console) else { return nil }
    switch silence {
    case .pseudonyms:
      return "\(hidden.pseudonyms) of \(hidden.addresses) addresses stand under pseudonyms, and without the key that they "
        + "were made with, those of the list can't be found; \(site.remedyForKeys(in: paths))"
    case .marks:
      return "of the recipients of \(hidden.marks + hidden.erased) of \(hidden.events) events only the domain is stored, so that no address "
        + "of a list can be found"
    }
  }

  /// Looks through the list for an address that can't be told of. A list that can be read once is taken to have one.
  private func silence(
    _ annotator: inout ListAnnotator, _ dialect: ListDialect, _ console: Console
  ) -> ListAnnotator.Silence? {
    let hidden = annotator.hidden
    var status = stat()
    guard list != "-", stat(list, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      let file = try? ListFile(list, console)
    else { return hidden.pseudonyms > 0 ? .pseudonyms : hidden.marks > 0 || hidden.addresses == 0 ? .marks : nil }
    var found: ListAnnotator.Silence?
    // What is wrong with the list is told by who marks it.
    try? file.forEachRecord(dialect) { record in
      found = annotator.reasonOfSilence(record)
      return found == nil
    }
    return found
  }

  func run(_ console: Console) throws -> ExitStatus {
    let file: ListFile
    let dialect: ListDialect
    do throws(InputError) {
      // Before the journal, which takes longer.
      file = try ListFile(list, console)
    } catch {
      console.diagnose(error.description)
      return .unreadable
    }
    do throws(ListDialect.Problem) {
      dialect = try file.dialect(delimiter: delimiter.flatMap(SegmentCommand.byte), column: column)
    } catch {
      console.diagnose(file.error(error).description)
      if case .noSuchColumn = error { return .usage }
      return .unreadable
    }
    let site = SiteConfiguration(console)
    let (inputs, unresolved) = Inputs.resolve(paths, site, console)
    if inputs.isEmpty { return .unreadable }
    var options = RecipientLedger.Options()
    options.policy = policy.policy(site.recipients)
    options.addressLimit = policy.limit
    options.spillDirectory = console.temporaryDirectory
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
    let name = dialect.columnName.map { " '\(Printable.text($0, limit: 60))'" } ?? ""
    console.diagnose("\(Printable.text(list, limit: 200)): the addresses are in column \(dialect.column + 1)\(name)")
    var annotator = ListAnnotator(
      ledger: ledger, dialect: dialect, format: format == .json ? .json : .csv, keys: site.addressKey(for: paths),
      now: console.now)
    if let words = refusal(&annotator, dialect, site, console) {
      console.diagnose(words)
      return .unreadable
    }
    // What stands before a list's first record comes back with it; JSON has none of it.
    let preamble = format == .csv ? file.preamble(dialect) : .empty
    var broken = false
    do throws(InputError) {
      let files: SegmentFiles?
      if let split {
        files = try SegmentFiles(directory: split, suffix: format.suffix, preamble: preamble)
      } else {
        files = nil
      }
      if files == nil { console.write(preamble) }
      do throws(InputError) {
        try file.forEachRecord(dialect) { record in
          annotator.annotate(record) { line, segment in
            if let files { files.write(line, to: segment) } else { console.write(line) }
          }
          return files.map { !$0.hasFailed } ?? console.isOpen
        }
        try files?.finish()
      } catch {
        // What stands before the damage is right, here as in one list.
        console.diagnose(error.description)
        broken = true
        try files?.breakOff()
        if let split {
          console.diagnose(
            "what was read before is in \(Printable.text(split, limit: 200)), in healthy.\(format.suffix).part, "
              + "watch.\(format.suffix).part …")
        }
      }
    } catch {
      console.diagnose(error.description)
      return .unreadable
    }
    let total = annotator.counts.reduce(0, +)
    let parts = ListAnnotator.Segment.allCases.map { "\(annotator.counts[$0.rawValue]) \($0.name)" }
    console.diagnose("\(total) \(total == 1 ? "line" : "lines"): \(parts.joined(separator: ", "))")
    for remark in ledger.remarks { console.diagnose(remark) }
    if reader.failed || unresolved || broken || ledger.isIncomplete { return .unreadable }
    return total == annotator.counts[ListAnnotator.Segment.invalid.rawValue] ? .nothingFound : .success
  }
}
