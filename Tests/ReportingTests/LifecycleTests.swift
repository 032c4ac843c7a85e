import Bytes
import Classification
import Journal
import Testing

@testable import Reporting

/// Lives told in a few words: `time recipient what`, where what is `defer N` (attempt number, `-` for none), `suspend`,
/// `sent`, `bounce`, `expire` or `delete`; arrival is 09:00 unless `@HH:MM` follows. A recipient `a/b` is a, reached by
/// the alias b; `a?` is what the queue's listing says of a. What begins with `local-` happens on the way to our own
/// mailboxes; `+N` behind a deferral tells for how many seconds the recipient waited.
private func lives(_ story: String) -> String {
  var lines = ""
  for step in story.split(separator: "\n") {
    let words = step.split(separator: " ").map(String.init)
    guard words.count >= 3 else { continue }
    let arrival = words.last?.hasPrefix("@") == true ? String(words[words.count - 1].dropFirst()) : "09:00"
    let isLocal = words[2].hasPrefix("local-")
    let recipient = words[1].split(separator: "/").map { $0.replacing("?", with: "") }
    var fields =
      "\"time\":\"2026-11-22T\(words[0]):00Z\",\"direction\":\"outbound\",\"hop\":\"\(isLocal ? "internal" : "external")\",\"source\":\"\(words[1].contains("?") ? "queue" : "log")\""
    fields +=
      ",\"host\":\"mx1\",\"queue_id\":\"Q\",\"arrival\":\"2026-11-22T\(arrival):00Z\",\"recipient\":\"\(recipient[0])@x.org\""
    if recipient.count > 1 { fields += ",\"orig_recipient\":\"\(recipient[1])@x.org\"" }
    switch words[2].replacing("local-", with: "") {
    case "defer":
      fields += ",\"type\":\"transient-failure\",\"cause\":\"greylisted\",\"origin\":\"remote\",\"provider\":\"p\""
      if words[3] != "-" { fields += ",\"attempt\":\(words[3])" }
      if let waited = words.last, waited.hasPrefix("+") { fields += ",\"deferred_for\":\(waited.dropFirst())" }
    case "suspend":
      fields += ",\"type\":\"transient-failure\",\"cause\":\"connect-failure\",\"origin\":\"suspended\""
    case "sent": fields += ",\"type\":\"delivery\""
    case "bounce": fields += ",\"type\":\"bounce\""
    case "expire": fields += ",\"type\":\"expiration\",\"cause\":\"greylisted\""
    default: fields += ",\"type\":\"deletion\""
    }
    lines += "{" + fields + "}\n"
  }
  return lines
}

@Suite struct LifecycleTests {
  struct Case: Sendable, CustomStringConvertible {
    var description: String
    var story: String
    var since: String?
    var until: String?
    /// recipients, recovered, expired, bounced, deleted, open, put off earlier
    var expected: [Int]
  }

