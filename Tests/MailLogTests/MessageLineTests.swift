import Bytes
import MailLog
import SMTPTypes
import Testing

/// Lines of a message's life, and of those that tell nothing.
@Suite struct MessageLineTests {
  private func seen(_ line: String) -> [String?] {
    parsing(line) { _, record -> [String?] in
      switch record {
      case .queueActive(let active):
        ["active", text(active.queueID), text(active.sender), active.recipientCount.map { "\($0)" }]
      case .expired(let expiry): ["expired", text(expiry.queueID), text(expiry.sender), "\(expiry.isForced)"]
      case .removed(let removal): ["removed", text(removal.queueID), "\(removal.reason)"]
      case .client(let client):
        [
          "client", text(client.queueID), text(client.clientHost), text(client.clientAddress), text(client.user),
          text(client.originalQueueID), text(client.originalClientHost), text(client.originalClientAddress),
        ]
      case .pickup(let pickup):
        [
          "pickup", text(pickup.queueID), pickup.userID.map { "\($0)" }, text(pickup.sender),
          text(pickup.originalQueueID),
        ]
      case .messageID(let message): ["message-id", text(message.queueID), text(message.messageID)]
      case .notification(let notification):
        [
          "notification", text(notification.queueID), "\(notification.kind)", "\(notification.isToPostmaster)",
          text(notification.notificationQueueID),
        ]
      default: [kind(record)]
      }
    } ?? ["no header"]
  }

  static let lives: [(String, [String?])] = [
    (
      postfix("qmgr", "3F2A1B0C9D: from=<a@example.org>, size=2550, nrcpt=3 (queue active)"),
      ["active", "3F2A1B0C9D", "a@example.org", "3"]
    ),
    (postfix("qmgr", "3F2A1B0C9D: from=<>, size=2550, nrcpt=1 (queue active)"), ["active", "3F2A1B0C9D", "", "1"]),
    (
      postfix("oqmgr", "3F2A1B0C9D: from=<\"x>, size=1\"@example.org>, size=2550, nrcpt=1 (queue active)"),
      ["active", "3F2A1B0C9D", "\"x>, size=1\"@example.org", "1"]
    ),
    (
      // Before Postfix 3.5, an address that would end itself.
      postfix("qmgr", "3F2A1B0C9D: from=<x>, status=expired, @example.org>, size=2550, nrcpt=1 (queue active)"),
      ["active", "3F2A1B0C9D", "x>, status=expired, @example.org", "1"]
    ),
    (
      postfix("qmgr", "3F2A1B0C9D: from=<a@b>, status=expired, returned to sender"),
      ["expired", "3F2A1B0C9D", "a@b", "false"]
    ),
    (
      postfix("qmgr", "3F2A1B0C9D: from=<>, status=force-expired, returned to sender"),
      ["expired", "3F2A1B0C9D", "", "true"]
    ),
    (postfix("qmgr", "3F2A1B0C9D: removed"), ["removed", "3F2A1B0C9D", "finished"]),
    (postfix("postsuper", "3F2A1B0C9D: removed"), ["removed", "3F2A1B0C9D", "deleted"]),
    (postfix("cleanup", "3F2A1B0C9D: removed (canceled)"), ["removed", "3F2A1B0C9D", "deleted"]),
    (
      postfix("smtpd", "3F2A1B0C9D: client=x.example.org[192.0.2.1]"),
      ["client", "3F2A1B0C9D", "x.example.org", "192.0.2.1", nil, nil, nil, nil]
    ),
    (
      postfix(
        "submission/smtpd",
        "3F2A1B0C9D: client=unknown[2001:db8::1]:4711, sasl_method=PLAIN, sasl_username=ann, of example, sasl_sender=x"),
      ["client", "3F2A1B0C9D", "unknown", "2001:db8::1", "ann, of example", nil, nil, nil]
    ),
    (
      postfix(
        "in/smtpd",
        "3F2A1B0C9D: client=localhost[127.0.0.1], orig_queue_id=4WxYz12AbCzQ9, orig_client=x.example.org[192.0.2.1]"),
      ["client", "3F2A1B0C9D", "localhost", "127.0.0.1", nil, "4WxYz12AbCzQ9", "x.example.org", "192.0.2.1"]
    ),
    (postfix("pickup", "3F2A1B0C9D: uid=1000 from=<ann>"), ["pickup", "3F2A1B0C9D", "1000", "ann", nil]),
    (
      postfix("pickup", "3F2A1B0C9D: uid=0 from=<> orig_id=4WxYz12AbCzQ9"),
      ["pickup", "3F2A1B0C9D", "0", "", "4WxYz12AbCzQ9"]
    ),
    (postfix("cleanup", "3F2A1B0C9D: message-id=<x@example.org>"), ["message-id", "3F2A1B0C9D", "x@example.org"]),
    (postfix("cleanup", "3F2A1B0C9D: message-id=<>"), ["message-id", "3F2A1B0C9D", ""]),
    (postfix("cleanup", "3F2A1B0C9D: message-id="), ["message-id", "3F2A1B0C9D", ""]),
    (postfix("cleanup", "3F2A1B0C9D: message-id=no brackets"), ["message-id", "3F2A1B0C9D", "no brackets"]),
    (
      postfix("cleanup", "3F2A1B0C9D: resent-message-id=<y@example.org>"),
      ["message-id", "3F2A1B0C9D", "y@example.org"]
    ),
    (
      postfix("bounce", "3F2A1B0C9D: sender non-delivery notification: 4A5B6C7D8E"),
      ["notification", "3F2A1B0C9D", "nonDelivery", "false", "4A5B6C7D8E"]
    ),
    (
      postfix("bounce", "3F2A1B0C9D: postmaster delay notification: 4A5B6C7D8E"),
      ["notification", "3F2A1B0C9D", "delay", "true", "4A5B6C7D8E"]
    ),
    (
      postfix("bounce", "3F2A1B0C9D: sender delivery status notification: 4A5B6C7D8E"),
      ["notification", "3F2A1B0C9D", "deliveryStatus", "false", "4A5B6C7D8E"]
    ),
  ]

