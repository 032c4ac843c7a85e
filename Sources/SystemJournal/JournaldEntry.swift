import Bytes
import SMTPTypes

/// What is read of one entry of the systemd journal, and the log line that it makes.
struct JournaldEntry: ~Copyable {
  private var host = ByteBuffer()
  private var identifier = ByteBuffer()
  private var syslogPID = ByteBuffer()
  private var pid = ByteBuffer()
  private var message = ByteBuffer(capacity: 4096)
  private var sourceTime: Int64?
  private var receptionTime: Int64?

  /// Nothing is known of the next one.
  mutating func removeAll() {
    host.removeAll()
    identifier.removeAll()
    syslogPID.removeAll()
    pid.removeAll()
    message.removeAll()
    sourceTime = nil
    receptionTime = nil
  }

  var hasMessage: Bool { !message.isEmpty }

  /// When it was logged, by whoever did; else when journald received it, where a field says so.
  var time: Timestamp? { (sourceTime ?? receptionTime).map { Timestamp(microseconds: $0) } }

  /// Takes a field; of several with one name the first counts.
  mutating func take(_ name: ByteView, _ value: ByteView) {
    switch name {
    case "MESSAGE": JournaldEntry.keep(value, in: &message)
    case "SYSLOG_IDENTIFIER": JournaldEntry.keep(value, in: &identifier)
    case "SYSLOG_PID": JournaldEntry.keep(value, in: &syslogPID)
    case "_PID": JournaldEntry.keep(value, in: &pid)
    case "_HOSTNAME": JournaldEntry.keep(value, in: &host)
    // When the sender sent it, from the socket; not trusted further than a clock is.
    case "_SOURCE_REALTIME_TIMESTAMP": sourceTime = sourceTime ?? value.decimal.map { Int64($0) }
    case "__REALTIME_TIMESTAMP": receptionTime = receptionTime ?? value.decimal.map { Int64($0) }
    default: break
    }
  }

  private static func keep(_ value: ByteView, in buffer: inout ByteBuffer) {
    if buffer.isEmpty { buffer.append(value) }
  }

  /// Appends the line, without a newline: `<RFC 3339 time> <host> <identifier>[<pid>]: <message>`. O(entry).
  func appendLine(of time: Timestamp, to line: inout ByteBuffer) {
    time.appendRFC3339(to: &line)
    line.append(0x20)
    if host.isEmpty { line.append("localhost") } else { line.append(word: host.view) }
    line.append(0x20)
    if identifier.isEmpty { line.append("unknown") } else { line.append(word: identifier.view) }
    let number = syslogPID.isEmpty ? pid.view : syslogPID.view
    if !number.isEmpty, number.buffer.allSatisfy(\.isASCIIDigit) {
      line.append(0x5B)
      line.append(number)
      line.append(0x5D)
    }
    line.append(": ")
    // One entry, one line, whatever was logged; an end of its own is none of it.
    var text = message.view
    while let last = text.at(text.count - 1), last == 0x0A || last == 0x0D || last == 0 {
      text = text.prefix(text.count - 1)
    }
    for byte in text.buffer { line.append(byte == 0x0A || byte == 0x0D || byte == 0 ? 0x20 : byte) }
  }
}

extension ByteBuffer {
  /// Appends `text` as one word of a line's header, at most 255 bytes: what would end a word becomes `_`.
  fileprivate mutating func append(word text: ByteView) {
    for byte in text.prefix(255).buffer {
      let ends = byte <= 0x20 || byte == 0x5B || byte == 0x5D || byte == 0x3A || byte == 0x7F
      append(ends ? 0x5F : byte)
    }
  }
}
