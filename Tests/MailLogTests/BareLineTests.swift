import Bytes
import MailLog
import SMTPTypes
import Testing

/// Messages without a header.
@Suite struct BareLineTests {
  private func seen(_ message: String) -> [String]? {
    let parser = parser()
    var parsed = ParsedLine()
    return message.withByteView { view in
      guard parser.parseBare(view, time: reference, into: &parsed) else { return nil }
      return [kind(parsed.record), String(parsed.header.daemon), parsed.header.time.description]
    }
  }

  @Test(arguments: [
    (
      "3F2A1B0C9D: to=<a@example.org>, relay=mx.example.org[192.0.2.7]:25, delay=1, dsn=4.0.0, status=deferred (host mx.example.org[192.0.2.7] said: 450 later (in reply to RCPT TO command))",
      "delivery deferred", "smtp"
    ),
    ("to=<a@example.org>, relay=none, delay=141602, status=deferred (connect to x[192.0.2.1]: no)", "delivery deferred", "smtp"),
    ("3F2A1B0C9D: to=<a@example.org>, relay=local, delay=1, dsn=4.0.0, status=deferred (temporary failure)", "delivery deferred", "local"),
    ("3F2A1B0C9D: removed", "removed", "smtpd"),
    ("3F2A1B0C9D: from=<a@example.org>, size=1, nrcpt=1 (queue active)", "queueActive", "smtpd"),
    ("NOQUEUE: reject: RCPT from x[192.0.2.1]: 450 4.7.1 no; from=<a@b> to=<c@d> proto=SMTP helo=<e>", "rejection", "smtpd"),
    ("reject: RCPT from x[192.0.2.1]: 450 4.7.1 no; from=<a@b> to=<c@d> proto=SMTP helo=<e>", "rejection", "smtpd"),
    ("warning: Connection rate limit exceeded: 7 from x[192.0.2.1] for service smtp", "rejection", "smtpd"),
    (
      "6ANF9AiB030626: to=<a@x>, delay=00:00:01, xdelay=00:00:01, mailer=esmtp, pri=1, relay=mx. [192.0.2.7], dsn=4.2.0, stat=Deferred: 450 4.2.0 a",
      "delivery deferred", "sendmail"
    ),
  ])
  func readsWhatIsClearlyALogs(_ message: String, _ kind: String, _ daemon: String) {
    #expect(seen(message) == [kind, daemon, reference.description])
  }

  @Test(arguments: [
    "", "x", "to=<a@example.org>", "Hello: to=<a@b>, status=deferred (x)", "warning: x", "connect from x[192.0.2.1]",
    "{\"a\": 1}", "3F2A1B0C9D: hello", "host mx.example.org[192.0.2.7] said: 450 later",
  ])
  func leavesTheRest(_ message: String) {
    #expect(seen(message) == nil)
  }
}
