// In which order logs are read, and of which year they are.

import LogFiles
import SMTPTypes

enum LogOrder {
  /// Sorts `logs` by the time at which they begin. Within one log's rotation (`mail.log.2.gz`, `mail.log.1`,
  /// `mail.log`) a file whose own time can't be true, because it lies after the beginning of the next newer one (a
  /// copy that did not keep it), takes its year from that. A file without any time stays behind the one before it.
  static func sort(_ logs: [LogFile]) -> [LogFile] {
    var ranks: [Int] = Array(repeating: 0, count: logs.count)
    let names = logs.map { RotatedName($0.name) }
    for indices in Dictionary(grouping: logs.indices, by: { names[$0].log }).values where indices.count > 1 {
      let ordered = newestFirst(indices, logs, names)
      var next: LogFile?
      for (rank, index) in ordered.enumerated() {
        ranks[index] = -rank
        if let begun = next?.firstTime, logs[index].reference > begun.advanced(by: 86_400) {
          logs[index].reference = begun
        }
        if logs[index].firstTime != nil { next = logs[index] }
      }
    }
    var times: [Timestamp] = []
    for log in logs { times.append(log.firstTime ?? times.last ?? Timestamp(seconds: 0)) }
    let order = logs.indices.sorted { left, right in
      if times[left] != times[right] { return times[left] < times[right] }
      if names[left].log == names[right].log, ranks[left] != ranks[right] { return ranks[left] < ranks[right] }
      return left < right
    }
    return order.map { logs[$0] }
  }

  /// By the names if all of them tell, else by the files' times.
  private static func newestFirst(_ indices: [Int], _ logs: [LogFile], _ names: [RotatedName]) -> [Int] {
    let kinds = Set(
      indices.compactMap { index -> Int? in
        switch names[index].suffix {
        case .number: 0
        case .date: 1
        case .other: 2
        case nil: nil
        }
      })
    if kinds.count <= 1, !kinds.contains(2) {
      return indices.sorted { names[$0].isNewer(than: names[$1]) ?? ($0 < $1) }
    }
    return indices.sorted { left, right in
      if names[left].suffix == nil || names[right].suffix == nil { return names[left].suffix == nil && left != right }
      return (logs[left].modified?.seconds ?? 0, right) > (logs[right].modified?.seconds ?? 0, left)
    }
  }

  /// Those of `logs` that no other is a copy of, in their order, and the copies with what they are copies of: a log
  /// and its compressed form, or one file named twice.
  static func withoutCopies(_ logs: [LogFile]) -> (logs: [LogFile], copies: [(copy: LogFile, of: LogFile)]) {
    var kept: [LogFile] = []
    var copies: [(copy: LogFile, of: LogFile)] = []
    var known: [FileHead: Int] = [:]
    for log in logs {
      guard log.isRegular, log.head.length > 0 else {
        kept.append(log)
        continue
      }
      if let at = known[log.head] {
        // What is compressed may be behind what still grows, and so may a copy.
        if kept[at].compression == log.compression
          ? log.size > kept[at].size : kept[at].compression != nil && log.compression == nil
        {
          copies.append((kept[at], log))
          kept[at] = log
        } else {
          copies.append((log, kept[at]))
        }
      } else {
        known[log.head] = kept.count
        kept.append(log)
      }
    }
    return (kept, copies)
  }
}