  @Test(arguments: lives)
  func followsALife(_ line: String, _ expected: [String?]) {
    #expect(seen(line) == expected)
  }

  @Test(arguments: [
    postfix("smtpd", "connect from x[192.0.2.1]"),
    postfix("smtpd", "disconnect from x[192.0.2.1] ehlo=1 quit=1 commands=2"),
    postfix("smtpd", "lost connection after DATA (16 bytes) from x[192.0.2.1]"),
    postfix("smtpd", "NOQUEUE: lost connection after RCPT from x[192.0.2.1]"),
    postfix("smtpd", "Anonymous TLS connection established from x[192.0.2.1]: TLSv1.3"),
    postfix("smtpd", "NOQUEUE: client=x[192.0.2.1]"),
    postfix("smtpd", "warning: hostname x.example.org does not resolve to address 192.0.2.1"),
    postfix("smtpd", "warning: proxy inet:127.0.0.1:10025 rejected \"MAIL FROM:<\": \"4@b>\": \"550 5.7.1 no\""),
    postfix("smtpd", "warning: x[192.0.2.1]: SASL LOGIN authentication failed: authentication failure"),
    postfix("anvil", "statistics: max connection rate 1/60s for (smtpd:192.0.2.1) at Nov 23 10:00:00"),
    postfix("master", "reload -- version 3.7.11, configuration /etc/postfix"),
    postfix("qmgr", "3F2A1B0C9D: skipped, still being delivered"),
    // What follows `mail for … is using up …`, which counts.
    postfix("qmgr", "warning: this may slow down other mail deliveries"),
    postfix("qmgr", "warning: you may need to reduce smtp connect and helo timeouts"),
    postfix("qmgr", "warning: so that Postfix quickly skips unavailable hosts"),
    postfix("qmgr", "warning: you may need to increase the main.cf minimal_backoff_time and maximal_backoff_time"),
    postfix("qmgr", "warning: you may need to increase the main.cf smtp_destination_concurrency_limit from 20"),
    postfix("qmgr", "warning: you may need a separate master.cf transport for mx.example.net"),
    postfix("qmgr", "warning: please avoid flushing the whole queue when you have"),
    postfix("qmgr", "warning: lots of deferred mail, that is bad for performance"),
    postfix("postsuper", "3F2A1B0C9D: placed on hold"), postfix("postsuper", "Deleted: 20 messages"),
    postfix("postscreen", "PASS NEW [192.0.2.1]:4711"),
    postfix("postscreen", "PREGREET 14 after 0 from [192.0.2.1]:4711: EHLO x\\r\\n"),
    postfix(
      "cleanup", "3F2A1B0C9D: warning: header Subject: reject: RCPT from x[192.0.2.1]: 450 from local; from=<a@b>: x"),
    postfix(
      "cleanup", "3F2A1B0C9D: replace: header Received: from x from y[192.0.2.1]; from=<a@b> to=<c@d>: Received: z"),
    postfix(
      "smtpd",
      "NOQUEUE: filter: RCPT from x[192.0.2.1]: <a@b>: Sender address triggers FILTER x:y; from=<a@b> to=<c@d> proto=SMTP helo=<e>"
    ),
    postfix("smtp", "3F2A1B0C9D: host x[192.0.2.1] offers SMTPUTF8 support, but not 8BITMIME"),
    postfix("smtpd", "reject: ETRN example.org... from x[192.0.2.1]"),
    postfix("verify", "cache btree:/x full cleanup: retained=0 dropped=0 entries"),
    postfix("dnsblog", "addr 192.0.2.1 listed by domain x as 127.0.0.2"),
    postfix("smtp", "3F2A1B0C9D: enabling PIX workarounds: disable_esmtp delay_dotcrlf for x[192.0.2.1]:25"),
  ])
  func passesOverNoise(_ line: String) {
    #expect(kind(ofLine: line) == "uninteresting")
  }

