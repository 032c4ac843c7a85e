// Attempts: from tallies, and from what no tally covers yet.

import Bytes
import Classification
import Journal
import SMTPTypes

extension CountingShare {
  func receive(_ tally: borrowing Tally, host: ByteView) {
    countHeads()
    let index = ordered.hosts.insert(host, default: OrderedCounts.HostPart())
    // It covers everything before it.
    if let index {
      ordered.hosts[index].pending.removeAll()
      ordered.hosts[index].isCovered = true
    }
    guard filter.contains(tally.minute), filter.matches(host: host) else { return }
    if let index { ordered.hosts[index].isSeen = true }
    if let index, let queue = tally.queue, ordered.hosts[index].queue.map({ queue.time >= $0.time }) ?? true {
      ordered.hosts[index].queue = queue
    }
    counters.lines += tally.lines
    counters.unknownLines += tally.unknownLines
    for index in 0..<tally.trouble.count {
      addTrouble(String(tally.trouble.key(at: index)), tally.trouble[index])
    }
    let hour = grid.cell(of: tally.minute)
    switch filter.denominator {
    case .all:
      addAttempts(tally.total, hour: hour, host: host)
      add(tally.byProvider, .provider)
      add(tally.byDomain, .domain)
      add(tally.byRelay, .relay)
      add(tally.bySenderDomain, .senderDomain)
      add(tally.byService, .service)
      add(tally.byUser, .user)
      addTags(tally.byTag)
    case .cut(.field(let field)):
      switch field.tallyCut {
      case .provider: addSelected(tally.byProvider, field, tally.total, hour, host)
      case .domain: addSelected(tally.byDomain, field, tally.total, hour, host)
      case .relay: addSelected(tally.byRelay, field, tally.total, hour, host)
      case .senderDomain: addSelected(tally.bySenderDomain, field, tally.total, hour, host)
      case .service: addSelected(tally.byService, field, tally.total, hour, host)
      case .user: addSelected(tally.byUser, field, tally.total, hour, host)
      case .tag, nil: break
      }
    case .cut(.tag(let name)):
      addSelectedTags(tally.byTag, name, tally.total, hour, host)
    case .unknown:
      break
    }
    guard filter.looksAtHostsOnly else { return }
    if tally.total.attempts > 0 || tally.suspended > 0 || tally.internalHops.attempts > 0 || tally.rejections.count > 0
      || tally.trouble.count > 0
    {
      span.note(tally.minute)
    }
    addUncut(tally, hour: hour)
  }

  /// - Parameter host: nil if it is not known.
  func addAttempts(_ counts: Tally.Counts, hour: Int, host: ByteView?) {
    guard counts.attempts > 0 else { return }
    outbound.attempts += counts
    hours.with(hour) { $0.attempts += counts }
    guard let host, let table = outbound.table(.host) else { return }
    table[table.row(host)].attempts += counts
  }

  private func add(_ cut: borrowing ByteTable<Tally.Counts>, _ field: EventField) {
    guard let table = outbound.table(field) else { return }
    for index in 0..<cut.count {
      // Host and domain names come in any case; events' keys are in lower case too.
      let key = cut.key(at: index).lowercased(into: &outbound.scratch)
      if key == Tally.otherKey { counters.cutsOverflowed = true }
      table[table.row(key)].attempts += cut[index]
    }
  }

  private func addTags(_ cut: borrowing ByteTable<Tally.Counts>) {
    // Summaries know of none.
    if isQuick { return }
    for index in 0..<cut.count {
      let key = cut.key(at: index)
      if key == Tally.otherKey { counters.cutsOverflowed = true }
      outbound.tags[outbound.tags.row(key)].attempts += cut[index]
    }
  }

