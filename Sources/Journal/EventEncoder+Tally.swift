public import Bytes
import SMTPTypes

extension EventEncoder {
  /// Bytes that one key of a tally keeps.
  public static var tallyKeyLimit: Int { 255 }

  /// Appends `tally` as one line: totals under `total`, cuts under `by`, zeros left out.
  public static func append(
    _ tally: borrowing Tally, host: ByteView, more: Bool = false, to buffer: inout ByteBuffer
  ) {
    buffer.append("{\"time\":\"")
    tally.minute.appendRFC3339(to: &buffer)
    buffer.append("\",\"type\":\"tally\",\"host\":")
    buffer.append(json: host, limit: textLimit)
    buffer.append(",\"total\":")
    append(tally.total, &buffer)
    buffer.append(",\"by\":{")
    let cuts = buffer.count
    append("\"provider\":{", tally.byProvider, &buffer)
    append("\"domain\":{", tally.byDomain, &buffer)
    append("\"relay\":{", tally.byRelay, &buffer)
    append("\"sender-domain\":{", tally.bySenderDomain, &buffer)
    append("\"service\":{", tally.byService, &buffer)
    append("\"user\":{", tally.byUser, &buffer)
    append("\"tag\":{", tally.byTag, &buffer)
    // Each cut ends in a comma; the last one's goes.
    if buffer.count > cuts { buffer.truncate(to: buffer.count - 1) }
    buffer.append(0x7D)
    if tally.delayHistogram.contains(where: { $0 != 0 }) {
      buffer.append(",\"delay_histogram\":[")
      for index in tally.delayHistogram.indices {
        if index > 0 { buffer.append(0x2C) }
        buffer.append(decimal: tally.delayHistogram[index])
      }
      buffer.append(0x5D)
    }
    if tally.internalHops != Tally.Counts() {
      buffer.append(",\"internal_hops\":")
      append(tally.internalHops, &buffer)
    }
    if tally.suspended != 0 { number(",\"suspended\":", tally.suspended, &buffer) }
    append(",\"rejections\":{", tally.rejections, &buffer)
    append(",\"trouble\":{", tally.trouble, &buffer)
    if tally.lines != 0 { number(",\"lines\":", tally.lines, &buffer) }
    if tally.unknownLines != 0 { number(",\"unknown_lines\":", tally.unknownLines, &buffer) }
    if let queue = tally.queue { append(queue, to: &buffer) }
    finish(more: more, &buffer)
  }

  private static func append(
    _ key: StaticString, _ cut: borrowing ByteTable<Tally.Counts>, _ buffer: inout ByteBuffer
  ) {
    guard cut.count > 0 else { return }
    buffer.append(key)
    if let merged = TallyKeys.merged(cut, zero: Tally.Counts(), +=) {
      appendMembers(merged, &buffer) { append($0, &$1) }
    } else {
      appendMembers(cut, &buffer) { append($0, &$1) }
    }
    buffer.append("},")
  }

  private static func append(_ key: StaticString, _ numbers: borrowing ByteTable<Int>, _ buffer: inout ByteBuffer) {
    guard numbers.count > 0 else { return }
    buffer.append(key)
    if let merged = TallyKeys.merged(numbers, zero: 0, +=) {
      appendMembers(merged, &buffer) { $1.append(decimal: $0) }
    } else {
      appendMembers(numbers, &buffer) { $1.append(decimal: $0) }
    }
    buffer.append(0x7D)
  }

  private static func appendMembers<Value>(
    _ table: borrowing ByteTable<Value>, _ buffer: inout ByteBuffer, _ append: (Value, inout ByteBuffer) -> Void
  ) {
    for index in 0..<table.count {
      if index > 0 { buffer.append(0x2C) }
      buffer.append(json: table.key(at: index), limit: tallyKeyLimit)
      buffer.append(0x3A)
      append(table[index], &buffer)
    }
  }

  /// `{"attempts":3,…}`, zeros left out.
  private static func append(_ counts: Tally.Counts, _ buffer: inout ByteBuffer) {
    // Five keys of 73 bytes together, as many numbers of at most twenty, and the braces.
    buffer.append(capacity: 256) { start in
      var line = LineWriter(start, roomForTexts: 0)
      count(",\"attempts\":", counts.attempts, &line)
      count(",\"deliveries\":", counts.deliveries, &line)
      count(",\"bounces\":", counts.bounces, &line)
      count(",\"first_attempts\":", counts.firstAttempts, &line)
      count(",\"first_deferred\":", counts.firstDeferred, &line)
      if line.end == start { line.byte(0x2C) }
      // In place of the first comma.
      start.pointee = 0x7B
      line.byte(0x7D)
      return line.end - start
    }
  }

  @inline(__always)
  private static func count(_ key: StaticString, _ value: Int, _ line: inout LineWriter) {
    guard value != 0 else { return }
    line.literal(key)
    line.decimal(value)
  }
}
