// Which files come next: after a rotation while running, and at the start after an earlier run.
//
// The log itself is opened first and its siblings are searched after that: what rotation does in between is then seen
// either as a sibling or on the open file.

import LogFiles

extension FollowerLoop {
  /// Opens what the path names by now, and what was rotated away since it was last looked at.
  func lookAtPath() {
    if let awaited {
      self.awaited = nil
      takeUpSettled(awaited)
      return
    }
    for _ in 0..<16 {
      guard let status = FileStatus(path: options.path) else {
        if current == nil { report(SystemError(call: "stat", path: options.path)) }
        return
      }
      if isKnown(status) { return }
      guard let log = openLog() else { return }
      if log.isSame(as: status), queueWithOlder(log) { return }
    }
    pathChanged = true
  }

  /// Queues `log` and before it what was rotated away between the newest file known and it. False if a rotation came
  /// between; then nothing was queued.
  private func queueWithOlder(_ log: FollowedFile) -> Bool {
    if let newest = successors.last ?? current {
      guard let files = RotatedFiles(beside: resolved) else { return false }
      let suffix = files.suffix(device: newest.device, inode: newest.inode)
      let known = finishedHeads + (successors + [current, log].compactMap { $0 }).map(\.head)
      let between = files.newer(than: (suffix, newest.modified), before: files.limit(of: log), known: known)
      guard let older = open(between) else { return false }
      for file in older where file.inode != log.inode { queue(file) }
    }
    queue(log)
    return true
  }

  /// Opens `entries` without those that are open already; nil if one has been renamed since it was looked at.
  func open(_ entries: [RotatedFiles.Entry]) -> [FollowedFile]? {
    var files: [FollowedFile] = []
    for entry in entries where !isKnown(entry.status) {
      guard let file = try? FollowedFile(path: entry.path), file.isSame(as: entry.status) else { return nil }
      files.append(file)
    }
    return files
  }

  private func isKnown(_ status: FileStatus) -> Bool {
    (successors + [current, former].compactMap { $0 }).contains { $0.isSame(as: status) }
  }

  private func openLog(offset: Int = 0) -> FollowedFile? {
    do throws(SystemError) {
      return try FollowedFile(path: options.path, offset: offset)
    } catch {
      report(error)
      return nil
    }
  }

  // MARK: Taking up an earlier run

  /// Opens the file at which the last run stopped and all that came after it.
  func resume() {
    guard let position = options.resume else {
      let status = FileStatus(path: options.path)
      if let log = openLog(offset: options.start == .end ? status?.size ?? 0 : 0) { queue(log) }
      return
    }
    takeUpSettled(position)
  }

  private func takeUpSettled(_ position: LogPosition) {
    for _ in 0..<16 where takeUp(position) { return }
    // Rotation after rotation: look again at the next notice, from the same position.
    awaited = position
    pathChanged = true
  }

  /// False if a rotation came between; then nothing was queued.
  private func takeUp(_ position: LogPosition) -> Bool {
    let log = openLog()
    if let log, log.inode == position.inode, log.begins(as: position.head), log.size >= position.offset {
      log.skip(to: position.offset)
      queue(log)
      return true
    }
    guard let files = RotatedFiles(beside: resolved) else { return false }
    if let log, files.suffix(device: log.device, inode: log.inode) != nil { return false }
    if let found = files.find(head: position.head, inode: position.inode, offset: position.offset) {
      let known = [position.head, found.head] + [log?.head].compactMap { $0 }
      guard let old = try? FollowedFile(path: found.path, offset: position.offset), old.isSame(as: found.status),
        let between = open(
          files.newer(
            than: (found.suffix, found.status.modified), before: log.flatMap { files.limit(of: $0) }, known: known))
      else { return false }
      remember(position.head)
      queue(old)
      for file in between where file.inode != log?.inode && file.inode != old.inode { queue(file) }
      if let log, log.inode != old.inode { queue(log) }
      return true
    }
    let isLogItself = log.map { $0.begins(as: position.head) && $0.size >= position.offset } ?? false
    if !isLogItself, let isQueued = takeUpPacked(position, log: log, files) { return isQueued }
    guard let log else {
      // Perhaps the very file comes back (its rights, a mount), whose lines must not be read from their beginning.
      awaited = position
      return true
    }
    if position.isNamed, log.begins(as: position.head), log.size >= position.offset {
      // The same content under a new inode.
      log.skip(to: position.offset)
    } else if position.isNamed || log.inode != position.inode {
      handler.gap(LogGap(reason: .rotatedAway, path: position.path, offset: position.offset))
    }
    queue(log)
    return true
  }
}
