import CZstd
import Glibc

/// zstd frames (RFC 8878) through libzstd, skippable ones among them.
final class ZstdUnpacker: Unpacker {
  /// A frame may ask for a window of 128 MiB, as `zstd -19 --ultra` and `--long` make them; libzstd's own limit too.
  private static let windowLog: Int32 = 27

  private let context: OpaquePointer

  init() throws(UnpackError) {
    guard let context = ZSTD_createDCtx() else { throw .noMemory }
    self.context = context
    _ = ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, ZstdUnpacker.windowLog)
  }

  deinit { ZSTD_freeDCtx(context) }

  var heldBytes: Int { ZSTD_sizeof_DCtx(context) }

  func begin() throws(UnpackError) { _ = ZSTD_DCtx_reset(context, ZSTD_reset_session_only) }

  func step(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) throws(UnpackError) -> UnpackStep {
    var given = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
    var made = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    let result = ZSTD_decompressStream(context, &made, &given)
    if ZSTD_isError(result) != 0 {
      // As `zstd --long=31` makes them: nothing is wrong with the file.
      if ZSTD_getErrorCode(result) == ZSTD_error_frameParameter_windowTooLarge {
        throw UnpackError(
          reason: "it asks for a window of more than \(1 << (ZstdUnpacker.windowLog - 20)) MiB; unpack it first: "
            + "zstd -d --long=31", consumed: given.pos, produced: made.pos, isDamage: false)
      }
      throw UnpackError(reason: String(cString: ZSTD_getErrorName(result)), consumed: given.pos, produced: made.pos)
    }
    return UnpackStep(consumed: given.pos, produced: made.pos, isEnd: result == 0)
  }
}
