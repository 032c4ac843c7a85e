import Bytes
import MailLog
import SMTPTypes
import Testing

@Suite struct DeliveryLineTests {
  @Test func readsEveryField() {
    let line = postfix(
      "smtp",
      "4WxYz12AbCzQ9: to=<ann@example.org>, orig_to=<staff@example.com>, relay=mx.example.org[192.0.2.7]:25, conn_use=3, "
        + "delay=0.57, delays=0.11/0.03/0.23/0.2, tls=dane, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 3F2A1B0C9D)"
    )
    let seen = delivery(line) { delivery -> [String?] in
      [
        text(delivery.queueID), text(delivery.recipient), text(delivery.originalRecipient), text(delivery.relay?.host),
        text(delivery.relay?.address), delivery.relay?.port.map { "\($0)" }, "\(delivery.outcome)",
        delivery.status?.description, delivery.delay?.description, "\(delivery.delayDigits)",
        text(delivery.queuedAs), text(delivery.reason), delivery.account.reply.code?.description,
        delivery.delays.map {
          "\($0.beforeQueueManager) \($0.inQueueManager) \($0.connectionSetup) \($0.transmission)"
        },
        "\(Array(delivery.recipients).count)",
      ]
    }
    #expect(
      seen == [
        "4WxYz12AbCzQ9", "ann@example.org", "staff@example.com", "mx.example.org", "192.0.2.7", "25", "sent", "2.0.0",
        "0.57", "2", "3F2A1B0C9D", "250 2.0.0 Ok: queued as 3F2A1B0C9D", "250", "0.11 0.03 0.23 0.2", "1",
      ])
  }

  @Test(arguments: [
    ("smtp", "sent (250 ok)", "sent"),
    ("smtp", "deferred (connect to x[192.0.2.1]:25: Connection refused)", "deferred"),
    ("smtp", "bounced (host x[192.0.2.1] said: 550 no (in reply to RCPT TO command))", "bounced"),
    ("local", "SOFTBOUNCE (unknown user: \"x\")", "deferred"),
    ("smtp", "undeliverable (host x[192.0.2.1] said: 550)", "probe"),
    ("virtual", "deliverable (delivers to maildir)", "probe"),
    ("error", "deferred (mail transport unavailable)", "deferred"),
    ("discard", "sent (silently)", "discarded"), ("pipe", "deferred (temporary failure)", "deferred"),
    ("qmgr", "deferred (delivery temporarily suspended: connect to x[192.0.2.1]:25: Connection refused)", "deferred"),
    ("lmtp", "sent (250 2.0.0 <a@example.org> Saved)", "sent"),
  ])
  func readsEveryOutcomeOfEveryAgent(_ daemon: String, _ status: String, _ outcome: String) {
    let line = postfix(
      daemon, "3F2A1B0C9D: to=<a@example.org>, relay=none, delay=1, delays=1/0/0/0, dsn=4.0.0, status=\(status)")
    #expect(kind(ofLine: line) == "delivery \(outcome)")
    let noDelays = postfix(daemon, "3F2A1B0C9D: to=<a@example.org>, relay=none, delay=1, status=\(status)")
    #expect(kind(ofLine: noDelays) == "delivery \(outcome)")
  }

  /// Fields that are told by their first eight bytes are read as the same ones behind two spaces, which are not.
  @Test(arguments: [
    "relay=mx.example.org[192.0.2.7]:25, delay=0.57, delays=0.11/0.03/0.23/0.2, dsn=4.2.0, status=deferred (x)",
    "relay=none, delay=1, dsn=4.0.0, status=deferred (x)", "relay=none, delay=x, delay=2, status=deferred (x)",
    "relay=none, delay=1, delays=, dsn=4.2.2.1, status=deferred (x)", "relay=none, delaysX=1, delay=1, status=sent (x)",
    "relay=none, delay=1, statusX=sent, status=sent (x)", "delay=1, relay=none, status=sent (x)",
    "delay=1, status=sent (x), relay=none", "relay=none, status=sent (x), delay=1", "relay=none, delay=1, dsn=9.9.9",
    "relay=none, conn_use=2, delay=1e+05, delays=1/2/3/4, dsn=4.30.300, tls=x, status=SOFTBOUNCE (host x)",
    "relay=mx.example.org[/var/run/x,y]:25, delay=1, status=bounced (x", "relay=mx[1]:0, delay=1, status=deferred",
    "relay=a.host.of.more.than.sixteen.bytes.example.org[2001:db8::1:2:3]:65536, delay=1, status=sent (250 ok)",
  ])
  func fieldsAreReadInEveryWayAlike(_ fields: String) {
    func read(_ fields: String) -> [String?]? {
      delivery(postfix("smtp", "3F2A1B0C9D: to=<a@example.org>, \(fields)")) { delivery in
        [
          text(delivery.relay?.host), text(delivery.relay?.address), delivery.relay?.port.map { "\($0)" },
          delivery.delay?.description, "\(delivery.delayDigits)", text(delivery.delaysText),
          delivery.status?.description, "\(delivery.outcome)", text(delivery.reason),
        ]
      }
    }
    for length in 0...fields.utf8.count {
      let cut = String(fields.prefix(length))
      #expect(read(cut) == read(cut.replacing(", ", with: ",  ")), "\(cut)")
    }
  }

  /// Nobody's delivery.
  @Test(arguments: ["bounce", "verp", "trace", "delay warning"])
  func aNotificationThatCanNotBeSentIsTrouble(_ what: String) {
    #expect(kind(ofLine: postfix("qmgr", "3F2A1B0C9D: status=deferred (\(what) failed)")) == "trouble notification")
  }

  @Test(arguments: ["status=deferred (bounce faile", "status=deferred (host x said: 450 no)", "status=sent (250 ok)"])
  func whatNamesNoRecipientIsNoDelivery(_ text: String) {
    #expect(kind(ofLine: postfix("smtp", "3F2A1B0C9D: \(text)")) == "unknown")
  }

  @Test(arguments: [
    ("mx.example.org[192.0.2.7]:25", ["mx.example.org", "192.0.2.7", "25"]),
    ("mx.example.org[2001:db8::25]:465", ["mx.example.org", "2001:db8::25", "465"]),
    ("mail.example.org[/run/lmtp, x.sock]", ["mail.example.org", "/run/lmtp, x.sock", "nil"]),
    ("mail.example.org[private/dovecot-lmtp]", ["mail.example.org", "private/dovecot-lmtp", "nil"]),
    ("local", ["local", "", "nil"]), ("none", ["nil", "nil", "nil"]),
    ("mx.example.org[192.0.2.7]:0", ["mx.example.org", "192.0.2.7", "nil"]),
  ])
  func readsRelays(_ relay: String, _ parts: [String]) {
    let line = postfix("smtp", "3F2A1B0C9D: to=<a@b>, relay=\(relay), delay=1, dsn=4.0.0, status=deferred (x)")
    let seen = delivery(line) { delivery in
      [
        text(delivery.relay?.host) ?? "nil", text(delivery.relay?.address) ?? "nil",
        delivery.relay?.port.map { "\($0)" } ?? "nil",
      ]
    }
    #expect(seen == parts)
  }

  @Test(arguments: [
    ("<ann@example.org>", "ann@example.org"), ("<>", ""),
    ("<\"a, b>, relay=none\"@example.org>", "\"a, b>, relay=none\"@example.org"),
    ("<a>b@example.org>", "a>b@example.org"), ("<ann>x, y@example.org>", "ann>x, y@example.org"),
    ("ann@example.org", "ann@example.org"),
  ])
  func readsRecipients(_ written: String, _ recipient: String) {
    let line = postfix("smtp", "3F2A1B0C9D: to=\(written), relay=none, delay=1, dsn=4.0.0, status=deferred (x)")
    #expect(delivery(line) { String($0.recipient) } == recipient)
  }

  @Test(arguments: [
    ("0.05", 0.05, 2), ("1.2", 1.2, 1), ("305", 305, 0), ("71766", 71766, 0), ("0", 0, 0), ("3e+05", 300_000, 0),
  ])
  func readsDelays(_ written: String, _ seconds: Double, _ digits: Int) {
    let line = postfix("smtp", "3F2A1B0C9D: to=<a@b>, relay=none, delay=\(written), dsn=4.0.0, status=deferred (x)")
    #expect(delivery(line) { $0.delay } == seconds)
    #expect(delivery(line) { $0.delayDigits } == digits)
  }

  @Test(arguments: [
    ("250 2.0.0 Ok: queued as 3F2A1B0C9D", "3F2A1B0C9D"),
    ("250 2.6.0 Ok, id=13180-01-9, from MTA: 250 Ok: queued as 0A84FD9B1C", "0A84FD9B1C"),
    ("250 2.0.0 from MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok: queued as 4WxYz12AbCzQ9", "4WxYz12AbCzQ9"),
    ("forwarded as 3F2A1B0C9D", "3F2A1B0C9D"), ("250 queued as x", nil), ("250 ok dirdel", nil),
    ("delivered to mailbox", nil),
  ])
  func followsTheNextHop(_ reason: String, _ id: String?) {
    let line = postfix(
      "smtp", "3F2A1B0C9D: to=<a@b>, relay=x[127.0.0.1]:10024, delay=1, dsn=2.0.0, status=sent (\(reason))")
    #expect(delivery(line) { text($0.queuedAs) } == id)
  }

  /// A server that knows the log's format can't change what it says.
  @Test func isNotFooledByAReply() {
    let reply =
      "450 4.2.0 (in reply to RCPT TO command)) status=sent (250 ok) dsn=2.0.0, relay=evil[192.0.2.66]:25, to=<x@y>"
    let line = postfix(
      "smtp",
      "3F2A1B0C9D: to=<a@example.org>, relay=mx.example.org[192.0.2.7]:25, delay=1, delays=1/0/0/0, dsn=4.2.0, "
        + "status=deferred (host mx.example.org[192.0.2.7] said: \(reply) (in reply to MAIL FROM command))")
    let seen = delivery(line) { delivery in
      [
        "\(delivery.outcome)", delivery.status?.description ?? "", text(delivery.relay?.host) ?? "",
        String(delivery.recipient), String(delivery.account.reply.text), delivery.account.stage?.description ?? "",
      ]
    }
    #expect(seen == ["deferred", "4.2.0", "mx.example.org", "a@example.org", reply, "mail"])
  }

  @Test func readsTextThatWasCut() {
    let start =
      "3F2A1B0C9D: to=<a@example.org>, relay=mx.example.org[192.0.2.7]:25, delay=1, delays=1/0/0/0, dsn=4.2.2, status=deferred "
    let cut = delivery(postfix("smtp", start + "(host mx.example.org[192.0.2.7] said: 452 4.2.2 full, see (FAQ) http"))
    {
      [String($0.account.reply.text), $0.account.stage?.description ?? "nil", "\($0.account.speaker)"]
    }
    #expect(cut == ["452 4.2.2 full, see (FAQ) http", "nil", "remote"])
    // Half a character at the end is dropped.
    var bytes = Array(postfix("smtp", start + "(host mx.example.org[192.0.2.7] said: 452 4.2.2 Bo").utf8)
    bytes.append(0xC3)
    var parser = parser()
    let half = bytes.withUnsafeBufferPointer { buffer -> String? in
      guard case .delivery(let delivery)? = parser.parse(ByteView(buffer))?.record else { return nil }
      return String(delivery.account.reply.text)
    }
    #expect(half == "452 4.2.2 Bo")
  }
}
