// Children that are told or asked something and must end in time.
//
// posix_spawn(3) without a shell, in a process group of its own, with default signals; standard input is a pipe that
// was filled before, so nobody waits for a child that does not read. (swift-subprocess 1.0.2 was tried and traps when
// a child closes its input early.)

package import Bytes
import CLinux
import Dispatch
import Glibc

package enum ChildProcess {
  /// Bytes of input; what a pipe takes at once (pipe(7)).
  static let inputLimit = 65_536
  /// Bytes of a child's standard error that are kept for an error's text.
  static let outputLimit = 4096

  /// Runs `command`, which gets `input`, and waits at most `timeout` seconds; then its process group is asked to end,
  /// and killed two seconds later. Throws unless it ended with 0.
  static func run(
    _ command: [String], input: String, environment: [String: String] = [:], timeout: Int, label: String
  ) async throws(NotifierError) {
    let problem = await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(returning: wait(command, Array(input.utf8.prefix(inputLimit)), environment, timeout))
      }
    }
    if let problem { throw NotifierError(label: label, reason: problem) }
  }

  /// Runs `command` without input and hands over what it writes to standard output as it comes, borrowed for the
  /// call. Waits at most `timeout` seconds, or until `isStopping`. Blocks. What went wrong; nil if it ended with 0.
  package static func output(
    of command: [String], timeout: Int, isStopping: () -> Bool = { false }, to receive: (ByteView) -> Void
  ) -> String? {
    guard let stdin = Pipe(), let stdout = Pipe(), let stderr = Pipe() else { return "no pipe: \(words(errno))" }
    defer {
      stdin.close()
      stdout.close()
      stderr.close()
    }
    stdin.closeWriteEnd()
    var child = pid_t()
    let failure = spawn(
      command, [:], stdin: stdin.readEnd, stdout: stdout.writeEnd, stderr: stderr.writeEnd, &child)
    guard failure == 0 else { return "could not be run: \(words(failure)); is it there and executable?" }
    stdout.closeWriteEnd()
    stderr.closeWriteEnd()
    stdout.makeReadEndNonBlocking()
    stderr.makeReadEndNonBlocking()
    return follow(child, stderr.readEnd, timeout, stdout: stdout.readEnd, isStopping: isStopping, receive)
  }

  /// What went wrong; nil if nothing did.
  private static func wait(
    _ command: [String], _ input: [UInt8], _ environment: [String: String], _ timeout: Int
  ) -> String? {
    guard let stdin = Pipe(), let stderr = Pipe() else { return "no pipe: \(words(errno))" }
    defer {
      stdin.close()
      stderr.close()
    }
    let written = input.withUnsafeBytes { write(stdin.writeEnd, $0.baseAddress, $0.count) }
    guard written == input.count else { return "the alert does not fit into a pipe" }
    stdin.closeWriteEnd()
    var child = pid_t()
    let failure = spawn(command, environment, stdin: stdin.readEnd, stdout: nil, stderr: stderr.writeEnd, &child)
    guard failure == 0 else { return "could not be run: \(words(failure)); is it there and executable?" }
    stderr.closeWriteEnd()
    stderr.makeReadEndNonBlocking()
    return follow(child, stderr.readEnd, timeout)
  }

  // MARK: Following a child

  private static func follow(
    _ child: pid_t, _ stderr: Int32, _ timeout: Int, stdout: Int32 = -1, isStopping: () -> Bool = { false },
    _ receive: (ByteView) -> Void = { _ in }
  ) -> String? {
    var said = ByteBuffer()
    var status: Int32 = 0
    let start = ContinuousClock.now
    var asked: ContinuousClock.Instant?
    var killed = false
    while true {
      // A descriptor of -1 is passed over.
      var ready = [
        pollfd(fd: stderr, events: Int16(POLLIN), revents: 0), pollfd(fd: stdout, events: Int16(POLLIN), revents: 0),
      ]
      _ = poll(&ready, 2, 20)
      drain(stderr, &said)
      drain(stdout, receive)
      let ended = waitpid(child, &status, WNOHANG)
      if ended == child { break }
      if ended < 0 && errno != EINTR { return "was lost: \(words(errno))" }
      let now = ContinuousClock.now
      if asked == nil, now - start >= .seconds(timeout) || isStopping() {
        kill(-child, SIGTERM)
        asked = now
      }
      if !killed, let asked, now - asked >= .seconds(2) {
        kill(-child, SIGKILL)
        killed = true
      }
    }
    drain(stderr, &said)
    drain(stdout, receive)
    if asked != nil { return "did not end within \(timeout) seconds" }
    let text = said.isEmpty ? "" : ": " + Alert.printable(String(said.view))
    let signal = status & 0x7F
    if signal != 0 { return "was ended by signal \(signal)\(text)" }
    let code = (status >> 8) & 0xFF
    return code == 0 ? nil : "ended with \(code)\(text)"
  }

  /// Reads what is there; keeps the first `outputLimit` bytes.
  private static func drain(_ descriptor: Int32, _ said: inout ByteBuffer) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 4096) { chunk in
      while true {
        let count = read(descriptor, chunk.baseAddress, chunk.count)
        guard count > 0 else { return }
        said.append(ByteView(UnsafeBufferPointer(rebasing: chunk[..<min(count, outputLimit - said.count)])))
      }
    }
  }

  private static func drain(_ descriptor: Int32, _ receive: (ByteView) -> Void) {
    guard descriptor >= 0 else { return }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 65_536) { chunk in
      // At most what a pipe holds, so that the time-out is looked at in between.
      for _ in 0..<16 {
        let count = read(descriptor, chunk.baseAddress, chunk.count)
        guard count > 0 else { return }
        receive(ByteView(UnsafeBufferPointer(rebasing: chunk[..<count])))
      }
    }
  }

  // MARK: Starting one

  private static func spawn(
    _ command: [String], _ environment: [String: String], stdin: Int32, stdout: Int32?, stderr: Int32,
    _ child: inout pid_t
  ) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, stdin, 0)
    if let stdout {
      posix_spawn_file_actions_adddup2(&actions, stdout, 1)
    } else {
      posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    }
    posix_spawn_file_actions_adddup2(&actions, stderr, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setpgroup(&attributes, 0)
    // The daemon blocks and ignores signals that a child wants as they are.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let arguments = CStrings(command)
    let variables = CStrings(inherited(adding: environment))
    return posix_spawn(&child, command[0], &actions, &attributes, arguments.pointers, variables.pointers)
  }

  private static func inherited(adding more: [String: String]) -> [String] {
    var result = more.map { "\($0.key)=\($0.value)" }
    for name in ["PATH", "LANG", "LC_ALL", "TZ", "HOME", "USER", "MAIL_CONFIG"] where more[name] == nil {
      if let value = getenv(name) { result.append("\(name)=\(String(cString: value))") }
    }
    return result
  }

  private static func words(_ code: Int32) -> String { String(cString: strerror(code)) }
}

/// Both ends of a pipe, closed on exec.
private final class Pipe {
  private(set) var readEnd: Int32 = -1
  private(set) var writeEnd: Int32 = -1

  init?() {
    var ends: [Int32] = [-1, -1]
    guard pipe2(&ends, O_CLOEXEC) == 0 else { return nil }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  func closeWriteEnd() {
    if writeEnd >= 0 { Glibc.close(writeEnd) }
    writeEnd = -1
  }

  func makeReadEndNonBlocking() { _ = fcntl(readEnd, F_SETFL, O_NONBLOCK) }

  func close() {
    closeWriteEnd()
    if readEnd >= 0 { Glibc.close(readEnd) }
    readEnd = -1
  }
}

/// A NULL-terminated array of C strings. A NUL inside a string ends it there.
private final class CStrings {
  let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ strings: [String]) {
    count = strings.count
    pointers = .allocate(capacity: count + 1)
    for (index, string) in strings.enumerated() { (pointers + index).initialize(to: strdup(string)) }
    (pointers + count).initialize(to: nil)
  }

  deinit {
    for index in 0..<count { free(pointers[index]) }
    pointers.deallocate()
  }
}
