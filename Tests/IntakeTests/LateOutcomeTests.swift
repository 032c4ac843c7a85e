import Bytes
import Classification
import Intake
import Journal
import MailLog
import SMTPTypes
import Testing

/// Lines that stand behind one that is younger, clocks that were set, and queue ids that two messages have at once.
@Suite struct LateOutcomeTests {
  static func line(_ time: String, _ daemon: String, _ text: String) -> String {
    "2026-11-20T\(time)+00:00 mx1 \(daemon)[1]: \(text)"
  }

  static func delivery(
    _ time: String, _ queueID: String, _ recipient: String = "a@r.example", delay: String, _ status: String,
    name: String = "postfix"
  ) -> String {
    let (code, text) =
      switch status {
      case "sent": ("2.0.0", "250 ok")
      case "bounced": ("5.1.1", "host mx.r.example[192.0.2.1] said: 550 5.1.1 unknown (in reply to RCPT TO command)")
      default: ("4.3.0", "host mx.r.example[192.0.2.1] said: 451 4.3.0 busy (in reply to RCPT TO command)")
      }
    return line(
      time, "\(name)/smtp",
      "\(queueID): to=<\(recipient)>, relay=mx.r.example[192.0.2.1]:25, delay=\(delay), delays=0/0/0/1, dsn=\(code), "
        + "status=\(status) (\(text))")
  }

  static let begin = line("09:00:00.0", "postfix/qmgr", "6F00000: from=<z@example.org>, size=1, nrcpt=1 (queue active)")

  private func read(_ lines: [String], _ configure: (inout Intake.Options) -> Void = { _ in }) -> Bench {
    let bench = Bench(configure)
    feed(bench, [LateOutcomeTests.begin] + lines)
    bench.intake.finish()
    return bench
  }

  private func feed(_ bench: Bench, _ lines: [String]) {
    for (index, line) in lines.enumerated() { line.withByteView { bench.intake.line($0, offset: index * 1000) } }
  }

  // MARK: Outcomes behind the line that took their message out of the queue

  @Test(arguments: [("sent", EventType.delivery), ("bounced", .bounce)])
  func anOutcomeBehindRemovedEndsItsRecipient(status: String, type: EventType) throws {
    let bench = read([
      Self.delivery("10:00:01.0", "6A00001", delay: "1", "deferred"),
      Self.line("10:01:01.1", "postfix/qmgr", "6A00001: removed"),
      Self.delivery("10:01:01.0", "6A00001", delay: "61", status),
    ])
    #expect(bench.sink.events.map(\.type) == [.transientFailure, type])
    let end = try #require(bench.sink.events.last)
    #expect(end.attempt == 2 && end.deferredFor == 60 && end.queueID == "6A00001")
    #expect(bench.sink.total.attempts == 2 && bench.sink.total.firstAttempts == 1)
  }

  @Test func whoHasNoOutcomeIsDeletedWhenTheLogHasPassedTheEnd() throws {
    let bench = Bench()
    feed(
      bench,
      [
        Self.begin, Self.delivery("10:00:01.0", "6A00001", delay: "1", "deferred"),
        Self.delivery("10:00:01.0", "6A00001", "b@r.example", delay: "1", "deferred"),
        Self.line("10:01:01.1", "postfix/qmgr", "6A00001: removed"),
        Self.delivery("10:01:01.0", "6A00001", delay: "61", "sent"),
        Self.line("10:01:03.0", "postfix/qmgr", "6A00002: removed"),
      ])
    // Not at a commit either, as long as the log has not passed it.
    bench.intake.flush()
    #expect(bench.sink.events(.deletion).isEmpty)
    Self.line("10:01:06.2", "postfix/qmgr", "6A00003: removed").withByteView { bench.intake.line($0, offset: 9000) }
    let deletion = try #require(bench.sink.events(.deletion).first)
    #expect(deletion.recipient == "b@r.example" && deletion.offset == 3000)
    #expect(deletion.note == "left the queue; its outcome was not seen")
    #expect(bench.sink.events(.delivery).count == 1)
  }

