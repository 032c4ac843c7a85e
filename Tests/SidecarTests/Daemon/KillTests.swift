import Bytes
import Glibc
import Journal
import SMTPTypes
import Testing

@testable import Sidecar

/// The real program on a log that is written meanwhile, killed again and again.
@Suite(.enabled(if: Program.path != nil, "softbounced is not built beside the tests"))
struct KillTests {
  @Test func everyLineCountsOnceThroughFiftyKills() throws {
    var random = SplitMix(state: 2026)
    let directory = try Directory()
    let site = Site(directory)
    let writer = Writer(site.log)
    let load = Load(writer)
    load.write(20)
    for kill in 0..<54 {
      let program = try Program(configuration: try site.write(), directory: directory)
      // Some are killed while they start. The first one is not: what was rotated away before it is history.
      if kill == 0 {
        #expect(try site.waitUntilBegun())
      } else if random.next() % 6 != 0 {
        #expect(program.wait(for: "reading "))
      }
      let steps = 1 + Int(random.next() % 8)
      for _ in 0..<steps {
        load.write(Int(random.next() % 120))
        if random.next() % 16 == 0 {
          Rotation.byRename(site.log, keep: 40)
          if random.next() % 2 == 0 { load.write(3) }
          writer.reopen()
        }
        usleep(UInt32(random.next() % 25_000))
      }
      program.kill()
      if kill % 10 == 9 { load.write(400) }
    }
    let last = try Program(configuration: try site.write(), directory: directory)
    _ = try site.waitForLines(load.lines, seconds: 300)
    #expect(last.terminate() == 0)
    let after = try site.read()
    #expect(after.lines == load.lines)
    #expect(after.attempts == load.attempts)
    #expect(after.deferred.count == load.deferred.count)
    #expect(after.difference(load.deferred) == [])
    #expect(after.twice.isEmpty)
    #expect(after.gaps.isEmpty, "\(after.gaps)")
    #expect(after.problems.isEmpty)
  }
}

/// A place with a configuration, a log and a journal.
struct Site {
  let directory: Directory
  var log: String { directory.file("mail.log") }
  var journal: String { directory.file("journal") }
  var milter = "{enabled: false}"
  var more = ""
  var host = "mx1.example.org"
  /// What is followed, as YAML; nil is the file `log`.
  var source: String?

  init(_ directory: Directory) { self.directory = directory }

  /// Writes the configuration; its path.
  func write() throws -> String {
    let path = directory.file("softbounce.yaml")
    let text = """
      host: \(host)
      log: \(source ?? "{source: file, path: \(log)}")
      queue: {enabled: false}
      milter: \(milter)
      journal: {directory: \(journal), segment_size: 1MiB}
      \(more)
      """
    unlink(path)
    Writer(path).write(text)
    return path
  }

  /// What a journal adds up to.
  struct Sum {
    var lines = 0
    var attempts = 0
    var deferred: Set<String> = []
    var delivered: Set<String> = []
    var reports: [String: Int] = [:]
    var twice: [String] = []
    var gaps: [String] = []
    var problems: [String] = []
    var alerts: [String] = []
    var attemptNumbers: [String: [Int]] = [:]
    var tags: [String: [String]] = [:]
    var causes: [String: String] = [:]

    func difference(_ other: Set<String>) -> [String] {
      Array(deferred.symmetricDifference(other).sorted().prefix(5))
    }
  }

  func read() throws -> Sum {
    var sum = Sum()
    let report = try JournalReader(directory: journal).scan { line, _ in
      switch line {
      case .event(let event):
        let name = String(event.recipient ?? .empty)
        switch event.type {
        case .transientFailure:
          let key = "\(name) \(event.attempt ?? 0)"
          if !sum.deferred.insert(key).inserted { sum.twice.append(key) }
          sum.attemptNumbers[name, default: []].append(event.attempt ?? 0)
          sum.causes[name] = event.cause?.description
          sum.tags[name] = event.tags.map { "\($0.name)=\($0.value)" }
        case .remoteBounce: sum.reports[name, default: 0] += 1
        case .delivery: sum.delivered.insert(name)
        case .gap: sum.gaps.append(String(event.note ?? .empty))
        case .alert: sum.alerts.append("\(event.state ?? .empty) \(event.key ?? .empty)")
        default: break
        }
      case .tally(let line):
        sum.lines += line.tally.lines
        sum.attempts += line.tally.total.attempts
      case .checkpoint: break
      case .unknown: break
      }
    }
    sum.problems = report.damage.map { "\($0)" }
    return sum
  }

  /// Waits until the journal shows `condition`; false after 20 seconds.
  func wait(until condition: (Sum) -> Bool) throws -> Bool {
    let deadline = MonotonicClock.now + 20_000_000_000
    while MonotonicClock.now < deadline {
      if let sum = try? read(), condition(sum) { return true }
      usleep(20_000)
    }
    return condition(try read())
  }

  /// Waits until the place where the first run began to read is durable, however slow the disk is just now; false after
  /// two minutes. Before that a rotation makes history of what no run has begun to read.
  func waitUntilBegun() throws -> Bool {
    let deadline = MonotonicClock.now + 120_000_000_000
    while MonotonicClock.now < deadline {
      var hasBegun = false
      _ = try? JournalReader(directory: journal).scan { line, _ in
        switch line {
        case .checkpoint(let checkpoint): if !checkpoint.file.isEmpty { hasBegun = true }
        default: break
        }
      }
      if hasBegun { return true }
      usleep(5_000)
    }
    return false
  }

