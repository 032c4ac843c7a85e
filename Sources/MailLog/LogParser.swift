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
    var parsed = ParsedLine()
    return parse(line, into: &parsed) ? (parsed.header, parsed.record) : nil
  }

  /// Month and day of a line whose stamp has no year (`Nov 23 17:59:48`); nil for any other line. O(1).
  public static func dateWithoutYear(_ line: ByteView) -> (month: Int, day: Int)? {
    StampReader.dateWithoutYear(line)
  }

  /// Reads `line` (without its newline) into `parsed`, which hot paths use again and again: a record is several
  /// hundred bytes, and moving it costs more than reading the line. False, and `parsed` untouched, if the line has no
  /// syslog header that can be read. O(line).
  public mutating func parse(_ line: ByteView, into parsed: inout ParsedLine) -> Bool {
    read(line, into: &parsed, passesNoise: false) == .record
  }

  /// What `parse(_:passingNoise:)` read of a line.
  public enum Reading {
    /// Nothing: it has no syslog header that can be read.
    case none
    /// Time and host alone of a line that tells nothing of a message, as its first words say.
    case noise
    case record
  }

  /// As `parse(_:into:)`, for those who do no more with most lines than to count them: of what can be told to be
  /// uninteresting at a glance, half the lines of a log, only time and host are read.
  public mutating func parse(_ line: ByteView, passingNoise parsed: inout ParsedLine) -> Reading {
    read(line, into: &parsed, passesNoise: true)
  }

  @inline(__always)
  private mutating func read(_ line: ByteView, into parsed: inout ParsedLine, passesNoise: Bool) -> Reading {
    // A file that went through another system may end its lines with CR LF.
    let line = line.at(line.count - 1) == 0x0D ? line.prefix(line.count - 1) : line
    guard let parts = headers.read(line, &resolver, into: &parsed.header) else { return .none }
    if passesNoise, case .postfix(let daemon) = parts.program, PostfixLine.isCommonNoise(parts.message, daemon) {
      return .noise
    }
    if LogParser.read(parts, into: &parsed), parsed.kind == .other, case .foreign = parsed.other,
      let inner = headers.readNested(of: line, parts, &resolver, into: &parsed.header)
    {
      _ = LogParser.read(inner, into: &parsed)
    }
    return .record
  }

  /// Puts in the place of a line that stands for several what one of those says, and returns how often that came; nil,
  /// and nothing changed, for any other line. Of one that does not quote them (`last message repeated 3 times`) it is
  /// only known how many are missing, if `isAfterMail`: the line before was a mail program's. The views are borrowed
  /// from the same bytes.
  public func unfold(_ parsed: inout ParsedLine, isAfterMail: Bool = false) -> Int? {
    guard parsed.kind == .other, case .repetition(let record) = parsed.other else { return nil }
    guard let message = record.message else {
      parsed.set(
        other: isAfterMail
          ? .trouble(TroubleRecord(kind: .lostLines, text: ByteView("last message repeated"), count: record.count))
          : .foreign)
      return 1
    }
    if SendmailLine.isSendmail(parsed.header.instance) {
      var inner = LogRecord.unknown
      SendmailLine.read(message, into: &inner, service: &parsed.header.service)
      parsed.record = inner
    } else if let daemon = PostfixDaemon(parsed.header.daemon) {
      PostfixLine.read(message, daemon, into: &parsed)
    } else {
      parsed.set(other: .unknown)
    }
    parsed.queueID = .empty
    return record.count
  }

  /// False if the line is certainly none of another program. (Static, or each call would copy the parser.)
  private static func read(_ parts: LineParts, into parsed: inout ParsedLine) -> Bool {
    if parts.lastSlash > 0 {
      let tag = parts.tag
      let firstSlash = Int(parts.firstSlash)
      let lastSlash = Int(parts.lastSlash)
      let daemon = ByteView(tag.start + lastSlash + 1, count: tag.count - lastSlash - 1)
      parsed.header.instance = ByteView(tag.start, count: firstSlash)
      parsed.header.daemon = daemon
      parsed.header.service = firstSlash < lastSlash ? tag[(firstSlash + 1)..<lastSlash] : daemon
    } else {
      parsed.header.instance = parts.tag
      parsed.header.service = parts.tag
      parsed.header.daemon = parts.tag
    }
    switch parts.program {
    case .postfix(let daemon):
      PostfixLine.read(parts.message, daemon, into: &parsed)
      return false
    case .unknownDaemon: readUnknownDaemon(parts.message, &parsed)
    case .sendmail:
      parsed.header.daemon = ByteView("sendmail")
      var record = LogRecord.unknown
      SendmailLine.read(parts.message, into: &record, service: &parsed.header.service)
      parsed.record = record
    case .other: parsed.set(other: SyslogLine.record(parts.message, parts.tag))
    }
    parsed.queueID = .empty
    return true
  }

  /// A daemon that a later Postfix brings is read by the shape of its lines; policy servers and the like, which log
  /// under Postfix's name too, have no such lines.
  private static func readUnknownDaemon(_ message: ByteView, _ parsed: inout ParsedLine) {
    parsed.set(other: .foreign)
    guard parsed.header.instance.hasPrefix("postfix") else { return }
    PostfixLine.read(message, .deliveryAgent, into: &parsed)
    if parsed.kind != .delivery { parsed.set(other: .foreign) }
  }
}
