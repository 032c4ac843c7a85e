import Bytes
import MailLog
import SMTPTypes
import Testing

@Suite struct AccountTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var daemon: String
    var reason: String
    var speaker: DeliveryRecord.Account.Speaker
    var stage: Stage?
    var host: String?
    var code: Int?
    var enhanced: String?
    /// nil: the reason as it is.
    var text: String?

    init(
      _ daemon: String, _ reason: String, _ speaker: DeliveryRecord.Account.Speaker, _ stage: Stage? = nil,
      host: String? = nil, code: Int? = nil, enhanced: String? = nil, text: String? = nil
    ) {
      self.daemon = daemon
      self.reason = reason
      self.speaker = speaker
      self.stage = stage
      self.host = host
      self.code = code
      self.enhanced = enhanced
      self.text = text
    }

    var testDescription: String { "\(daemon): \(reason)" }
  }

  static let h = "mx.example.org[192.0.2.7]"

  static let replies = [
    Case(
      "smtp", "host \(h) said: 450 4.2.1 busy (in reply to RCPT TO command)", .remote, .rcpt, host: h, code: 450,
      enhanced: "4.2.1", text: "450 4.2.1 busy"),
    Case(
      "smtp", "host \(h) said: 451 later (in reply to MAIL FROM command)", .remote, .mail, host: h, code: 451,
      text: "451 later"),
    Case(
      "smtp", "host \(h) said: 421 4.7.0 x (in reply to DATA command)", .remote, .data, host: h, code: 421,
      enhanced: "4.7.0", text: "421 4.7.0 x"),
    Case(
      "smtp", "host \(h) said: 421-4.7.28 a 421 4.7.28 b (in reply to end of DATA command)", .remote, .endOfData,
      host: h, code: 421, enhanced: "4.7.28", text: "421-4.7.28 a 421 4.7.28 b"),
    Case("smtp", "host \(h) said: 451 (in reply to EHLO command)", .remote, .ehlo, host: h, code: 451, text: "451"),
    Case(
      "lmtp", "host mail.example.org[/run/lmtp.sock] said: 452 4.2.2 (mailbox full) (in reply to end of DATA command)",
      .remote, .endOfData, host: "mail.example.org[/run/lmtp.sock]", code: 452, enhanced: "4.2.2",
      text: "452 4.2.2 (mailbox full)"),
    Case("smtp", "host \(h) said: 999 what (in reply to MAIL FROM command)", .remote, .mail, host: h, text: "999 what"),
    Case(
      "smtp", "host \(h) refused to talk to me: 554 5.7.1 no", .remote, .connect, host: h, code: 554, enhanced: "5.7.1",
      text: "554 5.7.1 no"),
    Case(
      "smtp", "connect to \(h): server refused to talk to me: 421 Too many connections  (port 25)", .remote, .connect,
      host: h, code: 421, text: "421 Too many connections"),
    Case(
      "smtp", "connect to \(h): server refused to talk to me: 554 5.7.1 See (our page)   (port 25)", .remote, .connect,
      host: h, code: 554, enhanced: "5.7.1", text: "554 5.7.1 See (our page)"),
    Case(
      "smtp", "connect to \(h): server refused to talk to me: 554 cut off (po", .remote, .connect, host: h, code: 554,
      text: "554 cut off (po"),
    Case(
      "smtp", "SASL authentication failed; server \(h) said: 454 4.7.0 later", .remote, .auth, host: h, code: 454,
      enhanced: "4.7.0", text: "454 4.7.0 later"),
    Case(
      "smtp", "SASL [CACHED] authentication failed; server \(h) said: 535 no", .remote, .auth, host: h, code: 535,
      text: "535 no"),
    Case(
      "smtp", "TLS is required, but host \(h) refused to start TLS: 454 4.7.0 not now", .remote, .startTLS, host: h,
      code: 454, enhanced: "4.7.0", text: "454 4.7.0 not now"),
  ]

  /// Lines that were cut within Postfix's own words.
  static let cut = [
    Case(
      "smtp", "host \(h) said: 450 x (in reply to end of DATA comm", .remote, .endOfData, host: h, code: 450,
      text: "450 x"),
    Case("smtp", "host \(h) said: 450 x (in reply to R", .remote, host: h, code: 450, text: "450 x"),
    Case("smtp", "host \(h) said: 450 x (in reply to RC", .remote, .rcpt, host: h, code: 450, text: "450 x"),
    Case("smtp", "host \(h) said: 450 x (in reply to DATA command", .remote, .data, host: h, code: 450, text: "450 x"),
    Case("smtp", "host \(h) said: 450 x (in reply to ", .remote, host: h, code: 450, text: "450 x"),
    Case("smtp", "host \(h) said: 450 x (in reply to", .remote, host: h, code: 450, text: "450 x"),
    Case("smtp", "host \(h) said: 450 x (i", .remote, host: h, code: 450, text: "450 x"),
    Case("smtp", "host \(h) said: 450 x (in", .remote, host: h, code: 450, text: "450 x"),
    Case(
      "smtp", "host \(h) said: 450 see (in reply to your wish", .remote, host: h, code: 450,
      text: "450 see (in reply to your wish"),
    Case("smtp", "host \(h) said: 450 see (page 2", .remote, host: h, code: 450, text: "450 see (page 2"),
    Case("smtp", "host \(h) said: (", .remote, host: h, text: "("),
  ]

  static let transport = [
    Case("smtp", "connect to \(h):25: Connection timed out", .transport, .connect, host: h),
    Case(
      "lmtp", "connect to mail.example.org[/run/x]: No such file or directory", .transport, .connect,
      host: "mail.example.org[/run/x]"),
    Case(
      "smtp", "connect to mx.example.org[2001:db8::1]:25: Network is unreachable", .transport, .connect,
      host: "mx.example.org[2001:db8::1]"),
    Case(
      "smtp", "lost connection with \(h) while receiving the initial server greeting", .transport, .connect, host: h),
    Case("smtp", "lost connection with \(h) while performing the EHLO handshake", .transport, .ehlo, host: h),
    Case("smtp", "lost connection with \(h) while sending MAIL FROM", .transport, .mail, host: h),
    Case("smtp", "conversation with \(h) timed out while sending RCPT TO", .transport, .rcpt, host: h),
    Case("smtp", "conversation with \(h) timed out while sending DATA command", .transport, .data, host: h),
    Case("smtp", "conversation with \(h) timed out while sending message body", .transport, .endOfData, host: h),
    Case(
      "smtp", "lost connection with \(h) while sending end of data -- message may be sent more than once", .transport,
      .endOfData, host: h),
    Case(
      "smtp",
      "Host or domain name not found. Name service error for name=example.org type=MX: Host not found, try again",
      .transport, host: "example.org"),
    Case("smtp", "Cannot start TLS: handshake failure", .transport, .startTLS),
    Case("smtp", "Server certificate not trusted", .transport, .startTLS),
    Case("smtp", "TLS is required, but was not offered by host \(h)", .transport, .startTLS, host: h),
    Case("smtp", "TLS is required, but our TLS engine is unavailable", .local, .startTLS),
    Case(
      "smtp", "SASL authentication failed; cannot authenticate to server \(h): no mechanism available", .local, .auth,
      host: h),
    Case("smtp", "message size 296 exceeds size limit 100 of server \(h)", .transport, .ehlo, host: h),
    Case("smtp", "mail for example.org loops back to myself", .local),
    Case("smtp", "local data error while talking to \(h)", .local, host: h),
    Case("smtp", "something new", .transport),
  ]

  static let own = [
    Case("error", "mail transport unavailable", .local),
    Case("error", "4.2.1 custom text", .local, enhanced: "4.2.1"),
    Case("local", "temporary failure. Command output: disk full ", .local, text: "disk full"),
    Case("pipe", "temporary failure", .local),
    Case("pipe", "data format error. Command output: 4.3.0 no lock", .local, enhanced: "4.3.0", text: "4.3.0 no lock"),
    Case("pipe", "Command died with signal 9: \"/bin/x\". Command output: killed", .local),
    Case("virtual", "maildir delivery failed: create maildir file /var/mail/x/tmp/1: Permission denied", .local),
    Case("pipe", "host \(h) said: 450 this is a script (in reply to RCPT TO command)", .local),
  ]

  static let suspended = [
    Case(
      "error", "delivery temporarily suspended: host \(h) refused to talk to me: 421 4.3.2 no", .suspended, .connect,
      host: h, code: 421, enhanced: "4.3.2", text: "421 4.3.2 no"),
    Case(
      "error", "delivery temporarily suspended: connect to \(h):25: Connection refused", .suspended, .connect, host: h,
      text: "connect to \(h):25: Connection refused"),
    Case("error", "delivery temporarily suspended: unknown reason", .suspended, text: "unknown reason"),
    Case(
      "retry", "delivery temporarily suspended: Server certificate not verified", .suspended, .startTLS,
      text: "Server certificate not verified"),
  ]

  @Test(arguments: replies + cut + transport + own + suspended)
  func takesReasonsApart(_ expected: Case) {
    let line = postfix(
      expected.daemon,
      "3F2A1B0C9D: to=<a@example.org>, relay=none, delay=1, delays=1/0/0/0, dsn=4.0.0, status=deferred (\(expected.reason))"
    )
    let seen = delivery(line) { delivery -> Case in
      let account = delivery.account
      var host = text(account.host)
      if let address = account.hostAddress { host = (host ?? "") + "[\(address)]" }
      return Case(
        expected.daemon, expected.reason, account.speaker, account.stage, host: host,
        code: account.reply.code.map { Int($0.value) }, enhanced: account.reply.enhanced?.description,
        text: String(account.reply.text))
    }
    #expect(seen?.speaker == expected.speaker)
    #expect(seen?.stage == expected.stage)
    #expect(seen?.host == expected.host)
    #expect(seen?.code == expected.code)
    #expect(seen?.enhanced == expected.enhanced)
    #expect(seen?.text == expected.text ?? expected.reason)
  }

  @Test func readsPorts() {
    let line = postfix(
      "smtp",
      "3F2A1B0C9D: to=<a@b>, relay=none, delay=1, dsn=4.4.1, status=deferred (connect to \(AccountTests.h):587: Connection refused)"
    )
    #expect(delivery(line) { $0.account.hostPort } == 587)
  }
}
