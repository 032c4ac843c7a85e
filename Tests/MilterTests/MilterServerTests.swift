// Real libmilter over a real socket, with the MTA's side played by MilterClient. libmilter runs once a process, so all
// of these share one server, which starts before the first and is stopped under load after the last.

import Bytes
import Glibc
import MilterClient
import SMTPTypes
import Synchronization
import Testing

@testable import Milter

/// Runs the suite between the start and the stop of a server.
struct WithServer: SuiteTrait, TestScoping {
  @TaskLocal static var recorder = Recorder()
  @TaskLocal static var path = ""

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    let directory = TemporaryDirectory()
    let path = directory.path + "/milter"
    let recorder = Recorder()
    close(boundUnixSocket(path, listens: true))  // stale

    var configuration = MilterConfiguration(socket: .unix(path: path))
    configuration.tags = [TagHeader(name: "campaign", field: "X-Campaign-ID")]
    configuration.reportLimit = 10_000
    let server = MilterServer(configuration: configuration, observer: recorder)
    try server.open()
    let ending = Mutex<MilterServer.Ending?>(nil)
    let runner = spawn { ending.withLock { $0 = try? server.run() } }

    try await Self.$recorder.withValue(recorder) {
      try await Self.$path.withValue(path) { try await function() }
    }

    let load = (0..<40).map { number in spawn { Self.hammer(path, number) } }
    usleep(200_000)
    let clock = ContinuousClock()
    let start = clock.now
    #expect(server.stop())
    #expect(clock.now - start <= .seconds(10))
    pthread_join(runner, nil)
    #expect(ending.withLock { $0 } == .stopped)
    let count = recorder.seen.count
    #expect(count > 0)
    for thread in load { pthread_join(thread, nil) }
    #expect(recorder.seen.count == count, "no call after run() has returned")
    #expect(access(path, F_OK) != 0, "the socket is gone")
    #expect(server.stop(), "a second stop has nothing to do")
  }

  /// Messages and connections without end, until the server is gone.
  private static func hammer(_ path: String, _ number: Int) {
    for turn in 0..<100_000 {
      do {
        // A session that is open across the stop is left without an answer until the process ends.
        let client = try MilterClient(path: path, patience: 1)
        if turn % 5 == 0 { continue }
        try client.open()
        for message in 0..<10 {
          try client.mail("<a@b.example>")
          try client.recipient("<c@d.example>")
          try client.header("Message-ID", "<\(message)@x>")
          try client.endOfHeader("LOAD\(number)")
        }
      } catch {
        return
      }
    }
  }
}

@Suite("MilterServer", WithServer())
struct MilterServerTests {
  let recorder = WithServer.recorder
  let path = WithServer.path

  private func connected() throws -> MilterClient {
    let client = try MilterClient(path: path)
    try client.open()
    return client
  }

  @Test("asks for what it uses")
  func negotiation() throws {
    let client = try MilterClient(path: path)
    // NR_HDR, NOUNKNOWN, RCPT_REJ, NR_CONN, NR_HELO, NR_MAIL
    #expect(client.steps == 0x80 | 0x100 | 0x800 | 0x1000 | 0x2000 | 0x4000)
    #expect(client.macros[0] == "{daemon_name}")
    #expect(client.macros[1] == "")
    #expect(client.macros[2] == "{auth_authen}")
    #expect(client.macros[3] == "i {rcpt_mailer} {rcpt_host} {rcpt_addr}")
    #expect(client.macros[6] == "i")
  }

