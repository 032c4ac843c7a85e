public import Bytes
import SMTPTypes

/// Lines that are committed together or not at all: what one source line gave, and the position behind it.
public struct EventGroup: ~Copyable {
  // Points at the writer's batch, which is locked for as long as the group is filled.
  private let batch: UnsafeMutablePointer<Batch>
  private(set) var lines = 0
  /// The line before says that the group goes on.
  private var isContinued = false

  init(_ batch: UnsafeMutablePointer<Batch>) { self.batch = batch }

  /// Adds `event`; its own `more` is not looked at.
  public mutating func add(_ event: borrowing Event) {
    join()
    EventEncoder.append(event, more: false, to: &batch.pointee.buffer)
    if let source = event.source, let offset = event.offset {
      batch.pointee.positions.note(source: source, offset: offset)
    }
  }

  public mutating func add(_ tally: borrowing Tally, host: ByteView) {
    join()
    EventEncoder.append(tally, host: host, more: false, to: &batch.pointee.buffer)
  }

  public mutating func add(_ checkpoint: Checkpoint) {
    join()
    EventEncoder.append(checkpoint, more: false, to: &batch.pointee.buffer)
    batch.pointee.positions.note(checkpoint)
  }

  /// Takes `count` lines as `EventEncoder` writes them with `more: true` out of `text`, which gets other memory for
  /// what comes next: another line has to follow in the group. Their events have no offsets.
  public mutating func add(continued text: inout ByteBuffer, count: Int) {
    guard count > 0 else { return }
    join()
    if batch.pointee.buffer.isEmpty {
      swap(&batch.pointee.buffer, &text)
    } else {
      batch.pointee.buffer.append(text.view)
      text.removeAll()
    }
    lines += count - 1
    isContinued = true
  }

  /// Marks the line before as one that is not its group's last. Lines end in `}` and a newline, always.
  private mutating func join() {
    if lines > 0, !isContinued {
      batch.pointee.buffer.truncate(to: batch.pointee.buffer.count - 2)
      batch.pointee.buffer.append(",\"more\":true}\n")
    }
    isContinued = false
    lines += 1
  }
}

/// Whole groups on their way to the disk.
struct Batch: ~Copyable {
  var buffer = ByteBuffer(capacity: 64 * 1024)
  var lines = 0
  /// The number of the last group in it.
  var lastGroup: UInt64 = 0
  var positions = SourcePositions()
  /// It is to begin a segment of its own.
  var beginsSegment = false

  var isEmpty: Bool { buffer.isEmpty }

  mutating func removeAll() {
    // A burst's memory is given back, the everyday's is kept.
    if buffer.count > 4 << 20 { buffer = ByteBuffer(capacity: 64 * 1024) } else { buffer.removeAll() }
    lines = 0
    positions = SourcePositions()
    beginsSegment = false
  }
}

/// A group's number, to wait for.
public struct Commit: Sendable, Equatable {
  let group: UInt64
  /// False if the journal had no room for the group and dropped it: a `gap` will say so.
  public let isAccepted: Bool
}