  /// Adds the keys of one cut that the filter lets through, and their sum as the total.
  private func addSelected(
    _ cut: borrowing ByteTable<Tally.Counts>, _ field: EventField, _ total: Tally.Counts, _ hour: Int, _ host: ByteView
  ) {
    var sum = Tally.Counts()
    var excluded = Tally.Counts()
    for index in 0..<cut.count {
      let key = cut.key(at: index)
      if key == Tally.otherKey {
        counters.cutsOverflowed = true
      } else if filter.matches(tallyKey: key) {
        sum += cut[index]
        if let table = outbound.table(field) {
          table[table.row(key.lowercased(into: &outbound.scratch))].attempts += cut[index]
        }
      } else {
        excluded += cut[index]
      }
    }
    // Mail without a key (no authenticated user, no provider) is not excluded by one.
    addAttempts(filter.excludesOnly ? total - excluded : sum, hour: hour, host: host)
  }

  private func addSelectedTags(
    _ cut: borrowing ByteTable<Tally.Counts>, _ name: String, _ total: Tally.Counts, _ hour: Int, _ host: ByteView
  ) {
    var sum = Tally.Counts()
    var excluded = Tally.Counts()
    for index in 0..<cut.count {
      let key = cut.key(at: index)
      if key == Tally.otherKey {
        counters.cutsOverflowed = true
        continue
      }
      guard let equals = key.firstIndex(of: UInt8(ascii: "=")),
        name.withByteView({ key.prefix(equals).equalsIgnoringCase($0) })
      else { continue }
      if filter.matches(tallyKey: key.from(equals + 1)) {
        sum += cut[index]
        outbound.tags[outbound.tags.row(key)].attempts += cut[index]
      } else {
        excluded += cut[index]
      }
    }
    addAttempts(filter.excludesOnly ? total - excluded : sum, hour: hour, host: host)
  }

  /// What tallies do not cut.
  private func addUncut(_ tally: borrowing Tally, hour: Int) {
    `internal`.attempts += tally.internalHops
    addSuspended(tally.suspended, hour: hour)
    for index in 0..<tally.rejections.count {
      addRejections(tally.rejections[index], tally.rejections.key(at: index), hour: hour)
    }
  }

  func addTrouble(_ kind: String, _ lines: Int) {
    if counters.trouble.count < 32 { counters.trouble[kind, default: 0] += lines }
  }

  func addSuspended(_ count: Int, hour: Int) {
    guard count > 0 else { return }
    outbound.suspensions += count
    hours.with(hour) { $0.suspensions += count }
  }

  /// - Parameter key: `cause/stage`.
  func addRejections(_ count: Int, _ key: ByteView, hour: Int) {
    inbound.tallied += count
    hours.with(hour) { $0.rejections += count }
    let slash = key.firstIndex(of: UInt8(ascii: "/")) ?? key.count
    if let table = inbound.table(.cause) { table[table.row(key.prefix(slash))].deferrals += count }
    if let table = inbound.table(.stage), slash < key.count {
      table[table.row(key.from(slash + 1))].deferrals += count
    }
  }

  /// Remembers an attempt until a tally covers it. `isLocated`: its rows have been found in its book.
  @inline(__always)
  func notePending(_ event: borrowing Event, _ likeness: Likeness, isLocated: Bool) {
    guard let place = pendingPlace(of: event) else { return }
    // A clean delivery counts as an attempt, and no more.
    if !place.isInternal, !isLocated || event.type == .delivery { outbound.locate(event, likeness) }
    addPending(event, place, isFirst: event.attempt == 1, times: 1)
  }

  /// Where an attempt waits for a tally.
  struct PendingPlace {
    let outcome: Tally.Counts.Outcome
    let isInternal: Bool
    /// Of `ordered.hosts`.
    let host: Int
  }

