// Two periods side by side: what rose, what fell, what is new.
//
// What is counted are first attempts that were put off, so that a message that is retried ten times counts once, and
// recipients that the queue manager held back without a first attempt, which a dead server hardly ever gets. A
// difference is called clear only if chance alone would give one like it in less than 1 of 100 such tables (Fisher's
// exact test on first attempts; where their number is unknown or none the exact binomial test on the counts alone, which takes
// no account of how much was tried; Holm's correction over the rows), and never for counts below `least`. Even so one outage hits many messages at once: clear means that it is not the luck
// of single deliveries, not what caused it.

public import SMTPTypes

public struct Comparison: Sendable {
  /// The period that this one is compared with.
  public var since: Timestamp
  public var until: Timestamp
  /// Seconds of the other period and of this one: a day may have 23 or 25 hours.
  public var lengths: (before: Double, now: Double)
  /// All mail to other servers.
  public var total: Row
  public var causes: [Row] = []
  public var providers: [Row] = []
  /// Where what was read begins, if it does not reach back to `since`: then nothing can be called new or risen.
  public var dataFrom: Timestamp?

  /// A count below which nothing is called clear.
  public static let least = 5
  /// Less probable than this, after correction, is clear.
  public static let level = 0.01

  public enum Verdict: String, Sendable {
    case rose, fell
    /// There was none before, or is none now, and that is clear.
    case new, gone
    case unclear = "no clear change"
    case few = "too few to tell"
    /// What was read does not reach back over the other period.
    case unknown
  }

  /// What a row's probability is of.
  public enum Test: String, Sendable {
    /// Fisher's exact test on first attempts and how many of them were put off.
    case fisher
    /// The exact binomial test on the counts alone: more mail alone gives more of them.
    case equalCounts = "equal-counts"
  }

  public struct Row: Sendable, Equatable {
    public var key: String
    /// First attempts that were put off, and `heldBefore` and `heldNow`; then and now.
    public var before: Int
    public var now: Int
    /// First attempts; nil where they are unknown.
    public var attemptsBefore: Int?
    public var attemptsNow: Int?
    /// Recipients whose life began with being held back untried.
    public var heldBefore = 0
    public var heldNow = 0
    /// What `before` and `now` are a part of: first attempts, and who was held back instead.
    public var takenUpBefore: Int? { attemptsBefore.map { $0 + heldBefore } }
    public var takenUpNow: Int? { attemptsNow.map { $0 + heldNow } }
    public var test: Test { (takenUpBefore ?? 0) > 0 && (takenUpNow ?? 0) > 0 ? .fisher : .equalCounts }
    /// The probability of such a difference by chance, corrected for the number of rows.
    public var probability = 1.0
    public var verdict = Verdict.unclear

    public var rateBefore: Double? { Report.rate(before, takenUpBefore) }
    public var rateNow: Double? { Report.rate(now, takenUpNow) }
    /// How many times as much now; nil where there was none.
    public var ratio: Double? {
      if verdict == .unknown { return nil }
      if let rateNow, let rateBefore { return rateBefore > 0 ? rateNow / rateBefore : nil }
      return before > 0 ? Double(now) / Double(before) : nil
    }
  }

  /// The share of the other period that may be missing at its beginning: a log's first line comes some time after its
  /// rotation.
  private static let missingShare = 0.01

  /// True if recipients that were held back count in a row.
  public var countsHeldBack: Bool { ([total] + causes + providers).contains { $0.heldBefore + $0.heldNow > 0 } }

  /// True if a row is judged by `test`.
  public func uses(_ test: Test) -> Bool { ([total] + causes + providers).contains { $0.test == test } }

  /// Compares two reports that show their causes and providers whole, and those with no deferral too.
  ///
  /// - Parameter beginning: when what was read begins; nil if that is unknown.
  public init(
    _ report: Report, before other: Report, since: Timestamp, until: Timestamp, dataFrom beginning: Timestamp? = nil
  ) {
    self.since = since
    self.until = until
    let length = until.since(since)
    lengths = (length, length)
    if let from = report.period.since, let to = report.period.until { lengths.now = to.since(from) }
    let share = length > 0 && lengths.now > 0 ? length / (length + lengths.now) : 0.5
    total = Row(key: "all", before: 0, now: 0)
    total.setBefore(Share(other), attempts: other.outbound.firstAttempts)
    total.setNow(Share(report), attempts: report.outbound.firstAttempts)
    total = Comparison.judged([total], share)[0]
    let totals = (other.outbound.firstAttempts, report.outbound.firstAttempts)
    causes = Comparison.rows("cause", report, other, totals: totals, share)
    providers = Comparison.rows("provider", report, other, totals: nil, share)
    guard let beginning, beginning.since(since) > until.since(since) * Comparison.missingShare else { return }
    dataFrom = beginning
    total.verdict = .unknown
    for index in causes.indices { causes[index].verdict = .unknown }
    for index in providers.indices { providers[index].verdict = .unknown }
    causes.sort { ($0.now, $1.key) > ($1.now, $0.key) }
    providers.sort { ($0.now, $1.key) > ($1.now, $0.key) }
  }

