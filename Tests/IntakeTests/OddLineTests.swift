import Bytes
import Classification
import Intake
import Journal
import MailLog
import SMTPTypes
import Testing

/// Lines without a header or with a wild date, and lines that name no recipient.
@Suite struct OddLineTests {
  static let deferral =
    "to=<r@example.com>, relay=mx.example.com[192.0.2.9]:25, delay=5, dsn=4.2.2, status=deferred (host mx.example.com[192.0.2.9] said: 452 4.2.2 full (in reply to RCPT TO command))"

  private func feed(_ bench: Bench, _ lines: [String], asOf time: String? = "2026-11-20T08:00:00Z") {
    bench.intake.readBareLines(asOf: time.map { Bench.time($0) })
    for line in lines { line.withByteView { bench.intake.line($0, offset: 0) } }
    bench.intake.flush()
  }

  @Test func bareLinesAreOfTheFilesTime() {
    let bench = Bench()
    feed(
      bench,
      [
        "4ABCD: \(OddLineTests.deferral)", "some text", "4ABCD: " + OddLineTests.deferral.replacing("delay=5", "delay=900"),
        OddLineTests.deferral, OddLineTests.deferral,
        "NOQUEUE: reject: RCPT from x[192.0.2.1]: 450 4.7.1 no; from=<a@b> to=<c@d> proto=SMTP helo=<e>",
      ])
    let failures = bench.sink.events(.transientFailure)
    #expect(failures.map(\.queueID) == ["4ABCD", "4ABCD", nil, nil])
    #expect(failures.allSatisfy { $0.cause == .mailboxFull && $0.hop == .external && $0.attempt == nil })
    #expect(bench.sink.events(.rejection).count == 1)
    // A delay without a time says nothing of another life.
    #expect(bench.sink.events(.deletion).isEmpty)
    #expect(bench.sink.total.attempts == 4)
    #expect(bench.intake.bareLines == 5 && bench.intake.unreadableLines == 1)
  }

  @Test func bareLinesAreNotBelievedAmongOthers() {
    let bench = Bench()
    feed(
      bench,
      ["2026-11-23T10:00:00Z mx1 dovecot: said", "4ABCD: \(OddLineTests.deferral)", OddLineTests.deferral])
    #expect(bench.sink.events.isEmpty)
    feed(bench, ["4ABCD: \(OddLineTests.deferral)"], asOf: nil)
    #expect(bench.sink.events.isEmpty)
    #expect(bench.intake.unreadableLines == 3)
  }

