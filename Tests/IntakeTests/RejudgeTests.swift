import Bytes
import Classification
import Journal
import MailLog
import SMTPTypes
import Testing

@testable import Intake

/// What is judged from a journaled event is what was judged from its log line.
struct RejudgeTests {
  /// Log lines that say what our rules' own texts say, in every place where a reply can stand.
  static let lines: [String] = {
    var lines: [String] = []
    var number = 0
    let texts =
      Classifier.builtIn().rules.flatMap(\.matches) + [
        "450 4.2.1 caf\u{E9} is closed", "", "450", "451 4.7.1 wait 5 minutes", "x",
        "421 4.3.2 \u{1}\u{2} shutting down",
      ]
    for text in texts {
      number += 1
      let id = "4ABC" + String(number, radix: 16).uppercased() + "0"
      let text = String(text.prefix(1500))
      let shapes = [
        "smtp[1]: \(id)1: to=<u\(number)@gmail.com>, relay=gmail-smtp-in.l.google.com[192.0.2.1]:25, delay=1, "
          + "delays=0/0/0/1, dsn=4.0.0, status=deferred (host gmail-smtp-in.l.google.com[192.0.2.1] said: \(text) (in reply to RCPT TO command))",
        "smtp[1]: \(id)2: to=<u@two.example>, relay=none, delay=1, delays=0/0/0/1, dsn=4.4.1, status=deferred (\(text))",
        "smtp[1]: \(id)3: to=<u@three.example>, relay=127.0.0.1[127.0.0.1]:10024, delay=1, delays=0/0/0/1, dsn=4.3.0, status=deferred (host 127.0.0.1[127.0.0.1] said: \(text) (in reply to end of DATA command))",
        "lmtp[1]: \(id)4: to=<u@four.example>, relay=mail.four.example[private/dovecot-lmtp], delay=1, delays=0/0/0/1, dsn=4.2.0, status=deferred (host mail.four.example[private/dovecot-lmtp] said: \(text) (in reply to RCPT TO command))",
        "error[1]: \(id)5: to=<u@five.example>, relay=none, delay=1, delays=0/0/0/1, dsn=4.4.1, status=deferred (delivery temporarily suspended: \(text))",
        "local[1]: \(id)6: to=<u@six.example>, relay=local, delay=1, delays=0/0/0/1, dsn=4.2.2, status=deferred (temporary failure. Command output: \(text))",
        "smtp[1]: \(id)7: to=<u@seven.example>, relay=mx.seven.example[192.0.2.7]:25, delay=1, delays=0/0/0/1, dsn=5.7.1, status=bounced (host mx.seven.example[192.0.2.7] refused to talk to me: \(text))",
        "smtpd[1]: NOQUEUE: reject: RCPT from c.example[192.0.2.8]: \(text.isEmpty ? "450 4.7.1" : text); from=<a@b.example> to=<u@eight.example> proto=ESMTP helo=<h>",
      ]
      lines += shapes.map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") }
    }
    for (number, reason) in [
      "connect to 127.0.0.1[127.0.0.1]:10024: Connection refused",
      "lost connection with 127.0.0.1[127.0.0.1] while receiving the initial server greeting",
      "connect to mail.x.example[private/dovecot-lmtp]: No such file or directory",
      "connect to 127.0.0.1[127.0.0.1]:24: Connection refused",
    ].enumerated() {
      let relay = number == 1 ? "127.0.0.1[127.0.0.1]:10025" : "none"
      for daemon in ["smtp", "lmtp", "error", "smtp-amavis/smtp"] {
        lines.append(
          "\(daemon)[1]: 5ABCD\(number)\(daemon.utf8.count): to=<u@i.example>, relay=\(relay), delay=1, "
            + "delays=0/0/0/1, dsn=4.4.1, status=deferred (\(daemon == "error" ? "delivery temporarily suspended: " : "")\(reason))"
        )
      }
    }
    return lines
  }()

