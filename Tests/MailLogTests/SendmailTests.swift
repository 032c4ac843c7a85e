import Bytes
import MailLog
import SMTPTypes
import Testing

@Suite struct SendmailTests {
  static let id = "6ANF9AiB030626"
  static let head = "ctladdr=<s@example.org> (999/995), delay=00:01:02, xdelay=00:00:01, mailer=esmtp, pri=30000, "
  static let peer = "relay=mx.example.org. [192.0.2.7], "

  struct Case: Sendable, Equatable {
    var outcome: DeliveryRecord.Outcome
    var speaker: DeliveryRecord.Account.Speaker
    var text: String
    var code: Int?
    var status: String?
    var relay: String?
    var host: String?
    var stage: Stage?
  }

  static let deliveries: [(String, Case)] = [
    (
      head + peer + "dsn=2.0.0, stat=Sent (Ok: queued as 3F2A1B0C9D)",
      Case(
        outcome: .sent, speaker: .remote, text: "Sent (Ok: queued as 3F2A1B0C9D)", status: "2.0.0",
        relay: "mx.example.org[192.0.2.7]", host: "mx.example.org")
    ),
    (
      head + peer + "dsn=4.2.2, reply=452 4.2.2 full, sorry, stat=Deferred: 452 4.2.2 full, sorry",
      Case(
        outcome: .deferred, speaker: .remote, text: "452 4.2.2 full, sorry", code: 452, status: "4.2.2",
        relay: "mx.example.org[192.0.2.7]", host: "mx.example.org")
    ),
    // A reply that looks like an outcome.
    (
      head + peer + "dsn=4.2.2, reply=450 x, stat=Sent (ok), stat=Deferred: 450 x, stat=Sent (ok)",
      Case(
        outcome: .deferred, speaker: .remote, text: "450 x, stat=Sent (ok)", code: 450, status: "4.2.2",
        relay: "mx.example.org[192.0.2.7]", host: "mx.example.org")
    ),
    (
      head + peer + "dsn=5.1.1, reply=550 x, stat=Sent (ok), stat=User unknown",
      Case(
        outcome: .bounced, speaker: .remote, text: "550 x, stat=Sent (ok)", code: 550, status: "5.1.1",
        relay: "mx.example.org[192.0.2.7]", host: "mx.example.org")
    ),
    (
      head + peer + "dsn=5.7.1, reply=450 5.7.1 odd, stat=Deferred: 450 5.7.1 odd",
      Case(
        outcome: .deferred, speaker: .remote, text: "450 5.7.1 odd", code: 450, status: "5.7.1",
        relay: "mx.example.org[192.0.2.7]", host: "mx.example.org")
    ),
    (
      head + peer + "dsn=4.0.0, reply=421 4.7.0 slow down, stat=Deferred: Connection reset by mx.example.org.",
      Case(
        outcome: .deferred, speaker: .remote, text: "421 4.7.0 slow down", code: 421, status: "4.0.0",
        relay: "mx.example.org[192.0.2.7]", host: "mx.example.org")
    ),
    (
      head + peer + "dsn=4.4.2, reply=421 4.4.1 Connection reset by mx.example.org., stat=Deferred",
      Case(
        outcome: .deferred, speaker: .transport, text: "Deferred", status: "4.4.2", relay: "mx.example.org[192.0.2.7]",
        host: "mx.example.org")
    ),
    (
      head + "relay=mx.example.org., dsn=4.4.1, stat=Deferred: Connection refused by mx.example.org.",
      Case(
        outcome: .deferred, speaker: .transport, text: "Connection refused by mx.example.org.", status: "4.4.1",
        relay: "mx.example.org[]", host: "mx.example.org", stage: .connect)
    ),
    // A host that spoke, of which no address is written; and one whose name could be a mailer's.
    (
      head + "relay=mx1.example.org., dsn=4.2.2, reply=452 4.2.2 full, stat=Deferred: 452 4.2.2 full",
      Case(
        outcome: .deferred, speaker: .remote, text: "452 4.2.2 full", code: 452, status: "4.2.2",
        relay: "mx1.example.org[]", host: "mx1.example.org")
    ),
    (
      head + "relay=hub, dsn=4.4.1, stat=Deferred: Connection refused by hub.",
      Case(
        outcome: .deferred, speaker: .transport, text: "Connection refused by hub.", status: "4.4.1", host: "hub",
        stage: .connect)
    ),
    (
      head + "relay=example.org., dsn=4.4.3, stat=Deferred: Name server: mx.example.org.: host name lookup failure",
      Case(
        outcome: .deferred, speaker: .transport, text: "Name server: mx.example.org.: host name lookup failure",
        status: "4.4.3", relay: "example.org[]", host: "mx.example.org")
    ),
    (
      head + peer + "dsn=4.7.0, stat=Deferred: 454 4.7.0 TLS handshake failed.",
      Case(
        outcome: .deferred, speaker: .transport, text: "454 4.7.0 TLS handshake failed.", status: "4.7.0",
        relay: "mx.example.org[192.0.2.7]", host: "mx.example.org", stage: .startTLS)
    ),
    (
      head + peer + "dsn=4.7.0, stat=Deferred: 403 4.7.0 authentication failed",
      Case(
        outcome: .deferred, speaker: .transport, text: "403 4.7.0 authentication failed", status: "4.7.0",
        relay: "mx.example.org[192.0.2.7]", host: "mx.example.org", stage: .startTLS)
    ),
    // A server's tls_client, which says the same to us.
    (
      head + peer + "dsn=4.7.0, reply=403 4.7.0 not authenticated, stat=Deferred: 403 4.7.0 not authenticated",
      Case(
        outcome: .deferred, speaker: .remote, text: "403 4.7.0 not authenticated", code: 403, status: "4.7.0",
        relay: "mx.example.org[192.0.2.7]", host: "mx.example.org")
    ),
    (
      "delay=00:00:00, mailer=esmtp, pri=30000, dsn=4.4.3, stat=queued",
      Case(outcome: .deferred, speaker: .suspended, text: "queued", status: "4.4.3")
    ),
    (
      "delay=00:00:00, xdelay=00:00:00, mailer=local, pri=30000, dsn=2.0.0, stat=Sent",
      Case(outcome: .sent, speaker: .local, text: "Sent", status: "2.0.0", relay: "local[]")
    ),
    (
      "delay=00:00:00, xdelay=00:00:00, mailer=local, pri=30000, dsn=4.0.0, stat=Operating system error",
      Case(outcome: .deferred, speaker: .local, text: "Operating system error", status: "4.0.0", relay: "local[]")
    ),
    (
      "delay=00:00:00, xdelay=00:00:00, mailer=local, pri=30000, dsn=5.1.1, stat=User unknown",
      Case(outcome: .bounced, speaker: .local, text: "User unknown", status: "5.1.1", relay: "local[]")
    ),
    (
      "delay=00:00:01, xdelay=00:00:01, mailer=esmtp, pri=30100, relay=mx.example.com. [192.0.2.9], dsn=5.1.1, "
        + "stat=User unknown",
      Case(
        outcome: .bounced, speaker: .remote, text: "User unknown", status: "5.1.1", relay: "mx.example.com[192.0.2.9]",
        host: "mx.example.com")
    ),
  ]

