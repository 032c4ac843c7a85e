import Classification
import Journal
import SMTPTypes
import Testing

@testable import Reporting

/// Failures to connect and to resolve that are our own: what other domains were like at the time.
@Suite struct OutageTests {
  /// Lines of a journal in the order of time, from minutes since 2026-06-02T09:30:00Z.
  private struct Story {
    private var lines: [(minute: Int, text: String)] = []
    private var number = 0

    /// - Parameter domain: `d7` for `u@d7.example`.
    mutating func tell(_ minute: Int, _ domain: String, _ what: String, cause: String = "connect-failure") {
      number += 1
      let origin = cause == "greylisted" ? "remote" : "transport"
      let outcome = what == "delivery" ? "" : ",\"cause\":\"\(cause)\",\"scope\":\"domain\",\"origin\":\"\(origin)\""
      lines.append(
        (
          minute,
          "{\"time\":\"\(Timestamp(seconds: 1_780_392_600 + Int64(minute) * 60))\",\"type\":\"\(what)\",\"source\":\"log\",\"host\":\"mx1\",\"direction\":\"outbound\",\"hop\":\"external\"\(outcome),\"domain\":\"\(domain).example\",\"queue_id\":\"Q\(number)\",\"recipient\":\"u@\(domain).example\"}"
        ))
    }

    /// Mail to domains that is counted only.
    mutating func tally(_ minute: Int, _ domains: some Sequence<String>) {
      let parts = domains.map { "\"\($0).example\":{\"attempts\":1,\"deliveries\":1}" }.joined(separator: ",")
      lines.append(
        (
          minute,
          "{\"time\":\"\(Timestamp(seconds: 1_780_392_600 + Int64(minute) * 60))\",\"type\":\"tally\",\"host\":\"mx1\",\"total\":{\"attempts\":9},\"by\":{\"domain\":{\(parts)}}}"
        ))
    }

    var text: String {
      lines.enumerated().sorted { ($0.element.minute, $0.offset) < ($1.element.minute, $1.offset) }
        .map(\.element.text).joined(separator: "\n")
    }
  }

  /// How often a failure of u@d0 counted; that of others does not matter.
  private func score(
    _ story: Story, _ options: RecipientLedger.Options = .init(), of domain: String = "d0"
  ) throws -> Int? {
    let ledger = RecipientLedger(options: options)
    try Fixture.feed(story.text, to: ledger)
    var score: Int?
    _ = ledger.list(.init(), now: Timestamp(seconds: 1_780_392_600 + 40 * 86_400)) {
      if $0.address == "u@\(domain).example" { score = $0.score }
    }
    return score
  }

  /// `failing` of `others` fail as d0 does; the failing one itself has no voice.
  @Test(arguments: [(0, 0, 1), (1, 1, 1), (2, 2, 1), (3, 3, 0), (2, 3, 0), (2, 4, 1), (5, 10, 1), (6, 10, 0)])
  func mostOthersFailLikewise(_ failing: Int, _ others: Int, _ expected: Int) throws {
    for cause in ["connect-failure", "dns-failure"] {
      var story = Story()
      story.tell(100, "d0", "expiration", cause: cause)
      for other in 0..<others {
        if other < failing {
          story.tell(100, "d\(other + 1)", "transient-failure", cause: cause)
        } else {
          story.tell(100, "d\(other + 1)", "transient-failure", cause: "greylisted")
        }
      }
      #expect(try score(story) == expected, "\(failing) of \(others)")
    }
  }

  @Test func theNumbersAreSettings() throws {
    var story = Story()
    story.tell(100, "d0", "expiration")
    for other in 1...2 { story.tell(100, "d\(other)", "transient-failure") }
    for other in 3...5 { story.tell(100, "d\(other)", "delivery") }
    var options = RecipientLedger.Options()
    #expect(try score(story, options) == 1)
    options.policy.outageShare = 0.3
    #expect(try score(story, options) == 0)
    options.policy.outageDomains = 6
    #expect(try score(story, options) == 1)
  }

