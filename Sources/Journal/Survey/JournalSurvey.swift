// What a journal holds: its segments, their spans, counts and sizes, gaps, and how far the sources were read.
//
// Promises: a sealed segment's figures come from its summary, without unpacking it, unless it tells of a gap, whose
// words are read; what has no summary is read. Leaves to others: whether the contents are sound (`JournalVerifier`).

import Bytes
import Glibc
public import SMTPTypes

/// An inventory of a journal.
public struct JournalSurvey: Sendable {
  /// One segment.
  public struct Segment: Sendable, Equatable {
    public var file: String
    /// The number of its first line.
    public var first: UInt64
    public var isSealed: Bool
    /// False if the figures come from its summary.
    public var wasRead: Bool
    public var lines = 0
    public var events = 0
    /// Bytes of its lines, and of its file.
    public var bytes = 0
    public var stored = 0
    public var earliest: Timestamp?
    public var latest: Timestamp?
  }

  /// What a `gap` line says.
  public struct Gap: Sendable, Equatable {
    public var time: Timestamp
    public var source: Source?
    public var count: Int?
    public var note: String
  }

  /// Gaps whose words are kept; `gapCount` counts all.
  public static var gapLimit: Int { 1000 }

  public internal(set) var directory: String
  public internal(set) var segments: [Segment] = []
  /// Events by type; tallies and checkpoints are lines, not events.
  public internal(set) var events: [EventType: Int] = [:]
  public internal(set) var gaps: [Gap] = []
  public internal(set) var gapCount = 0
  public internal(set) var positions: [SourcePositions.Position] = []
  /// Requests to erase an address that were begun and did not finish.
  public internal(set) var unfinishedErasures = 0
  /// What was read, and what was wrong with it.
  public internal(set) var report = ScanReport()

  public var lines: Int { segments.reduce(0) { $0 + $1.lines } }
  public var bytes: Int { segments.reduce(0) { $0 + $1.bytes } }
  public var stored: Int { segments.reduce(0) { $0 + $1.stored } }
  public var earliest: Timestamp? { segments.compactMap(\.earliest).min() }
  public var latest: Timestamp? { segments.compactMap(\.latest).max() }

  /// Surveys the journal in `directory`. O(segments) for those with a summary, else O(bytes).
  ///
  /// - Parameter files: only these segments; nil for all.
  public init(directory: String, files: Set<String>? = nil) throws(JournalError) {
    self.directory = directory
    let reader = try JournalReader(directory: directory)
    var expected: UInt64?
    for part in try reader.plan() {
      let path = reader.path(part.name)
      if let files, !files.contains(path) { continue }
      if let expected, part.name.first > expected {
        report.note(
          .missing, file: path, "\(part.name.first - expected) lines before this segment are missing")
      }
      var segment = Segment(file: path, first: part.name.first, isSealed: part.name.isSealed, wasRead: true)
      var isPlaced = true
      segment.stored = JournalSurvey.size(of: path)
      if part.name.isSealed, let summary = JournalSurvey.summary(of: path), summary.isComplete {
        take(summary, into: &segment)
        // One with another's name says nothing of where the next begins.
        isPlaced = summary.first == part.name.first
        if summary.rows.contains(where: { $0.group.type == .gap }) { read(part, reader, nil) }
        report.segments += 1
      } else {
        var read = segment
        self.read(part, reader, &read)
        segment = read
      }
      expected = isPlaced ? max(expected ?? 0, part.name.first &+ UInt64(segment.lines)) : nil
      segments.append(segment)
    }
    report.noteSurroundings(in: directory)
    positions = JournalSurvey.positions(in: segments)
    unfinishedErasures = try Erasure.pendingNotes(directory).count
  }

  private static func size(of path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  private static func summary(of path: String) -> SegmentSummary? {
    do throws(Fault) {
      let segment = try SealedSegment(path)
      return segment.summary
    } catch {
      return nil
    }
  }

  private mutating func take(_ summary: SegmentSummary, into segment: inout Segment) {
    segment.wasRead = false
    segment.lines = summary.lines
    segment.bytes = summary.bytes
    segment.earliest = summary.earliest
    segment.latest = summary.latest
    for row in summary.rows {
      events[row.group.type, default: 0] += row.count
      segment.events += row.count
    }
  }

  /// Reads a segment: for its gaps alone (`segment` nil), or for all that its summary does not say.
  private mutating func read(_ part: SegmentPart, _ reader: JournalReader, _ segment: UnsafeMutablePointer<Segment>?) {
    var scan = SegmentScan(since: nil, until: nil, depth: .all)
    scan.begin(reader.path(part.name), first: part.name.first, lines: part.lines, bytes: part.bytes)
    var events: [EventType: Int] = [:]
    var gaps: [Gap] = []
    var gapCount = 0
    var earliest: Timestamp?
    var latest: Timestamp?
    do {
      try reader.read(part.name, &scan) { line, _ in
        if let time = line.time {
          earliest = min(earliest ?? time, time)
          latest = max(latest ?? time, time)
        }
        switch line {
        case .event(let place):
          let event = place.pointee
          events[event.type, default: 0] += 1
          guard event.type == .gap else { return }
          gapCount += 1
          guard gaps.count < JournalSurvey.gapLimit else { return }
          gaps.append(
            Gap(time: event.time, source: event.source, count: event.count, note: String(event.note ?? .empty)))
        default: break
        }
      }
    } catch {
      // The closure throws nothing, and a scan nothing else.
      scan.report.note(.unreadable, file: reader.path(part.name), "\(error)")
    }
    self.gaps += gaps.prefix(max(JournalSurvey.gapLimit - self.gaps.count, 0))
    self.gapCount += gapCount
    guard let segment else { return }
    report.add(scan.report)
    segment.pointee.lines = scan.counted
    segment.pointee.bytes = scan.report.bytes
    segment.pointee.earliest = earliest
    segment.pointee.latest = latest
    for (type, count) in events {
      self.events[type, default: 0] += count
      segment.pointee.events += count
    }
  }

  /// How far the sources were read, by the last segment that has lines.
  private static func positions(in segments: [Segment]) -> [SourcePositions.Position] {
    guard let last = segments.last(where: { $0.lines > 0 }) else { return [] }
    do throws(Fault) {
      if last.isSealed { return try SegmentTail(sealed: last.file).positions.all }
      let calls = FileSystemCalls()
      let descriptor = try calls.descriptor(last.file, O_RDONLY)
      defer { _ = calls.close(descriptor) }
      return try SegmentTail(descriptor, path: last.file, limit: last.lines, calls: calls).positions.all
    } catch {
      return []
    }
  }
}