  /// Waits until the tallies cover `lines`; the clock gives one out after a minute of its own, so old stamps are used.
  func waitForLines(_ lines: Int, seconds: Double = 30) throws -> Sum {
    let deadline = MonotonicClock.now + Int64(seconds * 1e9)
    var sum = try read()
    while sum.lines < lines, MonotonicClock.now < deadline {
      usleep(50_000)
      sum = try read()
    }
    return sum
  }
}

/// Writes deliveries of which it keeps the truth.
final class Load {
  private let writer: Writer
  private var number = 0
  private(set) var lines = 0
  private(set) var attempts = 0
  private(set) var deferred: Set<String> = []
  /// Lies an hour back and moves by a second a line, so that minutes end all the time.
  private var time = WallClock.timestamp.advanced(by: -100_000)

  init(_ writer: Writer) { self.writer = writer }

  private func stamp() -> String {
    time = time.advanced(by: 1)
    return "\(time) mx1 postfix"
  }

  /// The failure of a message that came at `time`, of which the milter told.
  func write(deferralOf queueID: String, _ recipient: String, at time: Timestamp) {
    let now = "\(time) mx1 postfix"
    writer.write(
      "\(now)/smtpd[1]: \(queueID): client=app.example.org[198.51.100.7]\n"
        + "\(now)/smtp[2]: \(queueID): to=<\(recipient)>, relay=mx.example.net[192.0.2.5]:25, delay=1, "
        + "delays=0/0/0.5/0.5, dsn=4.2.2, status=deferred (host mx.example.net[192.0.2.5] said: 452 4.2.2 over quota "
        + "(in reply to RCPT TO command))\n")
    lines += 2
    attempts += 1
    deferred.insert("\(recipient) 1")
  }

  func write(_ count: Int) {
    var text = ""
    for _ in 0..<count {
      number += 1
      let id = String(0x1000_0000 + number, radix: 16, uppercase: true)
      let relay = "relay=mx.example.net[192.0.2.5]:25, delay=1, delays=0/0/0.5/0.5"
      text += "\(stamp())/smtpd[1]: \(id): client=app.example.org[198.51.100.7]\n"
      lines += 1
      if number % 3 == 0 {
        text += "\(stamp())/smtp[2]: \(id): to=<r\(number)@example.net>, \(relay), dsn=2.0.0, status=sent (250 Ok)\n"
      } else {
        text +=
          "\(stamp())/smtp[2]: \(id): to=<r\(number)@example.net>, \(relay), dsn=4.2.2, status=deferred "
          + "(host mx.example.net[192.0.2.5] said: 452 4.2.2 over quota (in reply to RCPT TO command))\n"
        deferred.insert("r\(number)@example.net 1")
      }
      lines += 1
      attempts += 1
      if number % 3 == 0 {
        text += "\(stamp())/qmgr[3]: \(id): removed\n"
        lines += 1
      }
    }
    writer.write(text)
  }
}

/// softbounced, started.
final class Program {
  /// Where it was built: beside the tests.
  static let path: String? = {
    let path = splitPath(CommandLine.arguments[0]).directory + "/softbounced"
    return access(path, X_OK) == 0 ? path : nil
  }()

  private let child: pid_t
  private let log: String
  private var isOver = false
  /// Characters that earlier runs wrote.
  private var before = 0

  init(configuration: String, directory: Directory, environment: [String] = []) throws {
    log = directory.file("stderr")
    before = (try? readText(log, limit: 1 << 20))?.count ?? 0
    guard let path = Program.path else { throw SystemError(call: "access", code: ENOENT) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 2, log, O_WRONLY | O_CREAT | O_APPEND, 0o644)
    var child = pid_t()
    let arguments = Program.words([path, "--config", configuration])
    let variables = Program.words(environment)
    defer { for pointer in arguments + variables { free(pointer) } }
    let code = posix_spawn(&child, path, &actions, nil, arguments, variables)
    guard code == 0 else { throw SystemError(call: "posix_spawn", code: code) }
    self.child = child
  }

  private static func words(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    var pointers = texts.map { text -> UnsafeMutablePointer<CChar>? in strdup(text) }
    pointers.append(nil)
    return pointers
  }

  deinit { if !isOver { kill() } }

  /// Waits until this run has written `text`; false after 20 seconds.
  func wait(for text: String) -> Bool {
    let deadline = MonotonicClock.now + 20_000_000_000
    while MonotonicClock.now < deadline {
      if messages.dropFirst(before).contains(text) { return true }
      usleep(2000)
    }
    return false
  }

  /// What it has written to standard error; of all runs in the directory.
  var messages: String { (try? readText(log, limit: 1 << 20)) ?? "" }

  /// kill -9.
  func kill() {
    Glibc.kill(child, SIGKILL)
    var status: Int32 = 0
    waitpid(child, &status, 0)
    isOver = true
  }

  func signal(_ signal: Int32) { Glibc.kill(child, signal) }

  /// True until it has ended, of itself or by us.
  var isRunning: Bool {
    var status: Int32 = 0
    if !isOver, waitpid(child, &status, WNOHANG) == child { isOver = true }
    return !isOver
  }

  /// TERM. The exit code; minus the signal if one ended it, which after a minute is KILL: a busy machine
  /// takes its time.
  func terminate() -> Int32 {
    Glibc.kill(child, SIGTERM)
    var status: Int32 = 0
    let deadline = MonotonicClock.now + 60_000_000_000
    while waitpid(child, &status, WNOHANG) == 0 {
      if MonotonicClock.now > deadline { Glibc.kill(child, SIGKILL) }
      usleep(5000)
    }
    isOver = true
    return status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
  }
}
