import Bytes
import MailLog
import SMTPTypes
import Testing

/// What holds for every line, not only for those in the tables.
@Suite struct PropertyTests {
  static let deferral =
    postfix(
      "smtp",
      "3F2A1B0C9D: to=<ann@example.org>, orig_to=<\"x, y\"@example.com>, relay=mx.example.org[192.0.2.7]:25, conn_use=2, "
        + "delay=3.4, delays=0.1/0.2/1.3/1.8, tls=may, dsn=4.2.2, status=deferred (host mx.example.org[192.0.2.7] said: "
        + "452 4.2.2 status=sent (250 2.0.0 ok) stat=Sent (in reply to end of DATA command))")

  /// Those whose beginnings may never tell of another outcome than the whole.
  static let outcomes = [
    deferral,
    postfix("smtp", "3F2A1B0C9D: to=<a@x>, relay=mx[192.0.2.7]:25, delay=1, dsn=2.0.0, status=sent (250 ok)"),
    postfix("local", "3F2A1B0C9D: to=<a@x>, relay=local, delay=1, dsn=5.1.1, status=bounced (unknown user: \"a\")"),
    postfix(
      "smtp",
      "3F2A1B0C9D: to=<a@x>, relay=none, delay=1, dsn=4.4.1, status=undeliverable (connect to x[192.0.2.1]:25: no)"),
    sendmail("6ANF9AiB030626: to=<a@x>, delay=00:00:01, mailer=local, pri=1, dsn=2.0.0, stat=Sent"),
    sendmail(
      "6ANF9AiB030626: to=<a@x>, delay=00:00:01, mailer=esmtp, pri=1, relay=mx. [192.0.2.7], dsn=5.7.1, reply=450 5.7.1 a, b, stat=Deferred: 450 5.7.1 a, b"
    ),
    sendmail(
      "6ANF9AiB030626: to=<a@x>, delay=00:00:01, mailer=esmtp, pri=1, relay=mx. [192.0.2.7], dsn=5.1.1, reply=550 5.1.1 a, stat=User unknown"
    ),
    sendmail("6ANF9AiB030626: to=<a@x>, delay=00:00:01, mailer=esmtp, pri=1, stat=queued"),
  ]

  static let lines =
    outcomes + [
      postfix(
        "smtpd",
        "NOQUEUE: reject: RCPT from x[192.0.2.1]: 450 4.7.1 <r@e>: later; from=<s@e> to=<r@e> proto=ESMTP helo=<h>"),
      postfix(
        "cleanup",
        "3F2A1B0C9D: reject: header A: b from x[192.0.2.1]; from=<s@e> to=<r@e> proto=ESMTP helo=<h>: 4.7.1 later"),
      postfix(
        "smtpd", "3F2A1B0C9D: client=x[192.0.2.1], sasl_method=PLAIN, sasl_username=ann, orig_client=y[192.0.2.2]"),
      postfix("pickup", "3F2A1B0C9D: uid=0 from=<ann> orig_id=4A5B6C7D8E"),
      postfix("smtp", "3F2A1B0C9D: SASL authentication failed; server x[192.0.2.1] said: 454 4.7.0 x"),
      sendmail(
        "6ANF9AiB030626: to=<a@x>,\"|b, c\",<d@y>, ctladdr=<s@e> (1/1), delay=1+00:00:01, xdelay=00:00:01, mailer=esmtp, pri=1, "
          + "relay=mx.example.org. [192.0.2.7], dsn=4.2.2, reply=452 4.2.2 a, stat=Sent, stat=Deferred: 452 4.2.2 a, stat=Sent"
      ),
      sendmail(
        "6ANF9AiB030626: from=<s@e>, size=1, class=0, nrcpts=1, msgid=<m, n@e>, proto=ESMTP, daemon=MTA, relay=x [192.0.2.1]"
      ),
      sendmail("6ANF9AiB030626: ruleset=check_rcpt, arg1=<r@e>, relay=x [192.0.2.1], reject=450 4.2.0 later"),
      sendmail("6ANF9AiB030626: 6ANF9AiC030626: return to sender: Cannot send message for 5 days"),
      "<22>1 2026-11-23T17:59:48.003Z mx1 postfix/smtp 123 ID [a b=\"c\\\"]\"] 3F2A1B0C9D: to=<a@b>, relay=none, delay=1, dsn=4.4.1, status=deferred (connect to x[192.0.2.1]:25: no)",
    ]

