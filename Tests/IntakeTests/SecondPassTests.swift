import Bytes
import Intake
import Journal
import SMTPTypes
import Testing

/// Messages that another server put off, that are requeued where a content filter is set, and come back from it under
/// another queue id: whoever waits goes on waiting, wherever the sidecar or an import was restarted.
@Suite struct SecondPassTests: RequeueLines {
  /// - Parameter next: the id under which the filter gave it back; nil if it did not take it.
  private static func filter(
    _ time: String, _ queueID: String, _ next: String?, _ recipient: String = "u@r.example", for original: String? = nil,
    delay: Int = 2
  ) -> String {
    let to = "\(queueID): to=<\(recipient)>,\(original.map { " orig_to=<\($0)>," } ?? "")"
    let relay = "smtp[4]: \(to) relay=127.0.0.1[127.0.0.1]:10024, delay=\(delay), delays=0/0/0/2"
    guard let next else {
      return line(time, relay + ", dsn=4.4.1, status=deferred (host 127.0.0.1[127.0.0.1] said: 451 4.5.0 Error in "
        + "processing (in reply to end of DATA command))")
    }
    return line(time, relay + ", dsn=2.0.0, status=sent (250 2.0.0 from MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok: "
      + "queued as \(next))")
  }

  private static func back(_ time: String, _ queueID: String, messageID: String = "m@example.org") -> [String] {
    begin(time, queueID, "localhost[127.0.0.1]", messageID: messageID)
  }

  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var lines: [String]
    /// How each recipient's life goes, without what the filter put off.
    var courses: [[String]]
    /// Without the lines before, nobody could tell whose the first lines of the second pass are.
    var needsWarmUp = false
  }

  private static let first = begin("10:00:00", "6A0001") + [delivery("10:00:01", "6A0001", 1, "deferred")]

  static let cases: [Case] = [
    Case(
      testDescription: "put off again, then sent",
      lines: first + requeue("11:00:00", "6A0001", "6B0001") + back("11:00:02", "6C0001")
        + [filter("11:00:02", "6B0001", "6C0001")] + end("11:00:02", "6B0001") + [
          delivery("11:00:04", "6C0001", 2, "deferred"), delivery("12:00:04", "6C0001", 3602, "sent"),
        ] + end("12:00:04", "6C0001"),
      courses: [["transient-failure", "transient-failure", "delivery"]]),
    Case(
      testDescription: "sent at once then",
      lines: first + requeue("11:00:00", "6A0001", "6B0001") + back("11:00:02", "6C0001")
        + [filter("11:00:02", "6B0001", "6C0001")] + end("11:00:02", "6B0001")
        + [delivery("11:00:04", "6C0001", 2, "sent")] + end("11:00:04", "6C0001"),
      courses: [["transient-failure", "delivery"]]),
    Case(
      testDescription: "the filter puts it off at first",
      lines: first + requeue("11:00:00", "6A0001", "6B0001") + [filter("11:00:02", "6B0001", nil)]
        + back("11:30:02", "6C0001") + [filter("11:30:02", "6B0001", "6C0001", delay: 1802)] + end("11:30:02", "6B0001")
        + [delivery("11:30:04", "6C0001", 2, "bounced")] + end("11:30:04", "6C0001"),
      courses: [["transient-failure", "bounce"]]),
    Case(
      testDescription: "given back in two",
      lines: begin("10:00:00", "6A0001") + [
        delivery("10:00:01", "6A0001", 1, "deferred"), delivery("10:00:01", "6A0001", 1, "suspended", "v@r.example"),
      ] + requeue("11:00:00", "6A0001", "6B0001") + back("11:00:02", "6C0001")
        + [filter("11:00:02", "6B0001", "6C0001")] + [delivery("11:00:03", "6C0001", 1, "deferred")]
        + back("11:00:03", "6C0002") + [filter("11:00:04", "6B0001", "6C0002", "v@r.example")]
        + end("11:00:04", "6B0001") + [
          delivery("11:00:06", "6C0002", 3, "suspended", "v@r.example"),
          delivery("11:40:06", "6C0001", 2404, "sent"),
        ] + end("11:40:06", "6C0001") + [delivery("11:50:06", "6C0002", 3003, "sent", "v@r.example")]
        + end("11:50:06", "6C0002"),
      courses: [
        ["transient-failure", "delivery"], ["transient-failure", "transient-failure", "delivery"],
      ]),
    Case(
      testDescription: "twice, and expired",
      lines: first + requeue("11:00:00", "6A0001", "6B0001") + back("11:00:02", "6C0001")
        + [filter("11:00:02", "6B0001", "6C0001")] + end("11:00:02", "6B0001") + [
          delivery("11:00:04", "6C0001", 2, "deferred")
        ] + requeue("12:00:00", "6C0001", "6D0001") + back("12:00:02", "6E0001")
        + [filter("12:00:02", "6D0001", "6E0001")] + end("12:00:02", "6D0001")
        + [delivery("12:00:04", "6E0001", 2, "deferred")]
        + [line("13:00:00", "qmgr[3]: 6E0001: from=<s@example.org>, status=expired, returned to sender")]
        + end("13:00:00", "6E0001"),
      courses: [["transient-failure", "transient-failure", "transient-failure", "expiration"]]),
    Case(
      testDescription: "reached by an alias, which the second pass does not tell",
      lines: begin("10:00:00", "6A0001") + [
        delivery("10:00:01", "6A0001", 1, "deferred", for: "x@example.org"),
        delivery("10:00:01", "6A0001", 1, "deferred", "v@r.example", for: "x@example.org"),
      ] + requeue("11:00:00", "6A0001", "6B0001") + back("11:00:02", "6C0001") + [
        filter("11:00:02", "6B0001", "6C0001", for: "x@example.org"),
        filter("11:00:02", "6B0001", "6C0001", "v@r.example", for: "x@example.org"),
      ] + end("11:00:02", "6B0001") + [
        delivery("11:00:04", "6C0001", 2, "deferred"), delivery("11:00:04", "6C0001", 2, "sent", "v@r.example"),
        delivery("11:20:04", "6C0001", 1202, "sent"),
      ] + end("11:20:04", "6C0001"),
      courses: [["transient-failure", "delivery"], ["transient-failure", "transient-failure", "delivery"]]),
    Case(
      testDescription: "given to the filter for two aliases, delivered once",
      lines: begin("10:00:00", "6A0001") + [
        delivery("10:00:01", "6A0001", 1, "deferred", for: "x@example.org"),
        delivery("10:00:01", "6A0001", 1, "deferred", for: "y@example.org"),
      ] + requeue("11:00:00", "6A0001", "6B0001") + back("11:00:02", "6C0001") + [
        filter("11:00:02", "6B0001", "6C0001", for: "x@example.org"),
        filter("11:00:02", "6B0001", "6C0001", for: "y@example.org"),
      ] + end("11:00:02", "6B0001") + [delivery("11:00:04", "6C0001", 2, "sent")] + end("11:00:04", "6C0001"),
      courses: [["transient-failure", "delivery"], ["transient-failure", "delivery"]]),
    Case(
      testDescription: "the second pass is put off before the first one's line",
      lines: first + requeue("11:00:00", "6A0001", "6B0001") + back("11:00:02", "6C0001")
        + [delivery("11:00:02", "6C0001", 0, "suspended"), filter("11:00:02", "6B0001", "6C0001")]
        + end("11:00:02", "6B0001") + [delivery("12:00:04", "6C0001", 3602, "sent")] + end("12:00:04", "6C0001"),
      courses: [["transient-failure", "transient-failure", "delivery"]], needsWarmUp: true),
    Case(
      testDescription: "the same, and the filter changes the Message-ID and tells the id before",
      lines: first + requeue("11:00:00", "6A0001", "6B0001")
        + begin("11:00:02", "6C0001", "localhost[127.0.0.1], orig_queue_id=6B0001", messageID: "n@example.org")
        + [delivery("11:00:02", "6C0001", 0, "deferred"), filter("11:00:02", "6B0001", "6C0001")]
        + end("11:00:02", "6B0001") + [delivery("12:00:04", "6C0001", 3602, "sent")] + end("12:00:04", "6C0001"),
      courses: [["transient-failure", "transient-failure", "delivery"]], needsWarmUp: true),
    Case(
      testDescription: "a first pass",
      lines: begin("10:00:00", "6A0001") + back("10:00:02", "6C0001") + [filter("10:00:02", "6A0001", "6C0001")]
        + end("10:00:02", "6A0001") + [
          delivery("10:00:04", "6C0001", 2, "deferred"), delivery("11:00:04", "6C0001", 3602, "sent"),
        ] + end("11:00:04", "6C0001"),
      courses: [["transient-failure", "delivery"]]),
    Case(
      testDescription: "a first pass that the filter puts off",
      lines: begin("10:00:00", "6A0001") + [filter("10:00:02", "6A0001", nil)] + back("10:10:02", "6C0001")
        + [filter("10:10:02", "6A0001", "6C0001", delay: 602)] + end("10:10:02", "6A0001") + [
          delivery("10:10:04", "6C0001", 2, "deferred"), delivery("11:00:04", "6C0001", 3002, "sent"),
        ] + end("11:00:04", "6C0001"),
      courses: [["delivery"], ["transient-failure", "delivery"]]),
  ]

  /// Lines of other messages stand before, so that no run is without a line.
  private static let before =
    begin("09:00:00", "6F0001", messageID: "o@example.org")
    + (1..<20).map { line("09:00:\(10 + $0)", "smtpd[1]: connect from c\($0).example[192.0.2.9]") }

  /// As `RestartedLog.courses`, each as the types of its events.
  private static func types(_ events: [Recorded]) -> [[String]] {
    RestartedLog.courses(events).map { course in
      course.split(whereSeparator: { "[]\", ".contains($0) }).map(String.init).filter { EventType(name: $0) != nil }
    }.sorted { $0.joined() < $1.joined() }
  }

  @Test(arguments: cases) func oneLife(_ example: Case) {
    let whole = RestartedLog(lines: Self.before + example.lines).events()
    #expect(Self.types(whole.filter { $0.hop == .external || $0.type == .delivery }) == example.courses)
  }

  @Test(arguments: cases, RestartedLog.WarmUp.allCases)
  func aRestartAnywhere(_ example: Case, _ warmUp: RestartedLog.WarmUp) {
    guard !example.needsWarmUp || warmUp != .none else { return }
    let log = RestartedLog(lines: Self.before + example.lines)
    let whole = log.events()
    for cut in Self.before.count...log.lines.count {
      let found = log.events(cutBefore: [cut], warmUp)
      let place = "cut before \(cut < log.lines.count ? log.lines[cut] : "the end")"
      #expect(RestartedLog.courses(found) == RestartedLog.courses(whole), "\(place)")
      guard warmUp == .whole else { continue }
      #expect(RestartedLog.told(found) == RestartedLog.told(whole), "\(place)")
      let killed = log.events(cutBefore: [cut], warmUp, isKilled: true)
      #expect(RestartedLog.told(killed) == RestartedLog.told(whole), "killed, \(place)")
    }
  }

  @Test(arguments: cases) func twoRestarts(_ example: Case) {
    guard !example.needsWarmUp else { return }
    let log = RestartedLog(lines: Self.before + example.lines)
    let whole = RestartedLog.courses(log.events())
    for first in stride(from: Self.before.count + 4, to: log.lines.count, by: 2) {
      for second in stride(from: first + 1, to: log.lines.count, by: 2) {
        #expect(RestartedLog.courses(log.events(cutBefore: [first, second], .none)) == whole, "\(first) \(second)")
      }
    }
  }

  private func taken(_ lines: [String]) -> Bench {
    let bench = Bench {
      $0.hostName = "mx1"
      $0.introducesMessages = true
    }
    for (offset, line) in lines.enumerated() { line.withByteView { bench.intake.line($0, offset: offset) } }
    bench.intake.finish()
    return bench
  }

  @Test func theSecondPassIsTold() {
    let bench = taken(Self.before + Self.cases[0].lines)
    let told = bench.sink.events(.message)
    #expect(told.map(\.queueID) == ["6A0001", "6B0001", "6C0001"])
    #expect(told.map(\.firstQueueID) == [nil, "6A0001", "6A0001"])
    #expect(told.map(\.previousQueueID) == [nil, "6A0001", "6B0001"])
    #expect(told.map(\.recipient) == [nil, nil, "u@r.example"])
    #expect(Set(told.map(\.arrival)).count == 1)
    let failures = bench.sink.events(.transientFailure)
    #expect(failures.map(\.attempt) == [1, 2])
    #expect(failures.map(\.firstQueueID) == [nil, "6A0001"])
    #expect(Set(failures.map(\.arrival)).count == 1)
    let end = bench.sink.events(.delivery)
    #expect(end.map(\.attempt) == [3])
    #expect(end.map(\.deferredFor) == [7203])
    #expect(bench.sink.internalHops.deliveries == 1)
    #expect(bench.sink.total.attempts == 3)
  }

  /// What our own filter puts off is no attempt at delivery elsewhere.
  @Test func attemptsAreCountedByHop() {
    let bench = taken(Self.before + Self.cases[2].lines)
    let told = bench.sink.events.filter { $0.type != .message }
    #expect(told.map(\.type) == [.transientFailure, .transientFailure, .bounce])
    #expect(told.map(\.hop) == [.external, .internal, .external])
    #expect(told.map(\.attempt) == [1, 1, 2])
    #expect(told.map(\.deferredFor) == [nil, nil, 5403])
    #expect(bench.sink.total.attempts == 2 && bench.sink.total.firstAttempts == 1)
    #expect(bench.sink.internalHops.attempts == 2 && bench.sink.internalHops.firstAttempts == 1)
  }

  /// The map of transports was changed while the message waited for our own mailboxes: what it waits for then is another
  /// wait, wherever the run was cut.
  @Test func whatWasPutOffAtHomeMayGoElsewhere() {
    let log = RestartedLog(
      lines: Self.before + Self.begin("10:00:00", "6A0001") + [
        Self.filter("10:00:02", "6A0001", nil), Self.filter("10:10:02", "6A0001", nil, delay: 602),
        Self.delivery("10:20:02", "6A0001", 1202, "suspended"), Self.delivery("10:30:02", "6A0001", 1802, "deferred"),
        Self.delivery("10:50:02", "6A0001", 3002, "sent"),
      ] + Self.end("10:50:02", "6A0001"))
    let whole = log.events()
    #expect(whole.map(\.attempt) == [1, 2, nil, 1, 2])
    #expect(whole.map(\.deferredFor) == [nil, nil, nil, 600, 1800])
    for cut in Self.before.count..<log.lines.count {
      #expect(RestartedLog.courses(log.events(cutBefore: [cut], .none)) == RestartedLog.courses(whole), "\(cut)")
      #expect(RestartedLog.told(log.events(cutBefore: [cut], .whole)) == RestartedLog.told(whole), "\(cut)")
    }
  }

  /// What goes to a server behind a tunnel of ours is in a queue that is not ours.
  @Test func anIDThatNobodySawComeIn() {
    let lines = Self.first + Self.requeue("11:00:00", "6A0001", "6B0001") + [Self.filter("11:00:02", "6B0001", "4XyZremote")]
    let bench = taken(Self.before + lines + Self.end("11:00:02", "6B0001"))
    #expect(bench.sink.events(.delivery).map(\.queueID) == ["6B0001"])
    #expect(bench.sink.events(.delivery).map(\.hop) == [.internal])
  }

  /// An older message had the id and its end was not seen.
  @Test func anIDThatAnotherMessageHad() {
    let log = RestartedLog(
      lines: Self.before + Self.begin("09:50:00", "6C0001", messageID: "p@example.org")
        + [Self.delivery("09:50:01", "6C0001", 1, "deferred", "old@r.example")] + Self.cases[1].lines)
    for cut in Self.before.count...log.lines.count {
      let ends = log.events(cutBefore: [cut], .none).filter { $0.type != .transientFailure }
      #expect(ends.map(\.type).sorted { "\($0)" < "\($1)" } == [.deletion, .delivery], "\(cut)")
      #expect(ends.first { $0.type == .delivery }?.recipient == "u@r.example", "\(cut)")
      #expect(ends.first { $0.type == .deletion }?.recipient == "old@r.example", "\(cut)")
    }
  }

  /// Every delivery is stored: that to the filter ends nothing for whom the second pass's line came first.
  @Test func everyDeliveryIsStored() {
    for example in [Self.cases[0], Self.cases[7]] {
      let log = RestartedLog(lines: Self.before + example.lines)
      let whole = log.events { $0.storesAllDeliveries = true }
      #expect(whole.filter { $0.type == .delivery }.map(\.queueID) == ["6C0001"])
    }
  }
}
