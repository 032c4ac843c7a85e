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
    // Attempts that no tally covers are known from their lines alone.
    guard !summary.tallies.isEmpty || !summary.rows.contains(where: { $0.group.direction == .outbound }) else {
      return false
    }
    let isWhole = filter.contains(earliest) && filter.contains(latest)
    guard isWhole || filter.isAlignedToHours else { return false }
    for row in summary.rows { receive(row, earliest, latest) }
    for row in summary.tallies { receive(row, earliest, latest) }
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
      case .alert: if filter.matches(event, &scratch) { ordered.notices.alertCount += row.count }
      case .gap: ordered.notices.gapCount += row.count
      default:
        guard filter.matches(event, &scratch) else { return }
        span.note(event.time)
        span.note(min(start.advanced(by: 3599), latest))
        book(of: event)?.locate(event, Likeness())
        counters.events += row.count
        count(event, nil, times: row.count)
      }
    }
  }

  private func receive(_ row: SegmentSummary.TallyRow, _ earliest: Timestamp, _ latest: Timestamp) {
    let start = Timestamp(seconds: row.hour * 3600)
    guard filter.contains(max(start, earliest)) else { return }
    row.provider.withByteView { provider in
      if provider.isEmpty {
        guard filter.denominator == .all else { return }
        span.note(max(start, earliest))
        span.note(min(start.advanced(by: 3599), latest))
        addAttempts(row.counts, hour: Int(row.hour), host: nil)
      } else if let table = outbound.table(.provider), filter.matches(tallyKey: provider) {
        table[table.row(provider.lowercased(into: &outbound.scratch))].attempts += row.counts
        if filter.denominator != .all { addAttempts(row.counts, hour: Int(row.hour), host: nil) }
      }
    }
  }
}
