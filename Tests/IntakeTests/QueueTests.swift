import Bytes
import Classification
import Intake
import Journal
import MailQueue
import SMTPTypes
import Testing

@Suite struct QueueTests {
  private static let full =
    "host mx.example.net[192.0.2.5] said: 452 4.2.2 <b@example.net>: Mailbox full (in reply to RCPT TO command)"

  private func bench() -> Bench { Bench { $0.hostName = "mx1" } }

  /// An entry that arrived at `arrival` (2026-11-23).
  private func entry(
    _ id: String, _ arrival: String, _ recipients: [String: String?], queue: String = "deferred"
  ) -> String {
    let seconds = Bench.time("2026-11-23T\(arrival)Z").seconds
    let list = recipients.sorted { $0.key < $1.key }.map { address, reason in
      #"{"address":"\#(address)""# + (reason.map { #","delay_reason":"\#($0)""# } ?? "") + "}"
    }
    return
      #"{"queue_name":"\#(queue)","queue_id":"\#(id)","arrival_time":\#(seconds),"message_size":300,"forced_expire":false,"sender":"a@example.org","recipients":[\#(list.joined(separator: ","))]}"#
  }

  @discardableResult
  private func list(_ bench: Bench, at time: String, complete: Bool = true, _ entries: String...) throws -> QueueGauge? {
    bench.intake.beginListing(at: Bench.time("2026-11-23T\(time)Z"))
    var reader = QueueListReader()
    for entry in entries {
      let store = ByteStore([entry])
      bench.intake.listed(try reader.read(store[0]))
      withExtendedLifetime(store) {}
    }
    return bench.intake.endListing(isComplete: complete)
  }

  private let deferral =
    "smtp[4]: 4ABC0F1E2D: to=<b@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.2.2, status=deferred (\(full))"

  @Test func aMessageThatTheQueueToldOfIsSaidToBe() throws {
    let bench = Bench {
      $0.hostName = "mx1"
      $0.introducesMessages = true
    }
    let shown = entry("4ABC0F1E2D", "09:00:00", ["b@example.net": Self.full])
    try list(bench, at: "10:00:00", shown)
    try list(bench, at: "10:00:15", shown)
    #expect(bench.sink.events(.message).map(\.source) == [.queue])
  }

  @Test func whatTheLogLostBecomesAnEventOnTheSecondSight() throws {
    let bench = bench()
    let shown = entry("4ABC0F1E2D", "09:00:00", ["b@example.net": Self.full])
    try list(bench, at: "10:00:00", shown)
    #expect(bench.sink.events.isEmpty)
    try list(bench, at: "10:00:15", shown)
    try list(bench, at: "10:05:00", shown)
    #expect(bench.sink.events.count == 1)
    let event = try #require(bench.sink.events.first)
    #expect(event.type == .transientFailure)
    #expect(event.source == .queue)
    #expect(!event.isAttempt)
    #expect(event.attempt == nil)
    #expect(event.cause == .mailboxFull)
    #expect(event.origin == .remote)
    #expect(event.recipient == "b@example.net")
    #expect(event.sender == "a@example.org")
    #expect(event.arrival == Bench.time("2026-11-23T09:00:00Z"))
    #expect(event.offset == nil)
    // Its recovery is one, though no attempt was logged before.
    bench.log(
      "11:00:00 smtp[4]: 4ABC0F1E2D: to=<b@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=7200, delays=7199/0/0.5/0.5, dsn=2.0.0, status=sent (250 2.0.0 Ok)",
      "11:00:00 qmgr[3]: 4ABC0F1E2D: removed")
    bench.intake.flush()
    #expect(bench.sink.events.map(\.type) == [.transientFailure, .delivery])
    #expect(bench.sink.events[1].arrival == event.arrival)
    #expect(bench.sink.events[1].attempt == nil)
    #expect(bench.sink.total.attempts == 1)
    #expect(bench.sink.total.firstAttempts == 0)
  }

