// From YAML to values.

import Alerting
import Bytes
import Glibc
import Journal
import Milter
import Privacy
import SMTPTypes
import Yams

extension Configuration {
  /// Bytes of a configuration file that are read.
  static let sizeLimit = 1 << 20

  /// Reads the file at `path`. A file that is not there is an empty one if `isOptional`.
  public init(path: String, isOptional: Bool = false) throws(ConfigurationError) {
    let text: String
    do throws(SystemError) {
      text = try readText(path, limit: Configuration.sizeLimit)
    } catch {
      if isOptional, error.code == ENOENT {
        self.init()
        return
      }
      let remedy =
        error.code == EFBIG
        ? "Keep it under 1 MiB" : "Make the file readable for softbounced, or name another with --config"
      throw ConfigurationError(problems: [
        ConfigurationProblem(
          file: path, line: nil, key: "", reason: SystemError(call: error.call, code: error.code).description,
          remedy: remedy)
      ])
    }
    try self.init(text: text, file: path)
  }

  /// Reads `text`; `file` is what messages call it.
  public init(text: String, file: String) throws(ConfigurationError) {
    self.init()
    let problems = ConfigurationSection.Problems(file: file)
    do {
      let root = try compose(yaml: text)
      read(ConfigurationSection(root, path: "", problems: problems))
    } catch let error as YamlError {
      let (line, reason) = describe(error)
      problems.list = [
        ConfigurationProblem(
          file: file, line: line, key: "", reason: "this is not YAML: \(reason)",
          remedy: "See the sample softbounce.yaml; indent with spaces, and quote values with special characters")
      ]
    } catch {
      problems.list = [
        ConfigurationProblem(
          file: file, line: nil, key: "", reason: "this can't be read as YAML", remedy: "See the sample softbounce.yaml"
        )
      ]
    }
    if !problems.list.isEmpty {
      let sorted = problems.list.enumerated().sorted {
        ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset)
      }
      throw ConfigurationError(problems: sorted.map(\.element))
    }
  }

  private mutating func read(_ root: ConfigurationSection) {
    if let host = root.text("host"), host != "auto" {
      if host.isEmpty || host.utf8.count > 255 || host.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) {
        root.problem("host", "this is not a host name", "Write the name that this server is known by, or auto")
      } else {
        self.host = host
      }
    }
    readLog(root.section("log"))
    readMilter(root.section("milter"))
    readJournal(root.section("journal"))
    if let directory = directory(root, "spool_directory") { spoolDirectory = directory }
    if let addresses = root.texts("own_addresses") {
      for address in addresses where !isAddress(address) {
        root.problem("own_addresses", "\"\(address)\" is not an IP address", "Write addresses such as 192.0.2.1")
      }
      ownAddresses = addresses
    }
    readQueue(root.section("queue"))
    readSilence(root.section("silence"))
    let classification = root.section("classification")
    if let directory = directory(classification, "rules_directory") { rulesDirectory = directory }
    classification.finish()
    recipients.read(root.section("recipients"))
    alerts.read(root.section("alerts"))
    root.finish()
  }

  private mutating func readLog(_ section: ConfigurationSection) {
    if let source = section.choice("source", Log.Source.allCases.map { ($0.rawValue, $0) }) { log.source = source }
    if let path = section.text("path"), path != "auto" {
      if path.hasPrefix("/") {
        log.path = path
      } else {
        section.problem("path", "the path is not absolute", "Write the whole path, such as /var/log/mail.log, or auto")
      }
    }
    if let path = section.text("journald_directory"), path != "auto" {
      if path.hasPrefix("/") {
        log.journaldDirectory = path
      } else {
        section.problem(
          "journald_directory", "the path is not absolute", "Write the whole path, such as /var/log/journal, or auto")
      }
    }
    if let matches = section.texts("journald_matches") {
      log.journaldMatches = matches
      for match in matches where !Configuration.isJournaldMatch(match) {
        section.problem(
          "journald_matches", "\"\(section.shown(match))\" is not a field and its value",
          "Write matches such as _SYSTEMD_UNIT=postfix@out.service")
      }
    }
    if log.path != nil, log.source == .journald {
      section.problem("path", "a path is of no use with journald", "Leave it out, or name journald_directory")
    }
    if log.journaldDirectory != nil, log.path != nil || log.source == .file {
      section.problem(
        "journald_directory", "it is of no use with a log file", "Leave it out, or write source: journald")
    }
    if let start = section.choice("start", [("beginning", LogFollower.Options.Start.beginning), ("end", .end)]) {
      log.start = start
    }
    if let bytes = section.size("warm_up", in: 0...(1 << 30)) { log.warmUp = bytes }
    section.finish()
  }

  private mutating func readQueue(_ section: ConfigurationSection) {
    if let isEnabled = section.flag("enabled") { queue.isEnabled = isEnabled }
    if let seconds = section.duration("interval", in: 10...86_400) { queue.interval = seconds }
    if let command = section.command("command") {
      if let program = command.first, program.hasPrefix("/") {
        queue.command = command
      } else {
        section.problem(
          "command", "it does not begin with a program's whole path", "Write [/usr/sbin/postqueue, -j]")
      }
    }
    section.finish()
  }

  private mutating func readSilence(_ section: ConfigurationSection) {
    if let seconds = section.duration("after", in: 0...(7 * 86_400)) { silence.after = seconds }
    if let lines = section.number("minimum", in: 0...1_000_000_000) { silence.minimum = lines }
    section.finish()
  }

  private mutating func readMilter(_ section: ConfigurationSection) {
    if let isEnabled = section.flag("enabled") { milter.isEnabled = isEnabled }
    if let text = section.text("listen") {
      do throws(MilterError) {
        milter.socket = try MilterSocket(text)
      } catch {
        section.problem("listen", "the socket \"\(text)\" \(error.reason)", error.remedy)
      }
    }
    if let mode = section.parsed(
      "socket_mode", "an octal mode in quotes, such as \"0660\"",
      { text in
        UInt32(text.hasPrefix("0o") ? String(text.dropFirst(2)) : text, radix: 8).flatMap { $0 <= 0o777 ? $0 : nil }
      })
    {
      milter.socketMode = mode
    }
    if let group = section.text("socket_group") { milter.socketGroup = group }
    if let pairs = section.pairs("tags") {
      if pairs.count > MilterConfiguration.tagLimit {
        section.problem("tags", "there are \(pairs.count)", "Keep at most \(MilterConfiguration.tagLimit)")
      }
      for (name, field) in pairs {
        let isName = !name.isEmpty && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "=") }
        let isField = !field.isEmpty && field.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
        if isName && isField {
          milter.tags.append(TagHeader(name: name, field: field))
        } else {
          section.problem(
            "tags", "\"\(name): \(field)\" is not a tag and a header field's name",
            "Write a word without \"=\", and the field without its colon, such as campaign: X-Campaign-Id")
        }
      }
    }
    section.finish()
  }

  private mutating func readJournal(_ section: ConfigurationSection) {
    if let directory = directory(section, "directory") { journal.directory = directory }
    if let scope = section.choice("scope", JournalOptions.Scope.allCases.map { ($0.rawValue, $0) }) {
      journal.scope = scope
    }
    if let bytes = section.size("segment_size", in: (1 << 20)...(16 << 30)) { journal.segmentSize = bytes }
    if let seconds = section.duration("segment_age", in: 60...(366 * 86_400)) { journal.segmentAge = seconds }
    if section.has("keep_for"), section.text("keep_for") == "forever" {
      journal.keepFor = nil
    } else if let seconds = section.duration("keep_for", in: JournalKeeper.Options.ages) {
      journal.keepFor = seconds
    }
    if let mode = section.choice("recipients", AddressMode.allCases.map { ($0.rawValue, $0) }) {
      journal.recipients = mode
    }
    if section.text("pseudonym_key") != "auto", let path = directory(section, "pseudonym_key") {
      journal.pseudonymKey = path
    }
    if section.has("maximum_size"), section.text("maximum_size") == "unlimited" {
      journal.maximumSize = nil
    } else if let bytes = section.size("maximum_size", in: JournalKeeper.Options.sizes) {
      journal.maximumSize = bytes
    }
    section.finish()
  }

  private func directory(_ section: ConfigurationSection, _ name: String) -> String? {
    guard var path = section.text(name) else { return nil }
    while path.utf8.count > 1, path.hasSuffix("/") { path.removeLast() }
    if path.hasPrefix("/") { return path }
    section.problem(name, "the path is not absolute", "Write the whole path, beginning with /")
    return nil
  }

  /// `FIELD=value`, the field in upper case as journald has it (systemd.journal-fields(7)).
  private static func isJournaldMatch(_ text: String) -> Bool {
    guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")), equals > text.startIndex, text.utf8.count <= 1024
    else { return false }
    return text[..<equals].utf8.allSatisfy { byte in
      byte == UInt8(ascii: "_") || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || byte.isASCIIDigit
    }
  }

  private func isAddress(_ text: String) -> Bool {
    var room = in6_addr()
    return inet_pton(AF_INET, text, &room) == 1 || inet_pton(AF_INET6, text, &room) == 1
  }

  private func describe(_ error: YamlError) -> (line: Int?, reason: String) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return (mark.line, problem)
    case .reader(let problem, _, _, _), .writer(let problem), .emitter(let problem), .representer(let problem):
      return (nil, problem)
    case .duplicatedKeysInMapping(let duplicates, let context):
      return (context.mark.line, "\(duplicates.joined(separator: ", ")) is written twice")
    case .no, .memory, .dataCouldNotBeDecoded: return (nil, "the text can't be decoded")
    }
  }
}

/// The text of the file at `path`, at most `limit` bytes of UTF-8.
func readText(_ path: String, limit: Int) throws(SystemError) -> String {
  let file = try Descriptor(reading: path)
  var bytes = [UInt8](repeating: 0, count: limit + 1)
  var length = 0
  while length < bytes.count {
    let start = length
    let received = bytes.withUnsafeMutableBytes { buffer in
      buffer.baseAddress.map { file.read(into: $0 + start, count: buffer.count - start, at: start) } ?? 0
    }
    if received < 0 { throw SystemError(call: "read", path: path, code: Int32(-received)) }
    if received == 0 { break }
    length += received
  }
  if length > limit { throw SystemError(call: "read", path: path, code: EFBIG) }
  return String(decoding: bytes.prefix(length), as: UTF8.self)
}
