// What a command reads: journals, mail logs, files of events, standard input.

import Bytes
import Glibc
import Reporting

/// One input, after a look at what it is.
enum Input: Equatable {
  case journal(String)
  /// A mail log or a file of events (JSON Lines); which one its first byte tells.
  case file(String)
  case systemJournal(SystemJournalPlace)
  case standardInput

  var name: String {
    switch self {
    case .journal(let path), .file(let path): path
    case .systemJournal(let place): place.name
    case .standardInput: "-"
    }
  }
}

/// Why an input can't be used; says what to do.
struct InputError: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }

  static func unreadable(_ path: String, _ code: Int32) -> InputError {
    let reason = String(cString: strerror(code))
    let shown = Printable.text(path, limit: 200)
    switch code {
    case ENOENT: return InputError("\(shown): \(reason); correct the path")
    case EACCES, EPERM:
      return InputError("\(shown): \(reason); run as root or as a user of the group that owns it (adm, softbounce)")
    default: return InputError("\(shown): \(reason)")
    }
  }
}

enum Inputs {
  /// What `paths` name; without any the journal of this machine, else its mail log. Those that can't be used are
  /// told and passed over.
  static func resolve(
    _ paths: [String], _ site: SiteConfiguration, _ console: Console
  ) -> (inputs: [Input], failed: Bool) {
    if paths.isEmpty { return resolveDefault(site.journal, console) }
    var inputs: [Input] = []
    var failed = false
    for path in paths {
      if path == "-" {
        if inputs.contains(.standardInput) {
          console.diagnose("'-' is given twice; standard input can be read once")
          failed = true
        } else {
          inputs.append(.standardInput)
        }
        continue
      }
      var status = stat()
      guard stat(path, &status) == 0 else {
        console.diagnose(InputError.unreadable(path, errno).description)
        failed = true
        continue
      }
      if status.st_mode & S_IFMT == S_IFDIR {
        if SystemJournalPlace.isDirectory(path) {
          inputs.append(.systemJournal(.directory(path)))
        } else if let other = journal(inputs, at: status) {
          console.diagnose(
            "\(Printable.text(path, limit: 200)) is \(Printable.text(other, limit: 200)): one journal, read once")
        } else {
          inputs.append(.journal(path))
        }
      } else if path.hasSuffix(".journal"), SystemJournalPlace.isFile(path) {
        add(journalFile: path, to: &inputs)
      } else {
        inputs.append(.file(path))
      }
    }
    return (inputs, failed)
  }

  /// The journal among `inputs` that is the directory of `status`.
  private static func journal(_ inputs: [Input], at status: stat) -> String? {
    for case .journal(let path) in inputs {
      var other = stat()
      if stat(path, &other) == 0, other.st_dev == status.st_dev, other.st_ino == status.st_ino { return path }
    }
    return nil
  }

  /// Files of a systemd journal are read as one.
  private static func add(journalFile path: String, to inputs: inout [Input]) {
    for (index, input) in inputs.enumerated() {
      guard case .systemJournal(.files(let paths)) = input else { continue }
      inputs[index] = .systemJournal(.files(paths + [path]))
      return
    }
    inputs.append(.systemJournal(.files([path])))
  }

  private static func resolveDefault(_ journal: String, _ console: Console) -> (inputs: [Input], failed: Bool) {
    var status = stat()
    if stat(journal, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return ([.journal(journal)], false) }
    let missing = errno == ENOENT || errno == ENOTDIR
    if !missing {
      console.diagnose(InputError.unreadable(journal, errno).description)
      return ([], true)
    }
    for log in console.paths.logs where access(log, R_OK) == 0 {
      console.diagnose("no journal in \(journal) (softbounced writes one); reading \(log) instead")
      return ([.file(log)], false)
    }
    var text = "no journal in \(journal)"
    if !console.paths.logs.isEmpty { text += ", and no log in \(console.paths.logs.joined(separator: " or "))" }
    if let directory = console.paths.systemJournals.first(where: { access($0, R_OK | X_OK) == 0 }) {
      let isOwn = console.paths.systemJournals == DefaultPaths().systemJournals
      console.diagnose(text + "; reading the systemd journal instead")
      return ([.systemJournal(isOwn ? .machine : .directory(directory))], false)
    }
    if console.paths.systemJournals.contains(where: { access($0, F_OK) == 0 }) {
      text += "; the systemd journal is there, and may be read by root and the group systemd-journal"
    } else {
      text += "; name a journal's directory or a mail log"
    }
    console.diagnose(text)
    return ([], true)
  }
}
