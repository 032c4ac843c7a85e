import Bytes
import Glibc
import LogFiles

/// A compressed log, as its first bytes say; else as the first byte says. Pieces make no difference, and its numbers
/// are right.
func checkPacked(_ bytes: ByteView) throws(CheckFailure) {
  let formats = Compression.allCases
  let format = Compression(beginning: bytes) ?? formats[Int(bytes.at(0) ?? 0) % formats.count]
  var random = DerivedNumbers(bytes)
  let whole = try UnpackedFile(bytes, format, piece: Int.max, block: 256 * 1024)
  let pieces = try UnpackedFile(
    bytes, format, piece: Int.random(in: 1...64, using: &random), block: Int.random(in: 1...5000, using: &random))
  // What a damaged member gives before it fails is the decoder's affair, and may depend on how it was fed.
  if whole.damages.isEmpty, !whole.isCut, !pieces.isCut {
    try require(whole == pieces, "pieces give \(pieces.count) bytes where the whole gives \(whole.count)")
  }
}

private struct UnpackedFile: Equatable {
  /// Bytes that are unpacked at most: some inputs are bombs.
  private static let limit = 4 << 20

  var count = 0
  var hash: UInt64 = 0
  var damages: [StreamDamage] = []
  var isCut = false

  init(_ bytes: ByteView, _ format: Compression, piece: Int, block size: Int) throws(CheckFailure) {
    let stream = UnpackedStream(ViewStream(bytes, piece: piece), format)
    let block = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    defer { block.deallocate() }
    var checked = ByteBuffer(capacity: size)
    while count < UnpackedFile.limit {
      let received = stream.read(into: block, count: size)
      try require(received <= size, "\(received) bytes in a block of \(size)")
      if received <= 0 { break }
      let start = checked.count
      checked.append(ByteView(UnsafeRawBufferPointer(start: block, count: received)))
      count += received
      precondition(checked.count == start + received)
    }
    hash = checked.view.hash64
    damages = stream.damages
    isCut = count >= UnpackedFile.limit
    try require(stream.produced == count, "\(count) bytes, said to be \(stream.produced)")
    try require(stream.consumed <= bytes.count, "more is used than there is")
    try require(isCut || stream.consumed == bytes.count, "only \(stream.consumed) bytes of \(bytes.count) are used")
    try require(damages.count <= UnpackedStream.damageLimit, "\(damages.count) damages")
    for damage in damages {
      try require((0...bytes.count).contains(damage.offset), "damage at byte \(damage.offset)")
      try require((0...count).contains(damage.trusted), "\(damage.trusted) bytes trusted of \(count)")
    }
    for (first, second) in zip(damages, damages.dropFirst()) {
      try require(first.trusted <= second.trusted, "trust goes back from \(first.trusted) to \(second.trusted)")
    }
  }
}

private final class ViewStream: ByteStream {
  private var rest: ByteView
  private let piece: Int

  init(_ bytes: ByteView, piece: Int) {
    rest = bytes
    self.piece = piece
  }

  func read(into memory: UnsafeMutableRawPointer, count: Int) -> Int {
    let amount = min(count, piece, rest.count)
    if amount > 0 { memcpy(memory, rest.start, amount) }
    rest = rest.from(amount)
    return amount
  }
}
