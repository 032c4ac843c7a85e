import Bytes
import Classification
import Journal
import SMTPTypes
import Testing

@testable import Reporting

/// What is proposed for an address depends on what happened and when, not on what is read first: logs of several servers
/// overlap, and old ones are brought in late.
@Suite struct RecipientTimesTests {
  /// One end of a message.
  private struct End: Equatable {
    enum What: CaseIterable { case delivery, failure, unknown, policy, denial }
    var second: Int
    var what: What
    var message: Int
    var person = 0

    /// Days count from 2026-06-01.
    init(_ day: Int, _ what: What, hour: Int = 10, message: Int = 0) {
      self.init(second: day * 86_400 + hour * 3600, what, message: message)
    }

    init(second: Int, _ what: What, message: Int, person: Int = 0) {
      self.second = second
      self.what = what
      self.message = message
      self.person = person
    }

    static let start: Int64 = 1_780_272_000
    var time: Int64 { End.start + Int64(second) }

    var line: String {
      let judged =
        switch what {
        case .delivery: "\"type\":\"delivery\""
        case .failure: "\"type\":\"expiration\",\"cause\":\"mailbox-full\",\"scope\":\"recipient\",\"status\":\"4.2.2\""
        case .policy: "\"type\":\"bounce\",\"cause\":\"policy\",\"scope\":\"sender\",\"status\":\"5.7.1\""
        case .unknown:
          "\"type\":\"bounce\",\"cause\":\"mailbox-unavailable\",\"scope\":\"recipient\",\"status\":\"5.1.1\",\"reply\":{\"code\":550,\"enhanced\":\"5.1.1\",\"text\":\"no\"}"
        case .denial:
          "\"type\":\"remote-bounce\",\"source\":\"dsn\",\"matched\":true,\"cause\":\"mailbox-full\",\"scope\":\"recipient\",\"status\":\"5.2.2\""
        }
      return
        "{\"time\":\"\(Timestamp(seconds: time))\",\"host\":\"mx1\",\"direction\":\"outbound\",\"hop\":\"external\",\"message_id\":\"\(message)@us.example\",\"recipient\":\"p\(person)@x.example\",\(judged)}\n"
    }
  }

  private func rows(
    _ ends: [End], day: Int = 60, _ options: RecipientLedger.Options = .init()
  ) throws -> [RecipientList.Row] {
    let ledger = RecipientLedger(options: options)
    try Fixture.feed(ends.map(\.line).joined(), to: ledger)
    var rows: [RecipientList.Row] = []
    let list = ledger.list(.init(), now: Timestamp(seconds: End.start + Int64(day) * 86_400)) { rows.append($0) }
    #expect(list.remarks.isEmpty)
    return rows
  }

  // MARK: - What was reported

  struct Case: Sendable, CustomStringConvertible {
    var description: String
    /// As `DAY what [#message]`, in the order of time.
    var story: String
    var state: RecipientPolicy.State
    var score: Int
    var success: Int?
  }

  static let cases = [
    Case(
      description: "a day of failures at each of two servers",
      story: "6 failure\n6.12 failure\n14 failure\n14.11 failure\n22 failure", state: .suppress, score: 3),
    Case(
      description: "two days, each told of by two servers",
      story: "6 failure\n6.12 failure\n22 failure\n22.11 failure", state: .mailboxFull, score: 2),
    Case(
      description: "an older delivery", story: "1 delivery\n10 failure\n18 failure\n26 failure", state: .suppress,
      score: 3, success: 1),
    Case(
      description: "a delivery between", story: "1 failure\n10 failure\n12 delivery\n26 failure", state: .mailboxFull,
      score: 1, success: 12),
    Case(
      description: "a newer delivery", story: "1 failure\n10 failure\n26 failure\n30 delivery", state: .healthy, score: 0,
      success: 30),
    Case(
      description: "unknown since a delivery", story: "5 delivery\n20 unknown", state: .suppress, score: 1, success: 5),
    Case(
      description: "unknown until a delivery", story: "5 unknown\n20 delivery", state: .healthy, score: 0, success: 20),
    Case(description: "both in one second", story: "5 failure\n5 delivery", state: .healthy, score: 0, success: 5),
    Case(
      description: "taken further on, and reported as failed",
      story:
        "1 delivery #1\n1.12 denial #1\n9 delivery #2\n9.12 denial #2\n17 delivery #3\n17.12 denial #3\n25 delivery #4\n25.12 denial #4",
      state: .suppress, score: 4),
    Case(
      description: "the report is of another message", story: "1 delivery #1\n9 denial #2\n17 delivery #3",
      state: .healthy, score: 0, success: 17),
    Case(
      description: "the last delivery that none was", story: "1 failure\n3 delivery #1\n9 delivery #2\n9.12 denial #2",
      state: .mailboxFull, score: 1, success: 3),
    Case(
      description: "the same Message-ID, sent again after the report", story: "1 delivery #1\n2 denial #1\n3 delivery #1",
      state: .healthy, score: 0, success: 3),
  ]

  private func ends(_ story: String) -> [End] {
    story.split(separator: "\n").compactMap { step in
      let words = step.split(separator: " ")
      let moment = words[0].split(separator: ".").compactMap { Int($0) }
      let message = words.first { $0.hasPrefix("#") }.flatMap { Int($0.dropFirst()) } ?? moment[0] * 100 + 50
      guard let what = End.What.allCases.first(where: { "\($0)" == words[1] }) else { return nil }
      return End(moment[0], what, hour: moment.count > 1 ? moment[1] : 10, message: message)
    }
  }

