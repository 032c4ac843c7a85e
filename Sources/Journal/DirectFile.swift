// A file that is written to past the page cache.
//
// Nobody reads soon what an import brings in. Copying it into the cache took an eighth of the import's processor time,
// and pushes out of memory what the mail server reads (open(2), O_DIRECT).

import Bytes
import CLinux
import Glibc

struct DirectFile: ~Copyable {
  /// Bytes of which place in memory, place in the file and length have to be multiples. Disks want 512 or as many.
  static let block = 4096
  /// Shorter writes are not worth it.
  static let smallest = 64 * 1024

  private let descriptor: Int32
  private let path: String
  private let calls: FileSystemCalls
  /// False once the file system has refused.
  private var isOpen = true

  /// Opens `path`, which exists; nil where the file system has no such writes.
  init?(_ path: String, calls: FileSystemCalls) {
    guard let descriptor = try? calls.descriptor(path, O_WRONLY | softbounce_open_direct) else { return nil }
    self.descriptor = descriptor
    self.path = path
    self.calls = calls
  }

  deinit { _ = calls.close(descriptor) }

  /// Writes `bytes` at `offset`, which are on the disk once the file is synchronised; false, and whatever was written
  /// is to be written again, if they are no whole blocks or the file system refuses.
  mutating func write(_ bytes: ByteView, at offset: Int) throws(Fault) -> Bool {
    let place = Int(bitPattern: bytes.start)
    guard isOpen, bytes.count >= DirectFile.smallest, (place | offset | bytes.count) % DirectFile.block == 0 else {
      return false
    }
    do throws(Fault) {
      try calls.write(bytes, to: descriptor, at: offset, path: path)
      return true
    } catch {
      guard error.errno == EINVAL || error.errno == EOPNOTSUPP else { throw error }
      isOpen = false
      return false
    }
  }

  /// Lets a file of `length` bytes end with a whole block once `lines`, of which there is one at least, are behind it:
  /// with spaces before the end of the last line, which mean nothing in JSON.
  static func fill(_ lines: inout ByteBuffer, behind length: Int) {
    let missing = (block - (length + lines.count) % block) % block
    guard missing > 0, lines.view.hasSuffix("}\n") else { return }
    lines.truncate(to: lines.count - 2)
    lines.append(repeating: UInt8(ascii: " "), count: missing)
    lines.append("}\n")
  }
}
