// The one writer of a journal.
//
// Promises: `append` never waits for the disk; a group is on the disk whole or not at all; what `waitUntilDurable`
// confirmed survives kill -9 and power loss; memory is bounded; a disk that refuses blocks nobody, and what it cost
// stands in the journal as a `gap`. Leaves to others: what an event is, sealing and retention of old segments.

import Glibc

/// Appends to the journal in a directory, alone: a second writer is refused.
public final class JournalWriter: Sendable {
  public struct Options: Sendable {
    /// A segment is followed by the next when it would grow beyond this many bytes …
    public var segmentBytes = 64 << 20
    /// … or is this many seconds old.
    public var segmentAge: Int64 = 86_400
    /// Bytes of lines that wait for the disk; beyond them groups are dropped and counted.
    public var memoryLimit = 64 << 20
    /// The `host` of the `gap` lines that the journal itself writes; empty to leave it out.
    public var host = ""

    /// Groups of 64 KiB and more go to the disk past the page cache where the file system can: for much at once that
    /// nobody reads soon. Each ends with a whole block of 4 KiB then, filled up with spaces.
    public var bypassesCache = false

    public init() {}
  }

  public let directory: String
  /// What was found at the start.
  public let recovery: JournalRecovery
  private let core: JournalCore
  private let committer: Committer

  /// Opens the journal in `directory`, creating it (0750) if its parent is there, and recovers: cuts half a line
  /// and an incomplete group off the end. Reads the last segment whole.
  public convenience init(directory: String, options: Options = Options()) throws(JournalError) {
    try self.init(directory: directory, options: options, calls: FileSystemCalls())
  }

  init(directory: String, options: Options, calls: FileSystemCalls) throws(JournalError) {
    self.directory = directory
    let opened: JournalRecovery.Opened
    do throws(Fault) {
      opened = try JournalRecovery.open(directory, calls: calls)
    } catch {
      if error.errno == EWOULDBLOCK {
        throw JournalError(
          .locked, path: directory,
          message: "\(error.path) is locked: another softbounced writes to this journal; stop it or give this one "
            + "a directory of its own")
      }
      throw JournalError(error)
    }
    recovery = opened.recovery
    // What was recovered is durable, and readers are told so before anybody builds on it: a source that finds its
    // events in the journal goes on behind them.
    JournalCommitter.publish(
      opened.active.map { CommittedLength(segment: $0.name, length: $0.length) }, lock: opened.lock, calls: calls)
    let core = JournalCore(options: options, calls: calls)
    self.core = core
    committer = try Committer(core, opened, directory: directory)
    if recovery.bytesLost > 0 { core.tellLoss(ofCommitted: recovery.bytesLost) }
  }

  deinit { close() }

  /// Adds the lines that `body` puts into the group, and returns at once. `body` runs with the journal locked: it
  /// must not wait, and must not call the writer.
  @discardableResult
  public func append(_ body: (inout EventGroup) -> Void) -> Commit { core.append(body) }

  /// The same, in a new segment: once the group is durable, the segment before is no longer written to. What other
  /// threads append at the same time may stand before the group.
  @discardableResult
  public func appendToNewSegment(_ body: (inout EventGroup) -> Void) -> Commit {
    core.append(beginningSegment: true, body)
  }

  /// Waits until `commit` is on the disk, at most `timeout` seconds; false if it is not, or was not accepted.
  public func waitUntilDurable(_ commit: Commit, timeout: Double) -> Bool {
    core.waitUntilDurable(commit, timeout: timeout)
  }

  public var counters: JournalCounters { core.snapshot() }

  /// Stores what is queued, with one last try if the disk refuses, and gives the journal back. Later groups are not
  /// accepted. Can be called again.
  public func close() {
    core.close()
    committer.join()
  }
}

/// The committer's thread.
private final class Committer: Sendable {
  // Sendable: `joined` is touched with `lock` held.
  private let thread: pthread_t
  private nonisolated(unsafe) var joined = false
  private let lock = Monitor()
  private let descriptor: Int32
  private let calls: FileSystemCalls

  init(_ core: JournalCore, _ opened: JournalRecovery.Opened, directory: String) throws(JournalError) {
    descriptor = opened.lock
    calls = core.calls
    let start = Unmanaged.passRetained(CommitterStart(core, opened, directory))
    var thread = pthread_t()
    let result = pthread_create(&thread, nil, runCommitter, start.toOpaque())
    guard result == 0 else {
      start.release()
      _ = core.calls.close(opened.lock)
      throw JournalError(Fault("pthread_create", directory, -Int(result)))
    }
    self.thread = thread
  }

  func join() {
    lock.lock()
    defer { lock.unlock() }
    guard !joined else { return }
    joined = true
    pthread_join(thread, nil)
    // Closing the file gives the lock back, but for a child that is being started just now and has it too.
    _ = calls.flock(descriptor, LOCK_UN)
    _ = calls.close(descriptor)
  }
}

/// What the thread is started with.
private final class CommitterStart {
  let core: JournalCore
  let opened: JournalRecovery.Opened
  let directory: String

  init(_ core: JournalCore, _ opened: JournalRecovery.Opened, _ directory: String) {
    self.core = core
    self.opened = opened
    self.directory = directory
  }
}

private func runCommitter(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument else { return nil }
  let start = Unmanaged<CommitterStart>.fromOpaque(argument).takeRetainedValue()
  let core = start.core
  var segment: ActiveSegment?
  if let active = start.opened.active {
    segment = ActiveSegment(
      resuming: active.name, path: start.directory + "/" + active.name.fileName, descriptor: active.descriptor,
      length: active.length, lines: active.lines, bypassesCache: core.options.bypassesCache, calls: core.calls)
  }
  let committer = JournalCommitter(
    directory: start.directory, options: core.options, calls: core.calls, lock: start.opened.lock, segment: segment,
    recovered: start.opened.active.map { CommittedLength(segment: $0.name, length: $0.length) },
    recovery: start.opened.recovery)
  core.run(committer)
  return nil
}