  @Test func linesMayEndInCRLF() throws {
    let bench = Bench()
    let sent = OddLineTests.deferral.replacing("delay=5", "delay=65").replacing("status=deferred", "status=sent")
    let lines = [
      "10:00:05Z mx1 postfix/smtp[1]: 4ABCD: \(OddLineTests.deferral)",
      "10:01:05Z mx1 postfix/smtp[1]: 4ABCD: \(sent)", "10:01:06Z mx1 postfix/qmgr[1]: 4ABCD: removed",
    ]
    for line in lines {
      "2026-11-23T\(line)\r".withByteView { bench.intake.line($0, offset: 0) }
    }
    bench.intake.finish()
    #expect(bench.sink.events.map(\.type) == [.transientFailure, .delivery])
    let line = String(decoding: try #require(bench.sink.lines.first), as: UTF8.self)
    #expect(line.contains(#"full""#))
    #expect(line.contains(#""stage":"rcpt""#))
    #expect(!line.contains("\\r") && !line.contains("in reply to"))
  }

  /// What is not known is left out, not written as empty.
  @Test func nothingEmptyIsWritten() {
    let bench = Bench()
    bench.log(
      "10:00:01 smtp[4]: 4ABC0F1E2D: status=deferred (bounce failed)",
      "10:00:02 smtpd[4]: NOQUEUE: reject: RCPT from x[192.0.2.1]: 450 4.7.1 no; from=<a@b> to=<> proto=SMTP helo=<e>",
      "10:00:03 cleanup[4]: 4ABC0F1E2E: milter-reject: END-OF-MESSAGE from localhost: 4.7.1 later; from=<a@b> to=<c@d>",
      "10:00:04 postscreen[4]: NOQUEUE: reject: RCPT from [192.0.2.1]:9: 450 4.3.2 no; from=<a@b>, to=<c@d>, proto=SMTP, helo=<e>")
    bench.sendmail(
      "10:00:05 6ANF9AiB030626: to=<u@example.org>, delay=00:00:01, mailer=esmtp, relay=[192.0.2.7], dsn=4.0.0, stat=Deferred: 450 no")
    #expect(bench.sink.lines.count >= 2)
    for line in bench.sink.lines.map({ String(decoding: $0, as: UTF8.self) }) {
      #expect(!line.contains(#""recipient":"""#) && !line.contains(#"{"host":"""#) && !line.contains("{}"), "\(line)")
    }
  }

  /// bounce(8) failed: the message stays in the queue, and nobody was tried.
  @Test func aFailedBounceIsNobodysAttempt() {
    let bench = Bench()
    bench.log(
      "10:00:00 qmgr[4]: 4ABC0F1E2D: from=<s@example.org>, size=1, nrcpt=1 (queue active)",
      "10:00:01 smtp[4]: 4ABC0F1E2D: to=<r@example.com>, relay=mx.example.com[192.0.2.9]:25, delay=1, delays=1/0/0/0, dsn=5.1.1, status=bounced (host mx.example.com[192.0.2.9] said: 550 5.1.1 unknown (in reply to RCPT TO command))",
      "10:00:02 qmgr[4]: 4ABC0F1E2D: status=deferred (bounce failed)",
      "10:10:00 qmgr[4]: 4ABC0F1E2D: from=<s@example.org>, size=1, nrcpt=0 (queue active)",
      "10:10:02 bounce[4]: 4ABC0F1E2D: sender non-delivery notification: 4ABC0F1E2E",
      "10:10:02 qmgr[4]: 4ABC0F1E2D: removed")
    bench.intake.finish()
    #expect(bench.sink.events.map(\.type) == [.bounce, .transientFailure])
    #expect(bench.sink.events.map(\.recipient) == ["r@example.com", nil])
    #expect(bench.sink.events.map(\.cause).last == .localResource)
    #expect(bench.sink.events.map(\.origin).last == .local)
    #expect(bench.sink.trouble == ["notification": 1])
    #expect(bench.sink.total.attempts == 1)
    #expect(bench.sink.internalHops.attempts == 0)
  }

  /// An expiry whose bounce failed: its recipients are tried again, and expire again.
  @Test func anExpiryThatIsToldAgain() {
    let bench = Bench()
    bench.log(
      "10:00:00 qmgr[4]: 4ABC0F1E2D: from=<s@example.org>, size=1, nrcpt=1 (queue active)",
      "10:00:01 smtp[4]: 4ABC0F1E2D: to=<r@example.com>, \(OddLineTests.outcome(1))",
      "10:00:01 qmgr[4]: 4ABC0F1E2D: from=<s@example.org>, status=expired, returned to sender",
      "10:00:02 qmgr[4]: 4ABC0F1E2D: status=deferred (bounce failed)",
      // Nobody was tried meanwhile.
      "10:05:02 qmgr[4]: 4ABC0F1E2D: from=<s@example.org>, status=expired, returned to sender",
      "10:05:02 qmgr[4]: 4ABC0F1E2D: status=deferred (bounce failed)",
      "10:10:01 smtp[4]: 4ABC0F1E2D: to=<r@example.com>, \(OddLineTests.outcome(601))",
      "10:10:01 qmgr[4]: 4ABC0F1E2D: from=<s@example.org>, status=expired, returned to sender",
      "10:10:02 bounce[4]: 4ABC0F1E2D: sender non-delivery notification: 4ABC0F1E2E",
      "10:10:02 qmgr[4]: 4ABC0F1E2D: removed")
    bench.intake.finish()
    let told = bench.sink.events.filter { $0.recipient != nil }
    #expect(told.map(\.type) == [.transientFailure, .expiration, .transientFailure, .expiration])
    #expect(told.allSatisfy { $0.recipient == "r@example.com" })
    #expect(bench.sink.events.count == told.count + 2)
    // How often before is not known any more, but that it was.
    #expect(told.filter { $0.type == .transientFailure }.map(\.attempt) == [1, nil])
    #expect(bench.sink.total.firstAttempts == 1)
  }

  private static func outcome(_ delay: Int) -> String {
    "relay=mx.example.com[192.0.2.9]:25, delay=\(delay), delays=\(delay)/0/0/0, dsn=4.2.0, status=deferred (host mx.example.com[192.0.2.9] said: 450 4.2.0 later (in reply to RCPT TO command))"
  }

  @Test func aWildDateDoesNotTakeTheCountsAlong() {
    let bench = Bench()
    bench.log("10:00:05 smtp[1]: 4ABCD: \(OddLineTests.deferral)")
    "2190-01-01T00:00:00Z mx1 postfix/qmgr[1]: 4ABCE: removed".withByteView { bench.intake.line($0, offset: 0) }
    bench.log("10:00:06 smtp[1]: 4ABCF: \(OddLineTests.deferral)", "10:01:07 smtp[1]: 4ABCG: \(OddLineTests.deferral)")
    bench.intake.flush()
    #expect(bench.sink.total.attempts == 3)
    #expect(
      bench.sink.minutes == [
        "2026-11-23T10:00:00Z", "2190-01-01T00:00:00Z", "2026-11-23T10:00:00Z", "2026-11-23T10:01:00Z",
      ])
  }

  @Test func troubleIsCountedByKind() {
    let bench = Bench()
    bench.log(
      "10:00:05 cleanup[1]: warning: 4ABCD: write queue file: No space left on device",
      "10:00:05 smtpd[1]: warning: connect to Milter service inet:127.0.0.1:1: Connection refused",
      "10:00:06 smtpd[1]: warning: connect to Milter service inet:127.0.0.1:1: Connection refused",
      "10:00:06 smtp[1]: connect to mx.example.org[192.0.2.7]:25: Connection refused")
    bench.intake.flush()
    #expect(bench.sink.trouble == ["resource": 1, "filter": 2, "connection": 1])
    #expect(bench.sink.events.isEmpty)
  }

  @Test func aLimitIsARejection() {
    let bench = Bench()
    bench.log(
      "10:00:05 smtpd[1]: warning: Connection rate limit exceeded: 7 from x.example[192.0.2.1] for service smtp",
      "10:00:06 smtpd[1]: warning: Message delivery request rate limit exceeded: 7 from x.example[192.0.2.1] for service smtp",
      "10:00:07 smtpd[1]: timeout after DATA (10 bytes) from x.example[192.0.2.1]")
    bench.intake.flush()
    let rejections = bench.sink.events(.rejection)
    #expect(rejections.map(\.cause) == [.connectionLimit, .rateLimited, .connectionLost])
    #expect(rejections.allSatisfy { $0.client == "192.0.2.1" })
  }
}

extension String {
  fileprivate func replacing(_ old: String, _ new: String) -> String {
    split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
  }
}
