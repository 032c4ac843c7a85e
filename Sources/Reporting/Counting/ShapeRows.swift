import Journal

/// The rows that the parts of a digest's shapes belong to, by the parts' numbers.
struct ShapeRows: ~Copyable {
  private struct Tags {
    var start = 0
    /// -1: not met yet.
    var count = -1
  }

  private static var unmet: Int32 { .min }

  /// By table, one after another: a row, or -1 for none, for each value of the part that the table is about.
  private var rows: [Int32] = []
  /// Where each table's begin.
  private var starts: [Int] = []
  private var met: [Tags] = []
  private var tagRows: [Int32] = []

  /// A digest begins, and none of its values has been met.
  ///
  /// - Parameter tables: what each is about.
  mutating func begin(_ counts: ShapeCounts, _ tables: [EventShape.Part]) {
    starts.removeAll(keepingCapacity: true)
    var count = 0
    for part in tables {
      starts.append(count)
      count += counts[part]
    }
    rows.removeAll(keepingCapacity: true)
    rows.append(contentsOf: repeatElement(ShapeRows.unmet, count: count))
    met.removeAll(keepingCapacity: true)
    met.append(contentsOf: repeatElement(Tags(), count: counts[.tags]))
    tagRows.removeAll(keepingCapacity: true)
  }

  /// The row in `table` of the value `number` of its part; `find` tells it when the value is met first.
  @inline(__always)
  mutating func row(_ table: Int, _ number: Int, _ find: () -> Int32) -> Int32 {
    let place = starts[table] + number
    // A key without a row of its own may get one.
    if rows[place] != ShapeRows.unmet, rows[place] != CutNames.other { return rows[place] }
    let row = find()
    rows[place] = row
    return row
  }

  /// The rows of tags; `find` tells them when these are met first.
  mutating func tags(_ number: Int, _ find: () -> [Int32]) -> ArraySlice<Int32> {
    if met[number].count < 0 {
      let rows = find()
      met[number] = Tags(start: tagRows.count, count: rows.count)
      tagRows += rows
    }
    let range = met[number].start..<met[number].start + met[number].count
    if tagRows[range].contains(Int32(CutNames.other)) { tagRows.replaceSubrange(range, with: find()) }
    return tagRows[range]
  }
}
