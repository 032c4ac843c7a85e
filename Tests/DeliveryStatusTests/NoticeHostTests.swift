import DeliveryStatus
import Testing

/// The server that a notice names in its words.
@Suite struct NoticeHostTests {
  @Test(arguments: [
    ("mail.example.com [192.0.2.7]: Connection timed out", "mail.example.com"),
    ("mail.example.com [2001:db8::7]: Connection timed out", "mail.example.com"),
    ("... Deferred: Connection timed out with mail.example.com.", "mail.example.com"),
    ("... Deferred: Connection refused by mail.example.com.", "mail.example.com"),
    ("Deferred: Connection reset by peer", nil), ("mail.example.com [full]: Connection timed out", nil),
    ("mail.example.com [192.0.2.7] was here", nil), ("the mail was connection refused by us", nil),
    ("rejected by the server for the recipient domain example.com by chance", nil),
  ])
  func reasons(reason: String, host: String?) {
    let report = read(
      "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.net\nSubject: Returned mail\n\n<bob@example.com>: \(reason)\n")
    #expect(report.recipients.map(\.remoteMTA) == [host])
  }

  @Test(arguments: ["mail.example.com. [192.0.2.7]", "mail.example.com. [2001:db8::7]"])
  func gmailUntil2016(server: String) {
    let report = read(
      """
      From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
      Subject: Delivery Status Notification (Failure)
      X-Failed-Recipients: bob@example.com

      Delivery to the following recipient failed permanently:

           bob@example.com

      Technical details of permanent failure:
      Google tried to deliver your message, but it was rejected by the server for the \
      recipient domain example.com by \(server).

      The error that the other server returned was:
      550 5.1.1 <bob@example.com>: User unknown

      ----- Original message -----
      """)
    #expect(report.recipients.map(\.remoteMTA) == ["mail.example.com"])
    #expect(report.recipients.first?.reply?.text == "550 5.1.1 <bob@example.com>: User unknown")
  }

  /// The session in which it was said.
  @Test func transcriptOfOne() {
    let report = read(
      """
      From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example.net>
      Subject: Returned mail: see transcript for details

         ----- The following addresses had permanent fatal errors -----
      <bob@example.com>

         ----- Transcript of session follows -----
      ... while talking to mx1.example.com.:
      421 4.4.2 Connection reset by mx1.example.com.
      ... while talking to mx2.example.com.:
      >>> DATA
      <<< 552 5.2.2 mailbox full
      554 5.0.0 Service unavailable
      """)
    #expect(report.recipients.map(\.remoteMTA) == ["mx2.example.com"])
  }

  /// What Sendmail remarks below is no part of what was said, where the words name nobody.
  @Test func transcriptOfNobody() {
    let report = read(
      """
      From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example.net>
      Subject: Warning: could not send message for past 4 hours
      Content-Type: multipart/report; report-type=delivery-status; boundary=s

      --s

      The original message was received at Mon, 23 Nov 2026 15:09:51 GMT

         ----- Transcript of session follows -----
      451 4.0.0 Operating system error
      Warning: message still undelivered after 4 hours
      Will keep trying until message is 5 days old

      --s
      Content-Type: message/delivery-status

      Reporting-MTA: dns; mx.example.net

      Final-Recipient: RFC822; bob@example.com
      Action: delayed
      Status: 4.5.0

      --s--
      """)
    #expect(report.recipients.map(\.reply?.text) == ["451 4.0.0 Operating system error"])
    #expect(report.recipients.map(\.remoteMTA) == [nil])
  }

  /// Each recipient has the server that it was asked for at; who was asked for nowhere has none.
  @Test func transcriptOfSeveral() {
    let report = read(
      """
      From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example.net>
      Subject: Returned mail: see transcript for details

         ----- The following addresses had permanent fatal errors -----
      <bob@example.com>
          (reason: 550 5.1.1 unknown)
      <eve@example.net>
          (reason: 552 5.2.2 full)
      <carol@example.invalid>
          (reason: 550 Host unknown)

         ----- Transcript of session follows -----
      ... while talking to mail.example.com.:
      >>> RCPT To:<bob@example.com>
      <<< 550 5.1.1 unknown
      550 5.1.1 <bob@example.com>... User unknown
      ... while talking to mail.example.net.:
      >>> RCPT To:<eve@example.net>
      <<< 552 5.2.2 full
      552 5.2.2 <eve@example.net>... full
      550 5.1.2 <carol@example.invalid>... Host unknown (Name server: example.invalid: host not found)
      """)
    #expect(report.recipients.map(\.remoteMTA) == ["mail.example.com", "mail.example.net", nil])
    #expect(report.recipients.map(\.reply?.text) == ["550 5.1.1 unknown", "552 5.2.2 full", "550 Host unknown"])
  }
}
