public import Bytes

/// A syslog daemon wrote one line for several that were alike.
public struct RepetitionRecord {
  /// How often the message came once more; 1 or more.
  public var count: Int
  /// What came again, as rsyslog quotes it (`message repeated 3 times: [ … ]`); nil if it is the line before (`last
  /// message repeated 3 times`, sysklogd and the BSDs).
  public var message: ByteView?

  public init(count: Int, message: ByteView?) {
    self.count = count
    self.message = message
  }
}
