import Classification
import Intake
import Journal
import SMTPTypes
import Testing

private let greylisted =
  "host mx.example.net[192.0.2.5] said: 450 4.2.0 <b@example.net>: Recipient address rejected: Greylisted (in reply to RCPT TO command)"

@Suite struct DeliveryTests {
  @Test func aDeferralThatRecovers() {
    let bench = Bench()
    bench.log(
      "10:00:00 smtpd[1]: 4ABC0F1E2D: client=app.example.org[198.51.100.7], sasl_method=PLAIN, sasl_username=shop",
      "10:00:00 cleanup[2]: 4ABC0F1E2D: message-id=<m1@example.org>",
      "10:00:00 qmgr[3]: 4ABC0F1E2D: from=<a@example.org>, size=300, nrcpt=1 (queue active)",
      "10:00:01 smtp[4]: 4ABC0F1E2D: to=<b@Example.NET>, relay=mx.example.net[192.0.2.5]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.2.0, status=deferred (\(greylisted))",
      "10:05:00 qmgr[3]: 4ABC0F1E2D: from=<a@example.org>, size=300, nrcpt=1 (queue active)",
      "10:05:01 smtp[4]: 4ABC0F1E2D: to=<b@Example.NET>, relay=mx.example.net[192.0.2.5]:25, delay=301, delays=300/0/0.5/0.5, dsn=2.0.0, status=sent (250 2.0.0 Ok)",
      "10:05:01 qmgr[3]: 4ABC0F1E2D: removed")
    bench.intake.flush()
    #expect(bench.sink.events.map(\.type) == [.transientFailure, .delivery])
    let first = bench.sink.events[0]
    #expect(first.attempt == 1)
    #expect(first.cause == .greylisted)
    #expect(first.origin == .remote)
    #expect(first.domain == "example.net")
    #expect(first.sender == "a@example.org")
    #expect(first.user == "shop")
    #expect(first.client == "198.51.100.7")
    #expect(first.messageID == "m1@example.org")
    #expect(first.arrival == Bench.time("2026-11-23T10:00:00Z"))
    let second = bench.sink.events[1]
    #expect(second.attempt == 2)
    #expect(second.deferredFor == 300)
    #expect(second.arrival == first.arrival)
    #expect(bench.sink.total.attempts == 2)
    #expect(bench.sink.total.deliveries == 1)
    #expect(bench.sink.total.firstAttempts == 1)
    #expect(bench.sink.total.firstDeferred == 1)
    #expect(bench.sink.byUser["shop"]?.attempts == 2)
  }

  @Test func aCleanDeliveryIsACountOnly() {
    let bench = Bench()
    bench.log(
      "10:00:00 smtpd[1]: 4ABC0F1E2D: client=app.example.org[198.51.100.7]",
      "10:00:01 smtp[4]: 4ABC0F1E2D: to=<b@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=1, delays=0/0/0.5/0.5, dsn=2.0.0, status=sent (250 2.0.0 Ok)",
      "10:00:01 qmgr[3]: 4ABC0F1E2D: removed")
    bench.intake.flush()
    #expect(bench.sink.events.isEmpty)
    #expect(bench.sink.total.attempts == 1)
    #expect(bench.sink.total.firstAttempts == 1)
    #expect(bench.sink.total.firstDeferred == 0)
  }