  /// nil for an event that is no attempt; the conditions that choose the denominator hold for it.
  @inline(__always)
  func pendingPlace(of event: borrowing Event) -> PendingPlace? {
    let outcome: Tally.Counts.Outcome
    switch event.type {
    case .transientFailure: outcome = .deferral
    case .delivery: outcome = .delivery
    case .bounce: outcome = .bounce
    default: return nil
    }
    let isInternal = event.hop == .internal && event.direction != .inbound && event.origin != .suspended
    guard isInternal || event.isAttempt, filter.denominator != .unknown,
      let host = hostIndex(event.host ?? .empty)
    else { return nil }
    return PendingPlace(outcome: outcome, isInternal: isInternal, host: host)
  }

  /// Most events are of the host of the one before.
  @inline(__always)
  private func hostIndex(_ host: ByteView) -> Int? {
    if latestHost < ordered.hosts.count, ordered.hosts.key(at: latestHost) == host { return latestHost }
    guard let index = ordered.hosts.insert(host, default: OrderedCounts.HostPart()) else { return nil }
    latestHost = index
    return index
  }

  /// Adds `times` attempts like `event`, which has been located in `outbound` unless its hop is internal.
  @inline(__always)
  func addPending(_ event: borrowing Event, _ place: PendingPlace, isFirst: Bool, times: Int) {
    var record = PendingAttempts.Record(
      outcome: place.outcome, isFirst: isFirst, times: Int32(clamping: times),
      hour: place.isInternal
        ? PendingAttempts.Record.internalHop : Int32(clamping: grid.cell(of: event.time)))
    if place.isInternal {
      if filter.looksAtHostsOnly { ordered.hosts[place.host].pending.add(record) }
      return
    }
    for (index, field) in pendingFields {
      if let row = outbound.locatedRow(field) { record.rows[index] = Int32(truncatingIfNeeded: row) }
    }
    if !event.tags.isEmpty {
      for tag in event.tags where countsAttempts(by: tag) {
        record.tagCount += 1
        ordered.hosts[place.host].pending.add(tag: Int32(truncatingIfNeeded: outbound.row(tag)))
      }
    }
    ordered.hosts[place.host].pending.add(record)
  }

  /// Those of `PendingAttempts.fields` that have a table and that the filter leaves a denominator, with their places.
  static func pendingFields(_ book: Book, _ filter: EventFilter) -> [(index: Int, field: EventField)] {
    PendingAttempts.fields.enumerated().filter { book.table($1) != nil && countsAttempts(by: $1, filter) }
      .map { (index: $0, field: $1) }
  }

  private static func countsAttempts(by field: EventField, _ filter: EventFilter) -> Bool {
    switch filter.denominator {
    case .all: true
    case .cut(.field(let chosen)): field == chosen || field == .host
    case .cut(.tag), .unknown: field == .host
    }
  }

  private func countsAttempts(by tag: Event.Tag) -> Bool {
    switch filter.denominator {
    case .all: true
    case .cut(.tag(let name)): name.withByteView { tag.name.equalsIgnoringCase($0) }
    case .cut(.field), .unknown: false
    }
  }

  /// Counts attempts that no tally covers.
  func settle(_ pending: inout PendingAttempts) {
    pending.sumUp()
    outbound.attempts += pending.total
    `internal`.attempts += pending.internalTotal
    for (hour, counts) in pending.hours { hours.with(hour) { $0.attempts += counts } }
    for (field, rows) in zip(PendingAttempts.fields, pending.rows) {
      guard let table = outbound.table(field) else { continue }
      for (row, counts) in rows.enumerated() where counts.attempts > 0 { table[row].attempts += counts }
    }
    for (tag, counts) in pending.tags { outbound.tags[Int(tag)].attempts += counts }
  }
}

extension Tally.Counts {
  static func - (left: Tally.Counts, right: Tally.Counts) -> Tally.Counts {
    var difference = left
    difference.attempts -= right.attempts
    difference.deliveries -= right.deliveries
    difference.bounces -= right.bounces
    difference.firstAttempts -= right.firstAttempts
    difference.firstDeferred -= right.firstDeferred
    return difference
  }
}
