import Glibc

/// One format's decoder, one member at a time. Memory is bounded by the format's window, whatever the input says.
protocol Unpacker: AnyObject {
  /// Prepares for the member that begins with the next input.
  func begin() throws(UnpackError)
  /// Takes as much input and gives as much output as it can.
  func step(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) throws(UnpackError) -> UnpackStep
}

struct UnpackStep: Equatable {
  var consumed = 0
  var produced = 0
  /// The member ended, its checksum was right, and its last output was given.
  var isEnd = false
}

/// Why input can't be unpacked.
struct UnpackError: Error, Equatable {
  var reason: String
  /// Input that the failed step took, and output that it gave before the error.
  var consumed = 0
  var produced = 0

  static let noMemory = UnpackError(reason: "no memory to unpack it")
}

extension Compression {
  func unpacker() throws(UnpackError) -> any Unpacker {
    switch self {
    case .gzip: GzipUnpacker()
    case .zstd: try ZstdUnpacker()
    case .xz: XZUnpacker()
    case .bzip2: Bzip2Unpacker()
    }
  }
}