  /// discard(8) says `sent` of what nobody gets; the service may have any name.
  @Test(arguments: ["discard", "blackhole/discard"])
  func whatIsDiscardedIsNotDelivered(_ tag: String) {
    let bench = Bench { $0.storesAllDeliveries = true }
    bench.log(
      "10:00:00 qmgr[3]: 4ABC0F1E2D: from=<a@example.org>, size=300, nrcpt=1 (queue active)",
      "10:00:01 smtp[4]: 4ABC0F1E2D: to=<b@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.2.0, status=deferred (\(greylisted))",
      "10:05:01 \(tag)[9]: 4ABC0F1E2D: to=<b@example.net>, relay=none, delay=301, delays=300/0/0/0, dsn=2.0.0, status=sent (silently)",
      "10:05:02 \(tag)[9]: 5ABC0F1E2D: to=<c@example.net>, relay=none, delay=1, delays=1/0/0/0, dsn=2.0.0, status=sent (silently)",
      "10:05:03 qmgr[3]: 4ABC0F1E2D: removed")
    bench.intake.flush()
    #expect(bench.sink.events.map(\.type) == [.transientFailure, .deletion])
    let end = bench.sink.events.last
    #expect(end?.recipient == "b@example.net")
    #expect(end?.note == "discarded by discard(8)")
    #expect(end?.deferredFor == 300)
    #expect(bench.sink.total.attempts == 1)
    #expect(bench.sink.total.deliveries == 0)
    #expect(bench.sink.internalHops.attempts == 0)
  }

  @Test func allDeliveriesAreStoredOnRequest() {
    let bench = Bench { $0.storesAllDeliveries = true }
    bench.log(
      "10:00:00 smtpd[1]: 4ABC0F1E2D: client=app.example.org[198.51.100.7]",
      "10:00:01 smtp[4]: 4ABC0F1E2D: to=<b@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=1, delays=0/0/0.5/0.5, dsn=2.0.0, status=sent (250 2.0.0 Ok)"
    )
    #expect(bench.sink.events.map(\.type) == [.delivery])
    #expect(bench.sink.events[0].deferredFor == nil)
  }

  /// A log that is read behind another's may tell of deliveries before its failures, and after them.
  @Test func aDeliveryBeforeTheFailureLeavesTheOneAfterIt() {
    let bench = Bench()
    func line(_ time: String, _ id: String, _ status: String) -> String {
      "\(time) smtp[4]: \(id): to=<b@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=1, delays=0/0/0.5/0.5, \(status)"
    }
    let sent = "dsn=2.0.0, status=sent (250 2.0.0 Ok)"
    bench.log(
      line("12:00:01", "4ABC0F1E2D", "dsn=5.1.1, status=bounced (host mx.example.net[192.0.2.5] said: 550 5.1.1 no)"),
      line("10:00:01", "5ABC0F1E2D", sent), line("13:00:01", "6ABC0F1E2D", sent), line("14:00:01", "7ABC0F1E2D", sent))
    bench.intake.flush()
    #expect(bench.sink.events.map(\.type) == [.bounce, .delivery, .delivery])
    #expect(bench.sink.events.map(\.queueID) == ["4ABC0F1E2D", "5ABC0F1E2D", "6ABC0F1E2D"])
  }

  @Test func withoutItsStartAMessageHasNoAttemptNumber() {
    let bench = Bench()
    bench.log(
      "10:00:01 smtp[4]: 4ABC0F1E2D: to=<b@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=3601, delays=0/0/0.5/0.5, dsn=4.2.0, status=deferred (\(greylisted))"
    )
    bench.intake.flush()
    #expect(bench.sink.events[0].attempt == nil)
    #expect(bench.sink.total.attempts == 1)
    #expect(bench.sink.total.firstAttempts == 0)
  }

  @Test func onlyTheFirstSuspensionOfALifeIsAnEvent() {
    let bench = Bench()
    let suspended =
      "delivery temporarily suspended: connect to mx.example.net[192.0.2.5]:25: Connection refused"
    bench.log("10:00:00 smtpd[1]: 4ABC0F1E2D: client=app.example.org[198.51.100.7]")
    for minute in 1...3 {
      bench.log(
        "10:0\(minute):00 error[4]: 4ABC0F1E2D: to=<b@example.net>, relay=none, delay=\(minute * 60), delays=0/0/0/0, dsn=4.4.1, status=deferred (\(suspended))"
      )
    }
    bench.log(
      "10:04:00 smtp[4]: 4ABC0F1E2D: to=<b@example.net>, relay=none, delay=240, delays=0/0/0/0, dsn=4.4.1, status=deferred (connect to mx.example.net[192.0.2.5]:25: Connection refused)"
    )
    bench.intake.flush()
    #expect(bench.sink.events.map(\.origin) == [.suspended, .transport])
    #expect(bench.sink.events.map(\.isAttempt) == [false, true])
    #expect(bench.sink.events[1].attempt == 1)
    // So that nobody takes it for the recipient's first failure.
    #expect(bench.sink.events.map(\.deferredFor) == [nil, 180])
    #expect(bench.sink.suspended == 2)
    #expect(bench.sink.total.attempts == 1)
    #expect(bench.sink.total.firstDeferred == 1)
  }

