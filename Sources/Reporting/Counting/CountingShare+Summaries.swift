// Counting from what sealed segments say of themselves, without unpacking them.

import Bytes
import Classification
import Journal
import SMTPTypes

extension CountingShare {
  /// Counts what the summary tells and answers true, if it tells all that is asked of the segment.
  func takes(_ summary: SegmentSummary) -> Bool {
    guard isRolledUp, summary.isComplete, let earliest = summary.earliest, let latest = summary.latest else {
      return false
    }
    if summary.details == nil {
      // Attempts that no tally covers are known from their lines alone.
      guard !summary.tallies.isEmpty || !summary.rows.contains(where: { $0.group.direction == .outbound }) else {
        return false
      }
    }
    let isWhole = filter.contains(earliest) && filter.contains(latest)
    guard isWhole || filter.isAlignedToHours else { return false }
    for row in summary.rows { receive(row, earliest, latest) }
    for row in summary.tallies { receive(row, earliest, latest) }
    if let details = summary.details { receive(details, earliest, latest) } else { counters.lacksDetails = true }
    return true
  }

  private func receive(_ row: SegmentSummary.Row, _ earliest: Timestamp, _ latest: Timestamp) {
    let start = Timestamp(seconds: row.group.hour * 3600)
    row.group.provider.withByteView { provider in
      var event = Event(time: max(start, earliest), type: row.group.type)
      guard filter.contains(event.time) else { return }
      event.source = row.group.source
      event.direction = row.group.direction
      event.hop = row.group.hop
      event.cause = row.group.cause
      event.scope = row.group.scope
      event.origin = row.group.origin
      if !provider.isEmpty { event.provider = provider }
      switch event.type {
      case .message, .tally, .checkpoint, .erasure: return
      // Their words are in the segment.
      case .alert, .gap:
        guard event.type == .gap || filter.matches(event, &scratch) else { return }
        span.note(event.time)
        span.note(min(start.advanced(by: 3599), latest))
        if event.type == .gap { ordered.notices.gapCount += row.count } else { ordered.notices.alertCount += row.count }
      default:
        guard filter.matches(event, &scratch) else { return }
        span.note(event.time)
        span.note(min(start.advanced(by: 3599), latest))
        book(of: event)?.locate(event, Likeness())
        counters.events += row.count
        let firsts = min(row.firsts, row.count)
        if firsts < row.count { count(event, nil, times: row.count - firsts) }
        event.attempt = 1
        if firsts > 0 { count(event, nil, times: firsts) }
      }
    }
  }

  private func receive(_ row: SegmentSummary.TallyRow, _ earliest: Timestamp, _ latest: Timestamp) {
    let start = Timestamp(seconds: row.hour * 3600)
    guard filter.contains(max(start, earliest)) else { return }
    row.provider.withByteView { provider in
      if provider.isEmpty {
        // Mail without a provider is not excluded by one.
        guard filter.denominator == .all || filter.excludesOnly else { return }
        addAttempts(row.counts, hour: Int(row.hour), host: nil)
        guard filter.looksAtHostsOnly, row.counts.attempts > 0 else { return }
        span.note(max(start, earliest))
        span.note(min(start.advanced(by: 3599), latest))
      } else if provider == Tally.otherKey {
        guard let table = outbound.table(.provider) else { return }
        counters.cutsOverflowed = true
        if filter.denominator == .all { table[table.row(provider)].attempts += row.counts }
      } else if filter.matches(tallyKey: provider) {
        if let table = outbound.table(.provider) {
          table[table.row(provider.lowercased(into: &outbound.scratch))].attempts += row.counts
        }
        if filter.denominator != .all, !filter.excludesOnly {
          addAttempts(row.counts, hour: Int(row.hour), host: nil)
        }
      } else if filter.excludesOnly {
        let excluded = Tally.Counts() - row.counts
        outbound.attempts += excluded
        hours.with(Int(row.hour)) { $0.attempts += excluded }
      }
    }
  }

  // MARK: - Details

  private func receive(_ details: SegmentSummary.Details, _ earliest: Timestamp, _ latest: Timestamp) {
    let places = details.hosts.map { host in
      host.name.withByteView { ordered.hosts.insert($0, default: OrderedCounts.HostPart()) }
    }
    for (host, place) in zip(details.hosts, places) {
      guard let place else { continue }
      if host.hasTallies {
        ordered.hosts[place].pending.removeAll()
        ordered.hosts[place].isCovered = true
      }
      guard let queue = host.queue, let minute = host.queueMinute else { continue }
      switch filter.phase(of: minute) {
      case .before: break
      case .within:
        if ordered.hosts[place].queue.map({ queue.time >= $0.time }) ?? true { ordered.hosts[place].queue = queue }
      // There may be one within the period before it.
      case .after: ordered.hosts[place].isQueueUnknown = true
      }
    }
    for row in details.hours {
      guard row.host < places.count else { continue }
      receive(row, places[row.host], earliest, latest)
    }
    for row in details.pending {
      guard row.group.host < places.count, let place = places[row.group.host] else { continue }
      receive(row, place, earliest)
    }
  }

  private func receive(_ row: SegmentSummary.HourRow, _ place: Int?, _ earliest: Timestamp, _ latest: Timestamp) {
    let start = Timestamp(seconds: row.hour * 3600)
    guard filter.contains(max(start, earliest)) else { return }
    if let place { ordered.hosts[place].isSeen = true }
    counters.lines += row.lines
    counters.unknownLines += row.unknownLines
    for share in row.trouble { addTrouble(share.key, share.count) }
    guard filter.looksAtHostsOnly else { return }
    `internal`.attempts += row.internalHops
    addSuspended(row.suspended, hour: Int(row.hour))
    for share in row.rejections {
      share.key.withByteView { addRejections(share.count, $0, hour: Int(row.hour)) }
    }
    if row.internalHops.attempts > 0 || row.suspended > 0 || !row.rejections.isEmpty || !row.trouble.isEmpty {
      span.note(max(start, earliest))
      span.note(min(start.advanced(by: 3599), latest))
    }
  }

  private func receive(_ row: SegmentSummary.PendingRow, _ host: Int, _ earliest: Timestamp) {
    let outcome: Tally.Counts.Outcome
    switch row.group.type {
    case .transientFailure: outcome = .deferral
    case .delivery: outcome = .delivery
    case .bounce: outcome = .bounce
    default: return
    }
    row.group.provider.withByteView { provider in
      var event = Event(time: max(Timestamp(seconds: row.group.hour * 3600), earliest), type: row.group.type)
      if !provider.isEmpty { event.provider = provider }
      guard filter.contains(event.time), filter.denominator != .unknown, filter.matchesDenominator(event, &scratch)
      else { return }
      let place = PendingPlace(outcome: outcome, isInternal: row.group.isInternal, host: host)
      outbound.locate(event, Likeness())
      let firsts = min(row.firsts, row.count)
      if firsts > 0 { addPending(event, place, isFirst: true, times: firsts) }
      if firsts < row.count { addPending(event, place, isFirst: false, times: row.count - firsts) }
    }
  }
}
