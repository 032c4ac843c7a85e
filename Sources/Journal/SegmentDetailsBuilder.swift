import Bytes
import SMTPTypes

/// Adds lines up to what a summary tells beside its rows.
struct SegmentDetailsBuilder {
  private var hosts: [SegmentSummary.Host] = []
  private var places: [String: Int] = [:]
  /// Most lines are of the host of the one before.
  private var latest = 0
  private var hours: [HourKey: Hour] = [:]
  /// By host.
  private var pending: [[SegmentSummary.PendingGroup: (count: Int, firsts: Int)]] = []

  private struct HourKey: Hashable {
    var hour: Int64
    var host: Int
  }

  private struct Hour {
    var row: SegmentSummary.HourRow
    var rejections: [String: Int] = [:]
    var trouble: [String: Int] = [:]
  }

  /// Keys of one hour that are kept; a tally has as many.
  private static let keyLimit = 256

  /// Rows in all.
  var count: Int { hosts.count + hours.count + pending.reduce(0) { $0 + $1.count } }

  /// Adds an event of `group`.
  mutating func add(_ event: borrowing Event, _ group: SegmentSummary.Group) {
    guard event.isInternalAttempt || event.isAttempt else { return }
    let host = place(of: event.host ?? .empty)
    let key = SegmentSummary.PendingGroup(
      host: host, hour: group.hour, type: group.type, isInternal: event.isInternalAttempt, provider: group.provider)
    pending[host][key, default: (0, 0)].count += 1
    if event.attempt == 1 { pending[host][key]?.firsts += 1 }
  }

  mutating func add(_ line: borrowing TallyLine, hour: Int64) {
    let host = place(of: line.host)
    // It covers everything before it.
    pending[host].removeAll(keepingCapacity: true)
    hosts[host].hasTallies = true
    if let queue = line.tally.queue, hosts[host].queue.map({ queue.time >= $0.time }) ?? true {
      hosts[host].queue = queue
      hosts[host].queueMinute = line.tally.minute
    }
    let key = HourKey(hour: hour, host: host)
    var sum = hours.removeValue(forKey: key) ?? Hour(row: SegmentSummary.HourRow(hour: hour, host: host))
    sum.row.lines += line.tally.lines
    sum.row.unknownLines += line.tally.unknownLines
    sum.row.suspended += line.tally.suspended
    sum.row.internalHops += line.tally.internalHops
    SegmentDetailsBuilder.add(line.tally.rejections, to: &sum.rejections)
    SegmentDetailsBuilder.add(line.tally.trouble, to: &sum.trouble)
    hours[key] = sum
  }

  private mutating func place(of host: ByteView) -> Int {
    if latest < hosts.count, hosts[latest].name.withByteView({ $0 == host }) { return latest }
    let name = String(host)
    if let known = places[name] {
      latest = known
    } else {
      latest = hosts.count
      places[name] = latest
      hosts.append(SegmentSummary.Host(name: name))
      pending.append([:])
    }
    return latest
  }

  private static func add(_ table: borrowing ByteTable<Int>, to sums: inout [String: Int]) {
    for index in 0..<table.count {
      let key = String(table.key(at: index))
      if sums[key] != nil || sums.count < keyLimit { sums[key, default: 0] += table[index] }
    }
  }

  /// What a reader takes as a count; sums of counts may be greater.
  private static func bounded(_ sum: Int) -> Int { min(sum, 1 << 40) }

  func finish() -> SegmentSummary.Details {
    var details = SegmentSummary.Details()
    details.hosts = hosts
    for index in hosts.indices {
      details.hosts[index].queue?.ages = hosts[index].queue?.ages.map(SegmentDetailsBuilder.bounded) ?? []
    }
    details.hours = hours.values.map { hour in
      var row = hour.row
      for path in [\.lines, \.unknownLines, \.suspended] as [WritableKeyPath<SegmentSummary.HourRow, Int>] {
        row[keyPath: path] = SegmentDetailsBuilder.bounded(row[keyPath: path])
      }
      for path in SegmentSummary.countPaths {
        row.internalHops[keyPath: path] = SegmentDetailsBuilder.bounded(row.internalHops[keyPath: path])
      }
      row.rejections = SegmentDetailsBuilder.shares(hour.rejections)
      row.trouble = SegmentDetailsBuilder.shares(hour.trouble)
      return row
    }
    details.hours.sort { ($0.hour, $0.host) < ($1.hour, $1.host) }
    details.pending = pending.flatMap { groups in
      groups.map { SegmentSummary.PendingRow(group: $0.key, count: $0.value.count, firsts: $0.value.firsts) }
    }
    details.pending.sort { left, right in
      let (one, two) = (left.group, right.group)
      return (one.host, one.hour, one.type.rawValue, one.isInternal ? 1 : 0, one.provider)
        < (two.host, two.hour, two.type.rawValue, two.isInternal ? 1 : 0, two.provider)
    }
    return details
  }

  private static func shares(_ sums: [String: Int]) -> [SegmentSummary.Share] {
    sums.map { SegmentSummary.Share(key: $0.key, count: bounded($0.value)) }.sorted { $0.key < $1.key }
  }
}
