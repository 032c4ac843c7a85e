// Writes a segment anew without an address.
//
// Promises: at every moment, a crash included, the segment is there whole under its name, with the address or
// without it; who has it open reads on in the old one. Lines keep their places and numbers, frames that do not name
// the address stay as they are byte for byte, and the summary's counts, which no address is part of, stay right. The
// new file is read back and compared before it takes the old one's place. Leaves to others: which segments
// (`JournalEraser`); the segment that is written to is none of them.

import Bytes
import Glibc

struct SegmentEraser: ~Copyable {
  let directory: String
  private let calls: FileSystemCalls
  var eraser: LineEraser

  /// What became of a segment.
  struct Outcome: Equatable {
    var lines = 0
    /// Frames that can't be read, and so not be searched: their places in the file.
    var unreadable: [Int] = []
  }

  init(directory: String, erasures: [Erasure], calls: FileSystemCalls) {
    self.directory = directory
    self.calls = calls
    eraser = LineEraser(erasures)
  }

  mutating func erase(_ name: SegmentName) throws(Fault) -> Outcome {
    let path = directory + "/" + name.fileName
    let partial = path + SegmentSealer.partialSuffix
    return name.isSealed ? try eraseSealed(path, partial) : try erasePlain(path, partial)
  }

  // MARK: Plain

  /// How many lines of a plain segment name an address.
  mutating func countPlain(_ path: String) throws(Fault) -> Outcome {
    let source = try calls.descriptor(path, O_RDONLY)
    defer { _ = calls.close(source) }
    var outcome = Outcome()
    var pending = ByteBuffer(capacity: SegmentSealer.frameSize + (64 << 10))
    var consumed = 0
    while true {
      let isEnd = try fill(&pending, source, from: consumed, path: path)
      let length = isEnd ? pending.count : (pending.view.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0)
      outcome.lines += eraser.count(pending.view.prefix(length))
      if isEnd { return outcome }
      consumed += length
      pending.removeFirst(length)
    }
  }

  mutating func erasePlain(_ path: String, _ partial: String) throws(Fault) -> Outcome {
    let source = try calls.descriptor(path, O_RDONLY)
    defer { _ = calls.close(source) }
    var target: Int32?
    defer { if let target { _ = calls.close(target) } }
    var outcome = Outcome()
    var pending = ByteBuffer(capacity: SegmentSealer.frameSize + (64 << 10))
    var output = ByteBuffer(capacity: SegmentSealer.frameSize + (64 << 10))
    var written = 0
    var consumed = 0
    do throws(Fault) {
      var isEnd = false
      while !isEnd {
        isEnd = try fill(&pending, source, from: consumed, path: path)
        // Whole lines; at the end also what a crash left of one.
        let length = isEnd ? pending.count : (pending.view.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0)
        output.removeAll()
        let changed = eraser.erase(pending.view.prefix(length), to: &output)
        if changed > 0, target == nil {
          // Nothing before here changed, so it is copied.
          let made = try calls.descriptor(partial, O_RDWR | O_CREAT | O_TRUNC)
          target = made
          try copy(source, 0, consumed, to: made, at: 0, path, partial)
          written = consumed
        }
        outcome.lines += changed
        if let target {
          try calls.write(output.view, to: target, at: written, path: partial)
          written += output.count
        }
        consumed += length
        pending.removeFirst(length)
      }
      guard let target else { return outcome }
      // As many lines as before, and all that was written is there.
      let (before, after) = (try newlines(source, path), try newlines(target, partial))
      guard before.lines == after.lines, after.size == written else { throw Fault("compare", partial, -Int(EIO)) }
      try publish(source, target, path, partial)
      return outcome
    } catch {
      if target != nil { _ = calls.unlink(partial) }
      throw error
    }
  }

