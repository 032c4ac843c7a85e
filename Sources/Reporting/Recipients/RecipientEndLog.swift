// How messages to all addresses ended, in the order in which it was told. What that means for an address is found out
// when all has been read, in the order of time: what is read first must not matter, and a delivery may be told of before
// the failures that it came after, or of an address of which nothing else is known yet.
//
// Memory: 1 MiB if a file may be used, whatever is in it. Without one 16 bytes for each end, up to a limit, from which on
// what nothing depends on is dropped.

import Bytes

struct RecipientEndLog {
  /// Kept apart as the records are that leave memory (see `RecipientSpill`).
  private struct Part {
    var ends: [RecipientEnd] = []
    var blocks: [Range<Int>] = []
  }

  private let file: SpillFile?
  private var parts = [Part](repeating: Part(), count: RecipientSpill.partCount)
  private let limit: Int
  /// Ends of a part that are in memory before they go to the file.
  private let blockLength: Int
  /// Ends in memory.
  private var held = 0
  /// With so many it is looked for what can be dropped.
  private var room: Int
  /// Not enough could be dropped.
  private var isFull = false
  /// Why the file takes no more.
  private(set) var failure: SpillFile.Failure?

  init(file: SpillFile?, limit: Int, blockLength: Int = 1024) {
    self.file = file
    self.blockLength = blockLength
    self.limit = limit
    room = limit
  }

  /// Adds the end of a message to an address whose `tableHash` is `hash`. False for a failure that finds no room.
  mutating func add(_ end: RecipientEnd, hash: UInt64, _ words: FailureWordStore) -> Bool {
    let part = RecipientSpill.part(of: hash)
    if held >= room, file == nil || failure != nil { makeRoom(words) }
    if end.kind == .failure, isFull { return false }
    parts[part].ends.append(end)
    held += 1
    if parts[part].ends.count >= blockLength, file != nil, failure == nil { write(part) }
    return true
  }

  private mutating func write(_ part: Int) {
    guard let file else { return }
    do throws(SpillFile.Failure) {
      var block = ByteBuffer(capacity: parts[part].ends.count * MemoryLayout<RecipientEnd>.stride)
      parts[part].ends.withUnsafeBytes { block.append(ByteView($0)) }
      parts[part].blocks.append(try file.append(block.view))
      held -= parts[part].ends.count
      parts[part].ends.removeAll(keepingCapacity: true)
    } catch {
      failure = error
    }
  }

  /// Drops what was before an address' last delivery, and if that is not enough the deliveries to addresses that never
  /// failed, so far as is known.
  private mutating func makeRoom(_ words: FailureWordStore) {
    compact(words, keepsDeliveries: true)
    if held > limit / 2 { compact(words, keepsDeliveries: false) }
    isFull = held > limit / 4 * 3
    room = max(limit, held + limit / 4)
  }

  private mutating func compact(_ words: FailureWordStore, keepsDeliveries: Bool) {
    held = 0
    for part in parts.indices {
      var kept: [RecipientEnd] = []
      var ends = parts[part].ends
      ends.sort { $0.address != $1.address ? $0.address < $1.address : $0.precedes($1, words) }
      var start = 0
      while start < ends.count {
        let end = ends[start...].firstIndex { $0.address != ends[start].address } ?? ends.count
        let last = ends[start..<end].lastIndex { $0.kind == .delivery } ?? start
        if keepsDeliveries || ends[start..<end].contains(where: { $0.kind != .delivery }) { kept += ends[last..<end] }
        start = end
      }
      parts[part].ends = kept
      held += kept.count
    }
  }

  /// The ends of a part's addresses.
  func load(_ part: Int) throws(SpillFile.Failure) -> RecipientEnds {
    var bytes = ByteBuffer(
      capacity: max(16 * (parts[part].blocks.count * blockLength + parts[part].ends.count), 64))
    if let file {
      for block in parts[part].blocks { try file.read(block, to: &bytes) }
    }
    parts[part].ends.withUnsafeBytes { bytes.append(ByteView($0)) }
    return RecipientEnds(bytes.view)
  }
}

/// Ends by the addresses that they are of.
struct RecipientEnds {
  /// Put by the highest bits of the address' key into so many stretches as there are some ends for each.
  private var ends: [RecipientEnd]
  private var starts: [UInt32]

  init() {
    ends = []
    starts = [0, 0]
  }

  /// - Parameter bytes: `RecipientEnd`s as they lie in memory.
  init(_ bytes: ByteView) {
    let size = MemoryLayout<RecipientEnd>.stride
    let count = bytes.count / size
    let raw = UnsafeRawPointer(bytes.start)
    let stretches = count / 4 + 1
    starts = [UInt32](repeating: 0, count: stretches + 1)
    for index in 0..<count {
      let end = raw.loadUnaligned(fromByteOffset: index * size, as: RecipientEnd.self)
      starts[RecipientEnds.stretch(end.address, stretches) + 1] += 1
    }
    for at in 0..<stretches { starts[at + 1] += starts[at] }
    var next = starts
    ends = [RecipientEnd](
      repeating: RecipientEnd(.denial, address: 0, time: 0, number: 0), count: count)
    for index in 0..<count {
      let end = raw.loadUnaligned(fromByteOffset: index * size, as: RecipientEnd.self)
      let stretch = RecipientEnds.stretch(end.address, stretches)
      ends[Int(next[stretch])] = end
      next[stretch] += 1
    }
  }

  private static func stretch(_ address: UInt64, _ stretches: Int) -> Int {
    Int(truncatingIfNeeded: address.multipliedFullWidth(by: UInt64(stretches)).high)
  }

  /// Fills `found` with those of the address with this key, in their order.
  func find(_ address: UInt64, _ words: FailureWordStore, to found: inout [RecipientEnd]) {
    found.removeAll(keepingCapacity: true)
    let stretch = RecipientEnds.stretch(address, starts.count - 1)
    for end in ends[Int(starts[stretch])..<Int(starts[stretch + 1])] where end.address == address { found.append(end) }
    if found.count > 1 { found.sort { $0.precedes($1, words) } }
  }
}
