import Bytes
import Glibc
import Journal
import SMTPTypes
import Testing

@testable import Reporting
@testable import SoftbounceCommands

/// Writes what it receives into a journal, as the sidecar does.
private final class JournalSink: EventSink {
  let writer: JournalWriter

  init(_ writer: JournalWriter) { self.writer = writer }

  func receive(_ event: borrowing Event) {
    let copy = copy event
    _ = writer.append { $0.add(copy) }
  }

  func receive(_ tally: borrowing Tally, host: String) {
    host.withByteView { name in
      var line = ByteBuffer()
      EventEncoder.append(tally, host: name, to: &line)
      var decoder = EventDecoder()
      guard case .tally(let again)? = try? decoder.decode(line.view.prefix(line.count - 1)) else { return }
      _ = writer.append { $0.add(again.tally, host: name) }
    }
  }
}

@Suite struct JournalCommandTests {
  /// A journal with what `log` holds.
  private func journal(_ name: String, _ log: String, in scratch: Scratch) throws -> String {
    let directory = scratch.directory(name)
    let writer = try JournalWriter(directory: directory)
    let console = Console(now: Timestamp(seconds: 1_795_429_800))
    let reader = InputReader(sink: JournalSink(writer), since: nil, console: console)
    reader.read([.file(scratch.file(name + ".log", log))])
    writer.close()
    return directory
  }

  @Test func aJournalAndItsLogGiveTheSameReport() throws {
    let scratch = Scratch()
    let directory = try journal("journal", Logs.morning, in: scratch)
    let outcome = scratch.run(["report", "--utc", directory])
    #expect(outcome.errors == "")
    #expect(outcome.status == 0)
    #expect(outcome.output.withoutAdvice == CommandGolden.morning.replacingFirst("DIR/mail.log", "DIR/journal"))
  }

  @Test func theDefaultJournalIsRead() throws {
    let scratch = Scratch()
    let directory = try journal("journal", Logs.morning, in: scratch)
    let outcome = scratch.run(["report", "--utc"], paths: scratch.paths(journal: directory, logs: []))
    #expect(outcome.output.withoutAdvice == CommandGolden.morning.replacingFirst("DIR/mail.log", "DIR/journal"))
  }

