import Bytes
import Glibc
import SMTPTypes

/// The lines of one segment after another, decoded, filtered and counted.
struct SegmentScan: ~Copyable {
  var report = ScanReport()
  private let since: Timestamp?
  private let until: Timestamp?
  private let depth: EventDecoder.Depth
  private var decoder: EventDecoder
  /// What unpacked the sealed segment before.
  private var zstd: ZstdDecompressor?
  private var position = JournalPosition(sequence: 0, file: "", line: 0)
  private var first: UInt64 = 0
  private var lineLimit = Int.max
  private var byteLimit = Int.max
  /// Lines of this segment that are part of the journal.
  private(set) var counted = 0
  /// True if the segment was dropped between listing and reading.
  private(set) var isGone = false
  /// True if it is a segment with another's name.
  private var isMisplaced = false
  /// Lines of this segment that are part of the journal, if that says where the next one begins.
  var length: Int? { isGone || isMisplaced ? nil : counted }
  /// See `SealedSegment`.
  var trustsHashes = false
  /// Who takes the digests of sealed segments in place of their lines, and what is to be called after each event.
  var digests: (consumer: any JournalConsumer, pace: () -> Void)?

  /// See `JournalConsumer`.
  var checksLines = true
  /// See `JournalConsumer`.
  var cuts: Tally.Cuts {
    get { decoder.cuts }
    set { decoder.cuts = newValue }
  }
  /// Plain lines are looked at byte by byte for what JSON does not have: no checksum tells of it.
  var checksBytes = false

  /// Which lines of a block of whole lines are wanted; see `JournalConsumer.next`. nil: all.
  private let pick: ((ByteView) -> Int?)?
  /// In a sealed segment.
  private var isPicking = false

  /// - Parameters:
  ///   - screen: how far a line is read once its head is known.
  ///   - pick: where in a block of whole lines the next one begins or goes on that is wanted.
  ///
  ///   Sealed segments are asked only if all their lines were found sound.
  init(
    since: Timestamp?, until: Timestamp?, depth: EventDecoder.Depth, remembersHeads: Bool = false,
    screen: ((borrowing Event) -> EventDecoder.Depth)? = nil, pick: ((ByteView) -> Int?)? = nil
  ) {
    decoder = EventDecoder(remembersHeads: remembersHeads)
    decoder.screen = screen
    self.pick = pick
    self.since = since
    self.until = until
    self.depth = depth
  }

  /// Turns to a segment of which at most `lines` lines and `bytes` bytes are part of the journal.
  mutating func begin(_ path: String, first: UInt64, lines: Int, bytes: Int) {
    self.first = first
    lineLimit = lines
    byteLimit = bytes
    counted = 0
    isGone = false
    isMisplaced = false
    position = JournalPosition(sequence: first, file: path, line: 0)
    report.segments += 1
  }

  /// The segment was dropped for its age since the directory was listed, which is no damage.
  mutating func gone() {
    isGone = true
    report.segments -= 1
  }

  mutating func rename(_ path: String) { position.file = path }

  /// - Parameter range: only lines that begin in it; nil for all from where `descriptor` stands.
  mutating func readPlain(
    _ descriptor: Int32, range: Range<Int>? = nil, _ body: (consuming ReadLine, JournalPosition) throws -> Void
  ) throws {
    // What stands before the range's first newline began before the range, unless that is the segment's start.
    let start = max((range?.lowerBound ?? 0) - 1, 0)
    var reader = LineReader(
      DescriptorStream(descriptor: descriptor, offset: range == nil ? nil : start), offset: start,
      maximumLineLength: JournalReader.lineLimit)
    if let range, range.lowerBound > 0 { _ = reader.next() }
    // Behind its head a line that is not asked for need not be sound: that is for the question about it to tell.
    decoder.isScreened = true
    defer { decoder.isScreened = false }
    while true {
      if pick != nil, let lines = reader.wholeLines(before: min(byteLimit, range?.upperBound ?? .max)) {
        try pick(lines.bytes, at: lines.offset, body)
        continue
      }
      guard let line = reader.next() else { break }
      if let range, line.offset >= range.upperBound { break }
      let end = line.end
      // Half a line, or beyond what is committed.
      guard line.isTerminated, end <= byteLimit else {
        if !line.isTerminated, lineLimit != .max, counted < lineLimit {
          // The next segment was begun, and goes on behind lines that are not there.
          report.note(
            .truncated, file: position.file, line: position.line + 1, offset: line.offset,
            "ends in half a line; lines missing before the next segment: \(lineLimit - counted)")
          continue
        }
        // Half a line that was committed is for the report to call a damage.
        if byteLimit == .max || end > byteLimit { report.uncommitted += end - line.offset }
        continue
      }
      if checksBytes, let unsound = JSONText.firstUnsoundByte(line.bytes) {
        if count(line.bytes) { note(JournalLineError(.unsoundByte, offset: unsound), at: line.offset) }
      } else if let pick, pick(line.bytes) == nil {
        passLine(line.bytes, at: line.offset)
      } else {
        try take(line.bytes, at: line.offset, body)
      }
    }
    if reader.failure != 0 {
      report.note(.unreadable, file: position.file, String(cString: strerror(reader.failure)))
    }
  }