  static let cases: [Case] = [
    Case(
      description: "recovered", story: "09:01 a defer 1\n09:20 a defer 2\n10:01 a sent",
      expected: [1, 1, 0, 0, 0, 0, 0]),
    Case(
      description: "every end",
      story: """
        09:01 a defer 1
        09:01 b defer 1
        09:01 c defer 1
        09:01 d defer 1
        09:01 e defer 1
        10:00 a sent
        10:00 b expire
        10:00 c bounce
        10:00 d delete
        """, expected: [5, 1, 1, 1, 1, 1, 0]),
    Case(
      description: "suspension opens a life", story: "09:01 a suspend\n09:30 a sent", expected: [1, 1, 0, 0, 0, 0, 0]),
    Case(
      description: "suspension, then deferral, is one life", story: "09:01 a suspend\n09:30 a defer 1",
      expected: [1, 0, 0, 0, 0, 1, 0]),
    Case(description: "never put off", story: "09:01 a sent\n09:01 b bounce", expected: [0, 0, 0, 0, 0, 0, 0]),
    Case(
      description: "a queue id used again", story: "09:01 a defer 1\n09:10 a sent\n11:01 a defer 1 @11:00",
      expected: [2, 1, 0, 0, 0, 1, 0]),
    Case(
      description: "two lives at once", story: "09:01 a defer 1\n09:02 a defer 1 @09:01\n09:10 a sent @09:01",
      expected: [2, 1, 0, 0, 0, 1, 0]),
    Case(
      description: "ended at home",
      story: "09:01 a defer 1\n09:01 b defer 1\n09:01 c defer 1\n09:20 a local-sent\n09:21 b local-bounce\n"
        + "09:22 c local-defer 2\n09:23 d local-sent",
      expected: [3, 1, 0, 1, 0, 1, 0]),
    Case(
      description: "put off at home", story: "09:01 a local-defer 1\n09:20 a local-sent",
      expected: [0, 0, 0, 0, 0, 0, 0]),
    Case(
      description: "first tried within the period, held back before it", story: "10:30 a defer 1 +5340\n10:40 a sent",
      since: "10:00", expected: [0, 0, 0, 0, 0, 0, 1]),
    Case(
      description: "an address that two aliases lead to",
      story:
        "09:01 a/b defer 1\n09:01 a/c defer 1\n09:01 a defer 1\n09:20 a/b sent\n10:00 a expire\n10:01 a/c bounce",
      expected: [3, 1, 1, 1, 0, 0, 0]),
    Case(
      description: "an alias that is the address in other letters", story: "09:01 a/A defer 1\n09:20 a sent",
      expected: [1, 1, 0, 0, 0, 0, 0]),
    Case(
      description: "the queue does not say by which alias", story: "09:00 a? defer -\n09:10 a/b defer -\n09:20 a/b sent",
      expected: [1, 1, 0, 0, 0, 0, 0]),
    Case(
      description: "the queue's is one of two",
      story: "09:00 a? defer -\n09:10 a/b sent\n09:11 a/c defer 1\n09:20 a/c sent",
      expected: [2, 2, 0, 0, 0, 0, 0]),
    Case(
      description: "what the log told is not another's", story: "09:00 a? defer -\n09:02 a defer 2\n09:10 a/b sent",
      expected: [1, 0, 0, 0, 0, 1, 0]),
    Case(
      description: "first put off before the period, seen", story: "09:01 a defer 1\n10:30 a defer 2\n10:40 a sent",
      since: "10:00", expected: [0, 0, 0, 0, 0, 0, 1]),
    Case(
      description: "first put off before the period, unseen", story: "10:30 a defer 3\n10:40 a sent",
      since: "10:00", expected: [0, 0, 0, 0, 0, 0, 1]),
    Case(
      description: "start unseen, arrived within", story: "10:30 a defer - @10:20", since: "10:00",
      expected: [1, 0, 0, 0, 0, 1, 0]),
    Case(
      description: "start unseen, arrived before", story: "10:30 a defer -", since: "10:00",
      expected: [0, 0, 0, 0, 0, 0, 1]),
    Case(
      description: "recovered after the period", story: "09:01 a defer 1\n11:00 a sent", until: "10:00",
      expected: [1, 1, 0, 0, 0, 0, 0]),
    Case(
      description: "put off after the period", story: "11:00 a defer 1\n12:00 a sent", until: "10:00",
      expected: [0, 0, 0, 0, 0, 0, 0]),
  ]

