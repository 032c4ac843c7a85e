// A second journal made of a first, with other verdicts.
//
// Promises: the first is only read, and is locked against a writer meanwhile, so that the copy is of all of it; the copy
// is there under its name whole and durable, or not at all, whatever is killed when; every line keeps its number, and
// whatever is no event, or can't be read as one, is copied as it is. Leaves to others: what the verdicts are, and which
// of the two journals is used from then on.

import Bytes
import Glibc

/// Copies a journal.
public struct JournalCopy: ~Copyable {
  public struct Report: Sendable, Equatable {
    public var segments = 0
    public var lines = 0
    /// Events whose verdict was written anew.
    public var written = 0
    /// Lines that could not be read and were copied as they are; and segments that are missing.
    public internal(set) var scan = ScanReport()
  }

  /// What a copy is called until it is complete.
  static var partialSuffix: String { ".partial" }

  private let source: String
  private let partial: String
  private let calls: FileSystemCalls
  private var decoder = EventDecoder()
  private let verdicts = VerdictLine()
  private var report = Report()
  /// The number after the last line's.
  private var expected: UInt64?
  private var block = ByteBuffer(capacity: 1 << 20)

  private init(source: String, partial: String, calls: FileSystemCalls) {
    self.source = source
    self.partial = partial
    self.calls = calls
  }

  /// Makes the journal in `target`, which must not be there, of the one in `source`. `judge` is given every event; where
  /// it returns true, the event's cause, scope, wait, rule and ruleset are written.
  /// - Throws: `JournalError`; `locked` if a writer is at work. Nothing is left at `target` then.
  ///
  /// - Parameter progress: told after each segment how many are done, of how many.
  public static func make(
    of source: String, at target: String, progress: (_ done: Int, _ of: Int) -> Void = { _, _ in },
    judge: (inout Event) -> Bool
  ) throws(JournalError) -> Report {
    try make(of: source, at: target, calls: FileSystemCalls(), progress: progress, judge: judge)
  }

  static func make(
    of source: String, at target: String, calls: FileSystemCalls, progress: (Int, Int) -> Void = { _, _ in },
    judge: (inout Event) -> Bool
  ) throws(JournalError) -> Report {
    guard try Erasure.pendingNotes(source).isEmpty else {
      throw JournalError(
        .system, path: source,
        message: "\(source): an address is being taken out and that is not finished; let softbounce journal forget "
          + "finish it first")
    }
    let parts = try JournalReader(directory: source).plan()
    guard access(target, F_OK) != 0 else {
      throw JournalError(.system, path: target, message: "\(target): is there already; name a directory that is not")
    }
    do throws(Fault) {
      let locks = try lock(source, calls)
      defer { for lock in locks { _ = calls.close(lock) } }
      var copy = JournalCopy(source: source, partial: target + partialSuffix, calls: calls)
      try copy.begin()
      do throws(Fault) {
        for (index, part) in parts.enumerated() {
          try copy.copy(part, judge)
          progress(index + 1, parts.count)
        }
        try calls.synchronizeDirectory(copy.partial)
        let renamed = calls.rename(copy.partial, target)
        guard renamed >= 0 else { throw Fault("rename", copy.partial, renamed) }
      } catch {
        copy.remove()
        throw error
      }
      try calls.synchronizeDirectory(JournalCopy.parent(of: target))
      return copy.report
    } catch {
      if error.errno == EWOULDBLOCK {
        throw JournalError(
          .locked, path: source,
          message: "\(error.path) is locked: softbounced writes to this journal; stop it first")
      }
      throw JournalError(error)
    }
  }

  /// Takes the writer's lock and the keeper's, as far as the journal has them.
  private static func lock(_ directory: String, _ calls: FileSystemCalls) throws(Fault) -> [Int32] {
    var locks: [Int32] = []
    do throws(Fault) {
      for name in [CommittedLength.fileName, JournalKeeper.lockName] {
        let path = directory + "/" + name
        guard access(path, F_OK) == 0 else { continue }
        let lock = try calls.descriptor(path, O_RDONLY | O_NOFOLLOW)
        locks.append(lock)
        let locked = FileSystemCalls.uninterrupted { calls.flock(lock, LOCK_EX | LOCK_NB) }
        guard locked >= 0 else { throw Fault("flock", path, locked) }
      }
    } catch {
      for lock in locks { _ = calls.close(lock) }
      throw error
    }
    return locks
  }

  private static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Makes the directory, as the source's is; what a killed run left of an earlier try goes.
  private func begin() throws(Fault) {
    remove()
    let made = calls.mkdir(partial, 0o750)
    guard made >= 0 else { throw Fault("mkdir", partial, made) }
    JournalCopy.give(partial, asOf: source)
  }

