import Journal
import LogFiles

/// What `softbounce import` brought into the journal, as the follower needs to know it.
enum ImportedLogs {
  /// How far each log was imported, under whatever name the host had.
  static func ends(_ imports: [Checkpoint]) -> [(head: FileHead, offset: Int)] {
    imports.compactMap { checkpoint in
      guard let head = FileHead(checkpoint.file), head.length > 0 else { return nil }
      return (head, checkpoint.offset)
    }
  }

  /// Where the lines begin in the log at `path` that were not imported; nil if none were.
  static func position(in path: String, _ imports: [Checkpoint]) -> SourcePosition? {
    guard let log = RotatedFiles.look(at: path) else { return nil }
    let known = ends(imports).filter { log.begins(as: $0.head) && $0.offset <= log.status.size }
    guard let last = known.max(by: { $0.offset < $1.offset }) else { return nil }
    return .file(
      LogPosition(
        path: path, head: last.head, inode: log.status.inode, device: log.status.device, offset: last.offset))
  }
}
