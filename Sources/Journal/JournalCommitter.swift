// The thread that brings batches to the disk: takes whatever is queued, writes it, synchronises, and begins again at
// once. Under load each fdatasync carries all that came in during the one before.
//
// Promises: batches reach the disk whole and in order; a fault loses nothing that memory has room for. Leaves to
// others: what is refused when memory is full (`JournalCore`).

import Bytes
import Glibc

/// Owned by the committer's thread alone.
struct JournalCommitter: ~Copyable {
  private let directory: String
  private let options: JournalWriter.Options
  private let calls: FileSystemCalls
  private var segment: ActiveSegment?
  /// Name and durable length of `segment`.
  private var current: CommittedLength?
  /// The number of the next line.
  private(set) var sequence: UInt64
  private var positions: SourcePositions
  /// The lock file's descriptor, which also carries the committed length.
  private let lock: Int32
  private var rotationFailedAt: Int64 = 0

  init(
    directory: String, options: JournalWriter.Options, calls: FileSystemCalls, lock: Int32,
    segment: consuming ActiveSegment?, recovered: CommittedLength?, recovery: JournalRecovery
  ) {
    self.directory = directory
    self.options = options
    self.calls = calls
    self.lock = lock
    self.segment = segment
    current = recovered
    sequence = recovery.nextSequence
    positions = recovery.positions
  }

  /// Makes `batch` durable. Throws without having changed anything that counts. Spaces may be added to its last line.
  mutating func store(_ batch: inout Batch) throws(Fault) {
    var preface = ByteBuffer()
    var prefaceLines = 0
    if segment == nil || isDue(adding: batch.buffer.count) || batch.beginsSegment && (current?.length ?? 0) > 0 {
      do throws(Fault) {
        let next = try ActiveSegment(
          creating: sequence, in: directory, bypassesCache: options.bypassesCache, calls: calls)
        current = CommittedLength(segment: next.name, length: 0)
        segment = consume next
        // Before the first byte is written, so that no reader takes the new file's lines for committed.
        publish()
      } catch {
        // A segment that can't be followed yet is better overfull than an event lost; try again in a while.
        guard segment != nil else { throw error }
        rotationFailedAt = Monitor.now
      }
    }
    guard var active = segment.take() else { return }
    if active.durableLength == 0 {
      // Each segment begins with the positions in force, so that a start has to read the last segment only. They
      // belong to its first group: a segment has them all or is empty.
      for position in positions.all {
        var checkpoint = position.checkpoint
        checkpoint.written = position.greatestOffset
        EventEncoder.append(checkpoint, more: true, to: &preface)
        prefaceLines += 1
      }
      for checkpoint in positions.imports {
        EventEncoder.append(checkpoint, more: true, to: &preface)
        prefaceLines += 1
      }
    }
    let lines = batch.lines + prefaceLines
    if options.bypassesCache, batch.buffer.count >= DirectFile.smallest {
      DirectFile.fill(&batch.buffer, behind: active.durableLength + preface.count)
    }
    do throws(Fault) {
      try active.append(preface.view, batch.buffer.view, lines: lines)
    } catch {
      if active.isTrusted { segment = consume active } else { current = nil }
      throw error
    }
    sequence += UInt64(lines)
    positions.merge(batch.positions)
    current = CommittedLength(segment: active.name, length: active.durableLength)
    segment = consume active
    publish()
  }

  private func isDue(adding bytes: Int) -> Bool {
    guard let current, current.length > 0 else { return false }
    // A clock that was set back makes a segment old, not young.
    let age = abs(calls.now() / 1_000_000 - current.segment.started)
    guard current.length + bytes > options.segmentBytes || age >= options.segmentAge else { return false }
    return rotationFailedAt == 0 || Monitor.now - rotationFailedAt > 10_000_000_000
  }

  /// Tells readers how far the journal is committed.
  func publish() { JournalCommitter.publish(current, lock: lock, calls: calls) }

  static func publish(_ committed: CommittedLength?, lock: Int32, calls: FileSystemCalls) {
    guard let committed, let boot = CommittedLength.bootIdentity else {
      _ = calls.ftruncate(lock, 0)
      return
    }
    var line = ByteBuffer()
    line.append(committed.line(boot: boot))
    do throws(Fault) {
      try calls.write(line.view, to: lock, at: 0, path: CommittedLength.fileName)
    } catch {
      // A note that stands still would hide what comes; without a note readers go by whole lines.
      _ = calls.ftruncate(lock, 0)
    }
  }
}
