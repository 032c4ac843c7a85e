import SMTPTypes
import SystemJournal

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