  mutating func readSealed(
    _ path: String, where isWanted: ((SegmentSummary) -> Bool)? = nil,
    _ body: (consuming ReadLine, JournalPosition) throws -> Void
  ) throws {
    var segment: SealedSegment
    do throws(Fault) {
      segment = try SealedSegment(path, zstd: zstd)
      segment.trustsHashes = trustsHashes
      zstd = segment.zstd
    } catch {
      if error.errno == ENOENT { return gone() }
      report.note(.unreadable, file: path, error.description)
      return
    }
    if let summary = segment.summary {
      if summary.first != first {
        let held = "holds the lines from \(summary.first) on, its name says \(first)"
        guard !SegmentScan.hasSegment(from: summary.first, beside: path) else {
          // A copy over another's name: they count once, and those that are gone are missed by whoever reads on.
          report.note(.misplaced, file: path, "\(held); they are read under their own name, and its own are lost")
          return
        }
        report.note(.misplaced, file: path, held)
        // What its name says of its place and length is another segment's.
        isMisplaced = true
        lineLimit = .max
        first = summary.first
      }
      guard summary.overlaps(since, until), isWanted?(summary) ?? true else {
        counted = summary.lines
        report.skipped += 1
        return
      }
    } else if let place = segment.damagedSummary {
      report.note(.unreadable, file: path, offset: place, "the summary at the end is damaged; the lines are read without it")
    } else {
      report.note(.truncated, file: path, offset: segment.size, "the summary at the end is cut off or damaged")
    }
    if let digests, try readDigest(of: &segment, digests.consumer, digests.pace, body) { return }
    // Nothing is wrong with what is left out.
    let isSound = segment.summary.map { $0.malformed == 0 && $0.lines <= lineLimit } ?? false
    decoder.isScreened = isSound
    isPicking = isSound && pick != nil
    defer {
      decoder.isScreened = false
      isPicking = false
    }
    var offset = 0
    for frame in segment.frames() {
      do throws(ZstdError) {
        let lines = try segment.lines(of: frame)
        if isPicking, frame.lines >= 0 {
          try pick(lines, of: frame, from: offset, body)
        } else {
          try split(lines, from: offset, body)
        }
        offset += lines.count
      } catch {
        report.note(
          .unreadable, file: path, line: position.line + 1, offset: frame.offset,
          "the frame is damaged: \(error.message)")
        // The lines behind it keep their numbers.
        if frame.lines > 0 {
          counted += frame.lines
          position.line += frame.lines
          offset += frame.length
        }
      }
      if let failure = thrown.take() { throw failure }
    }
    if let summary = segment.summary, summary.lines != counted, counted < lineLimit {
      report.note(.misplaced, file: path, "has \(counted) lines, its summary says \(summary.lines)")
    }
  }

  /// Hands over what the segment's digest tells; false if it has none that is of use.
  private mutating func readDigest(
    of segment: inout SealedSegment, _ consumer: any JournalConsumer, _ pace: () -> Void,
    _ body: (consuming ReadLine, JournalPosition) throws -> Void
  ) throws -> Bool {
    guard let summary = segment.summary, summary.lines <= lineLimit, let place = summary.digest,
      place.version == DigestFrame.version
    else { return false }
    do {
      var digest = try SegmentDigest(try segment.content(of: place))
      report.lines += summary.lines
      report.bytes += summary.bytes
      counted = summary.lines
      consumer.beginShapes(digest.counts)
      while let step = try digest.next() {
        switch step {
        case .event(let event, let shape, let identity):
          guard isAsked(event.pointee.time) else { continue }
          report.delivered += 1
          JournalReader.hand(&event.pointee, shape, identity, to: consumer)
          pace()
        case .tally:
          let line = try digest.tally()
          guard isAsked(line.tally.minute) else { continue }
          report.delivered += 1
          consumer.receive(line)
          pace()
        case .line(let text):
          let line: ReadLine
          do throws(JournalLineError) {
            line = try decoder.read(text, depth: depth)
          } catch {
            throw DigestError(column: .lines)
          }
          position.head = decoder.head
          if let time = line.time, !isAsked(time) { continue }
          report.delivered += 1
          try body(line, position)
        }
      }
    } catch let error as ZstdError {
      report.note(.unreadable, file: position.file, offset: place.offset, "the digest is damaged: \(error.message)")
      return false
    } catch is DigestError {
      report.note(
        .unreadable, file: position.file, offset: place.offset,
        "the digest is not as this version writes it, and not all of it counts; journal verify looks at the lines")
      return counted > 0
    }
    return true
  }