  @Test func anOutageNamesItsProviderThoughTheRelayIsNone() throws {
    let bench = Bench()
    bench.log(
      // Learnt from a relay, then the reason's host, then nothing but the domain.
      "10:00:01 smtp[4]: 1AAAA0F1E2D: to=<a@shop.example>, relay=aspmx.l.google.com[192.0.2.9]:25, delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (250 Ok)",
      "10:00:02 smtp[4]: 2AAAA0F1E2D: to=<b@gmail.com>, relay=none, delay=1, delays=0/0/1/0, dsn=4.4.1, status=deferred (connect to gmail-smtp-in.l.google.com[192.0.2.9]:25: Connection refused)",
      "10:00:03 smtp[4]: 3AAAA0F1E2D: to=<c@shop.example>, relay=none, delay=1, delays=0/0/1/0, dsn=4.4.3, status=deferred (Host or domain name not found. Name service error for name=shop.example type=MX: Host not found, try again)",
      "10:00:04 error[4]: 4AAAA0F1E2D: to=<d@gmail.com>, relay=none, delay=1, delays=0/0/1/0, dsn=4.4.1, status=deferred (delivery temporarily suspended: connect to gmail-smtp-in.l.google.com[192.0.2.9]:25: Connection timed out)",
      "10:00:05 smtp[4]: 5AAAA0F1E2D: to=<e@corner.example>, relay=none, delay=1, delays=0/0/1/0, dsn=4.4.3, status=deferred (Host or domain name not found. Name service error for name=corner.example type=MX: Host not found, try again)"
    )
    let providers = bench.sink.events.map(\.provider)
    try #require(providers.count == 4)
    #expect(providers.prefix(3).allSatisfy { $0 == "google" })
    #expect(providers[3] == "corner.example")
  }

  @Test func expiryGivesOneEventForEachRecipientStillOpen() {
    let bench = Bench()
    bench.log("10:00:00 smtpd[1]: 4ABC0F1E2D: client=app.example.org[198.51.100.7]")
    for name in ["b", "c", "d"] {
      bench.log(
        "10:00:01 smtp[4]: 4ABC0F1E2D: to=<\(name)@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.2.0, status=deferred (\(greylisted))"
      )
    }
    bench.log(
      "10:05:00 smtp[4]: 4ABC0F1E2D: to=<c@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=300, delays=0/0/0.5/0.5, dsn=2.0.0, status=sent (250 Ok)",
      "11:00:00 qmgr[3]: 4ABC0F1E2D: from=<a@example.org>, status=expired, returned to sender",
      "11:00:00 qmgr[3]: 4ABC0F1E2D: removed")
    let expired = bench.sink.events(.expiration)
    #expect(expired.map(\.recipient) == ["b@example.net", "d@example.net"])
    #expect(expired.allSatisfy { $0.cause == .greylisted && !$0.isAttempt && $0.attempt == nil })
    #expect(bench.sink.events(.deletion).isEmpty)
  }

