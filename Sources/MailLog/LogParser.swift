public import Bytes

/// Reads mail log lines. Keeps nothing but what resolving time stamps needs (the year and the zone that an old stamp
/// lacks), so that a line always means the same.
public struct LogParser {
  public var stamps: StampResolver

  public init(stamps: StampResolver) {
    self.stamps = stamps
  }

  /// Header and record of `line` (without its newline); nil if it has no syslog header that can be read. O(line).
  public mutating func parse(_ line: ByteView) -> (header: LogHeader, record: LogRecord)? {
    nil
  }
}
