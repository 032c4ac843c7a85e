// Turns a segment that is no longer written to into a sealed one.
//
// Promises: at every moment, a crash included, the segment is there whole, as it was or sealed; the plain file goes
// only after the sealed one was read back and compared. Leaves to others: which segments, and when (`JournalKeeper`).

import Bytes
import Glibc
import SMTPTypes

struct SegmentSealer: ~Copyable {
  /// Bytes of lines that one frame takes: enough to compress well, small enough that cores share a segment.
  static var frameSize: Int { 4 << 20 }
  /// What a sealed segment is called until it is complete; no reader takes it for a segment.
  static var partialSuffix: String { ".partial" }

  private let directory: String
  private let calls: FileSystemCalls
  private let level: Int
  private var decoder = EventDecoder()

  init(directory: String, level: Int, calls: FileSystemCalls) {
    self.directory = directory
    self.level = level
    self.calls = calls
  }

  /// Seals `name`, of which at most `limit` lines are part of the journal: what an abandoned segment holds beyond
  /// was never committed.
  mutating func seal(_ name: SegmentName, limit: Int) throws(Fault) {
    let plain = directory + "/" + name.fileName
    let sealed = directory + "/" + name.sealed.fileName
    let partial = sealed + SegmentSealer.partialSuffix
    let source = try calls.descriptor(plain, O_RDONLY)
    defer { _ = calls.close(source) }
    // What a killed run left of an earlier try is written over.
    let target = try calls.descriptor(partial, O_RDWR | O_CREAT | O_TRUNC)
    do throws(Fault) {
      defer { _ = calls.close(target) }
      let checksum = try write(source, target, first: name.first, limit: limit, plain: plain, partial: partial)
      // The contents before the name: a sealed segment is complete or not there.
      try calls.synchronize(target, path: partial)
      guard SegmentSealer.checksum(of: partial) == checksum else { throw Fault("compare", partial, -Int(EIO)) }
    } catch {
      _ = calls.unlink(partial)
      throw error
    }
    let renamed = calls.rename(partial, sealed)
    guard renamed >= 0 else {
      _ = calls.unlink(partial)
      throw Fault("rename", partial, renamed)
    }
    // The new name before the old one goes: were they to reach the disk the other way round, a power cut in between
    // would take both.
    try calls.synchronizeDirectory(directory)
    _ = calls.unlink(plain)
  }

  /// Writes frames and summary; returns a hash over all lines.
  private mutating func write(
    _ source: Int32, _ target: Int32, first: UInt64, limit: Int, plain: String, partial: String
  ) throws(Fault) -> UInt64 {
    let compressor: ZstdCompressor
    do throws(ZstdError) {
      compressor = try ZstdCompressor(level: level)
    } catch {
      throw Fault("compress", partial, -Int(ENOMEM))
    }
    var builder = SegmentSummaryBuilder(first: first)
    var digest = DigestBuilder()
    var reader = LineReader(descriptor: source, maximumLineLength: JournalReader.lineLimit)
    var block = ByteBuffer(capacity: SegmentSealer.frameSize + (64 << 10))
    var lines = 0
    var total = 0
    var offset = 0
    var checksum: UInt64 = 0
    let calls = calls
    func flush(_ block: inout ByteBuffer, _ builder: inout SegmentSummaryBuilder) throws(Fault) {
      guard !block.isEmpty else { return }
      checksum = SegmentSealer.mix(checksum, block.view)
      var compressed = 0
      var hash: UInt64 = 0
      let failure = try compressor.frame(block.view) { frame throws(Fault) in
        try calls.write(frame, to: target, at: offset, path: partial)
        compressed = frame.count
        hash = frame.hash64
      }
      guard failure == nil else { throw Fault("compress", partial, -Int(EIO)) }
      builder.add(
        SegmentSummary.Frame(
          offset: offset, compressed: compressed, length: block.count, lines: lines, hash: hash))
      offset += compressed
      lines = 0
      block.removeAll()
    }
    while total < limit, let line = reader.next(), line.isTerminated {
      if !block.isEmpty, block.count + line.bytes.count + 1 > SegmentSealer.frameSize { try flush(&block, &builder) }
      do throws(JournalLineError) {
        let decoded = try decoder.decode(line.bytes)
        builder.add(decoded)
        digest.add(decoded, line.bytes)
      } catch {
        // Kept as it is: `verify` reports it here as it did in the plain file.
        builder.addMalformed()
        digest.addMalformed()
      }
      block.append(line.bytes)
      block.append(0x0A)
      lines += 1
      total += 1
    }
    guard reader.failure == 0 else { throw Fault("read", plain, -Int(reader.failure)) }
    try flush(&block, &builder)
    var summary = builder.finish()
    if let digest = digest.finish() {
      summary.digest = DigestFrame.append(digest.view, to: &block, offset: offset, lines: offset, compressor)
    }
    summary.append(to: &block)
    try calls.write(block.view, to: target, at: offset, path: partial)
    return checksum
  }

  private static func mix(_ checksum: UInt64, _ block: ByteView) -> UInt64 {
    (checksum ^ block.hash64) &* 0xff51_afd7_ed55_8ccd
  }

  /// The hash over all lines of a sealed segment; nil if a frame or its digest can't be read.
  private static func checksum(of path: String) -> UInt64? {
    do {
      var segment = try SealedSegment(path)
      guard let summary = segment.summary else { return nil }
      var checksum: UInt64 = 0
      for frame in summary.frames { checksum = mix(checksum, try segment.lines(of: frame)) }
      if let digest = summary.digest { _ = try segment.content(of: digest) }
      return checksum
    } catch {
      return nil
    }
  }
}