  /// Removes the partial copy; segments are all that is in it.
  private func remove() {
    for name in (try? SegmentName.list(partial)) ?? [] {
      let plain = SegmentName(first: name.first, started: name.started)
      for file in [plain.fileName, plain.sealed.fileName, plain.sealed.fileName + SegmentSealer.partialSuffix] {
        _ = calls.unlink(partial + "/" + file)
      }
    }
    rmdir(partial)
  }

  /// Owner, group and mode of `original`, as far as we may.
  private static func give(_ path: String, asOf original: String) {
    var status = stat()
    guard stat(original, &status) == 0 else { return }
    _ = chown(path, status.st_uid, status.st_gid)
    _ = chmod(path, status.st_mode & 0o777)
  }

  // MARK: Segments

  private mutating func copy(_ part: SegmentPart, _ judge: (inout Event) -> Bool) throws(Fault) {
    let original = source + "/" + part.name.fileName
    if let expected, part.name.first > expected {
      report.scan.note(
        .missing, file: original, "\(part.name.first - expected) lines before this segment are missing")
    }
    let plain = SegmentName(first: part.name.first, started: part.name.started)
    let path = partial + "/" + plain.fileName
    let target = try calls.descriptor(path, O_RDWR | O_CREAT | O_EXCL)
    let lines = try fill(target, path, from: part, original, judge)
    report.segments += 1
    report.lines += lines
    expected = max(expected ?? 0, part.name.first &+ UInt64(lines))
    if part.name.isSealed {
      var sealer = SegmentSealer(directory: partial, level: JournalKeeper.Options().compressionLevel, calls: calls)
      try sealer.seal(plain, limit: .max)
      JournalCopy.give(partial + "/" + plain.sealed.fileName, asOf: original)
    } else {
      JournalCopy.give(path, asOf: original)
    }
  }

  /// Writes the lines of one segment to `target`, which is closed; returns how many.
  private mutating func fill(
    _ target: Int32, _ path: String, from part: SegmentPart, _ original: String, _ judge: (inout Event) -> Bool
  ) throws(Fault) -> Int {
    defer { _ = calls.close(target) }
    var written = 0
    var lines = 0
    block.removeAll()
    if part.name.isSealed {
      var segment = try SealedSegment(original)
      guard segment.summary != nil else { throw JournalCopy.damage(original) }
      var offset = 0
      for frame in segment.frames() {
        do throws(ZstdError) {
          let text = try segment.lines(of: frame)
          var start = 0
          while let newline = text.firstIndex(of: 0x0A, from: start), lines < part.lines {
            lines += 1
            take(text[start..<newline], (original, lines, offset + start), judge)
            start = newline + 1
          }
          offset += text.count
        } catch {
          throw JournalCopy.damage(original)
        }
        try flush(target, &written, path)
      }
    } else {
      let descriptor = try calls.descriptor(original, O_RDONLY)
      defer { _ = calls.close(descriptor) }
      var reader = LineReader(descriptor: descriptor, maximumLineLength: JournalReader.lineLimit)
      while lines < part.lines, let line = reader.next(), line.isTerminated,
        line.offset + line.bytes.count + 1 <= part.bytes
      {
        lines += 1
        take(line.bytes, (original, lines, line.offset), judge)
        if block.count > 1 << 20 { try flush(target, &written, path) }
      }
      guard reader.failure == 0 else { throw Fault("read", original, -Int(reader.failure)) }
      try flush(target, &written, path)
    }
    try calls.synchronize(target, path: path)
    return lines
  }

  /// A frame that can't be read would leave a hole in the copy that nobody sees.
  private static func damage(_ path: String) -> Fault { Fault("unpack", path, -Int(EBADMSG)) }

  private mutating func flush(_ target: Int32, _ written: inout Int, _ path: String) throws(Fault) {
    try calls.write(block.view, to: target, at: written, path: path)
    written += block.count
    block.removeAll()
  }

  /// Adds a line, judged anew if it is an event with a verdict.
  private mutating func take(
    _ line: ByteView, _ place: (file: String, line: Int, offset: Int), _ judge: (inout Event) -> Bool
  ) {
    do throws(JournalLineError) {
      if case .event(let event) = try decoder.decode(line) {
        var judged = copy event
        if judge(&judged) {
          try verdicts.append(line, as: judged, to: &block)
          report.written += 1
          return
        }
      }
    } catch {
      report.scan.note(
        .malformed, file: place.file, line: place.line, offset: place.offset + error.offset, error.description)
    }
    block.append(line)
    block.append(0x0A)
  }
}
