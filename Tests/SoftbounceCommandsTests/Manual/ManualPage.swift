// Manual pages of commands, in mdoc(7), from what their --help says.

/// Writes softbounce(1), and one page for each of its commands; those of a group of commands share a page.
struct ManualPage {
  /// The date on the pages: of the last change to what they say.
  static let date = "November 25, 2026"

  private var lines: [String] = []

  /// The pages of `root`, by file name.
  static func pages(of root: CommandDump) -> [String: String] {
    var pages = ["\(root.commandName).1": overview(root)]
    for command in root.shownSubcommands {
      pages["\(root.commandName)-\(command.commandName).1"] = page(command, of: root.commandName)
    }
    return pages
  }

  private static func overview(_ root: CommandDump) -> String {
    var page = ManualPage()
    page.head(root.commandName, root.abstract)
    page.section("SYNOPSIS")
    page.lines += [".Nm", ".Ar command", ".Op Ar argument ..."]
    page.section("DESCRIPTION")
    page.text(root.discussion)
    page.section("COMMANDS")
    page.list(root.shownSubcommands) { command in
      ("Xr \(root.commandName)-\(command.commandName) 1", [command.abstract ?? ""])
    }
    page.section("FILES")
    page.lines += [
      ".Bl -tag -width Ds",
      ".It Pa /etc/softbounce/softbounce.yaml", "The configuration; see", ".Xr softbounce.yaml 5 .",
      ".It Pa /etc/softbounce/rules.d/*.yaml", "Rules of the site's own.",
      ".It Pa /var/lib/softbounce/journal", "The journal; see", ".Xr softbounce-journal 5 .",
      ".El",
    ]
    page.section("SEE ALSO")
    let commands = root.shownSubcommands.map { ".Xr \(root.commandName)-\($0.commandName) 1 ," }.sorted()
    page.lines += commands + [".Xr softbounce-journal 5 ,", ".Xr softbounce.yaml 5 ,", ".Xr softbounced 8"]
    return page.finished
  }

  private static func page(_ command: CommandDump, of root: String) -> String {
    var page = ManualPage()
    let name = "\(root) \(command.commandName)"
    page.head("\(root)-\(command.commandName)", command.abstract)
    page.section("SYNOPSIS")
    if command.shownSubcommands.isEmpty {
      page.synopsis(name, command)
    } else {
      for (index, subcommand) in command.shownSubcommands.enumerated() {
        if index > 0 { page.lines.append(".Pp") }
        page.synopsis("\(name) \(subcommand.commandName)", subcommand)
      }
    }
    page.section("DESCRIPTION")
    page.text(command.discussion ?? command.abstract)
    page.options(command)
    for subcommand in command.shownSubcommands {
      page.section("\(name) \(subcommand.commandName)".uppercased())
      page.text([subcommand.abstract, subcommand.discussion].compactMap { $0 }.joined(separator: "\n\n"))
      page.options(subcommand)
    }
    page.section("SEE ALSO")
    page.lines += [".Xr softbounce 1 ,", ".Xr softbounce-journal 5 ,", ".Xr softbounce.yaml 5 ,", ".Xr softbounced 8"]
    return page.finished
  }

  // MARK: Parts

  private mutating func head(_ name: String, _ abstract: String?) {
    var abstract = abstract ?? ""
    if abstract.hasSuffix(".") { abstract.removeLast() }
    lines = [
      #".\" From what the command's --help says; a test holds the two together."#,
      ".Dd \(Self.date)", ".Dt \(name.uppercased()) 1", ".Os softbounce",
    ]
    section("NAME")
    lines += [".Nm \(name)", ".Nd \(Self.escaped(abstract.prefix(1).lowercased() + abstract.dropFirst()))"]
  }

  private mutating func section(_ title: String) { lines.append(".Sh \(title)") }

  private var finished: String { lines.joined(separator: "\n") + "\n" }

  private mutating func synopsis(_ name: String, _ command: CommandDump) {
    lines.append(".Nm \(name)")
    for argument in shown(command) where !isCommon(argument) {
      let form = Self.form(argument) + (argument.isRepeating ? " ..." : "")
      lines.append(argument.isOptional ? ".Op \(form)" : ".\(form)")
    }
  }

  private mutating func options(_ command: CommandDump) {
    guard !shown(command).isEmpty else { return }
    list(shown(command)) { argument in
      var text = argument.abstract ?? ""
      var notes: [String] = []
      if let values = argument.allValues { notes.append("values: \(values.joined(separator: ", "))") }
      if let value = argument.defaultValue { notes.append("default: \(value)") }
      if !notes.isEmpty { text += " (\(notes.joined(separator: "; ")))" }
      return (Self.form(argument), [text])
    }
  }

  private mutating func list<Item>(_ items: [Item], _ entry: (Item) -> (term: String, text: [String])) {
    lines.append(".Bl -tag -width Ds")
    for item in items {
      let (term, text) = entry(item)
      lines.append(".It \(term)")
      lines += text.flatMap(Self.sentences).map(Self.escaped)
    }
    lines.append(".El")
  }

  private func shown(_ command: CommandDump) -> [CommandDump.Argument] {
    (command.arguments ?? []).filter(\.shouldDisplay)
  }

  private func isCommon(_ argument: CommandDump.Argument) -> Bool {
    argument.names?.contains { $0.name == "help" || $0.name == "version" } ?? false
  }

  /// `Fl -since Ar time`, `Ar path`.
  private static func form(_ argument: CommandDump.Argument) -> String {
    guard let names = argument.names, !names.isEmpty else { return "Ar \(argument.valueName ?? "argument")" }
    let flags = names.map { "Fl \($0.kind == "long" ? "-" : "")\($0.name)" }.joined(separator: " , ")
    return argument.kind == "flag" ? flags : "\(flags) Ar \(argument.valueName ?? "value")"
  }

  /// Paragraphs; lines that are set in by blanks stay as they are.
  private mutating func text(_ text: String?) {
    var isFirst = true
    for paragraph in (text ?? "").split(separator: "\n\n") {
      let rows = paragraph.split(separator: "\n", omittingEmptySubsequences: true)
      if rows.allSatisfy({ $0.hasPrefix("  ") }) {
        lines.append(".Bd -literal -offset indent")
        lines += rows.map { Self.escaped($0.dropFirst(2)) }
        lines.append(".Ed")
      } else {
        if !isFirst { lines.append(".Pp") }
        lines += rows.flatMap(Self.sentences).map(Self.escaped)
      }
      isFirst = false
    }
  }

  /// `text` with a line for each sentence, as mdoc wants it.
  private static func sentences(_ text: some StringProtocol) -> [Substring] {
    String(text).replacing(/([.?!:]\)?) (?=[A-Z\-'])/) { $0.output.1.hasPrefix(":") ? $0.output.0 : $0.output.1 + "\n" }
      .split(separator: "\n")
  }

  /// `text` as roff takes it for what it is.
  private static func escaped(_ text: some StringProtocol) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "'" where result.isEmpty, "." where result.isEmpty: result += "\\&\(scalar)"
      case "'": result += "\\(aq"
      case "^": result += "\\(ha"
      case "~": result += "\\(ti"
      case "`": result += "\\(ga"
      case _ where scalar.isASCII: result.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\[u\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)]"
      }
    }
    return result
  }
}