  /// What one period has of a row.
  fileprivate struct Share {
    let deferred: Int
    let heldBack: Int

    init(_ report: Report) {
      self.init(report.outbound.firstDeferrals, report.outbound.suspensions ?? 0, of: report.cohort.recipients)
    }

    init(_ row: Report.Row) { self.init(row.firstDeferrals, row.suspensions, of: row.recipients) }

    /// - Parameter recipients: first put off in the period, in whatever way.
    private init(_ deferred: Int?, _ suspensions: Int, of recipients: Int) {
      self.deferred = deferred ?? 0
      heldBack = min(suspensions, max(0, recipients - self.deferred))
    }
  }

  private static func rows(
    _ name: String, _ report: Report, _ other: Report, totals: (before: Int?, now: Int?)?,
    _ share: Double
  ) -> [Row] {
    var rows: [Row] = []
    var index: [String: Int] = [:]
    let tables = (
      before: other.tables.first { $0.name == name }, now: report.tables.first { $0.name == name }
    )
    // A key that a whole table does not have was not tried.
    let absent = (
      before: totals.map { $0.before } ?? (tables.before?.tellsAttempts == true ? 0 : nil),
      now: totals.map { $0.now } ?? (tables.now?.tellsAttempts == true ? 0 : nil)
    )
    for row in tables.now?.rows ?? [] where row.key != "~other" {
      index[row.key] = rows.count
      var compared = Row(key: row.key, before: 0, now: 0, attemptsBefore: absent.before)
      compared.setNow(Share(row), attempts: totals.map { $0.now } ?? row.firstAttempts)
      rows.append(compared)
    }
    for row in tables.before?.rows ?? [] where row.key != "~other" {
      let at = index[row.key] ?? rows.count
      if at == rows.count { rows.append(Row(key: row.key, before: 0, now: 0, attemptsNow: absent.now)) }
      rows[at].setBefore(Share(row), attempts: totals.map { $0.before } ?? row.firstAttempts)
    }
    rows = judged(rows.filter { $0.before + $0.now > 0 }, share)
    return rows.sorted { left, right in
      let one = (left.verdict.weight, abs(left.now - left.before), left.now)
      let two = (right.verdict.weight, abs(right.now - right.before), right.now)
      return one != two ? one > two : left.key < right.key
    }
  }

  /// - Parameter share: what the other period has of the time of both.
  private static func judged(_ rows: [Row], _ share: Double) -> [Row] {
    var rows = rows
    let adjusted = Significance.holm(
      rows.map { row in
        if let before = row.takenUpBefore, let now = row.takenUpNow, row.test == .fisher {
          return Significance.fisher((row.before, row.now), of: (before, now))
        }
        return Significance.counts(row.before, row.now, share: share)
      })
    for index in rows.indices {
      rows[index].probability = adjusted[index]
      rows[index].verdict = verdict(rows[index])
    }
    return rows
  }

  private static func verdict(_ row: Row) -> Verdict {
    guard max(row.before, row.now) >= least else { return .few }
    guard row.probability < level else { return .unclear }
    if row.before == 0 { return .new }
    if row.now == 0 { return .gone }
    let isMore: Bool
    if let now = row.rateNow, let before = row.rateBefore { isMore = now > before } else { isMore = row.now > row.before }
    return isMore ? .rose : .fell
  }
}

extension Comparison.Row {
  fileprivate mutating func setBefore(_ share: Comparison.Share, attempts: Int?) {
    before = share.deferred + share.heldBack
    heldBefore = share.heldBack
    attemptsBefore = attempts
  }

  fileprivate mutating func setNow(_ share: Comparison.Share, attempts: Int?) {
    now = share.deferred + share.heldBack
    heldNow = share.heldBack
    attemptsNow = attempts
  }
}

extension Comparison.Verdict {
  /// What is clear stands first.
  fileprivate var weight: Int {
    switch self {
    case .rose, .fell, .new, .gone: 2
    case .unclear: 1
    case .few, .unknown: 0
    }
  }
}
