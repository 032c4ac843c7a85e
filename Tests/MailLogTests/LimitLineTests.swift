import Bytes
import MailLog
import SMTPTypes
import Testing

/// What costs a client its session or command without a reject line.
@Suite struct LimitLineTests {
  @Test(arguments: [
    (
      "smtpd", "warning: Connection rate limit exceeded: 7 from unknown[192.0.2.9] for service 192.0.2.1:25",
      [nil, "connect", "unknown", "192.0.2.9", "421", "4.7.0"]
    ),
    (
      "smtpd", "warning: Connection concurrency limit exceeded: 51 from x.example.org[2001:db8::9] for service smtp",
      [nil, "connect", "x.example.org", "2001:db8::9", "421", "4.7.0"]
    ),
    (
      "in/smtpd", "warning: Message delivery request rate limit exceeded: 7 from unknown[192.0.2.9] for service smtp",
      [nil, "mail", "unknown", "192.0.2.9", "450", "4.7.1"]
    ),
    (
      "smtpd", "warning: Recipient address rate limit exceeded: 7 from unknown[192.0.2.9] for service smtp",
      [nil, "rcpt", "unknown", "192.0.2.9", "450", "4.7.1"]
    ),
    (
      "smtpd", "warning: New TLS session rate limit exceeded: 7 from unknown[192.0.2.9] for service smtp",
      [nil, "starttls", "unknown", "192.0.2.9", "454", "4.7.0"]
    ),
    (
      "smtpd", "timeout after DATA (10 bytes) from unknown[192.0.2.9]",
      [nil, "data", "unknown", "192.0.2.9", "421", "4.4.2"]
    ),
    (
      "smtpd", "4WxYz12AbCzQ9: timeout after RCPT from unknown[192.0.2.9]",
      ["4WxYz12AbCzQ9", "rcpt", "unknown", "192.0.2.9", "421", "4.4.2"]
    ),
    (
      "smtpd", "NOQUEUE: too many errors after UNKNOWN from unknown[192.0.2.9]",
      [nil, nil, "unknown", "192.0.2.9", "421", "4.7.0"]
    ),
    (
      "submission/smtpd",
      "warning: x.example.org[192.0.2.9]: SASL LOGIN authentication failed: Connection lost to authentication server",
      [nil, "auth", "x.example.org", "192.0.2.9", "454", "4.7.0"]
    ),
    (
      "smtpd",
      "warning: unknown[192.0.2.9]: SASL PLAIN authentication failed: Can't connect to authentication server, sasl_username=ann",
      [nil, "auth", "unknown", "192.0.2.9", "454", "4.7.0"]
    ),
    (
      "postscreen", "COMMAND TIME LIMIT from [192.0.2.9]:4711 after RCPT",
      [nil, "rcpt", "", "192.0.2.9", "421", "4.4.2"]
    ),
    ("postscreen", "COMMAND COUNT LIMIT from [192.0.2.9]:4711", [nil, nil, "", "192.0.2.9", "421", nil]),
  ])
  func readsLimits(_ daemon: String, _ message: String, _ expected: [String?]) {
    let seen =
      parsing(postfix(daemon, message)) { _, record -> [String?]? in
        guard case .rejection(let rejection) = record, rejection.isTransient else { return nil }
        return [
          text(rejection.queueID), rejection.stage?.description, String(rejection.clientHost),
          String(rejection.clientAddress), rejection.reply.code?.description, rejection.reply.enhanced?.description,
        ]
      } ?? nil
    #expect(seen == expected)
  }

  @Test(arguments: [
    ("smtpd", "lost connection after DATA (10 bytes) from unknown[192.0.2.9]", "uninteresting"),
    ("smtpd", "warning: 4WxYz12AbCzQ9: queue file size limit exceeded", "uninteresting"),
    ("smtpd", "timeout after DATA", "unknown"),
    // Nothing was put off.
    ("smtpd", "timeout after END-OF-MESSAGE from unknown[192.0.2.9]", "trouble client-limit"),
    ("smtpd", "NOQUEUE: timeout after CONNECT from unknown[192.0.2.9]", "trouble client-limit"),
    ("postscreen", "COMMAND TIME LIMIT from [192.0.2.9]:4711 after CONNECT", "trouble client-limit"),
    ("local", "warning: pipe_command_read: read time limit exceeded", "uninteresting"),
    ("smtpd", "warning: x[192.0.2.9]: SASL PLAIN authentication failed: UGFzc3dvcmQ6", "uninteresting"),
    (
      "smtpd",
      "warning: x[192.0.2.9]: SASL PLAIN authentication failed: no, sasl_username=Connection lost to authentication server",
      "uninteresting"
    ),
    (
      "smtpd",
      "warning: x[192.0.2.9]: SASL A authentication failed: Connection lost to authentication server authentication failed: no",
      "uninteresting"
    ),
    ("smtpd", "warning: SASL: Connect to private/auth failed: Connection refused", "trouble configuration"),
    // Only the server's own words count.
    ("smtpd", "warning: hostname x limit exceeded: 7 from y[192.0.2.9]", "uninteresting"),
  ])
  func leavesOthersAlone(_ daemon: String, _ message: String, _ expected: String) {
    #expect(kind(ofLine: postfix(daemon, message)) == expected)
  }
}
