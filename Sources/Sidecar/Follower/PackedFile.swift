// A file that the log was rotated to and compressed while nobody followed it.
//
// Promises its lines with the offsets that they had before it was compressed, from a position of that time on, in
// memory bounded by the format's window. Leaves to the follower which file comes next.

import Bytes
import Glibc
import LogFiles

/// One compressed file beside the log. Confined to the follower's thread.
final class PackedFile {
  enum Outcome: Equatable {
    case end
    /// Asked to stop before the end.
    case stopped
    case failed(Int32)
    /// What could be unpacked has been delivered.
    case damaged
    /// It ends before the position from which it was to be read.
    case tooShort
  }

  let path: String
  let suffix: RotationSuffix
  let status: FileStatus
  /// Open from the first look on: a rotation that renames it meanwhile does not matter.
  private let descriptor: Descriptor
  private let compression: Compression
  /// What is inside begins with these bytes, at most `FileHead.limit`.
  private let beginning: [UInt8]
  /// Where the first line starts that has not been delivered, in what is inside.
  private(set) var offset = 0

  /// nil for what is no regular file that begins as a compressed one.
  init?(path: String, suffix: RotationSuffix) {
    guard let descriptor = try? Descriptor(reading: path), let status = try? descriptor.status(), status.isRegular
    else { return nil }
    let raw = PeekedStream(DescriptorStream(descriptor: descriptor.number, offset: 0))
    while raw.beginning.count < 12, raw.peek(4096) {}
    guard let compression = Compression(beginning: raw.beginning) else { return nil }
    let lines = PeekedStream(UnpackedStream(raw, compression))
    while lines.beginning.count < FileHead.limit, lines.peek(FileHead.limit - lines.beginning.count) {}
    self.path = path
    self.suffix = suffix
    self.status = status
    self.descriptor = descriptor
    self.compression = compression
    beginning = Array(lines.beginning.buffer)
  }

  var dated: RotationOrder.File {
    RotationOrder.File(suffix: suffix, beginning: beginning, modified: status.modified)
  }

  var head: FileHead { beginning.withUnsafeBufferPointer { FileHead(ByteView($0)) } }

  func begins(as head: FileHead) -> Bool {
    head.length > 0 && beginning.withUnsafeBufferPointer { head.matches(ByteView($0)) }
  }

  var position: LogPosition {
    LogPosition(path: path, head: head, inode: status.inode, device: status.device, offset: offset)
  }

  /// Starts at `offset`, which lies at a line's start.
  func skip(to offset: Int) { self.offset = offset }

  private func unpacked() -> UnpackedStream {
    UnpackedStream(DescriptorStream(descriptor: descriptor.number, offset: 0), compression)
  }

  /// All lines that can be unpacked; this must stay while they are read.
  func lines() -> LineReader {
    LineReader(unpacked(), maximumLineLength: LogFollower.longestLine, passesZeros: true)
  }

  /// Delivers the lines from `offset` on. What lies before them is unpacked too.
  func deliver(to handler: any LogLineHandler, until isStopping: () -> Bool) -> Outcome {
    let stream = unpacked()
    var reader = LineReader(stream, maximumLineLength: LogFollower.longestLine, passesZeros: true)
    var committed = offset
    var end = 0
    while let line = reader.next() {
      end = line.end
      let whole = line.withoutLeadingZeros
      guard whole.offset >= offset else { continue }
      handler.line(whole.bytes, offset: whole.offset, next: end)
      offset = end
      if end - committed >= LogFollower.longestLine {
        committed = end
        handler.batchEnd(position, caughtUp: false)
        if isStopping() { return .stopped }
      }
    }
    if end > committed { handler.batchEnd(position, caughtUp: false) }
    if reader.failure != 0 { return .failed(reader.failure) }
    if !stream.damages.isEmpty { return .damaged }
    return end < offset ? .tooShort : .end
  }
}

extension PackedFile {
  /// The compressed files beside `log`, the log's own name with symbolic links resolved, in no order; at most
  /// `RotatedFiles.limit`.
  static func beside(_ log: String) -> [PackedFile] {
    var files: [PackedFile] = []
    for sibling in RotatedFiles.siblings(of: log) where Compression.isSuffix(of: sibling.path) {
      let suffix = Compression.plainName(sibling.rest)
      guard suffix.isEmpty || suffix.first == "." || suffix.first == "-", files.count < RotatedFiles.limit,
        let file = PackedFile(path: sibling.path, suffix: RotationSuffix(suffix))
      else { continue }
      files.append(file)
    }
    return files
  }

  /// True if this one was rotated away after `other`: by their names, else by the times of their last change.
  func isNewer(than other: PackedFile, _ order: RotationOrder) -> Bool {
    order.isNewer(suffix, than: other.suffix) ?? (status.modified > other.status.modified)
  }
}
