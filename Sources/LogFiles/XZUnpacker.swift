import CLZMA
import Glibc

/// xz streams through liblzma.
final class XZUnpacker: Unpacker {
  /// `xz -9` needs 65 MiB.
  private static let memoryLimit: UInt64 = 256 << 20

  // At an address of its own: liblzma's state is tied to it.
  private let stream = UnsafeMutablePointer<lzma_stream>.allocate(capacity: 1)

  init() { stream.initialize(to: softbounce_lzma_stream()) }

  deinit {
    lzma_end(stream)
    stream.deallocate()
  }

  var heldBytes: Int { Int(clamping: lzma_memusage(stream)) }

  func begin() throws(UnpackError) {
    // Reuses what a decoder before it had allocated.
    guard lzma_stream_decoder(stream, XZUnpacker.memoryLimit, 0) == LZMA_OK else { throw .noMemory }
  }

  func step(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) throws(UnpackError) -> UnpackStep {
    stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = input.count
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = output.count
    let code = lzma_code(stream, LZMA_RUN)
    let consumed = input.count - stream.pointee.avail_in
    let produced = output.count - stream.pointee.avail_out
    let reason: String
    var isDamage = true
    switch code {
    case LZMA_OK, LZMA_BUF_ERROR, LZMA_STREAM_END:
      return UnpackStep(consumed: consumed, produced: produced, isEnd: code == LZMA_STREAM_END)
    case LZMA_MEM_ERROR: throw .noMemory
    case LZMA_MEMLIMIT_ERROR:
      reason = "it asks for more than \(XZUnpacker.memoryLimit >> 20) MiB of memory; unpack it first: xz -d"
      isDamage = false
    case LZMA_FORMAT_ERROR: reason = "not an xz stream"
    case LZMA_OPTIONS_ERROR: reason = "options that this liblzma does not know"
    default: reason = "the data is damaged"
    }
    throw UnpackError(reason: reason, consumed: consumed, produced: produced, isDamage: isDamage)
  }
}
