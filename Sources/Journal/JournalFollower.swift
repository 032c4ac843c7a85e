// Follows a journal as it is written: lines are handed over as soon as they are committed, without polling.
//
// Promises: every committed line once, in order, across segments; no lock, no work while nothing is written. Leaves
// to others: reports over what is there already (`JournalReader`).

import Bytes
import CLinux
import Glibc

/// Waits for lines of a journal. `run` on one thread, `stop` from any.
public final class JournalFollower: Sendable {
  public enum Start: Sendable, Equatable {
    /// With the first line that is kept.
    case beginning
    /// With what is committed from now on.
    case end
    /// With the line behind the one of this sequence number; nil: with the first line that is kept.
    case after(UInt64?)
  }

  public let directory: String
  private let start: Start
  private let inotify: Int32
  private let wake: Int32

  /// Throws if `directory` can't be listed or watched.
  public init(directory: String, from start: Start) throws(JournalError) {
    self.directory = directory
    self.start = start
    _ = try SegmentName.list(directory)
    inotify = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    guard inotify >= 0 else { throw JournalError(Fault("inotify_init1", directory, -Int(errno))) }
    wake = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
    guard wake >= 0 else {
      let error = errno
      close(inotify)
      throw JournalError(Fault("eventfd", directory, -Int(error)))
    }
    // The directory's watch covers the files in it: new segments, lines, and the writer's note of what is durable.
    guard inotify_add_watch(inotify, directory, UInt32(IN_MODIFY | IN_CREATE | IN_MOVED_TO)) >= 0 else {
      let error = errno
      close(inotify)
      close(wake)
      throw JournalError(Fault("inotify_add_watch", directory, -Int(error)))
    }
  }

  deinit {
    close(inotify)
    close(wake)
  }

  /// Ends `run`, now or when it is called.
  public func stop() {
    var one: UInt64 = 1
    _ = write(wake, &one, 8)
  }

  /// Hands lines to `body` until `stop`. Throws what `body` throws, or `JournalError` when the journal's directory
  /// can no longer be read.
  public func run(_ body: (borrowing JournalLine, JournalPosition) throws -> Void) throws {
    var place = FollowedPlace(directory: directory)
    defer { place.leave() }
    switch start {
    case .beginning, .after(nil): break
    case .end: try place.skipToEnd()
    case .after(.some(let sequence)): try place.skip(past: sequence)
    }
    while true {
      try place.advance(body)
      var polled = [
        pollfd(fd: inotify, events: Int16(POLLIN), revents: 0), pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
      ]
      if poll(&polled, 2, -1) < 0 {
        if errno == EINTR { continue }
        throw JournalError(Fault("poll", directory, -Int(errno)))
      }
      if polled[1].revents != 0 { return }
      // Which file changed does not matter; that something did is enough.
      var bytes = [UInt8](repeating: 0, count: 4096)
      while read(inotify, &bytes, bytes.count) > 0 {}
    }
  }
}

/// How far the follower has come.
private struct FollowedPlace {
  let directory: String
  private var segment: SegmentName?
  private var descriptor: Int32 = -1
  private var offset = 0
  private var lines = 0
  private var decoder: DecoderBox = DecoderBox()

  /// A decoder is not copyable; its place is.
  private final class DecoderBox {
    var decoder = EventDecoder()
  }

  init(directory: String) { self.directory = directory }

  mutating func leave() {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }

  mutating func skipToEnd() throws {
    guard let last = try SegmentName.list(directory).last else { return }
    try enter(last)
    try advance { _, _ in }
  }

  /// Goes behind the line of `sequence`, or to the first line that is kept behind it.
  mutating func skip(past sequence: UInt64) throws {
    guard let name = try SegmentName.list(directory).last(where: { $0.first <= sequence }) else { return }
    try enter(name)
    let limit = Int(clamping: sequence &- name.first &+ 1)
    try deliver(name, bytes: CommittedLength.read(directory)?.limit(of: name) ?? .max, lines: limit) { _, _ in }
  }

  private mutating func enter(_ name: SegmentName) throws(JournalError) {
    leave()
    segment = name
    offset = 0
    lines = 0
    if name.isSealed { return }
    let path = directory + "/" + name.fileName
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor >= 0 { return }
    // Sealed since the directory was listed, or dropped for its age: then the next one follows.
    guard errno == ENOENT else { throw JournalError(Fault("open", path, -Int(errno))) }
    segment = name.sealed
  }

  mutating func advance(_ body: (borrowing JournalLine, JournalPosition) throws -> Void) throws {
    while true {
      let committed = CommittedLength.read(directory)
      guard let segment else {
        guard let first = try SegmentName.list(directory).first else { return }
        try enter(first)
        continue
      }
      let limit = committed?.limit(of: segment)
      // While the writer says that this segment is the one, there is no other to look for.
      let next = limit == nil ? try SegmentName.list(directory).first { $0 > segment } : nil
      try deliver(
        segment, bytes: limit ?? .max, lines: next.map { Int(clamping: $0.first &- segment.first) } ?? .max, body)
      guard let next else { return }
      try enter(next)
    }
  }

  private mutating func deliver(
    _ segment: SegmentName, bytes: Int, lines limit: Int,
    _ body: (borrowing JournalLine, JournalPosition) throws -> Void
  ) throws {
    guard offset < bytes, lines < limit else { return }
    if segment.isSealed {
      guard offset == 0 else { return }
      let delivered = lines
      var scan = SegmentScan(since: nil, until: nil, depth: .all)
      scan.begin(directory + "/" + segment.fileName, first: segment.first, lines: limit, bytes: bytes)
      try scan.readSealed(directory + "/" + segment.fileName) { line, position in
        if position.line > delivered { try body(line.line(), position) }
      }
      lines = max(lines, scan.counted)
      // Nothing is ever added to it.
      if scan.counted < limit || limit == .max { offset = .max }
      return
    }
    lseek(descriptor, off_t(offset), SEEK_SET)
    var reader = LineReader(descriptor: descriptor, offset: offset, maximumLineLength: JournalReader.lineLimit)
    let path = directory + "/" + segment.fileName
    while lines < limit, let line = reader.next(), line.isTerminated {
      let end = line.offset + line.bytes.count + 1
      guard end <= bytes else { return }
      offset = end
      lines += 1
      let position = JournalPosition(sequence: segment.first &+ UInt64(lines - 1), file: path, line: lines)
      let decoded: JournalLine
      do throws(JournalLineError) {
        decoded = try decoder.decoder.decode(line.bytes)
      } catch {
        // Reports name damaged lines; whoever follows wants what comes.
        continue
      }
      try body(decoded, position)
    }
  }
}
