import Bytes
import MailLog
import SMTPTypes
import Testing

@Suite struct HeaderTests {
  /// What stands between the tag and the message, with messages of any length: most are read in one look.
  @Test(arguments: [
    ("[]: ", ""), ("[1]: ", "1"), ("[1234567]: ", "1234567"), ("[12345678]: ", "12345678"), ("[1]:  ", "1"),
    ("[1]: [ID 197553 mail.info] ", "1"), ("[1]:", "1"), ("[1] ", "1"), (": ", ""), ("[123456789012345678]: ", "123456789012345678"),
  ])
  func processAndMessage(_ between: String, _ process: String) {
    for message in ["x", "3F2A1B0C9D: removed", "connect from a.example[192.0.2.1]", "\u{e9}t\u{e9}", "\tx"] {
      for length in 1...message.utf8.count {
        guard let text = String(message.utf8.prefix(length)) else { continue }
        var parser = parser()
        var read = ""
        "Nov 23 17:59:48 mx1 postfix/smtpd\(between)\(text)".withByteView { line in
          guard let (header, record) = parser.parse(line) else { return }
          read = "\(String(header.process)) \(kind(record))"
        }
        let plain = parsing("Nov 23 17:59:48 mx1 postfix/smtpd[77]: \(text)") { kind($1) } ?? "no header"
        #expect(read == "\(process) \(plain)", "\(between)\(text)")
      }
    }
  }

