import Testing

@testable import SoftbounceCommands

@Suite struct ExplainCommandTests {
  private func explain(_ arguments: [String], input: String? = nil, in scratch: Scratch = Scratch()) -> Scratch.Outcome
  {
    scratch.run(["explain"] + arguments, input: input)
  }

  /// Nothing given and nothing to read: it is said what to give.
  @Test func nothingToExplain() {
    let outcome = Scratch().run(["explain"])
    #expect(outcome.status == 1)
    #expect(outcome.errors == "softbounce: standard input has no text; give a reply in quotes, a file, or - for standard input\n")
    #expect(Scratch().run(["explain", "-"], input: "\n").status == 1)
  }

  @Test func aReplyForPeople() {
    let outcome = explain(["450 4.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org"])
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    for part in [
      "  cause        blocklisted (to act: us, as a sender)\n",
      "  rule         blocklisted  built-in/generic-sender.yaml:",
      "  evidence     text ", "  block list   zen.spamhaus.org\n", "  retrying     alone does not help\n",
      "  instead of   ",
    ] { #expect(outcome.output.contains(part), "\(part)") }
  }

  @Test func wordsWithoutQuotesAreOneText() {
    #expect(
      explain(["451", "greylisted,", "try", "again"]).output.hasPrefix(
        "451 greylisted, try again\n  cause        greylisted"))
    let two = explain(["451 greylisted", "452 over quota", "--format", "json"])
    #expect(two.output.split(separator: "\n").count == 2)
  }

