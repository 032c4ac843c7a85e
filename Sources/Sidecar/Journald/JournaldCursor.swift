import Bytes
import SMTPTypes

/// How far the systemd journal has been read.
enum JournaldPlace: Hashable, Sendable {
  /// The entry at the cursor was taken.
  case after(JournaldCursor)
  /// Nothing was taken yet; the first entry that is not older is the next.
  case since(Timestamp)

  /// What a checkpoint says: the cursor, or `since=<microseconds since 1970>`.
  var text: String {
    switch self {
    case .after(let cursor): cursor.text
    case .since(let time): "since=\(time.microseconds)"
    }
  }

  /// Entries that journald received later lie behind it.
  var realtime: Timestamp {
    switch self {
    case .after(let cursor): cursor.realtime
    case .since(let time): time
    }
  }

  init?(_ text: String) {
    if text.hasPrefix("since=") {
      guard let time = Int64(text.dropFirst(6)), time >= 0 else { return nil }
      self = .since(Timestamp(microseconds: time))
    } else {
      guard let cursor = JournaldCursor(text) else { return nil }
      self = .after(cursor)
    }
  }
}

/// The place of an entry in the systemd journal, as sd_journal_get_cursor(3) gives it:
/// `s=<sequence id>;i=<sequence number>;b=<boot>;m=<monotonic>;t=<realtime>;x=<hash>`, numbers hexadecimal.
struct JournaldCursor: Hashable, Sendable {
  let text: String
  /// What stands for the entry in an event's `offset`: a hash of boot, both times and content, of 53 bits, so that
  /// every JSON reader keeps it. The same for an entry's copies, also for the one that journald makes when it moves
  /// its early entries from /run to /var (which changes `s` and `i`). Two entries share it only if one process logged
  /// the same words twice in one microsecond.
  let identity: Int
  /// When journald received the entry.
  let realtime: Timestamp

  /// nil if `text` is no such cursor. libsystemd's manual calls the form opaque; it has not changed since 2012.
  init?(_ text: String) {
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
