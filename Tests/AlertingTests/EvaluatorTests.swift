import Alerting
import Bytes
import Classification
import Journal
import SMTPTypes
import Testing

func time(_ text: String) -> Timestamp { text.withByteView { Timestamp(rfc3339: $0) } ?? Timestamp(seconds: 0) }

/// Adds a minute's attempts of one provider.
private func add(
  to evaluator: inout AlertEvaluator, _ minute: String, _ provider: String = "google", attempts: Int, deferred: Int
) {
  var tally = Tally(minute: time("2026-11-23T\(minute):00Z"))
  fill(&tally, provider, attempts: attempts, deferred: deferred)
  evaluator.add(tally)
}

private func fill(_ tally: inout Tally, _ provider: String, attempts: Int, deferred: Int) {
  var counts = Tally.Counts()
  counts.attempts = attempts
  counts.deliveries = attempts - deferred
  tally.total += counts
  provider.withByteView { tally.add(counts, to: .provider, key: $0) }
}

@Suite struct EvaluatorTests {
  let rule = AlertRule(name: "rate", threshold: 0.2, window: 300, minimum: 50)

  @Test func firesOnceAndClearsOnce() {
    var evaluator = AlertEvaluator(rules: [rule])
    add(to: &evaluator, "10:00", attempts: 100, deferred: 10)
    #expect(evaluator.evaluate(now: time("2026-11-23T10:01:00Z")).isEmpty)
    add(to: &evaluator, "10:01", attempts: 100, deferred: 50)
    let fired = evaluator.evaluate(now: time("2026-11-23T10:02:00Z"))
    #expect(fired.map(\.state) == [.firing])
    #expect(fired.first?.key == "google")
    #expect(fired.first?.counts.attempts == 200)
    #expect(fired.first?.summary == "google: 30% of 200 attempts deferred in 5 min (threshold 20%)")
    #expect(evaluator.evaluate(now: time("2026-11-23T10:02:30Z")).isEmpty)
    // Between the two limits nothing changes.
    add(to: &evaluator, "10:02", attempts: 140, deferred: 0)
    #expect(evaluator.evaluate(now: time("2026-11-23T10:03:00Z")).isEmpty)
    add(to: &evaluator, "10:03", attempts: 100, deferred: 0)
    let cleared = evaluator.evaluate(now: time("2026-11-23T10:04:00Z"))
    #expect(cleared.map(\.state) == [.cleared])
    #expect(cleared.first?.since == time("2026-11-23T10:02:00Z"))
  }

  @Test func aFewAttemptsSayNothing() {
    var evaluator = AlertEvaluator(rules: [rule])
    add(to: &evaluator, "10:00", attempts: 49, deferred: 49)
    #expect(evaluator.evaluate(now: time("2026-11-23T10:01:00Z")).isEmpty)
    add(to: &evaluator, "10:00", attempts: 1, deferred: 1)
    #expect(evaluator.evaluate(now: time("2026-11-23T10:01:00Z")).count == 1)
  }

  @Test func theWindowSlidesAndAnEmptyOneClears() {
    var evaluator = AlertEvaluator(rules: [rule])
    add(to: &evaluator, "10:00", attempts: 100, deferred: 100)
    #expect(evaluator.evaluate(now: time("2026-11-23T10:04:59Z")).count == 1)
    #expect(evaluator.evaluate(now: time("2026-11-23T10:05:00Z")).map(\.state) == [.cleared])
  }

  @Test func groupsAreWatchedApart() {
    var evaluator = AlertEvaluator(rules: [rule])
    add(to: &evaluator, "10:00", "google", attempts: 1000, deferred: 0)
    add(to: &evaluator, "10:00", "yahoo", attempts: 60, deferred: 60)
    #expect(evaluator.evaluate(now: time("2026-11-23T10:01:00Z")).map(\.key) == ["yahoo"])
  }

