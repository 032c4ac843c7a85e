import Bytes
import SMTPTypes
import Testing

@testable import DeliveryStatus

@Suite struct NoticeTests {
  /// Recipients as `address action status code`.
  private func told(_ message: String) -> [String] {
    read(message).recipients.map { recipient in
      let parts = [
        recipient.address, recipient.action?.description, recipient.status?.description,
        recipient.reply?.code?.description,
      ]
      return parts.map { $0 ?? "-" }.joined(separator: " ")
    }
  }

  @Test(arguments: [
    (
      Sample("qmail", NoticeFixture.qmail), "qmail",
      ["bob@example.com failed 5.1.1 550", "eve@example.com failed 5.1.1 -"]
    ),
    (Sample("exim", NoticeFixture.exim), "exim", ["bob@example.com failed 5.2.1 550"]),
    (Sample("eximDelay", NoticeFixture.eximDelay), "exim", ["bob@example.com delayed 4.7.1 451"]),
    (
      Sample("postfix", NoticeFixture.postfix), "postfix",
      ["bob@example.com failed 4.2.2 452", "eve@example.com failed - -"]
    ),
    (
      Sample("sendmail", NoticeFixture.sendmail), "sendmail",
      ["bob@example.com failed 5.7.1 550", "eve@example.com delayed - -"]
    ),
    (Sample("exchange", NoticeFixture.exchange), "exchange", ["bob@example.com failed - -"]),
    (Sample("gmail", NoticeFixture.gmail), "gmail", ["bob@example.com failed 5.7.1 550"]),
    (
      Sample("transcript", NoticeFixture.transcript), "sendmail",
      ["bob@example.com failed 5.1.1 550", "eve@example.net failed - 554"]
    ),
    (Sample("gmail delay", NoticeFixture.gmailDelay), "gmail", ["bob@example.com delayed 4.2.1 450"]),
    (Sample("exchangeOnlineHTML", NoticeFixture.exchangeOnlineHTML), "exchange", ["bob@example.com failed 5.4.1 550"]),
  ])
  func notices(sample: Sample, form: String, expected: [String]) {
    #expect(told(sample.message) == expected)
    #expect(read(sample.message).form == .notice(form))
  }

  @Test func theReturnedHeaderIsRead() {
    #expect(read(NoticeFixture.qmail).messageID == "m2.2026@example.org")
    #expect(read(NoticeFixture.qmail).subject == "Hello")
    #expect(read(NoticeFixture.qmail).reportingMTA == "mx.example.net")
    #expect(read(NoticeFixture.exim).messageID == "m3.2026@example.org")
    #expect(read(NoticeFixture.gmail).messageID == "m4.2026@mail.example.org")
  }

  /// Exim names the server before or behind its own words.
  @Test(arguments: [
    ("host mail.example.com [192.0.2.7]: 550 no", "mail.example.com"),
    ("SMTP error after RCPT TO: host mx.example.com [2001:db8::25]: 550 no", "mx.example.com"),
    ("the host said no [192.0.2.7]", ""), ("localhost mail.example.com [192.0.2.7]", ""), ("host mx [over there]", ""),
    ("no connection. [mx.example.com. (10): timed out]", "mx.example.com"), ("[a] [b.] [c. (] [mx.d.e (1)]", ""),
    ("[mx.example.com (1): Connection dropped]", "mx.example.com"), ("[(0) [] [(1) .", ""), ("[", ""),
    ("[(0) mx.example.com. [192.0.2.7]:25: socket error]", "mx.example.com"),
    ("host mx []", ""), ("host ", ""), ("host host host a.example [192.0.2.7]", "a.example"),
  ])
  func aHostIsNamed(reason: String, host: String) {
    #expect(reason.withByteView { String(NoticeReply.host(in: $0)) } == host)
  }

  @Test func eximNamesTheServer() {
    #expect(read(NoticeFixture.exim).recipients.map(\.remoteMTA) == ["mail.example.com"])
    #expect(read(NoticeFixture.eximDelay).recipients.map(\.remoteMTA) == ["mail.example.com"])
  }

  /// Postfix and Sendmail say which alias led to the recipient, before and behind the reason.
  @Test(arguments: [
    (
      "<bob@example.com> (expanded from <list@example.net>): host\n    mx.example.com[192.0.2.5] said: 550 5.1.1 no\n    (in reply to RCPT TO command)",
      "550 5.1.1 no", "mx.example.com"
    ),
    (
      "<bob@example.com> (expanded from\n    <list@example.net>): host mx.example.com[192.0.2.5] said: 550 5.1.1 no",
      "550 5.1.1 no", "mx.example.com"
    ),
    ("<bob@example.com> (expanded from <list@example.net>): unknown user: \"bob\"", "unknown user: \"bob\"", ""),
    (
      "   ----- The following addresses had permanent fatal errors -----\n<bob@example.com>\n    (reason: 550 5.1.1 <bob@example.com>... User unknown)\n    (expanded from: <list@example.net>)",
      "550 5.1.1 <bob@example.com>... User unknown", ""
    ),
  ])
  func aliases(lines: String, reply: String, host: String) {
    let report = read(
      "From: MAILER-DAEMON@mx.example.net\nSubject: Returned mail\n\nThis is the mail system at host mx.example.net.\n\n\(lines)\n"
    )
    #expect(report.recipients.map(\.address) == ["bob@example.com"])
    #expect(report.recipients.map(\.originalAddress) == ["list@example.net"])
    #expect(report.recipients.first?.reply?.text == reply)
    #expect(report.recipients.first?.remoteMTA ?? "" == host)
  }