  @Test(arguments: deliveries)
  func readsDeliveries(_ fields: String, _ expected: Case) {
    let seen = delivery(sendmail("\(SendmailTests.id): to=<r@example.com>, \(fields)")) { delivery -> Case in
      let account = delivery.account
      return Case(
        outcome: delivery.outcome, speaker: account.speaker, text: String(account.reply.text),
        code: account.reply.code.map { Int($0.value) }, status: delivery.status?.description,
        relay: delivery.relay.map { "\($0.host)[\($0.address)]" }, host: text(account.host), stage: account.stage)
    }
    #expect(seen == expected)
  }

  @Test(arguments: [
    ("xdelay=00:00:12, mailer=esmtp, ", 12), ("xdelay=1+02:00:00, ", 93_600), ("mailer=esmtp, ", nil),
    ("xdelay=soon, ", nil),
  ] as [(String, Double?)])
  func tellsHowLongAnAttemptTook(_ fields: String, _ seconds: Double?) {
    let line = sendmail("\(SendmailTests.id): to=<r@example.com>, delay=00:00:14, \(fields)dsn=4.0.0, stat=Deferred")
    #expect(delivery(line) { $0.xdelay } == seconds)
    #expect(delivery(line) { $0.delays } == .some(nil))
  }

  @Test(arguments: [
    ("mailer=esmtp, relay=mx.example.org. [192.0.2.7], dsn=2.0.0, stat=Sent", "esmtp"),
    ("mailer=local, dsn=4.0.0, stat=Deferred", "local"), ("dsn=4.0.0, stat=Deferred", "sm-mta"),
  ])
  func aMailerIsTheService(_ fields: String, _ service: String) {
    let line = sendmail("\(SendmailTests.id): to=<r@example.com>, delay=00:00:01, \(fields)")
    #expect(parsing(line) { header, _ in String(header.service) } == service)
  }

