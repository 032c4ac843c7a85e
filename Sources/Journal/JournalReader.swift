// Reads a journal, beside its writer or without one.
//
// Promises: takes no lock; hands over committed lines only, in order of sequence; reports what is damaged or missing
// with file and line and reads on. Leaves to others: live following (`JournalFollower`).

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

  /// Hands every committed line with a time in `since..<until` to `body`, in order of sequence. nil means from the
  /// beginning, or to the end. Checkpoints and lines of unknown types are handed over too.
  ///
  /// - Returns: what was read and what was wrong.
  /// - Throws: what `body` throws, which ends the scan, or `JournalError` if the directory can't be listed.
  public func scan(
    since: Timestamp? = nil, until: Timestamp? = nil, depth: EventDecoder.Depth = .all,
    _ body: (borrowing JournalLine, JournalPosition) throws -> Void
  ) throws -> ScanReport {
    var report = ScanReport()
    var decoder = EventDecoder()
    // The note before the list: a segment that is begun in between is then not yet committed, and one that ends in
    // between is whole.
    let committed = CommittedLength.read(directory)
    let names = try SegmentName.list(directory)
    var expected: UInt64?
    for (index, name) in names.enumerated() {
      let next = index + 1 < names.count ? names[index + 1] : nil
      if let expected, name.first > expected {
        report.note(
          .missing, file: path(name), "\(name.first - expected) lines before this segment are missing")
      }
      let limit = committed?.limit(of: name)
      let lines = try scan(
        name, lines: next.map { Int(clamping: $0.first &- name.first) } ?? .max, bytes: limit ?? .max,
        since: since, until: until, depth: depth, &decoder, &report, body)
      // Nothing behind the segment that the note names is committed.
      if limit != nil { break }
      expected = max(expected ?? 0, name.first + UInt64(lines))
    }
    return report
  }

  func path(_ name: SegmentName) -> String { directory + "/" + name.fileName }

  /// Scans one segment: at most `lines` lines and `bytes` bytes. Returns how many lines count.
  private func scan(
    _ name: SegmentName, lines limit: Int, bytes: Int, since: Timestamp?, until: Timestamp?,
    depth: EventDecoder.Depth, _ decoder: inout EventDecoder, _ report: inout ScanReport,
    _ body: (borrowing JournalLine, JournalPosition) throws -> Void
  ) throws -> Int {
    let path = path(name)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      report.note(.unreadable, file: path, String(cString: strerror(errno)))
      return 0
    }
    defer { close(descriptor) }
    report.segments += 1
    var reader = LineReader(descriptor: descriptor, maximumLineLength: JournalReader.lineLimit)
    var position = JournalPosition(sequence: name.first, file: path, line: 0)
    var counted = 0
    while let line = reader.next() {
      let end = line.offset + line.bytes.count + (line.isTerminated ? 1 : 0)
      // Half a line, or beyond what is committed.
      guard line.isTerminated, end <= bytes else {
        report.uncommitted += end - line.offset
        if !line.isTerminated { break }
        continue
      }
      report.lines += 1
      report.bytes = report.bytes &+ line.bytes.count + 1
      guard counted < limit else {
        report.superseded += 1
        continue
      }
      position.line += 1
      position.sequence = name.first &+ UInt64(counted)
      counted += 1
      do {
        let decoded = try decoder.decode(line.bytes, depth: depth)
        if let since, let time = decoded.time, time < since { continue }
        if let until, let time = decoded.time, time >= until { continue }
        report.delivered += 1
        try body(decoded, position)
      } catch let error as JournalLineError {
        report.note(.malformed, file: path, line: position.line, offset: line.offset + error.offset, error.description)
      }
    }
    if reader.failure != 0 {
      report.note(.unreadable, file: path, String(cString: strerror(reader.failure)))
    }
    return counted
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
