// What one of several who read a journal together counts. What adds up is counted here and merged at the end; what
// depends on the journal's order (lives, attempts that no tally covers yet, notices) is kept until it is the share's
// turn to hand it over.

import Bytes
import Classification
import Journal
import SMTPTypes

/// A part of an `Aggregation`, for one thread.
final class CountingShare {
  let filter: EventFilter
  /// What `hours` counts by.
  let grid: HourGrid
  /// Nothing is counted but what summaries tell: whose events happen to be read further makes no difference.
  let isQuick: Bool
  let outbound: Book
  let `internal`: Book
  let inbound: Book
  var hours = HourTable()
  var messages = DistinctCounter()
  var recipients = DistinctCounter()
  var counters = Counters()
  var unknown = UnknownReplies()
  var span = Span()
  /// What is to be counted in order.
  var ordered = OrderedCounts()
  var scratch = ByteBuffer(capacity: 256)
  private var verdicts: FilterMemory
  /// Whether the summaries of sealed segments tell all that is asked.
  let isRolledUp: Bool
  /// Whether the digests of sealed segments tell all that is asked.
  let takesDigests: Bool
  /// Whether lines' heads tell all that is asked but which attempt it was.
  private let isOfHeads: Bool
  private var heads = HeadCounts()
  let pendingFields: [(index: Int, field: EventField)]
  /// The host of the attempt that came last.
  var latestHost = 0

  struct Counters {
    var events = 0
    /// Deferrals seen in the queue alone, which are no attempts, and their causes.
    var unlogged = 0
    var unloggedCauses = CauseCounts()
    var deletions = 0
    var delayNotices = 0
    var remoteBounces = 0
    var unmatchedNotices = 0
    /// Log lines read, and those no parser knew.
    var lines = 0
    var unknownLines = 0
    /// Lines that announced trouble, by its kind.
    var trouble: [String: Int] = [:]
    /// A tally's cut was full within the period, so that its keys are not complete.
    var cutsOverflowed = false
    /// A summary without details was counted.
    var lacksDetails = false
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

  init(_ names: AggregationNames, filter: EventFilter, grid: HourGrid = .utc, isQuick: Bool = false) {
    self.filter = filter
    self.grid = grid
    self.isQuick = isQuick
    verdicts = FilterMemory(filter)
    isRolledUp = names.isRolledUp && grid.isOfUTC && filter.looksOnly { $0.isRolledUp }
    outbound = Book(names.outbound)
    `internal` = Book(names.internal)
    inbound = Book(names.inbound)
    takesDigests = names.isOfDigests && filter.looksOnlyAtDigests
    isOfHeads = names.isOfHeads && filter.looksOnly { $0.isInHead }
    pendingFields = CountingShare.pendingFields(outbound, filter)
  }

  // MARK: - Events

  func receive(_ event: borrowing Event, head: Int) {
    let phase = filter.phase(of: event.time)
    if ordered.begins == nil { ordered.begins = event.time }
    if head >= 0, isOfHeads {
      if phase == .within, gather(event, head) { return }
      // Its rows must not take the place of others' that wait.
      if heads.isTaken(head, grid.cell(of: event.time)) { countHeads() }
    }
    receive(event, nil, Likeness(head: head), phase)
  }

  /// Takes an event of a digest; see `JournalConsumer`.
  func receive(_ event: borrowing Event, shape: EventShape, identity: EventIdentity?) {
    if ordered.begins == nil { ordered.begins = event.time }
    receive(event, identity, Likeness(shape: shape), filter.phase(of: event.time))
  }

  func beginShapes(_ counts: ShapeCounts) {
    verdicts.beginShapes(counts)
    for book in [outbound, `internal`, inbound] { book.beginShapes(counts) }
  }

