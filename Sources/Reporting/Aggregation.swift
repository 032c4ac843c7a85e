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

/// An aggregation over one or several sources; not for use by several threads at once, but for what `readers` gives.
public final class Aggregation: SharedSink {
  public struct Options: Sendable {
    public var filter: EventFilter
    /// Tables beyond the usual ones.
    public var extraCuts: Set<EventField>
    /// The only tables of the usual ones, but for those by cause, provider and rule, which reports go by; nil: all.
    public var cuts: Set<EventField>?
    /// Hours of whose clocks are counted; those of UTC where `isQuick`.
    public var grid = HourGrid.utc
    /// Open lives followed at once.
    public var lifeLimit: Int
    /// Only what the heads of lines and the summaries of sealed segments tell: counts by the fields in
    /// `EventField.isInHead`, no lives, replies, senders or clients. The filter and the cuts are on such fields.
    public var isQuick = false

    public init(filter: EventFilter = EventFilter(), extraCuts: Set<EventField> = [], lifeLimit: Int = 4_000_000) {
      self.filter = filter
      self.extraCuts = extraCuts
      self.lifeLimit = lifeLimit
    }
  }

  static let hostLimit = 10_000

  let filter: EventFilter
  let grid: HourGrid
  let isQuick: Bool
  let names: AggregationNames
  /// What was received here, and what readers counted.
  let total: CountingShare
  var lives: LifeFollower
  /// Of `lives`, when a report was made last.
  var times = RecoveryTimes.Percentiles()
  var expiries = ExpiryTable()
  var notices = Notices()
  var hosts = ByteTable<OrderedCounts.HostPart>(limit: Aggregation.hostLimit)

  public init(options: Options = Options()) {
    // Tallies count whole minutes.
    filter = options.filter.alignedToMinutes()
    isQuick = options.isQuick
    grid = isQuick ? .utc : options.grid
    names = isQuick ? AggregationNames(quick: options.extraCuts) : AggregationNames(options)
    total = CountingShare(names, filter: filter, grid: grid, isQuick: isQuick)
    lives = LifeFollower(limit: options.lifeLimit)
  }

  public func receive(_ event: borrowing Event) {
    total.receive(event, head: -1)
    followLives(of: total)
  }

  public func receive(_ tally: borrowing Tally, host: String) {
    host.withByteView { total.receive(tally, host: $0) }
  }

  // MARK: - What depends on the order

  private func followLives(of share: CountingShare) {
    if lives.seenFrom == nil, let time = share.ordered.begins { lives.begin(at: time) }
    share.ordered.steps.withUnsafeBufferPointer { steps in
      // Where a life lies is asked for some steps ahead: most of a step would be waiting for it.
      for index in steps.indices {
        if index + 8 < steps.count { lives.lives.prefetch(steps[index + 8].key) }
        lives.follow(steps[index])
      }
    }
    share.ordered.steps.removeAll(keepingCapacity: true)
  }

  /// Counts what `share` kept for this: everything before it has been counted.
  func settle(_ share: CountingShare) {
    share.countHeads()
    followLives(of: share)
    for expiry in share.ordered.expiries { expiries.add(expiry) }
    share.ordered.expiries.removeAll(keepingCapacity: true)
    if !share.ordered.notices.isEmpty {
      notices.add(share.ordered.notices)
      share.ordered.notices = Notices()
    }
    for index in 0..<share.ordered.hosts.count where !share.ordered.hosts[index].isEmpty {
      guard let host = hosts.insert(share.ordered.hosts.key(at: index), default: OrderedCounts.HostPart()) else {
        continue
      }
      if share.ordered.hosts[index].isCovered { hosts[host].pending.removeAll() }
      hosts[host].pending.add(share.ordered.hosts[index].pending)
      if share.ordered.hosts[index].isSeen { hosts[host].isSeen = true }
      if share.ordered.hosts[index].isQueueUnknown { hosts[host].isQueueUnknown = true }
      if let queue = share.ordered.hosts[index].queue, hosts[host].queue.map({ queue.time >= $0.time }) ?? true {
        hosts[host].queue = queue
      }
      share.ordered.hosts[index].pending.removeAll()
      share.ordered.hosts[index].isCovered = false
      share.ordered.hosts[index].isSeen = false
      share.ordered.hosts[index].queue = nil
    }
  }

