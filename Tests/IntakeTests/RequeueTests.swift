import Bytes
import Intake
import Journal
import SMTPTypes
import Testing

/// Messages that are requeued, wherever the sidecar or an import was restarted.
@Suite struct RequeueTests: RequeueLines {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var lines: [String]
  }

  static let cases: [Case] = [
    Case(
      testDescription: "once, the delay goes on",
      lines: begin("10:00:00", "6A0001") + [delivery("10:00:01", "6A0001", 1, "deferred")] + requeue("11:00:00", "6A0001", "6B0001") + [
        delivery("11:00:01", "6B0001", 3601, "deferred"), delivery("12:00:01", "6B0001", 7201, "sent"),
      ] + end("12:00:02", "6B0001")),
    Case(
      testDescription: "once, the delay counts anew",
      lines: begin("10:00:00", "6A0001") + [delivery("10:00:01", "6A0001", 1, "deferred")] + requeue("11:00:00", "6A0001", "6B0001") + [
        delivery("11:00:01", "6B0001", 1, "deferred"), delivery("12:00:01", "6B0001", 3601, "sent"),
      ] + end("12:00:02", "6B0001")),
    Case(
      testDescription: "sent at once then",
      lines: begin("10:00:00", "6A0001") + [delivery("10:00:01", "6A0001", 1, "deferred")] + requeue("11:00:00", "6A0001", "6B0001") + [
        delivery("11:00:01", "6B0001", 1, "sent")
      ] + end("11:00:02", "6B0001")),
    Case(
      testDescription: "twice",
      lines: begin("10:00:00", "6A0001") + [delivery("10:00:01", "6A0001", 1, "deferred")] + requeue("11:00:00", "6A0001", "6B0001") + [
        delivery("11:00:01", "6B0001", 1, "deferred")
      ] + requeue("12:00:00", "6B0001", "6C0001") + [
        delivery("12:00:01", "6C0001", 1, "deferred"), delivery("13:00:01", "6C0001", 3601, "sent"),
      ] + end("13:00:02", "6C0001")),
    Case(
      testDescription: "twice, not tried between",
      lines: begin("10:00:00", "6A0001") + [delivery("10:00:01", "6A0001", 1, "deferred")] + requeue("11:00:00", "6A0001", "6B0001")
        + requeue("12:00:00", "6B0001", "6C0001") + [
          delivery("12:00:01", "6C0001", 1, "deferred"), delivery("13:00:01", "6C0001", 3601, "sent"),
        ] + end("13:00:02", "6C0001")),
    Case(
      testDescription: "several recipients",
      lines: begin("10:00:00", "6A0001") + [
        delivery("10:00:01", "6A0001", 1, "deferred"), delivery("10:00:01", "6A0001", 1, "suspended", "v@r.example"),
        delivery("10:00:01", "6A0001", 1, "deferred", "w@r.example", for: "x@r.example"),
        delivery("10:00:01", "6A0001", 1, "deferred", "w@r.example", for: "y@r.example"),
      ] + requeue("11:00:00", "6A0001", "6B0001") + [
        delivery("11:00:01", "6B0001", 1, "sent"), delivery("11:00:01", "6B0001", 1, "suspended", "v@r.example"),
        delivery("11:00:01", "6B0001", 1, "sent", "w@r.example", for: "y@r.example"),
        delivery("12:00:01", "6B0001", 3601, "sent", "v@r.example"),
        delivery("12:00:01", "6B0001", 3601, "sent", "w@r.example", for: "x@r.example"),
      ] + end("12:00:02", "6B0001")),
    Case(
      testDescription: "the old id is used again at once",
      lines: begin("10:00:00", "6A0001") + [delivery("10:00:01", "6A0001", 1, "deferred")] + requeue("11:00:00", "6A0001", "6B0001")
        + begin("11:00:30", "6A0001") + [
          delivery("11:00:31", "6A0001", 1, "deferred"), delivery("11:00:40", "6B0001", 40, "deferred"),
        ] + requeue("11:30:00", "6A0001", "6C0001") + [
          delivery("11:30:01", "6C0001", 1, "sent"), delivery("12:00:01", "6B0001", 3601, "sent"),
        ] + end("11:30:01", "6C0001") + end("12:00:02", "6B0001")),
    Case(
      testDescription: "deliveries were under way, and are logged under the old id",
      lines: begin("10:00:00", "6A0001") + [
        delivery("10:00:01", "6A0001", 1, "deferred"), delivery("10:00:01", "6A0001", 1, "deferred", "v@r.example"),
      ] + requeue("11:00:00", "6A0001", "6B0001") + [
        delivery("11:00:20", "6A0001", 3620, "deferred"), delivery("11:00:21", "6A0001", 3621, "sent", "v@r.example"),
        delivery("11:00:30", "6B0001", 30, "deferred"), delivery("11:00:30", "6B0001", 30, "sent", "v@r.example"),
      ] + begin("11:00:40", "6A0001", messageID: "n@example.org") + [
        delivery("11:00:41", "6A0001", 1, "deferred"), delivery("11:00:50", "6A0001", 3650, "deferred"),
        delivery("12:00:01", "6B0001", 3601, "sent"), delivery("12:10:00", "6A0001", 4160, "sent"),
      ] + end("12:00:02", "6B0001") + end("12:10:00", "6A0001")),
    Case(
      testDescription: "the first suspended, then left without an outcome",
      lines: begin("10:00:00", "6A0001") + [
        delivery("10:00:01", "6A0001", 1, "suspended"), delivery("10:30:01", "6A0001", 1801, "deferred"),
        delivery("10:45:01", "6A0001", 2701, "deferred"),
      ] + end("11:00:00", "6A0001") + end("11:10:00", "6Z0001")),
  ]

  /// Lines of other messages stand before, so that no run is without a line.
  private static let before =
    begin("09:00:00", "6D0001") + (1..<20).map { line("09:00:\(10 + $0)", "smtpd[1]: connect from c\($0).example[192.0.2.9]") }

  @Test(arguments: cases, RestartedLog.WarmUp.allCases)
  func aRestartAnywhere(_ example: Case, _ warmUp: RestartedLog.WarmUp) {
    let log = RestartedLog(lines: Self.before + example.lines)
    let whole = log.events()
    #expect(whole.contains { $0.type == .delivery || $0.type == .deletion })
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

  /// A line that comes late belongs to the message that it was logged for, and is told under the id that this has by then.
  @Test func aDeliveryThatWasUnderWay() throws {
    let example = try #require(Self.cases.first { $0.testDescription.hasPrefix("deliveries were under way") })
    let told = RestartedLog(lines: Self.before + example.lines).events()
    let first = told.filter { $0.firstQueueID == "6A0001" }
    #expect(first.map(\.type) == [.transientFailure, .delivery, .transientFailure, .transientFailure, .delivery])
    #expect(first.map(\.queueID).allSatisfy { $0 == "6B0001" })
    #expect(first.filter { $0.recipient == "u@r.example" }.map(\.attempt) == [2, 3, 4, 5])
    #expect(told.filter { $0.queueID == "6A0001" }.map(\.attempt) == [1, 1, 1, 2])
    #expect(!told.contains { $0.type == .deletion })
  }

  /// Two instances have messages of one queue id in their queues, and each is requeued.
  @Test(arguments: RestartedLog.WarmUp.allCases) func twoInstancesOnOneHost(_ warmUp: RestartedLog.WarmUp) {
    func other(_ lines: [String]) -> [String] { lines.map { $0.replacing(" mx1 postfix/", with: " mx1 postfix-out/") } }
    let start =
      other(Self.begin("09:30:00", "6D0002")) + Self.begin("10:00:00", "6A0001")
      + other(Self.begin("10:00:30", "6A0001", messageID: "n@example.org")) + [
        Self.delivery("10:00:31", "6A0001", 31, "sent", "x@r.example"), Self.delivery("10:00:31", "6A0001", 31, "deferred"),
      ]
      + other([Self.delivery("10:00:31", "6A0001", 1, "deferred", "v@r.example")])
    let log = RestartedLog(
      lines: Self.before + start + Self.requeue("10:10:00", "6A0001", "6B0001") + [Self.delivery("10:10:01", "6B0001", 1, "sent")]
        + Self.end("10:10:01", "6B0001") + other([Self.delivery("10:20:00", "6A0001", 1170, "deferred", "v@r.example")])
        + other(Self.requeue("10:30:00", "6A0001", "6B0001"))
        + other([Self.delivery("10:30:01", "6B0001", 1, "deferred", "v@r.example")])
        + other([Self.delivery("10:40:01", "6B0001", 601, "sent", "v@r.example")]) + other(Self.end("10:40:01", "6B0001")))
    let whole = log.events()
    #expect(whole.map(\.type) == [.transientFailure, .transientFailure, .delivery, .transientFailure, .transientFailure, .delivery])
    #expect(whole.map(\.attempt) == [1, 1, 2, 2, 3, 4])
    #expect(whole.filter { $0.recipient == "v@r.example" }.map(\.arrival).allSatisfy { $0 == whole[1].arrival })
    for cut in (Self.before.count + (warmUp == .whole ? 0 : start.count))...log.lines.count {
      #expect(RestartedLog.courses(log.events(cutBefore: [cut], warmUp)) == RestartedLog.courses(whole), "\(cut)")
    }
  }

  /// How often a message was tried before the first line that was read, nobody knows.
  @Test(arguments: [1, 14401]) func aRequeueOfAMessageThatNobodySaw(delay: Int) throws {
    let told = RestartedLog(
      lines: Self.before + Self.requeue("11:00:00", "6A0001", "6B0001") + [
        Self.delivery("11:00:01", "6B0001", delay, "deferred"), Self.delivery("12:00:01", "6B0001", delay + 3600, "sent"),
      ]
    ).events()
    #expect(told.map(\.type) == [.transientFailure, .delivery])
    #expect(told.map(\.attempt) == [nil, nil])
    #expect(told.map(\.firstQueueID) == ["6A0001", "6A0001"])
    let arrival = Bench.time("2026-11-20T11:00:01Z").advanced(by: -Double(delay))
    #expect(told.allSatisfy { $0.arrival == arrival })
  }

  /// Hidden recipients are known by a mark that is made with the message's first queue id.
  @Test(arguments: cases) func twoRestarts(_ example: Case) {
    let log = RestartedLog(lines: Self.before + example.lines)
    let whole = RestartedLog.courses(log.events())
    for first in stride(from: Self.before.count + 4, to: log.lines.count, by: 2) {
      for second in (first + 1)..<log.lines.count {
        #expect(RestartedLog.courses(log.events(cutBefore: [first, second], .none)) == whole, "\(first) \(second)")
      }
    }
  }

  @Test func aRequeueIsTold() throws {
    let bench = Bench {
      $0.hostName = "mx1"
      $0.introducesMessages = true
    }
    for (offset, line) in Self.cases[3].lines.enumerated() {
      line.withByteView { bench.intake.line($0, offset: offset) }
    }
    let told = bench.sink.events(.message)
    #expect(told.map(\.queueID) == ["6A0001", "6B0001", "6C0001"])
    #expect(told.map(\.firstQueueID) == [nil, "6A0001", "6A0001"])
    #expect(told.map(\.previousQueueID) == [nil, "6A0001", "6B0001"])
    #expect(Set(told.map(\.arrival)).count == 1)
    #expect(told.map(\.messageID) == Array(repeating: "m@example.org", count: 3))
    #expect(told.map(\.offset) == [3, 5, 10])
  }

  /// A message for which nobody waits is told of by no line; nor is any where messages are not introduced.
  @Test func aRequeueThatMattersToNobodyIsNotTold() {
    let bench = Bench { $0.introducesMessages = true }
    for line in Self.begin("10:00:00", "6A0001") + Self.requeue("11:00:00", "6A0001", "6B0001") {
      line.withByteView { bench.intake.line($0, offset: 0) }
    }
    #expect(bench.sink.events.isEmpty)
    let plain = Bench()
    for line in Self.cases[3].lines { line.withByteView { plain.intake.line($0, offset: 0) } }
    #expect(plain.sink.events(.message).isEmpty)
  }

  /// Who had the new id left it without a line that said so: those who waited in it are told of.
  @Test func aNewIDThatAnotherMessageHad() {
    let log = RestartedLog(
      lines: Self.begin("09:50:00", "6B0001") + [Self.delivery("09:50:01", "6B0001", 1, "deferred", "old@r.example")]
        + Self.begin("10:00:00", "6A0001") + [Self.delivery("10:00:01", "6A0001", 1, "deferred")]
        + Self.requeue("11:00:00", "6A0001", "6B0001") + [Self.delivery("11:00:01", "6B0001", 1, "sent")])
    let ends = log.events().filter { $0.type != .transientFailure }
    #expect(ends.map(\.type) == [.delivery, .deletion])
    #expect(ends.map(\.recipient) == ["u@r.example", "old@r.example"])
    #expect(ends.first?.deferredFor == 3600)
  }

  /// A restart finds again thousands of messages that wait.
  @Test func manyThatWait() {
    let ids = (0..<2000).map { "6A\(String($0 + 0x1000, radix: 16, uppercase: true))" }
    let log = RestartedLog(
      lines: Self.before + ids.map { Self.delivery("10:00:01", $0, 1, "deferred", "\($0)@r.example") }
        + ids.map { Self.delivery("11:00:01", $0, 3601, "sent", "\($0)@r.example") })
    let found = log.events(cutBefore: [Self.before.count + ids.count], .short)
    #expect(found.filter { $0.type == .delivery && $0.deferredFor == 3600 }.count == ids.count)
  }
}
