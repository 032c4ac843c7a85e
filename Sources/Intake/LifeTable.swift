// Lives in flight, found by host and queue id.

import Bytes

/// A slab of lives with an open-addressing index (linear probing, backward-shift deletion). Look-ups are expected
/// O(1). Slots are recycled with their memory, so a steady stream of messages allocates nothing. Not more than
/// `limit` lives are kept: the one that was quiet longest among a sample makes room.
final class LifeTable {
  private(set) var count = 0
  let limit: Int
  /// Lives that were dropped to stay within `limit`.
  private(set) var evictions = 0

  /// The slab in pieces of `pieceSize` lives, which never move: growing copies nothing and needs no second slab.
  private let pieces: UnsafeMutablePointer<UnsafeMutablePointer<Life>>
  private var pieceCount = 0
  private var slabUsed = 0
  private static let pieceBits = 10
  private static let pieceSize = 1 << pieceBits
  private var free: [Int32] = []
  /// Slab index and one; 0 is a free cell.
  private var cells: [Int32]
  private var hashes: [UInt64]
  private var mask: Int
  private var evictionCursor = 0

  init(limit: Int = 1_000_000) {
    self.limit = max(limit, 16)
    pieces = UnsafeMutablePointer<UnsafeMutablePointer<Life>>.allocate(
      capacity: self.limit / LifeTable.pieceSize + 2)
    cells = Array(repeating: 0, count: 256)
    hashes = Array(repeating: 0, count: 256)
    mask = 255
  }

  deinit {
    for index in 0..<slabUsed {
      place(of: index).pointee.texts.free()
      place(of: index).deinitialize(count: 1)
    }
    for piece in 0..<pieceCount { pieces[piece].deallocate() }
    pieces.deallocate()
  }

  /// The life at `index`, which `find` or `insert` gave.
  subscript(index: Int) -> Life {
    unsafeAddress { UnsafePointer(place(of: index)) }
    unsafeMutableAddress { place(of: index) }
  }

  @inline(__always)
  private func place(of index: Int) -> UnsafeMutablePointer<Life> {
    pieces[index >> LifeTable.pieceBits] + (index & (LifeTable.pieceSize - 1))
  }

  private func hash(_ host: Int, _ queueID: ByteView) -> UInt64 {
    queueID.hash64 &+ UInt64(truncatingIfNeeded: host) &* 0x9E37_79B9_7F4A_7C15
  }

  private func matches(_ index: Int, _ host: Int, _ queueID: ByteView) -> Bool {
    guard self[index].host == host, let own = self[index].texts.view(self[index].queueID) else { return false }
    return own == queueID
  }

  /// The index of the life that has `queueID` on `host` now.
  func find(host: Int, queueID: ByteView) -> Int? {
    let hash = hash(host, queueID)
    var cell = Int(truncatingIfNeeded: hash >> 20) & mask
    while cells[cell] != 0 {
      if hashes[cell] == hash {
        let index = Int(cells[cell]) - 1
        if matches(index, host, queueID) { return index }
      }
      cell = (cell + 1) & mask
    }
    return nil
  }

  /// A new life of `queueID` on `host`, which must not have one.
  func insert(host: Int, queueID: ByteView) -> Int {
    if count >= limit { evict() }
    let index: Int
    if let recycled = free.popLast() {
      index = Int(recycled)
    } else {
      if slabUsed == pieceCount * LifeTable.pieceSize {
        pieces[pieceCount] = UnsafeMutablePointer<Life>.allocate(capacity: LifeTable.pieceSize)
        pieceCount += 1
      }
      index = slabUsed
      place(of: index).initialize(to: Life())
      slabUsed += 1
    }
    self[index].host = host
    self[index].queueID = self[index].texts.add(queueID)
    count += 1
    place(index, hash(host, queueID))
    if count * 2 > cells.count { rehash() }
    return index
  }

  func remove(_ index: Int) {
    guard let queueID = self[index].texts.view(self[index].queueID) else { return }
    let hash = hash(self[index].host, queueID)
    var cell = Int(truncatingIfNeeded: hash >> 20) & mask
    while cells[cell] != Int32(index + 1) {
      if cells[cell] == 0 { return }
      cell = (cell + 1) & mask
    }
    unlink(cell)
    self[index].reset()
    free.append(Int32(index))
    count -= 1
  }

  /// Gives the life at `index` another queue id (a requeue); a life that has it already is dropped.
  func rename(_ index: Int, to queueID: ByteView) {
    let host = self[index].host
    if let other = find(host: host, queueID: queueID), other != index { remove(other) }
    guard let old = self[index].texts.view(self[index].queueID) else { return }
    let oldHash = hash(host, old)
    var cell = Int(truncatingIfNeeded: oldHash >> 20) & mask
    while cells[cell] != Int32(index + 1) {
      if cells[cell] == 0 { return }
      cell = (cell + 1) & mask
    }
    unlink(cell)
    self[index].queueID = self[index].texts.add(queueID)
    place(index, hash(host, queueID))
  }

  /// Calls `body` with the index of every life.
  func forEach(_ body: (Int) -> Void) {
    for cell in cells.indices where cells[cell] != 0 { body(Int(cells[cell]) - 1) }
  }

  // MARK: Cells

  private func place(_ index: Int, _ hash: UInt64) {
    var cell = Int(truncatingIfNeeded: hash >> 20) & mask
    while cells[cell] != 0 { cell = (cell + 1) & mask }
    cells[cell] = Int32(index + 1)
    hashes[cell] = hash
  }

  private func unlink(_ start: Int) {
    var hole = start
    var cell = start
    while true {
      cell = (cell + 1) & mask
      if cells[cell] == 0 { break }
      let home = Int(truncatingIfNeeded: hashes[cell] >> 20) & mask
      // An entry may move into the hole unless its home lies cyclically after the hole.
      let movable = hole <= cell ? (home <= hole || home > cell) : (home <= hole && home > cell)
      if movable {
        cells[hole] = cells[cell]
        hashes[hole] = hashes[cell]
        hole = cell
      }
    }
    cells[hole] = 0
  }

  private func rehash() {
    let oldCells = cells
    let oldHashes = hashes
    let size = cells.count * 2
    cells = Array(repeating: 0, count: size)
    hashes = Array(repeating: 0, count: size)
    mask = size - 1
    for cell in oldCells.indices where oldCells[cell] != 0 {
      place(Int(oldCells[cell]) - 1, oldHashes[cell])
    }
  }

  /// Drops the life that was quiet longest of the next 64, one without open recipients if there is any.
  private func evict() {
    var victim: Int?
    var looked = 0
    while looked < 64 || victim == nil {
      evictionCursor = (evictionCursor + 1) & mask
      guard cells[evictionCursor] != 0 else {
        looked += 1
        continue
      }
      looked += 4
      let index = Int(cells[evictionCursor]) - 1
      guard let best = victim else {
        victim = index
        continue
      }
      let bestIsOpen = !self[best].open.isEmpty
      let isOpen = !self[index].open.isEmpty
      if bestIsOpen != isOpen ? bestIsOpen : self[index].lastSeen < self[best].lastSeen { victim = index }
    }
    if let victim {
      remove(victim)
      evictions += 1
    }
  }
}
