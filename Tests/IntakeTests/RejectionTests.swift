import Classification
import Intake
import Journal
import SMTPTypes
import Testing

private func line(_ time: String, _ recipient: String = "b@example.org") -> String {
  "\(time) smtpd[1]: NOQUEUE: reject: RCPT from app.example.net[198.51.100.7]: 450 4.7.1 <\(recipient)>: Recipient address rejected: Greylisted, try again in 300 seconds; from=<a@example.net> to=<\(recipient)> proto=ESMTP helo=<app.example.net>"
}

private func seen(_ time: String, _ recipient: String = "b@example.org") -> ObservedRejection {
  ObservedRejection(
    time: Bench.time("2026-11-23T\(time)Z"), clientHost: "app.example.net", clientAddress: "198.51.100.7",
    sender: "a@example.net", recipient: recipient, user: "shop", status: "4.7.1",
    text: "<\(recipient)>: Recipient address rejected: Greylisted, try again in 300 seconds")
}

@Suite struct RejectionTests {
  @Test(arguments: [true, false])
  func milterAndLogTellOfOneRejection(milterFirst: Bool) {
    let bench = Bench { $0.hasMilter = true }
    if milterFirst { bench.intake.observe(seen("10:00:00")) }
    bench.log(line("10:00:00"))
    if !milterFirst { bench.intake.observe(seen("10:00:00")) }
    bench.intake.advance(to: Bench.time("2026-11-23T10:01:00Z"))
    bench.intake.flush()
    #expect(bench.sink.events.count == 1)
    #expect(bench.sink.events[0].source == .log)
    #expect(bench.sink.events[0].user == "shop")
    #expect(bench.sink.events[0].cause == .greylisted)
    #expect(bench.sink.events[0].origin == .ownReply)
    #expect(bench.sink.events[0].offset == 0)
  }

  @Test func pairsAreOneToOne() {
    let bench = Bench { $0.hasMilter = true }
    bench.log(line("10:00:00"), line("10:00:00"))
    bench.intake.observe(seen("10:00:00"))
    bench.intake.observe(seen("10:00:00"))
    bench.intake.observe(seen("10:00:00"))
    bench.intake.advance(to: Bench.time("2026-11-23T10:01:00Z"))
    #expect(bench.sink.events.map(\.source) == [.log, .log, .milter])
  }

  @Test func aMilterRejectionStandsAloneOnlyAfterTheLogPassed() {
    let bench = Bench { $0.hasMilter = true }
    bench.intake.observe(seen("10:00:00"))
    bench.intake.advance(to: Bench.time("2026-11-23T10:00:04Z"))
    #expect(bench.sink.events.isEmpty)
    bench.intake.advance(to: Bench.time("2026-11-23T10:00:05Z"))
    #expect(bench.sink.events.map(\.source) == [.milter])
    #expect(bench.sink.events[0].cause == .greylisted)
  }

  @Test func withoutALogTheMilterIsTheEvent() {
    let bench = Bench {
      $0.hasMilter = true
      $0.followsLog = false
      $0.hostName = "mx1"
    }
    bench.intake.observe(seen("10:00:00"))
    #expect(bench.sink.events.map(\.source) == [.milter])
    #expect(bench.sink.events[0].host == "mx1")
  }

  /// What Sendmail writes of a message that a milter puts off after DATA (srvrsmtp.c, logundelrcpts).
  @Test func aMilterOfSendmailsPutsAMessageOffOnce() {
    let bench = Bench()
    bench.sendmail(
      "10:00:00 6ANF9AiB030626: from=<a@example.net>, size=500, class=0, nrcpts=2, msgid=<4@example.net>, proto=ESMTP, daemon=MTA-v4, relay=app.example.net [198.51.100.7]",
      "10:00:01 6ANF9AiB030626: Milter: data, reject=451 4.7.1 Greylisting in action, please come back later",
      "10:00:01 6ANF9AiB030626: to=<b@example.org>, delay=00:00:01, pri=30500, stat=Greylisting in action, please come back later",
      "10:00:01 6ANF9AiB030626: to=<c@example.org>, delay=00:00:01, pri=30500, stat=Greylisting in action, please come back later"
    )
    bench.intake.flush()
    #expect(bench.sink.events.map(\.type) == [.rejection])
    #expect(bench.sink.events.first?.cause == .greylisted)
    #expect(bench.sink.events.first?.sender == "a@example.net")
    #expect(bench.sink.events.first?.client == "198.51.100.7")
    #expect(bench.sink.total.attempts == 0)
  }

  @Test func aPermanentRejectionIsNone() {
    let bench = Bench()
    bench.log(
      "10:00:00 smtpd[1]: NOQUEUE: reject: RCPT from app.example.net[198.51.100.7]: 554 5.7.1 <b@example.org>: Relay access denied; from=<a@example.net> to=<b@example.org> proto=ESMTP helo=<x>"
    )
    #expect(bench.sink.events.isEmpty)
  }

  @Test func strangersCannotFillTheDisk() {
    let bench = Bench()
    for index in 0..<200 { bench.log(line("10:00:\(index % 60 < 10 ? "0" : "")\(index % 60)", "r\(index)@example.org")) }
    bench.intake.flush()
    #expect(bench.sink.events.count == 60)
    #expect(bench.sink.rejections == ["greylisted/rcpt": 140])
  }

  @Test func aFloodStaysPairedAndOrdered() {
    let bench = Bench {
      $0.hasMilter = true
      $0.rejectionLimit = .max
    }
    for index in 0..<5_000 {
      let second = index / 100
      let time = "10:00:\(second < 10 ? "0" : "")\(second)"
      bench.log(line(time, "r\(index)@example.org"))
      if index % 2 == 0 { bench.intake.observe(seen(time, "r\(index)@example.org")) }
    }
    bench.intake.advance(to: Bench.time("2026-11-23T10:05:00Z"))
    bench.intake.flush()
    #expect(bench.sink.events.count == 5_000)
    #expect(bench.sink.events.filter { $0.user == "shop" }.count == 2_500)
    #expect(Set(bench.sink.events.compactMap(\.offset)).count == 5_000)
  }
}
