// A digest's place in a sealed segment: a skippable zstd frame (RFC 8878, section 3.1.2) between the lines' frames and
// the summary, which says where it is. In it lies one zstd frame.

import Bytes
import Glibc

extension SegmentSummary {
  /// Where the segment's digest is.
  struct Digest: Sendable, Equatable {
    /// Of the zstd frame in the file, behind the eight bytes of the skippable one.
    var offset: Int
    var compressed: Int
    /// Bytes of the digest.
    var length: Int
    /// `ByteView.hash64` of the zstd frame.
    var hash: UInt64
    /// A digest of another version is passed over.
    var version: Int
  }
}

enum DigestFrame {
  /// One of the sixteen marks of skippable frames, not the summary's.
  static let mark: UInt32 = 0x184D_2A54
  static var headerLength: Int { 8 }
  /// What digests mean, the templates of replies and the hashes included. To be raised with each change of them.
  static let version = 3
  /// Bytes of the longest digest that is read.
  static var sizeLimit: Int { 256 << 20 }
  /// A digest that takes more than this share of what the lines' frames take is not worth its room: 2/3.
  static func isWorthwhile(_ digest: Int, lines: Int) -> Bool { digest * 3 <= lines * 2 || lines < 64 << 10 }

  /// Appends the frame of `digest` to `buffer`, which is to be written at `offset`; nil if it is not worth its room or
  /// can't be compressed.
  ///
  /// - Parameter lines: bytes that the frames of the lines take in the file.
  static func append(
    _ digest: ByteView, to buffer: inout ByteBuffer, offset: Int, lines: Int, _ compressor: borrowing ZstdCompressor
  ) -> SegmentSummary.Digest? {
    guard digest.count <= sizeLimit else { return nil }
    var place: SegmentSummary.Digest?
    let failure = compressor.frame(digest) { frame in
      guard isWorthwhile(frame.count, lines: lines) else { return }
      buffer.append(UInt64(mark), bytes: 4)
      buffer.append(UInt64(frame.count), bytes: 4)
      buffer.append(frame)
      place = SegmentSummary.Digest(
        offset: offset + headerLength, compressed: frame.count, length: digest.count, hash: frame.hash64,
        version: version)
    }
    return failure == nil ? place : nil
  }
}