  @Test func allMailTogetherHasNoKey() {
    let all = AlertRule(name: "all", grouping: .all, threshold: 0.05, window: 300, minimum: 10)
    var evaluator = AlertEvaluator(rules: [all])
    add(to: &evaluator, "10:00", "google", attempts: 900, deferred: 0)
    add(to: &evaluator, "10:00", "yahoo", attempts: 100, deferred: 100)
    let alerts = evaluator.evaluate(now: time("2026-11-23T10:01:00Z"))
    #expect(alerts.count == 1)
    #expect(alerts.first?.key == nil)
    #expect(alerts.first?.counts.attempts == 1000)
  }

  @Test func anUnfinishedMinuteCountsOnceOnly() {
    var evaluator = AlertEvaluator(rules: [rule])
    var tally = Tally(minute: time("2026-11-23T10:00:00Z"))
    fill(&tally, "google", attempts: 60, deferred: 30)
    let fired = evaluator.evaluate(now: time("2026-11-23T10:00:30Z"), unfinished: tally)
    #expect(fired.first?.counts.attempts == 60)
    evaluator.add(tally)
    add(to: &evaluator, "10:01", attempts: 60, deferred: 0)
    #expect(evaluator.evaluate(now: time("2026-11-23T10:02:00Z")).isEmpty)
  }

  @Test func causesAndTheLastReplyAreTold() {
    var evaluator = AlertEvaluator(rules: [rule])
    for (index, cause) in [Cause.reputation, .reputation, .rateLimited].enumerated() {
      var event = Event(time: time("2026-11-23T10:00:0\(index)Z"), type: .transientFailure)
      event.source = .log
      event.direction = .outbound
      event.hop = .external
      event.origin = .remote
      event.provider = ByteView("google")
      event.cause = cause
      event.reply = Reply(parsing: index == 2 ? ByteView("421 4.7.28 slow down") : ByteView("421 4.7.0 bad"))
      evaluator.add(event)
    }
    add(to: &evaluator, "10:00", attempts: 60, deferred: 60)
    let alert = evaluator.evaluate(now: time("2026-11-23T10:01:00Z")).first
    #expect(alert?.causes.map(\.cause) == [.reputation, .rateLimited])
    #expect(alert?.causes.map(\.count) == [2, 1])
    #expect(alert?.sample == "421 4.7.28 slow down")
  }

  @Test func aRestartDoesNotFireAgain() throws {
    var first = AlertEvaluator(rules: [rule])
    add(to: &first, "10:00", attempts: 100, deferred: 60)
    let fired = try #require(first.evaluate(now: time("2026-11-23T10:01:00Z")).first)
    var second = AlertEvaluator(rules: [rule])
    fired.withEvent(host: "mx1") { event in
      var buffer = ByteBuffer()
      EventEncoder.append(event, to: &buffer)
      var decoder = EventDecoder()
      if case .event(let again)? = try? decoder.decode(buffer.view) { second.restore(again) }
    }
    add(to: &second, "10:00", attempts: 100, deferred: 60)
    #expect(second.evaluate(now: time("2026-11-23T10:01:30Z")).isEmpty)
    #expect(second.evaluate(now: time("2026-11-23T10:06:00Z")).map(\.state) == [.cleared])
  }

  @Test func strangersDomainsDoNotFillTheMemory() {
    let byDomain = AlertRule(name: "domains", grouping: .cut(.domain), threshold: 0.2, window: 300, minimum: 50)
    var evaluator = AlertEvaluator(rules: [byDomain])
    for batch in 0..<30 {
      var tally = Tally(minute: time("2026-11-23T10:00:00Z"))
      for index in 0..<900 {
        var counts = Tally.Counts()
        counts.attempts = 60
        "d\(batch)-\(index).example".withByteView { tally.add(counts, to: .domain, key: $0) }
      }
      evaluator.add(tally)
    }
    #expect(evaluator.evaluate(now: time("2026-11-23T10:01:00Z")).count <= 10_000)
  }
}
