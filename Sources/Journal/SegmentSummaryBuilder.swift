import Bytes
import Classification
import SMTPTypes

/// Adds lines up to a summary.
struct SegmentSummaryBuilder {
  private(set) var summary = SegmentSummary()
  private var groups: [SegmentSummary.Group: GroupCount] = [:]
  private var tallies: [TallyKey: Tally.Counts] = [:]
  private var details = SegmentDetailsBuilder()

  private struct GroupCount {
    var all = 0
    var firsts = 0
  }

  private struct TallyKey: Hashable {
    var hour: Int64
    var provider: String
  }

  init(first: UInt64) { summary.first = first }

  mutating func add(_ line: borrowing JournalLine) {
    if let time = line.time {
      if summary.earliest.map({ time < $0 }) ?? true { summary.earliest = time }
      if summary.latest.map({ time > $0 }) ?? true { summary.latest = time }
    }
    guard summary.isComplete else { return }
    switch line {
    case .event(let event):
      let group = SegmentSummary.Group(
        hour: SegmentSummaryBuilder.hour(event.time), type: event.type, source: event.source,
        direction: event.direction, hop: event.hop, cause: event.cause, scope: event.scope, origin: event.origin,
        provider: event.provider.map { String($0) } ?? "")
      groups[group, default: GroupCount()].all += 1
      if event.attempt == 1 { groups[group]?.firsts += 1 }
      details.add(event, group)
    case .tally(let line):
      let hour = SegmentSummaryBuilder.hour(line.tally.minute)
      tallies[TallyKey(hour: hour, provider: ""), default: Tally.Counts()] += line.tally.total
      for index in 0..<line.tally.byProvider.count {
        let provider = String(line.tally.byProvider.key(at: index))
        // The total has the empty name.
        guard !provider.isEmpty else { continue }
        tallies[TallyKey(hour: hour, provider: provider), default: Tally.Counts()] += line.tally.byProvider[index]
      }
      details.add(line, hour: hour)
    default: break
    }
    if groups.count + tallies.count + details.count > SegmentSummary.rowLimit { summary.isComplete = false }
  }

  mutating func addMalformed() { summary.malformed += 1 }

  mutating func add(_ frame: SegmentSummary.Frame) {
    summary.frames.append(frame)
    summary.lines += frame.lines
    summary.bytes += frame.length
  }

  /// The summary, its rows by hour.
  consuming func finish() -> SegmentSummary {
    var summary = summary
    guard summary.isComplete else { return summary }
    summary.rows = groups.map { SegmentSummary.Row(group: $0.key, count: $0.value.all, firsts: $0.value.firsts) }
    summary.rows.sort {
      ($0.group.hour, $0.group.type.rawValue, $0.group.provider, $0.count)
        < ($1.group.hour, $1.group.type.rawValue, $1.group.provider, $1.count)
    }
    summary.tallies = tallies.map {
      SegmentSummary.TallyRow(hour: $0.key.hour, provider: $0.key.provider, counts: $0.value)
    }
    summary.tallies.sort { ($0.hour, $0.provider) < ($1.hour, $1.provider) }
    summary.details = details.finish()
    return summary
  }

  static func hour(_ time: Timestamp) -> Int64 {
    let seconds = time.seconds
    return seconds >= 0 ? seconds / 3600 : (seconds - 3599) / 3600
  }
}
