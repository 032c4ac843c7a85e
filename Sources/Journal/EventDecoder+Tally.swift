import Bytes
import SMTPTypes

extension EventDecoder {
  /// Reads a tally's line from its start.
  mutating func tally(_ cursor: inout JSONCursor) throws(JournalLineError) -> TallyLine {
    var tally = Tally(minute: Timestamp(microseconds: 0))
    var host = ByteView.empty
    var hasTime = false
    var more = false
    try members(&cursor) { (decoder, cursor, key) throws(JournalLineError) in
      switch key {
      case "time":
        tally.minute = try decoder.time(&cursor)
        hasTime = true
      case "host": host = try decoder.text(&cursor)
      case "total": tally.total = try decoder.counts(&cursor)
      case "by":
        try decoder.members(&cursor) { (decoder, cursor, cut) throws(JournalLineError) in
          let cut = Tally.Cut(name: cut)
          if let cut, !decoder.cuts.contains(cut), cursor.passObjects() { return true }
          switch cut {
          case .provider: try decoder.cut(&cursor, &tally.byProvider)
          case .domain: try decoder.cut(&cursor, &tally.byDomain)
          case .relay: try decoder.cut(&cursor, &tally.byRelay)
          case .senderDomain: try decoder.cut(&cursor, &tally.bySenderDomain)
          case .service: try decoder.cut(&cursor, &tally.byService)
          case .user: try decoder.cut(&cursor, &tally.byUser)
          case .tag: try decoder.cut(&cursor, &tally.byTag)
          case nil: return false
          }
          return true
        }
      case "delay_histogram": try decoder.histogram(&cursor, &tally.delayHistogram)
      case "internal_hops": tally.internalHops = try decoder.counts(&cursor)
      case "suspended": tally.suspended = try cursor.count()
      case "rejections": try decoder.numbers(&cursor, &tally.rejections)
      case "trouble": try decoder.numbers(&cursor, &tally.trouble)
      case "lines": tally.lines = try cursor.count()
      case "unknown_lines": tally.unknownLines = try cursor.count()
      case "queue": tally.queue = try decoder.queueGauge(&cursor)
      case "more": more = try cursor.boolean()
      default: return false
      }
      return true
    }
    try finish(&cursor)
    guard hasTime else { throw cursor.failure(.missingTime) }
    noteMore(more)
    return TallyLine(tally: tally, host: host)
  }

  /// Nothing but white space may follow the line's object.
  func finish(_ cursor: inout JSONCursor) throws(JournalLineError) {
    guard cursor.peek() == 0, cursor.at == cursor.end else { throw cursor.failure(.unexpectedByte) }
  }

  private mutating func counts(_ cursor: inout JSONCursor) throws(JournalLineError) -> Tally.Counts {
    var counts = Tally.Counts()
    try members(&cursor) { (_, cursor, key) throws(JournalLineError) in
      switch key {
      case "attempts": counts.attempts = try cursor.count()
      case "deliveries": counts.deliveries = try cursor.count()
      case "bounces": counts.bounces = try cursor.count()
      case "first_attempts": counts.firstAttempts = try cursor.count()
      case "first_deferred": counts.firstDeferred = try cursor.count()
      default: return false
      }
      return true
    }
    return counts
  }

  private mutating func cut(
    _ cursor: inout JSONCursor, _ table: inout ByteTable<Tally.Counts>
  ) throws(JournalLineError) {
    try members(&cursor) { (decoder, cursor, key) throws(JournalLineError) in
      let counts = try decoder.counts(&cursor)
      if let index = table.insert(key, default: Tally.Counts()) { table[index] += counts }
      return true
    }
  }

  private mutating func numbers(
    _ cursor: inout JSONCursor, _ table: inout ByteTable<Int>
  ) throws(JournalLineError) {
    try members(&cursor) { (_, cursor, key) throws(JournalLineError) in
      let number = try cursor.count()
      if let index = table.insert(key, default: 0) { table[index] += number }
      return true
    }
  }

  /// A list that is longer than ours adds its rest to the last, open class.
  mutating func histogram(_ cursor: inout JSONCursor, _ histogram: inout [Int]) throws(JournalLineError) {
    guard cursor.peek() == 0x5B else { throw cursor.failure(.wrongType) }
    cursor.at += 1
    var index = 0
    while cursor.peek() != 0x5D {
      if index > 0 { try cursor.expect(0x2C) }
      histogram[min(index, histogram.count - 1)] += try cursor.count()
      index += 1
    }
    cursor.at += 1
  }

  /// Reads a checkpoint's line from its start.
  mutating func checkpoint(_ cursor: inout JSONCursor) throws(JournalLineError) -> Checkpoint {
    var checkpoint = Checkpoint(
      time: Timestamp(microseconds: 0), source: .log, host: "", path: "", file: "", inode: 0, device: 0, offset: 0)
    var hasTime = false
    var hasPlace = false
    var more = false
    try members(&cursor) { (decoder, cursor, key) throws(JournalLineError) in
      switch key {
      case "time":
        checkpoint.time = try decoder.time(&cursor)
        hasTime = true
      case "source":
        guard let source = Source(name: try decoder.text(&cursor)) else { throw cursor.failure(.wrongType) }
        checkpoint.source = source
      case "host": checkpoint.host = String(try decoder.text(&cursor))
      case "path": checkpoint.path = String(try decoder.text(&cursor))
      case "file": checkpoint.file = String(try decoder.text(&cursor))
      case "inode": checkpoint.inode = try cursor.unsigned()
      case "device": checkpoint.device = try cursor.unsigned()
      case "offset":
        checkpoint.offset = try cursor.integer()
        guard checkpoint.offset >= 0 else { throw cursor.failure(.wrongType) }
        hasPlace = true
      case "written": checkpoint.written = try cursor.integer()
      case "cursor": checkpoint.cursor = String(try decoder.text(&cursor))
      case "imported": checkpoint.isImported = try cursor.boolean()
      case "more": more = try cursor.boolean()
      default: return false
      }
      return true
    }
    try finish(&cursor)
    guard hasTime else { throw cursor.failure(.missingTime) }
    // Taken for the source's beginning, it would have everything read again.
    guard hasPlace else { throw cursor.failure(.missingOffset) }
    noteMore(more)
    return checkpoint
  }
}
