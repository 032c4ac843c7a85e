import Bytes

/// Records of addresses that left memory. An address may have left more than once: its parts come back in the order in
/// which they left. Memory: some 2 MiB, whatever is in it.
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
  /// Two bits for each address that is in it (a Bloom filter).
  private var marks = [UInt64](repeating: 0, count: 1 << 17)

  init(_ file: SpillFile) { self.file = file }

  @inline(__always)
  static func part(of hash: UInt64) -> Int { Int(truncatingIfNeeded: hash >> 58) }

  /// Takes a record; `hash` is the address' `tableHash`.
  func add(_ record: RecipientRecord, _ address: ByteView, hash: UInt64) throws(SpillFile.Failure) {
    let part = parts[RecipientSpill.part(of: hash)]
    SpilledRecord(record: record, length: address.count).append(to: &part.bytes)
    part.bytes.append(address)
    mark(hash)
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

  /// Hands over the records of a part's addresses, each address' own in the order in which they were added.
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
    while let head = SpilledRecord(rest) {
      let text = rest.from(SpilledRecord.size)
      body(head.record, text.prefix(head.length))
      rest = text.from(head.length)
    }
  }

  // MARK: - Which addresses

  private func mark(_ hash: UInt64) {
    marks[word(hash)] |= bit(hash)
    marks[word(hash >> 32)] |= bit(hash >> 32)
  }

  /// False if the address is surely not in it.
  func mayHold(_ hash: UInt64) -> Bool {
    marks[word(hash)] & bit(hash) != 0 && marks[word(hash >> 32)] & bit(hash >> 32) != 0
  }

  private func word(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash >> 6) & (marks.count - 1) }

  private func bit(_ hash: UInt64) -> UInt64 { 1 << (hash & 63) }
}

/// What stands in a file before an address' bytes.
struct SpilledRecord {
  var record: RecipientRecord
  /// The place of what is kept in memory of the same address; -1 for nothing.
  var index: Int32 = -1
  /// Bytes of the address.
  var length: Int

  static var size: Int { MemoryLayout<RecipientRecord>.size + 6 }

  func append(to buffer: inout ByteBuffer) {
    buffer.append(capacity: SpilledRecord.size) { place in
      let raw = UnsafeMutableRawPointer(place)
      raw.storeBytes(of: record, as: RecipientRecord.self)
      raw.storeBytes(of: index, toByteOffset: SpilledRecord.size - 6, as: Int32.self)
      raw.storeBytes(of: UInt16(clamping: length), toByteOffset: SpilledRecord.size - 2, as: UInt16.self)
      return SpilledRecord.size
    }
  }

  init(record: RecipientRecord, index: Int32 = -1, length: Int) {
    self.record = record
    self.index = index
    self.length = length
  }

  /// nil if `bytes` do not hold as much, with the address behind it.
  init?(_ bytes: ByteView) {
    guard bytes.count >= SpilledRecord.size else { return nil }
    let raw = UnsafeRawPointer(bytes.start)
    record = raw.loadUnaligned(as: RecipientRecord.self)
    index = raw.loadUnaligned(fromByteOffset: SpilledRecord.size - 6, as: Int32.self)
    length = Int(raw.loadUnaligned(fromByteOffset: SpilledRecord.size - 2, as: UInt16.self))
    guard bytes.count - SpilledRecord.size >= length else { return nil }
  }
}
