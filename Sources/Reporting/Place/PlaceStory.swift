// The story of one provider or domain: how it is now, since when, whether it is getting worse, and how it went.

public import Classification
public import SMTPTypes

public struct PlaceStory: Sendable {
  public enum Kind: String, Sendable { case provider, domain }

  public var kind: Kind
  public var name: String
  /// Figures, causes, replies, senders and tags of this place alone.
  public var report: Report
  public var step = CalendarStep.hours(1)
  /// In order of time; steps without anything are left out.
  public var steps: [Step] = []
  /// Recipients that were open when the period began.
  public var openAtStart = 0
  /// Recipients that were open at `asOf`.
  public var openAtEnd = 0
  /// Those of them that are open still, by the last that was read.
  public var open = 0
  /// The last stretch of trouble; nil if there was none.
  public var episode: Episode?
  /// The last moment of anything that was read.
  public var last: Timestamp?
  /// What the story speaks of: the end of a period that is past, else the last moment that was read.
  public var asOf: Timestamp?
  /// True if the period ended before it was asked for.
  public var isPast = false

  public struct Step: Sendable, Equatable {
    public var start: Timestamp
    public var end: Timestamp
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
    /// The end of its last hour with deferrals; while it is going on how far it is known to last.
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

  /// - Parameters:
  ///   - step: nil for the least that gives at most 48.
  ///   - now: when it is asked; nil: when the last that was read happened.
  public init(
    _ kind: Kind, _ name: String, report: Report, timeline: PlaceTimeline, zone: DisplayZone = .utc,
    step: CalendarStep? = nil, now: Timestamp? = nil
  ) {
    self.kind = kind
    self.name = name
    self.report = report
    open = timeline.open
    openAtStart = timeline.openAtStart
    openAtEnd = timeline.openAtEnd
    last = timeline.last
    asOf = last
    if let until = report.period.until, let now = now ?? last, until <= now {
      asOf = until
      isPast = true
    }
    let hours = PlaceStory.hours(report, timeline)
    // Attempts that went well are no events.
    if let first = hours.first?.start, let known = report.period.first { self.report.period.first = min(first, known) }
    self.step = step ?? PlaceStory.step(hours)
    steps = PlaceStory.gather(hours, self.step, zone, open: openAtStart)
    episode = episode(hours, now: now)
  }

  /// True if nothing is known of it: neither attempts nor recipients that wait.
  public var isEmpty: Bool { report.isEmpty && steps.isEmpty && openAtStart == 0 && openAtEnd == 0 }

  // MARK: - Steps

  /// An hour with anything, with the attempts that the report knows.
  private struct Hour {
    var value: Report.Hour
    var lives: PlaceTimeline.Hour?

    var start: Timestamp { value.start }
  }

  private static func hours(_ report: Report, _ timeline: PlaceTimeline) -> [Hour] {
    var lives = timeline.hours
    var hours = report.hours.map { Hour(value: $0, lives: lives.removeValue(forKey: $0.start)) }
    for (start, counts) in lives { hours.append(Hour(value: Report.Hour(start: start), lives: counts)) }
    return hours.sorted { $0.start < $1.start }
  }

  private static func step(_ hours: [Hour]) -> CalendarStep {
    guard let first = hours.first?.start, let last = hours.last?.start else { return .hours(1) }
    let length = Int(last.seconds - first.seconds) / 3600
    return CalendarStep.all.first { length / $0.nominalHours < 48 } ?? .month
  }

