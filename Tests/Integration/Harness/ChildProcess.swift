import Foundation
import Glibc

/// A child by posix_spawn, with default signal handling and nothing blocked. (Foundation's Process hands on the signal
/// mask of whatever thread calls it; a dispatch thread's blocks SIGTERM.)
final class ChildProcess {
  let id: pid_t
  /// The wait status, once it has ended.
  private var status: Int32?

  /// Starts `program`, looked up in PATH and the sbin directories unless it has a slash. Standard input comes from the file `input`; standard
  /// output and error are appended to the file `output`.
  init(_ program: String, _ arguments: [String], input: String = "/dev/null", output: String) throws {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o644)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    var environment = ProcessInfo.processInfo.environment
    environment["PATH", default: "/usr/bin:/bin"] += ":/usr/sbin:/sbin"
    // env looks it up in that PATH, and becomes it.
    var words: [UnsafeMutablePointer<CChar>?] = (["/usr/bin/env", program] + arguments).map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer {
      words.forEach { free($0) }
      variables.forEach { free($0) }
    }
    var child: pid_t = 0
    let code = posix_spawn(&child, "/usr/bin/env", &actions, &attributes, &words, &variables)
    guard code == 0 else { throw Trouble("\(program): \(String(cString: strerror(code)))") }
    id = child
  }

  /// False once it has ended and was waited for.
  var isRunning: Bool {
    if status != nil { return false }
    var value: Int32 = 0
    guard waitpid(id, &value, WNOHANG) == id else { return true }
    status = value
    return false
  }

  /// Waits for the end: the exit status, or 128 plus the signal's number.
  func wait() -> Int32 {
    if status == nil {
      var value: Int32 = 0
      while waitpid(id, &value, 0) == -1, errno == EINTR {}
      status = value
    }
    let value = status ?? 0
    return value & 0x7F == 0 ? (value >> 8) & 0xFF : 128 + (value & 0x7F)
  }

  func signal(_ number: Int32) {
    if isRunning { kill(id, number) }
  }
}