  @Test(arguments: [
    ("<a@x>", ["a@x"]), ("<a@x>,<b@y>,c@z", ["a@x", "b@y", "c@z"]), ("\"|/bin/prog a, b\"", ["\"|/bin/prog a, b\""]),
    // Several lines of one delivery: all but the last end so.
    ("<a@x>,<b@y>, [more]", ["a@x", "b@y"]), ("<a@x>, [more]", ["a@x"]), ("a@x,b@y, [more]", ["a@x", "b@y"]),
    ("a@x,b@y [more]", ["a@x", "b@y"]), ("a@x [more]", ["a@x"]), ("<a@x>, [more], ctladdr=<s@e> (1/1)", ["a@x"]),
    ("ann", ["ann"]), ("<\"a, stat=Sent\"@x>,<b@y>", ["\"a, stat=Sent\"@x", "b@y"]),
  ])
  func namesEveryRecipient(_ written: String, _ recipients: [String]) {
    let line = sendmail("\(SendmailTests.id): to=\(written), delay=1+00:00:02, mailer=esmtp, dsn=4.0.0, stat=Deferred")
    #expect(delivery(line) { $0.recipients.map { String($0) } } == recipients)
    #expect(delivery(line) { $0.delay } == 86_402)
  }

  @Test func readsEnvelopes() {
    let line = sendmail(
      "\(SendmailTests.id): from=<s@example.org>, size=12, class=0, nrcpts=2, msgid=<a, b@example.org>, proto=ESMTP, "
        + "daemon=MTA, relay=x.example.org [IPv6:2001:db8::1] (may be forged)")
    let seen = parsing(line) { _, record -> [String?]? in
      guard case .envelope(let envelope) = record else { return nil }
      return [
        text(envelope.queueID), text(envelope.sender), envelope.recipientCount.map { "\($0)" },
        text(envelope.messageID), text(envelope.clientHost), text(envelope.clientAddress),
      ]
    }
    #expect(seen == [SendmailTests.id, "s@example.org", "2", "a, b@example.org", "x.example.org", "2001:db8::1"])
  }

  @Test(arguments: [
    (
      "6ANF9AiB030626: ruleset=check_rcpt, arg1=<r@example.com>, relay=x.example.org [192.0.2.1], reject=450 4.2.0 <r@example.com>... later",
      ["reject", "rcpt", "x.example.org", "192.0.2.1", "450", "r@example.com", "true"]
    ),
    (
      "ruleset=check_relay, arg1=[192.0.2.1], arg2=192.0.2.1, relay=x.example.org [192.0.2.1] (may be forged), reject=421 4.3.2 Connection rate limit exceeded.",
      ["reject", "connect", "x.example.org", "192.0.2.1", "421", "nil", "true"]
    ),
    (
      "6ANF9AiB030626: ruleset=check_rcpt, arg1=<a, reject=450@x>, relay=[192.0.2.1], reject=550 5.7.1 no",
      ["reject", "rcpt", "", "192.0.2.1", "550", "a, reject=450@x", "false"]
    ),
    (
      "6ANF9AiB030626: Milter: to=<r@example.com>, reject=451 4.7.1 Please try again later",
      ["milterReject", "rcpt", "", "", "451", "r@example.com", "true"]
    ),
    ("6ANF9AiB030626: Milter: data, reject=451 4.7.1 later", ["milterReject", "data", "", "", "451", "nil", "true"]),
    (
      "NOQUEUE: Milter: initialization failed, temp failing commands",
      ["milterReject", "connect", "", "", "451", "nil", "true"]
    ),
    (
      "NOQUEUE: Milter: connect: host=x.example.org, addr=192.0.2.1, temp failing commands",
      ["milterReject", "connect", "x.example.org", "192.0.2.1", "451", "nil", "true"]
    ),
    (
      "NOQUEUE: Milter: connect: host=[192.0.2.1], addr=192.0.2.1, shutdown",
      ["milterReject", "connect", "", "192.0.2.1", "421", "nil", "true"]
    ),
    (
      "6ANF9AiB030626: Milter: connect: host=x, addr=2001:db8::1, temp failing commands=450 4.7.0 slow",
      ["milterReject", "connect", "x", "2001:db8::1", "450", "nil", "true"]
    ),
  ])
  func readsRejections(_ message: String, _ expected: [String]) {
    let seen = parsing(sendmail(message)) { _, record -> [String]? in
      guard case .rejection(let rejection) = record else { return nil }
      return [
        "\(rejection.action)", rejection.stage?.description ?? "nil", String(rejection.clientHost),
        String(rejection.clientAddress), rejection.reply.code?.description ?? "nil", text(rejection.recipient) ?? "nil",
        "\(rejection.isTransient)",
      ]
    }
    #expect(seen == expected)
  }

