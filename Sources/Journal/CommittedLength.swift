// What the writer has made durable, told to readers.
//
// A reader that looked at the file alone would take lines for committed that were written but not yet synchronised,
// and that a power cut can take back. So the writer notes the active segment and its durable length in the lock file
// after each fdatasync. The note itself is never synchronised: it counts only within the boot that it names, and
// after another boot whatever the disk holds is durable.

import Bytes
import Glibc

struct CommittedLength: Equatable {
  var segment: SegmentName
  var length: Int

  static let fileName = "journal.lock"

  /// The note's one line. The length stands there twice: two readings that agree were not torn by the writer.
  func line(boot: String) -> String { "\(segment.fileName) \(length) \(boot) \(length)\n" }

  /// The note in `directory`; nil if there is none, or if it is of another boot.
  static func read(_ directory: String) -> CommittedLength? {
    guard let boot = bootIdentity else { return nil }
    let fd = open(directory + "/" + fileName, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
    guard fd >= 0 else { return nil }
    defer { close(fd) }
    for _ in 0..<16 {
      var bytes = [UInt8](repeating: 0, count: 256)
      let count = Glibc.pread(fd, &bytes, bytes.count, 0)
      guard count > 0 else { return nil }
      let text = String(decoding: bytes[..<count], as: UTF8.self)
      guard let end = text.firstIndex(of: "\n") else { continue }
      let parts = text[..<end].split(separator: " ")
      guard parts.count == 4, let segment = SegmentName(String(parts[0])), let length = Int(parts[1]),
        parts[1] == parts[3], length >= 0
      else { continue }
      return parts[2] == boot ? CommittedLength(segment: segment, length: length) : nil
    }
    return nil
  }

  /// How many bytes of `segment` are committed: all (nil), or a number.
  func limit(of segment: SegmentName) -> Int? {
    if segment.isSealed || segment < self.segment { return nil }
    return segment == self.segment ? length : 0
  }

  /// The segment that holds less than its writer made durable; nil if none does. `size` is nil where it is gone.
  ///
  /// The note comes before the size: a writer that runs makes the file longer before it says so. A second look at the
  /// note leaves out a segment that was ended in between, which may be sealed, dropped or written anew without an
  /// address; what such a one lacks, the number of the next one tells.
  static func shortfall(in directory: String) -> (note: CommittedLength, size: Int?)? {
    guard let note = read(directory), note.length > 0 else { return nil }
    var status = stat()
    var size: Int?
    if stat(directory + "/" + note.segment.fileName, &status) == 0 {
      guard status.st_size < note.length else { return nil }
      size = Int(status.st_size)
    } else {
      guard errno == ENOENT, access(directory + "/" + note.segment.sealed.fileName, F_OK) != 0, errno == ENOENT
      else { return nil }
    }
    return read(directory)?.segment == note.segment ? (note, size) : nil
  }

  /// The kernel's name for this boot (`/proc/sys/kernel/random/boot_id`, random(4)); nil if it can't be read.
  static let bootIdentity: String? = {
    let fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
    guard fd >= 0 else { return nil }
    defer { close(fd) }
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = Glibc.read(fd, &bytes, bytes.count)
    guard count >= 36 else { return nil }
    return String(decoding: bytes[..<36], as: UTF8.self)
  }()
}
