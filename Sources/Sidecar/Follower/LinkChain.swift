import Glibc

/// A path and where its symbolic links lead: which directories have to be watched to see it appear, move or be
/// linked to another file.
struct LinkChain {
  /// Where the path leads by now, links of its last component followed.
  let resolved: String
  /// The directories in which an entry can change what the path means, each the nearest that exists.
  let directories: [String]

  /// Links followed at most, as the kernel does in one component (path_resolution(7) allows 40 in all).
  static let limit = 16

  init(_ path: String) {
    var current = path
    var directories: [String] = []
    for _ in 0...LinkChain.limit {
      directories.append(LinkChain.existing(splitPath(current).directory))
      guard let target = LinkChain.target(of: current) else { break }
      current = target.hasPrefix("/") ? target : splitPath(current).directory + "/" + target
    }
    resolved = current
    self.directories = directories
  }

  private static func existing(_ directory: String) -> String {
    var directory = directory
    while directory != "/" && directory != "." {
      var status = stat()
      if stat(directory, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return directory }
      directory = splitPath(directory).directory
    }
    return directory
  }

  private static func target(of path: String) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
      guard let memory = buffer.baseAddress else { return nil }
      let length = readlink(path, memory, buffer.count)
      guard length > 0 else { return nil }
      return String(decoding: UnsafeRawBufferPointer(start: memory, count: length), as: UTF8.self)
    }
  }
}