  /// Walks all that a record borrows, so that a view beyond its line would be seen by a sanitizer.
  private func touch(_ record: LogRecord) -> Int {
    guard case .delivery(let delivery) = record else { return kind(record).count }
    let account = delivery.account
    let parts = [
      delivery.queueID, delivery.recipient, delivery.originalRecipient ?? .empty, delivery.relay?.host ?? .empty,
      delivery.relay?.address ?? .empty, delivery.reason, account.reply.text, account.host ?? .empty,
      account.hostAddress ?? .empty, delivery.queuedAs ?? .empty, delivery.delaysText ?? .empty,
    ]
    return parts.reduce(0) { $0 + String($1).count } + delivery.recipients.reduce(0) { $0 + $1.count }
      + (delivery.delays == nil ? 0 : 1)
  }

  @Test(arguments: lines)
  func everyBeginningIsSafe(_ line: String) {
    var parser = parser()
    let whole = kind(ofLine: line)
    let bytes = Array(line.utf8)
    for length in 0...bytes.count {
      // A copy of exactly that length.
      let cut = Array(bytes.prefix(length))
      cut.withUnsafeBufferPointer { buffer in
        guard let (_, record) = parser.parse(ByteView(buffer)) else { return }
        #expect(touch(record) >= 0)
        if case .delivery = record { #expect(kind(record) == whole) }
      }
    }
  }

  /// A small generator, always the same (Numerical Recipes' constants).
  struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  @Test func changedBytesAreSafe() {
    var generator = Generator(state: 7)
    var parser = parser()
    for line in PropertyTests.lines {
      let original = Array(line.utf8)
      for _ in 0..<2000 {
        var bytes = original
        for _ in 0..<Int.random(in: 1...6, using: &generator) {
          let at = Int.random(in: 0..<bytes.count, using: &generator)
          switch Int.random(in: 0..<4, using: &generator) {
          case 0: bytes[at] = UInt8.random(in: 0...255, using: &generator)
          case 1: bytes.remove(at: at)
          case 2: bytes.insert(Array(" <>[]():;,=\"\\.".utf8).randomElement(using: &generator) ?? 0, at: at)
          default: bytes.swapAt(at, Int.random(in: 0..<bytes.count, using: &generator))
          }
        }
        bytes.withUnsafeBufferPointer { buffer in
          if let (_, record) = parser.parse(ByteView(buffer)) { #expect(touch(record) >= 0) }
        }
      }
    }
  }

  @Test func randomBytesAreSafe() {
    var generator = Generator(state: 11)
    var parser = parser()
    let heads = [
      postfix("smtp", ""), postfix("smtpd", ""), postfix("cleanup", ""), sendmail(""), "", "Nov 23 17:59:48 ",
    ]
    for index in 0..<6000 {
      var bytes = Array(heads[index % heads.count].utf8)
      for _ in 0..<Int.random(in: 0...200, using: &generator) {
        bytes.append(UInt8.random(in: 0...255, using: &generator))
      }
      bytes.withUnsafeBufferPointer { buffer in
        if let (_, record) = parser.parse(ByteView(buffer)) { #expect(touch(record) >= 0) }
      }
    }
  }

  /// Lines as long as the reader hands over, made of what the parser looks for.
  @Test(arguments: [
    "\"\\\"", "\",\"\\", "; ", ";from=<", ">, ", ", stat=", "<", "> ", " from x[1]", "[", ": ", " host ", ", a=", "\\",
  ])
  func longLinesAreReadOnce(_ piece: String) {
    let filling = String(repeating: piece, count: 200_000 / piece.utf8.count)
    for head in [
      postfix("smtp", "3F2A1B0C9D: to=<"),
      postfix("smtp", "3F2A1B0C9D: to=<a@b>, relay=none, dsn=4.0.0, status=deferred ("),
      postfix("smtpd", "NOQUEUE: reject: RCPT from x[192.0.2.1]: 450 "),
      postfix("cleanup", "3F2A1B0C9D: reject: header "),
      postfix("smtpd", "3F2A1B0C9D: client=x[192.0.2.1], "), postfix("smtpd", "warning: "),
      postfix("qmgr", "3F2A1B0C9D: from=<"),
      sendmail("6ANF9AiB030626: to="), sendmail("6ANF9AiB030626: to=<a@b>, reply=450 "),
      sendmail("6ANF9AiB030626: from="),
      sendmail("6ANF9AiB030626: ruleset=check_rcpt, arg1="), "<22>1 2026-11-23T17:59:48.003Z mx1 postfix/smtp 123 ID [",
    ] {
      #expect(!kind(ofLine: head + filling).isEmpty)
    }
  }

  @Test(arguments: lines)
  func readingIntoAUsedLineIsTheSame(_ line: String) {
    var used = ParsedLine()
    var parser = parser()
    _ = PropertyTests.deferral.withByteView { parser.parse($0, into: &used) }
    let again = line.withByteView { view -> String in
      parser.parse(view, into: &used) ? "\(kind(used.record)) \(touch(used.record))" : "no header"
    }
    let fresh = parsing(line) { _, record in "\(kind(record)) \(touch(record))" }
    #expect(again == fresh)
  }
}
