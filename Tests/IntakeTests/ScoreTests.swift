import Bytes
import Classification
import DeliveryStatus
import Foundation
import Intake
import Journal
import Privacy
import SMTPTypes
import Testing

private func sent(
  _ time: String, _ id: String, to recipient: String, by relay: String = "mx.example.net[192.0.2.5]:25"
) -> String {
  "\(time) smtp[4]: \(id): to=<\(recipient)>, relay=\(relay), delay=1, delays=0/0/0.5/0.5, dsn=2.0.0, status=sent (250 Ok)"
}

private func bounced(_ time: String, _ reply: String = "550 5.1.1 <b@example.net>: user unknown") -> String {
  "\(time) smtp[4]: 4ABC0F1E2D: to=<b@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=1, delays=0/0/0.5/0.5, dsn=\(reply.split(separator: " ")[1]), status=bounced (host mx.example.net[192.0.2.5] said: \(reply) (in reply to RCPT TO command))"
}

/// The next delivery to a recipient whom a message failed.
@Suite struct ScoreTests {
  @Test(arguments: [
    "550 5.1.1 <b@example.net>: user unknown", "550 5.7.1 Blocked for spam",
  ])
  func theNextDeliveryToAFailedRecipientIsTold(_ reply: String) {
    let bench = Bench()
    bench.log(
      bounced("10:00:01", reply), sent("11:00:01", "5ABC0F1E2D", to: "other@example.net"),
      // Into our own content filter: not there yet.
      sent("11:00:02", "6ABC0F1E2D", to: "b@example.net", by: "127.0.0.1[127.0.0.1]:10024"),
      sent("11:00:03", "7ABC0F1E2D", to: "B@Example.NET"), sent("11:00:04", "8ABC0F1E2D", to: "b@example.net"))
    // Once, and only theirs: addresses of mail that arrives at once are not kept.
    #expect(bench.sink.events.map(\.type) == [.bounce, .delivery])
    #expect(bench.sink.events.last?.recipient == "B@Example.NET")
    #expect(bench.sink.events.last?.domain == "example.net")
  }

  /// An alias and the address that it leads to are each asked after.
  @Test func anAliasAndItsMemberAreToldOf() {
    func to(_ time: String, _ id: String, _ recipient: String, _ outcome: String) -> String {
      "\(time) smtp[4]: \(id): to=<\(recipient)>, orig_to=<list@example.org>, relay=mx.example.net[192.0.2.5]:25, delay=1, delays=0/0/0.5/0.5, \(outcome)"
    }
    let bench = Bench()
    let bounce = "dsn=5.1.1, status=bounced (host mx.example.net[192.0.2.5] said: 550 5.1.1 no (in reply to RCPT TO command))"
    bench.log(
      to("10:00:01", "4ABC0F1E2D", "b@example.net", bounce),
      to("11:00:01", "5ABC0F1E2D", "c@example.net", "dsn=2.0.0, status=sent (250 Ok)"),
      sent("11:00:03", "7ABC0F1E2D", to: "b@example.net"), sent("11:00:04", "8ABC0F1E2D", to: "b@example.net"))
    #expect(bench.sink.events.map(\.type) == [.bounce, .delivery, .delivery])
    #expect(bench.sink.events.map(\.recipient) == ["b@example.net", "c@example.net", "b@example.net"])
  }

  /// However the two messages spelt the address.
  @Test(arguments: [
    ("jörg@müller.example", "JÖRG@xn--mller-kva.example"), ("\"john doe\"@x.example", "John Doe@x.example"),
    ("b@xn--mller-kva.example", "b@Müller.example"),
  ])
  func theNextDeliveryMeetsAnySpelling(_ failed: String, _ delivered: String) {
    let bench = Bench()
    bench.log(
      bounced("10:00:01").replacing("to=<b@example.net>", with: "to=<\(failed)>"),
      sent("11:00:01", "5ABC0F1E2D", to: "x" + delivered), sent("11:00:03", "7ABC0F1E2D", to: delivered))
    #expect(bench.sink.events.map(\.type) == [.bounce, .delivery])
  }

