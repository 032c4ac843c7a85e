import DeliveryStatus
import Testing

/// Mail that calls itself a mail system's, and people's mail that has a report in it.
@Suite struct ImpostorMailTests {
  private static func mail(
    from: String = "Mail Delivery System <mailer-daemon@bad.example>", path: String = "<bounce@bad.example>",
    subject: String, header: String = "", _ body: String
  ) -> String {
    """
    Return-Path: \(path)
    From: \(from)
    To: ann@example.org
    Subject: \(subject)
    \(header)
    \(body)
    """
  }

  private static let pending = "3 emails could not be delivered to your inbox. Reason: 550 mailbox quota\n"

  @Test(arguments: [
    (
      "Delivery Status Notification (Failure)",
      "Messages from eve@example.net to ann@example.org could not be delivered to your mailbox.\n550 5.1.1 quota\n"
    ),
    (
      "Delivery failure: 5 messages pending",
      "The following messages could not be delivered to your mailbox because your mailbox storage is full (552 5.2.2).\n"
    ),
    (
      "Mail delivery failed: returning messages to sender",
      "Your message could not be delivered due to authentication error.\nClick to retry: http://bad.example/\n"
    ),
    ("Undelivered Mail Returned to Sender", "ann@example.org has 7 pending messages that failed. 550 5.1.1\n"),
    ("Undelivered Mail Returned to Sender", "<ann@example.org>:\n552 5.2.2 mailbox full\n"),
    ("Warning: message delayed", "4 incoming messages to ann@example.org are delayed on our server.\n"),
    ("Undelivered Mail: verify your account", pending),
    ("Undelivered Mail: your account", "Could not be delivered to one or more recipients:\n\nsupport@bad.example\n"),
  ])
  func mailThatWaitsForTheAddressee(subject: String, body: String) {
    let report = read(ImpostorMailTests.mail(subject: subject, body))
    #expect(report.kind == .none)
    #expect(report.recipients.isEmpty)
  }

  /// Whatever proves a notice: the path, a header's fields, another recipient, a session, a returned message.
  @Test(arguments: [
    Sample("no path", "From: mailer-daemon@mx.example.net\nSubject: Undelivered mail\n\n\(pending)"),
    Sample("null path", mail(path: "<>", subject: "Undelivered mail", pending)),
    Sample("its own path", mail(path: "<MAILER-DAEMON@mx.example.net>", subject: "Undelivered mail", pending)),
    Sample("automatic", mail(subject: "Undelivered mail", header: "Auto-Submitted: auto-replied\n", pending)),
    Sample("named", mail(subject: "Undelivered mail", header: "X-Failed-Recipients: ann@example.org\n", pending)),
    Sample("another recipient", mail(subject: "Undelivered mail", "<bob@example.com>:\nmailbox full\n")),
    Sample("a role", mail(subject: "Undelivered mail", "<support@example.com>:\n552 5.2.2 mailbox full\n")),
    Sample("a session", mail(subject: "Undelivered mail", "\(pending)\n>>> RCPT TO:<ann@example.org>\n<<< 550 no\n")),
    Sample("a header", mail(subject: "Undelivered mail", "\(pending)\n--- Header of your message ---\nFrom: ann\n")),
    Sample(
      "a message",
      mail(
        subject: "Undelivered mail", header: "Content-Type: multipart/mixed; boundary=m\n",
        "--m\n\n\(pending)--m\nContent-Type: message/rfc822\n\nFrom: ann@example.org\n\nHi\n--m--\n")),
  ])
  func noticesRemain(sample: Sample) {
    #expect(read(sample.message).kind == .bounce)
  }

  private static let attached = """
    --m
    Content-Type: text/plain

    Why do I get this? bob@example.com 550 5.1.1
    --m
    Content-Type: message/delivery-status; name="details.txt"

    Reporting-MTA: dns; mx.example.net

    Final-Recipient: rfc822; bob@example.com
    Action: failed
    Status: 5.1.1

    --m--
    """

  private static func letter(from: String, path: String, subject: String, header: String) -> String {
    let type = "Content-Type: multipart/mixed; boundary=m\n"
    return mail(from: from, path: path, subject: subject, header: header + type, attached)
  }

