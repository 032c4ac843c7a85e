import Bytes
import Classification
import Intake
import Journal
import MailLog
import SMTPTypes
import Testing

/// Lines that are read and judged ahead on another thread give what they give one by one.
@Suite struct AheadTests {
  /// A log with what crosses the threads: providers and verdicts, several recipients on one line, rejections, lines
  /// that are no log lines, and one that is longer than a block.
  private static func lines(messages: Int) -> [String] {
    let replies = [
      "host mx.example.net[192.0.2.5] said: 452 4.2.2 Mailbox full (in reply to RCPT TO command)",
      "host gmail-smtp-in.l.google.com[192.0.2.6] said: 421-4.7.28 unusual rate of unsolicited mail (in reply to end of DATA command)",
      "connect to mx.example.net[192.0.2.5]:25: Connection refused",
      "lost connection with mx.example.net[192.0.2.5] while receiving the initial server greeting",
    ]
    var lines: [String] = []
    for index in 0..<messages {
      let minute = index / 60 % 60
      let second = index % 60
      let time = "2026-11-23T10:\(minute < 10 ? "0" : "")\(minute):\(second < 10 ? "0" : "")\(second).000000+00:00"
      let id = "4ABC\(index)"
      let postfix = "\(time) mx\(index % 2) postfix/"
      // Of a host without a name, as RFC 5424 lets a line be: the first line of all, and in the midst of others.
      if index < 2 { lines.append("<22>1 \(time)  postfix/smtpd 1 - - connect from app.example.org[198.51.100.7]") }
      lines.append("\(postfix)smtpd[1]: \(id): client=app.example.org[198.51.100.7]")
      lines.append("\(postfix)qmgr[3]: \(id): from=<a\(index % 9)@example.org>, size=1, nrcpt=1 (queue active)")
      let reply = replies[index % replies.count]
      let relay = ["mx.example.net[192.0.2.5]:25", "gmail-smtp-in.l.google.com[192.0.2.6]:25", "none", "none"][index % 4]
      lines.append(
        "\(postfix)smtp[4]: \(id): to=<U\(index % 7)@Example\(index % 5).net>, relay=\(relay), delay=1, delays=0/0/0.5/0.5, dsn=4.2.0, status=deferred (\(reply))"
      )
      lines.append("not a log line \(index)")
      // Counted alone, of the same host and of another; and none of ours.
      lines.append("\(postfix)smtpd[1]: connect from app.example.org[198.51.100.7]")
      lines.append("\(time) mx\(index / 2 % 2) postfix/anvil[8]: statistics: max cache size 1")
      lines.append("\(time) mx\(index % 3) cron[9]: nothing")
      if index.isMultiple(of: 5) {
        lines.append(
          "\(postfix)smtpd[1]: NOQUEUE: reject: RCPT from unknown[198.51.100.9]: 450 4.7.1 <a@example.org>: Helo command rejected; from=<b@example.net> to=<a@example.org> proto=ESMTP helo=<x>"
        )
        lines.append(
          "\(time) mx0 sm-mta[7]: u\(index): to=<a@example.net>,<b@t-online.de>,<c@example.com>, delay=00:00:01, xdelay=00:00:01, mailer=esmtp, pri=120000, relay=mx.example.net. [192.0.2.5], dsn=4.0.0, stat=Deferred: 450 4.2.0 Greylisted"
        )
      }
      // Sendmail's programs share a queue, each under a label of its own.
      if index.isMultiple(of: 7) {
        let id = "6ANF9AiC03\(1000 + index)"
        lines.append("\(time) mx0 sm-que[8]: 6ANF9AiD03\(1000 + index): done; delay=00:00:01, ntries=1")
        lines.append(
          "\(time) mx0 sm-mta[7]: \(id): to=<a@example.net>, delay=00:00:01, mailer=esmtp, pri=1, relay=mx.example.net. [192.0.2.5], dsn=4.0.0, stat=Deferred: 450 4.2.0 later"
        )
        lines.append("\(time) mx0 sm-mta[7]: 6ANF9AiE03\(1000 + index): done; delay=00:00:01, ntries=1")
        lines.append("\(time) mx0 sm-que[8]: \(id): \(id)x: return to sender: Cannot send message for 5 days")
      }
      lines += kinds(index, postfix)
      if index == messages / 2 {
        lines.append("\(postfix)smtp[4]: 4LONG: " + String(repeating: "x", count: 100_000))
      }
    }
    return lines
  }

