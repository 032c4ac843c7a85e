import ArgumentParser
import Bytes
import Classification
import Glibc
import Journal
import Reporting
import SMTPTypes

/// `softbounce explain`.
struct ExplainCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Says what a reply or a log line means, which rule says so, and why.",
    discussion: """
      WHAT is a text in quotes, a file of texts, one a line, or - for standard input; several words without quotes are \
      one text. A text may be a server's reply (450 4.2.1 …), a line of a mail log, a reason out of one (host … said: \
      …), the Diagnostic-Code of a delivery report, or an event (JSON); its shape tells which. The site's own rules \
      come first.

      With --format json: one object a line, in order, for every line that is not empty: text, cause, scope, origin, \
      provider, rule, evidence, retry_after, confidence (null where there is nothing to say), then retry_helps, \
      block_list, page, hint, documentation and alternatives where there is.

      Confidence is a rank by the kind of evidence, 0 to 1.

      \(ExitStatus.help)
      """)

  @Argument(help: ArgumentHelp("Texts, files, or -.", valueName: "what"))
  var what: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Who spoke, where a text does not show it: outbound (other servers to us), inbound (we to a client).",
      valueName: "direction"))
  var direction: String?

  @Option(name: .long, help: ArgumentHelp("Whose server it was, such as google.", valueName: "name"))
  var provider: String?

  @Option(
    name: .long,
    help: ArgumentHelp("The point of the session: \(Stage.names.joined(separator: ", ")).", valueName: "stage"))
  var stage: String?

  @Option(
    name: .long,
    help: ArgumentHelp("A rule file or a directory of them to try instead of the site's own.", valueName: "path"))
  var rules: String?

  @Option(name: .long, help: "text, or json (JSON Lines).")
  var format: OutputFormat = .text

  func validate() throws {
    if let direction, Direction(name: direction) == nil {
      throw ValidationError("--direction \(Printable.text(direction, limit: 40)): outbound or inbound")
    }
    if let stage, Stage(name: stage) == nil {
      throw ValidationError(
        "--stage \(Printable.text(stage, limit: 40)): one of \(Stage.names.joined(separator: ", "))")
    }
    if what.filter({ $0 == "-" }).count > 1 {
      throw ValidationError("'-' is given twice; standard input can be read once")
    }
  }

  func run(_ console: Console) throws -> ExitStatus {
    if what.isEmpty, isatty(console.input) == 1 {
      throw ValidationError("give a reply in quotes, a file, or - for standard input")
    }
    let site = SiteConfiguration(console)
    let classifier = try RuleSource(rules ?? site.rules, isAsked: rules != nil).classifier(console)
    let context = TextExplainer.Context(
      direction: direction.flatMap { Direction(name: $0) }, stage: stage.flatMap { Stage(name: $0) },
      provider: provider)
    let explainer = TextExplainer(
      classifier: classifier, providers: ProviderMap(), ownMachine: site.ownMachine, context: context,
      now: console.now)
    var printer = ExplanationPrinter(format: format, console: console)
    var failed = false
    for input in ExplainInput.inputs(what) where console.isOpen {
      switch input {
      case .text(let text):
        text.withByteView { bytes in
          if !bytes.isBlank { printer.print(bytes, explainer.explain(bytes)) }
        }
      case .lines(let path):
        let file =
          path.map { LogFile(path: $0, console: console, tell: console.diagnose) }
          ?? LogFile(descriptor: console.input, name: "-", console: console)
        guard let file else {
          failed = true
          continue
        }
        // Whoever pipes lines in one by one sees each answer at once; from a file nobody waits for them.
        let isLive = path == nil && !console.inputIsFile
        file.forEachLine { read in
          let bytes = read.bytes
          let line = bytes.at(bytes.count - 1) == 0x0D ? bytes.prefix(bytes.count - 1) : bytes
          if !line.isBlank { printer.print(line, explainer.explain(line)) }
          if isLive, !console.inputIsReady { console.flush() }
          return console.isOpen
        }
        if file.failure != 0 {
          console.diagnose(InputError.unreadable(file.name, file.failure).description)
          failed = true
        }
        for damage in file.damages {
          console.diagnose(damage.description(of: file.name))
          failed = true
        }
      }
    }
    if failed { return .unreadable }
    if printer.count == 0, what.isEmpty {
      console.diagnose("standard input has no text; give a reply in quotes, a file, or - for standard input")
    }
    return printer.count == 0 ? .nothingFound : .success
  }
}

/// What the command line names.
enum ExplainInput: Equatable {
  case text(String)
  /// A file of lines; nil is standard input.
  case lines(String?)

  /// `-` is standard input, what names a file or looks like a path is one, and what holds a blank is a text. Words that
  /// are none of these make one text together with the words around them, whatever files are called so.
  static func inputs(_ arguments: [String]) -> [ExplainInput] {
    if arguments.isEmpty { return [.lines(nil)] }
    if arguments.contains(where: isBareWord), !arguments.contains(where: { $0.contains(" ") }) {
      return [.text(arguments.joined(separator: " "))]
    }
    return arguments.map { argument in
      if argument == "-" { return .lines(nil) }
      return argument.contains(" ") && !isFile(argument) || isBareWord(argument) ? .text(argument) : .lines(argument)
    }
  }

  private static func isBareWord(_ argument: String) -> Bool {
    let isPath = argument.hasPrefix("/") || argument.hasPrefix("./") || argument.hasPrefix("../")
    return argument != "-" && !isPath && !argument.contains(" ") && !isFile(argument)
  }

  private static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
  }
}

extension ByteView {
  fileprivate var isBlank: Bool {
    for byte in buffer where byte > 0x20 { return false }
    return true
  }
}