  @Test(arguments: [
    ("Eve <eve@example.com>", "<eve@example.com>", "question", ""),
    ("Eve <eve@example.com>", "<eve@example.com>", "Delivery Status Notification (Failure)", ""),
    ("Eve <eve@example.com>", "<list-bounces@example.com>", "[list] bounces", "List-Id: <list.example.com>\n"),
    ("Eve <eve@example.com>", "", "Undelivered Mail Returned to Sender", "List-Id: <list.example.com>\n"),
    ("Eve <eve@example.com>", "", "Undelivered Mail Returned to Sender", "User-Agent: Example Mail 1\n"),
    ("Eve <eve@example.com>", "", "question", ""),
    ("Postmaster <postmaster@example.com>", "<postmaster@example.com>", "question", "User-Agent: Example Mail 1\n"),
  ])
  func reportsThatAreAttached(from: String, path: String, subject: String, header: String) {
    let report = read(ImpostorMailTests.letter(from: from, path: path, subject: subject, header: header))
    #expect(report.kind == .none)
    #expect(report.recipients.isEmpty)
  }

  @Test(arguments: [
    ("MAILER-DAEMON@mx.example.net", "<>", "question", ""), ("MAILER-DAEMON@mx.example.net", "<a@b.example>", "hi", ""),
    ("gateway@mx.example.net", "<>", "hi", ""), ("gateway@mx.example.net", "", "Undeliverable: hi", ""),
    ("Postmaster <postmaster@example.com>", "<postmaster@example.com>", "hi", ""),
    ("gateway@mx.example.net", "<a@b.example>", "hi", "X-Failed-Recipients: bob@example.com\n"),
  ])
  func reportsThatAreSent(from: String, path: String, subject: String, header: String) {
    let report = read(ImpostorMailTests.letter(from: from, path: path, subject: subject, header: header))
    #expect(report.kind == .bounce)
    #expect(report.recipients.map(\.address) == ["bob@example.com"])
  }

  /// Exchange answers in its mailbox's language, from the null sender.
  @Test(arguments: [
    "Automatisch antwoord: hi", "Resposta autom\u{E1}tica: hi", "Autosvar: hi", "Automatisk svar: hi",
    "Automatiskt svar: hi", "Automaattinen vastaus: hi", "Odpowied\u{17A} automatyczna: hi",
    "Automatick\u{E1} odpov\u{11B}\u{10F}: hi", "\u{81EA}\u{52A8}\u{7B54}\u{590D}: hi",
    "[\u{81EA}\u{52A8}\u{56DE}\u{590D}] hi", "=?UTF-8?B?6Ieq5YuV5Zue6KaG?=: hi", "\u{81EA}\u{52D5}\u{5FDC}\u{7B54}: hi",
    "\u{81EA}\u{52D5}\u{8FD4}\u{4FE1}: hi", "\u{C790}\u{B3D9} \u{D68C}\u{C2E0}: hi",
    "\u{410}\u{432}\u{442}\u{43E}\u{43C}\u{430}\u{442}\u{438}\u{447}\u{435}\u{441}\u{43A}\u{438}\u{439} \u{43E}\u{442}\u{432}\u{435}\u{442}: hi",
    "Otomatik Yan\u{131}t: hi", "Automatikus v\u{E1}lasz: hi",
    "\u{391}\u{3C5}\u{3C4}\u{3CC}\u{3BC}\u{3B1}\u{3C4}\u{3B7} \u{3B1}\u{3C0}\u{3AC}\u{3BD}\u{3C4}\u{3B7}\u{3C3}\u{3B7}: hi",
    "R\u{103}spuns automat: hi",
    "\u{5EA}\u{5E9}\u{5D5}\u{5D1}\u{5D4} \u{5D0}\u{5D5}\u{5D8}\u{5D5}\u{5DE}\u{5D8}\u{5D9}\u{5EA}: hi",
    "\u{631}\u{62F} \u{62A}\u{644}\u{642}\u{627}\u{626}\u{64A}: hi",
  ])
  func automaticAnswers(subject: String) {
    let answer = { (subject: String) in
      read("Return-Path: <>\nFrom: Bob <bob@example.com>\nSubject: \(subject)\n\nBack on Monday.\n")
    }
    #expect(answer(subject).kind == .autoReply)
    #expect(answer("Re: \(subject)").kind == .none)
  }
}
