// Single zstd frames (RFC 8878), each with its length and a checksum, through libzstd.

import Bytes
import CZstd
import Glibc

/// What libzstd said went wrong.
struct ZstdError: Error, Equatable {
  var message: String
}

/// Compresses whole frames.
struct ZstdCompressor: ~Copyable {
  private let context: OpaquePointer

  /// - Parameter level: 1 (fast) to 19 (small).
  init(level: Int = 3) throws(ZstdError) {
    guard let context = ZSTD_createCCtx() else { throw ZstdError(message: "no memory for compression") }
    self.context = context
    _ = ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, Int32(level))
    // The checksum is what tells a flipped bit later.
    _ = ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    _ = ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 1)
  }

  deinit { ZSTD_freeCCtx(context) }

  /// Calls `body` with `content` as one frame.
  func frame<Failure: Error>(
    _ content: ByteView, _ body: (ByteView) throws(Failure) -> Void
  ) throws(Failure) -> ZstdError? {
    let bound = ZSTD_compressBound(content.count)
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(bound, 1), alignment: 16)
    defer { memory.deallocate() }
    let size = ZSTD_compress2(context, memory, bound, content.start, content.count)
    if ZSTD_isError(size) != 0 { return ZstdError(message: String(cString: ZSTD_getErrorName(size))) }
    try body(ByteView(UnsafeRawBufferPointer(start: memory, count: size)))
    return nil
  }
}

/// Unpacks whole frames into memory that it keeps; for one thread. One that is handed on from segment to segment spares
/// the system making room for a frame again and again.
final class ZstdDecompressor {
  private let context: OpaquePointer
  private var memory: UnsafeMutableRawPointer
  private var capacity: Int
  private var ignoresChecksum = false

  init() throws(ZstdError) {
    guard let context = ZSTD_createDCtx() else { throw ZstdError(message: "no memory for decompression") }
    self.context = context
    capacity = 1 << 20
    memory = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
  }

  deinit {
    ZSTD_freeDCtx(context)
    memory.deallocate()
  }

  /// The length of the frame at the start of `bytes`; nil if it is cut off or none.
  static func frameLength(_ bytes: ByteView) -> Int? {
    let size = ZSTD_findFrameCompressedSize(bytes.start, bytes.count)
    return ZSTD_isError(size) != 0 ? nil : size
  }

  /// What `frame` holds, valid until the next call. A frame of more than `limit` bytes is refused before memory is
  /// spent on it.
  ///
  /// - Parameter isKnown: the frame is known to be as it was written: what it unpacks to need not be hashed to see that.
  func content(of frame: ByteView, limit: Int, isKnown: Bool = false) throws(ZstdError) -> ByteView {
    if isKnown != ignoresChecksum {
      ignoresChecksum = isKnown
      // ZSTD_d_forceIgnoreChecksum, which libzstd has had since 1.4.9; one that does not know it goes on checking.
      _ = ZSTD_DCtx_setParameter(context, ZSTD_d_experimentalParam3, isKnown ? 1 : 0)
    }
    let size = ZSTD_getFrameContentSize(frame.start, frame.count)
    // ZSTD_CONTENTSIZE_UNKNOWN and _ERROR are the two greatest numbers.
    guard size < UInt64(Int.max) else { throw ZstdError(message: "a frame without its length") }
    guard size <= UInt64(limit) else { throw ZstdError(message: "a frame of \(size) bytes") }
    makeRoom(Int(size))
    let result = ZSTD_decompressDCtx(context, memory, capacity, frame.start, frame.count)
    if ZSTD_isError(result) != 0 { throw ZstdError(message: String(cString: ZSTD_getErrorName(result))) }
    return ByteView(UnsafeRawBufferPointer(start: memory, count: result))
  }

  /// What `frame`, whose end is missing, holds up to there, valid until the next call. No checksum says that it is as it
  /// was written.
  func beginning(of frame: ByteView, limit: Int) throws(ZstdError) -> ByteView {
    let size = ZSTD_getFrameContentSize(frame.start, frame.count)
    guard size < UInt64(Int.max), size <= UInt64(limit) else { throw ZstdError(message: "a frame without its length") }
    makeRoom(Int(size))
    _ = ZSTD_DCtx_reset(context, ZSTD_reset_session_only)
    defer { _ = ZSTD_DCtx_reset(context, ZSTD_reset_session_only) }
    var input = ZSTD_inBuffer(src: frame.start, size: frame.count, pos: 0)
    var output = ZSTD_outBuffer(dst: memory, size: Int(size), pos: 0)
    while input.pos < input.size, output.pos < output.size {
      let before = (input.pos, output.pos)
      let result = ZSTD_decompressStream(context, &output, &input)
      if ZSTD_isError(result) != 0 || before == (input.pos, output.pos) { break }
    }
    return ByteView(UnsafeRawBufferPointer(start: memory, count: output.pos))
  }

  private func makeRoom(_ size: Int) {
    guard size > capacity else { return }
    memory.deallocate()
    capacity = size
    memory = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
  }
}