  /// Sendmail may name the recipient of an expiry, whose failures were seen or not; the notification's line comes next.
  @Test(arguments: [true, false])
  func anExpiryThatNamesItsRecipientIsToldOnce(_ isKnown: Bool) {
    let bench = Bench()
    let to =
      "6ANF9AiB030626: to=<b@example.net>, delay=5+00:00:00, mailer=esmtp, pri=1, relay=mx.example.net. [192.0.2.5],"
    if isKnown {
      bench.sendmail(
        "10:00:00 6ANF9AiB030626: from=<a@example.org>, size=1, nrcpts=1, msgid=<m@example.org>",
        "10:00:01 \(to) dsn=4.2.0, stat=Deferred: 450 4.2.0 Greylisted")
    }
    bench.sendmail("11:00:00 \(to) dsn=4.4.7, stat=Cannot send message for 5 days")
    if isKnown {
      bench.sendmail("11:00:00 6ANF9AiB030626: 6ANF9AiC030626: sender notify: Cannot send message for 5 days")
    }
    bench.intake.finish()
    #expect(bench.sink.events(.expiration).map(\.recipient) == ["b@example.net"])
    #expect(bench.sink.events(.transientFailure).count == (isKnown ? 1 : 0))
  }

  /// Sendmail does not name it, which is not the null sender.
  @Test(arguments: [
    "6ANF9AiB030626: 6ANF9AiC030626: return to sender: Cannot send message for 5 days",
    "6ANF9AiB030626: to=<b@example.net>, delay=5+00:00:00, mailer=esmtp, pri=1, relay=mx.example.net. [192.0.2.5], dsn=4.4.7, stat=Cannot send message for 5 days",
  ])
  func anExpirysSenderMayBeUnknown(_ message: String) {
    let bench = Bench()
    bench.sendmail("11:00:00 \(message)")
    bench.intake.finish()
    #expect(bench.sink.events(.expiration).map(\.sender) == [nil])
    bench.log("11:00:01 qmgr[3]: 4ABC0F1E2D: from=<>, status=expired, returned to sender")
    bench.intake.finish()
    #expect(bench.sink.events(.expiration).map(\.sender) == [nil, ""])
  }

  @Test func aMessageDeletedByHandClosesItsRecipients() {
    let bench = Bench()
    bench.log(
      "10:00:00 smtpd[1]: 4ABC0F1E2D: client=app.example.org[198.51.100.7]",
      "10:00:01 smtp[4]: 4ABC0F1E2D: to=<b@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.2.0, status=deferred (\(greylisted))",
      "10:30:00 postsuper[9]: 4ABC0F1E2D: removed")
    #expect(bench.sink.events(.deletion).map(\.recipient) == ["b@example.net"])
  }

  @Test func aQueueIDWithAnotherArrivalIsAnotherMessage() {
    let bench = Bench()
    bench.log(
      "10:00:01 smtp[4]: 4ABC0F1E2D: to=<b@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.2.0, status=deferred (\(greylisted))",
      "10:20:01 smtp[4]: 4ABC0F1E2D: to=<b@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=1.5, delays=0/0/0.5/0.5, dsn=4.2.0, status=deferred (\(greylisted))"
    )
    bench.intake.finish()
    #expect(bench.sink.events.map(\.type) == [.transientFailure, .transientFailure, .deletion])
    #expect(bench.sink.events.map(\.arrival).first != bench.sink.events(.transientFailure).last?.arrival)
    #expect(bench.sink.events.map(\.arrival).first == bench.sink.events(.deletion).first?.arrival)
    #expect(bench.sink.events(.transientFailure).last?.attempt == 1)
  }

  @Test func aRequeuedMessageGoesOnCounting() {
    let bench = Bench()
    bench.log(
      "10:00:00 smtpd[1]: 4ABC0F1E2D: client=app.example.org[198.51.100.7]",
      "10:00:01 smtp[4]: 4ABC0F1E2D: to=<b@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.2.0, status=deferred (\(greylisted))",
      "10:10:00 postsuper[9]: 4ABC0F1E2D: requeued",
      "10:10:01 pickup[9]: 4DEF0F1E2D: uid=0 from=<a@example.org> orig_id=4ABC0F1E2D",
      "10:10:02 smtp[4]: 4DEF0F1E2D: to=<b@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=602, delays=0/0/0.5/0.5, dsn=2.0.0, status=sent (250 Ok)"
    )
    #expect(bench.sink.events.map(\.type) == [.transientFailure, .delivery])
    #expect(bench.sink.events[1].attempt == 2)
    #expect(bench.sink.events[1].queueID == "4DEF0F1E2D")
    #expect(bench.sink.events.map(\.firstQueueID) == [nil, "4ABC0F1E2D"])
    #expect(bench.sink.events[1].arrival == bench.sink.events[0].arrival)
  }

