import Glibc

/// Bytes that come in order, a block at a time.
public protocol ByteStream: AnyObject {
  /// Puts at most `count` (at least 1) bytes to `memory` and returns how many; 0 at the end, minus errno after a
  /// failure. May wait.
  func read(into memory: UnsafeMutableRawPointer, count: Int) -> Int
}

/// A file descriptor's bytes. The descriptor stays the caller's.
public final class DescriptorStream: ByteStream {
  private let descriptor: Int32
  /// Where the next byte is read; nil for what can't be read at a place (a pipe, a terminal).
  private var offset: Int?

  /// - Parameter offset: reads from there on and leaves the descriptor's own offset alone; nil reads on where that is.
  public init(descriptor: Int32, offset: Int? = nil) {
    self.descriptor = descriptor
    self.offset = offset
  }

  public func read(into memory: UnsafeMutableRawPointer, count: Int) -> Int {
    while true {
      let received: Int
      if let offset {
        received = pread(descriptor, memory, count, off_t(offset))
        if received > 0 { self.offset = offset + received }
      } else {
        received = Glibc.read(descriptor, memory, count)
      }
      if received >= 0 { return received }
      if errno != EINTR { return -Int(errno) }
    }
  }
}
