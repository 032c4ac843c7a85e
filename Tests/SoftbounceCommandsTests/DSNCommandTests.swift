import Glibc
import Testing

extension Scratch {
  /// Writes a message to `name`, making the directories on the way.
  @discardableResult
  fileprivate func message(_ name: String, _ text: String) -> String {
    var directory = ""
    for part in name.split(separator: "/").dropLast() {
      directory += directory.isEmpty ? String(part) : "/" + part
      _ = self.directory(directory)
    }
    return file(name, text)
  }

  fileprivate func dsn(_ arguments: String..., input: String? = nil) -> Outcome {
    run(["dsn"] + arguments, input: input)
  }
}

private let bounce = """
  From: MAILER-DAEMON@mx.example.net
  Subject: Undelivered Mail Returned to Sender
  Content-Type: multipart/report; report-type=delivery-status; boundary=b

  --b
  Content-Type: message/delivery-status

  Reporting-MTA: dns; mx.example.net
  X-Postfix-Queue-ID: 4jY88L73BKz2PwHN

  Final-Recipient: rfc822; bob@example.com
  Original-Recipient: rfc822;robert@example.com
  Action: failed
  Status: 5.2.2
  Remote-MTA: dns; mail.example.com
  Diagnostic-Code: smtp; 552 5.2.2 mailbox full

  Final-Recipient: rfc822; eve@example.com
  Action: delayed
  Status: 4.4.1
  Will-Retry-Until: Sat, 28 Nov 2026 14:53:38 +0100
  Diagnostic-Code: X-Postfix; connect to mail.example.com[192.0.2.7]:25:
      Connection refused

  --b
  Content-Type: text/rfc822-headers

  Message-ID: <m1@example.org>

  --b--

  """

private let letter = "From: Ann <ann@example.org>\nSubject: Lunch\n\nFrom here to there.\n\nFrom noon on?\n"

@Suite struct DSNCommandTests {
  /// A report beyond a limit is told as one, in both forms, and ends with 3.
  @Test func aReportThatWasCut() {
    let scratch = Scratch()
    let many = String(repeating: "Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1\n\n", count: 1001)
    let file = scratch.message("many.eml", bounce.replacing("Final-Recipient: rfc822; bob@example.com\n", with: many))
    let json = scratch.dsn("--format", "json", file)
    #expect(json.status == 3)
    #expect(json.output.split(separator: "\n").count == 1000)
    #expect(json.output.contains("\"exceeded\":[\"recipients\"]}"))
    let words = "DIR/many.eml: a report read in part only, because it goes beyond a limit (recipients)"
    #expect(json.errors == "softbounce: \(words)\n")
    #expect(scratch.dsn(file).status == 3)
  }

  @Test(arguments: OldLogTests.programs)
  func aCompressedFileIsUnpacked(command: [String]) {
    let scratch = Scratch()
    let plain = scratch.dsn(scratch.message("bounce.eml", bounce))
    let bytes = packed(command, Array(bounce.utf8))
    #expect(!bytes.isEmpty)
    let outcome = scratch.dsn(scratch.file("bounce.packed", bytes))
    #expect(outcome.status == 0)
    #expect(outcome.output.replacing("bounce.packed", with: "bounce.eml") == plain.output)
    let cut = scratch.dsn(scratch.file("cut.packed", Array(bytes.dropLast(5))))
    #expect(cut.status != 0)
    #expect(cut.errors.hasPrefix("softbounce: DIR/cut.packed: damaged at byte"))
  }

