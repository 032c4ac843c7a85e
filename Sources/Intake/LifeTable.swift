// Lives in flight, found by host and queue id.

import Bytes

/// A slab of lives with an open-addressing index (linear probing, backward-shift deletion). Look-ups are expected
/// O(1). Slots are recycled with their memory, so a steady stream of messages allocates nothing. Not more than
/// `limit` lives are kept: the one that was quiet longest among a sample makes room.
struct LifeTable: ~Copyable {
  private(set) var count = 0
  let limit: Int
  /// Lives that were dropped to stay within `limit`.
  private(set) var evictions = 0

  /// The slab in pieces of `pieceSize` slots, which never move: growing copies nothing and needs no second slab. A slot
  /// is a life and room for its texts, which most lives' fit into, so that looking one up waits for one place.
  private let pieces: UnsafeMutablePointer<UnsafeMutableRawPointer>
  private var pieceCount = 0
  private var slabUsed = 0
  private static var pieceBits: Int { 10 }
  private static var pieceSize: Int { 1 << pieceBits }
  /// Whole cache lines: the life, and some 150 bytes for queue id, sender, Message-ID, client and recipient.
  private static var slotBytes: Int { (MemoryLayout<Life>.size + 144 + 63) & ~63 }
  /// The slot that was left last, and one; there stands in the place of its host the one that was left before. 0 is none.
  private var free: Int32 = 0
  /// The name that `expect` told of.
  private var expectedStart: UnsafePointer<UInt8>?
  private var expectedCount = 0
  private var expectedHash: UInt64 = 0
  private var cells: UnsafeMutablePointer<Cell>
  /// The number of cells less one; a power of two less one.
  private var mask: Int
  private var evictionCursor = 0

  private struct Cell {
    /// Of the host and the queue id; its lower bits are the cell's home. `limit` keeps tables far below 2^32 cells.
    var hash: UInt32 = 0
    /// Slab index and one; 0 is a free cell.
    var life: Int32 = 0
  }

  init(limit: Int = 1_000_000) {
    self.limit = min(max(limit, 16), 1 << 28)
    pieces = UnsafeMutablePointer<UnsafeMutableRawPointer>.allocate(
      capacity: self.limit / LifeTable.pieceSize + 2)
    mask = 255
    cells = LifeTable.freeCells(256)
  }

  deinit {
    for index in 0..<slabUsed {
      place(of: index).pointee.texts.clear()
      place(of: index).deinitialize(count: 1)
    }
    for piece in 0..<pieceCount { pieces[piece].deallocate() }
    pieces.deallocate()
    cells.deallocate()
  }

  private static func freeCells(_ count: Int) -> UnsafeMutablePointer<Cell> {
    let cells = UnsafeMutablePointer<Cell>.allocate(capacity: count)
    cells.initialize(repeating: Cell(), count: count)
    return cells
  }

  /// The life at `index`, which `find` or `insert` gave.
  subscript(index: Int) -> Life {
    @inline(__always) unsafeAddress { UnsafePointer(place(of: index)) }
    @inline(__always) nonmutating unsafeMutableAddress { place(of: index) }
  }

  @inline(__always)
  private func place(of index: Int) -> UnsafeMutablePointer<Life> {
    (pieces[index >> LifeTable.pieceBits] + (index & (LifeTable.pieceSize - 1)) * LifeTable.slotBytes)
      .assumingMemoryBound(to: Life.self)
  }

  /// Makes the slot at `index` a life's.
  private func makeSlot(_ index: Int) {
    let slot = pieces[index >> LifeTable.pieceBits] + (index & (LifeTable.pieceSize - 1)) * LifeTable.slotBytes
    let room = (slot + MemoryLayout<Life>.size).bindMemory(
      to: UInt8.self, capacity: LifeTable.slotBytes - MemoryLayout<Life>.size)
    slot.bindMemory(to: Life.self, capacity: 1).initialize(
      to: Life(texts: TextBlock(room: room, size: LifeTable.slotBytes - MemoryLayout<Life>.size)))
  }

  @inline(__always)
  private func hash(_ host: Int, _ queueID: ByteView) -> UInt32 {
    if queueID.start == expectedStart, queueID.count == expectedCount {
      assert(expectedHash == queueID.tableHash)
      return LifeTable.hash(host, expectedHash)
    }
    return LifeTable.hash(host, queueID.tableHash)
  }

  /// Tells that lives of `queueID` will be asked for, where its bytes are now, and that its `tableHash` is `hash`. They
  /// must stay as they are until the next `expect` or `expectNone`.
  @inline(__always)
  mutating func expect(_ queueID: ByteView, hash: UInt64) {
    expectedStart = queueID.start
    expectedCount = queueID.count
    expectedHash = hash
  }

  /// No name is expected any more.
  mutating func expectNone() { expectedStart = nil }

