import DeliveryStatus
import SMTPTypes
import Testing

/// Notices in words of what went well (Postfix's success_template, Courier, sendmail savemail.c, Exim deliver.c), and
/// per-recipient remarks.
@Suite struct SuccessNoticeTests {
  @Test(arguments: [
    (
      "<bob@example.com>: delivery via mx.example.com[192.0.2.5]:25: 250 2.0.0 Ok:\n    queued as 4jY88L73BKz2PwHN",
      ReportKind.relayed, "2.0.0", "mx.example.com"
    ),
    ("<bob@example.com>: delivery via local: delivered to maildir", .delivered, "", ""),
    (
      "<bob@example.com> (expanded from <list@example.net>): delivery via dovecot: delivered via dovecot service",
      .delivered, "", ""
    ),
  ])
  func postfix(line: String, kind: ReportKind, status: String, host: String) {
    let report = read(
      """
      Return-Path: <>
      From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
      Subject: Successful Mail Delivery Report

      This is the mail system at host mx.example.net.

      Your message was successfully delivered to the destination(s)
      listed below. If the message was delivered to mailbox you will
      receive no further notifications. Otherwise you may still receive
      notifications of mail delivery errors from other systems.

                         The mail system

      \(line)

      """)
    #expect(report.kind == kind)
    #expect(report.recipients.map(\.address) == ["bob@example.com"])
    #expect(report.recipients.first?.status?.description ?? "" == status)
    #expect(report.recipients.first?.remoteMTA ?? "" == host)
  }

  @Test(arguments: [
    ("<bob@example.com>  (successfully delivered to mailbox)", ReportKind.delivered),
    ("<bob@example.com>  (relayed to non-DSN-aware mailer)", .relayed),
    ("<bob@example.com> (relayed to non DSN-aware mailer)", .relayed),
    ("<bob@example.com>  (expanded by mailing list)", .expanded), ("<bob@example.com>", .delivered),
  ])
  func sendmail(line: String, kind: ReportKind) {
    let report = read(
      """
      Return-Path: <>
      From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example.net>
      Subject: Return receipt

      The original message was received at Tue, 24 Nov 2026 09:00:00 +0100

         ----- The following addresses had successful delivery notifications -----
      \(line)

         ----- Transcript of session follows -----
      <bob@example.com>... Successfully delivered

      """)
    #expect(report.kind == kind)
    #expect(report.recipients.map(\.address) == ["bob@example.com"])
  }

  @Test func courier() {
    let report = read(
      """
      Return-Path: <>
      From: "Courier mail server at mx" <postmaster@mx.example.net>
      Subject: SUCCESS: mail delivery status

      This is a delivery status notification from mx.example.net,
      running the Courier mail server, version 1.

                                 SUCCESSFUL DELIVERY

      Your message was delivered to the following recipients:

      <bob@example.com>:
          250 Ok.

      """)
    #expect(report.kind == .delivered)
    #expect(report.recipients.map(\.address) == ["bob@example.com"])
    #expect(report.recipients.first?.reply?.code == ReplyCode(250))
  }

  @Test func powerMTAWaits() {
    let report = read(
      """
      Return-Path: <>
      From: MAILER-DAEMON@mx.example.net
      Subject: Delivery report

      Immediately below you will find a list of the affected recipients.

        <bob@example.com>  delivery delayed; will continue trying
        <eve@example.com>  delivery failed; will not continue trying

      """)
    #expect(report.recipients.map(\.action) == [.delayed, .failed])
  }
}
