import Bytes
import Glibc
import Journal
import MilterClient
import SMTPTypes
import Synchronization
import Testing

@testable import Sidecar

/// The real program under load from all its windows at once (a log that rotates, an MTA that hands it messages and
/// delivery reports), killed with -9 at random moments and started again, and in the end compared with the truth.
/// 1,000 kills with SOFTBOUNCE_LONG=1, or as many as SOFTBOUNCE_KILLS says.
@Suite(.enabled(if: Program.path != nil, "softbounced is not built beside the tests"))
struct CampaignTests {
  static let kills = variable("SOFTBOUNCE_KILLS").flatMap { Int($0) } ?? (variable("SOFTBOUNCE_LONG") == "1" ? 1000 : 20)

  private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// Kills in one place, before another is made, so that comparing stays quick.
  static let round = 50

  struct Truth {
    var kills = 0
    var lines = 0
    var deferrals = 0
    var reports = 0
    var identities = 0
    var late = 0
  }

  @Test func nothingIsLostAndNothingIsTwiceFromAnyWindow() throws {
    var random = SystemRandomNumberGenerator()
    var truth = Truth()
    while truth.kills < Self.kills { try campaign(min(Self.round, Self.kills - truth.kills), &truth, &random) }
    print(
      "kill: \(truth.kills) kills of softbounced; \(truth.lines) log lines, \(truth.deferrals) deferrals, "
        + "\(truth.reports) answered delivery reports, \(truth.identities) answered messages; 0 lost, 0 twice"
        + (truth.late > 0 ? "; \(truth.late) reports answered before they were durable, as a gap says" : ""))
  }

  private func campaign(_ kills: Int, _ truth: inout Truth, _ random: inout SystemRandomNumberGenerator) throws {
    let directory = try Directory()
    var site = Site(directory)
    let socket = directory.file("milter")
    site.milter = "{listen: \"unix:\(socket)\", tags: {campaign: X-Campaign-Id}}"
    let writer = Writer(site.log)
    let load = Load(writer)
    load.write(20)
    let agent = MailAgent(socket: socket)
    agent.start()
    defer { agent.stop() }
    var tagged: [Int] = []
    for kill in 0..<kills {
      let program = try Program(configuration: try site.write(), directory: directory)
      // Some are killed while they start; the first is not: what was rotated away before it is history.
      if kill == 0 {
        #expect(try site.waitUntilBegun())
      } else if Int.random(in: 0..<6, using: &random) != 0 {
        _ = program.wait(for: "reading ")
      }
      for _ in 0..<Int.random(in: 1...5, using: &random) {
        load.write(Int.random(in: 0..<60, using: &random))
        let answered = agent.takeAnswered()
        for (number, time) in answered {
          load.write(deferralOf: MailAgent.queueID(number), "m\(number)@example.net", at: time)
          tagged.append(number)
        }
        if Int.random(in: 0..<20, using: &random) == 0 {
          Rotation.byRename(site.log, keep: 60)
          writer.reopen()
        }
        usleep(UInt32.random(in: 0..<25_000, using: &random))
      }
      program.kill()
      truth.kills += 1
    }
    agent.stop()
    let last = try Program(configuration: try site.write(), directory: directory)
    _ = try site.waitForLines(load.lines, seconds: 300)
    #expect(last.terminate() == 0)
    let after = try site.read()
    #expect(after.lines == load.lines)
    #expect(after.attempts == load.attempts)
    #expect(after.difference(load.deferred) == [])
    #expect(after.twice.isEmpty)
    #expect(after.problems.isEmpty)
    #expect(!agent.reported.isEmpty || kills < 10)
    #expect(!tagged.isEmpty || kills < 10)
    // Every report that got its answer is there; but for those that the disk kept waiting for more than a second, of
    // which a gap speaks.
    let late = after.gaps.count { $0.contains("answered before the disk had taken it") }
    // The load's own messages never pass the milter, which is noticed.
    let others = after.gaps.filter {
      !$0.contains("answered before the disk had taken it") && !$0.contains("told the milter")
    }
    #expect(others.isEmpty)
    let missing = agent.reported.filter { after.reports["d\($0)@example.org"] == nil }
    #expect(missing.count <= late, "\(missing)")
    #expect(after.reports.values.allSatisfy { $0 == 1 }, "\(after.reports.filter { $0.value > 1 })")
    // A message whose identity was taken before the kill is known after it.
    let unknown = tagged.filter { after.tags["m\($0)@example.net"] != ["campaign=c\($0)"] }
    #expect(unknown.isEmpty, "\(unknown.prefix(5))")
    truth.lines += load.lines
    truth.deferrals += load.deferred.count
    truth.reports += agent.reported.count
    truth.identities += tagged.count
    truth.late += late
  }
}

