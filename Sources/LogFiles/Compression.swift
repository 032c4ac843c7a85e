public import Bytes

/// How a file is compressed, told by how it begins and never by its name.
public enum Compression: String, Sendable, CaseIterable {
  /// RFC 1952.
  case gzip
  /// RFC 8878.
  case zstd
  /// The .xz file format, version 1.
  case xz
  case bzip2

  /// nil for a file that is not compressed, or in another way.
  public init?(beginning: ByteView) {
    for candidate in Compression.allCases where candidate.isMarked(beginning) {
      self = candidate
      return
    }
    return nil
  }

  /// Bytes to be at hand for `begins`.
  static let lookahead = 12

  /// True if `bytes` begin with the format's mark.
  private func isMarked(_ bytes: ByteView) -> Bool {
    switch self {
    case .gzip: bytes.count >= 3 && bytes[0] == 0x1F && bytes[1] == 0x8B && bytes[2] == 8
    case .zstd: Compression.isZstdMark(bytes)
    case .xz:
      bytes.count >= 6 && bytes[0] == 0xFD && bytes.from(1).hasPrefix("7zXZ") && bytes[5] == 0
    case .bzip2: bytes.count >= 4 && bytes.hasPrefix("BZh") && (0x31...0x39).contains(bytes[3])
    }
  }

  /// 0xFD2FB528, or one of the sixteen marks of a skippable frame; little-endian.
  private static func isZstdMark(_ bytes: ByteView) -> Bool {
    guard bytes.count >= 4 else { return false }
    let mark = (0..<4).reduce(0 as UInt32) { $0 | UInt32(bytes[$1]) << UInt32($1 * 8) }
    return mark == 0xFD2F_B528 || mark & 0xFFFF_FFF0 == 0x184D_2A50
  }

  /// True if a member (gzip), a frame (zstd) or a stream (xz, bzip2) begins with `bytes`, told by more than the mark
  /// alone where they are `lookahead` bytes: the search for the next one in a damaged file must not stop at chance.
  func begins(_ bytes: ByteView) -> Bool {
    guard isMarked(bytes) else { return false }
    switch self {
    case .gzip: return bytes.count < 4 || bytes[3] & 0xE0 == 0  // reserved flags
    case .zstd: return bytes.count < 5 || bytes[0] != 0x28 || bytes[4] & 0x08 == 0  // a reserved bit
    case .xz: return bytes.count < 8 || (bytes[6] == 0 && bytes[7] & 0xF0 == 0)  // stream flags
    case .bzip2:
      guard bytes.count >= 10 else { return true }
      let word = (4..<10).reduce(0 as UInt64) { $0 << 8 | UInt64(bytes[$1]) }
      return word == 0x3141_5926_5359 || word == 0x1772_4538_5090  // a block, or the end of an empty stream
    }
  }

  // MARK: Names

  private static let endings = [".gz", ".zst", ".xz", ".bz2", ".lz4", ".lzma", ".Z"]

  /// True if `name` ends as that of a compressed file, readable here or not.
  public static func isSuffix(of name: String) -> Bool { endings.contains { name.hasSuffix($0) } }

  /// `name` without the ending of a compressed file.
  public static func plainName(_ name: String) -> Substring {
    for ending in endings where name.hasSuffix(ending) { return name.dropLast(ending.utf8.count) }
    return Substring(name)
  }
}