  @Test func anEndWaitsThroughACrash() {
    let lines = [
      Self.begin, Self.delivery("10:00:01.0", "6A00001", delay: "1", "deferred"),
      Self.line("10:01:01.1", "postfix/qmgr", "6A00001: removed"),
      Self.delivery("10:01:01.0", "6A00001", delay: "61", "sent"),
    ]
    let first = Bench()
    feed(first, Array(lines.prefix(3)))
    first.intake.flush()
    for hasWarmUp in [true, false] {
      let second = Bench()
      second.intake.beginWarmUp()
      feed(second, Array(hasWarmUp ? lines.prefix(3) : lines[2...2]))
      second.intake.endWarmUp()
      restore(first, into: second)
      lines[3].withByteView { second.intake.line($0, offset: 3000) }
      second.intake.finish()
      #expect(second.sink.events.map(\.type) == [.delivery])
      #expect(second.sink.events.first?.attempt == 2)

      let third = Bench()
      third.intake.beginWarmUp()
      feed(third, Array(lines.prefix(3)))
      third.intake.endWarmUp()
      restore(first, into: third)
      third.intake.advance(to: Bench.time("2026-11-20T10:01:07Z"))
      #expect(third.sink.events.map(\.type) == [.deletion])
    }
  }

  private func restore(_ first: Bench, into second: Bench) {
    var decoder = EventDecoder()
    for line in first.sink.lines {
      line.withUnsafeBufferPointer { buffer in
        guard let decoded = try? decoder.decode(ByteView(buffer)), case .event(let event) = decoded else { return }
        second.intake.restore(event)
      }
    }
    second.intake.endRestoring()
  }

  // MARK: Lines of an older message

  @Test func anOlderMessagesLineLeavesTheNewerAlone() throws {
    let bench = read([
      Self.delivery("10:00:01.0", "6A00001", delay: "1", "deferred"),
      Self.delivery("11:00:01.0", "6A00001", delay: "1", "deferred"),
      Self.delivery("10:01:01.0", "6A00001", delay: "61", "sent"),
      Self.delivery("11:30:01.0", "6A00001", delay: "1801", "sent"),
    ])
    let deliveries = bench.sink.events(.delivery)
    #expect(deliveries.map(\.deferredFor) == [60, 1800])
    #expect(deliveries.map(\.arrival) == [Bench.time("2026-11-20T10:00:00Z"), Bench.time("2026-11-20T11:00:00Z")])
    #expect(bench.sink.events(.deletion).isEmpty)
  }

  @Test func itCountsAndIsToldLongAfterToo() throws {
    let bench = read([
      Self.delivery("10:00:01.0", "6A00001", delay: "1", "deferred"),
      Self.delivery("11:00:01.0", "6A00001", delay: "1", "deferred"),
      Self.line("11:00:30.0", "postfix/qmgr", "6A00002: removed"),
      Self.delivery("10:01:01.0", "6A00001", delay: "61", "sent"),
      Self.delivery("10:01:01.0", "6A00001", "c@r.example", delay: "61", "deferred"),
      Self.delivery("11:30:01.0", "6A00001", delay: "1801", "sent"),
    ])
    #expect(bench.sink.events(.deletion).count == 1)
    let deliveries = bench.sink.events(.delivery)
    #expect(deliveries.map(\.deferredFor) == [nil, 1800])
    #expect(deliveries.map(\.attempt) == [nil, 2])
    #expect(deliveries.first?.arrival == Bench.time("2026-11-20T10:00:00Z"))
    #expect(bench.sink.events(.transientFailure).map(\.attempt) == [1, 1, nil])
    #expect(bench.sink.total.attempts == 5 && bench.sink.total.firstAttempts == 2)
  }

