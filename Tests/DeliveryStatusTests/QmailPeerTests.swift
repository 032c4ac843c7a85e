import DeliveryStatus
import Testing

/// qmail-remote names the server by its address, in the sentence around what that said.
@Suite struct QmailPeerTests {
  @Test(arguments: [
    (
      "192.0.2.7 does not like recipient.\nRemote host said: 450 4.2.2 mailbox full\nGiving up on 192.0.2.7.",
      "192.0.2.7"
    ),
    ("192.0.2.7 failed on DATA command.\nRemote host said: 451 4.7.1 later", "192.0.2.7"),
    ("192.0.2.7 failed after I sent the message.\nRemote host said: 554 5.7.1 no", "192.0.2.7"),
    ("User and password not set, continuing without authentication.\n192.0.2.7 does not like recipient.", "192.0.2.7"),
    ("Connected to 192.0.2.7 but greeting failed.\nRemote host said: 421 too many connections", "192.0.2.7"),
    ("Connected to 192.0.2.7 but sender was rejected.\nRemote host said: 451 no", "192.0.2.7"),
    ("Connected to 2001:db8::7 but connection died. (#4.4.2)", "2001:db8::7"),
    ("Remote host said: 550 no\nGiving up on 192.0.2.7.", "192.0.2.7"),
    ("Sorry, I wasn't able to establish an SMTP connection. (#4.4.1)", nil),
    ("Sorry, no mailbox here by that name. (#5.1.1)", nil),
    ("Connected to the directory but it died. (#4.3.0)", nil),
    ("Giving up on you.", nil),
  ])
  func remoteHost(reason: String, host: String?) {
    let report = read(
      """
      Return-Path: <>
      From: MAILER-DAEMON@mx.example.net
      Subject: failure notice

      Hi. This is the qmail-send program at mx.example.net.
      I'm afraid I wasn't able to deliver your message to the following addresses.
      This is a permanent error; I've given up. Sorry it didn't work out.

      <bob@example.com>:
      \(reason)
      I'm not going to try again; this message has been in the queue too long.
      """)
    #expect(report.recipients.map(\.address) == ["bob@example.com"])
    #expect(report.recipients.map(\.remoteMTA) == [host])
  }
}
