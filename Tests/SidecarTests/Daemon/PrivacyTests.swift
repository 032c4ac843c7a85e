import Bytes
import Glibc
import Journal
import Privacy
import SMTPTypes
import Testing

@testable import Sidecar

/// The real program with recipients hidden, and asked to forget one.
@Suite(.enabled(if: Program.path != nil, "softbounced is not built beside the tests"))
struct DaemonPrivacyTests {
  let directory: Directory
  let writer: Writer
  let site: Site

  init() throws {
    directory = try Directory()
    site = Site(directory)
    writer = Writer(site.log)
  }

  /// Writes the configuration with more keys of the journal.
  private func configure(_ keys: String) throws -> String {
    let path = try site.write()
    let text = try readText(path, limit: 10_000)
    unlink(path)
    Writer(path).write(text.split(separator: "segment_size: 1MiB").joined(separator: "segment_size: 1MiB, \(keys)"))
    return path
  }

  private func line(_ id: String, _ recipient: String, delay: Int, status: String = "deferred") -> String {
    let local = recipient.prefix { $0 != "@" }
    return "\(WallClock.timestamp) mx1 postfix/smtp[2]: \(id): to=<\(recipient)>, orig_to=<\(recipient)>, "
      + "relay=mx.example.net[192.0.2.5]:25, delay=\(delay), delays=0/0/0/0, dsn=4.2.2, status=\(status) (host "
      + "mx.example.net[192.0.2.5] said: 452 4.2.2 <\(recipient)>: mailbox of \(local) is full (in reply to RCPT TO))\n"
  }

