import Journal

/// The rows that the heads of lines belong to, by the heads' numbers.
struct HeadRows: ~Copyable {
  private let width: Int
  private var numbers: UnsafeMutablePointer<Int>?
  private var rows: UnsafeMutablePointer<Int32>?

  init(width: Int) { self.width = width }

  deinit {
    numbers?.deallocate()
    rows?.deallocate()
  }

  @inline(__always)
  func find(_ head: Int) -> UnsafeMutablePointer<Int32>? {
    guard let numbers, let rows else { return nil }
    let slot = head % JournalReader.headLimit
    return numbers[slot] == head ? rows + slot * width : nil
  }

  mutating func keep(_ head: Int, _ row: (Int) -> Int32) {
    if numbers == nil {
      let count = JournalReader.headLimit
      numbers = UnsafeMutablePointer<Int>.allocate(capacity: count)
      numbers?.initialize(repeating: -1, count: count)
      rows = UnsafeMutablePointer<Int32>.allocate(capacity: count * max(width, 1))
      rows?.initialize(repeating: -1, count: count * max(width, 1))
    }
    guard let numbers, let rows else { return }
    let slot = head % JournalReader.headLimit
    numbers[slot] = head
    for index in 0..<width { rows[slot * width + index] = row(index) }
  }
}
