/// A table in columns: the first flexible and left, the others as wide as they need and right.
struct TextTable {
  struct Column {
    var title: String
    var isRight: Bool
    /// Left out first when the width does not suffice; 0 is never left out.
    var rank: Int

    init(_ title: String, isRight: Bool = true, rank: Int = 0) {
      self.title = title
      self.isRight = isRight
      self.rank = rank
    }
  }

  var columns: [Column]
  /// Cells that are safe to show; as many as columns.
  var rows: [[String]] = []

  init(_ columns: [Column]) { self.columns = columns }

  /// The lines, title line first, none wider than `width` where the columns of rank 0 allow it.
  func lines(width: Int, leastFirst: Int = 20) -> [String] {
    var shown = Array(columns.indices)
    var widths = columns.indices.map { index in
      rows.reduce(Columns.width(columns[index].title)) { max($0, Columns.width($1[index])) }
    }
    func needed() -> Int {
      shown.dropFirst().reduce(min(widths[0], max(leastFirst, Columns.width(columns[0].title)))) { $0 + 2 + widths[$1] }
    }
    while needed() > width,
      let victim = shown.filter({ columns[$0].rank > 0 }).max(by: {
        (columns[$0].rank, $0) < (columns[$1].rank, $1)
      })
    {
      shown.removeAll { $0 == victim }
    }
    let others = shown.dropFirst().reduce(0) { $0 + 2 + widths[$1] }
    widths[0] = min(widths[0], max(width - others, leastFirst))
    return [line(columns.map(\.title), shown, widths)] + rows.map { line($0, shown, widths) }
  }

  private func line(_ cells: [String], _ shown: [Int], _ widths: [Int]) -> String {
    var text = ""
    for (place, index) in shown.enumerated() {
      if place > 0 { text += "  " }
      let cell = index == 0 ? Printable.text(cells[0], limit: widths[0]) : cells[index]
      text += Columns.padded(cell, widths[index], right: columns[index].isRight)
    }
    while text.last == " " { text.removeLast() }
    return text
  }
}
