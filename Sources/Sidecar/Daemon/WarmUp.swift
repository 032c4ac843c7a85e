// Reads a stretch of log again that an earlier run has committed, so that the joiner knows whose messages are on
// their way.

import Bytes
import Glibc
import Intake
import LogFiles
import SystemJournal

enum WarmUp {
  /// Bytes of an entry of the systemd journal, about, as a log line.
  static let entryBytes = 200

  /// Feeds `intake`, which is warming up, with what the options allow of `log` before `position`. Returns the number
  /// of lines.
  static func read(
    before position: SourcePosition, log: LogChoice, options: Configuration.Log, into intake: Intake
  ) -> Int {
    switch (position, log) {
    case (.file(let position), .file(let path)):
      return read(before: position, logPath: path, bytes: options.warmUp, into: intake)
    case (.journald(.after(let cursor)), .journald(let directory)):
      let lines = try? entries(
        before: cursor, directory, options.journaldMatches, count: options.warmUp / entryBytes, into: intake)
      return lines ?? 0
    default: return 0
    }
  }

  private static func entries(
    before cursor: JournaldCursor, _ directory: String?, _ matches: [String], count: Int, into intake: Intake
  ) throws(JournaldError) -> Int {
    guard count > 0 else { return 0 }
    let reader = try JournaldReader(directory: directory, matches: matches)
    guard try reader.seek(cursor: cursor) == .found, try reader.back(count) else { return 0 }
    var lines = 0
    while true {
      let place = try reader.cursor()
      if try reader.withLine({ intake.line($0, offset: place.identity) }) { lines += 1 }
      // The position lies behind its entry, which was taken.
      if place.identity == cursor.identity { return lines }
      guard try reader.next() else { return lines }
    }
  }

  /// Feeds `intake`, which is warming up, with at most `bytes` of log before `position`: of the same file, and of the
  /// one before it if there is room left. Returns the number of lines.
  static func read(
    before position: LogPosition, logPath: String, bytes: Int, into intake: Intake
  ) -> Int {
    guard bytes > 0, position.isNamed else { return 0 }
    let resolved = LinkChain(logPath).resolved
    guard let files = RotatedFiles(beside: resolved) else { return 0 }
    let present: RotatedFiles.Entry
    var isLog = false
    if let log = RotatedFiles.look(at: logPath), log.status.inode == position.inode, log.begins(as: position.head),
      log.status.size >= position.offset
    {
      present = log
      isLog = true
    } else if let found = files.find(head: position.head, inode: position.inode, offset: position.offset) {
      present = found
    } else {
      return 0
    }
    var lines = 0
    let rest = bytes - position.offset
    if rest > 0, let older = files.before(isLog ? nil : present, head: position.head) {
      lines += read(older.path, from: older.status.size - rest, to: older.status.size, into: intake)
    }
    lines += read(present.path, from: position.offset - bytes, to: position.offset, into: intake)
    return lines
  }

  private static func read(_ path: String, from: Int, to: Int, into intake: Intake) -> Int {
    guard let file = try? Descriptor(reading: path) else { return 0 }
    let start = max(from, 0)
    lseek(file.number, start, SEEK_SET)
    var reader = LineReader(descriptor: file.number, offset: start)
    var isFirst = start > 0
    var lines = 0
    while let line = reader.next(), line.offset < to {
      // The first may be half a line.
      if isFirst {
        isFirst = false
        continue
      }
      intake.line(line.bytes, offset: line.offset)
      lines += 1
    }
    return lines
  }
}

extension RotatedFiles {
  /// The newest file that was rotated away before `entry`, or before the log itself for nil; not a copy of it.
  fileprivate func before(_ entry: Entry?, head: FileHead) -> Entry? {
    let older = entries.filter { other in
      guard other.suffix != .other, !other.begins(as: head) else { return false }
      guard let entry else { return true }
      return order.isNewer(entry.suffix, than: other.suffix) ?? (other.status.modified < entry.status.modified)
    }
    return older.max { left, right in
      order.isNewer(right.suffix, than: left.suffix) ?? (left.status.modified < right.status.modified)
    }
  }
}
