import Bytes
import Glibc

/// The pages of the program and its libraries that are in memory.
enum ProgramPages {
  /// Lets go of those that were needed for starting up alone, which is most: they are a third of what reading a long log
  /// takes up. What is needed again comes back from the system's cache of files at the next touch.
  ///
  /// Only what is a file's and was never written to is let go of, so that what comes back is the same: code, constants
  /// and the tables by which symbols are found, not what the loader filled in before it took the right to write away.
  static func release() {
    let descriptor = open("/proc/self/smaps", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var reader = LineReader(descriptor: descriptor, maximumLineLength: 8192)
    var found: (start: UnsafeMutableRawPointer, length: Int)?
    while let line = reader.next() {
      let text = line.bytes
      // A mapping's lines begin with its place, in small letters, and go on with what it takes up.
      if let first = text.at(0), first.isASCIIDigit || first >= UInt8(ascii: "a") {
        found = file(text)
      } else if let mapping = found, text.hasPrefix("Anonymous:") {
        // What is no longer the file's.
        if text.hasSuffix(" 0 kB") { madvise(mapping.start, mapping.length, MADV_DONTNEED) }
        found = nil
      }
    }
  }

  /// The place of a mapping of a file that can't be written to; nil for another.
  ///
  /// `55d0c0a00000-55d0c2200000 r-xp 00a00000 fe:01 1234                   /usr/bin/softbounce`
  private static func file(_ line: ByteView) -> (start: UnsafeMutableRawPointer, length: Int)? {
    guard let dash = line.firstIndex(of: 0x2D), let end = line.firstIndex(of: 0x20),
      line.from(end).hasPrefix(" r-xp ") || line.from(end).hasPrefix(" r--p "), line.firstRange(of: " /") != nil,
      let from = UInt(String(line.prefix(dash)), radix: 16), let to = UInt(String(line[(dash + 1)..<end]), radix: 16),
      from < to, let start = UnsafeMutableRawPointer(bitPattern: from)
    else { return nil }
    return (start, Int(to - from))
  }
}
