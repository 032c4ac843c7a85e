import Glibc

/// What `command` (gzip and its like; no shell) makes of `input`; empty if it can't be run.
func packed(_ command: [String], _ input: [UInt8]) -> [UInt8] {
  let scratch = Scratch()
  let source = scratch.file("input", input)
  let target = scratch.path + "/output"
  guard run(command, input: source, output: target) == 0, let file = fopen(target, "r") else { return [] }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = fread(&block, 1, block.count, file)
    if count == 0 { return bytes }
    bytes += block[..<count]
  }
}

/// Runs a program and waits for it; its exit status, or -1.
func run(_ command: [String], input: String = "/dev/null", output: String = "/dev/null") -> Int32 {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
  posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
  var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) }
  arguments.append(nil)
  defer { for argument in arguments { free(argument) } }
  var child = pid_t()
  guard posix_spawnp(&child, command[0], &actions, nil, arguments, environ) == 0 else { return -1 }
  var status: Int32 = 0
  while waitpid(child, &status, 0) < 0, errno == EINTR {}
  return status
}

/// Makes files of the systemd journal of log lines, with systemd-journal-remote(8).
enum SystemJournalFile {
  /// nil where Debian's package systemd-journal-remote is not installed.
  static let tool: String? = {
    let places = ["/lib/systemd/systemd-journal-remote", "/usr/lib/systemd/systemd-journal-remote"]
    return places.first { (path: String) in access(path, X_OK) == 0 }
  }()

  /// Writes `entries`, (microseconds since 1970, identifier, message), to the journal file `path`.
  static func write(_ entries: [(Int, String, String)], to path: String, in scratch: Scratch) -> Bool {
    var text = ""
    for (time, identifier, message) in entries {
      text += "__REALTIME_TIMESTAMP=\(time)\n__MONOTONIC_TIMESTAMP=\(time % 1_000_000_000)\n"
      text += "_BOOT_ID=5d1f6c3c9c9d4b0b8a1c2d3e4f506172\nSYSLOG_FACILITY=2\nSYSLOG_PID=4711\n_HOSTNAME=mx1\n"
      text += "SYSLOG_IDENTIFIER=\(identifier)\nMESSAGE=\(message)\n\n"
    }
    guard let tool else { return false }
    return run([tool, "--output=" + path, scratch.file("export", text)]) == 0
  }
}
