public import Bytes

/// How a log file begins, so that it is known again after a rename, a copy or a restart: a hash of its first bytes and
/// how many were hashed, at most 4096. Log lines carry their time, so two files hardly begin alike.
public struct FileHead: Hashable, Sendable, CustomStringConvertible {
  public static let limit = 4096

  public let hash: UInt64
  /// 0 to `limit`; 0 for a file that was empty, which any file continues.
  public let length: Int

  public init(hash: UInt64, length: Int) {
    self.hash = hash
    self.length = length
  }

  /// The head of a file that begins with `bytes`.
  public init(_ bytes: ByteView) {
    let first = bytes.prefix(FileHead.limit)
    self.init(hash: first.isEmpty ? 0 : first.hash64, length: first.count)
  }

  /// True if a file that begins with `bytes` (its first `limit`, or all) begins as this says.
  public func matches(_ bytes: ByteView) -> Bool {
    bytes.count >= length && FileHead(bytes.prefix(length)) == self
  }

  /// `<16 hexadecimal digits>-<length>`, as a checkpoint names it.
  public var description: String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits + "-\(length)"
  }

  /// Reads what `description` wrote.
  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count == 16, let hash = UInt64(parts[0], radix: 16),
      let length = Int(parts[1]), (0...FileHead.limit).contains(length)
    else { return nil }
    self.init(hash: hash, length: length)
  }
}
