import CLinux
import Glibc

/// Notices of changes to files and directories: inotify(7). Works on local file systems; a file that another machine
/// changes over NFS gives none.
final class Inotify: Sendable {
  /// A watch descriptor.
  typealias Watch = Int32

  struct Mask: OptionSet {
    let rawValue: UInt32
    init(rawValue: UInt32) { self.rawValue = rawValue }

    static let modified = Mask(rawValue: UInt32(IN_MODIFY))
    static let attributes = Mask(rawValue: UInt32(IN_ATTRIB))
    /// A writer closed it.
    static let writerClosed = Mask(rawValue: UInt32(IN_CLOSE_WRITE))
    static let movedFrom = Mask(rawValue: UInt32(IN_MOVED_FROM))
    static let movedTo = Mask(rawValue: UInt32(IN_MOVED_TO))
    static let created = Mask(rawValue: UInt32(IN_CREATE))
    static let deleted = Mask(rawValue: UInt32(IN_DELETE))
    static let selfDeleted = Mask(rawValue: UInt32(IN_DELETE_SELF))
    static let selfMoved = Mask(rawValue: UInt32(IN_MOVE_SELF))
    /// Notices were lost because the queue was full.
    static let overflow = Mask(rawValue: UInt32(IN_Q_OVERFLOW))
    /// The watch is gone.
    static let ignored = Mask(rawValue: UInt32(IN_IGNORED))

    /// What is of interest on a log file.
    static let file: Mask = [.modified, .writerClosed, .selfMoved, .selfDeleted]
    /// What is of interest on a directory: entries that come, go and change their mode, but not what is written.
    static let directory: Mask = [
      .movedFrom, .movedTo, .created, .deleted, .attributes, .selfDeleted, .selfMoved,
    ]
  }

  /// Blocking: a thread that only waits for notices waits in read(2), which wakes it sooner than poll(2) does.
  private let number: Int32
  private static var room: Int { 16 * 1024 }

  init() throws(SystemError) {
    number = inotify_init1(Int32(IN_CLOEXEC))
    guard number >= 0 else { throw SystemError(call: "inotify_init1") }
  }

  deinit { close(number) }

  func watch(path: String, _ mask: Mask) throws(SystemError) -> Watch {
    let watch = inotify_add_watch(number, path, mask.rawValue)
    guard watch >= 0 else { throw SystemError(call: "inotify_add_watch", path: path) }
    return watch
  }

  /// Watches an open file, whatever it is called by now: through /proc, so that no rename can come between.
  func watch(open number: Int32, _ mask: Mask) throws(SystemError) -> Watch {
    try watch(path: "/proc/self/fd/\(number)", mask)
  }

  /// Ends a watch, which gives a last notice: whoever waits is woken.
  func remove(_ watch: Watch) { inotify_rm_watch(number, watch) }

  /// Waits for notices and takes all that are there. One thread at a time.
  /// - Parameter timeout: milliseconds to wait at most; nil waits for as long as it takes.
  func wait(timeout: Int32?, _ body: (Watch, Mask) -> Void) {
    if let timeout, !isReadable(within: timeout) { return }
    withUnsafeTemporaryAllocation(byteCount: Inotify.room, alignment: 16) { memory in
      guard let start = memory.baseAddress else { return }
      var received: Int
      repeat {
        received = read(number, start, Inotify.room)
        var at = 0
        let header = MemoryLayout<inotify_event>.size
        while at + header <= received {
          let event = (start + at).loadUnaligned(as: inotify_event.self)
          body(event.wd, Mask(rawValue: event.mask))
          at += header + Int(event.len)
        }
        // A read that left room has taken everything.
      } while received > Inotify.room - 4096 && isReadable(within: 0)
    }
  }

  private func isReadable(within timeout: Int32) -> Bool {
    var polled = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
    return poll(&polled, 1, timeout) > 0
  }
}