  @Test(arguments: [
    postfix("smtp", "3F2A1B0C9D: to=<a@b>, relay=none, delay=1"),
    postfix("smtp", "3F2A1B0C9D: to=<a@b>, status=odd (x)"),
    postfix("smtp", "3F2A1B0C9D: to=<a@b"), postfix("smtp", "3F2A1B0C9D: "), postfix("smtp", "a new message"),
    postfix("qmgr", "3F2A1B0C9D: from=<a@b>"), postfix("smtpd", "3F2A1B0C9D: client=x"),
    postfix("smtpd", "NOQUEUE: what"),
    postfix("smtpd", ""),
  ])
  func saysWhatItDoesNotKnow(_ line: String) {
    #expect(kind(ofLine: line) == "unknown")
  }

  @Test(arguments: [
    ("postfix/newagent", "3F2A1B0C9D: to=<a@b>, relay=x, delay=1, dsn=4.0.0, status=deferred (x)", "delivery deferred"),
    ("postfix/policy-spf", "Policy action=PREPEND Received-SPF: none", "foreign"),
    ("postfix/policy-spf", "3F2A1B0C9D: removed", "foreign"),
    ("other/newagent", "3F2A1B0C9D: to=<a@b>, relay=x, delay=1, dsn=4.0.0, status=deferred (x)", "foreign"),
  ])
  func readsDeliveriesOfNewDaemons(_ tag: String, _ message: String, _ expected: String) {
    #expect(kind(ofLine: "Nov 23 17:59:48 mx1 \(tag)[4711]: \(message)") == expected)
  }