  /// One source has been read to its end: attempts that none of its tallies covers are counted now. To be called
  /// between two journals and before a report.
  public func endSource() {
    settle(total)
    for index in 0..<hosts.count {
      if !hosts[index].pending.isEmpty { hosts[index].isSeen = true }
      total.settle(&hosts[index].pending)
      hosts[index].pending.removeAll()
    }
    total.finish()
  }

  // MARK: - Reading together

  public var depth: EventDecoder.Depth {
    if isQuick { return .leading }
    let asked = filter.depth
    return asked == .countedWithoutPeers && names.hasPeers ? .counted : asked
  }

  public func readers(_ count: Int) -> [any JournalConsumer]? {
    settle(total)
    return (0..<count).map { _ in
      AggregationReader(self, CountingShare(names, filter: filter, grid: grid, isQuick: isQuick))
    }
  }

  public func merge(_ readers: [any JournalConsumer]) {
    for case let reader as AggregationReader in readers { total.add(reader.share) }
  }
}

/// The tables of an aggregation, and their keys.
final class AggregationNames: Sendable {
  let outbound: BookNames
  let `internal`: BookNames
  let inbound: BookNames

  /// True if the summaries of sealed segments count by all tables.
  var isRolledUp: Bool { outbound.fields.allSatisfy(\.isRolledUp) }

  /// True if the digests of sealed segments tell the keys of all tables.
  var isOfDigests: Bool {
    [outbound, `internal`, inbound].allSatisfy { $0.fields.allSatisfy(\.isCutInDigest) }
  }

  /// True if lines' heads tell the keys of all tables.
  var isOfHeads: Bool {
    [outbound, `internal`, inbound].allSatisfy { $0.fields.allSatisfy(\.isInHead) }
  }

  /// True if there is a table of relays or clients.
  var hasPeers: Bool {
    [outbound, `internal`, inbound].contains { $0.fields.contains(.relay) || $0.fields.contains(.client) }
  }

  /// The tables of a quick report.
  init(quick fields: Set<EventField>) {
    let fields = fields.union([.cause, .scope, .provider]).filter(\.isInHead)
    outbound = BookNames(Array(fields))
    `internal` = BookNames(Array(fields))
    inbound = BookNames(Array(fields))
  }

  init(_ options: Aggregation.Options) {
    let wanted = options.cuts?.union([.cause, .provider, .rule])
    func names(_ usual: [EventField]) -> BookNames {
      BookNames(usual.filter { wanted?.contains($0) ?? true } + options.extraCuts)
    }
    // Deferrals by other servers, of our own mailboxes, and what we turned away.
    outbound = names(
      [.cause, .scope, .provider, .domain, .senderDomain, .service, .user, .client, .relay, .reply, .host, .rule])
    `internal` = names([.cause, .service, .domain, .relay, .reply])
    inbound = names([.cause, .client, .stage, .service, .senderDomain, .reply])
  }
}

/// One of several who read for an aggregation.
private final class AggregationReader: JournalConsumer {
  let share: CountingShare
  private let aggregation: Aggregation

  init(_ aggregation: Aggregation, _ share: CountingShare) {
    self.aggregation = aggregation
    self.share = share
  }

  func receive(_ event: borrowing Event, head: Int) { share.receive(event, head: head) }

  func receive(_ tally: borrowing TallyLine) { share.receive(tally.tally, host: tally.host) }

  var cuts: Tally.Cuts { share.cuts }

  func takes(_ summary: SegmentSummary) -> Bool { share.takes(summary) }

  var takesDigests: Bool { share.takesDigests }

  func beginShapes(_ counts: ShapeCounts) { share.beginShapes(counts) }

  func receive(_ event: borrowing Event, shape: EventShape, identity: EventIdentity?) {
    share.receive(event, shape: shape, identity: identity)
  }

  func depth(of event: borrowing Event) -> EventDecoder.Depth? { aggregation.isQuick ? nil : share.depth(of: event) }

  func settle() { aggregation.settle(share) }

  var held: Int { share.ordered.size }
}