  @Test func ourOwnMailboxesStayOutOfTheRates() {
    let bench = Bench()
    bench.log(
      "10:00:01 lmtp[4]: 4ABC0F1E2D: to=<b@example.org>, relay=mail.example.org[private/dovecot-lmtp], delay=1, delays=0/0/0.5/0.5, dsn=4.2.2, status=deferred (host mail.example.org[private/dovecot-lmtp] said: 452 4.2.2 <b@example.org> Quota exceeded (mailbox for user is full) (in reply to end of DATA command))",
      "10:00:02 local[4]: 5ABC0F1E2D: to=<c@example.org>, relay=local, delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (delivered to mailbox)"
    )
    bench.intake.flush()
    #expect(bench.sink.events.map(\.hop) == [.internal])
    #expect(bench.sink.events[0].cause == .mailboxFull)
    #expect(bench.sink.events[0].scope == .recipient)
    #expect(!bench.sink.events[0].isAttempt)
    #expect(bench.sink.total.attempts == 0)
    #expect(bench.sink.internalHops.attempts == 2)
  }

  @Test func aContentFilterThatIsDownIsOurs() {
    let bench = Bench()
    bench.log(
      "10:00:01 smtp[4]: 4ABC0F1E2D: to=<b@example.net>, relay=none, delay=1, delays=0/0/0.5/0.5, dsn=4.4.1, status=deferred (connect to 127.0.0.1[127.0.0.1]:10024: Connection refused)"
    )
    #expect(bench.sink.events[0].cause == .filterFailure)
    #expect(bench.sink.events[0].scope == .local)
    #expect(bench.sink.events[0].hop == .internal)
  }

  /// One that refuses to talk is no less away than one that hangs up; what a mail store or a running session says
  /// keeps its own cause.
  @Test(arguments: [
    (
      "filter/smtp", "127.0.0.1[127.0.0.1]:10024",
      "host 127.0.0.1[127.0.0.1] refused to talk to me: 421 4.3.2 Service shutting down, closing channel",
      Cause.filterFailure
    ),
    (
      "smtp", "127.0.0.1[127.0.0.1]:10024",
      "host 127.0.0.1[127.0.0.1] refused to talk to me: 421 4.3.2 All servers busy, try again later", .filterFailure
    ),
    (
      "smtp", "127.0.0.1[127.0.0.1]:10024",
      "host 127.0.0.1[127.0.0.1] said: 421 4.3.0 Service not available (in reply to EHLO command)", .filterFailure
    ),
    (
      "smtp", "127.0.0.1[127.0.0.1]:10024",
      "host 127.0.0.1[127.0.0.1] refused to talk to me: 421 4.7.0 Error: too many connections from 127.0.0.1",
      .connectionLimit
    ),
    (
      "smtp", "127.0.0.1[127.0.0.1]:10025",
      "host 127.0.0.1[127.0.0.1] said: 450 4.3.2 Service currently unavailable (in reply to RCPT TO command)",
      .systemBusy
    ),
    (
      "lmtp", "127.0.0.1[127.0.0.1]:10026",
      "host 127.0.0.1[127.0.0.1] said: 421 dspam temporarily unavailable (in reply to LHLO command)", .filterFailure
    ),
    (
      "lmtp", "127.0.0.1[127.0.0.1]:24",
      "host 127.0.0.1[127.0.0.1] refused to talk to me: 421 4.3.2 Service shutting down, closing channel", .systemBusy
    ),
    (
      "lmtp", "mail.example.org[private/dovecot-lmtp]",
      "host mail.example.org[private/dovecot-lmtp] refused to talk to me: 421 4.3.2 Service shutting down", .systemBusy
    ),
    (
      "lmtp", "mail.example.org[private/dovecot-lmtp]",
      "host mail.example.org[private/dovecot-lmtp] said: 451 4.3.0 Temporary internal error (in reply to LHLO command)",
      .localResource
    ),
  ])
  func aContentFilterThatRefusesToTalkIsOurs(_ service: String, _ relay: String, _ reason: String, _ cause: Cause) {
    let bench = Bench()
    bench.log(
      "10:00:01 \(service)[4]: 4ABC0F1E2D: to=<b@example.net>, relay=\(relay), delay=1, delays=0/0/0.5/0.5, dsn=4.3.2, status=deferred (\(reason))"
    )
    #expect(bench.sink.events.map(\.cause) == [cause])
    #expect(bench.sink.events.map(\.scope) == [.local])
    #expect(bench.sink.events.map(\.hop) == [.internal])
  }