  /// - Parameter open: recipients that are open before the first hour.
  private static func gather(_ hours: [Hour], _ step: CalendarStep, _ zone: DisplayZone, open: Int) -> [Step] {
    var steps: [Step] = []
    var causes: [[UInt32]] = []
    var open = open
    for hour in hours {
      if let last = steps.last, hour.start < last.end {
      } else {
        let span = step.span(of: hour.start, zone)
        steps.append(Step(start: span.start, end: span.end))
        causes.append(Array(repeating: 0, count: 32))
      }
      let at = steps.count - 1
      if let attempts = hour.value.attempts { steps[at].attempts = (steps[at].attempts ?? 0) + attempts }
      steps[at].deferrals += hour.value.deferrals
      steps[at].suspensions += hour.value.suspensions
      if let lives = hour.lives {
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

  private static func isTrouble(_ hour: Hour) -> Bool {
    guard hour.value.deferrals + hour.value.suspensions > 0 || (hour.lives?.opened ?? 0) > 0 else { return false }
    guard hour.value.suspensions == 0, let rate = hour.value.rate else { return true }
    return rate >= troubleRate
  }

  private func episode(_ hours: [Hour], now: Timestamp?) -> Episode? {
    let bad = hours.filter(PlaceStory.isTrouble)
    guard let lastBad = bad.last else { return nil }
    var start = bad.count - 1
    while start > 0, bad[start].start.since(bad[start - 1].start) <= Double(PlaceStory.quietHours + 1) * 3600 {
      start -= 1
    }
    let from = bad[start].start
    let began = bad[start].lives?.first ?? .max
    let lastHour = lastBad.start.advanced(by: 3600)
    var end = report.period.until.map { min($0, lastHour) } ?? lastHour
    let quiet = Double(PlaceStory.quietHours) * 3600
    let isGoingOn = asOf.map { $0.since(end) < quiet } ?? true
    if isGoingOn, let asOf {
      // Nobody has heard anything better since, unless what was read ended long ago.
      end = isPast ? asOf : now.map { $0.since(asOf) < quiet ? max($0, asOf) : asOf } ?? asOf
    }
    let span = hours.filter { $0.start >= from && $0.start <= lastBad.start }
    var episode = Episode(
      began: began == .max ? from : Timestamp(microseconds: began, fractionDigits: 0), ended: end,
      isGoingOn: isGoingOn, trend: .unknown)
    // Its halves, by time.
    let middle = from.advanced(by: (lastHour.since(from) / 7200).rounded(.down) * 3600)
    func sum(_ part: [Hour]) -> (deferrals: Int, attempts: Int) {
      part.reduce((0, 0)) { ($0.0 + $1.value.deferrals, $0.1 + ($1.value.attempts ?? 0)) }
    }
    let early = sum(span.filter { $0.start < middle })
    let late = sum(span.filter { $0.start >= middle })
    guard span.allSatisfy({ $0.value.attempts != nil || $0.value.deferrals == 0 }) else { return episode }
    episode.rateAtFirst = Report.rate(early.deferrals, early.attempts)
    episode.rateLately = Report.rate(late.deferrals, late.attempts)
    guard early.attempts >= 20, late.attempts >= 20, let first = episode.rateAtFirst, let second = episode.rateLately
    else { return episode }
    let chance = Significance.fisher((early.deferrals, late.deferrals), of: (early.attempts, late.attempts))
    if chance < Comparison.level { episode.trend = second > first ? .worse : .better } else { episode.trend = .steady }
    return episode
  }

  // MARK: - State

  /// How it is, or how it was when a past period ended, in a sentence.
  public var state: String {
    guard openAtEnd > 0 else { return course }
    var text = course
    let recipients = Units.count(openAtEnd, "recipient")
    if !isPast { return text + "; \(recipients) still open" }
    text += "; \(recipients) \(openAtEnd == 1 ? "was" : "were") open"
    if open == openAtEnd { return text + ", and still \(open == 1 ? "is" : "are")" }
    if open > 0 { return text + ", \(Units.count(open)) still \(open == 1 ? "is" : "are")" }
    return text + " (\(openAtEnd == 1 ? "it has" : "all have") come to an end since)"
  }

  private var course: String {
    guard let episode else {
      if report.outbound.attempts ?? 0 > 0 || !report.isEmpty { return "nothing was put off" }
      return openAtEnd > 0 ? "was not tried in this period" : "nothing is known of it"
    }
    if episode.isGoingOn { return isPast ? "put mail off" : "puts mail off" }
    let again = isPast ? "accepted mail again" : "accepts mail again"
    if let since = attemptsSince, since > 0 {
      return "\(again): \(Units.count(since, "attempt")) since without trouble"
    }
    let recovered = steps.filter { $0.start >= episode.ended }.reduce(0) { $0 + $1.recovered }
    if recovered > 0 { return "\(again): \(Units.count(recovered, "recipient")) recovered since" }
    if attemptsSince != nil {
      return isPast ? "was not tried again after the last deferral" : "was not tried since the last deferral"
    }
    return again + (isPast ? ", or was not tried again" : ", or was not tried since")
  }

  /// Attempts after the last hour of trouble; nil where they are unknown.
  private var attemptsSince: Int? {
    guard let episode, report.outbound.attempts != nil else { return nil }
    return report.hours.filter { $0.start >= episode.ended }.reduce(0) { $0 + ($1.attempts ?? 0) }
  }
}
