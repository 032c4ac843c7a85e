// Counts events and tallies into what a report shows: totals, tables, hours, and how each recipient that was put off
// ended. One pass, in the order of the journal (or of `Intake` over log files); memory is bounded by the keys that
// tables take and by the lives that are open at once, not by what is read.
//
// Attempts come from tallies, which cover everything before them, and from the attempt events after the last tally of
// each host. Everything else comes from events.

import Bytes
import Classification
public import Journal
import SMTPTypes

/// An aggregation over one or several sources; not for use by several threads at once.
public final class Aggregation: EventSink {
  public struct Options: Sendable {
    public var filter: EventFilter
    /// Tables beyond the usual ones.
    public var extraCuts: Set<EventField>
    /// Open lives followed at once.
    public var lifeLimit: Int

    public init(filter: EventFilter = EventFilter(), extraCuts: Set<EventField> = [], lifeLimit: Int = 4_000_000) {
      self.filter = filter
      self.extraCuts = extraCuts
      self.lifeLimit = lifeLimit
    }
  }

  /// The tables that every report has, of deferrals by other servers.
  static let outboundCuts: [EventField] = [
    .cause, .scope, .provider, .domain, .senderDomain, .service, .user, .client, .relay, .reply, .host, .rule,
  ]
  static let internalCuts: [EventField] = [.cause, .service, .domain, .relay, .reply]
  static let inboundCuts: [EventField] = [.cause, .client, .stage, .service, .senderDomain, .reply]

  let filter: EventFilter
  let outbound: Book
  let `internal`: Book
  let inbound: Book
  var hours = HourTable()
  var hosts = ByteTable<HostCounts>(limit: 10_000)
  var lives: LifeTable<OpenLife>
  var cohort = Cohort()
  var recoveries = DurationSketch()
  /// Times to recover of the cohort, by row of the cause's and the provider's table.
  var recoveriesByCause = RecoveryTimes()
  var recoveriesByProvider = RecoveryTimes()
  var expiries = ExpiryTable()
  var messages = DistinctCounter()
  var recipients = DistinctCounter()
  var counters = Counters()
  var notices = Notices()
  let unknown = UnknownReplies()
  var span = Span()
  /// The first moment that was read, counted or not.
  var seenFrom: Timestamp?

  struct HostCounts {
    var pending = PendingAttempts()
    var events = 0
    var tallies = 0
    /// What the queue held when it was last looked at within the period.
    var queue: QueueGauge?
  }

  /// Recipients of lives first deferred within the period.
  struct Cohort {
    var opened = 0
    var recovered = 0
    var expired = 0
    var bounced = 0
    var deleted = 0
    /// Put off within the period, but first put off before it (or before anything that was read).
    var earlier = 0
    var times = DurationSketch()
    var open: Int { opened - recovered - expired - bounced - deleted }
  }

  struct Counters {
    var events = 0
    var tallies = 0
    /// Deferrals seen in the queue alone, which are no attempts.
    var unlogged = 0
    var deletions = 0
    var delayNotices = 0
    var remoteBounces = 0
    var unmatchedNotices = 0
    /// Log lines read, and those no parser knew.
    var lines = 0
    var unknownLines = 0
    /// Lines that announced trouble, by its kind.
    var trouble: [String: Int] = [:]
    /// Clean deliveries by `Tally.delayBounds`.
    var delayHistogram = Array(repeating: 0, count: Tally.delayBounds.count + 1)
    /// A tally's cut was full within the period, so that its keys are not complete.
    var cutsOverflowed = false
  }

  /// First and last moment of what was counted.
  struct Span {
    var first: Timestamp?
    var last: Timestamp?

    @inline(__always)
    mutating func note(_ time: Timestamp) {
      if let first, time >= first {} else { first = time }
      if let last, time <= last {} else { last = time }
    }
  }

  public init(options: Options = Options()) {
    // Tallies count whole minutes.
    filter = options.filter.alignedToMinutes()
    outbound = Book(Aggregation.outboundCuts + options.extraCuts)
    `internal` = Book(Aggregation.internalCuts + options.extraCuts)
    inbound = Book(Aggregation.inboundCuts + options.extraCuts)
    lives = LifeTable(limit: options.lifeLimit)
  }

  // MARK: - Events