  @inline(__always)
  private func isAsked(_ time: Timestamp) -> Bool {
    if let since, time < since { return false }
    if let until, time >= until { return false }
    return true
  }

  /// True if a segment beside the one at `path` begins with line `first` by its name, and by its summary if it is
  /// sealed: two that changed places are both read.
  private static func hasSegment(from first: UInt64, beside path: String) -> Bool {
    guard let slash = path.lastIndex(of: "/") else { return false }
    let directory = String(path[..<slash])
    guard let name = (try? SegmentName.list(directory))?.first(where: { $0.first == first }) else { return false }
    guard name.isSealed else { return true }
    guard let other = try? SealedSegment(directory + "/" + name.fileName) else { return false }
    return other.summary?.first == first
  }

  /// What `body` threw; kept apart from what the frames throw.
  private var thrown: (any Error)?

  private mutating func split(
    _ lines: ByteView, from offset: Int, _ body: (consuming ReadLine, JournalPosition) throws -> Void
  ) throws(ZstdError) {
    var start = 0
    while let newline = lines.firstIndex(of: 0x0A, from: start) {
      do {
        try take(lines[start..<newline], at: offset + start, body)
      } catch {
        thrown = error
        return
      }
      start = newline + 1
    }
  }

  /// Takes the lines of a frame that are wanted, and counts the others.
  private mutating func pick(
    _ lines: ByteView, of frame: SegmentSummary.Frame, from offset: Int,
    _ body: (consuming ReadLine, JournalPosition) throws -> Void
  ) throws(ZstdError) {
    let (before, line, bytes) = (counted, position.line, report.bytes)
    var taken = 0
    var start = 0
    while start < lines.count, let found = pick?(lines.from(start)) {
      let place = start + found
      // The line around it.
      if let newline = lines[start..<place].lastIndex(of: 0x0A) { start += newline + 1 }
      let end = lines.firstIndex(of: 0x0A, from: place) ?? lines.count
      do {
        try take(lines[start..<end], at: offset + start, body)
      } catch {
        thrown = error
        return
      }
      taken += 1
      start = end + 1
    }
    counted = before + frame.lines
    position.line = line + frame.lines
    report.lines += frame.lines - taken
    report.bytes = bytes + lines.count
  }

  /// Takes those of whole lines of a segment that is not sealed that are wanted.
  private mutating func pick(
    _ lines: ByteView, at offset: Int, _ body: (consuming ReadLine, JournalPosition) throws -> Void
  ) throws {
    var start = 0
    while start < lines.count {
      guard let found = pick?(lines.from(start)) else { return pass(lines.from(start), at: offset + start) }
      let place = start + found
      // The line around it.
      let begin = lines[start..<place].lastIndex(of: 0x0A).map { start + $0 + 1 } ?? start
      pass(lines[start..<begin], at: offset + start)
      let end = lines.firstIndex(of: 0x0A, from: place) ?? lines.count
      try take(lines[begin..<end], at: offset + begin, body)
      start = end + 1
    }
  }

  /// Counts whole lines that are not wanted.
  private mutating func pass(_ lines: ByteView, at offset: Int) {
    let number = checksLines ? 0 : lines.count(of: 0x0A)
    guard checksLines || counted + number > lineLimit else {
      report.lines += number
      report.bytes += lines.count
      position.line += number
      counted += number
      return
    }
    var start = 0
    while let newline = lines.firstIndex(of: 0x0A, from: start) {
      passLine(lines[start..<newline], at: offset + start)
      start = newline + 1
    }
  }

  /// Counts a line; false if it is no part of the journal.
  @inline(__always)
  private mutating func count(_ line: ByteView) -> Bool {
    report.lines += 1
    report.bytes += line.count + 1
    guard counted < lineLimit else {
      report.superseded += 1
      return false
    }
    position.line += 1
    position.sequence = first &+ UInt64(counted)
    counted += 1
    return true
  }

  /// Counts a line that is not wanted, and tells if its beginning is damaged.
  @inline(__always)
  private mutating func passLine(_ line: ByteView, at offset: Int) {
    guard count(line), checksLines else { return }
    do throws(JournalLineError) {
      try decoder.check(line)
    } catch {
      note(error, at: offset)
    }
  }

  private mutating func note(_ error: JournalLineError, at offset: Int) {
    report.note(
      .malformed, file: position.file, line: position.line, offset: offset + error.offset, error.description)
  }

  @inline(__always)
  private mutating func take(
    _ line: ByteView, at offset: Int, _ body: (consuming ReadLine, JournalPosition) throws -> Void
  ) throws {
    guard count(line) else { return }
    let decoded: ReadLine
    do throws(JournalLineError) {
      decoded = try decoder.read(line, depth: depth)
      position.head = decoder.head
    } catch {
      return note(error, at: offset)
    }
    if since != nil || until != nil, let time = decoded.time, !isAsked(time) { return }
    report.delivered += 1
    try body(decoded, position)
  }
}