  @Test(arguments: [
    ("smtpd", "warning: not enough free space in mail queue: 10 bytes < 1.5*message size limit", "resource"),
    ("smtpd", "fatal: watchdog timeout", "resource"),
    (
      "master",
      "warning: service \"smtp\" (25) has reached its process limit \"50\": new clients may experience noticeable delays",
      "resource"
    ),
    ("master", "warning: /usr/lib/postfix/sbin/smtpd: bad command startup -- throttling", "resource"),
    ("cleanup", "warning: 3F2A1B0C9D: write queue file: No space left on device", "resource"),
    ("smtpd", "warning: connect to Milter service inet:127.0.0.1:7790: Connection refused", "filter"),
    (
      "smtpd",
      "warning: milter inet:127.0.0.1:7778: can't read SMFIC_OPTNEG reply packet header: Connection reset by peer",
      "filter"
    ),
    ("smtpd", "warning: problem talking to server 127.0.0.1:12525: Connection refused", "filter"),
    ("smtpd", "warning: connect to proxy filter 127.0.0.1:10997: Connection refused", "filter"),
    ("smtpd", "warning: tcp:127.0.0.1:10998 lookup error for \"ann@example.org\"", "configuration"),
    ("qmgr", "warning: connect to transport private/nosuch: No such file or directory", "configuration"),
    ("trivial-rewrite", "warning: virtual_alias_maps map lookup problem for ann@example.org", "configuration"),
    (
      "smtpd", "fatal: in parameter smtpd_relay_restrictions, specify at least one working instance", "configuration"
    ),
    (
      "cleanup",
      "warning: 3F2A1B0C9D: virtual_alias_maps map lookup problem for a@b -- message not accepted, try again later",
      "configuration"
    ),
    ("smtpd", "warning: timeout talking to proxy 127.0.0.1:10025", "filter"),
    ("smtpd", "warning: problem talking to service rewrite: Connection timed out", "resource"),
    ("smtpd", "warning: problem talking to service private/verify: Success", "resource"),
    ("smtpd", "warning: connect #1 to subsystem private/rewrite: Connection refused", "configuration"),
    ("cleanup", "fatal: connect #11 to subsystem private/rewrite: Connection refused", "configuration"),
    (
      "qmgr",
      "warning: transport smtp failure -- see a previous warning/fatal/panic logfile record for the problem description",
      "resource"
    ),
    ("qmgr", "warning: private/smtp socket: malformed response", "resource"),
    ("qmgr", "warning: mail for mx.example.net is using up 18001 of 20000 active queue entries", "resource"),
    ("smtp", "warning: 3F2A1B0C9D: defer service failure", "resource"),
    ("smtp", "warning: 4WxYz12AbCzQ9: bounce service failure", "resource"),
    ("postscreen", "warning: psc_dnsbl_request: connect to private/dnsblog service: Connection refused", "resource"),
    ("smtpd", "warning: connect to 127.0.0.1:10023: Connection refused", "filter"),
    ("smtp", "warning: connect to 127.0.0.1:8461: Connection refused", "configuration"),
    ("proxymap", "warning: mysql query failed: Lost connection to MySQL server during query", "configuration"),
    ("smtpd", "warning: proxy inet:127.0.0.1:10025 rejected \"DATA\": \"451 4.3.0 later\"", "filter"),
    ("smtpd", "warning: proxy inet:127.0.0.1:10025 rejected \"EHLO x\": \"\"", "filter"),
    (
      "trivial-rewrite",
      "warning: dict_ldap_connect: Unable to bind to server ldap://192.0.2.9:389 with dn cn=x: -1 (Can't contact LDAP server)",
      "configuration"
    ),
    ("smtpd", "warning: dict_ldap_get_values[1]: search base 'o=x' not found: 32: No such object", "configuration"),
    ("smtp", "connect to mx.example.org[192.0.2.7]:25: Connection refused", "connection"),
    (
      "smtp", "3F2A1B0C9D: host mx.example.org[192.0.2.7] said: 450 4.7.1 later (in reply to RCPT TO command)",
      "connection"
    ),
    ("smtp", "3F2A1B0C9D: lost connection with mx.example.org[192.0.2.7] while sending RCPT TO", "connection"),
  ])
  func announcesTrouble(_ daemon: String, _ message: String, _ expected: String) {
    #expect(kind(ofLine: postfix(daemon, message)) == "trouble \(expected)")
  }
}