  /// Everything that the program has written to its files.
  private func stored() -> String {
    var text = ""
    for place in [site.journal, directory.file("spool")] {
      guard let handle = opendir(place) else { continue }
      defer { closedir(handle) }
      while let entry = readdir(handle) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        text += (try? readText(place + "/" + name, limit: 1 << 20)) ?? ""
      }
    }
    return text
  }

  @Test(arguments: ["pseudonymised", "domain-only"])
  func noRecipientIsStoredAndLivesGoOnThroughARestart(mode: String) throws {
    let configuration = try configure("recipients: \(mode)")
    var program = try Program(configuration: configuration, directory: directory)
    let begin = WallClock.timestamp
    let start = "\(begin) mx1 postfix/smtpd[1]: 4AB0F1E01: client=app.example.org[198.51.100.7]\n"
    // However long a busy machine takes.
    func delay() -> Int { Int(WallClock.timestamp.since(begin).rounded()) + 1 }
    writer.write(start + line("4AB0F1E01", "secret@example.net", delay: 1) + line("4AB0F1E01", "b@example.net", delay: 1))
    #expect(try site.wait { $0.attemptNumbers.count == 2 })
    program.kill()
    program = try Program(configuration: configuration, directory: directory)
    #expect(program.wait(for: "reading "))
    writer.write(line("4AB0F1E01", "Secret@example.net", delay: delay()))
    #expect(try site.wait { $0.attemptNumbers.values.contains([1, 2]) })
    writer.write(line("4AB0F1E01", "secret@example.net", delay: delay(), status: "sent"))
    #expect(try site.wait { sum in sum.delivered.count == 1 })
    #expect(program.terminate() == 0)
    let sum = try site.read()
    let name = try #require(sum.delivered.first)
    #expect(sum.attemptNumbers[name] == [1, 2])
    #expect(name.hasPrefix("~") && name.hasSuffix("@example.net"))
    #expect(sum.attemptNumbers.count == 2 && sum.twice.isEmpty)
    let text = stored()
    #expect(!text.lowercased().contains("secret"))
    #expect(text.contains("mailbox of ~"))
    var status = stat()
    #expect(stat(directory.file("pseudonym.key"), &status) == 0 && status.st_mode & 0o777 == 0o600)
  }

  /// The command beside a running sidecar: a new segment, the old ones rewritten, the spool too; nothing is lost, and
  /// after kill -9 nothing of it comes back, though the log still has it.
  @Test func anAddressIsForgottenBesideTheProgram() throws {
    let command = splitPath(Program.path ?? "").directory + "/softbounce"
    try #require(access(command, X_OK) == 0)
    let configuration = try site.write()
    let program = try Program(configuration: configuration, directory: directory)
    for number in 0..<20 {
      writer.write(line("4AB0F1E0\(number)", number % 5 == 0 ? "secret@example.net" : "r\(number)@example.net", delay: 1))
    }
    #expect(try site.wait { $0.deferred.count >= 17 })
    let status = system("\(command) journal forget Secret@example.net --journal \(site.journal) >\(directory.file("out"))")
    #expect(status == 0)
    #expect(try readText(directory.file("out"), limit: 1000).hasPrefix("Erased from "))
    #expect(!stored().lowercased().contains("secret"))
    program.kill()
    let again = try Program(configuration: configuration, directory: directory)
    #expect(again.wait(for: "reading "))
    writer.write(line("4AB0F1E99", "last@example.net", delay: 1))
    #expect(try site.wait { $0.attemptNumbers["last@example.net"] != nil })
    #expect(again.terminate() == 0)
    let sum = try site.read()
    #expect(sum.problems.isEmpty)
    #expect(sum.attemptNumbers.values.reduce(0) { $0 + $1.count } == 21)
    #expect(!stored().lowercased().contains("secret"))
    #expect(stored().contains("\"type\":\"erasure\""))
  }

  /// Asked for again after every kill -9 of the command at a random moment, the address goes, and nothing else.
  @Test func theCommandCanBeKilledAtAnyMoment() throws {
    let command = splitPath(Program.path ?? "").directory + "/softbounce"
    try #require(access(command, X_OK) == 0)
    var options = JournalWriter.Options()
    options.segmentBytes = 60_000
    let journal = try JournalWriter(directory: site.journal, options: options)
    for number in 0..<2000 {
      "\(number % 9 == 0 ? "secret" : "r\(number)")@example.net".withByteView { recipient in
        var event = Event(time: Timestamp(seconds: 1_700_000_000), type: .transientFailure)
        event.recipient = recipient
        event.count = number
        let line = event
        let commit = journal.append { $0.add(line) }
        if number % 100 == 0 { _ = journal.waitUntilDurable(commit, timeout: 30) }
      }
    }
    journal.close()
    _ = try JournalKeeper(directory: site.journal).run()
    let before = try numbers()
    var random = SplitMix(state: 77)
    var kills = 0
    while kills < 25 {
      var child = pid_t()
      let arguments = [command, "journal", "forget", "secret@example.net", "--journal", site.journal]
      var words = arguments.map { word -> UnsafeMutablePointer<CChar>? in strdup(word) } + [nil]
      defer { for word in words { free(word) } }
      let output = open("/dev/null", O_WRONLY)
      var actions = posix_spawn_file_actions_t()
      posix_spawn_file_actions_init(&actions)
      posix_spawn_file_actions_adddup2(&actions, output, 1)
      posix_spawn_file_actions_adddup2(&actions, output, 2)
      #expect(posix_spawn(&child, command, &actions, nil, &words, environ) == 0)
      posix_spawn_file_actions_destroy(&actions)
      close(output)
      usleep(UInt32(random.next() % 150_000))
      kill(child, SIGKILL)
      var status: Int32 = 0
      waitpid(child, &status, 0)
      kills += 1
      #expect(try numbers() == before)
    }
    let status = system("\(command) journal forget secret@example.net --journal \(site.journal) >/dev/null")
    #expect(status == 0 || status == 256)
    #expect(try numbers() == before)
    #expect(try JournalVerifier(directory: site.journal).verify().damage == [])
    let tokens = try recipients()
    #expect(tokens.count == 1, "\(tokens)")
  }

  private func numbers() throws -> [Int] {
    var numbers: [Int] = []
    let report = try JournalReader(directory: site.journal).scan { line, _ in
      switch line {
      case .event(let event): if event.type == .transientFailure { numbers.append(event.count ?? -1) }
      default: break
      }
    }
    #expect(report.damage == [])
    return numbers
  }

  private func recipients() throws -> Set<String> {
    var found: Set<String> = []
    _ = try JournalReader(directory: site.journal).scan { line, _ in
      switch line {
      case .event(let event):
        let name = String(event.recipient ?? .empty)
        if !name.isEmpty, !name.hasPrefix("r") { found.insert(name) }
      default: break
      }
    }
    return found
  }
}
