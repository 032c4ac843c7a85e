import Bytes
import SMTPTypes
import Testing

@testable import Milter

/// A session driven by hand, and what its observer saw.
private struct Bench {
  let recorder = Recorder()
  let session: Session
  let watch: Watch

  init(_ change: (inout MilterConfiguration) -> Void = { _ in }) {
    var configuration = MilterConfiguration(socket: .unix(path: "/nonexistent"))
    configuration.clock = { Timestamp(seconds: 1_000) }
    change(&configuration)
    watch = Watch(configuration, observer: recorder)
    session = Session(watch: watch)
    session.connect(
      host: ByteView("mx.example"), address: "192.0.2.7", port: 4711, daemonName: ByteView("mail.example"))
    session.helo(ByteView("client.example"))
  }

  func mail(_ path: StaticString, user: StaticString? = nil) {
    session.mail(path: ByteView(path), user: user.map { ByteView($0) })
  }

  func accept(_ path: StaticString) {
    session.recipient(path: ByteView(path), fate: .accepted, queueID: nil)
  }

  func refuse(_ path: StaticString, _ code: StaticString, _ text: StaticString, queueID: StaticString? = nil) {
    session.recipient(
      path: ByteView(path), fate: .refused(code: ByteView(code), text: ByteView(text)),
      queueID: queueID.map { ByteView($0) })
  }

  func header(_ name: String, _ value: String) {
    name.withByteView { name in value.withByteView { session.header(name: name, value: $0) } }
  }

  func data(_ queueID: StaticString) -> SessionAnswer { session.data(queueID: ByteView(queueID)) }
  func endOfHeader(_ queueID: StaticString) -> SessionAnswer { session.endOfHeader(queueID: ByteView(queueID)) }
  func body(_ text: String) -> SessionAnswer { text.withByteView { session.body($0) } }
}

@Suite("Session")
struct SessionTests {
  @Test("a message without wanted headers is done at DATA")
  func early() {
    let bench = Bench { $0.wantsIdentityHeaders = false }
    bench.mail("<a@b.example>", user: "alice")
    bench.accept("<c@d.example>")
    bench.accept("<e@d.example>")
    #expect(bench.data("Q1") == .enough)
    let message = bench.recorder.message("Q1")
    #expect(message?.sender == "a@b.example")
    #expect(message?.recipients == ["c@d.example", "e@d.example"])
    #expect(message?.user == "alice")
    #expect(message?.isInternal == false)
    #expect(message?.time == Timestamp(seconds: 1_000))
    #expect(message?.client.address == "192.0.2.7")
    #expect(message?.client.port == 4711)
    #expect(message?.client.helo == "client.example")
    #expect(message?.client.daemonName == "mail.example")
    #expect(message?.messageID == nil)
  }

  @Test("identity and tags come from the header; the first field of a name counts")
  func identity() {
    let bench = Bench {
      $0.tags = [TagHeader(name: "campaign", field: "X-Campaign"), TagHeader(name: "class", field: "X-Class")]
    }
    bench.mail("<a@b.example>")
    bench.accept("<c@d.example>")
    bench.header("Received", "from x")
    bench.header("message-id", " <1@b.example> ")
    bench.header("List-ID", "A list\r\n\t<l.b.example>")
    bench.header("Feedback-ID", "f:1")
    bench.header("X-CLASS", "gold")
    bench.header("X-Class", "silver")
    #expect(bench.endOfHeader("Q1") == .enough)
    let message = bench.recorder.message("Q1")
    #expect(message?.messageID == "<1@b.example>")
    #expect(message?.listID == "A list\t<l.b.example>")
    #expect(message?.feedbackID == "f:1")
    #expect(message?.tags == [ObservedTag(name: "class", value: "gold")])
    #expect(bench.recorder.seen.reports.isEmpty)
  }

  @Test("several messages of a connection share the client, nothing else")
  func several() {
    let bench = Bench()
    bench.mail("<a@b.example>", user: "alice")
    bench.accept("<c@d.example>")
    bench.header("Message-ID", "<1@x>")
    #expect(bench.endOfHeader("Q1") == .enough)
    bench.mail("<f@b.example>")
    bench.accept("<g@d.example>")
    #expect(bench.endOfHeader("Q2") == .enough)
    let second = bench.recorder.message("Q2")
    #expect(second?.messageID == nil)
    #expect(second?.user == nil)
    #expect(second?.recipients == ["g@d.example"])
    #expect(second?.client == bench.recorder.message("Q1")?.client)
  }

