// A sealed segment: independent zstd frames of whole lines, and a summary in a skippable frame at the end.

import Bytes
import Glibc

/// A sealed segment, opened for reading. A damaged summary leaves the frames readable, and a damaged frame the
/// others.
struct SealedSegment: ~Copyable {
  let path: String
  private let descriptor: Int32
  let size: Int
  /// nil if the file's end is damaged.
  let summary: SegmentSummary?
  /// Where the summary's bytes begin if they are there and are not as they were written.
  let damagedSummary: Int?
  /// Whether a frame whose bytes are those that were written is taken to hold the lines that were written, without
  /// hashing those too.
  var trustsHashes = false
  private var block = ByteBuffer(capacity: 64 * 1024)
  /// What unpacks its frames; others may use it once this segment has been read.
  let zstd: ZstdDecompressor

  /// Bytes that one frame may unpack to: a frame's aim and the longest line.
  static var frameLimit: Int { 4 << 20 + JournalReader.lineLimit }

  /// - Parameter zstd: what unpacked another segment, which is not read any more.
  init(_ path: String, zstd other: ZstdDecompressor? = nil) throws(Fault) {
    self.path = path
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Fault("open", path, -Int(errno)) }
    do throws(ZstdError) {
      if let other { zstd = other } else { zstd = try ZstdDecompressor() }
    } catch {
      close(descriptor)
      throw Fault("open", path, -Int(ENOMEM))
    }
    self.descriptor = descriptor
    var status = stat()
    size = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    (summary, damagedSummary) = SealedSegment.summary(descriptor, size)
  }

  deinit { close(descriptor) }

  private static func summary(_ descriptor: Int32, _ size: Int) -> (SegmentSummary?, damagedAt: Int?) {
    let footer = SegmentSummary.footerLength
    var end = [UInt8](repeating: 0, count: footer)
    guard size > footer, pread(descriptor, &end, footer, off_t(size - footer)) == footer else {
      return (nil, nil)
    }
    let isMarked = end.withUnsafeBufferPointer { ByteView($0).from(12) == SegmentSummary.mark }
    let length = (0..<4).reduce(0) { $0 | Int(end[$1]) << ($1 * 8) }
    let hash = (4..<12).reduce(0 as UInt64) { $0 | UInt64(end[$1]) << UInt64(($1 - 4) * 8) }
    guard isMarked, length <= SegmentSummary.sizeLimit, length + footer + 8 <= size else {
      return (nil, nil)
    }
    // With the eight bytes before it that make zstd pass over it.
    let memory = UnsafeMutableRawPointer.allocate(byteCount: length + 8, alignment: 8)
    defer { memory.deallocate() }
    guard pread(descriptor, memory, length + 8, off_t(size - footer - length - 8)) == length + 8,
      memory.load(as: UInt32.self).littleEndian == SegmentSummary.frameMark,
      Int(memory.load(fromByteOffset: 4, as: UInt32.self).littleEndian) == length + footer
    else { return (nil, nil) }
    let start = size - footer - length
    let json = ByteView(UnsafeRawBufferPointer(start: memory + 8, count: length))
    guard json.hash64 == hash else { return (nil, start) }
    do throws(JournalLineError) {
      let summary = try SegmentSummary(json: json)
      // A frame that lies outside of the file, or over another, would only lead astray.
      var end = 0
      for frame in summary.frames {
        guard frame.offset >= end, frame.compressed > 0, frame.offset + frame.compressed <= size else { return (nil, start) }
        end = frame.offset + frame.compressed
      }
      if let digest = summary.digest {
        guard digest.offset >= end + DigestFrame.headerLength, digest.compressed > 0, digest.compressed <= size,
          digest.offset <= size - digest.compressed
        else { return (nil, start) }
      }
      return (summary, nil)
    } catch {
      return (nil, start)
    }
  }

  /// The lines of `frame`, valid until the next call.
  mutating func lines(of frame: SegmentSummary.Frame) throws(ZstdError) -> ByteView {
    try load(frame.offset, frame.compressed)
    if frame.isCut { return try zstd.beginning(of: block.view, limit: SealedSegment.frameLimit) }
    // zstd's own checksum is of what it unpacks; this one also tells a change that unpacks to the same.
    if let hash = frame.hash, block.view.hash64 != hash { throw ZstdError(message: "its bytes are not as written") }
    // `hash64` leaves out three of seven bytes behind the last eight, of which two are before the checksum.
    let isKnown = trustsHashes && frame.hash != nil && frame.compressed % 8 != 7
    let lines = try zstd.content(of: block.view, limit: SealedSegment.frameLimit, isKnown: isKnown)
    guard lines.count == frame.length || frame.length < 0 else {
      throw ZstdError(message: "a frame of \(lines.count) bytes where the summary says \(frame.length)")
    }
    return lines
  }

  /// The bytes of the digest, valid until the next call of this or `lines`.
  mutating func content(of digest: SegmentSummary.Digest) throws(ZstdError) -> ByteView {
    // With the eight bytes before it that make zstd pass over it.
    let header = DigestFrame.headerLength
    try load(digest.offset - header, header)
    let words = [0, 4].map { at in (0..<4).reduce(0) { $0 | Int(block.view[at + $1]) << ($1 * 8) } }
    guard words == [Int(DigestFrame.mark), digest.compressed] else {
      throw ZstdError(message: "its mark is not as written")
    }
    try load(digest.offset, digest.compressed)
    guard block.view.hash64 == digest.hash else { throw ZstdError(message: "its bytes are not as written") }
    let content = try zstd.content(of: block.view, limit: DigestFrame.sizeLimit)
    guard content.count == digest.length else {
      throw ZstdError(message: "\(content.count) bytes where the summary says \(digest.length)")
    }
    return content
  }

  /// Reads a part of the file into `block`.
  private mutating func load(_ offset: Int, _ length: Int) throws(ZstdError) {
    block.removeAll()
    // Read in pieces into the growing buffer: what a damaged index claims costs no more memory than the file has.
    while block.count < length {
      let done = block.count
      let piece = min(length - done, 1 << 20)
      var count = 0
      block.append(capacity: piece) { place in
        repeat { count = pread(descriptor, place, piece, off_t(offset + done)) } while count < 0 && errno == EINTR
        return max(count, 0)
      }
      guard count > 0 else {
        throw ZstdError(message: count < 0 ? String(cString: strerror(errno)) : "the file ends in a frame")
      }
    }
  }
}

