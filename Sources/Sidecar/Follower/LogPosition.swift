public import LogFiles

/// Where following stands: which file, and where in it the first line starts that has not been delivered.
public struct LogPosition: Equatable, Sendable {
  /// What the file was called when it was opened.
  public var path: String
  public var head: FileHead
  public var inode: UInt64
  public var device: UInt64
  /// Bytes from the file's beginning.
  public var offset: Int

  public init(path: String, head: FileHead, inode: UInt64, device: UInt64, offset: Int) {
    self.path = path
    self.head = head
    self.inode = inode
    self.device = device
    self.offset = offset
  }

  /// False for a position in a file that had no bytes yet: nothing tells that file from another, so that the position
  /// before it is the one to commit.
  public var isNamed: Bool { head.length > 0 }
}