  @Test("an abort forgets the message")
  func abort() {
    let bench = Bench()
    bench.mail("<a@b.example>")
    bench.accept("<c@d.example>")
    bench.session.abort()
    #expect(bench.recorder.seen.count == 0)
    bench.mail("<a@b.example>")
    bench.accept("<h@d.example>")
    _ = bench.endOfHeader("Q2")
    #expect(bench.recorder.message("Q2")?.recipients == ["h@d.example"])
  }

  @Test(
    "envelope senders",
    arguments: [
      ("<a@b.example>", "a@b.example", false),
      ("<\"odd >\"@b.example>", "\"odd >\"@b.example", false),
      ("<>", "", false),
      ("a@b.example", "a@b.example", true),
      ("", "", true),
      ("<unclosed@b.example", "unclosed@b.example", false),
    ])
  func sender(path: String, address: String, isInternal: Bool) {
    let bench = Bench()
    path.withByteView { bench.session.mail(path: $0, user: nil) }
    bench.session.endOfMessage(queueID: ByteView("Q1"))
    #expect(bench.recorder.message("Q1")?.sender == address)
    #expect(bench.recorder.message("Q1")?.isInternal == isInternal)
  }

  @Test(
    "refused recipients",
    arguments: [
      ("4.7.1", "Recipient address rejected: Greylisted", 4, "4.7.1"),
      ("5.1.1", "no such user", 5, "5.1.1"),
      ("4.2", "not a whole code", 4, nil),
      ("", "550 5.1.1 User unknown", 5, nil),
    ] as [(String, String, Int, String?)])
  func refused(code: String, text: String, severity: Int, enhanced: String?) {
    let bench = Bench()
    bench.mail("<a@b.example>", user: "alice")
    code.withByteView { code in
      text.withByteView { text in
        bench.session.recipient(path: ByteView("<c@d.example>"), fate: .refused(code: code, text: text), queueID: nil)
      }
    }
    let rejection = bench.recorder.seen.rejections.first
    #expect(rejection?.severity == severity)
    #expect(rejection?.isTransient == (severity == 4))
    #expect(rejection?.enhancedCode?.description == enhanced)
    #expect(rejection?.text == text)
    #expect(rejection?.sender == "a@b.example")
    #expect(rejection?.recipient == "c@d.example")
    #expect(rejection?.user == "alice")
    #expect(rejection?.queueID == nil)
    #expect(rejection?.client.host == "mx.example")
  }

  @Test("a refused recipient is not one of the message's")
  func refusedBesideAccepted() {
    let bench = Bench()
    bench.mail("<a@b.example>")
    bench.accept("<c@d.example>")
    bench.refuse("<e@d.example>", "4.2.2", "full", queueID: "Q1")
    bench.refuse("<f@d.example>", "", "")  // the MTA says nothing of use: neither kept nor told
    _ = bench.endOfHeader("Q1")
    #expect(bench.recorder.message("Q1")?.recipients == ["c@d.example"])
    #expect(bench.recorder.seen.rejections.map(\.queueID) == ["Q1"])
  }

  @Test("recipients and values are bounded, the count is not")
  func bounds() {
    let bench = Bench {
      $0.recipientLimit = 3
      $0.headerValueLimit = 10
    }
    bench.mail("<a@b.example>")
    for _ in 0..<1000 { bench.accept("<c@d.example>") }
    bench.header("Message-ID", String(repeating: "x", count: 5000))
    bench.header("List-Id", "abc\n " + String(repeating: "y", count: 5000))
    _ = bench.endOfHeader("Q1")
    let message = bench.recorder.message("Q1")
    #expect(message?.recipients.count == 3)
    #expect(message?.recipientCount == 1000)
    #expect(message?.messageID == "xxxxxxxxxx")
    #expect(message?.listID == "abc yyyyyy")
    let long = "<" + String(repeating: "z", count: 100_000) + "@d.example>"
    bench.mail("<>")
    long.withByteView { bench.session.recipient(path: $0, fate: .accepted, queueID: nil) }
    bench.session.endOfMessage(queueID: ByteView("Q2"))
    #expect(bench.recorder.message("Q2")?.recipients.first?.utf8.count == Session.textLimit)
  }

  @Test("bytes that are not UTF-8 become U+FFFD")
  func badBytes() {
    let bench = Bench()
    bench.mail("<a@b.example>")
    let value: [UInt8] = [0x61, 0xFF, 0x62]
    value.withUnsafeBufferPointer { bench.session.header(name: ByteView("Message-ID"), value: ByteView($0)) }
    _ = bench.endOfHeader("Q1")
    #expect(bench.recorder.message("Q1")?.messageID == "a\u{FFFD}b")
  }

  @Test("an MTA that is out of step does no harm")
  func outOfStep() {
    let bench = Bench()
    #expect(bench.body("x") == .enough)
    bench.session.endOfMessage(queueID: nil)
    bench.header("Message-ID", "<1@x>")
    #expect(bench.endOfHeader("Q1") == .enough)
    bench.session.abort()
    bench.session.abort()
    #expect(bench.recorder.seen.messages.map(\.queueID) == ["", "Q1"])
  }
}

