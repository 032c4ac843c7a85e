import Bytes
public import SMTPTypes

extension JournalReader {
  /// The latest time of an event that tells of mail; nil if there is none. Unpacks only those sealed segments that may
  /// hold it.
  public func latestEvent() throws(JournalError) -> Timestamp? {
    var latest: Timestamp?
    for part in try plan().reversed() {
      if part.name.isSealed, let known = latest, let hour = latestHour(part.name), (hour + 1) * 3600 <= known.seconds {
        continue
      }
      var scan = SegmentScan(since: latest, until: nil, depth: .leading)
      scan.begin(path(part.name), first: part.name.first, lines: part.lines, bytes: part.bytes)
      // The closure throws nothing, and what can't be read is for other scans to report.
      try? read(part.name, &scan) { line, _ in
        switch line {
        case .event(let event):
          let time = event.pointee.time
          if event.pointee.type.tellsOfMail { latest = max(latest ?? time, time) }
        default: break
        }
      }
    }
    return latest
  }

  /// The earliest time of a line, or one that is not after `bound`, whichever is found first; nil without a line. Sealed
  /// segments tell it by their summaries.
  public func earliestTime(notAfter bound: Timestamp) throws(JournalError) -> Timestamp? {
    struct Found: Error {}
    var earliest: Timestamp?
    for part in try plan() {
      if part.name.isSealed, let segment = try? SealedSegment(path(part.name)), let summary = segment.summary {
        if let time = summary.earliest { earliest = min(earliest ?? time, time) }
      } else {
        // What is not before what is known tells nothing.
        var scan = SegmentScan(since: nil, until: earliest, depth: .leading)
        scan.begin(path(part.name), first: part.name.first, lines: part.lines, bytes: part.bytes)
        // The closure throws to end the scan, and what can't be read is for other scans to report.
        try? read(part.name, &scan) { line, _ in
          guard let time = line.time else { return }
          earliest = min(earliest ?? time, time)
          if time <= bound { throw Found() }
        }
      }
      if let earliest, earliest <= bound { break }
    }
    return earliest
  }

  /// The latest hour with such an event by the segment's summary, below all others if there is none; nil if it can't be
  /// told.
  private func latestHour(_ name: SegmentName) -> Int64? {
    guard let segment = try? SealedSegment(path(name)) else { return nil }
    guard let summary = segment.summary, summary.isComplete else { return nil }
    return summary.rows.lazy.filter { $0.group.type.tellsOfMail }.map(\.group.hour).max() ?? Int64(Int32.min)
  }
}

extension EventType {
  /// False for what the journal says of itself, its sources and those who were told.
  fileprivate var tellsOfMail: Bool {
    switch self {
    case .transientFailure, .delivery, .bounce, .expiration, .deletion, .rejection, .delayNotice, .remoteBounce: true
    case .message, .tally, .checkpoint, .erasure, .alert, .gap: false
    }
  }
}
