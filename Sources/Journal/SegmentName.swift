import Bytes
import Glibc
import SMTPTypes

/// A segment's file name: `<first sequence, 20 digits>-<yyyymmddThhmmssZ>.jsonl`, with `.zst` once sealed. Names sort
/// as their segments follow each other.
struct SegmentName: Comparable, Hashable, Sendable {
  /// The sequence number of the first line.
  var first: UInt64
  /// When the segment was begun, seconds since 1970.
  var started: Int64
  var isSealed: Bool

  /// No journal gets so far (a million lines a second for 30,000 years), and counting on from here can't overflow; a
  /// file with a greater number is no segment.
  private static let greatestFirst: UInt64 = 1_000_000_000_000_000_000

  init(first: UInt64, started: Int64, isSealed: Bool = false) {
    self.first = first
    self.started = started
    self.isSealed = isSealed
  }

  init?(_ name: String) {
    let parsed = name.withByteView { view -> (UInt64, Int64, Bool)? in
      guard view.count >= 43, view.at(20) == 0x2D, view.at(29) == 0x54, view.at(36) == 0x5A,
        let first = UInt64(String(view.prefix(20))), first <= SegmentName.greatestFirst,
        let year = view[21..<25].decimal,
        let month = view[25..<27].decimal, let day = view[27..<29].decimal, let hour = view[30..<32].decimal,
        let minute = view[32..<34].decimal,
        let second = view[34..<36].decimal
      else { return nil }
      let suffix = view.from(37)
      guard suffix == ".jsonl" || suffix == ".jsonl.zst" else { return nil }
      let days = Timestamp.days(year: year, month: month, day: day)
      return (first, Int64(days * 86_400 + hour * 3600 + minute * 60 + second), suffix == ".jsonl.zst")
    }
    guard let parsed else { return nil }
    (first, started, isSealed) = parsed
  }

  /// The name of the same segment once it is sealed.
  var sealed: SegmentName { SegmentName(first: first, started: started, isSealed: true) }

  var fileName: String {
    var buffer = ByteBuffer()
    let digits = String(first)
    for _ in digits.utf8.count..<20 { buffer.append(0x30) }
    buffer.append(digits)
    buffer.append(0x2D)
    let day = Int(started >= 0 ? started / 86_400 : (started - 86_399) / 86_400)
    let time = Int(started) - day * 86_400
    let date = Timestamp.date(days: day)
    buffer.append(decimal: date.year, width: 4)
    buffer.append(decimal: date.month, width: 2)
    buffer.append(decimal: date.day, width: 2)
    buffer.append(0x54)
    buffer.append(decimal: time / 3600, width: 2)
    buffer.append(decimal: time / 60 % 60, width: 2)
    buffer.append(decimal: time % 60, width: 2)
    buffer.append(isSealed ? "Z.jsonl.zst" : "Z.jsonl")
    return String(buffer.view)
  }

  /// By number, and among segments of one number (an abandoned one and its successor) by time.
  static func < (left: SegmentName, right: SegmentName) -> Bool {
    (left.first, left.started, left.isSealed ? 0 : 1) < (right.first, right.started, right.isSealed ? 0 : 1)
  }

  /// The segments in `directory`, in order. Where a segment is there both sealed and not, a seal was interrupted or
  /// its last step is due: the sealed one, complete under its name, stands for both.
  static func list(_ directory: String) throws(JournalError) -> [SegmentName] {
    guard let handle = opendir(directory) else { throw JournalError(Fault("open", directory, -Int(errno))) }
    defer { closedir(handle) }
    var names: [SegmentName] = []
    while let entry = readdir(handle) {
      let text = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      // A pipe or a link of such a name is none of the journal's, and reading it might never end; see `strangers`.
      let type = Int(entry.pointee.d_type)
      if type == Int(DT_REG) || type == Int(DT_UNKNOWN), let name = SegmentName(text) { names.append(name) }
    }
    names.sort()
    var kept: [SegmentName] = []
    for name in names {
      if let last = kept.last, last.first == name.first, last.started == name.started { continue }
      kept.append(name)
    }
    return kept
  }
  /// What else than a file bears a segment's name in `directory`: paths, sorted, and what they are. Read as none of the
  /// journal, they are for a scan to name, because the lines of a segment that was moved away and linked are missing.
  static func strangers(_ directory: String) -> [(path: String, kind: String)] {
    guard let handle = opendir(directory) else { return [] }
    defer { closedir(handle) }
    var found: [(path: String, kind: String)] = []
    while let entry = readdir(handle) {
      let type = Int(entry.pointee.d_type)
      if type == Int(DT_REG) { continue }
      let text = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard SegmentName(text) != nil else { continue }
      let path = directory + "/" + text
      var status = stat()
      guard lstat(path, &status) == 0 else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFREG: continue
      case S_IFLNK: found.append((path, "a symbolic link"))
      case S_IFDIR: found.append((path, "a directory"))
      case S_IFIFO: found.append((path, "a pipe"))
      default: found.append((path, "no file"))
      }
    }
    return found.sorted { $0.path < $1.path }
  }
}
