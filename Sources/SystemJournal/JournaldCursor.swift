import Bytes
public import SMTPTypes

/// The place of an entry in the systemd journal, as sd_journal_get_cursor(3) gives it:
/// `s=<sequence id>;i=<sequence number>;b=<boot>;m=<monotonic>;t=<realtime>;x=<hash>`, numbers hexadecimal.
public struct JournaldCursor: Hashable, Sendable {
  public let text: String
  /// What stands for the entry in an event's `offset`: a hash of boot, both times and content, of 53 bits, so that
  /// every JSON reader keeps it. The same for an entry's copies, also for the one that journald makes when it moves
  /// its early entries from /run to /var (which changes `s` and `i`). Two entries share it only if one process logged
  /// the same words twice in one microsecond.
  public let identity: Int
  /// When journald received the entry.
  public let realtime: Timestamp

  /// nil if `text` is no such cursor. libsystemd's manual calls the form opaque; it has not changed since 2012.
  public init?(_ text: String) {
    guard text.utf8.count <= 1024 else { return nil }
    var time: Int64?
    var isolated = ""
    var parts = 0
    for field in text.split(separator: ";") {
      guard field.utf8.count > 2, field.dropFirst().first == "=" else { return nil }
      switch field.first {
      case "t":
        time = Int64(field.dropFirst(2), radix: 16)
        fallthrough
      case "b", "m", "x":
        isolated += field
        parts += 1
      default: break
      }
    }
    guard let time, parts == 4 else { return nil }
    self.text = text
    realtime = Timestamp(microseconds: time)
    identity = Int(isolated.withByteView { $0.hash64 } >> 11)
  }
}
