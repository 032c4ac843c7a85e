// The follower's thread: waits, reads, and turns from one file to the next.

import Glibc
import LogFiles

/// What the follower's thread keeps. The file being read comes first, then those that succeed it: usually none, after
/// a rotation one, more after several in short order.
final class FollowerLoop {
  let options: LogFollower.Options
  let handler: any LogLineHandler
  private let inotify: Inotify
  private let wakeWatch: WakeWatch
  private let block = UnsafeMutableRawPointer.allocate(byteCount: LogFollower.longestLine, alignment: 4096)

  private(set) var current: FollowedFile?
  private(set) var successors: [FollowedFile] = []
  /// Compressed files that come before all these, oldest first.
  var packed: [PackedFile] = []
  /// The file that was turned away from last, watched for lines that come too late.
  private(set) var former: FollowedFile?
  /// When the file being read was found to have a successor with lines, on the monotonic clock.
  private var succeededSince: Int64?
  /// When the file being read got its first successor while it was being followed.
  private var succeededNewly: Int64?
  /// How files that were finished began, newest last; so that a copy of one is not taken for a successor.
  private(set) var finishedHeads: [FileHead] = []

  private var directoryWatches: Set<Inotify.Watch> = []
  /// Where the path led when it was last looked at.
  private(set) var resolved: String
  var pathChanged = true
  private var lastFailure: SystemError?
  /// Where the last run stopped, as long as the log is missing or can't be opened.
  var awaited: LogPosition?
  /// False while the files of an earlier run are taken up.
  private var isRunning = false

  init(
    options: LogFollower.Options, handler: any LogLineHandler, inotify: Inotify, wakeWatch: WakeWatch
  ) {
    self.options = options
    self.handler = handler
    self.inotify = inotify
    self.wakeWatch = wakeWatch
    resolved = options.path
  }

  deinit { block.deallocate() }

  func run(until isStopping: () -> Bool) {
    watchDirectories()
    resume()
    isRunning = true
    while !isStopping() {
      let deadline = step(until: isStopping)
      if !isStopping() { wait(until: deadline) }
    }
    readRest()
  }

  /// Reads what stands in the file by now.
  private func readRest() {
    guard packed.isEmpty, let current else { return }
    let deadline = MonotonicClock.now + nanoseconds(options.lastReading)
    _ = readAll(of: current) { MonotonicClock.now >= deadline || !handler.hasRoom }
  }

  // MARK: Waiting

  private func wait(until deadline: Int64?) {
    var timeout: Int32?
    if let deadline {
      timeout = Int32(min(max((deadline - MonotonicClock.now + 999_999) / 1_000_000, 0), 60_000))
    } else if directoryWatches.isEmpty {
      // Nothing could be watched, so nothing would wake this thread.
      timeout = 1000
    }
    inotify.wait(timeout: timeout) { watch, mask in notice(watch, mask) }
  }

  private func notice(_ watch: Inotify.Watch, _ mask: Inotify.Mask) {
    if mask.contains(.overflow) || directoryWatches.contains(watch) || mask.contains(.selfMoved)
      || mask.contains(.selfDeleted)
    {
      pathChanged = true
    }
    guard mask.contains(.selfMoved) || mask.contains(.writerClosed) else { return }
    for file in successors + [current].compactMap({ $0 }) where file.watch == watch {
      file.writerClosed = mask.contains(.writerClosed)
    }
  }

  /// Watches all directories in which an entry can change what the path means.
  private func watchDirectories() {
    var fresh: Set<Inotify.Watch> = []
    // Again until it stands: a directory may appear between looking and watching.
    for _ in 0..<8 {
      let chain = LinkChain(options.path)
      resolved = chain.resolved
      fresh.removeAll()
      for directory in chain.directories {
        do throws(SystemError) {
          fresh.insert(try inotify.watch(path: directory, .directory))
        } catch {
          report(error)
        }
      }
      if LinkChain(options.path).directories == chain.directories { break }
    }
    for stale in directoryWatches.subtracting(fresh) { inotify.remove(stale) }
    directoryWatches = fresh
    wakeWatch.store(fresh.first)
  }

  // MARK: Reading

  /// Reads all there is; the time at which to look again without a notice, if any.
  private func step(until isStopping: () -> Bool) -> Int64? {
    while !isStopping() {
      if pathChanged {
        pathChanged = false
        watchDirectories()
        lookAtPath()
      }
      if !packed.isEmpty {
        readPacked(until: isStopping)
        continue
      }
      guard let reading = current else { return nil }
      let isRead = readAll(of: reading, until: isStopping)
      checkFormer()
      guard let file = current, file === reading else { continue }
      guard let next = successors.first, !isStopping() else {
        succeededSince = nil
        return nil
      }
      // The old file stays the one as long as nothing but it has lines.
      guard successors.contains(where: { $0.size > 0 }) else { return nil }
      let now = MonotonicClock.now
      let since = succeededSince ?? now
      succeededSince = since
      let settling = file.writerClosed ? options.settling.closed : options.settling.open
      let settled = max(file.lastGrowth, succeededNewly ?? .min) + nanoseconds(settling)
      let latest = since + nanoseconds(options.longestSettling)
      if now < min(settled, latest) { return min(settled, latest) }
      // This thread may have had to wait between reading the file and asking when it was last written to.
      if isRead, now < latest, file.size > file.end { continue }
      if next.wasEmpty { queueCopies(of: next, after: file) }
      turn(from: file)
    }
    return nil
  }