  @Test func whatTheLogToldIsNoEvent() throws {
    let bench = bench()
    bench.log("10:00:01 smtpd[1]: 4ABC0F1E2D: client=app.example.org[198.51.100.7]", "10:00:02 \(deferral)")
    for minute in 1...4 {
      try list(bench, at: "10:0\(minute):00", entry("4ABC0F1E2D", "10:00:01", ["b@example.net": Self.full]))
    }
    #expect(bench.sink.events.count == 1)
    #expect(bench.sink.events.first?.source == .log)
  }

  @Test func aLineThatComesBetweenTwoSightsIsTheEvent() throws {
    let bench = bench()
    let shown = entry("4ABC0F1E2D", "10:00:01", ["b@example.net": Self.full])
    try list(bench, at: "10:00:03", shown)
    bench.log("10:00:02 \(deferral)")
    try list(bench, at: "10:00:20", shown)
    #expect(bench.sink.events.map(\.source) == [.log])
  }

  @Test func whatIsGoneIsClosedOnceTheLogWasSilent() throws {
    let bench = bench()
    bench.log("10:00:01 smtpd[1]: 4ABC0F1E2D: client=app.example.org[198.51.100.7]", "10:00:02 \(deferral)")
    // Not yet: the log spoke of it a moment ago.
    try list(bench, at: "10:00:10")
    try list(bench, at: "10:05:00")
    #expect(bench.sink.events(.deletion).isEmpty)
    // A listing that broke off proves nothing.
    try list(bench, at: "10:07:00", complete: false)
    #expect(bench.sink.events(.deletion).isEmpty)
    try list(bench, at: "10:10:00")
    try list(bench, at: "10:15:00")
    let deletion = try #require(bench.sink.events(.deletion).first)
    #expect(bench.sink.events.count == 2)
    #expect(deletion.source == .queue)
    #expect(deletion.recipient == "b@example.net")
    #expect(deletion.cause == .mailboxFull)
    #expect(deletion.note == "no longer in the queue, and no line of the log told of its end")
    #expect(deletion.arrival == bench.sink.events[0].arrival)
  }

  @Test func oneRecipientOfTwoIsGone() throws {
    let bench = bench()
    for name in ["b", "c"] {
      bench.log(
        "10:00:02 smtp[4]: 4ABC0F1E2D: to=<\(name)@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.2.2, status=deferred (\(Self.full))")
    }
    let shown = entry("4ABC0F1E2D", "10:00:01", ["c@example.net": Self.full])
    for minute in ["10", "15", "20"] { try list(bench, at: "10:\(minute):00", shown) }
    #expect(bench.sink.events(.deletion).map(\.recipient) == ["b@example.net"])
  }

  @Test(arguments: ["postfix-out", "sm-mta"])
  func anotherInstanceHasAQueueOfItsOwn(name: String) throws {
    let bench = bench()
    let line = "2026-11-23T10:00:02.000000+00:00 mx1 \(name)/\(deferral)"
    line.withByteView { bench.intake.line($0, offset: 0) }
    #expect(bench.sink.events.count == 1)
    for minute in ["10", "15", "20", "25"] { try list(bench, at: "10:\(minute):00") }
    #expect(bench.sink.events(.deletion).isEmpty)
    // Once the listing had a message of that name, it is known to list them.
    try list(bench, at: "10:30:00", entry("4ABC0F1E2D", "10:00:01", ["b@example.net": Self.full]))
    for minute in ["35", "40"] { try list(bench, at: "10:\(minute):00") }
    #expect(bench.sink.events(.deletion).count == 1)
  }

  @Test func aQueueIDUsedAgainIsAnotherMessage() throws {
    let bench = bench()
    bench.log("10:00:02 \(deferral)")
    let shown = entry("4ABC0F1E2D", "10:30:00", ["b@example.net": Self.full])
    try list(bench, at: "10:31:00", shown)
    try list(bench, at: "10:31:15", shown)
    #expect(bench.sink.events.map(\.type) == [.transientFailure, .deletion, .transientFailure])
    #expect(bench.sink.events[1].note == "its queue id was used again; its outcome was not seen")
    #expect(bench.sink.events[2].arrival == Bench.time("2026-11-23T10:30:00Z"))
  }