@Suite("Session: delivery reports")
struct SessionReportTests {
  private func report(_ change: (inout MilterConfiguration) -> Void = { _ in }) -> Bench {
    let bench = Bench(change)
    bench.mail("<>")
    bench.accept("<c@d.example>")
    #expect(bench.data("Q1") == .proceed)
    bench.header("Content-Type", "multipart/report;\n\treport-type=delivery-status")
    return bench
  }

  @Test("header and body are kept as they were, the message told before its body")
  func capture() {
    let bench = report { $0.wantsIdentityHeaders = false }
    #expect(bench.endOfHeader("Q1") == .proceed)
    #expect(bench.recorder.message("Q1") != nil)
    #expect(bench.body("one\r\n") == .proceed)
    #expect(bench.body("two\r\n") == .proceed)
    bench.session.endOfMessage(queueID: ByteView("Q1"))
    let expected = "Content-Type: multipart/report;\r\n\treport-type=delivery-status\r\n\r\none\r\ntwo\r\n"
    #expect(bench.recorder.report("Q1")?.content == Array(expected.utf8))
    #expect(bench.recorder.report("Q1")?.isTruncated == false)
    #expect(bench.recorder.seen.messages.count == 1)
    #expect(bench.recorder.seen.reports.count == 1)
  }

  @Test("a long report is cut, and the rest not asked for")
  func cut() {
    let bench = report { $0.reportLimit = 1024 }
    #expect(bench.endOfHeader("Q1") == .proceed)
    #expect(bench.body(String(repeating: "x", count: 900)) == .proceed)
    #expect(bench.body(String(repeating: "y", count: 900)) == .enough)
    #expect(bench.recorder.report("Q1")?.content.count == 1024)
    #expect(bench.recorder.report("Q1")?.isTruncated == true)
    bench.session.abort()
    #expect(bench.recorder.seen.reports.count == 1)
  }

  @Test("a header beyond the limit ends the report there")
  func cutHeader() {
    let bench = report { $0.reportLimit = 1024 }
    bench.header("X-Long", String(repeating: "x", count: 5000))
    #expect(bench.endOfHeader("Q1") == .enough)
    #expect(bench.recorder.report("Q1")?.isTruncated == true)
  }

  @Test("a report that is broken off is not told")
  func broken() {
    let bench = report()
    _ = bench.endOfHeader("Q1")
    _ = bench.body("one\r\n")
    bench.session.abort()
    #expect(bench.recorder.seen.reports.isEmpty)
    #expect(bench.watch.reserveReportMemory(64 * 1024 * 1024))
  }

  @Test("all reports together are bounded; what was set aside comes back")
  func memory() {
    let bench = report { $0.reportMemoryLimit = 300 }
    _ = bench.endOfHeader("Q1")
    #expect(bench.body(String(repeating: "x", count: 500)) == .enough)
    #expect(bench.recorder.report("Q1")?.isTruncated == true)
    #expect(bench.watch.reserveReportMemory(300))
    bench.watch.releaseReportMemory(300)
  }

  @Test(
    "what looks like a report",
    arguments: [
      ("Content-Type", "Multipart/Report; report-type=delivery-status; boundary=x", true),
      ("Content-Type", "multipart/report; report-type=disposition-notification", false),
      ("Content-Type", "text/plain", false),
      ("From", "Mail Delivery System <MAILER-DAEMON@b.example>", true),
      ("From", "alice@b.example", false),
      ("Subject", "Returned mail: see transcript for details", true),
      ("SUBJECT", "Undelivered Mail Returned to Sender", true),
      ("Subject", "Out of office", false),
      ("X-Failed-Recipients", "c@d.example", true),
      ("Received", "from mailer-daemon", false),
      ("Subject", "", false),
    ])
  func signs(name: String, value: String, expected: Bool) {
    let bench = Bench()
    bench.mail("<>")
    bench.accept("<c@d.example>")
    bench.header(name, value)
    #expect((bench.endOfHeader("Q1") == .proceed) == expected)
  }

  @Test("no report from a sender that has a name, or when none is wanted")
  func notWanted() {
    let named = Bench()
    named.mail("<a@b.example>")
    named.header("Content-Type", "multipart/report")
    #expect(named.endOfHeader("Q1") == .enough)
    let none = Bench {
      $0.wantsReports = false
      $0.wantsIdentityHeaders = false
    }
    none.mail("<>")
    #expect(none.data("Q2") == .enough)
    #expect(none.recorder.seen.reports.isEmpty)
  }
}
