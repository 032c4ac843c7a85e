import Glibc

/// One format's decoder, one member at a time. Memory is bounded by the format's window, whatever the input says.
protocol Unpacker: AnyObject {
  /// Prepares for the member that begins with the next input.
  func begin() throws(UnpackError)
  /// Bytes of memory that the decoder holds, as its library counts them; 0 from one that does not say, whose memory is
  /// the same for any input.
  var heldBytes: Int { get }
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
  /// False if the input may be right, and it is us who can't unpack it.
  var isDamage = true

  static let noMemory = UnpackError(reason: "no memory to unpack it", isDamage: false)
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
