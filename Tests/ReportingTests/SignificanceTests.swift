import SMTPTypes
import Testing

@testable import Reporting

@Suite struct SignificanceTests {
  struct Case: Sendable {
    var hits: (Int, Int)
    var sizes: (Int, Int)
    /// As R's fisher.test gives it.
    var probability: Double
  }

  static let tables = [
    // Fisher's lady tasting tea, and tables small enough to check by hand.
    Case(hits: (3, 1), sizes: (4, 4), probability: 0.485714),
    Case(hits: (8, 1), sizes: (10, 6), probability: 0.034965),
    Case(hits: (0, 3), sizes: (10, 10), probability: 0.210526),
    Case(hits: (5, 5), sizes: (10, 10), probability: 1),
    Case(hits: (0, 0), sizes: (10, 10), probability: 1),
    Case(hits: (10, 10), sizes: (10, 10), probability: 1),
  ]

  @Test(arguments: tables) func fisher(_ test: Case) {
    #expect(abs(Significance.fisher(test.hits, of: test.sizes) - test.probability) < 1e-4)
    // The groups may change places.
    let swapped = Significance.fisher((test.hits.1, test.hits.0), of: (test.sizes.1, test.sizes.0))
    #expect(abs(swapped - test.probability) < 1e-4)
  }

  @Test func manyGoByTheNormalApproximation() {
    let exact = Significance.fisher((9_900, 10_100), of: (100_000, 100_000))
    let approximate = Significance.fisher((19_800, 20_200), of: (200_000, 200_000))
    #expect(exact > 0.1 && exact < 0.2)
    #expect(approximate < exact && approximate > 0.02)
    #expect(Significance.fisher((1_000_000, 1_100_000), of: (10_000_000, 10_000_000)) < 1e-9)
  }

  @Test(arguments: [(0, 3, 0.25), (1, 9, 0.021484), (5, 5, 1.0), (0, 10, 0.001953), (0, 0, 1.0)])
  func equalCounts(_ first: Int, _ second: Int, _ probability: Double) {
    #expect(abs(Significance.counts(first, second) - probability) < 1e-5)
    #expect(abs(Significance.counts(first, second) - Significance.counts(second, first)) < 1e-12)
  }

  /// As R's binom.test gives it.
  @Test(arguments: [(3, 0, 0.25, 0.015625), (1, 9, 0.25, 0.468150), (25, 24, 25.0 / 49, 1.0), (0, 4, 0.9, 0.0001)])
  func countsOfUnequalTimes(_ first: Int, _ second: Int, _ share: Double, _ probability: Double) {
    #expect(abs(Significance.counts(first, second, share: share) - probability) < 1e-5)
    #expect(abs(Significance.counts(second, first, share: 1 - share) - probability) < 1e-5)
  }

  @Test func manyCountsOfUnequalTimes() {
    #expect(Significance.counts(25_000, 24_000, share: 25.0 / 49) > 0.9)
    #expect(Significance.counts(25_000, 24_000) < 1e-4)
  }

  @Test func manyRowsNeedMore() {
    #expect(Significance.holm([0.01, 0.04, 0.03]).map { ($0 * 1000).rounded() } == [30, 60, 60])
    #expect(Significance.holm([]) == [])
    #expect(Significance.holm([0.9, 0.8]) == [1, 1])
  }

  // MARK: - Periods

  private func report(_ counts: [String: Int], firstAttempts: Int?) throws -> Report {
    var lines = ""
    for (cause, count) in counts.sorted(by: { $0.key < $1.key }) {
      for index in 0..<count {
        lines +=
          "{\"time\":\"2026-11-22T09:00:00Z\",\"type\":\"transient-failure\",\"source\":\"log\",\"host\":\"mx1\",\"direction\":\"outbound\",\"hop\":\"external\",\"cause\":\"\(cause)\",\"origin\":\"remote\",\"provider\":\"p\",\"attempt\":1,\"queue_id\":\"\(cause)\(index)\",\"arrival\":\"2026-11-22T09:00:00Z\",\"recipient\":\"a@x.org\"}\n"
      }
    }
    if let firstAttempts {
      lines +=
        "{\"time\":\"2026-11-22T09:00:00Z\",\"type\":\"tally\",\"host\":\"mx1\",\"total\":{\"attempts\":\(firstAttempts),\"first_attempts\":\(firstAttempts)}}\n"
    }
    return try Fixture.report(lines, ReportOptions(top: 1000, by: [.field(.cause), .field(.provider)]))
  }