  /// Delays that do not agree: before a line spoke of a message last, no other can have come in under its queue id.
  @Test(arguments: [
    ("a first line that was stamped late", ["10:00:21.0 1", "10:05:00.0 300", "10:15:00.0 900"]),
    ("an arrival before the message's", ["10:00:01.0 1", "10:05:00.0 600", "10:15:00.0 1200"]),
    ("an arrival behind it", ["10:00:20.0 20", "10:05:00.0 290", "10:15:00.0 890"]),
    ("and each another", ["10:00:20.0 20", "10:05:00.0 600", "10:15:00.0 885"]),
  ])
  func aMessageThatIsInTheQueueKeepsItsQueueID(_: String, lines: [String]) {
    let lines = lines.enumerated().map { index, line in
      let words = line.split(separator: " ").map { String($0) }
      return Self.delivery(words[0], "6A00001", delay: words[1], index < 2 ? "deferred" : "sent")
    }
    for cut in 0...2 {
      var bench = read(Array(lines[..<cut]))
      var events = bench.sink.events
      if cut > 0 {
        let first = bench
        bench = Bench()
        restore(first, into: bench)
      }
      feed(bench, Array(lines[cut...]))
      bench.intake.releaseAllEnds()
      bench.intake.finish()
      events += bench.sink.events
      #expect(events.map(\.type) == [.transientFailure, .transientFailure, .delivery])
      #expect(events.map(\.attempt) == [1, 2, 3])
      #expect(Set(events.map(\.arrival)).count == 1)
    }
  }

  /// Another message's, once one could have come in.
  @Test func aYoungerArrivalIsAnotherMessages() {
    let bench = read([
      Self.delivery("10:00:20.0", "6A00001", delay: "20", "deferred"),
      Self.delivery("10:05:00.0", "6A00001", delay: "270", "deferred"),
      Self.line("10:06:00.0", "postfix/qmgr", "6A00002: removed"),
    ])
    #expect(bench.sink.events(.transientFailure).map(\.attempt) == [1, 1])
    #expect(bench.sink.events(.deletion).count == 1)
  }

  // MARK: Arrivals

  @Test func arrivalsAreHeldAgainstTheLifesOwn() {
    let bench = read([
      Self.delivery("10:00:01", "6A00001", delay: "1.9", "deferred"),
      Self.delivery("10:30:05", "6A00001", delay: "1803", "deferred"),
      Self.delivery("11:30:05", "6A00001", delay: "5407", "sent"),
    ])
    #expect(bench.sink.events.map(\.type) == [.transientFailure, .transientFailure, .delivery])
    #expect(bench.sink.events.map(\.attempt) == [1, 2, 3])
  }

  /// A clock that is corrected over days moves later arrivals bit by bit; also over a restart.
  @Test(arguments: [false, true]) func aClockThatDrifts(restarts: Bool) throws {
    let lines = [
      Self.delivery("10:00:01", "6A00001", delay: "1", "deferred"),
      Self.delivery("10:30:05", "6A00001", delay: "1803", "deferred"),
      Self.delivery("11:00:05", "6A00001", delay: "3601", "deferred"),
      Self.delivery("11:30:05", "6A00001", delay: "5399", "deferred"),
      Self.delivery("12:30:07", "6A00001", delay: "8999", "sent"),
    ]
    var bench = read(restarts ? Array(lines[..<4]) : lines)
    var events = bench.sink.events
    if restarts {
      // An end of input closes nothing.
      #expect(events.map(\.type) == [.transientFailure, .transientFailure, .transientFailure, .transientFailure])
      let first = bench
      bench = Bench()
      restore(first, into: bench)
      feed(bench, [lines[4]])
      bench.intake.finish()
      events += bench.sink.events
    }
    #expect(events.map(\.type) == [.transientFailure, .transientFailure, .transientFailure, .transientFailure, .delivery])
    #expect(events.map(\.attempt) == [1, 2, 3, 4, 5])
    #expect(Set(events.map(\.arrival)).count == 1)
  }

  @Test func aClockThatWasSetBackDoesNotEndALife() {
    let bench = read([
      Self.delivery("12:00:01", "6A00001", delay: "1", "deferred"),
      // Postfix takes a delay below zero for zero.
      Self.delivery("11:05:01", "6A00001", delay: "0", "deferred"),
      Self.delivery("12:10:00", "6A00001", delay: "600", "sent"),
    ])
    #expect(bench.sink.events.map(\.type) == [.transientFailure, .transientFailure, .delivery])
    #expect(bench.sink.events.map(\.attempt) == [1, 2, 3])
    #expect(bench.sink.events.allSatisfy { $0.deferredFor ?? 0 >= 0 })
  }

  @Test func anEndOnAClockThatWasSetBackTakesNoTime() {
    let bench = read([
      Self.delivery("12:00:01", "6A00001", delay: "1", "deferred"),
      Self.delivery("11:05:01", "6A00001", delay: "0", "sent"),
    ])
    #expect(bench.sink.events.map(\.type) == [.transientFailure, .delivery])
    #expect(bench.sink.events.last?.deferredFor == 0)
  }

