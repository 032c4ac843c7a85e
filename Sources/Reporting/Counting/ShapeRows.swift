/// The rows that the shapes of a digest belong to, by the shapes' numbers.
struct ShapeRows: ~Copyable {
  private struct Tags {
    var start = 0
    /// -1: the shape was not met yet.
    var count = -1
  }

  private var width = 0
  private var rows: UnsafeMutablePointer<Int32>?
  private var capacity = 0
  private var met: [Tags] = []
  private var tagRows: [Int32] = []

  deinit { rows?.deallocate() }

  /// `count` shapes, none of which has been met.
  mutating func begin(_ count: Int, width: Int) {
    self.width = width
    met.removeAll(keepingCapacity: true)
    met.append(contentsOf: repeatElement(Tags(), count: count))
    tagRows.removeAll(keepingCapacity: true)
  }

  @inline(__always)
  func find(_ shape: Int) -> UnsafeMutablePointer<Int32>? {
    guard let rows, met[shape].count >= 0 else { return nil }
    return rows + shape * width
  }

  @inline(__always)
  func tags(_ shape: Int) -> ArraySlice<Int32> {
    let tags = met[shape]
    return tagRows[tags.start..<tags.start + tags.count]
  }

  mutating func keep(_ shape: Int, _ located: UnsafeMutablePointer<Int32>, _ tags: [Int32]) {
    if met.count * width > capacity {
      // No row has been kept of these shapes yet, or there would be room.
      rows?.deallocate()
      capacity = met.count * width
      rows = UnsafeMutablePointer<Int32>.allocate(capacity: capacity)
    }
    guard let rows else { return }
    (rows + shape * width).update(from: located, count: width)
    met[shape] = Tags(start: tagRows.count, count: tags.count)
    tagRows += tags
  }
}
