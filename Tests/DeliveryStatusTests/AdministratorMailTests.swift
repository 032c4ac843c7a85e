import DeliveryStatus
import Testing

/// Postmasters and administrators write like anybody else, and of mail more than others.
@Suite struct AdministratorMailTests {
  private static func letter(
    from: String = "Postmaster <postmaster@example.com>", path: String = "<postmaster@example.com>", subject: String,
    header: String = "", _ body: String
  ) -> String {
    """
    Return-Path: \(path)
    From: \(from)
    To: ann@example.org
    Subject: \(subject)
    Date: Tue, 24 Nov 2026 10:00:00 +0100
    \(header)
    \(body)
    """
  }

  private static let quotedReport = """
    Hi Ann,

    > This is the mail system at host mx.example.net.
    >
    > <bob@example.com>: host mx.example.com[192.0.2.5] said: 550 5.1.1 User
    >     unknown (in reply to RCPT TO command)

    he left, use eve@example.com.

    """

  static let letters: [Sample] = [
    Sample(
      "an answer that quotes a report",
      letter(
        subject: "Re: Undelivered Mail Returned to Sender", header: "In-Reply-To: <q1@example.org>\n", quotedReport)),
    Sample(
      "an answer from a mail program",
      letter(
        subject: "Re: my mail", header: "In-Reply-To: <q1@example.org>\nUser-Agent: Example Mail 1\n",
        "your message could not be delivered:\n\nbob@example.com\n  550 5.1.1 User unknown\n")),
    Sample("a quoted report under another subject", letter(subject: "Your question", quotedReport)),
    Sample(
      "an explanation",
      letter(
        subject: "Problem with your message",
        "Hi Ann,\n\nyour message could not be delivered yesterday because our disk was full.\nPlease send it again, or write to\n\nbob@example.com\n"
      )),
    Sample(
      "an outage",
      letter(
        subject: "Mail outage on Monday",
        "Dear colleagues,\n\nyour message could not be delivered, if it went to the\nfollowing recipients:\n\n  staff@example.com\n\nThis was due to a failed disk.\n"
      )),
    Sample(
      "another outage",
      letter(
        subject: "Mail outage on Monday",
        "mail from outside could not be delivered to one or more of\nour mail servers. Nothing was lost.\n\nQuestions: desk@example.com\n"
      )),
    Sample(
      "a welcome",
      letter(
        subject: "Your new mailbox",
        "your mailbox ann@example.org was created. Messages that could not be delivered to one or more recipients are returned.\n"
      )),
    Sample(
      "a move",
      letter(
        from: "Mail Administrator <mailadmin@example.com>", path: "<mailadmin@example.com>",
        subject: "New mail servers on Monday", "Delivery failed? Then write to\n\ndesk@example.com\n")),
    Sample(
      "jobs",
      letter(
        from: "\"System Administrator\" <sysadmin@example.com>", path: "<sysadmin@example.com>",
        subject: "Weekly report",
        "Delivery failed for the following jobs:\n\n  backup@srv1.example.com  rc 550\n  backup@srv2.example.com  rc 421\n"
      )),
    Sample(
      "a parcel",
      letter(
        from: "Mail Delivery Subsystem <postmaster@parcels.example>", path: "<bounce@parcels.example>",
        subject: "Your parcel could not be delivered",
        "your parcel could not be delivered. Your message could not be delivered either. Write to\n\nhelp@parcels.example\n"
      )),
    Sample(
      "a newsletter's figures",
      letter(
        subject: "Delivery Report: newsletter 12 sent",
        "Your newsletter was sent to 1200 recipients.\nOpen rate 12%. Bounces: 550 of them.\nContact: desk@example.com\n"
      )
    ),
    Sample(
      "a domain's figures",
      letter(
        subject: "Delivery Report for example.org",
        "Weekly statistics:\n\n  eve@example.org   550 messages\n  shop@example.org   421 messages\n")),
    Sample(
      "a quarantine",
      letter(
        path: "<>", subject: "Spam Quarantine Summary - [3 messages]",
        "From  Subject\nMAILER-DAEMON@mx.example.net   Undelivered Mail Returned to Sender\npromo@bad.example   Delivery failed: 550 5.1.1 your parcel\n"
      )),
    Sample(
      "a newsletter that calls itself a daemon",
      letter(
        from: "MAILER-DAEMON@example.com", path: "<bounce@news.example>", subject: "Weekly newsletter",
        "Buy now. Could not be delivered to one or more? Write to help@news.example.\n")),
    Sample(
      "a full mailbox's owner is told",
      letter(
        path: "<>", subject: "Mailbox quota",
        "Mailbox full: ann@example.org\nNew messages are refused: 552 5.2.2 mailbox full\n")),
    Sample(
      "an explanation with a code",
      letter(
        subject: "your question",
        "Hello Ann,\n\nyour message could not be delivered to bob@example.com, since their server says 550 5.1.1 user unknown.\n"
      )),
    Sample(
      "an explanation with a line of the log",
      letter(
        subject: "your question",
        "the log says:\n\n<bob@example.com>: host mx[192.0.2.1] said: 550 5.1.1 no\n\nThat is, your message was undeliverable.\n"
      )),
    Sample(
      "how to read notices",
      letter(
        subject: "How to read delivery failures",
        "A notice says: Delivery has failed to these recipients or groups:\n\nbob@example.com\n550 5.1.1 means user unknown.\n"
      )),
    Sample(
      "a ticket",
      letter(
        subject: "Ticket 4711: undeliverable mail to bob@example.com",
        "your message could not be delivered to bob@example.com, since that mailbox was closed.\n")),
    Sample(
      "one who wants a click",
      letter(
        from: "Mail Administrator <admin@example.com>", path: "<x@example.com>",
        subject: "Undelivered mail: 5 messages pending",
        "Your message could not be delivered to 5 recipients.\nClick here, or ask\nsupport@example.com\n")),
    Sample(
      "another who wants a click",
      letter(
        from: "Mail Delivery System <mail@example.com>", path: "<x@example.com>",
        subject: "Mail delivery failed: returning message to sender",
        "could not be delivered to one or more recipients:\n\nann@example.org\n\n552 5.2.2 quota\n")),
    Sample(
      "statistics from the null sender",
      letter(
        path: "<>", subject: "Mail statistics",
        "\nbob@example.com   550 5.1.1 User unknown (12 times)\neve@example.com  450 4.2.1 (3)\n")),
    Sample(
      "a quota of another address at home",
      letter(
        path: "<>", subject: "Warnung",
        "\nann.b@example.org\n\nIhr Postfach l\u{E4}uft voll, bald hei\u{DF}t es 552 5.2.2 mailbox full.\n")),
    Sample(
      "an invoice",
      letter(
        from: "System Administrator <billing@example.com>", path: "<b@example.com>",
        subject: "Delivery report 12 invoices", "Delivery failed\n\n accounts@example.com\n code 554 5.1.0 invoice\n")),
    Sample(
      "a report that is handed on",
      letter(
        subject: "your question", header: "Content-Type: multipart/mixed; boundary=m\n",
        """
        --m

        See below.
        --m
        Content-Type: message/rfc822

        From: MAILER-DAEMON@mx.example.net
        Content-Type: multipart/report; report-type=delivery-status; boundary=r

        --r

        This is the mail system at host mx.example.net.
        --r
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.net

        Final-Recipient: rfc822; bob@example.com
        Action: failed
        Status: 5.1.1
        --r--
        --m--
        """)),
    Sample(
      "a report's parts that are handed on",
      letter(
        subject: "Fwd: your question", header: "Content-Type: multipart/mixed; boundary=m\n",
        "--m\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; bob@example.com\nAction: failed\n--m--\n"
      )
    ),
    Sample(
      "a job",
      letter(
        from: "Cron Daemon <daemon@mx.example.com>", path: "<>", subject: "Cron <root@mx> /usr/bin/summary",
        "  3  550 5.1.1 <bob@example.com>: User unknown\n")),
    Sample(
      "a vacation",
      letter(path: "<>", subject: "Out of office: Hello", "Ask bob@example.com, 550 5.1.1 is my number.\n")),
  ]

