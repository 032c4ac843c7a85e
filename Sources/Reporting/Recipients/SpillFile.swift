import Bytes
import Glibc

/// A temporary file for what is not needed in memory for a while. It has no name, so that it is gone with the process,
/// and is readable by nobody else. It is made once something is put into it.
final class SpillFile {
  struct Failure: Error, Equatable {
    /// errno.
    var code: Int32
  }

  private let directory: String
  private var descriptor: Int32 = -1
  private(set) var length = 0

  /// - Parameter directory: where there is room.
  init(in directory: String) { self.directory = directory }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Appends `bytes`; returns where they stand.
  func append(_ bytes: ByteView) throws(Failure) -> Range<Int> {
    if descriptor < 0 { descriptor = try SpillFile.make(in: directory) }
    var sent = 0
    while sent < bytes.count {
      let count = pwrite(descriptor, bytes.start + sent, bytes.count - sent, off_t(length + sent))
      if count > 0 {
        sent += count
      } else if count == 0 || errno != EINTR {
        throw Failure(code: count == 0 ? ENOSPC : errno)
      }
    }
    length += sent
    return (length - sent)..<length
  }

  /// Appends what stands in `range`, which `append` gave, to `buffer`.
  func read(_ range: Range<Int>, to buffer: inout ByteBuffer) throws(Failure) {
    var at = range.lowerBound
    while at < range.upperBound {
      var code: Int32 = 0
      buffer.append(capacity: range.upperBound - at) { place in
        let count = pread(descriptor, place, range.upperBound - at, off_t(at))
        if count < 0 { code = errno }
        if count == 0 { code = EIO }
        at += max(count, 0)
        return max(count, 0)
      }
      if code != 0, code != EINTR { throw Failure(code: code) }
    }
  }

  private static func make(in directory: String) throws(Failure) -> Int32 {
    var template = Array("\(directory)/softbounce-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw Failure(code: errno) }
    unlink(template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return descriptor
  }
}
