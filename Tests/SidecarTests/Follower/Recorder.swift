import Bytes
import Glibc
import Synchronization

@testable import Sidecar

/// Keeps what a follower delivers, and what of it would be committed.
final class Recorder: LogLineHandler {
  struct Content {
    var lines: [String] = []
    var offsets: [Int] = []
    var opened: [LogPosition] = []
    var finished = 0
    var gaps: [LogGap] = []
    var unavailable: [SystemError] = []
    /// Places at which a run could be taken up again: a position and how many lines came before.
    var commits: [(position: LogPosition, lines: Int)] = []
  }

  let hasRoom: Bool
  private let content = Mutex(Content())

  init(hasRoom: Bool = true) { self.hasRoom = hasRoom }

  var now: Content { content.withLock { $0 } }
  var lines: [String] { now.lines }

  /// Forgets what a crash would lose.
  func roll(back lines: Int) {
    content.withLock { content in
      content.lines.removeLast(content.lines.count - lines)
      content.commits.removeAll()
    }
  }

  func opened(_ position: LogPosition) {
    content.withLock {
      $0.opened.append(position)
      if position.isNamed { $0.commits.append((position, $0.lines.count)) }
    }
  }

  func line(_ bytes: ByteView, offset: Int, next: Int) {
    let text = String(bytes)
    content.withLock {
      $0.lines.append(text)
      $0.offsets.append(offset)
    }
  }

  func batchEnd(_ position: LogPosition, caughtUp: Bool) {
    content.withLock { $0.commits.append((position, $0.lines.count)) }
  }

  func finished(_ position: LogPosition) { content.withLock { $0.finished += 1 } }
  func gap(_ gap: LogGap) { content.withLock { $0.gaps.append(gap) } }
  func unavailable(_ path: String, _ error: SystemError) { content.withLock { $0.unavailable.append(error) } }

  /// Waits until `condition` holds; false after `seconds`.
  func wait(seconds: Double = 20, until condition: (Content) -> Bool) -> Bool {
    let deadline = MonotonicClock.now + Int64(seconds * 1e9)
    while MonotonicClock.now < deadline {
      // Under the lock, so that what was recorded is not copied for every look.
      if content.withLock({ condition($0) }) { return true }
      usleep(1000)
    }
    return content.withLock { condition($0) }
  }
}

/// A directory of its own for one test, removed with it.
final class Directory: Sendable {
  let path: String

  init() throws {
    var template = Array("/tmp/softbounce-sidecar-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw SystemError(call: "mkdtemp") }
    path = String(cString: made)
  }

  deinit { Directory.remove(path) }

  func file(_ name: String) -> String { path + "/" + name }

  private static func remove(_ path: String) {
    if let handle = opendir(path) {
      while let entry = readdir(handle) {
        let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        if name == "." || name == ".." { continue }
        let child = path + "/" + name
        if unlink(child) != 0 { remove(child) }
      }
      closedir(handle)
    }
    rmdir(path)
  }
}

/// Writes a log as a syslog daemon does: keeps it open and appends.
final class Writer {
  let path: String
  private var descriptor: Int32

  init(_ path: String, append: Bool = true) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | (append ? O_APPEND : 0), 0o644)
  }

  deinit { close(descriptor) }

  func write(_ text: String) {
    var text = text
    let written = text.withUTF8 { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    precondition(written == text.utf8.count)
  }

  /// Closes what it has open and opens the path again.
  func reopen() {
    close(descriptor)
    descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_APPEND, 0o644)
  }
}

/// logrotate's part of the work.
enum Rotation {
  /// Makes room for `path.1`: the numbered ones move up.
  static func shift(_ path: String, keep: Int) {
    unlink("\(path).\(keep)")
    for number in stride(from: keep - 1, through: 1, by: -1) { rename("\(path).\(number)", "\(path).\(number + 1)") }
  }

  static func byRename(_ path: String, keep: Int = 9) {
    shift(path, keep: keep)
    rename(path, path + ".1")
  }

  static func byCopy(_ path: String, keep: Int = 9) {
    shift(path, keep: keep)
    let from = open(path, O_RDONLY)
    let to = open(path + ".1", O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    var bytes = [UInt8](repeating: 0, count: 65536)
    while true {
      let received = read(from, &bytes, bytes.count)
      if received <= 0 { break }
      _ = write(to, bytes, received)
    }
    close(to)
    close(from)
    truncate(path, 0)
  }
}