  @Test(arguments: letters)
  func areNoReports(sample: Sample) {
    let report = read(sample.message)
    #expect(report.kind == .none || report.kind == .autoReply)
    #expect(report.recipients.isEmpty)
  }

  /// Notices in such names, with a sender's address on them, are believed for their subjects, or for a session that they quote.
  @Test(arguments: [
    ("failure notice", "Your message could not be delivered to\n\nbob@example.com\n"),
    ("Undeliverable: Hello", "did not reach the following recipient(s):\n\nbob@example.com on Monday\n"),
    ("Hello", "Sent <<< RCPT TO:<bob@example.com>\nReceived >>> 550 5.1.1 no such user\n"),
    ("[list] Undeliverable: Hello", "did not reach the following recipient(s):\n\nbob@example.com on Monday\n"),
    (
      "failure notice",
      "\u{4E0D}\u{80FD}\n\nbob@example.com\n\n-------server message\n550 5.1.1 <bob@example.com>: User unknown\n"
    ),
    ("Message status - undeliverable", "Your message was undeliverable:\n\nbob@example.com\n"),
    ("Mail returned", "Your message was undeliverable:\n\nbob@example.com\n"),
    ("Mail could not be delivered", "Unable to deliver message to <bob@example.com>\n"),
  ])
  func noticesRemain(subject: String, body: String) {
    let report = read(AdministratorMailTests.letter(subject: subject, "\n\(body)"))
    #expect(report.kind == .bounce)
    #expect(report.recipients.map(\.address) == ["bob@example.com"])
  }
}
