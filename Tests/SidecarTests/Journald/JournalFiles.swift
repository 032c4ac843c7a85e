import Glibc
import SMTPTypes

@testable import Sidecar

/// A directory of systemd journal files made by systemd-journal-remote(8) from journal export format.
final class JournalFiles {
  /// nil where Debian's package systemd-journal-remote is not installed.
  static let tool: String? = {
    let places = ["/lib/systemd/systemd-journal-remote", "/usr/lib/systemd/systemd-journal-remote"]
    return places.first { (path: String) in access(path, X_OK) == 0 }
  }()

  struct Entry {
    /// Microseconds after `JournalFiles.start`.
    var after: Int
    var message: String
    var identifier = "postfix/smtp"
    var fields = ["SYSLOG_FACILITY=2", "SYSLOG_PID=4711", "_HOSTNAME=mx1", "_SYSTEMD_UNIT=postfix@-.service"]

    init(_ after: Int, _ message: String, identifier: String = "postfix/smtp", fields: [String]? = nil) {
      self.after = after
      self.message = message
      self.identifier = identifier
      if let fields { self.fields = fields }
    }
  }

  /// 2026-11-01T00:00:00Z, microseconds.
  static let start = 1_793_491_200_000_000

  let directory: Directory
  /// Where the journal's files are.
  var path: String { directory.file("journal") }
  private var batch = 0

  init() throws {
    directory = try Directory()
    mkdir(path, 0o755)
  }

  /// Appends entries to the file `name`.
  func add(_ entries: [Entry], to name: String = "system") throws {
    var text = ""
    for entry in entries {
      let time = JournalFiles.start + entry.after
      text += "__REALTIME_TIMESTAMP=\(time)\n__MONOTONIC_TIMESTAMP=\(1_000_000 + entry.after)\n"
      text += "_BOOT_ID=5d1f6c3c9c9d4b0b8a1c2d3e4f506172\nSYSLOG_IDENTIFIER=\(entry.identifier)\n"
      for field in entry.fields { text += field + "\n" }
      if entry.message.contains("\n") {
        // The form for values with newlines: a length of 64 bits, little endian, before the value.
        text += "MESSAGE\n" + String(UnicodeScalar(UInt8(entry.message.utf8.count & 0x7F)))
        text += String(repeating: "\0", count: 7) + entry.message + "\n\n"
      } else {
        text += "MESSAGE=\(entry.message)\n\n"
      }
    }
    batch += 1
    let export = directory.file("export-\(batch)")
    Writer(export).write(text)
    guard let tool = JournalFiles.tool else { throw SystemError(call: "systemd-journal-remote", code: ENOENT) }
    let status = JournalFiles.run([tool, "--output=\(path)/\(name).journal", export])
    guard status == 0 else { throw SystemError(call: "systemd-journal-remote", path: export, code: EIO) }
  }

  static func run(_ command: [String]) -> Int32 {
    var child = pid_t()
    var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    guard posix_spawn(&child, command[0], &actions, nil, arguments, environ) == 0 else { return -1 }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return status
  }
}