  @Test(arguments: [
    ("Nov 23 17:59:48 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]", "2026-11-23T17:59:48Z"),
    ("Nov  3 07:09:08 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]", "2026-11-03T07:09:08Z"),
    ("Nov 3 07:09:08 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]", "2026-11-03T07:09:08Z"),
    ("Dec  1 07:09:08 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]", "2025-12-01T07:09:08Z"),
    ("Nov 24 17:00:00 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]", "2026-11-24T17:00:00Z"),
    ("Nov 25 00:00:00 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]", "2025-11-25T00:00:00Z"),
    ("Feb 29 12:00:00 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]", "2024-02-29T12:00:00Z"),
    ("Nov 23 17:59:48.123456 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]", "2026-11-23T17:59:48.123456Z"),
    ("2013 Jun 10 06:27:30.123 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]", "2013-06-10T06:27:30.123Z"),
    (
      "2026-11-23T18:59:48.123456+01:00 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]",
      "2026-11-23T17:59:48.123456Z"
    ),
    ("2026-11-23T12:29:48.5-05:30 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]", "2026-11-23T17:59:48.5Z"),
    ("2026-11-23T17:59:48Z mx1 postfix/smtpd[123]: connect from x[192.0.2.1]", "2026-11-23T17:59:48Z"),
    ("2026-11-23T17:59:48+0000 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]", "2026-11-23T17:59:48Z"),
    ("2026-11-23 17:59:48.001Z mx1 postfix/smtpd[123]: connect from x[192.0.2.1]", "2026-11-23T17:59:48.001Z"),
    ("2026-11-23 17:59:48 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]", "2026-11-23T17:59:48Z"),
    ("2026-11-23T17:59:48,25 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]", "2026-11-23T17:59:48.25Z"),
    ("Nov 23 2013 17:59:48 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]", "2013-11-23T17:59:48Z"),
    ("Mon 2026-11-23 17:59:48 UTC mx1 postfix/smtpd[123]: connect from x[192.0.2.1]", "2026-11-23T17:59:48Z"),
    ("Mon 2026-11-23 17:59:48 CET mx1 postfix/smtpd[123]: connect from x[192.0.2.1]", "2026-11-23T17:59:48Z"),
    ("1795456788.000250 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]", "2026-11-23T17:59:48.000250Z"),
    // journalctl in other languages.
    ("Dez 23 17:59:48 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]", "2025-12-23T17:59:48Z"),
    ("Mär 03 17:59:48 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]", "2026-03-03T17:59:48Z"),
    ("Okt  3 17:59:48 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]", "2026-10-03T17:59:48Z"),
    ("nov. 03 17:59:48 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]", "2026-11-03T17:59:48Z"),
    ("août 12 17:59:48.125 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]", "2026-08-12T17:59:48.125Z"),
    ("ene 12 17:59:48 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]", "2026-01-12T17:59:48Z"),
    // What containers' logs put in front.
    ("mail-1  | Nov 23 17:59:48 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]", "2026-11-23T17:59:48Z"),
    (
      "2026-11-23T18:00:01.123456789Z Nov 23 17:59:48 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]",
      "2026-11-23T17:59:48Z"
    ),
    (
      "2026-11-23T18:00:01.123456789Z stdout F 2026-11-23T17:59:48.5Z mx1 postfix/smtpd[123]: connect from x[192.0.2.1]",
      "2026-11-23T17:59:48.5Z"
    ),
    // Docker's syslog driver: behind the container's tag. A container's zone is its own.
    (
      "2026-11-23T18:59:48+01:00 host1 docker/mail[812]: Nov 23 09:59:48 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]",
      "2026-11-23T17:59:48Z"
    ),
    (
      "Nov 23 17:59:48 host1 0f1e2d3c4b5a[812]: Nov 23 17:59:47 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]",
      "2026-11-23T17:59:48Z"
    ),
    (
      "Nov  3 17:59:48 host1 stack-postfix-1[812]: Nov 03 17:59:48 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]",
      "2026-11-03T17:59:48Z"
    ),
    (
      "Nov 23 17:59:49 host1 docker[812]: 2026-11-23T18:59:48.125+01:00 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]",
      "2026-11-23T17:59:48.125Z"
    ),
    (
      "Nov 23 17:59:48 host1 Mailserver[812]: 2026-11-23 17:00:00 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]",
      "2026-11-23T17:59:48Z"
    ),
    ("2026-11-23T17:59:48Z mx1    postfix/smtpd[123]: connect from x[192.0.2.1]", "2026-11-23T17:59:48Z"),
    ("<22>Nov 23 17:59:48 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]", "2026-11-23T17:59:48Z"),
    ("Nov 23 17:59:48 <mail.info> mx1 postfix/smtpd[123]: connect from x[192.0.2.1]", "2026-11-23T17:59:48Z"),
    ("Nov 23 17:59:48 mx1 mail.info postfix/smtpd[123]: connect from x[192.0.2.1]", "2026-11-23T17:59:48Z"),
    ("Nov 23 17:59:48 mx1 mail:info postfix/smtpd[123]: connect from x[192.0.2.1]", "2026-11-23T17:59:48Z"),
    ("Nov 23 17:59:48 mx1 daemon.warn postfix/smtpd[123]: connect from x[192.0.2.1]", "2026-11-23T17:59:48Z"),
    ("<22>1 2026-11-23T17:59:48.003Z mx1 postfix/smtpd 123 - - connect from x[192.0.2.1]", "2026-11-23T17:59:48.003Z"),
    (
      #"<22>1 2026-11-23T17:59:48.003Z mx1 postfix/smtpd 123 ID [a b="c\"]"][d] connect from x[192.0.2.1]"#,
      "2026-11-23T17:59:48.003Z"
    ),
    ("Nov 23 17:59:48 mx1 postfix/smtpd[123]: [ID 197553 mail.info] connect from x[192.0.2.1]", "2026-11-23T17:59:48Z"),
    // A log server that writes whom it had the line from before the line's own host.
    ("Nov 23 17:59:48 10.0.0.7 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]", "2026-11-23T17:59:48Z"),
    ("2026-11-23T17:59:48Z mx1.example.org mx1 postfix/smtpd[123]: connect from x[192.0.2.1]", "2026-11-23T17:59:48Z"),
    (
      "Nov 23 17:59:48 loghost Message forwarded from mx1: postfix/smtpd[123]: connect from x[192.0.2.1]",
      "2026-11-23T17:59:48Z"
    ),
  ])
  func readsEveryStampAndHeader(_ line: String, _ time: String) {
    let seen = parsing(line) { header, record in
      [
        header.time.description, String(header.host), String(header.instance), String(header.service),
        String(header.daemon), header.processID.map { "\($0)" } ?? "-", kind(record),
      ]
    }
    #expect(seen == [time, "mx1", "postfix", "smtpd", "smtpd", "123", "uninteresting"])
  }

