import Classification
import SMTPTypes
import Testing

@testable import Reporting

/// Percentiles of times to recover: exact as long as memory allows, never outside of what came, no digits invented.
@Suite struct RecoveryTimesTests {
  /// A stranger's durations: spread evenly over their logarithms, by a fixed sequence.
  private static func durations(_ count: Int, from least: Double, to greatest: Double) -> [Double] {
    var state: UInt64 = 11
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let part = Double(state >> 11) / Double(1 << 53)
      return least + (greatest - least) * part * part
    }
  }

  private static func recovery(_ seconds: Double, provider: Int32 = 0) -> RecoveryTimes.Recovery {
    RecoveryTimes.Recovery(
      seconds: seconds, provider: provider, cause: Cause.mailboxFull.rawValue, isOfCohort: true, isOfPeriod: true)
  }

  private static var shares: [(Double, KeyPath<Report.Percentiles, Double>)] {
    [(0.5, \.median), (0.9, \.p90), (0.99, \.p99)]
  }

  @Test func allAreExactWhileTheyAreFew() throws {
    let all = RecoveryTimesTests.durations(20_000, from: 900, to: 993.9)
    var times = RecoveryTimes()
    for (index, seconds) in all.enumerated() { times.insert(RecoveryTimesTests.recovery(seconds, provider: Int32(index % 3))) }
    let found = times.percentiles()
    let sorted = all.sorted()
    #expect(found.ofCause(.mailboxFull) == DurationSketch.percentiles(ofSorted: sorted))
    #expect(found.ofCause(.mailboxFull)?.p99 == sorted[19_799])
    #expect(found.cohort == found.period && found.cohort == found.ofCause(.mailboxFull))
    let third = stride(from: 1, to: all.count, by: 3).map { all[$0] }.sorted()
    #expect(found.ofProvider(1) == DurationSketch.percentiles(ofSorted: third))
    #expect(found.ofProvider(1)?.error == nil)
    #expect(found.ofCause(.greylisted) == nil && found.ofProvider(3) == nil)
  }

  /// Small groups stay exact among many; great ones are estimates that say so.
  @Test func manyAreEstimated() throws {
    let all = RecoveryTimesTests.durations(40_000, from: 30, to: 432_000)
    var times = RecoveryTimes(exactLimit: 1000)
    for (index, seconds) in all.enumerated() {
      times.insert(RecoveryTimesTests.recovery(seconds, provider: index % 400 == 7 ? 1 : 0))
    }
    let found = times.percentiles()
    let few = stride(from: 7, to: all.count, by: 400).map { all[$0] }.sorted()
    #expect(found.ofProvider(1) == DurationSketch.percentiles(ofSorted: few))
    let sorted = all.sorted()
    for (times, bound) in [(found.cohort, 0.007), (found.ofProvider(0), 0.007)] {
      let times = try #require(times)
      let error = try #require(times.error)
      #expect(error <= bound)
      #expect(times.count >= 39_900)
      for (share, value) in RecoveryTimesTests.shares {
        let truth = sorted[Int(share * 40_000) - 1]
        #expect(abs(times[keyPath: value] / truth - 1) <= error + 0.01, "\(share): \(times[keyPath: value]), \(truth)")
      }
    }
  }

  /// Memory is for some great groups; all others are told less exactly.
  @Test func onlySomeProvidersAreFine() throws {
    var times = RecoveryTimes(exactLimit: 10)
    for (index, seconds) in RecoveryTimesTests.durations(100 * 300, from: 30, to: 432_000).enumerated() {
      times.insert(RecoveryTimesTests.recovery(seconds, provider: Int32(index % 100)))
    }
    let found = times.percentiles()
    let errors = try (0..<100).map { row in try #require(found.ofProvider(row)).error }
    #expect(errors.count { $0 == nil } == 64)
    #expect(errors.allSatisfy { $0 ?? 0 < 0.1 })
  }

  struct Spread: Sendable {
    var least: Double
    var greatest: Double
    /// The relative error that may be told.
    var fine: Double
    var coarse: Double
  }

  @Test(arguments: [
    Spread(least: 900, greatest: 993.9, fine: 0.006, coarse: 0.006),
    Spread(least: 60, greatest: 3600, fine: 0.006, coarse: 0.06),
    Spread(least: 1, greatest: 432_000, fine: 0.007, coarse: 0.1),
    Spread(least: 0, greatest: 1e300, fine: 0.06, coarse: 0.2),
  ])
  func estimatesAreNear(_ spread: Spread) throws {
    let all = RecoveryTimesTests.durations(30_000, from: spread.least, to: spread.greatest)
    let sorted = all.sorted()
    for (resolution, bound) in [(DurationSketch.Resolution.fine, spread.fine), (.coarse, spread.coarse)] {
      var sketch = DurationSketch(resolution)
      for seconds in all { sketch.insert(seconds) }
      let found = try #require(sketch.percentiles)
      let error = try #require(found.error)
      #expect(error <= bound, "\(error)")
      for (share, value) in RecoveryTimesTests.shares {
        let truth = sorted[Int(share * 30_000) - 1]
        let estimate = found[keyPath: value]
        #expect(estimate >= sorted[0] && estimate <= sorted[29_999])
        if truth < 1e12 { #expect(abs(estimate - truth) <= truth * error, "\(share): \(estimate), \(truth)") }
      }
    }
  }

  /// No percentile lies beyond the greatest that came, whatever class it is in.
  @Test func nothingIsOutsideOfWhatCame() throws {
    var sketch = DurationSketch(.coarse)
    // The middle of its class is beyond it.
    for index in 0..<1000 { sketch.insert(index == 0 ? 0.5 : 961.123456) }
    #expect(sketch.percentiles.map { [$0.median, $0.p90, $0.p99] } == [961.123456, 961.123456, 961.123456])
    // Two digits are what it is good for.
    for _ in 0..<10 { sketch.insert(10_000) }
    #expect(sketch.percentiles.map { [$0.median, $0.p90, $0.p99] } == [970, 970, 970])
    var same = DurationSketch(.coarse)
    for _ in 0..<1000 { same.insert(961.123456) }
    #expect(same.percentiles.map { [$0.median, $0.p90, $0.p99] } == [961.123456, 961.123456, 961.123456])
    same.insert(.nan)
    same.insert(.infinity)
    #expect(same.count == 1000)
  }

  @Test func reportsSayWhatIsEstimated() throws {
    var report = Report()
    report.outbound.deferrals = 1
    report.cohort.recipients = 2
    report.cohort.recovered = 2
    report.cohort.times = Report.Percentiles(count: 2, median: 962, p90: 984, p99: 990, error: 0.006)
    #expect(TextRenderer().render(report).contains("median ~16 min, p90 ~16 min"))
    let json = JSONRenderer().render(report)
    #expect(json.contains("\"median_seconds_to_recover\": 962,"))
    #expect(json.contains("\"seconds_are_approximate\": true"))
    #expect(json.contains("\"seconds_relative_error\": 0.006"))
    report.cohort.times?.error = nil
    #expect(!TextRenderer().render(report).contains("~") && !JSONRenderer().render(report).contains("approximate"))
  }
}