  @inline(__always)
  private static func hash(_ host: Int, _ queueID: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: (queueID &+ UInt64(truncatingIfNeeded: host) &* 0x9E37_79B9_7F4A_7C15) >> 20)
  }

  @inline(__always)
  private func matches(_ index: Int, _ host: Int, _ queueID: ByteView) -> Bool {
    let life = place(of: index)
    guard life.pointee.host == host, let own = life.pointee.texts.view(life.pointee.queueID) else { return false }
    return own == queueID
  }

  /// The index of the life that has `queueID` on `host` now.
  func find(host: Int, queueID: ByteView) -> Int? {
    let hash = hash(host, queueID)
    var cell = Int(hash) & mask
    while cells[cell].life != 0 {
      if cells[cell].hash == hash {
        let index = Int(cells[cell].life) - 1
        if matches(index, host, queueID) { return index }
      }
      cell = (cell + 1) & mask
    }
    return nil
  }

  /// A new life of `queueID` on `host`, which must not have one.
  mutating func insert(host: Int, queueID: ByteView) -> Int {
    let index = insertAside(host: host, queueID: queueID)
    place(index, hash(host, queueID))
    if isCrowded { rehash() }
    return index
  }

  /// A new life of `queueID` on `host` that `find` does not find.
  mutating func insertAside(host: Int, queueID: ByteView) -> Int {
    if count >= limit { evict() }
    let index: Int
    if free != 0 {
      index = Int(free) - 1
      free = Int32(truncatingIfNeeded: place(of: index).pointee.host)
    } else {
      if slabUsed == pieceCount * LifeTable.pieceSize {
        pieces[pieceCount] = UnsafeMutableRawPointer.allocate(
          byteCount: LifeTable.pieceSize * LifeTable.slotBytes, alignment: 64)
        pieceCount += 1
      }
      index = slabUsed
      makeSlot(index)
      slabUsed += 1
    }
    let life = place(of: index)
    life.pointee.host = host
    life.pointee.queueID = life.pointee.texts.add(queueID)
    count += 1
    return index
  }

  /// Lets `find` find the life at `index` no more.
  mutating func detach(_ index: Int) {
    if let cell = cell(of: index) { unlink(cell) }
  }

  mutating func remove(_ index: Int) {
    if place(of: index).pointee.place == .indexed {
      guard let cell = cell(of: index) else { return }
      unlink(cell)
    }
    place(of: index).pointee.reset()
    place(of: index).pointee.host = Int(free)
    free = Int32(index) + 1
    count -= 1
  }

  /// Gives the life at `index`, which `find` does not find, another queue id.
  mutating func rename(detached index: Int, to queueID: ByteView) {
    let life = place(of: index)
    life.pointee.queueID = life.pointee.texts.add(queueID)
  }

  /// Lets `find` find the life at `index`; no other may have its queue id.
  mutating func attach(_ index: Int) {
    let life = place(of: index)
    guard let queueID = life.pointee.texts.view(life.pointee.queueID) else { return }
    life.pointee.place = .indexed
    // Those that were inserted aside have not made the index grow.
    while isCrowded { rehash() }
    place(index, hash(life.pointee.host, queueID))
  }

  /// Gives the life at `index` another queue id (a requeue); a life that has it already is dropped.
  mutating func rename(_ index: Int, to queueID: ByteView) {
    let life = place(of: index)
    let host = life.pointee.host
    if let other = find(host: host, queueID: queueID), other != index { remove(other) }
    guard let cell = cell(of: index) else { return }
    unlink(cell)
    life.pointee.queueID = life.pointee.texts.add(queueID)
    place(index, hash(host, queueID))
  }

  /// Calls `body` with the index of every life that `find` finds.
  func forEach(_ body: (Int) -> Void) {
    for cell in 0...mask where cells[cell].life != 0 { body(Int(cells[cell].life) - 1) }
  }

  // MARK: Cells

  /// True if less than three eighths of the cells are free. Fewer than half: hashes are compared before lives are, so that
  /// a step more costs little, and a table of half the size stays in a core's cache.
  private var isCrowded: Bool { count * 8 > mask * 5 }

  /// The cell that holds the life at `index`.
  private func cell(of index: Int) -> Int? {
    let life = place(of: index)
    guard let queueID = life.pointee.texts.view(life.pointee.queueID) else { return nil }
    var cell = Int(hash(life.pointee.host, queueID)) & mask
    while cells[cell].life != Int32(index + 1) {
      if cells[cell].life == 0 { return nil }
      cell = (cell + 1) & mask
    }
    return cell
  }

  private func place(_ index: Int, _ hash: UInt32) {
    var cell = Int(hash) & mask
    while cells[cell].life != 0 { cell = (cell + 1) & mask }
    cells[cell] = Cell(hash: hash, life: Int32(index + 1))
  }

  private func unlink(_ start: Int) {
    var hole = start
    var cell = start
    while true {
      cell = (cell + 1) & mask
      if cells[cell].life == 0 { break }
      let home = Int(cells[cell].hash) & mask
      // An entry may move into the hole unless its home lies cyclically after the hole.
      let movable = hole <= cell ? (home <= hole || home > cell) : (home <= hole && home > cell)
      if movable {
        cells[hole] = cells[cell]
        hole = cell
      }
    }
    cells[hole] = Cell()
  }

  private mutating func rehash() {
    let old = cells
    let oldMask = mask
    mask = mask * 2 + 1
    cells = LifeTable.freeCells(mask + 1)
    for cell in 0...oldMask where old[cell].life != 0 { place(Int(old[cell].life) - 1, old[cell].hash) }
    old.deallocate()
  }

  /// Drops the life that was quiet longest of the next 64, one without open recipients if there is any.
  private mutating func evict() {
    var victim: Int?
    var looked = 0
    while looked < 64 || victim == nil {
      evictionCursor = (evictionCursor + 1) & mask
      guard cells[evictionCursor].life != 0 else {
        looked += 1
        continue
      }
      looked += 4
      let index = Int(cells[evictionCursor].life) - 1
      guard let best = victim else {
        victim = index
        continue
      }
      let bestIsOpen = !place(of: best).pointee.open.isEmpty
      let isOpen = !place(of: index).pointee.open.isEmpty
      if bestIsOpen != isOpen ? bestIsOpen : place(of: index).pointee.lastSeen < place(of: best).pointee.lastSeen { victim = index }
    }
    if let victim {
      remove(victim)
      evictions += 1
    }
  }
}
