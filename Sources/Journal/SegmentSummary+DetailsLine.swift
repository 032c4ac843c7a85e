// A summary's details as JSON: members that a reader of before passes over.
//
//   firsts   of each of `rows`, how many tell of a first attempt
//   hosts    {"name":…,"tallies":true,"minute":…,"queue":{…}}
//   hours    [hour, host, lines, unknown lines, suspended, the five counts of internal hops, {rejections}, {trouble}]
//   pending  [host, hour, "type", "internal" or "external", "provider", count, firsts]

import Bytes
import SMTPTypes

extension SegmentSummary {
  func appendDetails(to buffer: inout ByteBuffer) {
    guard let details else { return }
    buffer.append(",\"firsts\":[")
    SegmentSummary.append(rows.map(\.firsts), &buffer)
    buffer.append("],\"hosts\":[")
    for (index, host) in details.hosts.enumerated() {
      buffer.append(index > 0 ? ",{\"name\":" : "{\"name\":")
      host.name.withByteView { buffer.append(json: $0) }
      buffer.append(host.hasTallies ? ",\"tallies\":true" : ",\"tallies\":false")
      if let queue = host.queue, let minute = host.queueMinute {
        buffer.append(",\"minute\":\"")
        minute.appendRFC3339(to: &buffer)
        buffer.append(0x22)
        EventEncoder.append(queue, to: &buffer)
      }
      buffer.append(0x7D)
    }
    buffer.append("],\"hours\":[")
    for (index, row) in details.hours.enumerated() {
      buffer.append(index > 0 ? ",[" : "[")
      let hops = row.internalHops
      SegmentSummary.append(
        [
          Int(row.hour), row.host, row.lines, row.unknownLines, row.suspended, hops.attempts, hops.deliveries,
          hops.bounces, hops.firstAttempts, hops.firstDeferred,
        ], &buffer)
      SegmentSummary.append(row.rejections, &buffer)
      SegmentSummary.append(row.trouble, &buffer)
      buffer.append(0x5D)
    }
    buffer.append("],\"pending\":[")
    for (index, row) in details.pending.enumerated() {
      buffer.append(index > 0 ? ",[" : "[")
      SegmentSummary.append([row.group.host, Int(row.group.hour)], &buffer)
      buffer.append(",\"")
      buffer.append(row.group.type.name)
      buffer.append(row.group.isInternal ? "\",\"internal\"," : "\",\"external\",")
      row.group.provider.withByteView { buffer.append(json: $0) }
      buffer.append(0x2C)
      SegmentSummary.append([row.count, row.firsts], &buffer)
      buffer.append(0x5D)
    }
    buffer.append(0x5D)
  }

  private static func append(_ shares: [Share], _ buffer: inout ByteBuffer) {
    buffer.append(",{")
    for (index, share) in shares.enumerated() {
      if index > 0 { buffer.append(0x2C) }
      share.key.withByteView { buffer.append(json: $0) }
      buffer.append(0x3A)
      buffer.append(decimal: share.count)
    }
    buffer.append(0x7D)
  }

  // MARK: - Reading

  /// Reads the member `key` of a summary, of which `rows` has been read; false if it is none of the details'.
  mutating func readDetail(
    _ key: ByteView, _ decoder: inout EventDecoder, _ cursor: inout JSONCursor
  ) throws(JournalLineError) -> Bool {
    switch key {
    case "firsts":
      try cursor.expect(0x5B)
      for index in rows.indices {
        if index > 0 { try cursor.expect(0x2C) }
        rows[index].firsts = try cursor.count()
      }
      try cursor.expect(0x5D)
      if details == nil { details = Details() }
    case "hosts":
      try cursor.expect(0x5B)
      while cursor.peek() != 0x5D {
        if details?.hosts.isEmpty == false { try cursor.expect(0x2C) }
        details?.hosts.append(try SegmentSummary.host(&decoder, &cursor))
        if details == nil { throw cursor.failure(.unexpectedByte) }
      }
      cursor.at += 1
    case "hours":
      let count = details?.hosts.count ?? 0
      try SegmentSummary.rows(&cursor) { cursor throws(JournalLineError) in
        details?.hours.append(try SegmentSummary.hourRow(&decoder, &cursor, hosts: count))
      }
    case "pending":
      let count = details?.hosts.count ?? 0
      try SegmentSummary.rows(&cursor) { cursor throws(JournalLineError) in
        details?.pending.append(try SegmentSummary.pendingRow(&decoder, &cursor, hosts: count))
      }
    default: return false
    }
    return true
  }

  private static func host(
    _ decoder: inout EventDecoder, _ cursor: inout JSONCursor
  ) throws(JournalLineError) -> Host {
    var host = Host(name: "")
    try decoder.members(&cursor) { (decoder, cursor, key) throws(JournalLineError) in
      switch key {
      case "name": host.name = String(try decoder.text(&cursor))
      case "tallies": host.hasTallies = try cursor.boolean()
      case "minute": host.queueMinute = try decoder.time(&cursor)
      case "queue": host.queue = try decoder.queueGauge(&cursor)
      default: return false
      }
      return true
    }
    return host
  }

  private static func hourRow(
    _ decoder: inout EventDecoder, _ cursor: inout JSONCursor, hosts: Int
  ) throws(JournalLineError) -> HourRow {
    var row = HourRow(hour: Int64(try cursor.integer()), host: 0)
    try cursor.expect(0x2C)
    row.host = try cursor.count()
    guard row.host < hosts else { throw cursor.failure(.wrongType) }
    for path in [\.lines, \.unknownLines, \.suspended] as [WritableKeyPath<HourRow, Int>] {
      try cursor.expect(0x2C)
      row[keyPath: path] = try cursor.count()
    }
    for path in SegmentSummary.countPaths {
      try cursor.expect(0x2C)
      row.internalHops[keyPath: path] = try cursor.count()
    }
    try cursor.expect(0x2C)
    row.rejections = try shares(&decoder, &cursor)
    try cursor.expect(0x2C)
    row.trouble = try shares(&decoder, &cursor)
    return row
  }

  private static func shares(
    _ decoder: inout EventDecoder, _ cursor: inout JSONCursor
  ) throws(JournalLineError) -> [Share] {
    var shares: [Share] = []
    try decoder.members(&cursor) { (_, cursor, key) throws(JournalLineError) in
      // A copy: the key is valid until the next is read.
      let key = String(key)
      shares.append(Share(key: key, count: try cursor.count()))
      return true
    }
    return shares
  }

  private static func pendingRow(
    _ decoder: inout EventDecoder, _ cursor: inout JSONCursor, hosts: Int
  ) throws(JournalLineError) -> PendingRow {
    let host = try cursor.count()
    guard host < hosts else { throw cursor.failure(.wrongType) }
    try cursor.expect(0x2C)
    let hour = Int64(try cursor.integer())
    try cursor.expect(0x2C)
    guard let type = EventType(name: try decoder.text(&cursor)) else { throw cursor.failure(.missingType) }
    try cursor.expect(0x2C)
    let isInternal = try decoder.text(&cursor) == "internal"
    try cursor.expect(0x2C)
    let provider = String(try decoder.text(&cursor))
    try cursor.expect(0x2C)
    let count = try cursor.count()
    try cursor.expect(0x2C)
    return PendingRow(
      group: PendingGroup(host: host, hour: hour, type: type, isInternal: isInternal, provider: provider),
      count: count, firsts: try cursor.count())
  }
}