  /// Exim's pipes, files and undisclosed addresses are their owners' (deliver.c, print_address_information).
  @Test func eximChildren() {
    let report = read(
      """
      Return-Path: <>
      From: Mail Delivery System <Mailer-Daemon@mx.example.net>
      Subject: Mail delivery failed: returning message to sender
      X-Failed-Recipients: erin@example.com,
       joe@example.com,
       list@example.com

      This message was created automatically by mail delivery software.

      A message that you sent could not be delivered to one or more of its
      recipients. This is a permanent error. The following address(es) failed:

        pipe to |/usr/bin/prog
          generated by erin@example.com
          (ultimately generated from team@example.com)
          Child process of address_pipe transport returned 127
        save to /var/mail/erin
          generated by erin@example.com
          mailbox is full
        /var/mail/joe
          (generated from joe@example.com)
          mailbox is full
        carol@example.com
          Unrouteable address
        |/usr/bin/other
          (generated from dave@example.com)
          local delivery failed
        an undisclosed address
          (generated from fay@example.com)
          mailbox is full
        bob@example.com
          (ultimately generated from list@example.com)
          host mx.example.com [192.0.2.1]
          SMTP error from remote mail server after RCPT TO:<bob@example.com>:
          550 5.1.1 unknown
        eve@example.com
          (generated from list@example.com)
          Unrouteable address

      ------ This is a copy of the message, including all the headers. ------

      Message-ID: <m1@example.org>
      """)
    let names = ["erin", "joe", "carol", "dave", "fay", "bob", "eve"].map { "\($0)@example.com" }
    #expect(report.recipients.map(\.address) == names)
    #expect(
      report.recipients.map(\.originalAddress) == [
        "team@example.com", nil, nil, nil, nil, "list@example.com", "list@example.com",
      ])
    #expect(
      report.recipients.map { $0.reply?.text } == [
        "Child process of address_pipe transport returned 127", "mailbox is full", "Unrouteable address",
        "local delivery failed", "mailbox is full", "550 5.1.1 unknown", "Unrouteable address",
      ])
    #expect(report.recipients[5].remoteMTA == "mx.example.com")
  }

  @Test func theWordsNameTheMessage() {
    let report = read(
      """
      Return-Path: <>
      From: MAILER-DAEMON@mx.example.net
      Subject: Delivery Notification: Delivery has been delayed

      This report relates to a message you sent with the following header fields:

        Message-id: <m6@example.org>
        Subject: hi

        Recipient address: bob@example.com
        Diagnostic code: smtp;450 4.2.0 later

      The mail system will continue to try to deliver your message
      """)
    #expect(report.messageID == "m6@example.org")
    #expect(report.kind == .delay)
  }

  /// Gmail's label is no part of what was said; the server stands in brackets.
  @Test func gmailNamesTheServer() {
    let bob = read(
      """
      Return-Path: <>
      From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
      Subject: Delivery Status Notification (Delay)

      THIS IS A WARNING MESSAGE ONLY.

      Delivery to the following recipient has been delayed:

           bob@example.com

      Technical details of temporary failure:
      The recipient server did not accept our requests to connect.
      [mx.example.com. (10): Connection timed out]

      ----- Original message -----
      """
    ).recipients.first
    #expect(bob?.remoteMTA == "mx.example.com")
    #expect(bob?.reply?.text.hasPrefix("The recipient server did not accept") == true)
  }

  @Test func theReplyIsFreeOfItsFrame() {
    let bob = read(NoticeFixture.postfix).recipients.first
    #expect(bob?.reply?.text == "452 4.2.2 mailbox full")
    #expect(bob?.remoteMTA == "mail.example.com")
    #expect(bob?.isRemoteReply == true)
  }

  @Test func theWordsGiveWhatTheReportLeavesOut() {
    let report = read(NoticeFixture.sendmailExpired)
    #expect(report.form == .deliveryStatus)
    #expect(
      report.recipients.map { $0.reply?.text } == [
        "Deferred: Connection refused by mail.example.com.", "Deferred: Connection reset by mail.example.net.",
      ])
    #expect(report.recipients.map(\.isRemoteReply) == [false, false])
    #expect(report.recipients.map(\.status) == [EnhancedStatusCode(4, 4, 7), EnhancedStatusCode(4, 4, 7)])
  }

  /// What the words say of one recipient is no other's reason.
  @Test(arguments: [
    ("bob@example.com", "550 5.1.1 no such user"), ("BOB@example.com", "550 5.1.1 no such user"),
    ("bob@mail.example.com", "550 5.1.1 no such user"), ("eve@example.com", ""),
  ])
  func theWordsOfAnotherAreNot(recipient: String, reply: String) {
    let report = read(
      """
      From: MAILER-DAEMON@mx.example.net
      Subject: Undelivered Mail Returned to Sender
      Content-Type: multipart/report; report-type=delivery-status; boundary=b

      --b
      Content-Type: text/plain

      This is the mail system at host mx.example.net.

      <bob@example.com>: host x.example.com[192.0.2.3] said: 550 5.1.1 no such user
          (in reply to RCPT TO command)
      --b
      Content-Type: message/delivery-status

      Reporting-MTA: dns; mx.example.net

      Final-Recipient: rfc822; \(recipient)
      Action: failed
      Status: 5.2.2
      --b--
      """)
    #expect(report.recipients.map(\.address) == [recipient])
    #expect(report.recipients.first?.reply?.text ?? "" == reply)
  }

  @Test func aReplyInParenthesesEndsBeforeTheLast() {
    #expect(read(NoticeFixture.sendmail).recipients.first?.reply?.text == "550 5.7.1 Access denied")
  }

  @Test func transcriptsBelongToTheirRecipients() {
    let texts = read(NoticeFixture.transcript).recipients.map { $0.reply?.text ?? "" }
    #expect(
      texts == [
        "550 5.1.1 unknown",
        "554 <eve@example.net>... 550 Host unknown (Authoritative answer from name server)",
      ])
  }

  @Test func theEnvelopeSaysWhatTheHeaderDoesNot() {
    let message =
      "From: Mail Robot <robot@example.net>\nSubject: Delivery failure\n\nUndeliverable address: bob@example.com\n"
    #expect(read(message).kind == .none)
    let report = message.withByteView { ReportReader.read($0, isFromNullSender: true) }
    #expect(report.recipients.map(\.address) == ["bob@example.com"])
  }

  /// Where no space stands between words and an address; an umlaut is a letter of the address.
  @Test(arguments: [
    ("\u{4EBA}\u{FF08}bob@example.com\u{FF09}\u{4E0D}", "bob@example.com"),
    ("j\u{F6}rg@example.com", "j\u{F6}rg@example.com"),
    ("\u{7528}@\u{4F8B}.example", "\u{7528}@\u{4F8B}.example"),
    ("bob@mail.\u{4F8B}.example", "bob@mail.\u{4F8B}.example"),
    ("(bob@example.com)", "bob@example.com"), ("no address @ all", ""),
  ])
  func addressesWithin(text: String, address: String) {
    text.withByteView { #expect(NoticeAddress.first(in: $0).map { String($0.address) } ?? "" == address) }
  }

  @Test func nobodyNamed() {
    let message =
      "From: MAILER-DAEMON@mx.example.net\nSubject: Returned mail: see transcript\n\n<<< No Message Collected >>>\n"
    let report = read(message)
    #expect(report.kind == .bounce)
    #expect(report.recipients.count == 1)
    #expect(report.recipients.first?.address == nil)
  }

  @Test(arguments: [
    ("550 5.1.1 no", 550, "5.1.1"), ("(reason: 550-5.7.1 no)", 550, "5.7.1"),
    ("host a [192.0.2.1]: 451 later", 451, ""),
    ("Remote host said: 550: 5.2.2 full", 550, "5.2.2"), ("550 #5.1.0 rejected", 550, "5.1.0"),
    ("ERROR_CODE :550, ERROR_CODE :5.2.1 off", 550, "5.2.1"), ("returned '554 5.2.2 full'", 554, "5.2.2"),
    ("550 550 5.1.1 twice", 550, "5.1.1"), ("no mailbox (#5.1.1)", 0, "5.1.1"),
    ("192.0.2.550 port 450x at 11:34:45 after 432000 s", 0, ""), ("Error 999 in 123 lines", 0, ""),
  ])
  func replies(text: String, code: Int, enhanced: String) {
    text.withByteView { view in
      let found = NoticeReply.find(in: view).reply
      #expect(Int(found.code?.value ?? 0) == code)
      #expect(found.enhanced?.description ?? "" == enhanced)
    }
  }

  @Test func phrasesAreWellFormed() {
    for phrase in NoticePhrase.all {
      let words = String(ByteView(phrase.words))
      #expect(words == words.lowercased())
      #expect(words.first?.isLetter == true)
      #expect(!words.contains("  "))
      #expect(!String(ByteView(phrase.source)).isEmpty)
    }
    #expect(Set(NoticePhrase.all.map { String(ByteView($0.words)) }).count == NoticePhrase.all.count)
  }
}
