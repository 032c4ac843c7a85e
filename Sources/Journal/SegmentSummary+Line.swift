// A summary as JSON, and its place in a sealed segment: a skippable zstd frame (RFC 8878, section 3.1.2) at the file's
// end, which `zstdcat` passes over. Its last twenty bytes are the JSON's length (32 bits, little-endian), its hash
// (64 bits) and a mark, so that a reader finds it from the end and knows it unchanged.

import Bytes
import Classification
import Glibc
import SMTPTypes

extension SegmentSummary {
  /// One of the sixteen marks of skippable frames.
  static let frameMark: UInt32 = 0x184D_2A53
  static let mark: StaticString = "SBSEAL01"
  static var footerLength: Int { 20 }
  /// Bytes of the longest summary that is read.
  static var sizeLimit: Int { 32 << 20 }

  /// Appends the skippable frame.
  func append(to buffer: inout ByteBuffer) {
    var json = ByteBuffer(capacity: 64 * 1024)
    appendJSON(to: &json)
    let payload = json.count + SegmentSummary.footerLength
    for word in [SegmentSummary.frameMark, UInt32(payload)] { SegmentSummary.append(word, &buffer) }
    buffer.append(json.view)
    let hash = json.view.hash64
    SegmentSummary.append(UInt32(json.count), &buffer)
    SegmentSummary.append(UInt32(truncatingIfNeeded: hash), &buffer)
    SegmentSummary.append(UInt32(truncatingIfNeeded: hash >> 32), &buffer)
    buffer.append(SegmentSummary.mark)
  }

  private static func append(_ word: UInt32, _ buffer: inout ByteBuffer) {
    for shift in [0, 8, 16, 24] as [UInt32] { buffer.append(UInt8(truncatingIfNeeded: word >> shift)) }
  }

  private func appendJSON(to buffer: inout ByteBuffer) {
    buffer.append("{\"first\":")
    buffer.append(String(first))
    for (key, value) in [
      (",\"lines\":" as StaticString, lines), (",\"bytes\":", bytes), (",\"malformed\":", malformed),
    ] {
      buffer.append(key)
      buffer.append(decimal: value)
    }
    for (key, value) in [(",\"earliest\":\"" as StaticString, earliest), (",\"latest\":\"", latest)] {
      guard let value else { continue }
      buffer.append(key)
      value.appendRFC3339(to: &buffer)
      buffer.append(0x22)
    }
    buffer.append(isComplete ? ",\"complete\":true" : ",\"complete\":false")
    if let digest {
      buffer.append(",\"digest\":[")
      SegmentSummary.append([digest.version, digest.offset, digest.compressed, digest.length], &buffer)
      buffer.append(0x2C)
      buffer.append(String(digest.hash))
      buffer.append(0x5D)
    }
    buffer.append(",\"frames\":[")
    for (index, frame) in frames.enumerated() {
      buffer.append(index > 0 ? ",[" : "[")
      SegmentSummary.append([frame.offset, frame.compressed, frame.length, frame.lines], &buffer)
      if let hash = frame.hash {
        buffer.append(0x2C)
        buffer.append(String(hash))
      }
      buffer.append(0x5D)
    }
    buffer.append("],\"rows\":[")
    for (index, row) in rows.enumerated() {
      buffer.append(index > 0 ? ",[" : "[")
      buffer.append(decimal: Int(row.group.hour))
      let group = row.group
      let names = [
        group.type.name, group.source?.name, group.direction?.name, group.hop?.name, group.cause?.name,
        group.scope?.name, group.origin?.name,
      ]
      for name in names {
        buffer.append(",\"")
        if let name { buffer.append(name) }
        buffer.append(0x22)
      }
      buffer.append(0x2C)
      group.provider.withByteView { buffer.append(json: $0) }
      buffer.append(0x2C)
      buffer.append(decimal: row.count)
      buffer.append(0x5D)
    }
    buffer.append("],\"tallies\":[")
    for (index, row) in tallies.enumerated() {
      buffer.append(index > 0 ? ",[" : "[")
      buffer.append(decimal: Int(row.hour))
      buffer.append(0x2C)
      row.provider.withByteView { buffer.append(json: $0) }
      buffer.append(0x2C)
      let counts = row.counts
      SegmentSummary.append(
        [counts.attempts, counts.deliveries, counts.bounces, counts.firstAttempts, counts.firstDeferred], &buffer)
      buffer.append(0x5D)
    }
    buffer.append(0x5D)
    appendDetails(to: &buffer)
    buffer.append(0x7D)
  }

  static func append(_ numbers: [Int], _ buffer: inout ByteBuffer) {
    for (index, number) in numbers.enumerated() {
      if index > 0 { buffer.append(0x2C) }
      buffer.append(decimal: number)
    }
  }