  @Test func json() {
    let scratch = Scratch()
    let file = scratch.message("bounce.eml", bounce)
    let outcome = scratch.dsn("--format", "json", file)
    #expect(outcome.status == 0)
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(
      lines == [
        #"{"file":"DIR/bounce.eml","kind":"bounce","recipient":"bob@example.com","original_recipient":"robert@example.com","#
          + #""action":"failed","status":"5.2.2","reply":{"code":552,"enhanced":"5.2.2","text":"552 5.2.2 mailbox full"},"#
          + #""remote_mta":"mail.example.com","reporting_mta":"mx.example.net","queue_id":"4jY88L73BKz2PwHN","#
          + #""message_id":"m1@example.org","cause":"mailbox-full","scope":"recipient"}"#,
        #"{"file":"DIR/bounce.eml","kind":"delay","recipient":"eve@example.com","action":"delayed","status":"4.4.1","#
          + #""reply":{"text":"connect to mail.example.com[192.0.2.7]:25: Connection refused"},"#
          + #""reporting_mta":"mx.example.net","will_retry_until":"2026-11-28T13:53:38Z","queue_id":"4jY88L73BKz2PwHN","#
          + #""message_id":"m1@example.org","cause":"connect-failure","scope":"domain"}"#,
      ])
  }

