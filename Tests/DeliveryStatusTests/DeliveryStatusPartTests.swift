import Bytes
import DeliveryStatus
import SMTPTypes
import Testing

@Suite struct DeliveryStatusPartTests {
  @Test func postfix() throws {
    let report = read(Fixture.postfix)
    #expect(report.kind == .bounce)
    #expect(report.form == .deliveryStatus)
    #expect(report.reportingMTA == "mx.example.net")
    #expect(report.envelopeID == "campaign+7")
    #expect(report.queueID == "4jY88L73BKz2PwHN")
    #expect(report.sender == "ann@example.org")
    #expect(report.arrival?.description == "2026-11-23T13:53:38Z")
    #expect(report.messageID == "m1.2026@example.org")
    #expect(report.subject == "Grüße")
    #expect(report.from == "ann@example.org")
    #expect(report.exceeded == [])
    try #require(report.recipients.count == 2)
    let bob = report.recipients[0]
    #expect(bob.address == "bob@example.com")
    #expect(bob.originalAddress == "robert@example.com")
    #expect(bob.action == .failed)
    #expect(bob.kind == .bounce)
    #expect(bob.status == EnhancedStatusCode(5, 2, 2))
    #expect(bob.remoteMTA == "mail.example.com")
    #expect(bob.isRemoteReply)
    #expect(
      bob.reply
        == ReportedReply(
          code: ReplyCode(552), enhanced: EnhancedStatusCode(5, 2, 2),
          text: "552 5.2.2 <bob@example.com>: the mailbox is full"))
    let eve = report.recipients[1]
    #expect(eve.action == .delayed)
    #expect(eve.kind == .delay)
    #expect(!eve.isRemoteReply)
    #expect(eve.lastAttempt?.description == "2026-11-23T15:00:00Z")
    #expect(eve.willRetryUntil?.description == "2026-11-28T13:53:38Z")
  }

  /// Boxbe keeps a message until its sender has made himself known, and dresses the question as a report.
  @Test func challenge() {
    let report = read(Fixture.challenge)
    #expect(report.kind == .autoReply)
    #expect(report.recipients.map(\.address) == ["a@example.com"])
    #expect(report.recipients.map(\.status) == [EnhancedStatusCode(4, 7, 0)])
  }

  @Test func internationalised() throws {
    let report = read(Fixture.broken)
    #expect(report.kind == .bounce)
    #expect(report.reportingMTA == "eai.example")
    let only = try #require(report.recipients.first)
    #expect(only.address == "jörg@example.com")
    #expect(only.status == EnhancedStatusCode(5, 6, 7))
  }

  @Test(arguments: [
    ("failed", ReportKind.bounce), ("delayed", .delay), ("delivered", .delivered), ("relayed", .relayed),
    ("expanded", .expanded), ("Failed (really)", .bounce), ("failure", .bounce), ("expired", .bounce),
    ("deliverable", .none), ("undeliverable", .none),
  ])
  func actions(word: String, kind: ReportKind) {
    let report = read(Fixture.report("Final-Recipient: rfc822; a@b.example\nAction: \(word)\nStatus: 4.0.0\n"))
    #expect(report.kind == kind)
  }

  /// An address that was only tried (Postfix, `sendmail -bv`) beside a list that was expanded.
  @Test func triedAddresses() {
    let tried = "Final-Recipient: rfc822; a@b.example\nAction: undeliverable\nStatus: 5.1.1\n\n"
    let list = "Final-Recipient: rfc822; list@b.example\nAction: expanded\nStatus: 2.0.0\n\n"
    let report = read(Fixture.report(tried + list))
    #expect(report.kind == .expanded)
    #expect(report.recipients.map(\.action) == [.undeliverable, .expanded])
    #expect(read(Fixture.report(tried)).recipients.map(\.kind) == [.none])
  }

  @Test func actionMissing() {
    let report = read(Fixture.report("Final-Recipient: rfc822; a@b.example\nStatus: 4.7.0\n"))
    #expect(report.kind == .delay)
    #expect(report.recipients.first?.action == nil)
  }

  @Test(arguments: [
    ("5.1.1", "5.1.1"), ("4.4.7 (expired)", "4.4.7"), ("#5.1.0", "5.1.0"), ("553 too big", ""), ("5.1", ""),
  ])
  func statuses(field: String, expected: String) {
    let report = read(Fixture.report("Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: \(field)\n"))
    #expect(report.recipients.first?.status?.description ?? "" == expected)
  }

  @Test func groupsWithoutBlankLines() {
    let report = read(
      Fixture.report(
        """
        Reporting-MTA: dns; mx.example.net
        Final-Recipient: rfc822; a@b.example
        Action: failed
        Status: 5.1.1
        Final-Recipient: rfc822; c@b.example
        Action: failed
        Status: 5.1.2

        """))
    #expect(report.recipients.map(\.address) == ["a@b.example", "c@b.example"])
    #expect(report.recipients.map(\.status) == [EnhancedStatusCode(5, 1, 1), EnhancedStatusCode(5, 1, 2)])
  }

  @Test func foldingWithoutSpace() {
    let report = read(
      Fixture.report(
        """
        Final-Recipient: rfc822; a@b.example
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550-5.1.1 one
        550 5.1.1 two

        """))
    #expect(report.recipients.first?.reply?.text == "550-5.1.1 one 550 5.1.1 two")
  }

  @Test func namelessRecipientIsNamedByTheHeader() {
    let status = "Action: failed\nDiagnostic-Code: smtp; 550 5.7.1 <someone@else.example> denied\n"
    #expect(read(Fixture.report(status)).recipients.first?.address == nil)
    let named = read(Fixture.report(status, header: "X-Failed-Recipients: a@b.example\n"))
    #expect(named.recipients.first?.address == "a@b.example")
  }

  /// Postfix writes its `mail_name` into two fields' names, SendGrid the reply code before the status, Gmail a dot behind
  /// the host; and some encode the diagnostic.
  @Test func otherSpellings() {
    let report = read(
      Fixture.report(
        """
        Reporting-MTA: dns; mx.example.net.
        X-ExampleMail-Queue-ID: 4jY88L73BKz2PwHN
        X-ExampleMail-Sender: rfc822; ann@example.org

        Final-Recipient: rfc822; bob@example.com
        Action: failed
        Status: 550 5.1.1
        Remote-MTA: dns; mx.example.com. (192.0.2.5, the server for the domain)
        Diagnostic-Code: smtp; =?utf-8?Q?550_5=2E1=2E1_Benutzer_unbekannt?=

        """))
    #expect(report.queueID == "4jY88L73BKz2PwHN")
    #expect(report.sender == "ann@example.org")
    #expect(report.reportingMTA == "mx.example.net")
    let bob = report.recipients.first
    #expect(bob?.status == EnhancedStatusCode(5, 1, 1))
    #expect(bob?.remoteMTA == "mx.example.com")
    #expect(bob?.reply?.code == ReplyCode(550))
    #expect(bob?.reply?.enhanced == EnhancedStatusCode(5, 1, 1))
    #expect(bob?.reply?.text == "550 5.1.1 Benutzer unbekannt")
  }
}
