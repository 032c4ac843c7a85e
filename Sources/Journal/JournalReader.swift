// Reads a journal, beside its writer or without one.
//
// Promises: takes no lock; hands over committed lines only, in order of sequence; reports what is damaged or missing
// with file and line and reads on; unpacks no sealed segment that lies outside of the period. Leaves to others: live
// following (`JournalFollower`).

import Bytes
import Glibc
public import SMTPTypes

/// A journal's directory, opened for reading.
public struct JournalReader: Sendable {
  public let directory: String

  /// Bytes of the longest line that is read; the longest that is written is a tally of eight full cuts.
  static var lineLimit: Int { 16 << 20 }

  /// Throws if `directory` can't be listed.
  public init(directory: String) throws(JournalError) {
    self.directory = directory
    _ = try SegmentName.list(directory)
  }

  /// True if there is no segment.
  public var isEmpty: Bool {
    get throws(JournalError) { try SegmentName.list(directory).isEmpty }
  }

  /// Hands every committed line with a time in `since..<until` to `body`, in order of sequence. nil means from the
  /// beginning, or to the end. Checkpoints and lines of unknown types are handed over too.
  ///
  /// - Parameter writtenSince: segments that were finished before it are passed over, whatever the times of their
  ///   lines: what is written late, as when an old log is read, has old times.
  /// - Parameter writtenBefore: segments that a scan with it as `writtenSince` reads are passed over.
  /// - Parameter lastSegments: only so many segments, the last ones, are read; the report says whether there are others.
  /// - Parameter isWanted: sealed segments whose summary it refuses are not unpacked.
  /// - Returns: what was read and what was wrong.
  /// - Throws: what `body` throws, which ends the scan, or `JournalError` if the directory can't be listed.
  public func scan(
    since: Timestamp? = nil, until: Timestamp? = nil, writtenSince: Timestamp? = nil,
    writtenBefore: Timestamp? = nil, lastSegments: Int? = nil, depth: EventDecoder.Depth = .all,
    where isWanted: ((SegmentSummary) -> Bool)? = nil,
    _ body: (borrowing JournalLine, JournalPosition) throws -> Void
  ) throws -> ScanReport {
    var scan = SegmentScan(since: since, until: until, depth: depth)
    var expected: UInt64?
    var parts = try plan()
    // A segment ends when the next one begins.
    func firstPart(writtenSince time: Timestamp) -> Int {
      parts.lastIndex { $0.name.started <= time.seconds } ?? 0
    }
    if let writtenBefore { parts.removeLast(parts.count - firstPart(writtenSince: writtenBefore)) }
    if let writtenSince { parts.removeFirst(min(firstPart(writtenSince: writtenSince), parts.count)) }
    if let lastSegments, parts.count > lastSegments {
      parts.removeFirst(parts.count - lastSegments)
      scan.report.isPartial = true
    }
    for part in parts {
      if let expected, part.name.first > expected {
        scan.report.note(
          .missing, file: path(part.name), "\(part.name.first - expected) lines before this segment are missing")
      }
      scan.begin(path(part.name), first: part.name.first, lines: part.lines, bytes: part.bytes)
      try read(part.name, &scan, where: isWanted) { line, position in try body(line.line(), position) }
      expected = scan.length.map { max(expected ?? 0, part.name.first &+ UInt64($0)) }
    }
    scan.report.noteSurroundings(in: directory)
    return scan.report
  }

  /// The segments in order, each with how much of it is part of the journal.
  func plan() throws(JournalError) -> [SegmentPart] {
    // The note before the list: a segment that is begun in between is then not yet committed, and one that ends in
    // between is whole.
    let committed = CommittedLength.read(directory)
    let names = try SegmentName.list(directory)
    var parts: [SegmentPart] = []
    for (index, name) in names.enumerated() {
      let next = index + 1 < names.count ? names[index + 1] : nil
      let limit = committed?.limit(of: name)
      parts.append(
        SegmentPart(
          name: name, lines: next.map { Int(clamping: $0.first &- name.first) } ?? .max, bytes: limit ?? .max))
      // Nothing behind the segment that the note names is committed.
      if limit != nil { break }
    }
    return parts
  }

  /// What the sealed segments that touch `since..<until` say of themselves, in order; nil for those without a
  /// readable summary, and for the segments that are not sealed, which have to be read. O(segments).
  public func summaries(since: Timestamp? = nil, until: Timestamp? = nil) throws(JournalError) -> [(
    file: String, summary: SegmentSummary?
  )] {
    var found: [(file: String, summary: SegmentSummary?)] = []
    for name in try SegmentName.list(directory) {
      let path = path(name)
      guard name.isSealed else {
        found.append((path, nil))
        continue
      }
      var summary: SegmentSummary?
      do throws(Fault) {
        let segment = try SealedSegment(path)
        summary = segment.summary
      } catch {
        if error.errno == ENOENT { continue }
      }
      if let summary, !summary.overlaps(since, until) { continue }
      found.append((path, summary))
    }
    return found
  }

  /// The file names of the segments, in order. O(files in the directory).
  public func segmentNames() throws(JournalError) -> [String] { try SegmentName.list(directory).map(\.fileName) }

  /// True if a segment, sealed or not, can be called `name`. Such names sort as their segments follow each other.
  public static func isSegment(named name: String) -> Bool { SegmentName(name) != nil }

  func path(_ name: SegmentName) -> String { directory + "/" + name.fileName }

  func read(
    _ name: SegmentName, _ scan: inout SegmentScan, where isWanted: ((SegmentSummary) -> Bool)? = nil,
    _ body: (consuming ReadLine, JournalPosition) throws -> Void
  ) throws {
    if name.isSealed { return try scan.readSealed(path(name), where: isWanted, body) }
    let descriptor = open(path(name), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let error = errno
      // Sealed since the directory was listed, or dropped for its age.
      if error == ENOENT, access(path(name.sealed), F_OK) == 0 {
        scan.rename(path(name.sealed))
        return try scan.readSealed(path(name.sealed), where: isWanted, body)
      }
      if error == ENOENT { return scan.gone() }
      scan.report.note(.unreadable, file: path(name), String(cString: strerror(error)))
      return
    }
    defer { close(descriptor) }
    try scan.readPlain(descriptor, body)
  }
}

extension SegmentSummary {
  /// True if a line of the segment may lie in `since..<until`.
  func overlaps(_ since: Timestamp?, _ until: Timestamp?) -> Bool {
    guard let earliest, let latest else { return malformed > 0 }
    if let since, latest < since { return false }
    if let until, earliest >= until { return false }
    return true
  }
}

extension JournalLine {
  /// The line's time; a tally's is the start of its minute. nil for an unknown type.
  public var time: Timestamp? {
    switch self {
    case .event(let event): return event.time
    case .tally(let line): return line.tally.minute
    case .checkpoint(let checkpoint): return checkpoint.time
    case .unknown: return nil
    }
  }
}
