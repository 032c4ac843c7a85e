/// Times to recover by the row of a table: memory grows with the rows whose recipients recovered, 2 KiB each at most.
struct RecoveryTimes {
  private var sketches: [DurationSketch?] = []

  mutating func insert(_ duration: DurationSketch.Duration, row: Int) {
    guard row >= 0, row < CutNames.limit else { return }
    if row >= sketches.count {
      sketches.append(contentsOf: Array(repeating: nil, count: max(row + 1, sketches.count * 2) - sketches.count))
    }
    if sketches[row] == nil { sketches[row] = DurationSketch(.coarse) }
    sketches[row]?.insert(duration)
  }

  func percentiles(row: Int) -> Report.Percentiles? {
    row < sketches.count ? sketches[row]?.percentiles : nil
  }
}
