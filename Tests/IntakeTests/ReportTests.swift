import Bytes
import Classification
import DeliveryStatus
import Intake
import Journal
import SMTPTypes
import Testing

private func report(queueID: String? = nil, recipients: [(String, ReportedAction, String)]) -> DeliveryReport {
  var report = DeliveryReport()
  report.kind = .bounce
  report.reportingMTA = "mx.example.net"
  report.messageID = "m1@example.org"
  report.queueID = queueID
  report.recipients = recipients.map { address, action, text in
    var recipient = ReportedRecipient(address: address, action: action)
    recipient.remoteMTA = "mailbox.example.net"
    recipient.isRemoteReply = true
    recipient.status = text.withByteView { Reply(parsing: $0).enhanced }
    recipient.reply = ReportedReply(
      code: text.withByteView { Reply(parsing: $0).code }, enhanced: recipient.status, text: text)
    return recipient
  }
  return report
}

private let now = Bench.time("2026-11-23T10:00:00Z")

@Suite struct ReportTests {
  @Test func reportsOfOthersAreEventsOfTheirOwn() {
    let bench = Bench()
    let given = bench.intake.observe(
      report(recipients: [
        ("b@Example.net", .delayed, "452 4.2.2 Mailbox full"), ("c@example.net", .failed, "550 5.1.1 User unknown"),
        ("d@example.net", .delivered, "250 2.0.0 Ok"),
      ]), at: now, isOurOwn: false, isMatched: true)
    #expect(given == 2)
    #expect(bench.sink.events.map(\.type) == [.delayNotice, .remoteBounce])
    #expect(bench.sink.events.map(\.cause) == [.mailboxFull, .mailboxUnavailable])
    #expect(bench.sink.events.map(\.domain) == ["example.net", "example.net"])
    #expect(bench.sink.events.allSatisfy { $0.source == .dsn && !$0.isAttempt })
    #expect(bench.sink.events.map(\.note) == ["reported by mx.example.net", "reported by mx.example.net"])
  }

  /// What another mail system says of a server that it did not reach is nobody's reply.
  @Test func reportsOfServersThatWereNotReached() {
    let bench = Bench()
    var report = report(recipients: [("b@example.net", .failed, "Connection refused: retry timeout exceeded")])
    report.recipients[0].isRemoteReply = false
    bench.intake.observe(report, at: now, isOurOwn: false, isMatched: true)
    #expect(bench.sink.events.map(\.cause) == [.connectFailure])
    #expect(bench.sink.events.map(\.origin) == [.transport])
  }

  @Test(arguments: [(true, 0), (false, 1)])
  func ourOwnReportsTellNothingNewWhereALogIsFollowed(followsLog: Bool, events: Int) {
    let bench = Bench { $0.followsLog = followsLog }
    bench.intake.observe(
      report(recipients: [("b@example.net", .failed, "550 5.1.1 User unknown")]), at: now, isOurOwn: true,
      isMatched: true)
    #expect(bench.sink.events.count == events)
  }

  @Test func aReportNeverClosesALife() {
    let bench = Bench()
    bench.log(
      "10:00:00 smtpd[1]: 4ABC0F1E2D: client=app.example.org[198.51.100.7]",
      "10:00:01 smtp[4]: 4ABC0F1E2D: to=<b@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.3.2, status=deferred (host mx.example.net[192.0.2.5] said: 451 4.3.2 busy (in reply to RCPT TO command))"
    )
    bench.intake.observe(
      report(queueID: "4ABC0F1E2D", recipients: [("b@example.net", .failed, "550 5.1.1 User unknown")]), at: now,
      isOurOwn: false, isMatched: false)
    bench.log(
      "10:05:00 smtp[4]: 4ABC0F1E2D: to=<b@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=300, delays=0/0/0.5/0.5, dsn=2.0.0, status=sent (250 Ok)"
    )
    #expect(bench.sink.events.map(\.type) == [.transientFailure, .remoteBounce, .delivery])
    #expect(bench.sink.events[2].attempt == 2)
  }

  @Test func aFloodOfReportsIsBounded() {
    let bench = Bench { $0.reportLimit = 10 }
    for _ in 0..<50 {
      bench.intake.observe(
        report(recipients: [("b@example.net", .failed, "550 5.1.1 User unknown")]), at: now, isOurOwn: false,
        isMatched: false)
    }
    bench.intake.observe(
      report(recipients: [("b@example.net", .failed, "550 5.1.1 User unknown")]),
      at: Bench.time("2026-11-23T10:01:00Z"), isOurOwn: false, isMatched: false)
    #expect(bench.sink.events(.remoteBounce).count == 11)
    #expect(bench.sink.events(.gap).count == 1)
  }
}
