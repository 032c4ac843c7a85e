import Bytes

/// Records of addresses that left memory. An address may have left more than once. Memory: some 1 MiB, whatever is in it.
final class RecipientSpill {
  /// Addresses are kept apart by their hash in so many parts, each of which is small enough to be put together at once.
  static let partCount = 64

  private static let blockSize = 16 * 1024

  private final class Part {
    var bytes = ByteBuffer(capacity: RecipientSpill.blockSize + 1024)
    var blocks: [Range<Int>] = []
    /// So many are there for good.
    var whole = 0
  }

  private let file: SpillFile
  private let parts = (0..<RecipientSpill.partCount).map { _ in Part() }

  init(_ file: SpillFile) { self.file = file }

  @inline(__always)
  static func part(of hash: UInt64) -> Int { Int(truncatingIfNeeded: hash >> 58) }

  /// Takes a record; `hash` is the address' `tableHash`.
  func add(_ record: RecipientRecord, _ address: ByteView, hash: UInt64) throws(SpillFile.Failure) {
    let part = parts[RecipientSpill.part(of: hash)]
    Spilled(record, length: address.count).append(to: &part.bytes)
    part.bytes.append(address)
    if part.bytes.count >= RecipientSpill.blockSize { try write(part) }
  }

  private func write(_ part: Part) throws(SpillFile.Failure) {
    guard !part.bytes.isEmpty else { return }
    part.blocks.append(try file.append(part.bytes.view))
    part.bytes.removeAll()
  }

  /// Puts everything that was added into the file.
  func flush() throws(SpillFile.Failure) {
    for part in parts { try write(part) }
    for part in parts { part.whole = part.blocks.count }
  }

  /// Forgets what was added since everything was put into the file.
  func takeBack() {
    for part in parts {
      part.bytes.removeAll()
      part.blocks.removeLast(part.blocks.count - part.whole)
    }
  }

  /// Hands over the records of a part's addresses, an address that left more than once more than once.
  func forEach(
    in number: Int, _ scratch: inout ByteBuffer, _ body: (RecipientRecord, ByteView) -> Void
  ) throws(SpillFile.Failure) {
    for block in parts[number].blocks {
      scratch.removeAll()
      try file.read(block, to: &scratch)
      RecipientSpill.forEach(in: scratch.view, body)
    }
    RecipientSpill.forEach(in: parts[number].bytes.view, body)
  }

  private static func forEach(in bytes: ByteView, _ body: (RecipientRecord, ByteView) -> Void) {
    var rest = bytes
    while let head = Spilled<RecipientRecord>(rest) {
      let text = rest.from(Spilled<RecipientRecord>.size)
      body(head.value, text.prefix(head.length))
      rest = text.from(head.tail)
    }
  }
}

/// What stands in a file before an address' bytes.
struct Spilled<Value: BitwiseCopyable> {
  var value: Value
  /// Bytes of the address, and of what stands behind it.
  var length: Int
  var extra: Int

  static var size: Int { MemoryLayout<Value>.size + 4 }

  /// Bytes behind this.
  var tail: Int { length + extra }

  func append(to buffer: inout ByteBuffer) {
    buffer.append(capacity: Self.size) { place in
      let raw = UnsafeMutableRawPointer(place)
      raw.storeBytes(of: value, as: Value.self)
      raw.storeBytes(of: UInt16(clamping: extra), toByteOffset: Self.size - 4, as: UInt16.self)
      raw.storeBytes(of: UInt16(clamping: length), toByteOffset: Self.size - 2, as: UInt16.self)
      return Self.size
    }
  }

  init(_ value: Value, length: Int, extra: Int = 0) {
    self.value = value
    self.length = length
    self.extra = extra
  }

  /// nil if `bytes` do not hold as much, with what stands behind it.
  init?(_ bytes: ByteView) {
    guard bytes.count >= Self.size else { return nil }
    let raw = UnsafeRawPointer(bytes.start)
    value = raw.loadUnaligned(as: Value.self)
    extra = Int(raw.loadUnaligned(fromByteOffset: Self.size - 4, as: UInt16.self))
    length = Int(raw.loadUnaligned(fromByteOffset: Self.size - 2, as: UInt16.self))
    guard bytes.count - Self.size >= tail else { return nil }
  }
}