  /// The server that another host runs keeps its cause.
  @Test func aServerOfOthersThatRefusesToTalkIsTheirs() {
    let bench = Bench()
    bench.log(
      "10:00:01 smtp[4]: 4ABC0F1E2D: to=<b@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.3.2, status=deferred (host mx.example.net[192.0.2.5] refused to talk to me: 421 4.3.2 Service shutting down)"
    )
    #expect(bench.sink.events.map(\.cause) == [.systemBusy])
    #expect(bench.sink.events.map(\.scope) == [.domain])
  }

  @Test func hostsOfACentralLogAreKeptApart() {
    let bench = Bench()
    let line =
      "10:00:01 smtp[4]: 4ABC0F1E2D: to=<b@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.2.0, status=deferred (\(greylisted))"
    bench.log(line, host: "mx1")
    bench.log(line, host: "mx2")
    #expect(bench.sink.events.map(\.host) == ["mx1", "mx2"])
    #expect(bench.sink.events.map(\.type) == [.transientFailure, .transientFailure])
  }

  @Test func probesAreNotMail() {
    let bench = Bench()
    bench.log(
      "10:00:01 smtp[4]: 4ABC0F1E2D: to=<b@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.2.0, status=undeliverable (\(greylisted))"
    )
    bench.intake.flush()
    #expect(bench.sink.events.isEmpty)
    #expect(bench.sink.total.attempts == 0)
  }

  @Test func aSendmailMessageEndsWithItsLastRecipient() {
    let bench = Bench()
    bench.sendmail(
      "10:00:00 xANA0001: from=<a@example.org>, size=300, class=0, nrcpts=2, msgid=<m1@example.org>, proto=ESMTP, daemon=MTA, relay=app.example.org [198.51.100.7]",
      "10:00:01 xANA0001: to=<b@example.net>, delay=00:00:01, xdelay=00:00:01, mailer=esmtp, pri=30000, relay=mx.example.net. [192.0.2.5], dsn=4.2.0, reply=450 4.2.0 Greylisted, stat=Deferred: 450 4.2.0 Greylisted",
      "10:00:02 xANA0001: to=<c@example.net>, delay=00:00:02, xdelay=00:00:01, mailer=esmtp, pri=30000, relay=mx.example.net. [192.0.2.5], dsn=2.0.0, stat=Sent (ok)",
      "10:10:01 xANA0001: to=<b@example.net>, delay=00:10:01, xdelay=00:00:01, mailer=esmtp, pri=120000, relay=mx.example.net. [192.0.2.5], dsn=2.0.0, stat=Sent (ok)",
      // The id is used again, and nothing of the first life is left.
      "11:00:00 xANA0001: from=<z@example.org>, size=300, class=0, nrcpts=1, msgid=<m2@example.org>, proto=ESMTP, daemon=MTA, relay=app.example.org [198.51.100.7]"
    )
    bench.intake.flush()
    #expect(bench.sink.events.map(\.type) == [.transientFailure, .delivery])
    #expect(bench.sink.events.map(\.attempt) == [1, 2])
    #expect(bench.sink.events[0].sender == "a@example.org")
    #expect(bench.sink.total.attempts == 3)
    #expect(bench.sink.total.firstAttempts == 2)
  }
}
