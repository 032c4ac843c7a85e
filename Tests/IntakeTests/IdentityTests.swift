import Bytes
import Intake
import Journal
import SMTPTypes
import Testing

private let busy =
  "host mx.example.net[192.0.2.5] said: 451 4.3.2 System busy (in reply to end of DATA command)"

private func deferral(_ time: String, _ queueID: String, delay: Int) -> String {
  "\(time) smtp[4]: \(queueID): to=<b@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=\(delay), delays=0/0/0.5/0.5, dsn=4.3.2, status=deferred (\(busy))"
}

private func identity(_ time: String, _ queueID: String) -> MessageIdentity {
  MessageIdentity(
    time: Bench.time("2026-11-23T\(time)Z"), queueID: queueID, sender: "a@example.org", messageID: "m1@example.org",
    user: "shop", clientHost: "app.example.org", clientAddress: "198.51.100.7",
    tags: [.init(name: "campaign", value: "spring")])
}

@Suite struct IdentityTests {
  @Test func anAttemptHoursLaterStillCarriesTheTags() {
    let bench = Bench { $0.hasMilter = true }
    bench.intake.observe(identity("10:00:00", "4ABC0F1E2D"))
    bench.log(
      "10:00:00 smtpd[1]: 4ABC0F1E2D: client=app.example.org[198.51.100.7]",
      deferral("10:00:01", "4ABC0F1E2D", delay: 1), deferral("15:00:00", "4ABC0F1E2D", delay: 18000))
    bench.intake.flush()
    #expect(bench.sink.events.map(\.tags) == [["campaign=spring"], ["campaign=spring"]])
    #expect(bench.sink.events[1].user == "shop")
    #expect(bench.sink.byTag["campaign=spring"]?.attempts == 2)
  }

  @Test func anIdentityOfAnotherDayIsNotThisMessages() {
    let bench = Bench { $0.hasMilter = true }
    bench.intake.observe(identity("01:00:00", "4ABC0F1E2D"))
    bench.log(deferral("10:00:01", "4ABC0F1E2D", delay: 1))
    #expect(bench.sink.events[0].tags == [])
  }

  @Test(arguments: ["queued as", "orig_queue_id", "message id"])
  func theSecondPassOfAContentFilterIsTheFirstOnesMessage(link: String) {
    let bench = Bench { $0.hasMilter = true }
    bench.intake.observe(identity("10:00:00", "4AAA0F1E2D"))
    bench.log(
      "10:00:00 smtpd[1]: 4AAA0F1E2D: client=app.example.org[198.51.100.7], sasl_method=PLAIN, sasl_username=shop",
      "10:00:00 cleanup[2]: 4AAA0F1E2D: message-id=<m1@example.org>",
      "10:00:00 qmgr[3]: 4AAA0F1E2D: from=<a@example.org>, size=300, nrcpt=1 (queue active)")
    let origin = link == "orig_queue_id" ? ", orig_queue_id=4AAA0F1E2D, orig_client=app.example.org[198.51.100.7]" : ""
    let messageID = link == "message id" ? "m1@example.org" : "other@example.org"
    bench.log(
      "10:00:01 smtpd[1]: 4BBB0F1E2D: client=localhost[127.0.0.1]\(origin)",
      "10:00:01 cleanup[2]: 4BBB0F1E2D: message-id=<\(messageID)>")
    let queuedAs = link == "queued as" ? "4BBB0F1E2D" : "elsewhere"
    bench.log(
      "10:00:01 smtp[4]: 4AAA0F1E2D: to=<b@example.net>, relay=127.0.0.1[127.0.0.1]:10024, delay=1, delays=0/0/0.5/0.5, dsn=2.0.0, status=sent (250 2.0.0 from MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok: queued as \(queuedAs))",
      "10:00:01 qmgr[3]: 4AAA0F1E2D: removed",
      deferral("10:00:02", "4BBB0F1E2D", delay: 1))
    bench.intake.flush()
    #expect(bench.sink.events.count == 1)
    #expect(bench.sink.events[0].tags == ["campaign=spring"])
    #expect(bench.sink.events[0].user == "shop")
    #expect(bench.sink.events[0].client == "198.51.100.7")
    #expect(bench.sink.events[0].firstQueueID == "4AAA0F1E2D")
    #expect(bench.sink.total.attempts == 1)
    #expect(bench.sink.internalHops.attempts == 1)
  }

  @Test func theIdentityIsToldOnce() {
    let bench = Bench {
      $0.hasMilter = true
      $0.introducesMessages = true
    }
    bench.intake.observe(identity("10:00:00", "4ABC0F1E2D"))
    bench.log(deferral("10:00:01", "4ABC0F1E2D", delay: 1), deferral("10:10:01", "4ABC0F1E2D", delay: 601))
    #expect(bench.sink.events.map(\.type) == [.message, .transientFailure, .transientFailure])
    #expect(bench.sink.events[0].source == .milter)
    #expect(bench.sink.events[0].offset == bench.sink.events[1].offset)
  }

  @Test func aRestartGoesOnWhereTheJournalEnds() {
    let before = Bench { $0.hasMilter = true }
    before.intake.observe(identity("10:00:00", "4ABC0F1E2D"))
    before.log(
      "10:00:00 smtpd[1]: 4ABC0F1E2D: client=app.example.org[198.51.100.7]", deferral("10:00:01", "4ABC0F1E2D", delay: 1))

    // The tags come from the journal, though the identity itself is gone (as after a content filter's first pass).
    let after = Bench { $0.hasMilter = true }
    after.intake.beginWarmUp()
    after.log(
      "10:00:00 smtpd[1]: 4ABC0F1E2D: client=app.example.org[198.51.100.7]", deferral("10:00:01", "4ABC0F1E2D", delay: 1))
    after.intake.endWarmUp()
    var decoder = EventDecoder()
    for line in before.sink.lines {
      line.withUnsafeBufferPointer { buffer in
        if let decoded = try? decoder.decode(ByteView(buffer)), case .event(let event) = decoded {
          after.intake.restore(event)
        }
      }
    }
    after.intake.endRestoring()
    #expect(after.sink.events.isEmpty)
    after.log(deferral("10:10:01", "4ABC0F1E2D", delay: 601))
    after.log(
      "10:20:00 smtp[4]: 4ABC0F1E2D: to=<b@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=1200, delays=0/0/0.5/0.5, dsn=2.0.0, status=sent (250 Ok)"
    )
    after.intake.flush()
    #expect(after.sink.events.map(\.attempt) == [2, 3])
    #expect(after.sink.events[1].deferredFor == 1199)
    #expect(after.sink.events[0].tags == ["campaign=spring"])
    #expect(after.sink.total.attempts == 2)
    #expect(after.sink.total.firstAttempts == 0)
  }
}