  @Test(arguments: [
    ("postfix/smtpd[1]", ["postfix", "smtpd", "smtpd"]),
    ("postfix/submission/smtpd[1]", ["postfix", "submission", "smtpd"]),
    ("postfix-out/smtp[1]", ["postfix-out", "smtp", "smtp"]),
    ("mx-a/relay/in/smtpd[1]", ["mx-a", "relay/in", "smtpd"]),
    ("sendmail[1]", ["sendmail", "sendmail", "sendmail"]),
    ("sm-mta[1]", ["sm-mta", "sm-mta", "sendmail"]),
    ("opendkim[1]", ["opendkim", "opendkim", "opendkim"]),
  ])
  func namesInstanceServiceAndDaemon(_ tag: String, _ names: [String]) {
    let seen = parsing("Nov 23 17:59:48 mx1 \(tag): x") { header, _ in
      [String(header.instance), String(header.service), String(header.daemon)]
    }
    #expect(seen == names)
  }

  @Test(arguments: [
    "", "x", "Nov", "Nov 23 17:59:48", "Nov 23 17:59:48 ", "Nov 23 17:59:48 mx1",
    "Nov 32 17:59:48 mx1 postfix/smtpd[1]: x",
    "Feb 30 17:59:48 mx1 postfix/smtpd[1]: x", "Nov 23 24:59:48 mx1 postfix/smtpd[1]: x",
    "Foo 23 17:59:48 mx1 postfix/smtpd[1]: x", "sie 23 17:59:48 mx1 postfix/smtpd[1]: x",
    "dez. 32 17:59:48 mx1 postfix/smtpd[1]: x", "Mär 23 25:59:48 mx1 postfix/smtpd[1]: x",
    "2026-13-23T17:59:48Z mx1 postfix/smtpd[1]: x",
    "0000-11-23T17:59:48Z mx1 postfix/smtpd[1]: x", "9999 Nov 23 17:59:48 mx1 postfix/smtpd[1]: x",
    "Nov 23 0000 17:59:48 mx1 postfix/smtpd[1]: x", "1969-12-31T23:59:59Z mx1 postfix/smtpd[1]: x",
    "Mon 2026-11-23 17:59:48 mx1 postfix/smtpd[1]: x", "a b | Nov 23 17:59:48 mx1 postfix/smtpd[1]: x",
    " | Nov 23 17:59:48 mx1 postfix/smtpd[1]: x", "2026-02-29T17:59:48Z mx1 postfix/smtpd[1]: x", "<22", "<22>",
    "<abc>Nov 23 17:59:48 mx1 postfix/smtpd[1]: x",
    String(repeating: "\0", count: 40),
  ])
  func refusesWhatIsNoHeader(_ line: String) {
    #expect(kind(ofLine: line) == "no header")
  }

