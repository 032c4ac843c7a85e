// Which journals and files of events are one, and in which order files of events are read: a journal that is named twice,
// or one and its copy, would count twice, and so would attempts that a cut parts from the tally that covers them.

import Bytes
import Journal
import LogFiles
import SMTPTypes

/// How a journal begins, which tells it from another.
struct JournalHead {
  let directory: String
  /// The names of its segments, in order, as they are when not sealed.
  private let names: [String]
  /// How its first segment begins, unpacked.
  private let first: FileHead?
  private let console: Console

  init(_ reader: JournalReader, _ console: Console) {
    directory = reader.directory
    self.console = console
    let names = (try? reader.segmentNames()) ?? []
    first = names.first.flatMap { JournalHead.head($0, in: reader.directory, console) }
    self.names = names.map(JournalHead.plain)
  }

  /// True if both begin alike, or one begins within the other, as a copy from before old segments were dropped does.
  func isCopy(of other: JournalHead) -> Bool {
    guard let first, let its = other.first, first.length > 0 else { return false }
    if first == its { return true }
    if let name = names.first, other.names.contains(name), other.head(name) == first { return true }
    if let name = other.names.first, names.contains(name), head(name) == its { return true }
    return false
  }

  /// True if `file` is one of its segments, or a copy of one.
  func holds(_ file: LogFile) -> Bool {
    guard file.isRegular, file.head.length > 0 else { return false }
    if file.head == first { return true }
    let name = JournalHead.plain(String(file.name.lastComponent))
    return names.contains(name) && head(name) == file.head
  }

  private func head(_ name: String) -> FileHead? {
    JournalHead.head(name, in: directory, console) ?? JournalHead.head(name + ".zst", in: directory, console)
  }

  private static func head(_ name: String, in directory: String, _ console: Console) -> FileHead? {
    LogFile(path: directory + "/" + name, console: console, tell: { _ in })?.head
  }

  private static func plain(_ name: String) -> String { name.hasSuffix(".zst") ? String(name.dropLast(4)) : name }
}

enum EventFileOrder {
  /// Sorts files of events: segments of one journal as they follow each other, others by their first event's time. As
  /// they are if one of them does not tell.
  static func sort(_ files: [LogFile]) -> [LogFile] {
    guard files.count > 1, files.allSatisfy(\.isRegular) else { return files }
    let directories = Set(files.map { $0.name.dropLast($0.name.lastComponent.count) })
    if directories.count == 1, files.allSatisfy({ JournalReader.isSegment(named: String($0.name.lastComponent)) }) {
      return files.sorted { $0.name < $1.name }
    }
    let times = files.compactMap(\.firstTime)
    guard times.count == files.count else { return files }
    return files.indices.sorted { (times[$0], $0) < (times[$1], $1) }.map { files[$0] }
  }
}

extension String {
  /// What stands behind the last slash.
  fileprivate var lastComponent: Substring {
    self[(lastIndex(of: "/").map { index(after: $0) } ?? startIndex)...]
  }
}