  /// A period behind all that a journal holds.
  @Test func anEmptyReportSaysWhenTheLastEventWas() throws {
    let scratch = Scratch()
    let directory = try journal("journal", Logs.morning, in: scratch)
    let outcome = scratch.run(["report", "--utc", "--since", "1s", directory])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("the last event in DIR/journal is of 2026-11-23 "), "\(outcome.errors)")
    #expect(!scratch.run(["report", "--utc", "--since", "2d", directory]).errors.contains("last event"))
  }

  /// A pipe in the configuration's place has no writer, and would never be opened.
  @Test func aPipeIsNoConfiguration() throws {
    let scratch = Scratch()
    let directory = try journal("journal", Logs.morning, in: scratch)
    #expect(mkfifo(scratch.path + "/softbounce.yaml", 0o600) == 0)
    let outcome = scratch.run(["report", directory])
    #expect(outcome.status == 0)
    #expect(outcome.errors == "softbounce: DIR/softbounce.yaml: is no file; put the configuration there; going on with the defaults\n")
  }

  @Test func twoJournals() throws {
    let scratch = Scratch()
    let one = try journal("one", Logs.morning, in: scratch)
    let other = Logs.morning.split(separator: " mx1 ", omittingEmptySubsequences: false).joined(separator: " mx2 ")
    let two = try journal("two", other, in: scratch)
    let outcome = scratch.run(["report", "--format", "json", one, two])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("\"attempts\": 6,\n    \"deliveries\": 2,"))
    #expect(outcome.output.contains("\"mx1\",\n    \"mx2\""))
  }

  @Test func eventsOfAJournalNameTheirSegment() throws {
    let scratch = Scratch()
    let directory = try journal("journal", Logs.morning, in: scratch)
    let outcome = scratch.run(["events", "--with-position", "--type", "rejection", directory])
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("{\"file\":\"DIR/journal/0000"))
    #expect(
      outcome.output.contains(".jsonl\",\"line\":3,\"time\":\"2026-11-23T09:00:02.000000Z\",\"type\":\"rejection\""))
    #expect(outcome.output.split(separator: "\n").count == 1)
    #expect(scratch.run(["events", "--type", "bounce", directory]).status == 1)
  }

  @Test func eventsOfALogNameTheirLine() {
    let scratch = Scratch()
    let log = scratch.file("mail.log", Logs.morning)
    let outcome = scratch.run(["events", "--with-position", log])
    let positions = outcome.output.split(separator: "\n").map { $0.prefix { $0 != "t" } }
    #expect(positions.map(String.init) == [4, 5, 6].map { "{\"file\":\"DIR/mail.log\",\"line\":\($0),\"" })
  }

  /// A line that a journal only counts is a line all the same.
  @Test func withPositionsEachFailureIsTold() {
    let scratch = Scratch()
    let suspended = "(delivery temporarily suspended: connect to mx.far.example[192.0.2.9]:25: Connection refused)"
    var lines = (1...3).map {
      "2026-11-23T10:0\($0):00Z mx1 postfix/error[1]: A1B2C3D4E1: to=<x@far.example>, relay=none, delay=\($0 * 60), "
        + "delays=0/0/0/0, dsn=4.4.1, status=deferred \(suspended)"
    }
    lines += (1...70).map { _ in
      "2026-11-23T10:05:00Z mx1 postfix/smtpd[1]: NOQUEUE: reject: RCPT from c.example[192.0.2.7]: 450 4.7.1 <c.example>: "
        + "Helo command rejected: Host not found; from=<a@b.example> to=<u@example.org> proto=ESMTP helo=<c.example>"
    }
    let log = scratch.file("mail.log", lines.joined(separator: "\n") + "\n")
    let all = scratch.run(["events", "--with-position", log]).output.split(separator: "\n")
    #expect(all.count == 73)
    #expect(all.filter { $0.contains("\"note\":\"suspended as before\"") }.count == 2)
    #expect(all.filter { $0.contains("\"note\":\"one of many in its minute\"") }.count == 10)
    #expect(all.filter { $0.contains("\"cause\":") }.count == 73)
    #expect(scratch.run(["events", log]).output.split(separator: "\n").count == 61)
  }

  /// Of a failure and of a delivery alike.
  @Test func partsOfADelayKeepTheirDigits() {
    let scratch = Scratch()
    let log = scratch.file(
      "mail.log",
      """
      2026-11-23T10:00:02Z mx1 postfix/smtp[1]: A1B2C3D4E1: to=<x@far.example>, relay=mx.far.example[192.0.2.9]:25, delay=2.3, delays=0.1/0.0059/1/1.2, dsn=4.2.0, status=deferred (host mx.far.example[192.0.2.9] said: 451 4.2.0 busy (in reply to RCPT TO command))
      2026-11-23T10:10:02Z mx1 postfix/smtp[1]: A1B2C3D4E1: to=<x@far.example>, relay=mx.far.example[192.0.2.9]:25, delay=602, delays=600/0.0059/1/1.2, dsn=2.0.0, status=sent (250 ok)

      """)
    let events = scratch.run(["events", log]).output.split(separator: "\n")
    #expect(events.count == 2)
    #expect(events.allSatisfy { $0.contains("\"in_queue_manager\":0.0059,") })
  }

  /// What waited for outcomes is told at the end, and names its own line.
  @Test func anEndThatWaitedNamesItsLine() {
    let scratch = Scratch()
    let log = scratch.file(
      "mail.log",
      """
      2026-11-23T10:00:01Z mx1 postfix/smtp[1]: A1B2C3D4E1: to=<x@far.example>, relay=none, delay=1, delays=0/0/1/0, dsn=4.4.1, status=deferred (connect to mx.far.example[192.0.2.9]:25: Connection refused)
      2026-11-23T10:10:01Z mx1 postfix/qmgr[1]: A1B2C3D4E1: removed
      2026-11-23T10:20:01Z mx2 postfix/smtpd[1]: connect from x[192.0.2.1]

      """)
    let outcome = scratch.run(["events", "--with-position", log])
    let positions = outcome.output.split(separator: "\n").map { $0.prefix { $0 != "t" } }
    #expect(positions.map(String.init) == [1, 2].map { "{\"file\":\"DIR/mail.log\",\"line\":\($0),\"" })
    #expect(outcome.output.contains("\"type\":\"deletion\""))
  }

  @Test func damageIsTold() throws {
    let scratch = Scratch()
    let directory = scratch.directory("journal")
    scratch.file(
      "journal/00000000000000000000-20261123T090000Z.jsonl",
      "{\"time\":\"2026-11-23T09:00:00Z\",\"type\":\"gap\",\"note\":\"x\"}\nnonsense\n")
    let outcome = scratch.run(["report", directory])
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("DIR/journal/00000000000000000000-20261123T090000Z.jsonl:2: not a JSON object"))
    #expect(outcome.output.contains("Gap    2026-11-23 09:00  x"))
  }

  @Test func tailShowsThePast() throws {
    let scratch = Scratch()
    let directory = try journal("journal", Logs.morning + Logs.later, in: scratch)
    let outcome = scratch.run(["tail", directory, "--no-follow", "-n", "2", "--utc"])
    #expect(outcome.status == 0)
    #expect(
      outcome.output == """
        11-23 09:20:02 delivered  google bob@gmail.com try 2 after 20 min
        11-23 09:20:02 deferred   example.com mailbox-full eve@example.com try 2  452 4.2.2 <eve@example.com>: mailbox is full

        """)
    let json = scratch.run(["tail", directory, "--no-follow", "--format", "json", "--type", "delivery"])
    #expect(json.output.hasPrefix("{\"time\":\"2026-11-23T09:20:02.100000Z\",\"type\":\"delivery\""))
    #expect(scratch.run(["tail", directory, "--no-follow", "--type", "bounce"]).status == 1)
    #expect(scratch.run(["tail", directory, "--no-follow", "-n", "0"]).output == "")
  }

  @Test func tailFollowsWithoutGapOrDouble() throws {
    let scratch = Scratch()
    let directory = scratch.directory("journal")
    let writer = try JournalWriter(directory: directory)
    func put(_ number: Int) {
      "r\(number)@example.org".withByteView { recipient in
        var event = Event(time: Timestamp(seconds: 1_795_429_800 + Int64(number)), type: .bounce)
        event.recipient = recipient
        let commit = writer.append { $0.add(event) }
        _ = writer.waitUntilDurable(commit, timeout: 10)
      }
    }
    for number in 0..<3 { put(number) }
    var pipe: [Int32] = [0, 0]
    #expect(Glibc.pipe(&pipe) == 0)
    let ends = pipe
    // The command runs until its output is closed; this thread writes events and reads lines.
    let thread = FollowingThread(["tail", "-n", "2", directory], output: ends[1])
    thread.start()
    var seen = ""
    var next = 3
    while next < 8 {
      seen += readLine(from: ends[0], until: "r\(next - 1)@", seen)
      put(next)
      next += 1
    }
    seen += readLine(from: ends[0], until: "r7@", seen)
    close(ends[0])
    // What is written now meets a closed pipe, which ends the command.
    var status: Int32?
    for number in 8..<2000 where status == nil {
      put(number)
      status = thread.status
    }
    #expect(thread.join() == 0)
    let recipients = seen.split(separator: "\n").compactMap { $0.split(separator: " ").last.map(String.init) }
    #expect(recipients == (1..<8).map { "r\($0)@example.org" })
    writer.close()
  }

  /// Reads until `mark` has been seen in all that was read.
  private func readLine(from descriptor: Int32, until mark: String, _ before: String) -> String {
    var text = ""
    var bytes = [UInt8](repeating: 0, count: 4096)
    while !(before + text).contains(mark) {
      let count = read(descriptor, &bytes, bytes.count)
      guard count > 0 else { break }
      text += String(decoding: bytes[..<count], as: UTF8.self)
    }
    return text
  }
}