  @Test func anAttemptBehindItsExpiryOpensNothing() {
    let bench = read([
      Self.line("10:00:00", "postfix/qmgr", "6A00001: from=<s@example.org>, size=1, nrcpt=1 (queue active)"),
      Self.delivery("10:00:01", "6A00001", delay: "1", "deferred"),
      Self.line("10:05:02.1", "postfix/qmgr", "6A00001: from=<s@example.org>, status=expired, returned to sender"),
      Self.line("10:05:02.2", "postfix/qmgr", "6A00001: removed"),
      Self.delivery("10:05:02.0", "6A00001", delay: "302", "deferred"),
      Self.line("10:06:00", "postfix/qmgr", "6A00002: from=<s@example.org>, size=1, nrcpt=1 (queue active)"),
    ])
    #expect(bench.sink.events.map(\.type) == [.transientFailure, .expiration])
    #expect(bench.sink.total.attempts == 2)
    #expect(bench.sink.trouble["late-line"] == 1)
  }

  /// Behind the expiry and before the queue manager's last line; one of a later moment is a new attempt at what could not
  /// be returned.
  @Test(arguments: [("10:05:01.9", false), ("10:05:02.3", false), ("10:20:00.0", true)])
  func aLastAttemptBehindItsExpiryEndsOnce(_ time: String, isNew: Bool) {
    let bench = read([
      Self.line("10:00:00", "postfix/qmgr", "6A00001: from=<s@example.org>, size=1, nrcpt=1 (queue active)"),
      Self.delivery("10:00:01", "6A00001", delay: "1", "deferred"),
      Self.line("10:05:02.1", "postfix/qmgr", "6A00001: from=<s@example.org>, status=expired, returned to sender"),
      Self.delivery(time, "6A00001", delay: isNew ? "1200" : "302", "deferred"),
      Self.line("10:30:02.2", "postfix/qmgr", "6A00001: removed"),
      Self.line("10:36:00", "postfix/qmgr", "6A00002: from=<s@example.org>, size=1, nrcpt=1 (queue active)"),
    ])
    let ends: [EventType] = [.transientFailure, .expiration]
    #expect(bench.sink.events.map(\.type) == (isNew ? ends + [.transientFailure, .deletion] : ends))
    #expect(bench.sink.trouble["late-line"] == (isNew ? nil : 1))
  }

  // MARK: Two instances on one host