  @Test(arguments: [
    "Nov 23 17:59:48 mx1 -- MARK --",
    "Nov 23 17:59:48 mx1 cron[1]: x",
    "Nov 23 17:59:48 mx1 dovecot: lmtp(a)<1><x>: saved",
    "Nov 23 17:59:48 mx1 some/headers[1]: A1B2C3: to=<a@b>, status=sent (x)",
    // What others log of a stranger's text, and a container's lines of other programs.
    "Nov 23 17:59:48 web1 mailer[812]: Nov 23 17:59:48 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]",
    "Nov 23 17:59:48 web1 php-mail[812]: Nov 23 17:59:48 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]",
    "Nov 23 17:59:48 web1 smtp-form[812]: Nov 23 17:59:48 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]",
    "Nov 23 17:59:48 web1 relay[812]: Nov 23 17:59:48 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]",
    "Nov 23 17:59:48 web1 mta-sts[812]: Nov 23 17:59:48 mx1 postfix/smtpd[123]: connect from x[192.0.2.1]",
    "Nov 23 17:59:48 mx1 website[1]: Nov 23 17:59:48 mx1 postfix/smtp[1]: A1B2C3: to=<a@b>, relay=none, delay=1, status=sent (x)",
    "Nov 23 17:59:48 mx1 docker/web[1]: 192.0.2.1 - - GET /",
    "Nov 23 17:59:48 mx1 docker/mail[1]: Nov 23 17:59:48 mx1 dovecot: x", "Nov 23 17:59:48 mx1 docker/mail[1]: Nov",
    "Nov 23 17:59:48 log mx1 cron[1]: x", "Nov 23 17:59:48 log Message forwarded from mx1: cron[1]: x",
    "Nov 23 17:59:48 mx1 web: said postfix/smtp[1]: A1B2C3: to=<a@b>, status=sent (x)",
    "Nov 23 17:59:48 mx1 he said postfix/smtp[1]: A1B2C3: to=<a@b>, status=sent (x)",
    "Nov 23 17:59:48 log mx1 postfix/smtp", "Nov 23 17:59:48 log Message forwarded from mx1",
    "Nov 23 17:59:48 mx1 sm-notify[1]: x", "Nov 23 17:59:48 mx1 x", "Nov 23 17:59:48 mx1 [",
    "Nov 23 17:59:48 mx1 postfix/smtpd/[",
    "Nov 23 17:59:48 mx1 systemd-journald[1]: Suppressed 12 messages from nginx.service",
    "Nov 23 17:59:48 mx1 systemd-journald[1]: Forwarding to syslog resumed.",
    "Nov 23 17:59:48 mx1 syslog-ng[5]: Log statistics; processed='center(queued)=100', dropped='dst.network(d,tcp,x)=12'",
    "Nov 23 17:59:48 mx1 syslog-ng[5]: syslog-ng starting up; version='4.3.1'",
    "Nov 23 17:59:48 mx1 rsyslogd: imuxsock[pid: 42, name: sshd] lost 77 messages from pid 42 due to rate-limiting",
    "Nov 23 17:59:48 mx1 rsyslogd: imuxsock[pid: 42, name: /usr/sbin/x] from <mx1:x>: begin to drop messages due to rate-limiting",
  ])
  func leavesOtherProgramsAlone(_ line: String) {
    #expect(kind(ofLine: line) == "foreign")
  }

  @Test(arguments: [
    ("systemd-journald[1]: Suppressed 5012 messages from postfix@-.service", 5012),
    ("rsyslogd: imjournal: 20531 messages lost due to rate-limiting (20000 allowed within 600 seconds)", 20531),
    ("rsyslogd: imuxsock[pid 61]: lost 112 messages from pid 998 due to rate-limiting", 112),
    ("rsyslogd: imuxsock[pid: 42, name: smtpd] lost 77 messages from pid 42 due to rate-limiting", 77),
    (
      "rsyslogd: imuxsock[pid: 42, name: /usr/libexec/postfix/x] from <mx1:x>: 9 messages lost due to rate-limiting", 9
    ),
    ("rsyslogd: imuxsock[pid: 42, name: ] lost 77 messages from pid 42 due to rate-limiting", 77),
    ("rsyslogd: imjournal: begin to drop messages due to rate-limiting", nil),
    ("rsyslogd-2177: imuxsock begins to drop messages from pid 4711 due to rate-limiting", nil),
    ("systemd-journald[88]: Forwarding to syslog missed 9 messages.", 9),
    ("syslog-ng[5]: Destination queue full, dropping message; queue_len='10000', log_fifo_size='10000'", 1),
    ("syslog-ng[5]: Destination reliable queue full, dropping message; filename='x', queue_len='10000'", 1),
  ])
  func countsLostLines(_ message: String, _ count: Int?) {
    let seen = parsing("Nov 23 17:59:48 mx1 " + message) { _, record -> String in
      guard case .trouble(let trouble) = record, trouble.kind == .lostLines else { return "?" }
      return trouble.count.map { "\($0)" } ?? "nil"
    }
    #expect(seen == count.map { "\($0)" } ?? "nil")
  }
}
