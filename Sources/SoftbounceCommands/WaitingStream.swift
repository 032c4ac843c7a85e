import Bytes
import Glibc

/// A stream that tells before it may have to wait for more.
final class WaitingStream: ByteStream {
  private let source: any ByteStream
  private let descriptor: Int32
  private let note: () -> Void

  /// - Parameter descriptor: what `source` reads in the end.
  init(_ source: any ByteStream, descriptor: Int32, _ note: @escaping () -> Void) {
    self.source = source
    self.descriptor = descriptor
    self.note = note
  }

  func read(into memory: UnsafeMutableRawPointer, count: Int) -> Int {
    var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    if poll(&polled, 1, 0) == 0 { note() }
    return source.read(into: memory, count: count)
  }
}