  /// Wherever in the clock's hour it falls: the half hour before, or the half hour after.
  @Test(arguments: [
    (0, 0), (-29, 0), (29, 0), (-45, 1), (45, 1),
  ])
  func theWindowGoesWithTheFailure(_ others: Int, _ expected: Int) throws {
    for minute in [100, 110, 125, 149, 150, 151, 160] {
      var story = Story()
      story.tell(minute, "d0", "expiration")
      for other in 1...5 { story.tell(minute + others, "d\(other)", "transient-failure") }
      // Nobody's time.
      story.tell(minute + 500, "x", "delivery")
      #expect(try score(story) == expected, "minute \(minute)")
    }
  }

  /// Just after it began and just before it ends, domains that were reached before and after it do not hide it.
  @Test func theEdgesOfAnOutageBelongToIt() throws {
    for minute in [102, 130, 218] {
      var story = Story()
      for at in stride(from: 0, to: 320, by: 10) {
        for other in 1...5 {
          story.tell(at, "d\(other)", (100...220).contains(at) ? "transient-failure" : "delivery")
        }
      }
      story.tell(minute, "d0", "expiration")
      #expect(try score(story) == 0, "minute \(minute)")
    }
    for minute in [60, 270] {
      var story = Story()
      for at in stride(from: 0, to: 320, by: 10) {
        for other in 1...5 {
          story.tell(at, "d\(other)", (100...220).contains(at) ? "transient-failure" : "delivery")
        }
      }
      story.tell(minute, "d0", "expiration")
      #expect(try score(story) == 1, "minute \(minute)")
    }
  }

  /// Domains that fail for days while others are reached are dead by themselves; an outage of days is ours.
  @Test func theDeadHaveNoVoice() throws {
    let days = 5 * 1440
    func story(reached: Bool) -> Story {
      var story = Story()
      for at in stride(from: 0, to: days, by: 60) {
        for dead in 0...6 { story.tell(at, "d\(dead)", "transient-failure") }
      }
      for at in stride(from: 20, to: days - 60, by: 180) {
        story.tally(at, (0..<8).map { "good\(at / 180 % 2)\($0)" })
        if !reached {
          for good in 0..<8 { story.tell(at + 1, "good\(at / 180 % 2)\(good)", "transient-failure") }
        }
      }
      story.tell(days - 55, "d0", "expiration")
      return story
    }
    #expect(try score(story(reached: true)) == 1)
    #expect(try score(story(reached: false)) == 0)
  }

  /// Who comes back has a voice again.
  @Test func theRisenHaveAVoiceAgain() throws {
    var story = Story()
    for at in stride(from: 0, to: 2000, by: 60) {
      for other in 1...4 { story.tell(at, "d\(other)", at < 1800 ? "transient-failure" : "delivery") }
      story.tally(at, (0..<8).map { "good\($0)" })
    }
    for other in 1...4 { story.tell(2100, "d\(other)", "transient-failure") }
    story.tell(2101, "d0", "expiration")
    #expect(try score(story) == 0)
  }

  @Test func deliveriesInTalliesCountAsTried() throws {
    var story = Story()
    story.tell(100, "d0", "expiration")
    for other in 1...3 { story.tell(100, "d\(other)", "transient-failure") }
    #expect(try score(story) == 0)
    story.tally(100, (4...6).map { "D\($0)" })
    #expect(try score(story) == 1)
  }

  /// A name server and an uplink that are away look alike from here, and a mixture of both too.
  @Test func thatNobodyIsReachedCountsWhicheverWay() throws {
    var story = Story()
    story.tell(100, "d0", "expiration")
    for other in 1...2 { story.tell(100, "d\(other)", "transient-failure", cause: "dns-failure") }
    for other in 3...4 { story.tell(100, "d\(other)", "transient-failure") }
    for other in 5...7 { story.tell(100, "d\(other)", "delivery") }
    #expect(try score(story) == 0)
  }

  /// One log after another, of the same time.
  @Test func timeMayBeginAgain() throws {
    var story = Story()
    story.tell(100, "d0", "expiration")
    for other in 1...4 { story.tell(100, "d\(other)", "transient-failure") }
    var later = Story()
    later.tell(90_000, "x", "delivery")
    let ledger = RecipientLedger()
    try Fixture.feed(later.text, to: ledger)
    try Fixture.feed(story.text, to: ledger)
    var scores: [Int] = []
    _ = ledger.list(.init(), now: Timestamp(seconds: 1_780_392_600 + 40 * 86_400)) { scores.append($0.score) }
    #expect(scores.reduce(0, +) == 0)
  }
}
