// Follows a log file as it is written, through rotation and restarts.
//
// Promises every line once, in order, with the offset where it starts: through rotation by rename (the old file is
// read to its end, lines included that a writer adds after the rename), through copytruncate (but for what that
// itself destroys), from the position where it stopped at the last run, also when the log was rotated meanwhile and
// what it was rotated to compressed.
// Costs nothing while nothing is written: a thread waits for inotify(7). Leaves to its handler what a line means and
// when a position is committed. Local file systems only.

import Glibc
public import LogFiles
import Synchronization

/// A thread that follows one log file and hands its lines to a handler.
public final class LogFollower: Sendable {
  /// Bytes of a line that are handed over; a longer one is cut.
  public static let longestLine = 256 * 1024

  public struct Options: Sendable {
    /// Where to begin without a position of an earlier run.
    public enum Start: Sendable { case beginning, end }

    /// The log's path; need not exist yet, may be a symbolic link.
    public var path: String
    /// Where the last run stopped.
    public var resume: LogPosition?
    public var start: Start
    /// How far logs were imported, by how they begin: those lines are passed over.
    public var imported: [(head: FileHead, offset: Int)] = []
    /// Seconds without a new byte after which a rotated file is taken to be complete, once its successor has lines:
    /// after a writer was seen to close it, and without that.
    public var settling: (closed: Double, open: Double) = (0.1, 2)
    /// Seconds that a follower which is being stopped goes on reading what stands in the log by then.
    public var lastReading: Double = 1
    /// Seconds after which the successor is turned to even if the old file still grows.
    public var longestSettling: Double = 60

    public init(path: String, resume: LogPosition? = nil, start: Start = .beginning) {
      self.path = path
      self.resume = resume
      self.start = start
    }
  }

  public let options: Options
  private let handler: any LogLineHandler
  private let inotify: Inotify
  private let wakeWatch = WakeWatch()
  private let stopping = Atomic<Bool>(false)
  private let hasEnded = Atomic<Bool>(false)
  private let thread = Mutex<pthread_t?>(nil)

  /// - Throws: when the system has no more inotify instances or descriptors for us.
  public init(options: Options, handler: any LogLineHandler) throws(SystemError) {
    self.options = options
    self.handler = handler
    inotify = try Inotify()
  }

  /// Starts the thread; a second call does nothing.
  public func start() throws(SystemError) {
    let failure = thread.withLock { thread -> Int32 in
      guard thread == nil else { return 0 }
      var started = pthread_t()
      let code = pthread_create(&started, nil, runFollower, Unmanaged.passRetained(self).toOpaque())
      if code == 0 { thread = started } else { Unmanaged.passUnretained(self).release() }
      return code
    }
    if failure != 0 { throw SystemError(call: "pthread_create", code: failure) }
  }

  /// Ends the thread once it has read what stands in the file that it reads, or after `Options.lastReading`, and waits
  /// until it has ended: whoever stops the mail server first and then the follower has all of the log. Not to be called
  /// by the handler.
  public func stop() {
    stopping.store(true, ordering: .releasing)
    let ended = thread.withLock { thread in
      defer { thread = nil }
      return thread
    }
    guard let ended else { return }
    // Again until it has been heard: the thread may be about to wait, or to name another watch.
    while !hasEnded.load(ordering: .acquiring) {
      wakeWatch.wake(inotify)
      usleep(500)
    }
    pthread_join(ended, nil)
  }

  var isStopping: Bool { stopping.load(ordering: .acquiring) }

  fileprivate func run() {
    let loop = FollowerLoop(options: options, handler: handler, inotify: inotify, wakeWatch: wakeWatch)
    loop.run { self.isStopping }
    hasEnded.store(true, ordering: .releasing)
  }
}

// At file scope, because a closure formed on the main actor must not run on another thread.
private func runFollower(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument else { return nil }
  Unmanaged<LogFollower>.fromOpaque(argument).takeRetainedValue().run()
  return nil
}