  /// Lines of every kind that crosses the threads in a form of its own, with and without what they may lack, and one
  /// with a text longer than that form takes; behind them lines that only count, over the end of a minute.
  private static func kinds(_ index: Int, _ postfix: String) -> [String] {
    let id = "3F2A\(index)B"
    let second = "3F2B\(index)C"
    var lines = [
      "\(postfix)pickup[2]: \(id): uid=1000 from=<root>",
      "\(postfix)cleanup[2]: \(id): message-id=<\(index)@example.org>",
      "\(postfix)cleanup[2]: \(second): message-id=<>",
      "\(postfix)qmgr[3]: \(id): from=<>, size=1, nrcpt=2 (queue active)",
      "\(postfix)smtp[4]: \(id): to=<a@example.net>, orig_to=<b@example.org>, relay=none, delay=2.5, delays=0/0/2/0.5, dsn=4.4.3, status=deferred (Host or domain name not found. Name service error for name=example.net type=MX: Host not found, try again)",
      "\(postfix)error[4]: \(id): to=<b@example.net>, relay=none, delay=3, delays=0/0/2/1, dsn=4.4.3, status=deferred (delivery temporarily suspended: connect to mx.example.net[192.0.2.5]:25: Connection timed out)",
      "\(postfix)submission/smtpd[1]: \(second): client=app.example.org[198.51.100.7], sasl_method=PLAIN, sasl_username=user\(index % 3), orig_queue_id=\(id), orig_client=x.example.org[198.51.100.8]",
      "\(postfix)lmtp[4]: \(id): to=<c@example.net>, relay=filter[/var/spool/filter,1/socket], delay=0.1, delays=0.1/0/0/0, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as \(second))",
      "\(postfix)smtp[4]: \(second): to=<a@example.net>, relay=mx.example.net[2001:db8::5]:25, conn_use=2, delay=4, delays=0/0/2/2, dsn=5.1.1, status=bounced (host mx.example.net[2001:db8::5] said: 550 5.1.1 <a@example.net>: no such user (in reply to RCPT TO command))",
    ]
    if index.isMultiple(of: 2) { lines.append("\(postfix)smtp[4]: \(id): to=<a@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=9, delays=0/0/5/4, dsn=2.0.0, status=sent (250 ok)") }
    if index.isMultiple(of: 3) {
      lines.append("\(postfix)discard[4]: \(id): to=<b@example.net>, relay=none, delay=9, delays=9/0/0/0, dsn=2.0.0, status=sent (silently)")
      lines.append("\(postfix)qmgr[3]: \(id): removed")
    }
    if index.isMultiple(of: 4) { lines.append("\(postfix)postsuper[3]: \(id): removed") }
    if index == 1 {
      lines.append(
        "\(postfix)smtp[4]: \(id): to=<d@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=9, delays=0/0/5/4, dsn=4.2.0, status=deferred (host mx.example.net[192.0.2.5] said: 450 \(String(repeating: "y", count: 70_000)))")
    }
    for second in 57..<64 {
      let time = "2026-11-23T11:\(second < 60 ? "00" : "01"):\(second % 60 < 10 ? "0" : "")\(second % 60).25+00:00"
      lines.append("\(time) mx\(index % 2) postfix/smtpd[1]: disconnect from app.example.org[198.51.100.7]")
      if second == 61 { lines.append("\(time) mx\(index % 2) postfix/qmgr[3]: \(second): removed") }
    }
    return lines
  }

  private static func intake(_ sink: RecordingSink) -> Intake {
    Intake(
      options: Intake.Options(), classifier: Classifier.builtIn(), providers: ProviderMap(),
      parser: LogParser(stamps: StampResolver(reference: Bench.time("2026-11-24T00:00:00Z"))), sink: sink)
  }

  /// Gives lines, `atOnce` of them in one piece.
  private static func give(_ lines: [String], atOnce: Int = 1, to take: (ByteView, Int) -> Bool) -> Int {
    var offset = 0
    var given = 0
    while given < lines.count {
      let some = lines[given..<min(given + atOnce, lines.count)]
      given += some.count
      let text = some.joined(separator: "\n")
      if !text.withByteView({ take($0, offset) }) { break }
      offset += text.utf8.count + 1
    }
    return given
  }

  @Test(arguments: [0, 1, 3, 200], [1, 7, 1000]) func theSameEventsInTheSameOrder(messages: Int, atOnce: Int) {
    let lines = AheadTests.lines(messages: messages)
    let one = RecordingSink()
    let alone = AheadTests.intake(one)
    _ = AheadTests.give(lines) { bytes, offset in
      alone.line(bytes, offset: offset)
      return true
    }
    alone.flush()
    let other = RecordingSink()
    let ahead = AheadTests.intake(other)
    ahead.takeLines { take in
      _ = AheadTests.give(lines, atOnce: atOnce, to: take)
    } while: {
      true
    }
    ahead.flush()
    #expect(ahead.linesTaken == lines.count)
    #expect(other.lines == one.lines)
    #expect(other.tallyLines == one.tallyLines)
    #expect(other.byProvider == one.byProvider)
    #expect(ahead.unreadableLines == alone.unreadableLines)
    #expect(messages < 3 || Set(one.events.compactMap(\.provider)).count > 1)
    #expect(messages < 3 || Set(one.events.compactMap(\.cause)).count > 3)
  }

  @Test func endsWhenNobodyWantsMore() {
    let lines = AheadTests.lines(messages: 5000)
    let sink = RecordingSink()
    let intake = AheadTests.intake(sink)
    var asked = 0
    // Written on the other thread while the call lasts, read after it.
    nonisolated(unsafe) var given = 0
    intake.takeLines { take in
      given = AheadTests.give(lines, to: take)
    } while: {
      asked += 1
      return asked <= 2
    }
    #expect(asked == 3)
    #expect(intake.linesTaken < 1000)
    // As many blocks of 256 lines ahead as there are, if this thread stood still, and those that it took; no more.
    #expect(given < 30 * 256)
    #expect(lines.count > 60 * 256)
    // It can be used on.
    intake.takeLines { take in
      _ = AheadTests.give(Array(lines.prefix(10)), to: take)
    } while: {
      true
    }
    #expect(intake.linesTaken == 10)
    intake.flush()
    #expect(!sink.events.isEmpty)
  }
}
