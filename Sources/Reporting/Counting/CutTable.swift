import Bytes

/// Rows by key. Row 0 holds what came when the table was full.
final class CutTable {
  let names: CutNames
  /// The numbers of keys that were met here: most look-ups need no lock.
  private var known = ByteTable<Int32>(limit: CutNames.limit + CutNames.lateLimit)
  // Plain memory: a row is changed for each table and event.
  private var cells: UnsafeMutablePointer<CutRow>
  private(set) var capacity = 16

  init(_ names: CutNames) {
    self.names = names
    cells = UnsafeMutablePointer<CutRow>.allocate(capacity: capacity)
    cells.initialize(repeating: CutRow(), count: capacity)
  }

  deinit {
    cells.deinitialize(count: capacity)
    cells.deallocate()
  }

  @inline(__always)
  func row(_ key: ByteView) -> Int {
    if let number = known[key] { return Int(number) }
    return newRow(key)
  }

  @inline(never)
  private func newRow(_ key: ByteView) -> Int {
    let number = row(once: key)
    if number != CutNames.other { _ = known.insert(key, default: Int32(number)) }
    return number
  }

  /// The same for a key that the caller does not look up again: it takes a lock, and no room here.
  func row(once key: ByteView) -> Int {
    let number = names.number(of: key)
    if number >= capacity { grow(to: number + 1) }
    return number
  }

  private func grow(to count: Int) {
    // No more than a full table needs, if `count` is not beyond that; few come late.
    let larger = count > CutNames.limit ? count + 255 : max(min(capacity * 2, CutNames.limit), count)
    let moved = UnsafeMutablePointer<CutRow>.allocate(capacity: larger)
    moved.moveInitialize(from: cells, count: capacity)
    (moved + capacity).initialize(repeating: CutRow(), count: larger - capacity)
    cells.deallocate()
    cells = moved
    capacity = larger
  }

  /// The row with a number that `row` gave.
  @inline(__always)
  subscript(row: Int) -> CutRow {
    get {
      precondition(row >= 0 && row < capacity)
      return cells[row]
    }
    _modify {
      precondition(row >= 0 && row < capacity)
      yield &cells[row]
    }
  }

  /// Counts `count` deferrals whose rows, or -1, stand `stride` apart; `marks` as `Book` has them.
  func addDeferrals(_ count: Int, rows: UnsafePointer<Int32>, stride: Int, marks: UnsafePointer<UInt8>) {
    for index in 0..<count {
      let row = Int(rows[index * stride])
      guard row >= 0 else { continue }
      precondition(row < capacity)
      cells[row].addDeferral(
        Int(marks[index] & ~Book.firstMark), isFirst: marks[index] & Book.firstMark != 0)
    }
  }

  /// Adds the rows of another table with the same names.
  func add(_ other: CutTable) {
    if other.capacity > capacity { grow(to: other.capacity) }
    for row in 0..<other.capacity { cells[row] += other.cells[row] }
  }
}