  /// Adds to `pending` from the file, whose bytes up to `offset` were taken out of it; true at the file's end.
  private func fill(
    _ pending: inout ByteBuffer, _ source: Int32, from offset: Int, path: String
  ) throws(Fault) -> Bool {
    let goal = pending.count + SegmentSealer.frameSize
    guard goal <= SealedSegment.frameLimit + SegmentSealer.frameSize else { throw Fault("read", path, -Int(EFBIG)) }
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    while pending.count < goal {
      let place = offset + pending.count
      let result = FileSystemCalls.uninterrupted { calls.pread(source, &piece, piece.count, place) }
      guard result >= 0 else { throw Fault("read", path, result) }
      if result == 0 { return true }
      piece.withUnsafeBufferPointer { pending.append(ByteView($0).prefix(result)) }
    }
    return false
  }

  // MARK: Sealed

  private mutating func eraseSealed(_ path: String, _ partial: String) throws(Fault) -> Outcome {
    var segment = try SealedSegment(path)
    let frames = segment.frames()
    var outcome = Outcome()
    var changes: [Int: Int] = [:]
    for (index, frame) in frames.enumerated() {
      do throws(ZstdError) {
        let lines = try segment.lines(of: frame)
        let changed = eraser.count(lines)
        if changed > 0 { changes[index] = changed }
      } catch {
        outcome.unreadable.append(frame.offset)
      }
    }
    guard !changes.isEmpty else { return outcome }
    outcome.lines = changes.values.reduce(0, +)
    let source = try calls.descriptor(path, O_RDONLY)
    defer { _ = calls.close(source) }
    let target = try calls.descriptor(partial, O_RDWR | O_CREAT | O_TRUNC)
    defer { _ = calls.close(target) }
    do throws(Fault) {
      try write(&segment, frames, changes, source, target, path, partial)
      try publish(source, target, path, partial)
      return outcome
    } catch {
      _ = calls.unlink(partial)
      throw error
    }
  }

  private mutating func write(
    _ segment: inout SealedSegment, _ frames: [SegmentSummary.Frame], _ changes: [Int: Int], _ source: Int32,
    _ target: Int32, _ path: String, _ partial: String
  ) throws(Fault) {
    let compressor: ZstdCompressor
    do throws(ZstdError) { compressor = try ZstdCompressor() } catch { throw Fault("compress", partial, -Int(ENOMEM)) }
    var summary = segment.summary
    var from = 0
    var to = 0
    var erased = ByteBuffer(capacity: SegmentSealer.frameSize + (64 << 10))
    // The digest may name the address too, and is made anew of the lines as they will be.
    var digest = DigestBuilder()
    let hasDigest = summary?.digest != nil
    for (index, frame) in frames.enumerated() {
      // What lies between frames, if anything does, and frames without a change stay as they are.
      let isChanged = changes[index] != nil
      let end = isChanged ? frame.offset : frame.offset + frame.compressed
      try copy(source, from, end, to: target, at: to, path, partial)
      if !isChanged { summary?.frames[index].offset = to + frame.offset - from }
      to += end - from
      from = frame.offset + frame.compressed
      guard isChanged else {
        if hasDigest { SegmentEraser.add(frame, of: &segment, to: &digest) }
        continue
      }
      erased.removeAll()
      do throws(ZstdError) {
        _ = eraser.erase(try segment.lines(of: frame), to: &erased)
      } catch {
        throw Fault("read", path, -Int(EIO))
      }
      if hasDigest { digest.add(lines: erased.view) }
      let place = to
      var compressed = 0
      var hash: UInt64 = 0
      let calls = calls
      let failure = try compressor.frame(erased.view) { bytes throws(Fault) in
        try calls.write(bytes, to: target, at: place, path: partial)
        compressed = bytes.count
        hash = bytes.hash64
      }
      guard failure == nil else { throw Fault("compress", partial, -Int(EIO)) }
      if let known = summary {
        summary?.bytes += erased.count - known.frames[index].length
        summary?.frames[index] = SegmentSummary.Frame(
          offset: place, compressed: compressed, length: erased.count, lines: known.frames[index].lines, hash: hash)
      }
      to += compressed
    }
    var end = ByteBuffer(capacity: 64 << 10)
    summary?.digest = nil
    if hasDigest, let made = digest.finish() {
      summary?.digest = DigestFrame.append(made.view, to: &end, offset: to, lines: to, compressor)
    }
    if let summary {
      summary.append(to: &end)
      try calls.write(end.view, to: target, at: to, path: partial)
    } else {
      // A damaged end stays what it is, but for the digest; that it is damaged is for `verify` to say.
      let place = segment.digest(behind: from) ?? segment.size..<segment.size
      try copy(source, from, place.lowerBound, to: target, at: to, path, partial)
      to += place.lowerBound - from
      try copy(source, place.upperBound, segment.size, to: target, at: to, path, partial)
    }
    try check(partial, frames.count, summary, segment.summary, changes)
  }