  /// Reads the JSON of a summary.
  init(json: ByteView) throws(JournalLineError) {
    var decoder = EventDecoder()
    decoder.scratch.begin(json)
    var cursor = JSONCursor(json)
    var summary = SegmentSummary()
    try decoder.members(&cursor) { (decoder, cursor, key) throws(JournalLineError) in
      switch key {
      case "first": summary.first = try cursor.unsigned()
      case "lines": summary.lines = try cursor.count()
      case "bytes": summary.bytes = try cursor.count()
      case "malformed": summary.malformed = try cursor.count()
      case "earliest": summary.earliest = try decoder.time(&cursor)
      case "latest": summary.latest = try decoder.time(&cursor)
      case "complete": summary.isComplete = try cursor.boolean()
      case "digest": summary.digest = try SegmentSummary.digest(&cursor)
      case "frames":
        try SegmentSummary.rows(&cursor) { cursor throws(JournalLineError) in
          let offset = try cursor.count()
          try cursor.expect(0x2C)
          let compressed = try cursor.count()
          try cursor.expect(0x2C)
          let length = try cursor.count()
          try cursor.expect(0x2C)
          var frame = Frame(offset: offset, compressed: compressed, length: length, lines: try cursor.count())
          if cursor.peek() == 0x2C {
            cursor.at += 1
            frame.hash = try cursor.unsigned()
          }
          summary.frames.append(frame)
        }
      case "rows":
        try SegmentSummary.rows(&cursor) { cursor throws(JournalLineError) in
          summary.rows.append(try SegmentSummary.row(&decoder, &cursor))
        }
      case "tallies":
        try SegmentSummary.rows(&cursor) { cursor throws(JournalLineError) in
          let hour = Int64(try cursor.integer())
          try cursor.expect(0x2C)
          var row = TallyRow(hour: hour, provider: String(try decoder.text(&cursor)), counts: Tally.Counts())
          for path in SegmentSummary.countPaths {
            try cursor.expect(0x2C)
            row.counts[keyPath: path] = try cursor.count()
          }
          summary.tallies.append(row)
        }
      default: return try summary.readDetail(key, &decoder, &cursor)
      }
      return true
    }
    self = summary
  }

  /// The counts of a tally in the order in which they stand.
  static var countPaths: [WritableKeyPath<Tally.Counts, Int>] {
    [\.attempts, \.deliveries, \.bounces, \.firstAttempts, \.firstDeferred]
  }

  private static func digest(_ cursor: inout JSONCursor) throws(JournalLineError) -> Digest {
    try cursor.expect(0x5B)
    let version = try cursor.count()
    try cursor.expect(0x2C)
    let offset = try cursor.count()
    try cursor.expect(0x2C)
    let compressed = try cursor.count()
    try cursor.expect(0x2C)
    let length = try cursor.count()
    try cursor.expect(0x2C)
    let hash = try cursor.unsigned()
    try cursor.expect(0x5D)
    return Digest(offset: offset, compressed: compressed, length: length, hash: hash, version: version)
  }

  private static func row(_ decoder: inout EventDecoder, _ cursor: inout JSONCursor) throws(JournalLineError) -> Row {
    let hour = Int64(try cursor.integer())
    func next<Member: NamedValue>(
      _: Member.Type, _ decoder: inout EventDecoder, _ cursor: inout JSONCursor
    ) throws(JournalLineError) -> Member? {
      try cursor.expect(0x2C)
      return Member(name: try decoder.text(&cursor))
    }
    guard let type = try next(EventType.self, &decoder, &cursor) else { throw cursor.failure(.missingType) }
    let source = try next(Source.self, &decoder, &cursor)
    let direction = try next(Direction.self, &decoder, &cursor)
    let hop = try next(Hop.self, &decoder, &cursor)
    let cause = try next(Cause.self, &decoder, &cursor)
    let scope = try next(Scope.self, &decoder, &cursor)
    let origin = try next(Origin.self, &decoder, &cursor)
    try cursor.expect(0x2C)
    let provider = String(try decoder.text(&cursor))
    try cursor.expect(0x2C)
    return Row(
      group: Group(
        hour: hour, type: type, source: source, direction: direction, hop: hop, cause: cause, scope: scope,
        origin: origin, provider: provider),
      count: try cursor.count())
  }

  /// Walks an array of arrays; `body` reads one from behind its opening bracket up to its closing one.
  static func rows(
    _ cursor: inout JSONCursor, _ body: (inout JSONCursor) throws(JournalLineError) -> Void
  ) throws(JournalLineError) {
    try cursor.expect(0x5B)
    var isFirst = true
    while cursor.peek() != 0x5D {
      if !isFirst { try cursor.expect(0x2C) }
      isFirst = false
      try cursor.expect(0x5B)
      try body(&cursor)
      try cursor.expect(0x5D)
    }
    cursor.at += 1
  }
}
