import Bytes
import Classification
import Intake
import Testing

/// Causes that only the whole line tells: who spoke, and what our MTA recorded.
@Suite struct LineCauseTests {
  private static let delivery = "postfix/smtp[7]: 4ABCD: to=<r@example.com>, "

  @Test(arguments: [
    // smtp(8) records 4.3.5 where relayhost or smtp_fallback_relay is to blame.
    (
      "relay=none, delay=1, dsn=4.3.5, status=deferred (Host or domain name not found. Name service error for name=smtp.relay.example type=A: Host not found)",
      Cause.localConfiguration, Scope.local
    ),
    (
      "relay=none, delay=1, dsn=4.3.5, status=deferred (delivery temporarily suspended: Host or domain name not found. Name service error for name=smtp.relay.example type=A: Host not found)",
      .localConfiguration, .local
    ),
    (
      "relay=none, delay=1, dsn=4.4.3, status=deferred (Host or domain name not found. Name service error for name=mx.example.com type=A: Host not found, try again)",
      .dnsFailure, .domain
    ),
    (
      "relay=none, delay=1, status=deferred (delivery temporarily suspended: unknown mail transport error)",
      .localConfiguration, .local
    ),
    (
      "relay=none, delay=1, status=deferred (delivery temporarily suspended: transport is unavailable)",
      .localConfiguration, .local
    ),
    (
      "relay=none, delay=1, status=deferred (delivery temporarily suspended: host mx.example.com[192.0.2.9] said: 451 4.3.0 database is unavailable)",
      .systemBusy, .domain
    ),
    (
      "relay=none, delay=1, dsn=4.4.4, status=deferred (all network protocols are disabled)", .localConfiguration,
      .local
    ),
    ("relay=none, delay=1, dsn=4.3.0, status=deferred (Temporary lookup error)", .localConfiguration, .local),
    (
      "relay=none, delay=1, dsn=4.3.0, status=deferred (delivery temporarily suspended: Temporary lookup error)",
      .localConfiguration, .local
    ),
    (
      "relay=mx.example.com[192.0.2.9]:25, delay=1, dsn=4.3.0, status=deferred (host mx.example.com[192.0.2.9] said: 451 4.3.0 Temporary lookup error (in reply to RCPT TO command))",
      .systemBusy, .domain
    ),
    (
      "relay=mx3.qq.com[192.0.2.9]:25, delay=1, dsn=5.0.0, status=bounced (host mx3.qq.com[192.0.2.9] said: 550 Domain may not exist or DNS check failed [MAbCd+12== IP: 192.0.2.7]. https://service.mail.qq.com/detail/122/131. (in reply to RCPT TO command))",
      .senderUnverified, .sender
    ),
    (
      "relay=mx.example.com[192.0.2.9]:25, delay=1, dsn=4.1.7, status=deferred (host mx.example.com[192.0.2.9] said: 450 4.1.7 <s@example.org>: Sender address rejected: unverified address: host mx.example.org[192.0.2.1] said: 450 4.2.0 <s@example.org>: Recipient address rejected: Greylisted, see http://postgrey.example.org/ (in reply to RCPT TO command) (in reply to RCPT TO command))",
      .senderUnverified, .sender
    ),
    (
      "relay=mx.example.com[192.0.2.9]:25, delay=1, dsn=4.1.7, status=deferred (host mx.example.com[192.0.2.9] said: 450 4.1.7 <s@example.org>: Sender address rejected: unverified address: host mx.example.org[192.0.2.1] refused to talk to me: 421 4.7.0 too many connections (in reply to RCPT TO command))",
      .senderUnverified, .sender
    ),
    (
      "relay=mx.example.com[192.0.2.9]:25, delay=1, dsn=4.2.2, status=deferred (host mx.example.com[192.0.2.9] said: 450 4.1.1 <r@example.com>: Recipient address rejected: unverified address: host in.example.com[192.0.2.8] said: 452 4.2.2 Mailbox full (in reply to RCPT TO command) (in reply to RCPT TO command))",
      .mailboxFull, .recipient
    ),
    ("relay=none, delay=1, dsn=4.3.5, status=deferred (server configuration error)", .localConfiguration, .local),
    ("relay=none, delay=1, dsn=4.3.5, status=deferred (Server configuration error)", .localConfiguration, .local),
    (
      "relay=mx.example.com[192.0.2.9]:25, delay=1, dsn=4.3.5, status=deferred (host mx.example.com[192.0.2.9] said: 451 4.3.5 Server configuration error (in reply to RCPT TO command))",
      .systemBusy, .domain
    ),
    (
      "relay=none, delay=1, dsn=4.4.1, status=deferred (connect to mx.example.com[192.0.2.9]:25: Cannot assign requested address)",
      .localConfiguration, .local
    ),
    (
      "relay=none, delay=1, dsn=4.4.1, status=deferred (connect to mx.example.com[192.0.2.9]:25: Operation not permitted)",
      .localConfiguration, .local
    ),
    (
      "relay=mx.example.com[192.0.2.9]:25, delay=1, dsn=4.0.0, status=deferred (host mx.example.com[192.0.2.9] said: 451 timeout (#4.4.2) (in reply to end of DATA command))",
      .connectionLost, .path
    ),
    (
      "relay=mx.example.com[192.0.2.9]:25, delay=1, dsn=4.0.0, status=deferred (host mx.example.com[192.0.2.9] said: 451 See http://pobox.com/~djb/docs/smtplf.html. (in reply to end of DATA command))",
      .protocol, .local
    ),
    (
      "relay=smtp-in.orange.fr[192.0.2.9]:25, delay=1, dsn=4.1.1, status=deferred (host smtp-in.orange.fr[192.0.2.9] said: 421 4.1.1 aBcD Service refuse. Veuillez essayer plus tard. OFR005_411 [411] (in reply to MAIL FROM command))",
      .policy, .sender
    ),
    (
      "relay=mx.example.com[192.0.2.9]:25, delay=1, dsn=5.2.1, status=bounced (host mx.example.com[192.0.2.9] said: 554 Mailaddress is administratively disabled. (#5.2.1) (in reply to RCPT TO command))",
      .mailboxUnavailable, .recipient
    ),
  ])
  func delivery(_ fields: String, _ cause: Cause, _ scope: Scope) {
    expect(LineCauseTests.delivery + fields, cause, scope)
  }

