import Journal
import LogFiles
import SMTPTypes
import SystemJournal

/// How far the source of log lines has been read.
enum SourcePosition: Equatable, Sendable {
  case file(LogPosition)
  case journald(JournaldPlace)

  /// False for a place that nothing tells from another yet.
  var isNamed: Bool {
    switch self {
    case .file(let position): position.isNamed
    case .journald: true
    }
  }

  /// True as long as lines that gave `seen` may lie further on: in a file by their offset; journald's entries have
  /// none, and theirs are told by their time, which is at most a second before that of their receipt.
  func isBehind(_ seen: SeenEvents) -> Bool {
    switch self {
    case .file(let position): seen.last.map { position.offset <= $0 } ?? false
    case .journald(let place): seen.latest.map { place.realtime.since($0) <= 1 } ?? false
    }
  }

  /// What is committed of it.
  /// - Parameter path: what the source is called in the configuration.
  func checkpoint(time: Timestamp, host: String, path: String) -> Checkpoint {
    switch self {
    case .file(let position):
      Checkpoint(
        time: time, source: .log, host: host, path: path, file: position.head.description, inode: position.inode,
        device: position.device, offset: position.offset)
    case .journald(let place):
      Checkpoint(
        time: time, source: .log, host: host, path: path, file: "", inode: 0, device: 0, offset: 0,
        cursor: place.text)
    }
  }

  /// Where to take up again; nil if the checkpoint can't be read.
  init?(_ checkpoint: Checkpoint) {
    if let cursor = checkpoint.cursor {
      guard let place = JournaldPlace(cursor) else { return nil }
      self = .journald(place)
    } else {
      guard let head = FileHead(checkpoint.file) else { return nil }
      self = .file(
        LogPosition(
          path: checkpoint.path, head: head, inode: checkpoint.inode, device: checkpoint.device,
          offset: checkpoint.offset))
    }
  }
}