  /// Whatever order they are told in.
  @Test(arguments: cases) func theOrderOfReadingDoesNotMatter(_ test: Case) throws {
    let ends = ends(test.story)
    var orders = [ends, Array(ends.reversed())]
    orders += ends.indices.map { Array(ends[$0...] + ends[..<$0]) }
    // As two servers' logs.
    orders.append(
      ends.indices.filter { $0 % 2 == 0 }.map { ends[$0] } + ends.indices.filter { $0 % 2 == 1 }.map { ends[$0] })
    for order in orders {
      let row = try #require(try rows(order, day: 40).first)
      #expect(row.state == test.state && row.score == test.score, "\(order)")
      #expect(
        row.lastSuccess == test.success.map { Timestamp(seconds: End.start + Int64($0) * 86_400 + 36_000) }, "\(order)")
      #expect(row.evidence.map(\.time.seconds) == row.evidence.map(\.time.seconds).sorted())
      #expect(Set(row.evidence.map { $0.time.seconds / 86_400 }).count == row.evidence.count)
      #expect(row.evidence.count == row.score)
    }
  }

  // MARK: - Against a model

  /// What a list in the order of time comes to, by the rules alone.
  private func model(_ ends: [End]) -> (success: Int64?, days: [Int64], isUnknown: Bool, failed: Int) {
    func isDenied(_ end: End) -> Bool {
      ends.contains { $0.what == .denial && $0.message == end.message && $0.second + 60 >= end.second }
    }
    let success = ends.filter { $0.what == .delivery && !isDenied($0) }.map(\.time).max()
    let since = ends.filter { $0.what != .delivery && $0.time > success ?? 0 }.sorted { $0.second < $1.second }
    var days: [Int64] = []
    var isUnknown = false
    var last: Int64 = 0
    for end in since where end.what != .policy {
      if last > 0, end.time - last >= 90 * 86_400 {
        days = []
        isUnknown = false
      }
      if days.last != end.time / 86_400 { days.append(end.time / 86_400) }
      if end.what == .unknown { isUnknown = true }
      last = end.time
    }
    return (success, days, isUnknown, since.count)
  }

  @Test(arguments: 1...40) func shuffledEventsComeToTheSame(seed: Int) throws {
    var state = UInt64(seed)
    func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let weights: [End.What] = [.delivery, .delivery, .failure, .failure, .failure, .failure, .policy, .unknown, .denial]
    var ends = (0..<400).map { _ in
      End(second: below(200) * 86_400 + below(12) * 7200, weights[below(weights.count)], message: below(40), person: below(25))
    }
    let tables = Dictionary(grouping: ends, by: \.person).mapValues(model)
    var options = RecipientLedger.Options()
    var answers: [[RecipientList.Row]] = []
    for pass in 0..<4 {
      if pass > 1 {
        options.spillDirectory = "/tmp"
        options.residentLimit = 3
      }
      let rows = try rows(ends, day: 201, options)
      answers.append(rows)
      for row in rows {
        let expected = try #require(tables[Int(row.address.dropFirst().prefix { $0 != "@" }) ?? -1])
        #expect(row.lastSuccess?.seconds == expected.success)
        #expect(row.score == expected.days.count && row.isUnknown == expected.isUnknown)
        #expect(row.failed == expected.failed)
        let kept = expected.days.prefix(1) + expected.days.dropFirst().suffix(4)
        #expect(row.evidence.map { $0.time.seconds / 86_400 } == Array(kept))
      }
      for at in ends.indices.dropFirst() { ends.swapAt(at, below(at + 1)) }
    }
    #expect(answers[0].count > 20)
    for answer in answers { #expect(answer == answers[0]) }
  }

  // MARK: - Memory

  /// Without a file what nothing depends on goes; what does is told of when there is no room for it.
  @Test func endsWithoutAFile() {
    let words = FailureWordStore()
    let told = words.number(of: FailureWords(type: .bounce, cause: Cause.mailboxFull.rawValue, scores: true))
    var log = RecipientEndLog(file: nil, limit: 300)
    var refused = 0
    for round in 0..<2000 {
      let time = UInt32(1000 + round)
      // One who fails now and then and is delivered to, among many who are delivered to alone.
      for (address, kind) in [(UInt64(7) << 57, round % 50 == 49 ? RecipientEnd.Kind.failure : .delivery), (UInt64(round) << 40 | 1, .delivery)] {
        let end = RecipientEnd(kind, address: address, time: time, number: kind == .failure ? told : time)
        if !log.add(end, hash: address, words) { refused += 1 }
      }
    }
    #expect(refused == 0)
    var found: [RecipientEnd] = []
    let part = try? log.load(RecipientSpill.part(of: 7 << 57))
    part?.find(7 << 57, words, to: &found)
    #expect(found.last?.kind == .failure && found.last?.time == 2999)
    #expect(found.dropLast().last?.kind == .delivery && found.count < 400)
    for address in 0..<1000 as Range<UInt64> {
      if !log.add(RecipientEnd(.failure, address: address, time: 1, number: told), hash: address << 54, words) { refused += 1 }
    }
    #expect(refused > 500)
  }
}
