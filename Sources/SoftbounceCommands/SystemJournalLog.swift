// The systemd journal as an old log.

import Bytes
import Glibc
import Reporting
import SMTPTypes
import SystemJournal

/// Where files of the systemd journal lie.
enum SystemJournalPlace: Equatable {
  /// The machine's own.
  case machine
  /// Below a directory, as `/var/log/journal`.
  case directory(String)
  case files([String])

  var name: String {
    switch self {
    case .machine: "the systemd journal"
    case .directory(let path): path
    case .files(let paths): paths.first ?? ""
    }
  }

  /// True if `path` is a journal file by its first bytes (systemd's JOURNAL_FILE_FORMAT: "LPKSHHRH").
  static func isFile(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var mark = [UInt8](repeating: 0, count: 8)
    return pread(descriptor, &mark, 8, 0) == 8 && mark == Array("LPKSHHRH".utf8)
  }

  /// True if files of the systemd journal lie in `path` or in a directory of a machine in it.
  static func isDirectory(_ path: String) -> Bool {
    let entries = names(in: path)
    if entries.contains(where: { $0.hasSuffix(".journal") && isFile(path + "/" + $0) }) { return true }
    // A machine's id, and perhaps a name space.
    return entries.contains { entry in
      entry.utf8.count >= 32 && entry.utf8.prefix(32).allSatisfy { $0.isASCIIDigit || (0x61...0x66).contains($0) }
        && names(in: path + "/" + entry).contains { $0.hasSuffix(".journal") }
    }
  }

  private static func names(in path: String) -> [String] {
    guard let handle = opendir(path) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while names.count < 10_000, let entry = readdir(handle) {
      names.append(withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
    }
    return names
  }
}

/// The mail entries of a systemd journal, oldest first, as log lines.
final class SystemJournalLog {
  let place: SystemJournalPlace
  /// When its first mail entry was received; nil without one.
  let firstTime: Timestamp?
  private let reader: JournaldReader
  private(set) var failure: JournaldError?

  /// - Parameter matches: `FIELD=value` matches of what else is mail.
  init(_ place: SystemJournalPlace, matches: [String]) throws(JournaldError) {
    self.place = place
    switch place {
    case .machine: reader = try JournaldReader(directory: nil, matches: matches)
    case .directory(let path): reader = try JournaldReader(directory: path, matches: matches)
    case .files(let paths): reader = try JournaldReader(files: paths, matches: matches)
    }
    try reader.seekBeginning()
    firstTime = try reader.next() ? try reader.realtime() : nil
  }

  /// Calls `body` with each entry's line until it returns false.
  func forEachLine(_ body: (ByteView) -> Bool) {
    guard firstTime != nil else { return }
    do throws(JournaldError) {
      var isOpen = true
      repeat {
        _ = try reader.withLine { isOpen = body($0) }
        if isOpen { isOpen = try reader.next() }
      } while isOpen
    } catch {
      failure = error
    }
  }
}