  @Test("several messages of a connection, each told before its answer")
  func messages() throws {
    let client = try connected()
    for number in 1...3 {
      try client.mail("<sender\(number)@b.example>", user: "alice")
      #expect(try client.recipient("<c@d.example>") == "c")
      #expect(try client.recipient("<e@d.example>") == "c")
      try client.header("Received", "from x\n\tby y")
      try client.header("Message-Id", "<\(number)@b.example>")
      try client.header("X-Campaign-ID", Array(" spring \u{FC}".utf8) + [0xFF])
      #expect(try client.endOfHeader("MSG\(number)") == "a")
      let message = try #require(recorder.message("MSG\(number)"))
      #expect(message.sender == "sender\(number)@b.example")
      #expect(message.recipients == ["c@d.example", "e@d.example"])
      #expect(message.recipientCount == 2)
      #expect(message.user == "alice")
      #expect(message.messageID == "<\(number)@b.example>")
      #expect(message.tags == [ObservedTag(name: "campaign", value: "spring \u{FC}\u{FFFD}")])
      #expect(message.client.host == "client.example")
      #expect(message.client.address == "192.0.2.7")
      #expect(message.client.port == 0x3039)
      #expect(message.client.helo == "helo.example")
      #expect(message.client.daemonName == "mail.example")
      try client.abort()
    }
    try client.quit()
  }

  @Test("refused recipients")
  func refused() throws {
    let client = try connected()
    try client.mail("<refused@b.example>")
    #expect(try client.recipient("<c@d.example>", refusal: ("4.7.1", "Greylisted")) == "c")
    #expect(try client.recipient("<e@d.example>") == "c")
    #expect(try client.recipient("<f@d.example>", queueID: "REF", refusal: ("5.1.1", "unknown")) == "c")
    let rejections = recorder.seen.rejections.filter { $0.sender == "refused@b.example" }
    #expect(rejections.map(\.recipient) == ["c@d.example", "f@d.example"])
    #expect(rejections.map(\.severity) == [4, 5])
    #expect(rejections.map(\.enhancedCode?.description) == ["4.7.1", "5.1.1"])
    #expect(rejections.map(\.text) == ["Greylisted", "unknown"])
    #expect(rejections.map(\.queueID) == [nil, "REF"])
    #expect(try client.endOfHeader("REF") == "a")
    #expect(recorder.message("REF")?.recipients == ["e@d.example"])
  }

  @Test("a delivery report with its body")
  func report() throws {
    let client = try connected()
    try client.mail("<>")
    try client.recipient("<c@d.example>")
    try client.header("Content-Type", "multipart/report; report-type=delivery-status")
    #expect(try client.endOfHeader("REP") == "c")
    #expect(recorder.message("REP")?.sender == "")
    #expect(try client.body(Array("one\r\n".utf8)) == "c")
    #expect(try client.body(Array("two\r\n".utf8)) == "c")
    #expect(recorder.report("REP") == nil)
    #expect(try client.endOfMessage("REP") == "c")
    let expected = "Content-Type: multipart/report; report-type=delivery-status\r\n\r\none\r\ntwo\r\n"
    #expect(recorder.report("REP")?.content == Array(expected.utf8))
    #expect(recorder.report("REP")?.isTruncated == false)
  }

  @Test("a long report is cut and the rest declined; the next message is seen")
  func longReport() throws {
    let client = try connected()
    try client.mail("<>")
    try client.recipient("<c@d.example>")
    try client.header("Subject", "Undelivered Mail Returned to Sender")
    #expect(try client.endOfHeader("LONG") == "c")
    #expect(try client.body([UInt8](repeating: 0x78, count: 6_000)) == "c")
    #expect(try client.body([UInt8](repeating: 0x78, count: 6_000)) == "a")
    #expect(recorder.report("LONG")?.content.count == 10_000)
    #expect(recorder.report("LONG")?.isTruncated == true)
    try client.mail("<a@b.example>")
    try client.recipient("<c@d.example>")
    #expect(try client.endOfHeader("AFTERLONG") == "a")
    #expect(recorder.message("AFTERLONG") != nil)
  }

