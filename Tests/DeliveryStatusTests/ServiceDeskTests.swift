import DeliveryStatus
import Testing

/// Service desks acknowledge from the null sender what people hand on to them, bounces too.
@Suite struct ServiceDeskTests {
  private static let bounce = [
    "This is the mail system at host mx.example.net.",
    "I'm sorry to have to inform you that your message could not be delivered.",
    "<joe@example.com>: host mx.example.com[192.0.2.7] said: 550 5.1.1 unknown",
  ]
  private static let warning = [
    "This message was created automatically by mail delivery software.",
    "A message that you sent has not yet been delivered to one or more of its",
    "recipients after more than 24 hours on the queue on out.example.net.", "", "  bob@example.com",
    "    host mx.example.com [192.0.2.7]", "    452 4.2.2 <bob@example.com>: Mailbox full",
  ]

  private static func acknowledgement(
    from: String, subject: String, isAnswer: Bool, intro: String, _ quoted: [String], mark: String
  ) -> String {
    """
    Return-Path: <>
    From: \(from)
    To: sam@example.org
    Subject: \(subject)
    Precedence: bulk
    \(isAnswer ? "Auto-Submitted: auto-replied" : "X-Desk: 1")
    Content-Type: text/plain

    \(intro)

    \(quoted.map { mark + $0 }.joined(separator: "\n"))
    """
  }

  @Test(arguments: [
    "[Ticket#12] Undelivered Mail Returned to Sender", "[Ticket#12] Fwd: Undelivered Mail Returned to Sender",
    "[Ticket#2026112000012] RE: Undelivered Mail Returned to Sender", "Undelivered Mail Returned to Sender",
    "Re: Mail delivery failed: returning message to sender", "Auto: Delivery Status Notification (Failure)",
    "[example.org #12] Warning: message 1abcDE-0001xY-Zz delayed 24 hours", "Ticket 12: my mail bounces",
    "failure notice",
  ])
  func acknowledgements(subject: String) {
    for quoted in [ServiceDeskTests.bounce, ServiceDeskTests.warning] {
      for mark in ["> ", ""] {
        for intro in ["Thank you, ticket 12 was opened for you. You wrote:", "Dear Sam,\n\nwe have your request."] {
          for isAnswer in [true, false] {
            let report = read(
              ServiceDeskTests.acknowledgement(
                from: "Support <support@example.net>", subject: subject, isAnswer: isAnswer, intro: intro, quoted,
                mark: mark))
            #expect(report.kind == (isAnswer ? .autoReply : .none), "\(mark)\(intro)")
            #expect(report.recipients.isEmpty)
          }
        }
      }
    }
  }

  /// A desk that answers as the postmaster, by whose name programs write too.
  @Test(arguments: [
    ("[Ticket#12] Undelivered Mail Returned to Sender", ReportKind.autoReply),
    ("[example.org #12] Fwd: Undelivered Mail", .autoReply), ("Re: Undelivered Mail", .autoReply),
    ("Undelivered Mail Returned to Sender", .bounce),
  ])
  func postmastersDesk(subject: String, kind: ReportKind) {
    let report = read(
      ServiceDeskTests.acknowledgement(
        from: "Postmaster <postmaster@example.net>", subject: subject, isAnswer: true, intro: "We tell you:",
        ServiceDeskTests.bounce, mark: ""))
    #expect(report.kind == kind)
  }

  /// Where all that speaks of a delivery is quoted, a postmaster's subject proves nothing.
  @Test(arguments: ["Undelivered Mail Returned to Sender", "Your ticket 12: Undelivered Mail", "failure notice"])
  func hearsay(subject: String) {
    for (mark, kind) in [("> ", ReportKind.autoReply), ("", .bounce)] {
      let report = read(
        ServiceDeskTests.acknowledgement(
          from: "Postmaster <postmaster@example.net>", subject: subject, isAnswer: true, intro: "Thank you. You wrote:",
          ServiceDeskTests.bounce, mark: mark))
      #expect(report.kind == kind)
    }
  }

  /// The report that was handed on may come back with the answer.
  @Test func attachedToAnAnswer() {
    let report = read(
      """
      Return-Path: <>
      From: Support <support@example.net>
      Subject: [Ticket#12] Undelivered Mail Returned to Sender
      Auto-Submitted: auto-replied
      Content-Type: multipart/mixed; boundary=m

      --m
      Content-Type: text/plain

      Thank you.
      --m
      Content-Type: message/delivery-status

      Final-Recipient: rfc822; joe@example.com
      Action: failed
      Status: 5.1.1
      --m--
      """)
    #expect(report.kind == .autoReply)
    #expect(report.recipients.isEmpty)
  }

  /// Tickets about mail, which say in words that it failed.
  @Test(arguments: [
    (
      "[#12] Mail server: mailbox full",
      """
      Your request has been received. Original text:

      Hello, my users get "452 4.2.2 <joe@example.com>: mailbox full" when they write to joe@example.com
      Delivery has failed to these recipients: joe@example.com
      """
    ),
    (
      "Ticket 12: mails bounce",
      """
      Ticket 12 was opened for you. Description:

      Our customer joe@example.com can't be reached. The bounce says:
      The following addresses had permanent fatal errors: <joe@example.com>
      550 5.1.1 User unknown
      """
    ),
    (
      "Mailbox full",
      """
      Hello Sam,
      your request was filed:
      Delivery has failed to these recipients: joe@example.com
      552 5.2.2 Over quota
      """
    ),
    ("Delivery failed: your parcel", "Delivery failed to joe@example.com at 10:00. Call 550 5100.\n"),
  ])
  func tickets(subject: String, body: String) {
    let report = read(
      "Return-Path: <>\nFrom: Helpdesk <help@example.net>\nTo: sam@example.org\nSubject: \(subject)\n\n\(body)")
    #expect(report.kind == .none)
    #expect(report.recipients.isEmpty)
  }

  /// Mail systems that send their notices by a person's name say from the first line on what they are.
  @Test(arguments: [
    (
      "failure notice", "",
      """
      Hi. This is the qmail-send program at mx.example.net.
      I'm afraid I wasn't able to deliver your message to the following addresses.
      """
    ),
    (
      "Undelivered Mail Returned to Sender", "Auto-Submitted: auto-replied\n",
      "This is the mail system at host mx.example.net.\n\nI'm sorry."
    ),
    ("Undeliverable: hi", "", "Hello,\n\nDelivery has failed to these recipients or groups:"),
    (
      "Mail delivery failed", "Auto-Submitted: auto-generated\n",
      "This is a MIME-encapsulated message.\n\nYour message could not be delivered."
    ),
    ("Anything", "X-Failed-Recipients: joe@example.com\nAuto-Submitted: auto-replied\n", "Sorry."),
  ])
  func noticesByAName(subject: String, header: String, opening: String) {
    let start = "Return-Path: <>\nFrom: bounce@example.net\nSubject: \(subject)\n\(header)\n\(opening)\n\n"
    let report = read(start + "<joe@example.com>:\n550 5.1.1 unknown\n")
    #expect(report.kind == .bounce)
    #expect(report.recipients.map(\.address) == ["joe@example.com"])
  }
}