  @Test(arguments: [("hold", Self.full), ("incoming", Self.full), ("deferred", "")])
  func whatIsNotPutOffIsNoEvent(queue: String, reason: String) throws {
    let bench = bench()
    let shown = entry("4ABC0F1E2D", "09:00:00", ["b@example.net": reason, "c@example.net": nil], queue: queue)
    for minute in 0...3 { try list(bench, at: "10:0\(minute):00", shown) }
    #expect(bench.sink.events.isEmpty)
  }

  @Test func quotedLocalPartsAreTheSame() throws {
    let bench = bench()
    bench.log(
      #"10:00:02 smtp[4]: 4ABC0F1E2D: to=<"b c"@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.2.2, status=deferred (\#(Self.full))"#
    )
    for minute in 1...4 {
      try list(bench, at: "10:0\(minute):00", entry("4ABC0F1E2D", "10:00:01", ["b c@example.net": Self.full]))
    }
    #expect(bench.sink.events.count == 1)
  }

  /// What a restart makes of the journal that `first` wrote.
  private func restarted(_ first: Bench) throws -> Bench {
    let second = bench()
    for line in first.sink.lines {
      var decoder = EventDecoder()
      try line.withUnsafeBufferPointer { buffer in
        let view = ByteView(UnsafeBufferPointer(rebasing: buffer.dropLast()))
        if case .event(let event) = try decoder.decode(view) { second.intake.restore(event) }
      }
    }
    second.intake.endRestoring()
    return second
  }

  /// Two messages to one recipient in one second are no requeue of one.
  @Test func aRestartKeepsMessagesOfOneSecondApart() throws {
    let first = bench()
    let other = deferral.replacing("4ABC0F1E2D", with: "4ABC0F1E3D")
    first.log("10:00:02 " + deferral, "10:00:02 " + other)
    let second = try restarted(first)
    for minute in ["10", "15"] { try list(second, at: "10:\(minute):00") }
    #expect(second.sink.events.map(\.type) == [.deletion, .deletion])
    #expect(Set(second.sink.events.map(\.queueID)) == ["4ABC0F1E2D", "4ABC0F1E3D"])
  }

  @Test func aRestartRemembersWhatTheQueueShowed() throws {
    let first = bench()
    let shown = entry("4ABC0F1E2D", "09:00:00", ["b@example.net": Self.full])
    try list(first, at: "10:00:00", shown)
    try list(first, at: "10:00:15", shown)
    let second = try restarted(first)
    try list(second, at: "10:10:00", shown)
    try list(second, at: "10:15:00", shown)
    #expect(second.sink.events.isEmpty)
    for minute in ["20", "25"] { try list(second, at: "10:\(minute):00") }
    #expect(second.sink.events.map(\.type) == [.deletion])
  }

  @Test func theGaugeTellsHowMuchAndWhose() throws {
    let bench = bench()
    let gauge = try list(
      bench, at: "10:00:00", entry("4ABC0F1E2D", "09:00:00", ["b@Example.net": Self.full, "c@example.net": nil]),
      entry("4ABC0F1E3D", "08:00:00", ["d@example.com": Self.full]),
      entry("4ABC0F1E4D", "07:00:00", ["d@example.com": nil], queue: "active"),
      entry("4ABC0F1E5D", "06:00:00", ["d@example.com": nil], queue: "hold"))
    let found = try #require(gauge)
    #expect(found.deferred == 2)
    #expect(found.recipients == 3)
    #expect(found.active == 1)
    #expect(found.held == 1)
    #expect(found.oldest == Bench.time("2026-11-23T08:00:00Z"))
    #expect(
      found.byDomain == [
        .init(key: "example.net", recipients: 2, oldest: Bench.time("2026-11-23T09:00:00Z")),
        .init(key: "example.com", recipients: 1, oldest: Bench.time("2026-11-23T08:00:00Z")),
      ])
    #expect(found.ages == [0, 0, 1, 1, 0, 0, 0])
    bench.intake.flush()
    #expect(bench.sink.gauges == [found])
    // An empty queue after one that was not is told once.
    try list(bench, at: "10:05:00")
    bench.intake.flush()
    try list(bench, at: "10:10:00")
    bench.intake.flush()
    #expect(bench.sink.gauges.map(\.deferred) == [2, 0])
  }
}