  @inline(__always)
  private func receive(
    _ event: borrowing Event, _ told: EventIdentity?, _ likeness: Likeness, _ phase: EventFilter.Phase
  ) {
    switch event.type {
    case .message, .tally, .checkpoint, .erasure:
      return
    case .alert:
      if phase == .within, filter.matches(event, &scratch) {
        span.note(event.time)
        ordered.notices.addAlert(event)
      }
      return
    case .gap:
      // A gap concerns every question about its time.
      if phase == .within, filter.matches(host: event.host ?? .empty) {
        span.note(event.time)
        ordered.notices.addGap(event)
      }
      return
    case .transientFailure, .delivery, .bounce, .expiration, .deletion, .rejection, .delayNotice, .remoteBounce:
      break
    }
    let verdict = verdicts.verdict(of: event, likeness)
    let matches = verdict.contains(.matches)
    let identity = isQuick ? nil : likeness.shape != nil ? told : EventIdentity(event)
    let key = identity.map { LifeHashes($0, arrival: event.arrival) }
    let isCounted = matches && phase == .within
    if isCounted, let book = book(of: event) { book.locate(event, likeness) }
    follow(event, key, phase: phase, matches: matches)
    if phase == .within, verdict.contains(.matchesDenominator) {
      notePending(event, likeness, isLocated: isCounted)
    }
    guard isCounted else { return }
    counters.events += 1
    span.note(event.time)
    count(event, key, times: 1)
  }

  /// Where the event has its rows; nil for one that no table counts.
  func book(of event: borrowing Event) -> Book? {
    switch event.type {
    case .transientFailure, .bounce, .expiration: event.hop == .internal ? `internal` : outbound
    case .rejection: inbound
    case .delivery, .deletion, .delayNotice, .remoteBounce, .message, .tally, .alert, .gap, .checkpoint, .erasure:
      nil
    }
  }

  /// Counts `times` events like `event`, which has been located.
  @inline(__always)
  func count(_ event: borrowing Event, _ key: LifeHashes?, times: Int) {
    switch event.type {
    case .transientFailure: countDeferral(event, key, times)
    case .bounce:
      let book = event.hop == .internal ? `internal` : outbound
      book.bounces += times
      book.forEachLocatedRow { $0.bounces += times }
    case .expiration:
      let book = event.hop == .internal ? `internal` : outbound
      book.expirations += times
      book.forEachLocatedRow { $0.expirations += times }
      if book === outbound {
        ordered.expiries.append(Expiry(event, provider: outbound.locatedRow(.provider), times: times))
      }
    case .rejection: countRejection(event, times)
    case .deletion: counters.deletions += times
    case .delayNotice, .remoteBounce:
      if event.type == .delayNotice { counters.delayNotices += times } else { counters.remoteBounces += times }
      if event.matched == false { counters.unmatchedNotices += times }
    case .delivery, .message, .tally, .alert, .gap, .checkpoint, .erasure: break
    }
  }

  private func countDeferral(_ event: borrowing Event, _ key: LifeHashes?, _ times: Int) {
    let isInternal = event.hop == .internal
    let book = isInternal ? `internal` : outbound
    if event.origin == .suspended {
      book.suspensions += times
      book.forEachLocatedRow { $0.suspensions += times }
      if !isInternal {
        hours.with(grid.cell(of: event.time)) { $0.suspensions += times }
        noteHit(key)
      }
      return
    }
    guard isInternal || event.isAttempt else {
      counters.unlogged += times
      counters.unloggedCauses.add(Int((event.cause ?? .unclassified).rawValue), times)
      noteHit(key)
      return
    }
    if event.cause == .unclassified || event.cause == nil { unknown.add(event, times: times) }
    let isFirst = event.attempt == 1
    let cause = event.cause ?? .unclassified
    if times == 1 {
      book.addDeferral(cause, isFirst: isFirst)
    } else {
      book.deferrals += times
      if isFirst { book.firstDeferrals += times }
      book.forEachLocatedRow { row in
        row.deferrals += times
        if isFirst { row.firstDeferrals += times }
        row.causes.add(Int(cause.rawValue), times)
      }
    }
    if !isInternal {
      hours.with(grid.cell(of: event.time)) { $0.deferrals += times }
      noteHit(key)
    }
  }