/// The MTA's side: hands over messages and delivery reports without a pause, and notes which ones were answered.
private final class MailAgent: Sendable {
  private struct State {
    var answered: [(number: Int, time: Timestamp)] = []
    var reported: [Int] = []
    var isStopping = false
    var isOver = true
  }

  private let socket: String
  private let state = Mutex(State())

  init(socket: String) { self.socket = socket }

  /// The numbers of the reports that were answered.
  var reported: [Int] { state.withLock { $0.reported } }

  /// The messages that were answered since the last call, each with the time when it came.
  func takeAnswered() -> [(number: Int, time: Timestamp)] {
    state.withLock { state in
      defer { state.answered = [] }
      return state.answered
    }
  }

  static func queueID(_ number: Int) -> String { "4" + String(0x1000_0000 + number, radix: 16, uppercase: true) }

  func start() {
    state.withLock { $0.isOver = false }
    detachThread { self.run() }
  }

  func stop() {
    state.withLock { $0.isStopping = true }
    while !state.withLock({ $0.isOver }) { usleep(1000) }
  }

  private func run() {
    var number = 0
    while !state.withLock({ $0.isStopping }) {
      number += 1
      // Strangers' reports beyond 600 a minute are not kept.
      usleep(15_000)
      let isReport = number % 2 == 0
      let time = WallClock.timestamp
      guard let client = try? MilterClient(path: socket, patience: 5),
        (try? hand(over: number, isReport: isReport, to: client)) == true
      else { continue }
      state.withLock { state in
        if isReport { state.reported.append(number) } else { state.answered.append((number, time)) }
      }
    }
    state.withLock { $0.isOver = true }
  }

  /// True once the message has its answer.
  private func hand(over number: Int, isReport: Bool, to client: MilterClient) throws -> Bool {
    let queueID = MailAgent.queueID(number)
    try client.open()
    try client.mail(isReport ? "<>" : "<news@example.org>")
    try client.recipient("<r@example.org>", queueID: queueID)
    try client.data(queueID)
    try client.header("Message-ID", "<\(number)@app.example.org>")
    if isReport {
      try client.header("Content-Type", "multipart/report; report-type=delivery-status; boundary=\"b\"")
    } else {
      try client.header("X-Campaign-Id", "c\(number)")
    }
    let accepted = try client.endOfHeader(queueID)
    // Of an ordinary message nothing more is wanted.
    guard isReport else {
      try? client.quit()
      return accepted == "a"
    }
    _ = try client.body(Array(MailAgent.report(number).utf8))
    let answer = try client.endOfMessage(queueID)
    try? client.quit()
    return answer != nil
  }

  private static func report(_ number: Int) -> String {
    """
    --b\r
    Content-Type: message/delivery-status\r
    \r
    Reporting-MTA: dns; mx.far.example\r
    \r
    Final-Recipient: rfc822; d\(number)@example.org\r
    Action: failed\r
    Status: 5.2.2\r
    Diagnostic-Code: smtp; 552 5.2.2 mailbox full\r
    \r
    --b--\r

    """
  }
}
