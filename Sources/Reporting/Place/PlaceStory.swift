// The story of one provider or domain: how it is now, since when, whether it is getting worse, and how it went.

public import Classification
public import SMTPTypes

public struct PlaceStory: Sendable {
  public enum Kind: String, Sendable { case provider, domain }

  public var kind: Kind
  public var name: String
  /// Figures, causes, replies, senders and tags of this place alone.
  public var report: Report
  /// Hours of a step.
  public var step = 1
  /// In order of time; steps without anything are left out.
  public var steps: [Step] = []
  /// Recipients that are open at the end.
  public var open = 0
  /// The last stretch of trouble; nil if there was none.
  public var episode: Episode?
  /// The last moment of anything that was read.
  public var last: Timestamp?

  public struct Step: Sendable, Equatable {
    public var start: Timestamp
    public var attempts: Int?
    public var deferrals = 0
    public var suspensions = 0
    /// Recipients first put off, and how many came to an end.
    public var putOff = 0
    public var recovered = 0
    public var expired = 0
    public var bounced = 0
    public var deleted = 0
    /// Recipients that are open when the step ends.
    public var open = 0
    public var mainCause: Cause?
    public var rate: Double? { Report.rate(deferrals, attempts) }
  }

  /// A stretch of hours with deferrals, broken by no more than `quietHours` without.
  public struct Episode: Sendable, Equatable {
    public var began: Timestamp
    /// The end of its last hour with deferrals.
    public var ended: Timestamp
    /// True if it is too fresh to be over.
    public var isGoingOn: Bool
    public var trend: Trend
    /// Deferral rates of its first and second half; nil where attempts are unknown.
    public var rateAtFirst: Double?
    public var rateLately: Double?
  }

  public enum Trend: String, Sendable {
    case worse, better, steady = "no clear change"
    /// Too short or too few attempts.
    case unknown = "too few to tell"
  }

  /// An hour in which at least this share of attempts was put off is one of trouble.
  public static let troubleRate = 0.05
  public static let quietHours = 6

  /// - Parameter step: hours of a step; nil for the least of 1, 3, 6, 12, 24, 168 and 720 that gives at most 48.
  public init(_ kind: Kind, _ name: String, report: Report, timeline: PlaceTimeline, step: Int? = nil) {
    self.kind = kind
    self.name = name
    self.report = report
    open = timeline.open
    last = timeline.last
    let hours = PlaceStory.hours(report, timeline)
    self.step = step ?? PlaceStory.step(hours)
    steps = PlaceStory.gather(hours, timeline, step: self.step)
    episode = PlaceStory.episode(hours, timeline)
  }

  // MARK: - Steps

  private static func number(_ time: Timestamp) -> Int { HourTable.hour(of: time) }

