import Bytes
import Glibc

/// The pages of the program's and its libraries' code, tables of symbols and constants that are in memory.
enum ProgramPages {
  /// Lets go of those that were needed for starting up alone, which is most: they are a third of what reading a long log
  /// takes up. What is needed again comes back from the system's cache of files at the next touch.
  ///
  /// Only what is never written to is let go of (no library on this architecture relocates its text), so that what
  /// comes back is the same.
  static func release() {
    let descriptor = open("/proc/self/maps", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var reader = LineReader(descriptor: descriptor, maximumLineLength: 8192)
    while let line = reader.next() {
      guard let mapping = mapping(line.bytes) else { continue }
      madvise(mapping.start, mapping.length, MADV_DONTNEED)
    }
  }

  /// The place of a mapping of a file's code, or of what stands at its beginning, where linkers put what is read alone;
  /// nil for another. What else is read alone (`r--p`) may have been relocated before.
  ///
  /// `55d0c0a00000-55d0c2200000 r-xp 00a00000 fe:01 1234                   /usr/bin/softbounce`
  private static func mapping(_ line: ByteView) -> (start: UnsafeMutableRawPointer, length: Int)? {
    guard let dash = line.firstIndex(of: 0x2D), let end = line.firstIndex(of: 0x20),
      line.from(end).hasPrefix(" r-xp ") || line.from(end).hasPrefix(" r--p 00000000 "),
      line.firstRange(of: " /") != nil,
      let from = UInt(String(line.prefix(dash)), radix: 16), let to = UInt(String(line[(dash + 1)..<end]), radix: 16),
      from < to, let start = UnsafeMutableRawPointer(bitPattern: from)
    else { return nil }
    return (start, Int(to - from))
  }
}
