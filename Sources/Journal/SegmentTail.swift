import Bytes
import Glibc
import SMTPTypes

/// One pass over a segment that a run left behind: its whole lines, where its last complete group ends, and the
/// positions in it.
struct SegmentTail {
  /// Bytes in the file.
  private(set) var size = 0
  /// Bytes and lines up to and with the last whole line; after `dropIncompleteGroup`, the last whole group.
  private(set) var length = 0
  private(set) var lines = 0
  private(set) var droppedLines = 0
  private(set) var positions = SourcePositions()
  /// A line could not be read. It may have been a checkpoint: the positions are those of the lines that could.
  private(set) var isDamaged = false
  private var complete = (length: 0, lines: 0)
  /// What the lines of a group that goes on say about positions; they count once it is whole.
  private var waiting: [Mark] = []
  /// True from the first hole on: see `isHole`.
  private var isBroken = false

  private enum Mark {
    case offset(Source, Int)
    case checkpoint(Checkpoint)
  }

  /// Reads `descriptor`, whose offset is left alone, up to its end or to `limit` lines. Memory is bounded by the
  /// longest line.
  init(_ descriptor: Int32, path: String, limit: Int = .max, calls: FileSystemCalls) throws(Fault) {
    var decoder = EventDecoder()
    let block = 1 << 20
    var buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: block)
    var capacity = block
    defer { buffer.deallocate() }
    var held = 0
    while true {
      if held == capacity {
        // A line longer than the buffer: the file may be anything, but it is ours to judge.
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
        larger.update(from: buffer, count: held)
        buffer.deallocate()
        buffer = larger
        capacity *= 2
      }
      let result = FileSystemCalls.uninterrupted { calls.pread(descriptor, buffer + held, capacity - held, size) }
      guard result >= 0 else { throw Fault("read", path, result) }
      if result == 0 { break }
      size += result
      held += result
      var start = 0
      let view = ByteView(UnsafePointer(buffer), count: held)
      var from = held - result
      while let newline = view.firstIndex(of: 0x0A, from: from) {
        if lines < limit { note(view[start..<newline], &decoder) }
        start = newline + 1
        from = start
      }
      held -= start
      memmove(buffer, buffer + start, held)
    }
  }

  /// Reads a sealed segment, which has no tail to cut.
  init(sealed path: String) throws(Fault) {
    var segment = try SealedSegment(path)
    var decoder = EventDecoder()
    for frame in segment.frames() {
      do throws(ZstdError) {
        let block = try segment.lines(of: frame)
        var start = 0
        while let newline = block.firstIndex(of: 0x0A, from: start) {
          note(block[start..<newline], &decoder)
          start = newline + 1
        }
      } catch {
        // Damage is for `verify` to report; the lines keep their numbers.
        isDamaged = true
        lines += max(frame.lines, 0)
        complete.lines = lines
      }
    }
    lines = max(lines, segment.summary?.lines ?? 0)
    complete = (length, lines)
    size = length
  }

  private mutating func note(_ line: ByteView, _ decoder: inout EventDecoder) {
    guard !isBroken else { return }
    var isLast = true
    do throws(JournalLineError) {
      switch try decoder.decode(line) {
      case .event(let event):
        if let source = event.source, let offset = event.offset { waiting.append(.offset(source, offset)) }
      case .checkpoint(let checkpoint): waiting.append(.checkpoint(checkpoint))
      default: break
      }
      isLast = !decoder.hasMore
    } catch {
      if SegmentTail.isHole(line) {
        isBroken = true
        return
      }
      // Any other damaged line is for `verify` to report; it ends whatever group it was in.
      isDamaged = true
    }
    length += line.count + 1
    lines += 1
    guard isLast else { return }
    complete = (length, lines)
    for mark in waiting {
      switch mark {
      case .offset(let source, let offset): positions.note(source: source, offset: offset)
      case .checkpoint(let checkpoint): positions.note(checkpoint)
      }
    }
    waiting.removeAll(keepingCapacity: true)
  }

  /// True if a disk's sector or more of zeros stands in a line: after a power cut, a page that never reached the disk
  /// though later ones did. Nothing from there on was ever durable, because the batch was not synchronised.
  private static func isHole(_ line: ByteView) -> Bool {
    var run = 0
    for byte in line.buffer {
      run = byte == 0 ? run + 1 : 0
      if run >= 512 { return true }
    }
    return false
  }

  /// Steps back over lines at the end whose group goes on.
  mutating func dropIncompleteGroup() {
    droppedLines = lines - complete.lines
    (length, lines) = complete
  }
}
