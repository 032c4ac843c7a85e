// Attempts: from tallies, and from what no tally covers yet.

import Bytes
import Classification
public import Journal
import SMTPTypes

extension Aggregation {
  public func receive(_ tally: borrowing Tally, host: String) {
    let index = host.withByteView { hosts.insert($0, default: HostCounts()) }
    // It covers everything before it.
    if let index {
      hosts[index].pending.removeAll()
      hosts[index].tallies += 1
    }
    guard filter.contains(tally.minute), host.withByteView({ filter.matches(host: $0) }) else { return }
    counters.tallies += 1
    if let index, let queue = tally.queue, hosts[index].queue.map({ queue.time >= $0.time }) ?? true {
      hosts[index].queue = queue
    }
    counters.lines += tally.lines
    counters.unknownLines += tally.unknownLines
    for index in 0..<tally.trouble.count where counters.trouble.count < 32 {
      counters.trouble[String(tally.trouble.key(at: index)), default: 0] += tally.trouble[index]
    }
    let hour = HourTable.hour(of: tally.minute)
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
    {
      span.note(tally.minute)
    }
    addUncut(tally, hour: hour)
  }

  private func addAttempts(_ counts: Tally.Counts, hour: Int, host: String) {
    guard counts.attempts > 0 else { return }
    outbound.attempts += counts
    hours.with(hour) { $0.attempts += counts }
    guard let table = outbound.table(.host) else { return }
    let row = host.withByteView { table.row($0) }
    table.rows[row].attempts += counts
  }

  private func add(_ cut: borrowing ByteTable<Tally.Counts>, _ field: EventField) {
    guard let table = outbound.table(field) else { return }
    for index in 0..<cut.count {
      // Host and domain names come in any case; events' keys are in lower case too.
      let key = cut.key(at: index).lowercased(into: &outbound.scratch)
      if key == Tally.otherKey { counters.cutsOverflowed = true }
      table.rows[table.row(key)].attempts += cut[index]
    }
  }

  private func addTags(_ cut: borrowing ByteTable<Tally.Counts>) {
    for index in 0..<cut.count {
      let key = cut.key(at: index)
      if key == Tally.otherKey { counters.cutsOverflowed = true }
      outbound.tags.rows[outbound.tags.row(key)].attempts += cut[index]
    }
  }

  /// Adds the keys of one cut that the filter lets through, and their sum as the total.
  private func addSelected(
    _ cut: borrowing ByteTable<Tally.Counts>, _ field: EventField, _ total: Tally.Counts, _ hour: Int, _ host: String
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
          table.rows[table.row(key.lowercased(into: &outbound.scratch))].attempts += cut[index]
        }
      } else {
        excluded += cut[index]
      }
    }
    // Mail without a key (no authenticated user, no provider) is not excluded by one.
    addAttempts(filter.excludesOnly ? total - excluded : sum, hour: hour, host: host)
  }

  private func addSelectedTags(
    _ cut: borrowing ByteTable<Tally.Counts>, _ name: String, _ total: Tally.Counts, _ hour: Int, _ host: String
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
        outbound.tags.rows[outbound.tags.row(key)].attempts += cut[index]
      } else {
        excluded += cut[index]
      }
    }
    addAttempts(filter.excludesOnly ? total - excluded : sum, hour: hour, host: host)
  }

  /// What tallies do not cut.
  private func addUncut(_ tally: borrowing Tally, hour: Int) {
    `internal`.attempts += tally.internalHops
    outbound.suspensions += tally.suspended
    if tally.suspended > 0 {
      let suspended = tally.suspended
      hours.with(hour) { $0.suspensions += suspended }
    }
    for (index, count) in tally.delayHistogram.enumerated() where index < counters.delayHistogram.count {
      counters.delayHistogram[index] += count
    }
    for index in 0..<tally.rejections.count {
      let key = tally.rejections.key(at: index)
      let count = tally.rejections[index]
      inbound.tallied += count
      hours.with(hour) { $0.rejections += count }
      let slash = key.firstIndex(of: UInt8(ascii: "/")) ?? key.count
      if let table = inbound.table(.cause) { table.rows[table.row(key.prefix(slash))].deferrals += count }
      if let table = inbound.table(.stage), slash < key.count {
        table.rows[table.row(key.from(slash + 1))].deferrals += count
      }
    }
  }

  /// Remembers an attempt until a tally covers it. `isLocated`: its rows have been found in its book.
  func notePending(_ event: borrowing Event, isLocated: Bool) {
    let kind: PendingAttempts.Outcome.Kind
    switch event.type {
    case .transientFailure: kind = .deferral
    case .delivery: kind = .delivery
    case .bounce: kind = .bounce
    default: return
    }
    let isInternal = event.hop == .internal && event.direction != .inbound && event.origin != .suspended
    guard isInternal || event.isAttempt, filter.denominator != .unknown, filter.matchesDenominator(event),
      let host = hosts.insert(event.host ?? .empty, default: HostCounts())
    else { return }
    let outcome = PendingAttempts.Outcome(kind: kind, isFirst: event.attempt == 1)
    if isInternal {
      if filter.looksAtHostsOnly { hosts[host].pending.add(outcome, at: .internalTotal) }
      return
    }
    // A clean delivery counts as an attempt, and no more.
    if !isLocated || event.type == .delivery { outbound.locate(event) }
    hosts[host].pending.add(outcome, at: .total)
    hosts[host].pending.add(outcome, at: .hour(HourTable.hour(of: event.time)))
    if let row = outbound.locatedRow(.host) { hosts[host].pending.add(outcome, at: .row(.host, row)) }
    switch filter.denominator {
    case .all:
      for field in Aggregation.tallied {
        if let row = outbound.locatedRow(field) { hosts[host].pending.add(outcome, at: .row(field, row)) }
      }
      for tag in event.tags { hosts[host].pending.add(outcome, at: .tag(outbound.row(tag))) }
    case .cut(.field(let field)):
      if let row = outbound.locatedRow(field) { hosts[host].pending.add(outcome, at: .row(field, row)) }
    case .cut(.tag(let name)):
      for tag in event.tags where name.withByteView({ view in tag.name.equalsIgnoringCase(view) }) {
        hosts[host].pending.add(outcome, at: .tag(outbound.row(tag)))
      }
    case .unknown:
      break
    }
  }

  /// The fields that tallies cut by.
  static let tallied: [EventField] = [.provider, .domain, .relay, .senderDomain, .service, .user]

  /// One source has been read to its end: attempts that none of its tallies covers are counted now. To be called
  /// between two journals and before a report.
  public func endSource() {
    for index in 0..<hosts.count {
      var pending = PendingAttempts()
      swap(&pending, &hosts[index].pending)
      pending.settle { place, counts in settle(place, counts) }
    }
  }

  private func settle(_ place: PendingAttempts.Place, _ counts: Tally.Counts) {
    if place == .total {
      outbound.attempts += counts
    } else if place == .internalTotal {
      `internal`.attempts += counts
    } else if place.isHour {
      hours.with(place.index) { $0.attempts += counts }
    } else if place.isTag {
      outbound.tags.rows[place.index].attempts += counts
    } else if let field = place.field, let table = outbound.table(field) {
      table.rows[place.index].attempts += counts
    }
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
