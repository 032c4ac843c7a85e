// The system calls of the journal, one seam each, so that tests can have any of them fail.
//
// A call answers as the kernel does: a result of at least 0, or a negative errno. `errno` itself is read nowhere
// else in the journal's writer.

import Bytes
import Glibc

struct FileSystemCalls: Sendable {
  var open: @Sendable (_ path: String, _ flags: Int32, _ mode: mode_t) -> Int = { path, flags, mode in
    outcome(Int(Glibc.open(path, flags, mode)))
  }
  var pwrite: @Sendable (_ fd: Int32, _ bytes: UnsafeRawPointer, _ count: Int, _ offset: Int) -> Int = {
    outcome(Glibc.pwrite($0, $1, $2, off_t($3)))
  }
  var pread: @Sendable (_ fd: Int32, _ bytes: UnsafeMutableRawPointer, _ count: Int, _ offset: Int) -> Int = {
    outcome(Glibc.pread($0, $1, $2, off_t($3)))
  }
  var fdatasync: @Sendable (_ fd: Int32) -> Int = { outcome(Int(Glibc.fdatasync($0))) }
  /// Of a directory: makes the names in it durable.
  var fsync: @Sendable (_ fd: Int32) -> Int = { outcome(Int(Glibc.fsync($0))) }
  var ftruncate: @Sendable (_ fd: Int32, _ length: Int) -> Int = { outcome(Int(Glibc.ftruncate($0, off_t($1)))) }
  var rename: @Sendable (_ old: String, _ new: String) -> Int = { outcome(Int(Glibc.rename($0, $1))) }
  var unlink: @Sendable (_ path: String) -> Int = { outcome(Int(Glibc.unlink($0))) }
  var close: @Sendable (_ fd: Int32) -> Int = { outcome(Int(Glibc.close($0))) }
  var flock: @Sendable (_ fd: Int32, _ operation: Int32) -> Int = { outcome(Int(lockFile($0, $1))) }
  var mkdir: @Sendable (_ path: String, _ mode: mode_t) -> Int = { outcome(Int(Glibc.mkdir($0, $1))) }
  /// The time of day, for names of segments, their age and gaps.
  var now: @Sendable () -> Int64 = {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
  }

  private static func outcome(_ result: Int) -> Int { result < 0 ? -Int(errno) : result }
}

/// flock(2); the name alone means the structure.
private let lockFile: @Sendable (Int32, Int32) -> Int32 = flock

/// A call that failed.
struct Fault: Error, Equatable, Sendable {
  var call: String
  var path: String
  var errno: Int32

  init(_ call: String, _ path: String, _ result: Int) {
    self.call = call
    self.path = path
    errno = Int32(truncatingIfNeeded: -result)
  }

  var description: String { "\(call) \(path): \(String(cString: strerror(errno)))" }
}

extension FileSystemCalls {
  /// Calls `body` until a signal no longer interrupts it.
  @inline(__always)
  static func uninterrupted(_ body: () -> Int) -> Int {
    while true {
      let result = body()
      if result != -Int(EINTR) { return result }
    }
  }

  /// Opens `path`, close-on-exec.
  func descriptor(_ path: String, _ flags: Int32, _ mode: mode_t = 0o640) throws(Fault) -> Int32 {
    let result = FileSystemCalls.uninterrupted { open(path, flags | O_CLOEXEC, mode) }
    guard result >= 0 else { throw Fault("open", path, result) }
    return Int32(truncatingIfNeeded: result)
  }

  /// Writes all of `bytes` at `offset`. A short write goes on where it stopped: on a full disk the next call says why.
  func write(_ bytes: ByteView, to fd: Int32, at offset: Int, path: String) throws(Fault) {
    var done = 0
    while done < bytes.count {
      let result = FileSystemCalls.uninterrupted {
        pwrite(fd, UnsafeRawPointer(bytes.start + done), bytes.count - done, offset + done)
      }
      guard result >= 0 else { throw Fault("write", path, result) }
      // A regular file never takes nothing; a file system that does so is full.
      guard result > 0 else { throw Fault("write", path, -Int(ENOSPC)) }
      done += result
    }
  }

  func synchronize(_ fd: Int32, path: String) throws(Fault) {
    let result = FileSystemCalls.uninterrupted { fdatasync(fd) }
    guard result >= 0 else { throw Fault("fdatasync", path, result) }
  }

  func truncate(_ fd: Int32, to length: Int, path: String) throws(Fault) {
    let result = FileSystemCalls.uninterrupted { ftruncate(fd, length) }
    guard result >= 0 else { throw Fault("ftruncate", path, result) }
  }

  /// Makes the names in `directory` durable; without it a new file may be gone after a power cut, whatever was
  /// synchronised in it.
  func synchronizeDirectory(_ directory: String) throws(Fault) {
    let fd = try descriptor(directory, O_RDONLY | O_DIRECTORY)
    let result = FileSystemCalls.uninterrupted { fsync(fd) }
    _ = close(fd)
    guard result >= 0 else { throw Fault("fsync", directory, result) }
  }
}