  @Test(arguments: [
    (ReportedAction.failed, true, true), (.failed, false, false), (.delayed, true, false),
  ])
  func aReportOfAFailureOfOursCountsToo(_ action: ReportedAction, _ isMatched: Bool, _ isTold: Bool) {
    let bench = Bench()
    let text = "550 5.1.1 User unknown"
    var report = DeliveryReport()
    report.kind = .bounce
    var recipient = ReportedRecipient(address: "b@example.net", action: action)
    recipient.isRemoteReply = true
    recipient.status = text.withByteView { Reply(parsing: $0).enhanced }
    recipient.reply = ReportedReply(
      code: text.withByteView { Reply(parsing: $0).code }, enhanced: recipient.status, text: text)
    report.recipients = [recipient]
    bench.intake.observe(report, at: Bench.time("2026-11-23T10:00:00Z"), isOurOwn: false, isMatched: isMatched)
    #expect(bench.sink.events.count == 1)
    bench.log(sent("11:00:02", "6ABC0F1E2D", to: "b@example.net"))
    #expect(bench.sink.events(.delivery).count == (isTold ? 1 : 0))
  }

  /// Whatever the journal stores of an address. Where it has another mark in each message, a delivery would take
  /// nothing back.
  @Test(arguments: [(AddressMode.plain, 1), (.pseudonymised, 1), (.domainOnly, 0)])
  func aRestartRemembersWhoFailed(_ mode: AddressMode, _ told: Int) throws {
    let path = NSTemporaryDirectory() + "softbounce-score-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let key = try PseudonymKey.obtain(path: path).key
    let pseudonyms = mode == .plain ? nil : Pseudonyms(key: key, mode: mode)
    func bench() -> Bench { Bench { $0.recipientKey = pseudonyms.map { RecipientKey($0) } } }
    let before = bench()
    before.log(bounced("10:00:01"))

    let after = bench()
    restore(before.sink.lines, pseudonyms, into: after)
    after.log(
      sent("11:00:02", "6ABC0F1E2D", to: "b@example.net"), sent("11:00:03", "7ABC0F1E2D", to: "b@example.net"))
    #expect(after.sink.events.map(\.type) == Array(repeating: .delivery, count: told))

    // And that it was taken back.
    let third = bench()
    restore(before.sink.lines + after.sink.lines, pseudonyms, into: third)
    third.log(sent("12:00:02", "8ABC0F1E2D", to: "b@example.net"))
    #expect(third.sink.events.map(\.type) == Array(repeating: .delivery, count: 0))
  }

  @Test func aRestartUnpacksOnlySegmentsWithAFailureThatCounts() throws {
    let directory = NSTemporaryDirectory() + "softbounce-score-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    var options = JournalWriter.Options()
    options.segmentBytes = 4000
    let writer = try JournalWriter(directory: directory, options: options)
    for number in 0..<400 {
      let commit = writer.append { group in
        var event = Event(time: Timestamp(seconds: 1_700_000_000 + Int64(number)), type: .transientFailure)
        event.source = .log
        event.direction = .outbound
        event.hop = .external
        event.scope = .recipient
        event.cause = .mailboxFull
        event.recipient = ByteView("b@example.net")
        if number == 200 { event.type = .bounce }
        // In our own house: not asked after.
        if number == 300 {
          event.type = .bounce
          event.hop = .internal
        }
        group.add(event)
      }
      _ = writer.waitUntilDurable(commit, timeout: 30)
    }
    writer.close()
    #expect(try JournalKeeper(directory: directory).run().sealed.count > 4)
    var bounces = 0
    let report = try JournalReader(directory: directory).scan(where: { $0.mayScore }) { line, _ in
      switch line {
      case .event(let event): if event.type == .bounce { bounces += 1 }
      default: break
      }
    }
    #expect(bounces == 1)
    // The one segment, and the last, which is not sealed.
    #expect(report.segments - report.skipped == 2)
  }

  /// Restores `lines` as a journal keeps them.
  private func restore(_ lines: [[UInt8]], _ pseudonyms: Pseudonyms?, into bench: Bench) {
    let redactor = pseudonyms.map { EventRedactor($0) }
    var decoder = EventDecoder()
    for line in lines {
      line.withUnsafeBufferPointer { buffer in
        guard let decoded = try? decoder.decode(ByteView(buffer)), case .event(let event) = decoded else { return }
        if let redactor {
          redactor.redact(event) {
            #expect($0.recipient?.hasPrefix("~") == true)
            bench.intake.restoreScore($0)
          }
        } else {
          bench.intake.restoreScore(event)
        }
      }
    }
  }
}