  @Test func anEventIsJudgedAsItsLineWas() throws {
    let bench = Bench { $0.rejectionLimit = .max }
    for line in Self.lines { bench.log("10:00:05 " + line) }
    bench.intake.flush()
    #expect(bench.sink.events.count > Self.lines.count / 2)
    let rejudge = EventRejudge(classifier: .builtIn())
    var decoder = EventDecoder()
    for line in bench.sink.lines {
      try line.withUnsafeBufferPointer { bytes in
        guard case .event(let event) = try decoder.decode(ByteView(bytes)) else { return }
        var again = copy event
        guard rejudge.judge(&again) else { return }
        #expect(again.cause == event.cause, "\(String(decoding: line, as: UTF8.self))")
        #expect(again.scope == event.scope && again.rule == event.rule && again.retryAfter == event.retryAfter)
        #expect(again.ruleset == event.ruleset && again.origin == event.origin)
      }
    }
    #expect(rejudge.changed == 0)
    #expect(rejudge.judged > Self.lines.count / 2)
  }

  /// A line that is asked about by itself is judged as in a log.
  @Test func aSingleLineIsJudgedAsInALog() {
    let providers = ProviderMap()
    let rejudge = EventRejudge(classifier: .builtIn())
    var compared = 0
    for line in Self.lines {
      let bench = Bench()
      bench.log("10:00:05 " + line)
      bench.intake.flush()
      guard let logged = bench.sink.events.first else { continue }
      // One a line: it learns whose servers a domain has, as the log's reader does.
      var reader = FailureReader(providers: providers, now: Bench.time("2026-11-24T00:00:00Z"))
      "2026-11-23T10:00:05.000000+00:00 mx1 postfix/\(line)".withByteView { bytes in
        guard case .failure(let read) = reader.read(bytes) else {
          Issue.record("no failure: \(line)")
          return
        }
        var event = copy read
        #expect(rejudge.judge(&event))
        #expect(event.cause == logged.cause && event.scope == logged.scope && event.origin == logged.origin, "\(line)")
        #expect(event.provider.map { String($0) } == logged.provider, "\(line)")
        compared += 1
      }
    }
    #expect(compared > Self.lines.count / 2)
  }

  /// What ended a wait tells the new cause of its last failure.
  @Test func anExpirationTakesOverTheNewVerdict() throws {
    let rules = RuleFile(
      name: "x.yaml", text: "- {id: full-stop, cause: policy, words: [mailbox full], direction: outbound}")
    let rejudge = EventRejudge(classifier: Classifier(layers: [rules]))
    var decoder = EventDecoder()
    var causes: [String] = []
    for line in [
      #"{"time":"2026-11-22T09:00:05Z","type":"transient-failure","source":"log","host":"h","direction":"outbound","hop":"external","cause":"mailbox-full","scope":"recipient","origin":"remote","queue_id":"A","recipient":"a@b.example","rule":"old","ruleset":"00000000","reply":{"text":"450 Mailbox full"}}"#,
      #"{"time":"2026-11-23T09:00:05Z","type":"expiration","source":"log","host":"h","direction":"outbound","hop":"external","cause":"mailbox-full","scope":"recipient","origin":"remote","queue_id":"A","recipient":"a@b.example","rule":"old","ruleset":"00000000"}"#,
      #"{"time":"2026-11-23T09:00:05Z","type":"expiration","source":"log","host":"h","direction":"outbound","hop":"external","cause":"mailbox-full","scope":"recipient","origin":"remote","queue_id":"Z","recipient":"a@b.example","rule":"old","ruleset":"00000000"}"#,
      #"{"time":"2026-11-23T09:00:06Z","type":"delivery","source":"log","host":"h","direction":"outbound","hop":"external","queue_id":"Z","recipient":"a@b.example"}"#,
    ] {
      try line.withByteView { bytes in
        guard case .event(let event) = try decoder.decode(bytes) else { return }
        var again = copy event
        let isJudged = rejudge.judge(&again)
        causes.append(
          "\(isJudged) \(again.cause?.description ?? "-") \(again.rule.map { String($0) } ?? "-") \(again.ruleset == event.ruleset)"
        )
      }
    }
    #expect(
      causes == [
        "true policy full-stop false", "true policy full-stop false", "false mailbox-full old true", "false - - true",
      ])
    #expect(rejudge.changes == [EventRejudge.Change(from: .mailboxFull, to: .policy): 2])
    #expect(rejudge.changed == 2 && rejudge.judged == 2)
  }
}