  @Test func text() {
    let scratch = Scratch()
    let outcome = scratch.dsn(scratch.message("bounce.eml", bounce), scratch.message("letter.eml", letter))
    #expect(outcome.status == 0)
    #expect(
      outcome.output == """
        DIR/bounce.eml: bounce, reported by mx.example.net, its queue id 4jY88L73BKz2PwHN, message <m1@example.org>
          bob@example.com (for robert@example.com): failed 5.2.2, mailbox-full (recipient)
            mail.example.com: 552 5.2.2 mailbox full
          eve@example.com: delayed 4.4.1, connect-failure (domain), retried until 2026-11-28T13:53:38Z
            connect to mail.example.com[192.0.2.7]:25: Connection refused
        DIR/letter.eml: none
        2 messages: bounce 1, none 1

        """)
  }

  /// What notices in words say without a code has one; a name server's silence says nothing of the name.
  @Test(arguments: [
    ("Name service error for name=example.com type=MX: Host not found, try again", "4.4.3"),
    ("Name service error for name=example.com type=A: Host not found", "5.1.2"), ("User unknown", "5.1.1"),
    ("connect to mx.example.com[192.0.2.7]:25: Connection timed out", "4.4.1"),
    ("delivery temporarily suspended: connect to mx.example.com[192.0.2.7]:25: Connection refused", "4.4.1"),
    ("lost connection with mx.example.com[192.0.2.7] while receiving the initial server greeting", "4.4.2"),
    ("conversation with mx.example.com[192.0.2.7] timed out while sending RCPT TO", "4.4.2"),
  ])
  func impliedStatus(reason: String, status: String) {
    #expect(told("Undelivered Mail", reason).contains("\"status\":\"\(status)\""))
  }

  private func told(_ subject: String, _ reason: String) -> String {
    let scratch = Scratch()
    let notice = "From: MAILER-DAEMON@mx.example.net\nSubject: \(subject)\n\n<bob@example.com>: \(reason)\n"
    return scratch.dsn("--format", "json", scratch.message("notice.eml", notice)).output
  }

  /// Of who waits no permanent code is implied.
  @Test(arguments: [
    ("connect to mx.example.com[192.0.2.7]:25: Connection timed out", "4.4.1"),
    (
      "TEMP_FAILURE: Could not initiate SMTP conversation with any hosts: [mx.example.com. (10): Connection timed out]",
      "4.4.1"
    ),
    ("mailbox is full", "4.2.2"), ("User unknown", ""),
  ])
  func impliedStatusOfADelay(reason: String, status: String) {
    let output = told("Delayed Mail (still being retried)", reason)
    #expect(output.contains("\"kind\":\"delay\""))
    #expect(output.contains(status.isEmpty ? "\"reply\"" : "\"status\":\"\(status)\""))
    #expect(output.contains("\"status\"") == !status.isEmpty)
  }

  /// `sendmail -bv`: nothing was sent, and nothing failed.
  @Test func triedAddresses() {
    let scratch = Scratch()
    let probe = bounce.replacing("Action: failed", with: "Action: deliverable")
      .replacing("Action: delayed", with: "Action: undeliverable")
    let outcome = scratch.dsn("--format", "json", scratch.message("probe.eml", probe))
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.allSatisfy { $0.contains("\"kind\":\"none\"") && !$0.contains("\"cause\"") })
    #expect(lines.first?.contains("\"action\":\"deliverable\"") ?? false)
    #expect(lines.last?.contains("\"action\":\"undeliverable\",\"status\":\"4.4.1\"") ?? false)
    #expect(outcome.status == 1)
  }

  @Test func ordinaryMail() {
    let scratch = Scratch()
    let outcome = scratch.dsn("--format", "json", scratch.message("letter.eml", letter))
    #expect(outcome.output == "{\"file\":\"DIR/letter.eml\",\"kind\":\"none\"}\n")
    #expect(outcome.errors.isEmpty)
    #expect(outcome.status == 1)
  }

  @Test func mailboxFile() {
    let scratch = Scratch()
    let from = "From MAILER-DAEMON Mon Nov 23 14:53:38 2026\n"
    let text = from + letter + "\n" + from + bounce + "\n" + from + letter
    let outcome = scratch.dsn("--format", "json", scratch.message("mbox", text))
    #expect(outcome.output.split(separator: "\n").count == 4)
    #expect(outcome.output.split(separator: "\n").filter { $0.contains("\"none\"") }.count == 2)
    let crlf = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
    #expect(scratch.dsn("--format", "json", scratch.message("mbox", crlf)).output == outcome.output)
  }

  @Test func maildir() {
    let scratch = Scratch()
    scratch.message("cur/1.a:2,S", bounce)
    scratch.message("new/2.b", letter)
    scratch.message("tmp/3.c", bounce)
    scratch.message("dovecot.index", "no message")
    scratch.message(".Bounces/cur/4.d", bounce)
    scratch.message(".Bounces/new/5.e", letter)
    let outcome = scratch.dsn("--format", "json", scratch.path)
    #expect(outcome.status == 0)
    var files: [String] = []
    for line in outcome.output.split(separator: "\n") {
      let file = String(line.split(separator: "\"")[3])
      if files.last != file { files.append(file) }
    }
    #expect(files == ["DIR/.Bounces/cur/4.d", "DIR/.Bounces/new/5.e", "DIR/cur/1.a:2,S", "DIR/new/2.b"])
  }

  @Test func linksToDirectoriesAreNotFollowed() {
    let scratch = Scratch()
    scratch.message("in/bounce.eml", bounce)
    symlink(scratch.path, scratch.path + "/in/again")
    #expect(scratch.dsn("--format", "json", scratch.path).output.split(separator: "\n").count == 2)
  }

  @Test func standardInput() {
    let outcome = Scratch().dsn("--format", "json", "-", input: bounce)
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("{\"file\":\"-\",\"kind\":\"bounce\""))
  }

  @Test func missingFile() {
    let scratch = Scratch()
    let there = scratch.message("bounce.eml", bounce)
    let outcome = scratch.dsn("--format", "json", scratch.path + "/missing", there)
    #expect(outcome.status == 3)
    #expect(outcome.errors == "softbounce: DIR/missing: No such file or directory; correct the path\n")
    #expect(outcome.output.split(separator: "\n").count == 2)
  }

  @Test(arguments: [[], ["-", "-"], ["--format", "xml", "a"]])
  func wrongUsage(arguments: [String]) {
    let outcome = Scratch().run(["dsn"] + arguments)
    #expect(outcome.status == 2)
    #expect(!outcome.errors.isEmpty)
  }

  /// What a stranger wrote does not reach the terminal as it is.
  @Test func controlBytes() {
    let scratch = Scratch()
    let evil = bounce.split(separator: "mailbox full").joined(separator: "\u{1B}[31mfull\u{9B}2J\u{202E}x")
    let file = scratch.message("evil.eml", evil)
    for shown in [scratch.dsn(file).output, scratch.dsn("--format", "json", file).output] {
      #expect(shown.contains("full"))
      let harmful = shown.unicodeScalars.filter { scalar in
        switch scalar.value {
        case 0x0A: false
        case 0..<0x20, 0x7F...0x9F, 0x202E: true
        default: false
        }
      }
      #expect(harmful.isEmpty)
    }
  }
}
