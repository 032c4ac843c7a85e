import Glibc

/// A file descriptor with one owner, closed at the end of its life.
struct Descriptor: ~Copyable {
  let number: Int32

  /// Takes over `number`, which must be open.
  init(owning number: Int32) { self.number = number }

  /// Opens `path` for reading (open(2): `O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK`, so that a FIFO put in a log's
  /// place can't block).
  init(reading path: String) throws(SystemError) {
    let number = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard number >= 0 else { throw SystemError(call: "open", path: path) }
    self.number = number
  }

  deinit { close(number) }

  /// fstat(2).
  func status() throws(SystemError) -> FileStatus {
    var status = stat()
    guard fstat(number, &status) == 0 else { throw SystemError(call: "fstat") }
    return FileStatus(status)
  }

  /// pread(2), tried again after a signal. Bytes read, 0 at the end of the file, or minus errno.
  func read(into memory: UnsafeMutableRawPointer, count: Int, at offset: Int) -> Int {
    while true {
      let received = pread(number, memory, count, offset)
      if received >= 0 { return received }
      if errno != EINTR { return -Int(errno) }
    }
  }
}

/// What the follower needs to know of a file.
struct FileStatus: Equatable {
  var device: UInt64
  var inode: UInt64
  var size: Int
  /// Nanoseconds since 1970 of the last change of the content.
  var modified: Int64
  var isRegular: Bool
  var isDirectory: Bool

  init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    size = Int(status.st_size)
    modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    isRegular = status.st_mode & S_IFMT == S_IFREG
    isDirectory = status.st_mode & S_IFMT == S_IFDIR
  }

  /// stat(2), symbolic links followed; nil if there is nothing that can be looked at.
  init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }
}