  /// Of a log of which only the deliveries' lines are left.
  @Test func deliveriesOfOneMomentInTwoInstances() {
    let bench = read([
      Self.line("09:10:00", "postfix-a/qmgr", "6FFFFF1: removed"),
      Self.line("09:10:00", "postfix-b/qmgr", "6FFFFF1: removed"),
      Self.delivery("10:00:01.1", "6A00001", delay: "1", "deferred", name: "postfix-a"),
      Self.delivery("10:00:01.3", "6A00001", delay: "1.1", "deferred", name: "postfix-b"),
      Self.delivery("10:10:01.3", "6A00001", delay: "601.1", "deferred", name: "postfix-b"),
      Self.delivery("10:10:02.1", "6A00001", delay: "602", "sent", name: "postfix-a"),
      Self.delivery("10:20:01.3", "6A00001", delay: "1201.1", "sent", name: "postfix-b"),
    ])
    #expect(
      bench.sink.events.map(\.type) == [.transientFailure, .transientFailure, .transientFailure, .delivery, .delivery])
    #expect(bench.sink.events.map(\.attempt) == [1, 1, 2, 2, 3])
  }

  @Test func twoInstancesMayUseOneQueueID() {
    let bench = read([
      Self.delivery("10:00:01.0", "6A00001", delay: "1", "deferred"),
      Self.delivery("10:02:01.5", "6A00001", "b@r.example", delay: "1", "deferred", name: "postfix-out"),
      Self.delivery("10:03:00.0", "6A00001", "b@r.example", delay: "59.5", "deferred", name: "postfix-out"),
      Self.delivery("10:05:02.0", "6A00001", delay: "302", "sent"),
      Self.line("10:05:02.1", "postfix/qmgr", "6A00001: removed"),
      Self.delivery("10:06:02.0", "6A00001", "b@r.example", delay: "241.5", "sent", name: "postfix-out"),
      Self.line("10:06:02.1", "postfix-out/qmgr", "6A00001: removed"),
    ])
    #expect(
      bench.sink.events.map(\.type) == [.transientFailure, .transientFailure, .transientFailure, .delivery, .delivery])
    #expect(bench.sink.events.map(\.attempt) == [1, 1, 2, 2, 3])
    #expect(bench.sink.total.firstAttempts == 2)
  }

  @Test func anotherInstancesRemovalEndsNothing() {
    let bench = read([
      Self.delivery("10:00:01", "6A00001", delay: "1", "deferred"),
      Self.line("10:02:02", "postfix-out/qmgr", "6A00001: removed"),
      Self.line("10:04:02", "postfix-out/qmgr", "6A00001: from=<q@example.org>, size=1, nrcpt=1 (queue active)"),
      Self.line("10:04:03", "postfix-out/qmgr", "6A00001: from=<q@example.org>, status=expired, returned to sender"),
      Self.delivery("10:05:02", "6A00001", delay: "302", "sent"),
    ])
    #expect(bench.sink.events.filter { $0.recipient != nil }.map(\.type) == [.transientFailure, .delivery])
  }

  @Test func anotherInstancesCleanMessageEndsNothing() {
    let bench = read([
      Self.delivery("10:00:01", "6A00001", delay: "1", "deferred"),
      Self.line("10:02:00", "postfix-out/qmgr", "6A00001: from=<q@example.org>, size=1, nrcpt=1 (queue active)"),
      Self.delivery("10:02:01", "6A00001", "b@r.example", delay: "0.5", "sent", name: "postfix-out"),
      Self.line("10:02:02", "postfix-out/qmgr", "6A00001: removed"),
      Self.delivery("10:05:02", "6A00001", delay: "302", "sent"),
      Self.line("10:05:02", "postfix/qmgr", "6A00001: removed"),
    ])
    #expect(bench.sink.events.map(\.type) == [.transientFailure, .delivery])
    #expect(bench.sink.events.map(\.recipient) == ["a@r.example", "a@r.example"])
    #expect(bench.sink.total.firstAttempts == 2)
  }

  /// Its queue manager is known by what it took out of its queue, and the message comes in through its smtpd.
  @Test func anotherInstancesNewMessageEndsNothing() {
    let bench = read([
      Self.line("09:10:00", "postfix-out/qmgr", "6FFFFF1: removed"),
      Self.line("10:00:00", "postfix/qmgr", "6A00001: from=<s@example.org>, size=1, nrcpt=1 (queue active)"),
      Self.delivery("10:00:01", "6A00001", delay: "1", "deferred"),
      Self.line("10:02:00", "postfix-out/smtpd", "6A00001: client=app.example.org[192.0.2.50]"),
      Self.line("10:02:00", "postfix-out/qmgr", "6A00001: from=<q@example.org>, size=1, nrcpt=1 (queue active)"),
      Self.delivery("10:02:01", "6A00001", "b@r.example", delay: "1", "deferred", name: "postfix-out"),
      Self.delivery("10:05:02", "6A00001", delay: "302", "sent"),
      Self.line("10:05:02", "postfix/qmgr", "6A00001: removed"),
    ])
    #expect(bench.sink.events.map(\.type) == [.transientFailure, .transientFailure, .delivery])
    #expect(bench.sink.events.map(\.recipient) == ["a@r.example", "b@r.example", "a@r.example"])
    #expect(bench.sink.events.map(\.attempt).last == 2)
  }

  /// Two messages of one queue id, one moment and one recipient: the instance tells them apart.
  @Test func messagesOfOneMomentInTwoInstances() {
    let known = ["postfix-a", "postfix-b"].map { Self.line("09:10:00", "\($0)/qmgr", "6FFFFF1: removed") }
    let bench = read(
      known + [
        Self.line("10:00:00.1", "postfix-a/smtpd", "6A00001: client=app.example.org[192.0.2.50]"),
        Self.line("10:00:00.2", "postfix-b/smtpd", "6A00001: client=web.example.org[192.0.2.51]"),
        Self.line("10:00:00.2", "postfix-a/qmgr", "6A00001: from=<s@example.org>, size=1, nrcpt=1 (queue active)"),
        Self.line("10:00:00.3", "postfix-b/qmgr", "6A00001: from=<t@example.org>, size=1, nrcpt=1 (queue active)"),
        Self.delivery("10:00:01.1", "6A00001", delay: "1", "deferred", name: "postfix-a"),
        Self.delivery("10:00:01.3", "6A00001", delay: "1.1", "deferred", name: "postfix-b"),
        Self.delivery("10:10:01.1", "6A00001", delay: "601", "sent", name: "postfix-a"),
        Self.line("10:10:01.2", "postfix-a/qmgr", "6A00001: removed"),
        Self.delivery("10:10:02.3", "6A00001", delay: "602.1", "deferred", name: "postfix-b"),
        Self.line("10:20:01.2", "postfix-b/qmgr", "6A00001: removed"),
        Self.line("10:21:01.2", "postfix-b/qmgr", "6A00002: removed"),
      ])
    #expect(
      bench.sink.events.map(\.type) == [.transientFailure, .transientFailure, .delivery, .transientFailure, .deletion])
    #expect(bench.sink.events.map(\.attempt) == [1, 1, 2, 2, nil])
    #expect(
      bench.sink.events.map(\.sender)
        == ["s@example.org", "t@example.org", "s@example.org", "t@example.org", "t@example.org"])
    #expect(bench.sink.events.map(\.client) == ["192.0.2.50", "192.0.2.51", "192.0.2.50", "192.0.2.51", "192.0.2.51"])
  }

  @Test func labelsOfSendmailAreNoInstances() {
    let bench = read([
      Self.line("09:10:00", "sm-mta", "6ANF9AiB030620: done; delay=00:00:01, ntries=1"),
      Self.line("09:10:01", "sm-que", "6ANF9AiB030621: done; delay=00:00:01, ntries=1"),
      Self.line(
        "10:00:01", "sm-mta",
        "6ANF9AiB030626: to=<a@r.example>, delay=00:00:01, mailer=esmtp, pri=1, relay=mx.r.example. [192.0.2.1], dsn=4.0.0, stat=Deferred: 450 4.2.0 later"
      ),
      Self.line("10:30:01", "sm-que", "6ANF9AiB030626: 6ANF9AiC030626: return to sender: Cannot send message for 5 days"),
    ])
    #expect(bench.sink.events.map(\.type) == [.transientFailure, .expiration])
    #expect(bench.sink.events.map(\.recipient) == ["a@r.example", "a@r.example"])
  }

  /// A transport may have a syslog name of its own.
  @Test func aTransportsNameIsNoInstance() {
    let bench = read([
      Self.delivery("10:00:01", "6A00001", delay: "1", "deferred", name: "postfix-slow"),
      Self.delivery("10:05:02", "6A00001", delay: "302", "sent"),
      Self.delivery("10:00:01", "6A00002", delay: "1", "deferred", name: "postfix-slow"),
      Self.line("10:06:02", "postfix/qmgr", "6A00002: removed"),
    ])
    #expect(bench.sink.events(.delivery).count == 1)
    #expect(bench.sink.events(.deletion).count == 1)
  }

  @Test func bothAreTakenUpAfterACrash() {
    let first = Bench()
    feed(
      first,
      [
        Self.begin, Self.delivery("10:00:01.0", "6A00001", delay: "1", "deferred"),
        Self.delivery("10:02:01.5", "6A00001", "b@r.example", delay: "1", "deferred", name: "postfix-out"),
      ])
    first.intake.flush()
    let second = Bench()
    second.intake.beginWarmUp()
    feed(second, [Self.begin])
    second.intake.endWarmUp()
    restore(first, into: second)
    feed(
      second,
      [
        Self.delivery("10:05:02.0", "6A00001", delay: "302", "sent"),
        Self.delivery("10:06:02.0", "6A00001", "b@r.example", delay: "241.5", "sent", name: "postfix-out"),
      ])
    second.intake.finish()
    #expect(second.sink.events.map(\.type) == [.delivery, .delivery])
    #expect(second.sink.events.map(\.attempt) == [2, 2])
  }
}