  /// One object a line, in order, for every line that holds something; these keys always, in this order.
  @Test func jsonLines() {
    let input = """
      450 4.2.2 mailbox full

      451 4.7.1 Greylisted for 300 seconds\r
         \t
      no rule knows \u{1B}[31mthis
      """
    let outcome = explain(["--format", "json", "-"], input: input)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 3)
    let keys = ["text", "cause", "scope", "origin", "provider", "rule", "evidence", "retry_after", "confidence"]
    for line in lines {
      var from = line.startIndex
      for key in keys {
        guard let range = line[from...].firstRange(of: "\"\(key)\":") else {
          Issue.record("no \(key), or not in its place: \(line)")
          break
        }
        from = range.upperBound
      }
    }
    #expect(
      lines[0].hasPrefix(
        #"{"text":"450 4.2.2 mailbox full","cause":"mailbox-full","scope":"recipient","origin":"remote","provider":null,"#
      ))
    #expect(
      lines[1].contains(#""retry_after":300,"#) && lines[1].contains(#""text":"451 4.7.1 Greylisted for 300 seconds","#)
    )
    #expect(lines[2].contains(#""cause":"unclassified","scope":null"#) && lines[2].contains(#""confidence":0.00"#))
    #expect(!outcome.output.contains("\u{1B}"))
  }

  /// Each shape in which people have a failure before them.
  @Test(
    arguments: [
      (
        "host mx.example.net[192.0.2.1] said: 452 4.2.2 over quota (in reply to RCPT TO command)", "mailbox-full",
        "remote", "example.net"
      ),
      (
        "(host gmail-smtp-in.l.google.com[192.0.2.1] said: 421-4.7.28 unusual rate of mail - gsmtp (in reply to end of DATA command))",
        "rate-limited", "remote", "google"
      ),
      ("connect to mx.example.net[192.0.2.25]:25: Connection refused", "connect-failure", "transport", "example.net"),
      (
        "delivery temporarily suspended: connect to mx.example.net[192.0.2.25]:25: Connection timed out",
        "connect-failure", "suspended", "example.net"
      ),
      (
        "2026-11-23T09:00:01+00:00 mx1 postfix/smtp[1]: 4abc001: to=<e@example.com>, relay=none, delay=1, delays=0/0/1/0, dsn=4.4.1, status=deferred (connect to 127.0.0.1[127.0.0.1]:10024: Connection refused)",
        "filter-failure", "transport", nil
      ),
      (
        "Nov 23 09:00:01 mx1 postfix/smtp[1]: 4abc001: to=<e@example.com>, relay=mx.example.com[192.0.2.9]:25, delay=1.2, delays=0.1/0/0.4/0.7, dsn=4.2.2, status=deferred (host mx.example.com[192.0.2.9] said: 452 4.2.2 mailbox is full (in reply to RCPT TO command))",
        "mailbox-full", "remote", "example.com"
      ),
      (
        "4abc001: to=<e@example.com>, relay=mx.example.com[192.0.2.9]:25, delay=1.2, delays=0.1/0/0.4/0.7, dsn=4.2.2, status=deferred (host mx.example.com[192.0.2.9] said: 452 4.2.2 mailbox is full (in reply to RCPT TO command))",
        "mailbox-full", "remote", "example.com"
      ),
      (
        "Nov 23 09:00:01 mx1 postfix/smtpd[1]: NOQUEUE: reject: RCPT from unknown[192.0.2.7]: 450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.7]; from=<x@y.example> to=<a@b.example> proto=ESMTP helo=<z>",
        "reverse-dns", "own-reply", nil
      ),
      (
        "NOQUEUE: reject: RCPT from unknown[192.0.2.7]: 450 4.2.0 <a@b.example>: Recipient address rejected: Greylisted; from=<x@y.example> to=<a@b.example> proto=ESMTP helo=<z>",
        "greylisted", "own-reply", nil
      ),
      (
        "Diagnostic-Code: smtp; 451 4.7.1 Greylisting in action, please come back in 00:05:00", "greylisted", "remote",
        nil
      ),
      (
        #"{"time":"2026-11-23T09:00:05Z","type":"transient-failure","direction":"outbound","hop":"external","origin":"remote","provider":"google","reply":{"code":452,"text":"452 4.2.2 over quota"}}"#,
        "mailbox-full", "remote", "google"
      ),
      (
        "Nov 23 09:00:01 mx1 sm-mta[7]: 4AN9000112345678: to=<e@example.com>, delay=00:00:01, xdelay=00:00:01, mailer=esmtp, pri=1, relay=mx.example.com. [192.0.2.9], dsn=4.2.2, stat=Deferred: 452 4.2.2 over quota",
        "mailbox-full", "remote", "example.com"
      ),
      (
        "SMTP error from remote mail server after RCPT TO:<e@example.com>: host mx.example.com [192.0.2.9]: 450 4.7.1 The user may not get mail from your domain",
        "policy", "remote", nil
      ),
      (
        "192.0.2.9 does not like recipient. Remote host said: 451 4.7.1 Temporarily throttled", "rate-limited", "remote",
        nil
      ),
      (
        "SASL authentication failed; server smtp.example.net[192.0.2.25] said: 535 not you (#5.7.0)",
        "local-configuration", "remote", "example.net"
      ),
      (
        "TLS is required, but host mx.example.net[192.0.2.25] refused to start TLS: 454 4.3.0 Try again later",
        "tls-failure", "remote", "example.net"
      ),
      ("mailbox is full", "mailbox-full", "remote", nil),
      ("quota exceeded", "mailbox-full", "remote", nil),
      ("Insufficient system storage", "system-storage", "remote", nil),
      ("Connection timed out", "connect-failure", "transport", nil),
      (
        "maildir delivery failed: create maildir file /home/anna/Maildir/tmp/1.P2.mx: Permission denied",
        "local-configuration", "local", nil
      ),
      ("mail transport unavailable", "local-configuration", "local", nil),
      ("temporary failure. Command output: procmail: out of luck", "local-resource", "local", nil),
    ] as [(String, String, String, String?)])
  func shapes(_ text: String, _ cause: String, _ origin: String, _ provider: String?) {
    let outcome = explain([text, "--format", "json"])
    #expect(outcome.output.contains(#""cause":"\#(cause)","#), "\(outcome.output)")
    #expect(outcome.output.contains(#""origin":"\#(origin)","#), "\(outcome.output)")
    #expect(outcome.output.contains(#""provider":\#(provider.map { "\"\($0)\"" } ?? "null"),"#), "\(outcome.output)")
  }

  @Test func aLineWithoutAFailureSaysSo() {
    let line = "Nov 23 09:00:01 mx1 postfix/qmgr[1]: 4abc001: removed"
    #expect(explain([line, "--format", "json"]).output.contains(#""cause":null,"scope":null"#))
    #expect(explain([line]).output.hasSuffix("This line tells of no failure.\n"))
  }

  @Test func contextGoesBeforeTheShape() {
    let text = "451 4.7.1 Try again later"
    #expect(explain([text, "--provider", "yahoo", "--format", "json"]).output.contains(#""provider":"yahoo""#))
    #expect(explain([text, "--direction", "inbound", "--format", "json"]).output.contains(#""origin":"own-reply""#))
    for wrong in [["--direction", "up"], ["--stage", "lunch"], ["-", "-"]] {
      #expect(explain([text] + wrong).status == 2)
    }
  }

  @Test func filesAreReadAndWhatIsMissingIsAText() {
    let scratch = Scratch()
    let file = scratch.file("replies", "450 mailbox full\n451 greylisted\n")
    #expect(scratch.run(["explain", file, "--format", "json"]).output.split(separator: "\n").count == 2)
    #expect(scratch.run(["explain", scratch.file("empty", "\n"), "--format", "json"]).status == 1)
    #expect(scratch.run(["explain", "--rules", scratch.path + "/none", "450 x"]).status == 2)
    let missing = scratch.run(["explain", scratch.path + "/mail.lgo"])
    #expect(missing.status == 3 && missing.errors.contains("correct the path"))
    #expect(ExplainInput.inputs(["450", file, "full"]) == [.text("450 \(file) full")])
    #expect(ExplainInput.inputs([file, "-", "451 a b"]) == [.lines(file), .lines(nil), .text("451 a b")])
  }

  /// Bytes that are no text give an object all the same.
  @Test func oddBytes() {
    let scratch = Scratch()
    let file = scratch.file(
      "odd", [0x34, 0x35, 0x30, 0x20, 0xFF, 0xFE, 0x00, 0x80, 0x0A] + Array(repeating: 0x28, count: 9000))
    let outcome = scratch.run(["explain", file, "--format", "json"])
    #expect(outcome.output.split(separator: "\n").count == 2)
    #expect(outcome.output.hasPrefix("{\"text\":\"450 \u{FFFD}\u{FFFD}\\u0000\u{FFFD}\","))
  }
}
