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

  /// Feeds `intake`, which is warming up, with at most `bytes` of log before `position`: of the same file, and of those
  /// before it if there is room left. Returns the number of lines.
  static func read(
    before position: LogPosition, logPath: String, bytes: Int, into intake: Intake
  ) -> Int {
    guard bytes > 0, position.isNamed, let files = FilesReadBefore(position, logPath: logPath) else { return 0 }
    var rest = bytes - position.offset
    var older: [(file: FilesReadBefore.File, from: Int, to: Int)] = []
    for file in files.older where rest > 0 {
      let size = file.size
      older.append((file, size - rest, size))
      rest -= size
    }
    var lines = 0
    for part in older.reversed() { lines += read(part.file, from: part.from, to: part.to, into: intake) }
    return lines + read(files.present, from: position.offset - bytes, to: position.offset, into: intake)
  }

  private static func read(_ file: FilesReadBefore.File, from: Int, to: Int, into intake: Intake) -> Int {
    let start = max(from, 0)
    var lines = 0
    file.forEachLine(from: start) { line in
      guard line.offset < to else { return false }
      let whole = line.withoutLeadingZeros
      intake.line(whole.bytes, offset: whole.offset)
      lines += 1
      return true
    }
    return lines
  }
}