  /// Each hour with anything, with the attempts that the report knows.
  private static func hours(_ report: Report, _ timeline: PlaceTimeline) -> [(hour: Int, value: Report.Hour)] {
    var known: [Int: Report.Hour] = [:]
    for hour in report.hours { known[number(hour.start)] = hour }
    for hour in timeline.hours.keys where known[hour] == nil {
      known[hour] = Report.Hour(start: Timestamp(seconds: Int64(hour) * 3600))
    }
    return known.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private static func step(_ hours: [(hour: Int, value: Report.Hour)]) -> Int {
    guard let first = hours.first?.hour, let last = hours.last?.hour else { return 1 }
    for step in [1, 3, 6, 12, 24, 168] where (last - first) / step < 48 { return step }
    return 720
  }

  private static func gather(
    _ hours: [(hour: Int, value: Report.Hour)], _ timeline: PlaceTimeline, step: Int
  ) -> [Step] {
    var steps: [Step] = []
    var causes: [[UInt32]] = []
    var open = 0
    for (hour, value) in hours {
      let start = (hour >= 0 ? hour : hour - step + 1) / step * step
      let time = Timestamp(seconds: Int64(start) * 3600)
      if steps.last?.start != time {
        steps.append(Step(start: time))
        causes.append(Array(repeating: 0, count: 32))
      }
      let at = steps.count - 1
      if let attempts = value.attempts { steps[at].attempts = (steps[at].attempts ?? 0) + attempts }
      steps[at].deferrals += value.deferrals
      steps[at].suspensions += value.suspensions
      if let lives = timeline.hours[hour] {
        steps[at].putOff += lives.opened
        steps[at].recovered += lives.recovered
        steps[at].expired += lives.expired
        steps[at].bounced += lives.bounced
        steps[at].deleted += lives.deleted
        open += lives.opened - lives.recovered - lives.expired - lives.bounced - lives.deleted
        for cause in 0..<32 { causes[at][cause] &+= lives.causes[cause] }
      }
      steps[at].open = open
    }
    for index in steps.indices {
      let most = causes[index].indices.max { (causes[index][$0], $1) < (causes[index][$1], $0) }
      if let most, causes[index][most] > 0 { steps[index].mainCause = Cause(rawValue: UInt8(most)) }
    }
    return steps
  }

  // MARK: - Trouble

  private static func isTrouble(_ hour: Report.Hour, _ lives: PlaceTimeline.Hour?) -> Bool {
    guard hour.deferrals + hour.suspensions > 0 || (lives?.opened ?? 0) > 0 else { return false }
    guard hour.suspensions == 0, let rate = hour.rate else { return true }
    return rate >= troubleRate
  }

  private static func episode(
    _ hours: [(hour: Int, value: Report.Hour)], _ timeline: PlaceTimeline
  ) -> Episode? {
    let bad = hours.filter { isTrouble($0.value, timeline.hours[$0.hour]) }
    guard let lastBad = bad.last else { return nil }
    var start = bad.count - 1
    while start > 0, bad[start].hour - bad[start - 1].hour <= quietHours + 1 { start -= 1 }
    let began = timeline.hours[bad[start].hour].map { $0.first } ?? .max
    let end = Timestamp(seconds: Int64(lastBad.hour + 1) * 3600)
    let beganAt =
      began == .max
      ? bad[start].value.start : Timestamp(microseconds: began, fractionDigits: 0)
    let span = hours.filter { $0.hour >= bad[start].hour && $0.hour <= lastBad.hour }
    var episode = Episode(
      began: beganAt, ended: end,
      isGoingOn: timeline.last.map { $0.since(end) < Double(quietHours) * 3600 } ?? true, trend: .unknown)
    // Its halves, by time.
    let middle = (bad[start].hour + lastBad.hour + 1) / 2
    func sum(_ part: [(hour: Int, value: Report.Hour)]) -> (deferrals: Int, attempts: Int) {
      part.reduce((0, 0)) { ($0.0 + $1.value.deferrals, $0.1 + ($1.value.attempts ?? 0)) }
    }
    let early = sum(span.filter { $0.hour < middle })
    let late = sum(span.filter { $0.hour >= middle })
    guard span.allSatisfy({ $0.value.attempts != nil || $0.value.deferrals == 0 }) else { return episode }
    episode.rateAtFirst = Report.rate(early.deferrals, early.attempts)
    episode.rateLately = Report.rate(late.deferrals, late.attempts)
    guard early.attempts >= 20, late.attempts >= 20, let first = episode.rateAtFirst, let second = episode.rateLately
    else { return episode }
    let chance = Significance.fisher((early.deferrals, late.deferrals), of: (early.attempts, late.attempts))
    if chance < Comparison.level { episode.trend = second > first ? .worse : .better } else { episode.trend = .steady }
    return episode
  }

  /// How it is, in a sentence.
  public var state: String {
    guard let episode else {
      return report.outbound.attempts ?? 0 > 0 ? "nothing was put off" : "nothing is known of it"
    }
    var text = episode.isGoingOn ? "puts mail off" : "accepts mail again, or was not tried since"
    let arrived = steps.filter { $0.start >= episode.ended }.reduce(0) { $0 + $1.recovered }
    if !episode.isGoingOn, let since = attemptsSince, since > 0 {
      text = "accepts mail again: \(Units.count(since, "attempt")) since without trouble"
    } else if !episode.isGoingOn, arrived > 0 {
      text = "accepts mail again: \(Units.count(arrived, "recipient")) recovered since"
    } else if !episode.isGoingOn, attemptsSince != nil {
      text = "was not tried since the last deferral"
    }
    if open > 0 { text += "; \(Units.count(open, "recipient")) still open" }
    return text
  }

  /// Attempts after the last hour of trouble; nil where they are unknown.
  private var attemptsSince: Int? {
    guard let episode, report.outbound.attempts != nil else { return nil }
    return report.hours.filter { $0.start >= episode.ended }.reduce(0) { $0 + ($1.attempts ?? 0) }
  }
}
