import Bytes
import Glibc
import Journal
import SMTPTypes
import Testing

@testable import Sidecar

/// The real program: what a restart keeps, what signals do, what the service manager hears.
@Suite(.enabled(if: Program.path != nil, "softbounced is not built beside the tests"))
struct DaemonTests {
  let directory: Directory
  let writer: Writer
  var site: Site

  init() throws {
    directory = try Directory()
    site = Site(directory)
    writer = Writer(site.log)
  }

  private func stamp(_ secondsAgo: Double = 0) -> String {
    "\(WallClock.timestamp.advanced(by: -secondsAgo)) mx1 postfix"
  }

  private func deferral(_ id: String, _ recipient: String, delay: Int, ago: Double = 0) -> String {
    "\(stamp(ago))/smtp[2]: \(id): to=<\(recipient)>, relay=aspmx.l.google.com[192.0.2.5]:25, delay=\(delay), "
      + "delays=0/0/0/0, dsn=4.2.2, status=deferred (host aspmx.l.google.com[192.0.2.5] said: 452 4.2.2 The email "
      + "account that you tried to reach is over quota (in reply to RCPT TO command))\n"
  }

  /// Waits until the journal says so.
  private func wait(_ seconds: Double = 20, until condition: (Site.Sum) -> Bool) throws -> Bool {
    let deadline = MonotonicClock.now + Int64(seconds * 1e9)
    while MonotonicClock.now < deadline {
      if let sum = try? site.read(), condition(sum) { return true }
      usleep(20_000)
    }
    return false
  }

  @Test func attemptsGoOnBeingCountedAfterKillAndRestart() throws {
    writer.write("\(stamp(700))/smtpd[1]: 4AB0F1E01: client=app.example.org[198.51.100.7]\n")
    writer.write(deferral("4AB0F1E01", "a@example.net", delay: 1, ago: 699))
    var program = try Program(configuration: try site.write(), directory: directory)
    #expect(try wait { $0.attemptNumbers["a@example.net"] == [1] })
    program.kill()
    program = try Program(configuration: try site.write(), directory: directory)
    writer.write(deferral("4AB0F1E01", "a@example.net", delay: 600, ago: 100))
    #expect(try wait { $0.attemptNumbers["a@example.net"] == [1, 2] })
    #expect(program.terminate() == 0)
    program = try Program(configuration: try site.write(), directory: directory)
    writer.write(deferral("4AB0F1E01", "a@example.net", delay: 690, ago: 10))
    #expect(try wait { $0.attemptNumbers["a@example.net"] == [1, 2, 3] })
    #expect(program.terminate() == 0)
    #expect(try site.read().attempts == 3)
  }

  @Test mutating func anAlertFiresOnceThroughARestart() throws {
    let told = directory.file("told")
    site.more = """
      alerts:
        rules: [{name: rate, by: provider, above: 50%, window: 10m, minimum: 5}]
        notify:
          - command: [/bin/sh, "-c", "cat >> \(told); exit 0"]
          - command: [/nonexistent/pager]
      """
    for number in 1...6 { writer.write(deferral("4AC0F1E0\(number)", "a\(number)@example.net", delay: 1)) }
    var program = try Program(configuration: try site.write(), directory: directory)
    #expect(try wait { $0.alerts.count == 2 })
    // The second line tells of the pager that could not be run.
    #expect(try site.read().alerts == ["firing google", " "])
    program.kill()
    program = try Program(configuration: try site.write(), directory: directory)
    #expect(program.wait(for: "reading "))
    writer.write(deferral("4AD0F1E01", "b@example.net", delay: 1))
    sleep(7)
    #expect(program.terminate() == 0)
    #expect(try site.read().alerts == ["firing google", " "])
    let text = try readText(told, limit: 10_000)
    #expect(text.split(separator: "\n").count == 1)
    #expect(text.contains("\"rule\":\"rate\",\"state\":\"firing\""))
    #expect(program.messages.contains("/nonexistent/pager"))
  }

