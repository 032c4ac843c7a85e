// What a command reads: journals, mail logs, files of events, standard input.

import Bytes
import Glibc
import Reporting

/// One input, after a look at what it is.
enum Input: Equatable {
  case journal(String)
  /// A mail log or a file of events (JSON Lines); which one its first byte tells.
  case file(String)
  case standardInput

  var name: String {
    switch self {
    case .journal(let path), .file(let path): path
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
      let isDirectory = status.st_mode & S_IFMT == S_IFDIR
      inputs.append(isDirectory ? .journal(path) : .file(path))
    }
    return (inputs, failed)
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
    text += "; name a journal's directory or a mail log, or pipe one in: journalctl -u 'postfix*' -o short-iso | "
    text += "softbounce report -"
    console.diagnose(text)
    return ([], true)
  }
}