  @Test(arguments: cases) func cohort(_ test: Case) throws {
    let report = try Fixture.report(
      lives(test.story), since: test.since.map { "2026-11-22T\($0):00Z" },
      until: test.until.map { "2026-11-22T\($0):00Z" })
    let cohort = report.cohort
    #expect(
      [
        cohort.recipients, cohort.recovered, cohort.expired, cohort.bounced, cohort.deleted, cohort.open,
        cohort.earlier,
      ] == test.expected)
    if test.since == nil, test.until == nil { #expect(report.recoveries.count == cohort.recovered) }
    #expect(
      cohort.recovered + cohort.expired + cohort.bounced + cohort.deleted + cohort.open == cohort.recipients)
  }

  /// The time line of a provider or domain follows the same lives.
  @Test(arguments: cases.filter { $0.since == nil && $0.until == nil }) func timeline(_ test: Case) throws {
    let timeline = PlaceTimeline(filter: EventFilter())
    try Fixture.feed(lives(test.story), to: timeline)
    let hours = timeline.hours.values
    let ends: [KeyPath<PlaceTimeline.Hour, Int>] = [\.opened, \.recovered, \.expired, \.bounced, \.deleted]
    #expect(ends.map { end in hours.reduce(0) { $0 + $1[keyPath: end] } } + [timeline.open] == test.expected.dropLast())
  }

  @Test func timesToRecover() throws {
    let report = try Fixture.report(
      lives("09:00 a defer 1\n09:00 b defer 1\n09:00 c defer 1\n09:10 a sent\n10:00 b sent"))
    #expect(report.cohort.times?.median == 600)
    #expect(report.cohort.times?.p90 == 3600)
    #expect(report.cohort.open == 1)
  }

  @Test func anArrivalThatMovesALittleIsTheSameLife() throws {
    // A restart that lost the life tells the arrival anew from the next line's delay.
    func story(_ arrivals: [String]) -> String {
      var lines = ""
      for (index, arrival) in arrivals.enumerated() {
        let isLast = index == arrivals.count - 1
        lines +=
          "{\"time\":\"2026-11-22T1\(index):00:00Z\",\"type\":\"\(isLast ? "delivery" : "transient-failure")\","
          + "\"source\":\"log\",\"host\":\"mx1\",\"direction\":\"outbound\",\"attempt\":\(index + 1),\"queue_id\":\"Q\","
          + "\"arrival\":\"2026-11-22T\(arrival)Z\",\"recipient\":\"a@x.org\"}\n"
      }
      return lines
    }
    for arrivals in [
      ["09:00:00", "09:00:02.9"], ["09:00:05.9", "09:00:06.1"], ["09:00:06.1", "09:00:05.9"], ["09:00:05", "09:00:08"],
    ] {
      let cohort = try Fixture.report(story(arrivals)).cohort
      #expect([cohort.recipients, cohort.recovered, cohort.open] == [1, 1, 0], "\(arrivals)")
    }
    for arrivals in [["09:00:00", "09:00:03.1"], ["09:00:07", "09:00:03.9"], ["09:00:01", "09:00:07"]] {
      let cohort = try Fixture.report(story(arrivals)).cohort
      #expect([cohort.recipients, cohort.recovered, cohort.open] == [1, 0, 1], "\(arrivals)")
    }
  }

  @Test func aRequeuedMessageIsOneLife() throws {
    let story =
      lives("09:01 a defer 1")
      + lives("09:40 a defer 2\n10:00 a sent").split(separator: "\"queue_id\":\"Q\"", omittingEmptySubsequences: false)
      .joined(separator: "\"queue_id\":\"R\",\"first_queue_id\":\"Q\"")
    let cohort = try Fixture.report(story).cohort
    #expect([cohort.recipients, cohort.recovered, cohort.open] == [1, 1, 0])
    #expect(cohort.times?.median == 3540)
  }

  @Test func percentilesByCauseAndProvider() throws {
    var story = ""
    for minute in 1...40 { story += "09:00 r\(minute) defer 1\n09:\(minute < 10 ? "0" : "")\(minute) r\(minute) sent\n" }
    let report = try Fixture.report(lives(story + "09:00 x defer 1\n09:50 y defer 1\n10:00 y expire"))
    for name in ["cause", "provider"] {
      let row = try #require(report.tables.first { $0.name == name }?.rows.first)
      #expect(row.times == Report.Percentiles(count: 40, median: 1200, p90: 2160, p99: 2400), "\(name)")
      #expect([row.recipients, row.recovered, row.expired, row.open] == [42, 40, 1, 1])
      #expect(row.recoveryRate == 40.0 / 42)
    }
    #expect(report.expiries.map(\.recipients) == [1])
    #expect(report.expiries.first?.cause == .greylisted)
  }

  @Test func recoveriesInThePeriodStandApart() throws {
    let story =
      "09:00 a defer 1\n09:00 b defer 1\n10:30 a sent\n10:31 c defer 1 @10:30\n10:45 c sent @10:30\n12:00 b sent"
    let report = try Fixture.report(lives(story), since: "2026-11-22T10:00:00Z", until: "2026-11-22T11:00:00Z")
    #expect(report.cohort.recipients == 1)
    #expect(report.cohort.recovered == 1)
    #expect(report.recoveries.count == 2)
  }

  @Test func aConditionOnTheCauseKeepsTheEnds() throws {
    let report = try Fixture.report(lives("09:00 a defer 1\n09:30 a sent"), where: ["cause=greylisted"])
    #expect(report.cohort.recipients == 1)
    #expect(report.cohort.recovered == 1)
    #expect(report.recoveries.count == 1)
    let other = try Fixture.report(lives("09:00 a defer 1\n09:30 a sent"), where: ["cause=policy"])
    #expect(other.cohort.recipients == 0)
    #expect(other.outbound.deferrals == 0)
    #expect(other.recoveries.count == 0)
  }

  @Test func rowsKnowHowTheirRecipientsEnded() throws {
    let report = try Fixture.report(lives("09:00 a defer 1\n09:00 b defer 1\n09:30 a sent"))
    let row = try #require(report.leadingProvider)
    #expect(row.key == "p")
    #expect([row.recipients, row.recovered, row.open] == [2, 1, 1])
    #expect(report.causes.first?.open == 1)
  }

  @Test func openLivesAreBounded() throws {
    let story = (0..<50).map { "09:01 r\($0) defer 1" }.joined(separator: "\n")
    let aggregation = try Fixture.aggregate(lives(story), Aggregation.Options(lifeLimit: 20))
    let report = aggregation.report()
    #expect(report.cohort.recipients == 20)
    #expect(report.cohort.unfollowed == 30)
    #expect(report.outbound.deferrals == 50)
    #expect(report.remarks.contains { $0.hasPrefix("30 recipients could not be followed") })
  }

  @Test func theTableFindsWhatItHolds() {
    var table = LifeTable<OpenLife>(limit: 10_000)
    var model: [UInt64: Int64] = [:]
    var state: UInt64 = 7
    for step in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      // Few homes, so that runs are long and deletions move entries.
      let key = (state >> 33) % 700 + 1
      if let slot = table.find(LifeKey(key)) {
        #expect(model[key] == table[slot].firstDeferred)
        table.remove(at: slot)
        model[key] = nil
      } else {
        #expect(model[key] == nil)
        table.insert(
          OpenLife(
            key: key, firstDeferred: Int64(step), provider: -1, domain: -1, cause: 0, isOfPeriod: true,
            isCounted: true))
        model[key] = Int64(step)
      }
    }
    #expect(table.count == model.count)
    for (key, value) in model {
      #expect(table.find(LifeKey(key)).map { table[$0].firstDeferred } == value)
    }
  }

  @Test func percentilesOfFew() throws {
    var few = DurationSketch()
    for value in [5.0, 1, 4, 2, 3] { few.insert(value) }
    #expect(few.percentiles == Report.Percentiles(count: 5, median: 3, p90: 5, p99: 5))
    #expect(DurationSketch().percentiles == nil)
    few.insert(.infinity)
    few.insert(-5)
    #expect(few.percentiles == Report.Percentiles(count: 6, median: 2, p90: 5, p99: 5))
  }

  @Test func distinctThingsAreCountedExactlyThenAboutRight() {
    var counter = DistinctCounter()
    var state: UInt64 = 1
    func next() -> UInt64 {
      // SplitMix64
      state &+= 0x9E37_79B9_7F4A_7C15
      var value = state
      value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
      value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
      return value ^ (value >> 31)
    }
    for _ in 0..<1000 {
      let hash = next()
      counter.insert(hash)
      counter.insert(hash)
    }
    #expect(counter.count == 1000)
    #expect(counter.isExact)
    for _ in 0..<499_000 { counter.insert(next()) }
    #expect(!counter.isExact)
    #expect(abs(counter.count - 500_000) < 15_000)
  }
}

extension LifeKey {
  fileprivate init(_ life: UInt64) { self.init(life: life, arrivalOffset: 0, hasArrival: false) }
}
