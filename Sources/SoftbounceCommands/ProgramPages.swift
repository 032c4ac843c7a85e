import Glibc

/// The pages of the program and its libraries that are in memory.
enum ProgramPages {
  /// Lets go of those that were needed for starting up alone, which is most: they are a third of what reading a long log
  /// takes up. What is needed again comes back from the system's cache of files at the next touch.
  ///
  /// Only code is let go of: it is never written to, so that what comes back is the same.
  static func release() {
    guard let maps = fopen("/proc/self/maps", "re") else { return }
    defer { fclose(maps) }
    var line = [CChar](repeating: 0, count: 4096)
    while fgets(&line, Int32(line.count), maps) != nil {
      // `55d0c0a00000-55d0c2200000 r-xp 00a00000 fe:01 1234  /usr/bin/softbounce`
      let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      let fields = text.split(separator: " ", omittingEmptySubsequences: true)
      guard fields.count >= 6, fields[1] == "r-xp", fields[4] != "0", fields[5].hasPrefix("/") else { continue }
      let ends = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
      guard ends.count == 2, ends[0] < ends[1], let start = UnsafeMutableRawPointer(bitPattern: ends[0]) else { continue }
      madvise(start, Int(ends[1] - ends[0]), MADV_DONTNEED)
    }
  }
}
