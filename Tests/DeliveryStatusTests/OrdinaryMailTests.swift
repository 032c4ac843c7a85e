import DeliveryStatus
import Testing

@Suite struct OrdinaryMailTests {
  @Test(arguments: [
    // People, and programs that write to people.
    ("From: Ann <ann@example.org>\nSubject: Lunch\n\nAt noon?\n", ReportKind.none),
    (
      "From: Ann <ann@example.org>\nSubject: my mail\n\nIt says:\n<bob@example.com>: host a[192.0.2.1] said: 550 no\n",
      .none
    ),
    ("From: MAILER-DAEMON@example.com\nSubject: Lunch\n\nHello.\nYour message to bob@example.com was fine.\n", .none),
    ("From: Bob <bob@example.com>\nSubject: Out of office\n\nBack on Monday.\n", .autoReply),
    (
      "From: Bob <bob@example.com>\nReturn-Path: <>\nAuto-Submitted: auto-replied (vacation)\nSubject: Re: Lunch\n\nYour message could not be delivered to my brain.\n",
      .autoReply
    ),
    ("From: bob@example.com\nX-Autoreply: yes\nSubject: Re: Lunch\n\nAway.\n", .autoReply),
    ("Auto-Submitted: auto-generated\nFrom: cron@example.com\nSubject: cron\n\n550 files backed up\n", .none),
    ("", .none),
    ("\n\n\n", .none),
    ("no header at all", .none),
    ("Content-Type: multipart/mixed; boundary=x\n\n--x\n--x\n--x--\n", .none),
    // What a mail system tells its administrator: transcripts of sessions, also of those in which it said 4xx itself,
    // and messages that a filter kept.
    (
      "From: MAILER-DAEMON@example.org (Mail Delivery System)\nSubject: Postfix SMTP server: errors from x[192.0.2.1]\n\nTranscript of session follows.\n\n Out: 220 mx1\n In:  RCPT TO:<a@example.org>\n Out: 451 4.3.0 <a@example.org>: Temporary lookup failure\n In:  QUIT\n Out: 221 2.0.0 Bye\n",
      .none
    ),
    (
      "From: MAILER-DAEMON@example.org (Mail Delivery System)\nSubject: Postfix SMTP client: errors from x[192.0.2.1]\n\nUnexpected response from x[192.0.2.1].\n\nTranscript of session follows.\n\n Out: RCPT TO:<a@example.com>\n In:  550 5.1.1 <a@example.com>: no\n",
      .none
    ),
    (
      "From: \"Content-filter at mx1\" <postmaster@mx1.example.org>\nSubject: VIRUS (Eicar) in mail FROM <s@example.com>\n\nThe message WAS NOT delivered to:\n<a@example.org>:\n   250 2.7.0 Ok, discarded\n",
      .none
    ),
    // From the null sender, and about mail that was not delivered, but no notices.
    (
      "Return-Path: <>\nFrom: quarantine@gw.example.org\nSubject: Quarantine digest: 3 messages were not delivered\n\nThe following messages were not delivered because they were considered spam:\n\n  From: a@example.com  Subject: Pills\n  From: c@example.net  Subject: Delivery failed\n\nClick to release.\n",
      .none
    ),
    (
      "Return-Path: <>\nFrom: quarantine@gw.example.org\nSubject: Your quarantine\n\nMessage not delivered to the following:\n\na@example.com  Pills\nc@example.net  Delivery failed\n",
      .none
    ),
    (
      "Return-Path: <>\nFrom: max@example.com\nSubject: Re: Hello [confirm]\n\nYour message is being held. To prove you are human, visit http://x.example. Message not delivered to max@example.com yet.\n",
      .none
    ),
  ])
  func noReports(message: String, kind: ReportKind) {
    let report = read(message)
    #expect(report.kind == kind)
    #expect(report.recipients.isEmpty)
  }

  @Test func feedback() {
    let report = read(
      """
      From: fbl@provider.example
      Subject: complaint
      Content-Type: multipart/report; report-type=feedback-report; boundary=f

      --f
      Content-Type: text/plain

      This is an email abuse report.
      --f
      Content-Type: message/feedback-report

      Feedback-Type: abuse
      User-Agent: Example/1
      Version: 1
      --f
      Content-Type: message/rfc822

      From: ann@example.org
      Message-ID: <m5@example.org>

      --f--
      """)
    #expect(report.kind == .feedback)
    #expect(report.recipients.isEmpty)
    #expect(report.messageID == "m5@example.org")
  }

  /// A person hands a report on, with its parts as they came: no mail system says it now.
  @Test(arguments: [
    ("Fwd: Undelivered Mail", ReportKind.none), ("AW: Undelivered Mail", .none), ("Undelivered Mail", .bounce),
  ])
  func reportsThatPeopleHandOn(subject: String, kind: ReportKind) {
    let report = read(
      """
      From: Ann <ann@example.org>
      To: help@example.org
      Subject: \(subject)
      In-Reply-To: <m1@example.net>
      Content-Type: multipart/mixed; boundary=m

      --m
      Content-Type: text/plain

      What is this?

      -------- Forwarded Message --------
      This is the mail system at host mx.example.net.
      <bob@example.com>: host x[192.0.2.1] said: 550 5.1.1 no (in reply to RCPT TO command)
      --m
      Content-Type: message/delivery-status

      Reporting-MTA: dns; mx.example.net

      Final-Recipient: rfc822; bob@example.com
      Action: failed
      Status: 5.1.1
      --m--
      """)
    #expect(report.kind == kind)
    #expect(report.recipients.isEmpty == (kind == .none))
  }

  @Test func dispositionNotification() {
    let report = read(
      """
      From: Bob <bob@example.com>
      Subject: Read: Lunch
      Content-Type: multipart/report; report-type=disposition-notification; boundary=d

      --d
      Content-Type: text/plain

      The message was displayed.
      --d
      Content-Type: message/disposition-notification

      Final-Recipient: rfc822; bob@example.com
      Disposition: manual-action/MDN-sent-manually; displayed
      --d--
      """)
    #expect(report.kind == .autoReply)
    #expect(report.recipients.isEmpty)
  }
}