  private static func add(
    _ frame: SegmentSummary.Frame, of segment: inout SealedSegment, to digest: inout DigestBuilder
  ) {
    do throws(ZstdError) {
      digest.add(lines: try segment.lines(of: frame))
    } catch {
      digest.addMalformed()
    }
  }

  /// Reads the new file back: every frame that could be read can be read, has as many lines as before, and nothing is
  /// left to erase.
  private mutating func check(
    _ partial: String, _ count: Int, _ summary: SegmentSummary?, _ before: SegmentSummary?, _ changes: [Int: Int]
  ) throws(Fault) {
    var written = try SealedSegment(partial)
    guard written.summary == summary, summary?.lines == before?.lines else {
      throw Fault("compare", partial, -Int(EIO))
    }
    let frames = written.frames()
    guard frames.count == count else { throw Fault("compare", partial, -Int(EIO)) }
    do throws(ZstdError) {
      if let digest = summary?.digest { _ = try written.content(of: digest) }
    } catch {
      throw Fault("compare", partial, -Int(EIO))
    }
    for index in changes.keys {
      do throws(ZstdError) {
        let lines = try written.lines(of: frames[index])
        let expected = summary?.frames[index].lines ?? -1
        guard expected < 0 || lines.buffer.count(where: { $0 == 0x0A }) == expected, eraser.count(lines) == 0 else {
          throw ZstdError(message: "not as it was meant")
        }
      } catch {
        throw Fault("compare", partial, -Int(EIO))
      }
    }
  }

  // MARK: Files

  /// Puts the new file in the old one's place, for whoever owned that.
  private func publish(_ source: Int32, _ target: Int32, _ path: String, _ partial: String) throws(Fault) {
    var status = stat()
    if fstat(source, &status) == 0 {
      // Root may do this for the journal's user; anybody else owns both.
      _ = fchown(target, status.st_uid, status.st_gid)
      _ = fchmod(target, status.st_mode & 0o777)
    }
    try calls.synchronize(target, path: partial)
    let renamed = calls.rename(partial, path)
    guard renamed >= 0 else { throw Fault("rename", partial, renamed) }
    try calls.synchronizeDirectory(directory)
  }

  private func copy(
    _ source: Int32, _ from: Int, _ to: Int, to target: Int32, at place: Int, _ path: String, _ partial: String
  ) throws(Fault) {
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    var done = from
    while done < to {
      let wanted = min(piece.count, to - done)
      let result = FileSystemCalls.uninterrupted { calls.pread(source, &piece, wanted, done) }
      guard result > 0 else { throw Fault("read", path, result == 0 ? -Int(EIO) : result) }
      try piece.withUnsafeBufferPointer { (bytes) throws(Fault) in
        try calls.write(ByteView(bytes).prefix(result), to: target, at: place + done - from, path: partial)
      }
      done += result
    }
  }

  /// Bytes and newlines of a file.
  private func newlines(_ descriptor: Int32, _ path: String) throws(Fault) -> (size: Int, lines: Int) {
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    var size = 0
    var lines = 0
    while true {
      let place = size
      let result = FileSystemCalls.uninterrupted { calls.pread(descriptor, &piece, piece.count, place) }
      guard result >= 0 else { throw Fault("read", path, result) }
      if result == 0 { return (size, lines) }
      size += result
      lines += piece.prefix(result).count { $0 == 0x0A }
    }
  }
}