  public func receive(_ event: borrowing Event) {
    let phase = filter.phase(of: event.time)
    if seenFrom == nil { seenFrom = event.time }
    switch event.type {
    case .message, .tally, .checkpoint, .erasure:
      return
    case .alert:
      if phase == .within, filter.matches(event) { notices.addAlert(event) }
      return
    case .gap:
      // A gap concerns every question about its time.
      if phase == .within, filter.matches(host: event.host ?? .empty) { notices.addGap(event) }
      return
    case .transientFailure, .delivery, .bounce, .expiration, .deletion, .rejection, .delayNotice, .remoteBounce:
      break
    }
    let matches = filter.matches(event)
    let key = LifeKey(event)
    let isCounted = matches && phase == .within
    if isCounted, let book = book(of: event) { book.locate(event) }
    follow(event, key, phase: phase, matches: matches)
    if phase == .within { notePending(event, isLocated: isCounted) }
    guard isCounted else { return }
    counters.events += 1
    span.note(event.time)
    count(event, key)
  }

  /// Where the event has its rows; nil for one that no table counts.
  private func book(of event: borrowing Event) -> Book? {
    switch event.type {
    case .transientFailure, .bounce, .expiration: event.hop == .internal ? `internal` : outbound
    case .rejection: inbound
    case .delivery, .deletion, .delayNotice, .remoteBounce, .message, .tally, .alert, .gap, .checkpoint, .erasure:
      nil
    }
  }

  private func count(_ event: borrowing Event, _ key: LifeKey?) {
    switch event.type {
    case .transientFailure: countDeferral(event, key)
    case .bounce:
      let book = event.hop == .internal ? `internal` : outbound
      book.bounces += 1
      book.forEachLocatedRow { $0.bounces += 1 }
    case .expiration:
      let book = event.hop == .internal ? `internal` : outbound
      book.expirations += 1
      book.forEachLocatedRow { $0.expirations += 1 }
      if book === outbound { expiries.add(event, provider: outbound.locatedRow(.provider)) }
    case .rejection: countRejection(event)
    case .deletion: counters.deletions += 1
    case .delayNotice, .remoteBounce:
      if event.type == .delayNotice { counters.delayNotices += 1 } else { counters.remoteBounces += 1 }
      if event.matched == false { counters.unmatchedNotices += 1 }
    case .delivery, .message, .tally, .alert, .gap, .checkpoint, .erasure: break
    }
  }

  private func countDeferral(_ event: borrowing Event, _ key: LifeKey?) {
    let isInternal = event.hop == .internal
    let book = isInternal ? `internal` : outbound
    if event.origin == .suspended {
      book.suspensions += 1
      book.forEachLocatedRow { $0.suspensions += 1 }
      if !isInternal {
        hours.with(HourTable.hour(of: event.time)) { $0.suspensions += 1 }
        noteHit(event, key)
      }
      return
    }
    guard isInternal || event.isAttempt else {
      counters.unlogged += 1
      noteHit(event, key)
      return
    }
    if event.cause == .unclassified || event.cause == nil { unknown.add(event) }
    let isFirst = event.attempt == 1
    let cause = Int((event.cause ?? .unclassified).rawValue)
    book.deferrals += 1
    if isFirst { book.firstDeferrals += 1 }
    book.forEachLocatedRow { row in
      row.deferrals += 1
      if isFirst { row.firstDeferrals += 1 }
      row.causes[cause] &+= 1
    }
    if !isInternal {
      hours.with(HourTable.hour(of: event.time)) { $0.deferrals += 1 }
      noteHit(event, key)
    }
  }

  private func countRejection(_ event: borrowing Event) {
    if event.cause == .unclassified || event.cause == nil { unknown.add(event) }
    let cause = Int((event.cause ?? .unclassified).rawValue)
    inbound.deferrals += 1
    inbound.forEachLocatedRow { row in
      row.deferrals += 1
      row.causes[cause] &+= 1
    }
    hours.with(HourTable.hour(of: event.time)) { $0.rejections += 1 }
  }

  private func noteHit(_ event: borrowing Event, _ key: LifeKey?) {
    if let key { messages.insert(key.message) }
    if let recipient = event.recipient { recipients.insert(LifeKey.hash(recipient)) }
  }
}
