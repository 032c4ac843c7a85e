import SMTPTypes
import Testing

@testable import Sidecar

@Suite struct SilenceRuleTests {
  /// Runs `hours` of a log that gives `lines` at each of its minutes for which `speaks`, and tells the news by minute.
  private func run(
    hours: Int, lines: Int, options: SilenceOptions = SilenceOptions(), speaks: (Int) -> Bool
  ) -> [(minute: Int, news: SilenceNews)] {
    var rule = SilenceRule(options: options, hasMilter: false, now: 0)
    var traffic = LogTraffic()
    var news: [(minute: Int, news: SilenceNews)] = []
    for minute in 1...(hours * 60) {
      if speaks(minute) { traffic.lines += lines }
      news += rule.look(traffic, calls: 0, now: Double(minute * 60)).map { (minute, $0) }
    }
    return news
  }

  @Test func aSteadyLogThatStopsIsToldOnceAndCleared() {
    let news = run(hours: 20, lines: 1) { $0 <= 600 || $0 > 900 }
    #expect(news.map(\.news) == [.logFellSilent(seconds: 3600), .logSpeaksAgain(seconds: 301 * 60)])
    #expect(news.map(\.minute) == [660, 901])
  }

  /// The log was dead already when the sidecar started: the journal knows that it was not always.
  @Test(arguments: [
    ([60, 60, 60], [60]), ([60, 60], []), ([60, 0, 60], []), ([1, 1, 1], []), ([], []),
  ] as [([Int], [Int])])
  func aLogThatIsDeadAtTheStart(history: [Int], minutes: [Int]) {
    var rule = SilenceRule(options: SilenceOptions(), hasMilter: false, history: history, now: 0)
    var told: [Int] = []
    for minute in 1...600 where !rule.look(LogTraffic(), calls: 0, now: Double(minute * 60)).isEmpty {
      told.append(minute)
    }
    #expect(told == minutes)
  }

  /// Told once, if a thousand lines came and none of them was a mail server's.
  @Test(arguments: [(999, 999, 0), (1000, 1000, 1), (5000, 5000, 1), (5000, 4999, 0)])
  func aLogOfOtherPrograms(lines: Int, foreign: Int, told: Int) {
    var rule = SilenceRule(options: SilenceOptions(), hasMilter: false, now: 0)
    var news: [SilenceNews] = []
    for second in 1...3 {
      news += rule.look(LogTraffic(lines: lines, foreign: foreign), calls: 0, now: Double(second))
    }
    #expect(news == Array(repeating: .logIsForeign(lines: lines), count: told))
  }

  @Test func linesByStretches() {
    let now = Timestamp(seconds: 1_795_456_800)
    var history = SilenceHistory(length: 3600, now: now)
    // Two hours of a minute each, one without, and one before; nothing in the last three hours.
    for minute in [190, 250, 250, 370, 60 * 24 * 9, -5] { history.add(5, at: now.advanced(by: Double(-60 * minute))) }
    #expect(history.stretches == [5, 0, 10, 5])
    #expect(SilenceHistory(length: 3600, now: now).stretches.isEmpty)
    var off = SilenceHistory(length: 0, now: now)
    off.add(5, at: now)
    #expect(off.stretches.isEmpty)
  }

  @Test func whatWasBeforeTheFirstLineIsNotKnown() {
    // Five hours without a log, five with a steady one.
    let news = run(hours: 20, lines: 1) { $0 > 300 && $0 <= 600 }
    #expect(news.map(\.news) == [.logFellSilent(seconds: 3600)])
    #expect(news.map(\.minute) == [660])
  }

  @Test func oneThatStopsInMidHourIsMissedToo() {
    let news = run(hours: 20, lines: 1) { $0 <= 630 }
    #expect(news.map(\.minute) == [690])
  }

  @Test func aQuietNightIsNotSilence() {
    // Ten hours of every 24 without a line: the first night may surprise, later ones do not.
    let news = run(hours: 24 * 10, lines: 1) { $0 % 1440 > 600 }
    #expect(news.allSatisfy { $0.minute < 1440 * 2 })
    #expect(news.count <= 2)
  }

  @Test(arguments: [
    (hours: 2, lines: 100, minimum: 1000), (hours: 10, lines: 1, minimum: 2000), (hours: 10, lines: 0, minimum: 0),
  ])
  func tooLittleIsNotMissed(hours: Int, lines: Int, minimum: Int) {
    var options = SilenceOptions()
    options.minimum = minimum
    #expect(run(hours: 24, lines: lines, options: options) { $0 < hours * 60 }.isEmpty)
  }

  @Test func itCanBeTurnedOff() {
    var options = SilenceOptions()
    options.after = 0
    #expect(run(hours: 24, lines: 5, options: options) { $0 < 600 }.isEmpty)
  }

  @Test func aMilterThatIsNeverCalledIsToldOnceAndCleared() {
    var rule = SilenceRule(options: SilenceOptions(), hasMilter: true, now: 0)
    var traffic = LogTraffic()
    var news: [SilenceNews] = []
    func look(accepted: Int, calls: Int, caughtUp: Bool = true) {
      traffic.accepted += accepted
      traffic.lines += accepted * 5
      traffic.isCaughtUp = caughtUp
      news += rule.look(traffic, calls: calls, now: 1)
    }
    // Older lines say nothing.
    look(accepted: 500, calls: 0, caughtUp: false)
    look(accepted: 19, calls: 0)
    #expect(news.isEmpty)
    look(accepted: 5, calls: 0)
    look(accepted: 50, calls: 0)
    #expect(news == [.milterIsNotCalled(messages: 24)])
    look(accepted: 1, calls: 1)
    #expect(news.last == .milterIsCalledAgain)
    look(accepted: 15, calls: 1)
    look(accepted: 15, calls: 2)
    look(accepted: 15, calls: 3)
    #expect(news.count == 2)
  }
}