  /// False if the file can't be read or its copy comes first.
  private func readAll(of file: FollowedFile, until isStopping: () -> Bool) -> Bool {
    var committed = file.offset
    while !isStopping() {
      switch file.deliver(block: block, to: handler) {
      case .more:
        handler.batchEnd(file.position, caughtUp: false)
      case .end:
        if file.offset != committed { handler.batchEnd(file.position, caughtUp: true) }
        return true
      case .rewritten:
        let position = file.position
        let lost = file.pending
        file.startAgain()
        committed = -1
        remember(position.head)
        if putCopy(of: position, before: file) { return false }
        if lost > 0 {
          handler.gap(LogGap(reason: .truncated, path: position.path, offset: position.offset, bytes: lost))
        }
        handler.finished(position)
        handler.opened(file.position)
      case .failed(let code):
        handler.gap(LogGap(reason: .unreadable(code), path: file.path, offset: file.offset))
        return false
      }
    }
    return false
  }

  /// After copytruncate: lets the copy, which holds what was not read before the file was cut, come before `file`.
  /// False if there is none.
  private func putCopy(of position: LogPosition, before file: FollowedFile) -> Bool {
    guard position.isNamed else { return false }
    for _ in 0..<16 {
      guard let files = RotatedFiles(beside: resolved) else { continue }
      guard let found = files.find(head: position.head, inode: position.inode, offset: position.offset) else {
        return false
      }
      // What was written between two such cuts lies in a copy of its own.
      let known = finishedHeads + ([file] + successors).map(\.head)
      let limit = files.limit(of: file)
      guard let copy = try? FollowedFile(path: found.path, offset: position.offset), copy.isSame(as: found.status),
        let between = open(files.newer(than: (found.suffix, found.status.modified), before: limit, known: known))
      else { continue }  // A rotation came between.
      current = copy
      successors.insert(contentsOf: between + [file], at: 0)
      handler.opened(copy.position)
      return true
    }
    return false
  }

  /// Puts before `next` what was written to it, copied and cut away while `file` was read.
  private func queueCopies(of next: FollowedFile, after file: FollowedFile) {
    next.look()
    for _ in 0..<16 {
      guard let files = RotatedFiles(beside: resolved) else { continue }
      guard let suffix = files.suffix(device: file.device, inode: file.inode) else { return }
      let known = finishedHeads + ([file] + successors).map(\.head)
      let limit = files.limit(of: next)
      guard let copies = open(files.newer(than: (suffix, file.modified), before: limit, known: known)) else { continue }
      successors.insert(contentsOf: copies, at: 0)
      return
    }
  }

  private func turn(from file: FollowedFile) {
    guard let next = successors.first else { return }
    file.deliverRest(block: block, to: handler)
    handler.finished(file.position)
    remember(file.head)
    if let former, let watch = former.watch { inotify.remove(watch) }
    former = file
    successors.removeFirst()
    succeededSince = nil
    succeededNewly = nil
    if next.offset == 0, file.head.length > 0, next.begins(as: file.head),
      next.size >= file.offset
    {
      // The same content under a new inode (an editor, a restored copy): go on where the old one ended.
      next.skip(to: file.offset)
    }
    current = next
    handler.opened(next.position)
  }

  private func checkFormer() {
    guard let file = former, file.size > file.offset else { return }
    let size = file.size
    handler.gap(
      LogGap(reason: .lateLines, path: file.path, offset: file.offset, bytes: size - file.offset))
    file.skip(to: size)
  }

  func remember(_ head: FileHead) {
    guard head.length > 0 else { return }
    finishedHeads.append(head)
    if finishedHeads.count > 16 { finishedHeads.removeFirst() }
  }

  func queue(_ file: FollowedFile) {
    let imported = options.imported.lazy.filter { file.begins(as: $0.head) }.map(\.offset).max()
    if let imported, imported > file.offset, imported <= file.size { file.skip(to: imported) }
    do throws(SystemError) {
      file.watch = try? inotify.watch(open: file.descriptor.number, .file)
      // By name where /proc is hidden from us.
      if file.watch == nil { file.watch = try inotify.watch(path: file.path, .file) }
    } catch {
      report(error)
    }
    lastFailure = nil
    if current == nil {
      current = file
      if packed.isEmpty { handler.opened(file.position) }
    } else {
      // Whoever wrote to the file until now may do so a little longer, however long it had been silent.
      if isRunning, successors.isEmpty { succeededNewly = MonotonicClock.now }
      successors.append(file)
    }
  }

  func report(_ error: SystemError) {
    if lastFailure == error { return }
    lastFailure = error
    handler.unavailable(options.path, error)
  }
}

private func nanoseconds(_ seconds: Double) -> Int64 { Int64(seconds * 1_000_000_000) }
