import DeliveryStatus
import SMTPTypes
import Testing

/// What a mail system says in its notices of servers that it did not reach.
@Suite struct TransportWordsTests {
  @Test(arguments: [
    ("Connection refused", true), ("Connection refused: retry timeout exceeded", true),
    ("host mail.example.com [192.0.2.7]: Connection refused", true),
    ("host mail.example.com [192.0.2.7] Connection timed out: retry timeout exceeded", true),
    ("mail.example.com [2001:db8::7]: No route to host", true), ("retry timeout exceeded", true),
    ("retry time not reached for any host after a long failure period", true),
    ("all hosts for 'example.com' have been failing for a long time (and retry time not reached)", true),
    ("lowest numbered MX record points to local host", true), ("remote host address is the local host", true),
    ("host mail.example.com [192.0.2.7] SMTP timeout after end of data (4711 bytes written)", true),
    ("Remote host closed connection in response to end of data", true),
    ("Winsock Error 10061 The connection was refused.", true),
    // A server's words, and a mailbox's.
    ("Connection refused by policy", false), ("Connection refused - your address is on our list", false),
    ("mailbox is full: retry time not reached for any host after a long failure period", false),
    ("Message refused", false), ("host mail.example.com [192.0.2.7]: no thanks", false), ("host ", false), ("", false),
  ])
  func saysUnreached(text: String, isSo: Bool) {
    #expect(ReportedReply(text: text).saysUnreached == isSo)
    #expect(!ReportedReply(code: ReplyCode(421), text: text).saysUnreached)
  }

  /// Exim's warnings announce what they say.
  @Test func delayReason() {
    let report = read(
      """
      From: Mail Delivery System <Mailer-Daemon@mx.example.net>
      Subject: Warning: message 1abcde-000001-AA delayed 24 hours
      Auto-Submitted: auto-replied

      This message was created automatically by mail delivery software.
      A message that you sent has not yet been delivered to one or more of its
      recipients after more than 24 hours on the queue on mx.example.net.

      The addresses to which the message has not yet been delivered are:

        bob@example.com
          host mail.example.com [192.0.2.7]
          Delay reason: Connection timed out
        eve@example.net
          Delay reason: Connection refused

      No action is required on your part.
      """)
    #expect(report.kind == .delay)
    #expect(
      report.recipients.map(\.reply?.text) == [
        "host mail.example.com [192.0.2.7] Connection timed out", "Connection refused",
      ])
    #expect(report.recipients.map(\.remoteMTA) == ["mail.example.com", nil])
    #expect(report.recipients.map(\.isRemoteReply) == [false, false])
  }
}
