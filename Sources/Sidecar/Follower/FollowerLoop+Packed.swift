// Taking up an earlier run in a file that was compressed since.

import LogFiles

extension FollowerLoop {
  /// Queues the compressed file in which `position` lies, what was rotated away after it, and `log`. nil if there is
  /// none; false if a rotation came between, and nothing was queued.
  func takeUpPacked(_ position: LogPosition, log: FollowedFile?, _ files: RotatedFiles) -> Bool? {
    guard position.isNamed else { return nil }
    let found = PackedFile.beside(resolved)
    guard let first = found.first(where: { $0.begins(as: position.head) }) else { return nil }
    var files = files
    files.order(with: found)
    let order = files.order
    let known = [position.head, log?.head].compactMap { $0 }
    let later = found.filter { file in
      file.suffix != .other && file.isNewer(than: first, order)
        && !known.contains { $0.length > 0 && file.begins(as: $0) }
    }.sorted { $1.isNewer(than: $0, order) }
    let newest = later.last ?? first
    let plain = files.newer(
      than: (newest.suffix, newest.status.modified), before: log.flatMap { files.limit(of: $0) },
      known: known + later.map(\.head))
    guard let plain = open(plain) else { return false }
    remember(position.head)
    first.skip(to: position.offset)
    packed = [first] + later
    for file in packed {
      let imported = options.imported.filter { file.begins(as: $0.head) }.map(\.offset).max()
      if let imported, imported > file.offset { file.skip(to: imported) }
    }
    for file in plain where file.inode != log?.inode { queue(file) }
    if let log { queue(log) }
    return true
  }

  /// Reads the first of the compressed files that wait.
  func readPacked(until isStopping: () -> Bool) {
    guard let file = packed.first else { return }
    handler.opened(file.position)
    let outcome = file.deliver(to: handler, until: isStopping)
    let reason: LogGap.Reason?
    switch outcome {
    case .stopped: return
    case .end: reason = nil
    case .failed(let code): reason = .unreadable(code)
    case .damaged: reason = .damaged
    case .tooShort: reason = .rotatedAway
    }
    if let reason { handler.gap(LogGap(reason: reason, path: file.path, offset: file.offset)) }
    handler.finished(file.position)
    remember(file.head)
    packed.removeFirst()
    if packed.isEmpty, let current { handler.opened(current.position) }
  }
}
