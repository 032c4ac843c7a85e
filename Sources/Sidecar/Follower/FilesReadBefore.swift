// The files of a log that an earlier run has read: the one in which it stopped, and those that were rotated away before,
// whether they have been compressed since or not.

import Bytes
import Glibc
import LogFiles

struct FilesReadBefore {
  enum File {
    case plain(RotatedFiles.Entry)
    case packed(PackedFile)
  }

  /// The one in which the run stopped.
  let present: File
  /// Those before it, the newest first.
  let older: [File]

  /// nil if the file in which `position` lies is not there any more.
  init?(_ position: LogPosition, logPath: String) {
    let resolved = LinkChain(logPath).resolved
    guard var files = RotatedFiles(beside: resolved) else { return nil }
    let packed = PackedFile.beside(resolved)
    files.order(with: packed)
    let order = files.order
    // While one is being compressed it is there twice.
    let plain = files.entries.filter { $0.suffix != .other }
    let packedAlone = packed.filter { file in file.suffix != .other && !plain.contains { $0.begins(as: file.head) } }
    var candidates = (plain.map { File.plain($0) } + packedAlone.map { File.packed($0) })
      .filter { !$0.begins(as: position.head) }
    if let log = RotatedFiles.look(at: logPath), log.status.inode == position.inode, log.begins(as: position.head),
      log.status.size >= position.offset
    {
      present = .plain(log)
    } else {
      let found =
        files.find(head: position.head, inode: position.inode, offset: position.offset).map { File.plain($0) }
        ?? packed.first { $0.begins(as: position.head) }.map { File.packed($0) }
      guard let found else { return nil }
      present = found
      candidates.removeAll { !found.isNewer(than: $0, order) }
    }
    older = candidates.sorted { $0.isNewer(than: $1, order) }
  }
}

extension FilesReadBefore.File {
  var suffix: RotationSuffix {
    switch self {
    case .plain(let file): file.suffix
    case .packed(let file): file.suffix
    }
  }

  private var modified: Int64 {
    switch self {
    case .plain(let file): file.status.modified
    case .packed(let file): file.status.modified
    }
  }

  func begins(as head: FileHead) -> Bool {
    switch self {
    case .plain(let file): file.begins(as: head)
    case .packed(let file): file.begins(as: head)
    }
  }

  /// True if this one was rotated away after `other`: by their names, else by the times of their last change.
  func isNewer(than other: FilesReadBefore.File, _ order: RotationOrder) -> Bool {
    order.isNewer(suffix, than: other.suffix) ?? (modified > other.modified)
  }

  /// Bytes of what is inside; a compressed one is unpacked for it.
  var size: Int {
    switch self {
    case .plain(let file): return file.status.size
    case .packed(let file):
      var reader = file.lines()
      var size = 0
      while let line = reader.next() { size = line.end }
      return size
    }
  }

  /// Calls `body` with each whole line that begins at or after `start`, as far as the file can be read, until it returns
  /// false.
  func forEachLine(from start: Int, _ body: (LineReader.Line) -> Bool) {
    switch self {
    case .plain(let file):
      guard let descriptor = try? Descriptor(reading: file.path) else { return }
      lseek(descriptor.number, max(start - 1, 0), SEEK_SET)
      var reader = LineReader(descriptor: descriptor.number, offset: max(start - 1, 0), passesZeros: true)
      while let line = reader.next() {
        // Where reading begins in the middle of a line, the rest of it is none.
        if line.offset >= start, !body(line) { return }
      }
    case .packed(let file):
      var reader = file.lines()
      while let line = reader.next() {
        if line.offset >= start, !body(line) { return }
      }
    }
  }
}
