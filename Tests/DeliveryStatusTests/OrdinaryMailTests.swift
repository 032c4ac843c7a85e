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
