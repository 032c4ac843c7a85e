// Values found by a hash that was made already: no key is kept, and none is hashed again.

/// Values under 64-bit hashes, several under one if need be: open addressing, linear probing, backward-shift deletion.
/// All operations are expected O(1), with hashes chosen to collide O(`count`), so whoever keeps what strangers write
/// bounds the count. What stands under one hash keeps its order. Memory is never given back.
public struct HashCells<Value: BitwiseCopyable>: ~Copyable {
  @usableFromInline
  struct Cell {
    @usableFromInline var hash: UInt64
    @usableFromInline var value: Value
    @usableFromInline var isUsed: Bool

    @inlinable
    init(hash: UInt64, value: Value) {
      self.hash = hash
      self.value = value
      isUsed = true
    }
  }

  // Free cells have `isUsed` false and no value.
  @usableFromInline var cells: UnsafeMutablePointer<Cell>
  /// The number of cells less one; a power of two less one.
  @usableFromInline var mask: Int
  @usableFromInline var length = 0

  public init() {
    mask = 15
    cells = HashCells.freeCells(16)
  }

  deinit { cells.deallocate() }

  @usableFromInline
  static func freeCells(_ count: Int) -> UnsafeMutablePointer<Cell> {
    let cells = UnsafeMutablePointer<Cell>.allocate(capacity: count)
    // All bytes zero: `isUsed` is false, and nobody reads the rest.
    UnsafeMutableRawPointer(cells).initializeMemory(
      as: UInt8.self, repeating: 0, count: count * MemoryLayout<Cell>.stride)
    return cells
  }

  @inlinable @inline(__always)
  public var count: Int { length }

  @inlinable @inline(__always)
  public var isEmpty: Bool { length == 0 }

  @inlinable @inline(__always)
  func home(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash ^ hash >> 32) & mask }

  /// The first value under `hash` of which `body` says so, the oldest first.
  @inlinable
  public func first(_ hash: UInt64, where body: (Value) -> Bool) -> Value? {
    guard let at = place(of: hash, where: body) else { return nil }
    return cells[at].value
  }

  @inlinable
  func place(of hash: UInt64, where body: (Value) -> Bool) -> Int? {
    guard length > 0 else { return nil }
    var at = home(hash)
    while cells[at].isUsed {
      if cells[at].hash == hash, body(cells[at].value) { return at }
      at = (at + 1) & mask
    }
    return nil
  }

  /// Adds `value` behind what stands under `hash`.
  @inlinable
  public mutating func add(_ value: Value, _ hash: UInt64) {
    // At least a quarter is free.
    if (length + 1) * 4 > (mask + 1) * 3 { grow() }
    put(Cell(hash: hash, value: value))
    length += 1
  }

  @inlinable
  func put(_ cell: Cell) {
    var at = home(cell.hash)
    while cells[at].isUsed { at = (at + 1) & mask }
    cells[at] = cell
  }

  @usableFromInline
  mutating func grow() {
    let old = cells
    let oldMask = mask
    mask = mask * 2 + 1
    cells = HashCells.freeCells(mask + 1)
    // From behind a free cell on, so that a run that goes on at the beginning keeps its order.
    var start = 0
    while old[start].isUsed { start += 1 }
    for step in 1...(oldMask + 1) {
      let cell = old + ((start + step) & oldMask)
      if cell.pointee.isUsed { put(cell.pointee) }
    }
    old.deallocate()
  }

  /// Takes the first value under `hash` of which `body` says so, the oldest first.
  @inlinable
  public mutating func remove(_ hash: UInt64, where body: (Value) -> Bool) -> Value? {
    guard let found = place(of: hash, where: body) else { return nil }
    let value = cells[found].value
    var hole = found
    var at = found
    while true {
      at = (at + 1) & mask
      guard cells[at].isUsed else { break }
      let home = home(cells[at].hash)
      // An entry may move into the hole unless its home lies cyclically after the hole.
      if (at &- home) & mask >= (at &- hole) & mask {
        cells[hole] = cells[at]
        hole = at
      }
    }
    cells[hole].isUsed = false
    length -= 1
    return value
  }

  /// Calls `body` with each hash and its value, which it must not change.
  @inlinable
  public func forEach(_ body: (UInt64, Value) -> Void) {
    for at in 0...mask where cells[at].isUsed { body(cells[at].hash, cells[at].value) }
  }
}
