import CBzip2
import Glibc

/// bzip2 streams through libbz2; blocks of at most 900 kB.
final class Bzip2Unpacker: Unpacker {
  // At an address of its own: libbz2's state points back at it.
  private let stream = UnsafeMutablePointer<bz_stream>.allocate(capacity: 1)
  private var isOpen = false

  init() { stream.initialize(to: bz_stream()) }

  deinit {
    if isOpen { BZ2_bzDecompressEnd(stream) }
    stream.deallocate()
  }

  let heldBytes = 0

  func begin() throws(UnpackError) {
    if isOpen { BZ2_bzDecompressEnd(stream) }
    isOpen = false
    stream.pointee = bz_stream()
    guard BZ2_bzDecompressInit(stream, 0, 0) == BZ_OK else { throw .noMemory }
    isOpen = true
  }

  func step(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) throws(UnpackError) -> UnpackStep {
    // libbz2 counts in 32 bits and does not change its input.
    let given = UInt32(clamping: input.count)
    let room = UInt32(clamping: output.count)
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: CChar.self))
    stream.pointee.avail_in = given
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: CChar.self)
    stream.pointee.avail_out = room
    let code = BZ2_bzDecompress(stream)
    let consumed = Int(given - stream.pointee.avail_in)
    let produced = Int(room - stream.pointee.avail_out)
    switch code {
    case BZ_OK, BZ_STREAM_END:
      return UnpackStep(consumed: consumed, produced: produced, isEnd: code == BZ_STREAM_END)
    case BZ_MEM_ERROR: throw .noMemory
    case BZ_DATA_ERROR_MAGIC: throw UnpackError(reason: "not a bzip2 stream", consumed: consumed, produced: produced)
    default: throw UnpackError(reason: "the data is damaged", consumed: consumed, produced: produced)
    }
  }
}