// MARK: - Without a summary

extension SealedSegment {
  /// The frames, from the summary or, where that is damaged, by their marks. A frame found by its mark has `length`
  /// and `lines` -1; where the file is damaged, the search goes on at the next mark, and of a frame in which it ends what
  /// stands before that is read.
  func frames() -> [SegmentSummary.Frame] {
    if let summary { return summary.frames }
    var frames: [SegmentSummary.Frame] = []
    var file = ByteBuffer(capacity: 1 << 20)
    // A sealed segment is far smaller than this; more would not be one of ours.
    guard size <= 1 << 30, read(into: &file) else { return [] }
    var at = 0
    while at + 8 <= file.count {
      let rest = file.view.from(at)
      let mark = (0..<4).reduce(0 as UInt32) { $0 | UInt32(rest[$1]) << UInt32($1 * 8) }
      if mark & 0xFFFF_FFF0 == 0x184D_2A50 {
        let length = (4..<8).reduce(0) { $0 | Int(rest[$1]) << (($1 - 4) * 8) }
        at += 8 + length
      } else if mark == 0xFD2F_B528, let length = ZstdDecompressor.frameLength(rest) {
        frames.append(SegmentSummary.Frame(offset: at, compressed: length, length: -1, lines: -1))
        at += length
      } else {
        // On to the next mark behind this byte; the mark's last byte is the rarest.
        var next = at + 4
        while let found = file.view.firstIndex(of: 0xFD, from: next), found < 3 || !isMark(file.view, found - 3) {
          next = found + 1
        }
        guard let found = file.view.firstIndex(of: 0xFD, from: next) else {
          // The file ends within it.
          if mark == 0xFD2F_B528 {
            frames.append(SegmentSummary.Frame(offset: at, compressed: file.count - at, length: -1, lines: -1, isCut: true))
          }
          break
        }
        at = found - 3
      }
    }
    return frames
  }

  /// Where the digest's skippable frame lies behind `start`, whole or cut off by the file's end; nil if there is none.
  /// For a segment whose summary, which would say so, is damaged.
  func digest(behind start: Int) -> Range<Int>? {
    var file = ByteBuffer(capacity: 1 << 20)
    guard size <= 1 << 30, read(into: &file), start <= file.count else { return nil }
    // The last byte of its mark in the file.
    var at = start + 3
    while let found = file.view.firstIndex(of: 0x18, from: at) {
      at = found + 1
      let rest = file.view.from(found - 3)
      let mark = (0..<4).reduce(0 as UInt32) { $0 | UInt32(rest[$1]) << UInt32($1 * 8) }
      guard mark == DigestFrame.mark, rest.count > DigestFrame.headerLength + 3,
        isMark(file.view, found - 3 + DigestFrame.headerLength), rest[DigestFrame.headerLength + 3] == 0xFD
      else { continue }
      let length = (4..<8).reduce(0) { $0 | Int(rest[$1]) << (($1 - 4) * 8) }
      return found - 3..<min(found - 3 + DigestFrame.headerLength + length, file.count)
    }
    return nil
  }

  /// 0xFD2FB528, little-endian.
  private func isMark(_ view: ByteView, _ at: Int) -> Bool {
    view.at(at) == 0x28 && view.at(at + 1) == 0xB5 && view.at(at + 2) == 0x2F
  }

  private func read(into buffer: inout ByteBuffer) -> Bool {
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    while buffer.count < size {
      let count = pread(descriptor, &piece, min(piece.count, size - buffer.count), off_t(buffer.count))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      piece.withUnsafeBufferPointer { buffer.append(ByteView($0).prefix(count)) }
    }
    return !buffer.isEmpty
  }
}
