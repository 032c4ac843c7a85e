import Bytes

/// smtpd's `client=NAME[ADDRESS][:port][, sasl_method=M][, sasl_username=U][, sasl_sender=S][, orig_queue_id=ID]
/// [, orig_client=NAME[ADDRESS]]`. Source: smtpd/smtpd.c, mail_open_stream().
enum ClientLine {
  @inline(__always)
  static func read(_ id: ByteView, _ rest: ByteView, into parsed: inout ParsedLine) -> Bool {
    guard let client = NamedHost(rest, at: 7) else { return false }
    var record = ClientRecord(queueID: id, clientHost: client.host, clientAddress: client.address)
    if let comma = rest.firstIndex(of: 0x2C, from: client.end) { readFields(rest, at: comma + 2, &record) }
    parsed.set(.client(record))
    return true
  }

  private static func readFields(_ rest: ByteView, at start: Int, _ record: inout ClientRecord) {
    var at = start
    while at < rest.count {
      let field = rest.from(at)
      // A value ends where the next known name begins: user names may hold commas.
      let end = nextName(field) ?? field.count
      let value = field.prefix(end)
      if value.hasPrefix("sasl_username=") {
        record.user = value.from(14)
      } else if value.hasPrefix("orig_queue_id=") {
        record.originalQueueID = value.from(14)
      } else if value.hasPrefix("orig_client="), let original = NamedHost(value, at: 12) {
        record.originalClientHost = original.host
        record.originalClientAddress = original.address
      }
      at += end + 2
    }
  }

  private static func nextName(_ field: ByteView) -> Int? {
    var from = 0
    while let comma = field.firstIndex(of: 0x2C, from: from) {
      let next = field.from(comma + 1)
      if next.hasPrefix(" sasl_") || next.hasPrefix(" orig_") { return comma }
      from = comma + 1
    }
    return nil
  }
}
