// Which log is followed: what the configuration says or, with `auto`, what the machine has.

import Glibc
import Journal
import SMTPTypes
import SystemJournal

/// The source of log lines.
enum LogChoice: Equatable, Sendable {
  case file(path: String)
  /// The systemd journal below a directory; nil is the machine's own.
  case journald(directory: String?)
  case none

  /// What checkpoints call it.
  var name: String {
    switch self {
    case .file(let path): path
    case .journald(let directory): directory.map { "journald:\($0)" } ?? "journald"
    case .none: ""
    }
  }

  var description: String {
    switch self {
    case .file(let path): path
    case .journald(let directory): directory.map { "the systemd journal in \($0)" } ?? "the systemd journal"
    case .none: "no log"
    }
  }

  /// Seconds without a mail line after which a log is no longer taken for the one in use.
  static let recency = 86_400.0

  /// What a choice is made from; the machine's own state but in tests.
  struct Machine {
    /// When the file at a path was last written to; nil if it is no file or can't be read.
    var lastWritten: (String) -> Timestamp? = { path in
      guard access(path, R_OK) == 0, let status = FileStatus(path: path), status.isRegular, status.size > 0 else {
        return nil
      }
      return Timestamp(microseconds: status.modified / 1000)
    }
    /// Time of the last mail entry in the systemd journal; nil if there is none or it can't be read.
    var lastEntry: (String?, [String]) -> Timestamp? = { directory, matches in
      do throws(JournaldError) {
        let reader = try JournaldReader(directory: directory, matches: matches)
        return try reader.seekLast() ? try reader.realtime() : nil
      } catch {
        return nil
      }
    }
    /// True if journald runs here.
    var hasJournald: () -> Bool = { access("/run/systemd/journal/socket", F_OK) == 0 }
    var candidates = Configuration.Log.candidates
  }

  /// - Parameter last: the last run's position in its log, if any.
  /// - Returns: the choice, and why it was made where that was not said in the configuration.
  static func choose(
    _ log: Configuration.Log, last: Checkpoint?, now: Timestamp, machine: Machine = Machine()
  ) -> (choice: LogChoice, reason: String?) {
    switch log.source {
    case .none: return (.none, nil)
    case .journald: return (.journald(directory: log.journaldDirectory), nil)
    case .file:
      if let path = log.path { return (.file(path: path), nil) }
      return file(machine) ?? (.file(path: machine.candidates.first ?? "/var/log/mail.log"), "none of the usual ones is there yet")
    case .auto:
      if let path = log.path { return (.file(path: path), nil) }
      if let directory = log.journaldDirectory { return (.journald(directory: directory), nil) }
    }
    func isRecent(_ time: Timestamp) -> Bool { now.since(time) <= recency }
    let entry = machine.lastEntry(nil, log.journaldMatches)
    let found = file(machine)
    let written = found.flatMap { machine.lastWritten($0.choice.name) }
    // What was followed is followed on while it is in use: lines that stand in both must not count twice.
    if last?.path == LogChoice.journald(directory: nil).name, let entry, isRecent(entry) {
      return (.journald(directory: nil), "as in the last run")
    }
    if let last, found?.choice.name != last.path, machine.candidates.contains(last.path),
      let written = machine.lastWritten(last.path), isRecent(written)
    {
      return (.file(path: last.path), "as in the last run")
    }
    if let found, let written, isRecent(written) { return (found.choice, "it was written to within a day") }
    if let entry, written.map({ entry > $0 }) ?? true {
      return (
        .journald(directory: nil),
        found == nil ? "it has mail entries, and there is no log file" : "its mail entries are newer than the log file"
      )
    }
    if let found { return found }
    if machine.hasJournald() { return (.journald(directory: nil), "there is no log file, and journald runs") }
    return (
      .file(path: machine.candidates.first ?? "/var/log/mail.log"), "none of the usual ones is there yet"
    )
  }

  /// The file of the usual places that was written to last.
  private static func file(_ machine: Machine) -> (choice: LogChoice, reason: String?)? {
    let present = machine.candidates.compactMap { path in machine.lastWritten(path).map { (path: path, time: $0) } }
    return present.max { $0.time < $1.time }.map { (.file(path: $0.path), "it is there") }
  }
}