  @Test(arguments: [
    (
      "postfix/local[7]: 4ABCD: to=<r@example.com>, relay=local, delay=1, dsn=4.3.0, status=deferred (table lookup failure)",
      Cause.localConfiguration
    ),
    (
      "postfix/local[7]: 4ABCD: to=<r@example.com>, relay=local, delay=1, dsn=4.3.0, status=deferred (cannot find alias database owner)",
      .localConfiguration
    ),
    (
      "postfix/pipe[7]: 4ABCD: to=<r@example.com>, relay=dovecot, delay=1, dsn=4.3.0, status=deferred (temporary failure. Command output: lda(r): Error: user r: Auth USER lookup failed lda: Fatal: Internal error occurred. Refer to server log for more information. )",
      .localConfiguration
    ),
    (
      "postfix/smtp[7]: 4ABCD: to=<r@example.com>, relay=none, delay=1, dsn=4.3.0, status=deferred (unable to connect to TLS manager)",
      .localResource
    ),
    (
      "postfix/smtp[7]: 4ABCD: to=<r@example.com>, relay=none, delay=1, dsn=4.3.0, status=deferred (unable to connect: private/scache)",
      .localResource
    ),
    (
      "postfix/smtpd[7]: NOQUEUE: proxy-reject: END-OF-MESSAGE: 451 4.5.0 Error in processing, id=7-1, mime_decode-1 FAILED; from=<s@example.org> to=<r@example.com> proto=ESMTP helo=<x>",
      .filterFailure
    ),
    (
      "postfix/smtpd[7]: NOQUEUE: reject: STARTTLS from x.example.org[192.0.2.1]: 454 4.7.0 TLS not available due to local problem; proto=ESMTP helo=<x>",
      .localConfiguration
    ),
    ("sm-mta[7]: 6ANF9AiB030626: Milter: data, reject=451 4.7.1 Please try again later", .filterFailure),
    ("sm-mta[7]: 6ANF9AiB030626: Milter: data, reject=451 4.3.2 Please try again later", .filterFailure),
  ])
  func whatOursFailedAt(_ line: String, _ cause: Cause) {
    expect(line, cause, .local)
  }

