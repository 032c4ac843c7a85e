import CZlib
import Glibc

/// gzip members (RFC 1952) through zlib; a window of 32 KiB.
final class GzipUnpacker: Unpacker {
  // At an address of its own: zlib's state points back at it.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private var isOpen = false

  init() { stream.initialize(to: z_stream()) }

  deinit {
    if isOpen { inflateEnd(stream) }
    stream.deallocate()
  }

  let heldBytes = 0

  func begin() throws(UnpackError) {
    if isOpen {
      inflateReset(stream)
      return
    }
    guard softbounce_gunzip_init(stream) == Z_OK else { throw .noMemory }
    isOpen = true
  }

  func step(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) throws(UnpackError) -> UnpackStep {
    // zlib counts in 32 bits and does not change its input.
    let given = UInt32(clamping: input.count)
    let room = UInt32(clamping: output.count)
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.pointee.avail_in = given
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = room
    let code = inflate(stream, Z_NO_FLUSH)
    let consumed = Int(given - stream.pointee.avail_in)
    let produced = Int(room - stream.pointee.avail_out)
    switch code {
    case Z_OK, Z_BUF_ERROR, Z_STREAM_END:
      return UnpackStep(consumed: consumed, produced: produced, isEnd: code == Z_STREAM_END)
    case Z_MEM_ERROR: throw .noMemory
    default:
      let reason = stream.pointee.msg.map { String(cString: $0) } ?? "damaged"
      throw UnpackError(reason: reason, consumed: consumed, produced: produced)
    }
  }
}
