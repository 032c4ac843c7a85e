// Finds what a log became: the files beside it that rotation left.

import Bytes
import Glibc
import LogFiles

/// A directory's files that carry the log's name and a rotation's suffix: `mail.log.1`, `mail.log-20261123`,
/// `mail.log.20261123-181825`; not the compressed ones (`PackedFile`), and not copies that people make (`mail.log.bak`).
struct RotatedFiles {
  struct Entry {
    var path: String
    var suffix: RotationSuffix
    var status: FileStatus
    /// The file's first bytes, at most `FileHead.limit`.
    var beginning: [UInt8]

    /// What two looks are compared by.
    var key: [String] { [path, "\(status.device)", "\(status.inode)"] }

    func begins(as head: FileHead) -> Bool {
      beginning.withUnsafeBufferPointer { head.matches(ByteView($0)) }
    }

    var dated: RotationOrder.File {
      RotationOrder.File(suffix: suffix, beginning: beginning, modified: status.modified)
    }

    var head: FileHead { beginning.withUnsafeBufferPointer { FileHead(ByteView($0)) } }
  }

  /// Files looked at in one search; a directory with more of the log's name is not searched further.
  static let limit = 1000

  private(set) var entries: [Entry] = []
  /// How their numbers run.
  private(set) var order = RotationOrder()

  /// Looks beside `path`, the log's own name with symbolic links resolved; again while a rotation is renaming, until
  /// two looks agree. nil if they don't: what was seen may lack a file, or have one twice, and would give a wrong order.
  init?(beside path: String) {
    entries = RotatedFiles.scan(path)
    for _ in 0..<16 {
      let again = RotatedFiles.scan(path)
      defer { entries = again }
      if again.map(\.key) == entries.map(\.key), Set(again.map(\.status.inode)).count == again.count {
        order = RotatedFiles.order(of: again, [])
        return
      }
    }
    return nil
  }

  /// How the numbers of the log's rotated files run, compressed ones among them.
  mutating func order(with packed: [PackedFile]) { order = RotatedFiles.order(of: entries, packed) }

  private static func order(of entries: [Entry], _ packed: [PackedFile]) -> RotationOrder {
    RotationOrder(entries.map(\.dated) + packed.map(\.dated))
  }

  private static func scan(_ path: String) -> [Entry] {
    var entries: [Entry] = []
    for sibling in siblings(of: path) where !Compression.isSuffix(of: sibling.path) {
      guard entries.count < RotatedFiles.limit, sibling.rest.first == "." || sibling.rest.first == "-",
        let entry = RotatedFiles.look(at: sibling.path, suffix: RotationSuffix(sibling.rest[...]))
      else { continue }
      entries.append(entry)
    }
    return entries.sorted { $0.path < $1.path }
  }

  /// The paths beside `log` whose names begin as its name does, and what they have after it; in no order.
  static func siblings(of log: String) -> [(path: String, rest: String)] {
    let (directory, name) = splitPath(log)
    guard let handle = opendir(directory) else { return [] }
    defer { closedir(handle) }
    var siblings: [(path: String, rest: String)] = []
    while let found = readdir(handle) {
      let entry = withUnsafeBytes(of: &found.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard entry.hasPrefix(name), entry != name else { continue }
      siblings.append((directory == "/" ? "/" + entry : directory + "/" + entry, String(entry.dropFirst(name.count))))
    }
    return siblings
  }

  /// The file that began as `head` says and holds at least `offset` bytes: the one with `inode`, else one that is a
  /// copy of it (copytruncate).
  func find(head: FileHead, inode: UInt64, offset: Int) -> Entry? {
    if let moved = entries.first(where: { $0.status.inode == inode && $0.begins(as: head) && $0.status.size >= offset }
    ) {
      return moved
    }
    guard head.length > 0 else { return nil }
    return entries.filter { $0.begins(as: head) && $0.status.size >= offset }.max { $0.status.size < $1.status.size }
  }

  /// The files rotated away after `old` was, and before the one with the suffix `limit` if that is given; oldest first,
  /// without those that begin as one of `known` does.
  func newer(
    than old: (suffix: RotationSuffix?, modified: Int64), before limit: RotationSuffix? = nil, known: [FileHead]
  ) -> [Entry] {
    let candidates = entries.filter { entry in
      guard entry.status.size > 0, entry.suffix != .other,
        !known.contains(where: { $0.length > 0 && entry.begins(as: $0) })
      else { return false }
      if let limit, limit == entry.suffix || order.isNewer(limit, than: entry.suffix) == false { return false }
      if let suffix = old.suffix, let answer = order.isNewer(entry.suffix, than: suffix) { return answer }
      return entry.status.modified > old.modified
    }
    return candidates.sorted { left, right in
      if let answer = order.isNewer(right.suffix, than: left.suffix) { return answer }
      return left.status.modified < right.status.modified
    }
  }

  /// The suffix that a file has by now, if it lies beside the log.
  func suffix(device: UInt64, inode: UInt64) -> RotationSuffix? {
    entries.first { $0.status.inode == inode && $0.status.device == device }?.suffix
  }

  /// The suffix of `file` if it has been renamed by now, or of a copy of it as it was opened: what was rotated away
  /// after that comes after it.
  func limit(of file: FollowedFile) -> RotationSuffix? {
    if let suffix = suffix(device: file.device, inode: file.inode) { return suffix }
    let head = file.head
    return head.length > 0 ? entries.first { $0.begins(as: head) }?.suffix : nil
  }

  static func look(at path: String, suffix: RotationSuffix = .other) -> Entry? {
    guard let file = try? Descriptor(reading: path), let status = try? file.status(), status.isRegular else {
      return nil
    }
    var beginning = [UInt8](repeating: 0, count: FileHead.limit)
    let received = beginning.withUnsafeMutableBytes { bytes in
      bytes.baseAddress.map { file.read(into: $0, count: FileHead.limit, at: 0) } ?? 0
    }
    beginning.removeLast(beginning.count - max(received, 0))
    return Entry(path: path, suffix: suffix, status: status, beginning: beginning)
  }
}

/// Directory and last component of `path`.
func splitPath(_ path: String) -> (directory: String, name: String) {
  guard let slash = path.lastIndex(of: "/") else { return (".", path) }
  let directory = path[..<slash]
  return (directory.isEmpty ? "/" : String(directory), String(path[path.index(after: slash)...]))
}
