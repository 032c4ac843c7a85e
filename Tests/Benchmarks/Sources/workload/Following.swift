// How long a log line takes into the journal of a running softbounced.

import Bytes
import Glibc
import Journal
import SMTPTypes

extension Workload {
  /// Writes lines into a log that `program` follows, one write(2) a line at a steady rate, and prints the
  /// microseconds from before each write until the line's event is committed and a follower of the journal has it.
  static func follow(_ program: String, rate: Int, seconds: Int, directory: String) throws {
    guard mkdir(directory, 0o700) == 0 else { throw SystemFailure(path: directory) }
    let sidecar = try FollowingSidecar(program, directory: directory)
    defer { sidecar.stop() }
    let count = rate * seconds
    let arrivals = Arrivals(count: count)
    let follower = try JournalFollower(directory: sidecar.journal, from: .beginning)
    let thread = try arrivals.start(follower)
    // The sidecar follows when the first line has come through.
    try sidecar.write(line: 0)
    guard arrivals.wait(for: 1, seconds: 30) else { throw Failure("\(program) journaled nothing in 30 s") }
    let start = Clock.now + 100_000_000
    let interval = 1_000_000_000 / Int64(rate)
    var written = [Int64](repeating: 0, count: count + 1)
    for index in 1...count {
      Clock.sleep(until: start + Int64(index) * interval)
      written[index] = Clock.now
      try sidecar.write(line: index)
    }
    let isComplete = arrivals.wait(for: count + 1, seconds: 30)
    follower.stop()
    pthread_join(thread, nil)
    guard isComplete else { throw Failure("\(count + 1 - arrivals.count) of \(count + 1) lines were not journaled") }
    let sorted = (1...count).map { arrivals.time(of: $0) - written[$0] }.sorted()
    print("\(sorted[count / 2] / 1000) \(sorted[min(count * 99 / 100, count - 1)] / 1000)")
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
  }
}

/// A softbounced that follows a log of ours, and that log.
private final class FollowingSidecar {
  let journal: String
  private let log: Int32
  private var process: pid_t = 0

  init(_ program: String, directory: String) throws {
    journal = directory + "/journal"
    let path = directory + "/mail.log"
    let configuration = directory + "/softbounce.yaml"
    log = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    guard log >= 0 else { throw Workload.SystemFailure(path: path) }
    let spool = directory + "/spool"
    for made in [journal, spool] where mkdir(made, 0o700) != 0 { throw Workload.SystemFailure(path: made) }
    let text = """
      host: bench
      log: {source: file, path: \(path)}
      milter: {enabled: false}
      journal: {directory: \(journal)}
      spool_directory: \(spool)

      """
    let file = open(configuration, O_WRONLY | O_CREAT | O_EXCL, 0o600)
    guard file >= 0, Glibc.write(file, text, text.utf8.count) == text.utf8.count, close(file) == 0 else {
      throw Workload.SystemFailure(path: configuration)
    }
    let arguments = [program, "--config", configuration, "--log-level", "error"]
    var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    pointers.append(nil)
    defer { for pointer in pointers { free(pointer) } }
    let code = posix_spawn(&process, program, nil, nil, pointers, nil)
    guard code == 0 else { throw Workload.Failure("\(program): \(String(cString: strerror(code)))") }
  }

  /// A deferral of a message of its own, whose queue id is the number of the line.
  func write(line index: Int) throws {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    var line = ByteBuffer(capacity: 512)
    Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000).appendRFC3339(to: &line)
    line.append(" bench postfix/smtp[20000]: ")
    line.append(Self.queueID(index))
    line.append(": to=<user")
    line.append(decimal: index)
    line.append(
      "@example.net>, relay=mx.example.net[192.0.2.7]:25, delay=1.2, delays=0.1/0/0.5/0.6, dsn=4.2.2, status=deferred "
        + "(host mx.example.net[192.0.2.7] said: 452 4.2.2 Mailbox full (in reply to RCPT TO command))\n")
    guard Glibc.write(log, line.view.start, line.count) == line.count else { throw Workload.SystemFailure(path: "mail.log") }
  }

  /// Eleven hexadecimal digits, as Postfix's short queue ids have.
  private static func queueID(_ index: Int) -> String {
    let digits = String(index, radix: 16, uppercase: true)
    return "A" + String(repeating: "0", count: 10 - digits.count) + digits
  }

  func stop() {
    kill(process, SIGTERM)
    var status: Int32 = 0
    waitpid(process, &status, 0)
    close(log)
  }
}

/// When each line's event came out of the journal.
private final class Arrivals {
  // `times` and `count` are touched with `lock` held.
  private var times: [Int64]
  private(set) var count = 0
  private let lock: UnsafeMutablePointer<pthread_mutex_t>

  init(count: Int) {
    times = Array(repeating: 0, count: count + 1)
    lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    lock.initialize(to: pthread_mutex_t())
    pthread_mutex_init(lock, nil)
  }

  func time(of index: Int) -> Int64 { times[index] }

  func wait(for wanted: Int, seconds: Int) -> Bool {
    let deadline = Clock.now + Int64(seconds) * 1_000_000_000
    while Clock.now < deadline {
      pthread_mutex_lock(lock)
      let count = count
      pthread_mutex_unlock(lock)
      if count >= wanted { return true }
      Clock.sleep(until: Clock.now + 5_000_000)
    }
    return false
  }

  func note(_ queueID: ByteView) {
    let now = Clock.now
    guard let index = Int(String(queueID.from(1)), radix: 16), times.indices.contains(index) else { return }
    pthread_mutex_lock(lock)
    if times[index] == 0 { count += 1 }
    times[index] = now
    pthread_mutex_unlock(lock)
  }

  /// Follows on a thread of its own until `follower` is stopped.
  func start(_ follower: JournalFollower) throws -> pthread_t {
    let started = Unmanaged.passRetained(Following(self, follower))
    var thread = pthread_t()
    guard pthread_create(&thread, nil, followJournal, started.toOpaque()) == 0 else {
      started.release()
      throw Workload.Failure("no thread")
    }
    return thread
  }
}

private final class Following {
  let arrivals: Arrivals
  let follower: JournalFollower

  init(_ arrivals: Arrivals, _ follower: JournalFollower) {
    self.arrivals = arrivals
    self.follower = follower
  }
}

private func followJournal(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument else { return nil }
  let following = Unmanaged<Following>.fromOpaque(argument).takeRetainedValue()
  let arrivals = following.arrivals
  try? following.follower.run { line, _ in
    switch line {
    case .event(let event): if event.type == .transientFailure, let queueID = event.queueID { arrivals.note(queueID) }
    default: break
    }
  }
  return nil
}
