// One file of a log's life: open, with what has been delivered of it.
//
// Promises that a line is delivered when its newline is there, once, and that a file written anew in place
// (copytruncate) is noticed before a byte of the new content is taken for the old's continuation. Leaves to the
// follower which file comes next.

import Bytes
import Glibc
import LogFiles

/// lseek(2)'s `SEEK_DATA` on Linux, which glibc declares for GNU sources only.
private let seekData: Int32 = 3

/// One incarnation of a log: an open file and how far it has been delivered. Confined to the follower's thread.
final class FollowedFile {
  enum Outcome: Equatable {
    /// A whole block was taken; there may be more.
    case more
    /// Everything that is there has been delivered, but for a last line without its newline.
    case end
    /// The file no longer begins as it did, or is shorter than what was read of it. Nothing was delivered.
    case rewritten
    case failed(Int32)
  }

  let descriptor: Descriptor
  let path: String
  let device: UInt64
  let inode: UInt64
  /// Where the first line starts that has not been delivered.
  private(set) var offset: Int
  /// Bytes after `offset` that wait for their newline, as of the last read.
  private(set) var pending = 0
  /// True while the rest of a line that was too long is passed over.
  private var skipping = false
  /// The file's first bytes, at most `FileHead.limit`.
  private var beginning: [UInt8] = []
  var watch: Inotify.Watch?
  /// True once a writer has closed it since it was rotated away.
  var writerClosed = false
  /// True if it had no bytes when it was opened: what was put into it and cut away since would not be noticed.
  private(set) var wasEmpty = false

  init(path: String, offset: Int = 0) throws(SystemError) {
    descriptor = try Descriptor(reading: path)
    let status = try descriptor.status()
    guard status.isRegular else { throw SystemError(notRegular: path, isDirectory: status.isDirectory) }
    self.path = path
    device = status.device
    inode = status.inode
    self.offset = min(max(offset, 0), status.size)
    _ = isStillItself()
    wasEmpty = beginning.isEmpty
    skip(to: self.offset)
  }

  /// Learns how the file begins if it had no bytes before.
  func look() {
    if beginning.isEmpty { _ = isStillItself() }
  }

  var head: FileHead { beginning.withUnsafeBufferPointer { FileHead(ByteView($0)) } }

  /// True if the file's first bytes are those that `head` tells of.
  func begins(as head: FileHead) -> Bool { beginning.withUnsafeBufferPointer { head.matches(ByteView($0)) } }

  var position: LogPosition {
    LogPosition(path: path, head: head, inode: inode, device: device, offset: offset)
  }

  /// Where reading has come to, a last line without its newline included.
  var end: Int { offset + pending }

  /// Bytes in the file by now; 0 if it can't be asked.
  var size: Int { (try? descriptor.status())?.size ?? 0 }

  /// When it was last written to, nanoseconds since 1970.
  var modified: Int64 { (try? descriptor.status())?.modified ?? 0 }

  /// When it was last written to, on the monotonic clock; never later than now.
  var lastGrowth: Int64 { MonotonicClock.now - max(WallClock.now - modified, 0) }

  func isSame(as status: FileStatus) -> Bool { status.inode == inode && status.device == device }

  /// Reads one block and delivers its lines.
  /// - Parameter block: page-aligned, `LogFollower.longestLine` bytes.
  func deliver(block: UnsafeMutableRawPointer, to handler: any LogLineHandler) -> Outcome {
    let size = LogFollower.longestLine
    let hadNoBytes = beginning.isEmpty
    let received = descriptor.read(into: block, count: size, at: offset)
    guard received >= 0 else { return .failed(Int32(-received)) }
    // Asked after reading: what was read before the file was written anew is then never used, and what is used was
    // read while the file was still itself.
    guard isStillItself() else { return .rewritten }
    if received == 0 {
      pending = 0
      guard let status = try? descriptor.status() else { return .failed(EIO) }
      return status.size < offset ? .rewritten : .end
    }
    // From its first bytes on the file can be told from others, and a position in it be committed.
    if hadNoBytes { handler.opened(position) }
    let bytes = ByteView(UnsafePointer(block.assumingMemoryBound(to: UInt8.self)), count: received)
    var start = 0
    while let newline = bytes.firstIndex(of: 0x0A, from: start) {
      hand(bytes[start..<newline], at: offset + start, next: offset + newline + 1, to: handler)
      start = newline + 1
    }
    if start == 0, received == size, bytes[0] == 0, !skipping {
      start = bytes.leadingZeros
    } else if start == 0, received == size {
      // One line fills the block: its beginning is all that is kept of it.
      hand(bytes, at: offset, next: offset + size, to: handler)
      skipping = true
      start = size
    }
    offset += start
    pending = received - start
    return received == size ? .more : .end
  }

  /// Delivers a last line that will not get its newline any more.
  func deliverRest(block: UnsafeMutableRawPointer, to handler: any LogLineHandler) {
    guard pending > 0 else { return }
    let received = descriptor.read(into: block, count: pending, at: offset)
    guard received > 0, isStillItself() else { return }
    let bytes = ByteView(UnsafePointer(block.assumingMemoryBound(to: UInt8.self)), count: received)
    hand(bytes, at: offset, next: offset + received, to: handler)
    offset += received
    pending = 0
  }

  private func hand(_ line: ByteView, at offset: Int, next: Int, to handler: any LogLineHandler) {
    if skipping {
      skipping = false
      return
    }
    // A writer that does not append leaves zeros where a file was cut under it.
    let start = line.leadingZeros
    handler.line(line.from(start), offset: offset + start, next: next)
  }

  /// Starts again at the beginning of a file that was written anew. Where a writer that does not append left a hole,
  /// reading starts behind it (lseek(2), `SEEK_DATA`).
  func startAgain() {
    beginning = []
    skipping = false
    pending = 0
    let data = lseek(descriptor.number, 0, seekData)
    offset = data > 0 ? Int(data) : 0
    _ = isStillItself()
  }

  /// Goes to `offset`; if that lies within a line, to the next one. Behind a zero there is none: a hole that a writer
  /// left was passed over so far.
  func skip(to offset: Int) {
    self.offset = offset
    var before: UInt8 = 0x0A
    if offset > 0 { _ = descriptor.read(into: &before, count: 1, at: offset - 1) }
    skipping = before != 0x0A && before != 0
  }

  /// Compares the file's first bytes with those seen before and learns what has been added to them. One pread(2).
  private func isStillItself() -> Bool {
    withUnsafeTemporaryAllocation(byteCount: FileHead.limit, alignment: 4096) { scratch in
      guard let memory = scratch.baseAddress else { return false }
      let received = descriptor.read(into: memory, count: FileHead.limit, at: 0)
      guard received >= beginning.count else { return received < 0 }
      let stands = beginning.withUnsafeBytes { known in
        ByteView(known) == ByteView(UnsafeRawBufferPointer(rebasing: scratch[..<known.count]))
      }
      if stands, received > beginning.count {
        beginning.append(contentsOf: UnsafeRawBufferPointer(rebasing: scratch[beginning.count..<received]))
      }
      return stands
    }
  }
}