  @Test(arguments: [
    ("6ANF9AiB030626: 6ANF9AiC030626: return to sender: Cannot send message for 5 days", "expired"),
    ("6ANF9AiB030626: 6ANF9AiC030626: DSN: Cannot send message for 5 days", "expired"),
    ("6ANF9AiB030626: 6ANF9AiC030626: sender notify: delivery time expired 3600s", "expired"),
    (
      "6ANF9AiB030626: to=<r@x>,<s@y>, delay=5+00:00:01, mailer=esmtp, pri=1, relay=mx.x. [192.0.2.7], dsn=4.4.7, stat=Cannot send message for 5 days",
      "expired"
    ),
    // A server's words.
    (
      "6ANF9AiB030626: to=<r@x>, delay=00:00:01, mailer=esmtp, pri=1, relay=mx.x. [192.0.2.7], dsn=4.0.0, reply=451 no, stat=Cannot send message for 5 days",
      "delivery deferred"
    ),
    ("6ANF9AiB030626: 6ANF9AiC030626: sender notify: Warning: could not send message for past 4 hours", "notification"),
    ("6ANF9AiB030626: 6ANF9AiC030626: DSN: User unknown", "notification"),
    ("6ANF9AiB030626: done; delay=00:00:01, ntries=1", "removed"),
    ("6ANF9AiB030626: AUTH=server, relay=x [192.0.2.1], authid=ann, mech=PLAIN, bits=0", "client"),
    ("rejecting connections on daemon MTA: load average: 24", "trouble resource"),
    ("6ANF9AiB030626: timeout waiting for input from x. during client MAIL", "trouble connection"),
    ("6ANF9AiB030626: timeout waiting for input from [192.0.2.1] during message collect", "trouble client-limit"),
    ("6ANF9AiB030626: Milter (x): error connecting to filter: Connection refused by local", "trouble filter"),
    ("6ANF9AiB030626: SYSERR(root): Cannot exec /usr/bin/procmail: No such file or directory", "trouble configuration"),
    (
      "ruleset=tls_server, arg1=SOFTWARE, relay=mx.example.org, reject=454 4.7.0 TLS handshake failed.",
      "trouble connection"
    ),
    ("STARTTLS=client, relay=mx.example.org, version=TLSv1.3, verify=FAIL", "uninteresting"),
    ("6ANF9AiB030626: to=<r@example.com>, delay=00:00:00, mailer=esmtp", "unknown"),
    ("something new", "unknown"),
    // Refused for good.
    ("NOQUEUE: Milter: connect: host=x, addr=192.0.2.1, rejecting commands", "uninteresting"),
    ("NOQUEUE: Milter: initialization failed, rejecting commands", "uninteresting"),
    // Whom a message would have gone to that was refused after DATA, or taken back.
    ("6ANF9AiB030626: to=<r@x>, delay=00:00:01, pri=30500, stat=Please try again later", "removed"),
    ("6ANF9AiB030626: to=<r@x>, ctladdr=<s@x> (1/1), delay=00:00:01, pri=30500, stat=RSET", "removed"),
    ("6ANF9AiB030626: to=<r@x>, delay=00:00:01, pri=30500, stat=Headers too large (32768 max)", "removed"),
    // It waits for the queue's next run as it was told to; with a code, because something failed.
    ("6ANF9AiB030626: to=<r@x>, delay=00:00:01, mailer=esmtp, pri=30500, stat=queued", "uninteresting"),
    ("6ANF9AiB030626: to=<r@x>, delay=00:00:01, mailer=esmtp, pri=30500, dsn=4.4.3, stat=queued", "delivery deferred"),
    // Put aside, and not tried; what a server says is no tag of the queue's.
    ("6ANF9AiB030626: to=<r@x>, delay=00:00:01, mailer=esmtp, pri=30100, stat=quarantined", "uninteresting"),
    (
      "6ANF9AiB030626: to=<r@x>, delay=00:00:01, mailer=esmtp, pri=30100, quarantine=bad, very, stat=Sent, dsn=4.0.0, stat=quarantined",
      "uninteresting"
    ),
    (
      "6ANF9AiB030626: to=<r@x>, delay=00:00:01, mailer=esmtp, relay=mx.example.org. [192.0.2.7], dsn=5.0.0, reply=550 no, stat=quarantined",
      "delivery bounced"
    ),
    ("message repeated 2 times: [ rejecting connections on daemon MTA: load average: 24]", "repetition"),
  ])
  func sortsTheRest(_ message: String, _ expected: String) {
    #expect(kind(ofLine: sendmail(message)) == expected)
  }
}