  /// With the milter, whose library waits for the same signals.
  @Test(arguments: [false, true]) mutating func reloadsOnHangUpAndEndsOnTerminate(withMilter: Bool) throws {
    site.milter = withMilter ? "{listen: inet:0@127.0.0.1}" : "{enabled: false}"
    let socket = directory.file("notify")
    let listener = try #require(NotifySocket(socket))
    let program = try Program(
      configuration: try site.write(), directory: directory, environment: ["NOTIFY_SOCKET=\(socket)"])
    #expect(listener.next()?.hasPrefix("READY=1") == true)
    for _ in 0..<20 {
      program.signal(SIGHUP)
      #expect(listener.next()?.hasPrefix("RELOADING=1") == true)
      #expect(listener.next()?.hasPrefix("READY=1") == true)
    }
    let start = MonotonicClock.now
    #expect(program.terminate() == 0)
    #expect(listener.next() == "STOPPING=1")
    #expect(MonotonicClock.now - start < 10_000_000_000)
    #expect(program.messages.contains("rules reloaded"))
  }

  /// Reloads that come thick and fast, from the first moment on, reload and never end the process.
  @Test mutating func survivesAHailOfHangUps() throws {
    site.milter = "{listen: inet:0@127.0.0.1}"
    let program = try Program(configuration: try site.write(), directory: directory)
    // Its handlers are there once it has said something.
    #expect(program.wait(for: "following "))
    for round in 0..<4000 {
      program.signal(SIGHUP)
      if round % 64 == 0 { usleep(200) }
    }
    #expect(program.wait(for: "rules reloaded"))
    usleep(300_000)
    #expect(program.isRunning)
    #expect(program.terminate() == 0)
    #expect(!program.messages.contains("libmilter took a signal"))
  }

  /// A rule that is refused is told with its place; the others of its file are taken up without a restart.
  @Test mutating func aReloadTakesUpChangedRules() throws {
    mkdir(directory.file("rules.d"), 0o755)
    site.more = "classification: {rules_directory: \(directory.file("rules.d"))}"
    let program = try Program(configuration: try site.write(), directory: directory)
    writer.write(deferral("4AF0F1E01", "a@example.net", delay: 1))
    #expect(try wait { $0.causes["a@example.net"] == "mailbox-full" })
    let rules = Writer(directory.file("rules.d/local.yaml"))
    rules.write("- id: ours\n  cause: policy\n  words: [over quota]\n- id: bad\n  cause: bad-luck\n")
    program.signal(SIGHUP)
    #expect(program.wait(for: "rules reloaded"))
    #expect(program.messages.contains("rules.d/local.yaml:5:10: “bad-luck” is no cause"))
    writer.write(deferral("4AF0F1E02", "b@example.net", delay: 1))
    #expect(try wait { $0.causes["b@example.net"] == "policy" })
    #expect(program.terminate() == 0)
  }

  @Test func refusesAJournalThatIsInUse() throws {
    let first = try Program(configuration: try site.write(), directory: directory)
    #expect(first.wait(for: "reading ") || first.wait(for: "following "))
    let second = try Program(configuration: try site.write(), directory: directory)
    #expect(second.wait(for: "is locked"))
    #expect(second.terminate() == EX_UNAVAILABLE)
    #expect(first.terminate() == 0)
  }

  @Test func aLogThatIsNotThereYetIsFollowedWhenItComes() throws {
    unlink(site.log)
    let program = try Program(configuration: try site.write(), directory: directory)
    #expect(program.wait(for: "waiting for it"))
    let late = Writer(site.log)
    late.write(deferral("4AE0F1E01", "late@example.net", delay: 1))
    #expect(try wait { $0.attemptNumbers["late@example.net"] != nil })
    #expect(program.terminate() == 0)
  }
}

/// What systemd listens on.
final class NotifySocket {
  private let descriptor: Int32

  init?(_ path: String) {
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
    var limit = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    let bound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard bound == 0 else { return nil }
  }

  deinit { close(descriptor) }

  /// The next datagram's text, or nil after 20 seconds.
  func next() -> String? {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let received = recv(descriptor, &bytes, bytes.count, 0)
    return received > 0 ? String(decoding: bytes.prefix(received), as: UTF8.self) : nil
  }
}