  @Test func whatRoseFellAndIsNew() throws {
    let before = try report(["greylisted": 40, "rate-limited": 50, "policy": 30, "content": 3], firstAttempts: 1000)
    let now = try report(["greylisted": 42, "rate-limited": 150, "mailbox-full": 25, "reputation": 3], firstAttempts: 1000)
    let comparison = Comparison(
      now, before: before, since: .init(seconds: 0), until: .init(seconds: 3600))
    let verdicts = Dictionary(uniqueKeysWithValues: comparison.causes.map { ($0.key, $0.verdict) })
    #expect(
      verdicts == [
        "rate-limited": .rose, "mailbox-full": .new, "policy": .gone, "greylisted": .unclear, "content": .few,
        "reputation": .few,
      ])
    #expect(comparison.total.verdict == .rose)
    #expect(comparison.causes.first?.key == "rate-limited")
    #expect((comparison.causes.first?.ratio).map { ($0 * 1000).rounded() } == 3000)
  }

  @Test func threeAreNeverClear() throws {
    // Even where the rate of first attempts would make it improbable.
    let before = try report(["policy": 0], firstAttempts: 1_000_000)
    let now = try report(["policy": 3], firstAttempts: 10)
    let comparison = Comparison(now, before: before, since: .init(seconds: 0), until: .init(seconds: 1))
    #expect(comparison.causes.map(\.verdict) == [.few])
  }

  // MARK: - Providers

  /// First attempts and how many of them were put off, by provider.
  private func report(_ providers: [String: (tried: Int, deferred: Int)], where conditions: [String] = []) throws -> Report {
    var lines = ""
    var by: [String] = []
    for (provider, counts) in providers.sorted(by: { $0.key < $1.key }) {
      for index in 0..<counts.deferred {
        lines +=
          "{\"time\":\"2026-11-22T09:00:00Z\",\"type\":\"transient-failure\",\"source\":\"log\",\"host\":\"mx1\",\"direction\":\"outbound\",\"hop\":\"external\",\"cause\":\"greylisted\",\"origin\":\"remote\",\"provider\":\"\(provider)\",\"domain\":\"\(provider)\",\"attempt\":1,\"queue_id\":\"\(provider)\(index)\",\"arrival\":\"2026-11-22T09:00:00Z\",\"recipient\":\"a@x.org\"}\n"
      }
      by.append(
        "\"\(provider)\":{\"attempts\":\(counts.tried),\"deliveries\":\(counts.tried - counts.deferred),\"first_attempts\":\(counts.tried),\"first_deferred\":\(counts.deferred)}")
    }
    let tried = providers.values.reduce(0) { $0 + $1.tried }
    lines +=
      "{\"time\":\"2026-11-22T09:00:00Z\",\"type\":\"tally\",\"host\":\"mx1\",\"total\":{\"attempts\":\(tried),\"first_attempts\":\(tried)},\"by\":{\"provider\":{\(by.joined(separator: ","))}}}\n"
    return try Fixture.report(
      lines, where: conditions,
      ReportOptions(top: 1000, by: [.field(.cause), .field(.provider)], showsQuiet: true))
  }

  private func compared(
    _ now: [String: (tried: Int, deferred: Int)], _ before: [String: (tried: Int, deferred: Int)],
    where conditions: [String] = []
  ) throws -> Comparison {
    Comparison(
      try report(now, where: conditions), before: try report(before, where: conditions), since: .init(seconds: 0),
      until: .init(seconds: 3600))
  }

  /// A provider that put nothing off in one of the periods was tried there all the same.
  @Test func noneOfTwentyIsNoChange() throws {
    let (few, many) = (["b": (20, 0), "c": (500, 10)], ["b": (2000, 16), "c": (500, 10)])
    for comparison in [try compared(many, few), try compared(few, many)] {
      let row = try #require(comparison.providers.first { $0.key == "b" })
      #expect(row.test == .fisher && row.probability == 1 && row.verdict == .unclear)
      #expect([row.attemptsBefore, row.attemptsNow].compactMap(\.self).sorted() == [20, 2000])
    }
    // Nothing at all was put off before.
    let comparison = try compared(["b": (2000, 16)], ["b": (20, 0)])
    #expect(comparison.providers.map(\.verdict) == [.unclear] && comparison.total.verdict == .unclear)
    #expect(comparison.causes.map(\.verdict) == [.unclear])
  }

  @Test func whatIsClearStaysClear() throws {
    let comparison = try compared(
      ["b": (1000, 100), "c": (500, 10), "d": (900, 90)], ["b": (1000, 0), "c": (500, 10)])
    let verdicts = Dictionary(uniqueKeysWithValues: comparison.providers.map { ($0.key, $0.verdict) })
    #expect(verdicts == ["b": .new, "c": .unclear, "d": .new])
    // Where nothing was tried before there is no rate to compare with.
    #expect(comparison.providers.first { $0.key == "d" }?.test == .equalCounts)
  }

  /// Without first attempts counts alone are compared, and that is said.
  @Test func volumeIsNotTakenIntoAccountWhereItIsUnknown() throws {
    let (before, now) = (["b": (20, 1)], ["b": (2000, 30)])
    for (conditions, test) in [([], Comparison.Test.fisher), (["provider=b", "domain=b"], .equalCounts)] {
      let comparison = try compared(now, before, where: conditions)
      #expect(comparison.total.test == test && comparison.providers.allSatisfy { $0.test == test })
      var whole = try report(now, where: conditions)
      whole.comparison = comparison
      let text = TextRenderer(width: 200).render(whole)
      #expect(text.contains("(Fisher's exact test, corrected") == (test == .fisher))
      #expect(text.contains("(the exact binomial test on counts alone, corrected") == (test == .equalCounts))
      #expect(text.contains("volume is not taken into account") == (test == .equalCounts))
      #expect(JSONRenderer().render(whole).contains("\"test\": \"\(test.rawValue)\""))
    }
  }

  // MARK: - Held back

  /// A week of an outage: one attempt in fifty, the others are held back. Who was tried first counts once.
  private func outage(_ heldBack: Int) throws -> Report {
    func event(_ queueID: String, _ minute: Int, _ more: String) -> String {
      "{\"time\":\"2026-11-22T09:\(minute):00Z\",\"type\":\"transient-failure\",\"source\":\"log\",\"host\":\"mx1\",\"direction\":\"outbound\",\"hop\":\"external\",\"cause\":\"connect-failure\",\(more),\"provider\":\"p\",\"domain\":\"p\",\"queue_id\":\"\(queueID)\",\"arrival\":\"2026-11-22T09:\(minute):00Z\",\"recipient\":\"a@x.org\"}\n"
    }
    var lines = ""
    for index in 0..<7 { lines += event("T\(index)", 10, "\"origin\":\"transport\",\"attempt\":1") }
    for index in 0..<heldBack { lines += event("S\(index)", 11, "\"origin\":\"suspended\"") }
    if heldBack > 0 { lines += event("T0", 10, "\"origin\":\"suspended\"") }
    lines +=
      "{\"time\":\"2026-11-22T09:00:00Z\",\"type\":\"tally\",\"host\":\"mx1\",\"total\":{\"attempts\":377,\"deliveries\":370,\"first_attempts\":370,\"first_deferred\":7},\"by\":{\"provider\":{\"p\":{\"attempts\":377,\"deliveries\":370,\"first_attempts\":370,\"first_deferred\":7}}}}\n"
    return try Fixture.report(lines, ReportOptions(top: 1000, by: [.field(.cause), .field(.provider)], showsQuiet: true))
  }

  @Test func anOutageThatIsHeldBackIsAChange() throws {
    let (quiet, bad) = (try outage(0), try outage(350))
    var comparison = Comparison(bad, before: quiet, since: .init(seconds: 0), until: .init(seconds: 3600))
    for row in [comparison.total, try #require(comparison.causes.first), try #require(comparison.providers.first)] {
      #expect([row.before, row.now, row.heldBefore, row.heldNow] == [7, 357, 0, 350])
      #expect(row.takenUpNow == 720 && row.attemptsNow == 370)
      #expect(row.verdict == .rose && row.test == .fisher)
    }
    var report = bad
    report.comparison = comparison
    let text = TextRenderer(width: 200).render(report)
    #expect(text.contains("first attempts put off or held back"))
    #expect(text.contains("without a first attempt: 0 before, 350 now."))
    #expect(text.contains("; 351 recipients were held back untried."))
    #expect(JSONRenderer().render(report).contains("\"held_back_now\": 350"))
    comparison = Comparison(quiet, before: bad, since: .init(seconds: 0), until: .init(seconds: 3600))
    #expect(comparison.total.verdict == .fell)
    #expect(!Comparison(quiet, before: quiet, since: .init(seconds: 0), until: .init(seconds: 1)).countsHeldBack)
  }
}