  @Test(arguments: [
    ("4.4.2, stat=I/O error", Cause.connectionLost, Scope.path),
    ("4.4.2, stat=Deferred: Connection timed out with mx.example.com.", .connectionLost, .path),
    ("4.4.1, stat=Deferred: Connection timed out with mx.example.com.", .connectFailure, .domain),
    ("4.0.0, stat=Deferred: Connection timed out with mx.example.com.", .connectFailure, .domain),
    ("4.0.0, stat=Deferred: TLSA lookup failed", .dnsFailure, .domain),
    // What Sendmail's own rulesets find of the session's TLS, which is no server's word.
    ("4.7.0, stat=Deferred: 403 4.7.0 TLS handshake failed.", .tlsFailure, .path),
    ("4.7.0, stat=Deferred: 403 4.7.0 STARTTLS failed.", .tlsFailure, .path),
    ("4.7.0, stat=Deferred: 403 4.7.0 authentication required", .tlsFailure, .path),
    ("4.7.0, stat=Deferred: 403 4.7.0 authentication failed", .tlsFailure, .path),
    ("4.0.0, stat=Deferred: 403 4.7.0 not authenticated", .tlsFailure, .path),
    ("4.7.0, stat=Deferred: 403 4.7.0 other side does not support STARTTLS", .tlsFailure, .path),
    ("4.7.0, stat=Deferred: 403 4.7.0 encryption too weak 40 less than 112", .tlsFailure, .path),
    ("4.7.0, stat=Deferred: 403 4.7.0 CN mail.example.com does not match mx.example.com", .tlsFailure, .path),
    ("4.7.5, stat=Deferred: 403 4.7.0 DANE check failed for mx.example.com", .tlsFailure, .path),
  ])
  func sessionsOfSendmails(_ outcome: String, _ cause: Cause, _ scope: Scope) {
    expect(
      "sm-mta[7]: 6ANF9AiB030626: to=<r@example.com>, delay=00:00:10, mailer=esmtp, pri=1, relay=mx.example.com. [192.0.2.9], dsn=\(outcome)",
      cause, scope)
  }

  /// What a probe was told elsewhere is not about the client.
  @Test(arguments: [
    (
      "450 4.1.7 <s@example.org>: Sender address rejected: unverified address: host mx.example.org[192.0.2.7] said: 450 4.2.0 <s@example.org>: Recipient address rejected: Greylisted (in reply to RCPT TO command)",
      Cause.senderUnverified, Scope.sender
    ),
    (
      "450 4.1.7 <s@example.org>: Sender address rejected: unverified address: host mx.example.org[192.0.2.7] refused to talk to me: 421 4.7.0 too many connections",
      .senderUnverified, .sender
    ),
    (
      "450 4.1.1 <r@example.com>: Recipient address rejected: unverified address: host mx.example.com[192.0.2.7] said: 450 4.2.0 <r@example.com>: Recipient address rejected: Greylisted (in reply to RCPT TO command)",
      .recipientUnverified, .recipient
    ),
    (
      "450 4.7.1 <r@example.com>: Recipient address rejected: unverified address: host mx.example.com[192.0.2.7] said: 450 4.7.1 Client host rejected: cannot find your reverse hostname (in reply to RCPT TO command)",
      .recipientUnverified, .recipient
    ),
  ])
  func probes(_ reply: String, _ cause: Cause, _ scope: Scope) {
    expect(
      "postfix/smtpd[7]: NOQUEUE: reject: RCPT from x.example.org[192.0.2.1]: \(reply); from=<s@example.org> to=<r@example.com> proto=ESMTP helo=<x>",
      cause, scope)
  }

  @Test(arguments: ["454 4.7.0 encryption too weak 0 less than 112", "403 4.7.0 authentication failed"])
  func whatSendmailAsksOfAClientsTLS(_ reply: String) {
    expect(
      "sm-mta[7]: 6ANF9AiB030626: ruleset=tls_client, arg1=NO, relay=x.example.org [192.0.2.1], reject=\(reply)",
      .tlsFailure, .path)
  }

  @Test func ourOwnTableIsOurOwnWord() {
    let bench = Bench()
    bench.log(
      "10:00:00 smtp[7]: 4ABCD: to=<r@example.com>, relay=none, delay=1, dsn=4.3.0, status=deferred (Temporary lookup error)"
    )
    #expect(bench.sink.events.map(\.origin) == [.local])
  }

  /// Whatever code goes with it.
  @Test(arguments: ["450 4.5.3", "451 4.3.0"])
  func aBounceToSeveralIsRefusedByPolicy(_ codes: String) {
    expect(
      "postfix/smtpd[7]: 4ABCD: reject: DATA from x.example.org[192.0.2.1]: \(codes) <DATA>: Data command rejected: Multi-recipient bounce; from=<> proto=ESMTP helo=<x>",
      .policy, .sender)
  }

  private func expect(_ line: String, _ cause: Cause, _ scope: Scope) {
    let bench = Bench()
    "2026-11-23T10:00:00Z mx1 \(line)".withByteView { bench.intake.line($0, offset: 0) }
    bench.intake.finish()
    #expect(bench.sink.events.first?.cause == cause)
    #expect(bench.sink.events.first?.scope == scope)
  }

  /// Not each recipient's trouble but ours.
  @Test(arguments: ["relayhost", "smtp_fallback_relay"])
  func aWrongRelayIsTroubleOfOurs(_ name: String) {
    let bench = Bench()
    "2026-11-23T10:00:00Z mx1 postfix/smtp[7]: warning: \(name) configuration problem".withByteView {
      bench.intake.line($0, offset: 0)
    }
    bench.intake.finish()
    #expect(bench.sink.trouble == ["configuration": 1])
  }
}
