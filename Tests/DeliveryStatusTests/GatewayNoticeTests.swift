import DeliveryStatus
import SMTPTypes
import Testing

/// Notices in which IronPort and MDaemon put frames of their own around what happened.
@Suite struct GatewayNoticeTests {
  @Test(
    arguments: [
      ("4.4.7 - Delivery expired (message too old) 'timeout'", nil, "4.4.7"),
      ("5.1.0 - Unknown address error 550-'5.1.1 no such user'", 550, "5.1.1"),
      ("5.1.0 - Unknown address error 550-\"5.1.1 no such user\"", 550, "5.1.1"),
    ] as [(String, Int?, String)])
  func ironPort(reason: String, code: Int?, enhanced: String) {
    for opening in ["was undeliverable.", "has been delayed.\nIt has not been delivered for 4 hours."] {
      let report = read(
        """
        Return-Path: <>
        From: MAILER-DAEMON@gateway.example.net
        Subject: Delivery Status Notification

        The following message to <bob@example.com> \(opening)
        The reason for the problem:
        \(reason)

        """)
      let reply = report.recipients.first?.reply
      #expect(reply?.code == code.flatMap { ReplyCode($0) })
      #expect(reply?.enhanced?.description == enhanced)
      #expect(report.recipients.first?.status?.description == enhanced)
      #expect(reply.map { reason.hasSuffix($0.text) } ?? false, "\(reply?.text ?? "")")
      if code == nil { #expect(reply?.text == reason) }
    }
  }

  private func mdaemon(_ session: String) -> ReportedRecipient? {
    read(
      """
      Return-Path: <>
      From: MDaemon at mx.example.net <MDaemon@mx.example.net>
      To: ann@example.org
      Subject: Permanent Delivery Failure

      The attached message had PERMANENT fatal delivery errors!

      After one or more unsuccessful delivery attempts the attached message has
      been removed from the mail queue on this server.  The number and frequency
      of delivery attempts are determined by local configuration parameters.

      YOUR MESSAGE WAS NOT DELIVERED TO ONE OR MORE RECIPIENTS!

      Failed address: bob@example.com

      --- Session Transcript ---
       Mon 2026-11-23 14:00:00: Parsing Message <c:\\mdaemon\\remoteq\\pd50000000001.msg>
       Mon 2026-11-23 14:00:00: From: ann@example.org
       Mon 2026-11-23 14:00:00: To: bob@example.com
       Mon 2026-11-23 14:00:00: Subject: The error of my ways
       Mon 2026-11-23 14:00:00: Attempting SMTP connection to [example.com : 25]
       Mon 2026-11-23 14:00:01: *  MX=[mail.example.com] {192.0.2.7}
      \(session)
      --- End Transcript ---

      : Message contains [1] file attachments

      """
    ).recipients.first
  }

  /// A session in which nobody refused anything ends with what went wrong.
  @Test(arguments: [
    (
      [": Waiting for socket connection...", ": *  Winsock Error 10060 The connection timed out."],
      "Winsock Error 10060 The connection timed out."
    ),
    (
      [
        ": *  Winsock Error 10060 The connection timed out.", ": Attempting SMTP connection to [192.0.2.8:25]",
        ": <-- 220 mail.example.com ESMTP", ": --> EHLO mx.example.net",
        ".250: *  Socket connection closed by the other side (how rude!)",
      ], "Socket connection closed by the other side (how rude!)"
    ),
    ([": Connection timed out"], "Connection timed out"),
    (
      [
        ": --> RCPT To:<bob@example.com>", ": <-- 452 4.2.2 Mailbox full", ": --> QUIT",
        ": *  Winsock Error 10054 Connection was reset by the other side!",
      ], "452 4.2.2 Mailbox full"
    ),
  ])
  func mdaemonSession(lines: [String], reply: String) {
    for day in ["Mon ", ""] {
      let session = lines.map { " \(day)2026-11-23 14:00:02\($0)" }.joined(separator: "\n")
      let told = mdaemon(session)
      #expect(told?.address == "bob@example.com")
      #expect(told?.reply?.text == reply)
      #expect(told?.reply?.code == (reply.hasPrefix("452") ? ReplyCode(452) : nil))
    }
  }

  /// Of several recipients each has the refusal that followed his RCPT; what met the session itself met all the others.
  @Test(
    arguments: [
      (
        [
          "--> RCPT To:<bob@example.com>", "<-- 550 5.1.1 unknown", "--> RCPT To:<eve@example.com>",
          "<-- 552 5.2.2 full",
        ],
        ["550 5.1.1 unknown", "552 5.2.2 full"]
      ),
      (
        [
          "--> RCPT To:<bob@example.com>", "<-- 550 5.1.1 unknown", "--> RCPT To:<eve@example.com>", "<-- 250 Ok",
          "--> DATA", "<-- 452 4.3.1 no room",
        ], ["550 5.1.1 unknown", "452 4.3.1 no room"]
      ),
      (
        ["*  Winsock Error 10061 Connection refused.", "*  Winsock Error 10060 The connection timed out."],
        ["Winsock Error 10060 The connection timed out.", "Winsock Error 10060 The connection timed out."]
      ),
      (["--> RCPT To:<carol@example.com>", "<-- 550 5.1.1 unknown"], [nil, nil]),
    ] as [([String], [String?])])
  func sessionOfSeveral(lines: [String], replies: [String?]) {
    let report = read(
      """
      Return-Path: <>
      From: MDaemon at mx.example.net <MDaemon@mx.example.net>
      Subject: Permanent Delivery Failure

      The attached message had PERMANENT fatal delivery errors!

      Failed address: bob@example.com
      Failed address: eve@example.com

      --- Session Transcript ---
      \(lines.map { " Mon 2026-11-23 14:00:01: \($0)" }.joined(separator: "\n"))
      --- End Transcript ---

      """)
    #expect(report.recipients.map(\.address) == ["bob@example.com", "eve@example.com"])
    #expect(report.recipients.map(\.reply?.text) == replies)
  }
}