  private func countRejection(_ event: borrowing Event, _ times: Int) {
    if event.cause == .unclassified || event.cause == nil { unknown.add(event, times: times) }
    let cause = Int((event.cause ?? .unclassified).rawValue)
    inbound.deferrals += times
    inbound.forEachLocatedRow { row in
      row.deferrals += times
      row.causes.add(cause, times)
    }
    hours.with(grid.cell(of: event.time)) { $0.rejections += times }
  }

  // MARK: - By heads

  /// Counts the event by its head, with others that begin like it, and answers true; false if there is more to it.
  @inline(__always)
  private func gather(_ event: borrowing Event, _ head: Int) -> Bool {
    // A line that was read further is rare, and counted by itself.
    guard event.queueID == nil, event.firstQueueID == nil, event.reply == nil, event.tags.isEmpty else { return false }
    let hour = grid.cell(of: event.time)
    if heads.isTaken(head, hour) { countHeads() }
    let isFirst = event.attempt == 1
    if let isCounted = heads.count(head, isFirst: isFirst) {
      if isCounted { span.note(event.time) }
      return true
    }
    switch event.type {
    case .transientFailure, .delivery, .bounce, .rejection: break
    case .expiration, .deletion, .delayNotice, .remoteBounce, .message, .tally, .alert, .gap, .checkpoint, .erasure:
      return false
    }
    let verdict = verdicts.verdict(of: event, Likeness(head: head))
    let isCounted = verdict.contains(.matches)
    let pending = verdict.contains(.matchesDenominator) ? pendingPlace(of: event) : nil
    // So that the head's rows are known.
    if isCounted, let book = book(of: event) { book.locate(event, Likeness(head: head)) }
    if let pending, !pending.isInternal { outbound.locate(event, Likeness(head: head)) }
    heads.insert(HeadCounts.Cell(event, head: head, hour: hour, isCounted: isCounted, pending: pending))
    if heads.count(head, isFirst: isFirst) == true { span.note(event.time) }
    return true
  }

  /// Counts what was gathered. To be called before a tally is counted, and before `ordered` is handed over.
  func countHeads() {
    for cell in heads.takeAll() {
      var event = cell.event
      for (isFirst, times) in [(true, cell.firsts), (false, cell.times - cell.firsts)] where times > 0 {
        event.attempt = isFirst ? 1 : nil
        if let pending = cell.pending {
          if !pending.isInternal { outbound.locate(event, Likeness(head: cell.head)) }
          addPending(event, pending, isFirst: isFirst, times: times)
        }
        guard cell.isCounted else { continue }
        if let book = book(of: event) { book.locate(event, Likeness(head: cell.head)) }
        counters.events += times
        count(event, nil, times: times)
      }
    }
  }

  @inline(__always)
  private func noteHit(_ key: LifeHashes?) {
    guard let key else { return }
    messages.insert(key.message)
    recipients.insert(key.recipient)
  }

  /// Counts what waits to be counted together: rows are not to be looked at before.
  func finish() {
    countHeads()
    for book in [outbound, `internal`, inbound] { book.finish() }
  }

  // MARK: - Merging

  /// Adds what another share counted, but for what was to be handed over in order.
  func add(_ other: CountingShare) {
    outbound.add(other.outbound)
    `internal`.add(other.internal)
    inbound.add(other.inbound)
    hours.add(&other.hours)
    messages.add(other.messages)
    recipients.add(other.recipients)
    unknown.add(other.unknown)
    for time in [other.span.first, other.span.last] {
      if let time { span.note(time) }
    }
    counters.add(other.counters)
  }
}

extension CountingShare.Counters {
  mutating func add(_ other: CountingShare.Counters) {
    events += other.events
    unlogged += other.unlogged
    unloggedCauses.add(other.unloggedCauses)
    deletions += other.deletions
    delayNotices += other.delayNotices
    remoteBounces += other.remoteBounces
    unmatchedNotices += other.unmatchedNotices
    lines += other.lines
    unknownLines += other.unknownLines
    trouble.merge(other.trouble) { $0 + $1 }
    cutsOverflowed = cutsOverflowed || other.cutsOverflowed
    lacksDetails = lacksDetails || other.lacksDetails
  }
}