  @Test("an absence note from the null sender is no report")
  func absence() throws {
    let client = try connected()
    try client.mail("<>")
    try client.recipient("<c@d.example>")
    try client.header("Subject", "Out of office")
    #expect(try client.endOfHeader("ABS") == "a")
    #expect(recorder.message("ABS") != nil)
    #expect(recorder.report("ABS") == nil)
  }

  @Test("internal mail")
  func internalMail() throws {
    let client = try connected()
    try client.mail("me@b.example")
    try client.recipient("you@d.example")
    #expect(try client.endOfHeader("INT") == "a")
    #expect(recorder.message("INT")?.isInternal == true)
    #expect(recorder.message("INT")?.sender == "me@b.example")
  }

  @Test("an aborted message is forgotten")
  func aborted() throws {
    let client = try connected()
    try client.mail("<aborted@b.example>")
    try client.recipient("<c@d.example>")
    try client.abort()
    try client.mail("<a@b.example>")
    try client.recipient("<e@d.example>")
    #expect(try client.endOfHeader("ABORT") == "a")
    #expect(recorder.message("ABORT")?.recipients == ["e@d.example"])
    #expect(!recorder.seen.messages.contains { $0.sender == "aborted@b.example" })
  }

  @Test("another SMTP session on the same milter connection")
  func reused() throws {
    let client = try connected()
    // libmilter takes this command after an end of message only.
    try client.mail("<>")
    try client.recipient("<c@d.example>")
    try client.header("Subject", "Undelivered Mail")
    try client.endOfHeader("FIRST")
    #expect(try client.endOfMessage("FIRST") == "c")
    try client.quitForAnother()
    try client.open(host: "second.example", daemon: "other.example")
    try client.mail("<a@b.example>")
    try client.recipient("<c@d.example>")
    #expect(try client.endOfHeader("SECOND") == "a")
    #expect(recorder.message("SECOND")?.client.host == "second.example")
    #expect(recorder.message("SECOND")?.client.daemonName == "other.example")
  }

  @Test("connections that end at once, at every point, do no harm")
  func brief() throws {
    for _ in 0..<20 {
      _ = try MilterClient(path: path)
      let quitting = try MilterClient(path: path)
      try quitting.quit()
      let opened = try connected()
      try opened.mail("<brief@b.example>")
      let garbage = try MilterClient(path: path)
      try garbage.sendRaw([0xFF, 0xFF, 0xFF, 0xFF, 0x00])
      let halves = try connected()
      try halves.sendRaw([0, 0, 0, 9, 0x4D, 0x3C])
    }
    try messagesOnce("BRIEF")
  }

  @Test("many connections at a time keep their messages apart")
  func many() throws {
    let clients = try (0..<100).map { number in
      let client = try MilterClient(path: path)
      try client.open(host: "host\(number).example")
      try client.mail("<many\(number)@b.example>")
      return client
    }
    for (number, client) in clients.enumerated() { try client.recipient("<r\(number)@d.example>") }
    for (number, client) in clients.enumerated() { #expect(try client.endOfHeader("MANY\(number)") == "a") }
    for number in clients.indices {
      let message = try #require(recorder.message("MANY\(number)"))
      #expect(message.sender == "many\(number)@b.example")
      #expect(message.recipients == ["r\(number)@d.example"])
      #expect(message.client.host == "host\(number).example")
    }
  }

  @Test("a second server in the process is refused")
  func second() {
    let other = MilterServer(
      configuration: MilterConfiguration(socket: .inet(host: "127.0.0.1", port: 0)), observer: recorder)
    let error = #expect(throws: MilterError.self) { try other.open() }
    #expect(error?.kind == .alreadyUsed)
    #expect(error?.description.contains("one milter server") == true)
  }

  private func messagesOnce(_ queueID: String) throws {
    let client = try connected()
    try client.mail("<a@b.example>")
    try client.recipient("<c@d.example>")
    #expect(try client.endOfHeader(queueID) == "a")
    #expect(recorder.message(queueID) != nil)
  }
}
