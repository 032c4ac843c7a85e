// Mail log lines, bytes to values.
//
// A line is read once from the left. What strangers write (replies, addresses, HELO names) stands to the right of what
// the mail program writes, so that no text can pass for a status. Nothing here keeps a byte, and nothing fails on
// any input: what is not understood is `.unknown`.

public import Bytes
import SMTPTypes

/// Reads mail log lines. Keeps nothing but what resolving time stamps needs (the year and the zone that an old stamp
/// lacks), so that a line always means the same.
public struct LogParser {
  private var resolver: StampResolver
  private var headers = HeaderReader()

  public var stamps: StampResolver {
    get { resolver }
    set {
      resolver = newValue
      headers.forget()
    }
  }

  public init(stamps: StampResolver) {
    resolver = stamps
  }

  /// Header and record of `line` (without its newline); nil if it has no syslog header that can be read. O(line).
  public mutating func parse(_ line: ByteView) -> (header: LogHeader, record: LogRecord)? {
    guard let parts = headers.read(line, &resolver) else { return nil }
    if parts.lastSlash > 0 {
      let daemon = parts.tag.from(parts.lastSlash + 1)
      let header = LogHeader(
        time: parts.time, host: parts.host, instance: parts.tag.prefix(parts.firstSlash),
        service: parts.firstSlash < parts.lastSlash
          ? parts.tag[(parts.firstSlash + 1)..<parts.lastSlash] : daemon,
        daemon: daemon, processID: parts.processID)
      if let known = PostfixDaemon(daemon) { return (header, PostfixLine.record(parts.message, known)) }
      return (header, .foreign)
    }
    let isSendmail = SendmailLine.isSendmail(parts.tag)
    let header = LogHeader(
      time: parts.time, host: parts.host, instance: parts.tag, service: parts.tag,
      daemon: isSendmail ? ByteView("sendmail") : parts.tag, processID: parts.processID)
    return (header, isSendmail ? SendmailLine.record(parts.message) : SyslogLine.record(parts.message, parts.tag))
  }
}
