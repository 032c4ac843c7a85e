// How recipients that were put off ended, by cause and by provider, and what was given up.

import SMTPTypes

extension TextRenderer {
  /// The ends of a table's recipients, `total` in all: `top` rows at most, most recipients first.
  func outcomes(_ table: Report.Table, of total: Int, top: Int, margin: String = "", _ out: inout Output) {
    guard table.hasOutcomes else { return }
    let rows = table.rows.filter { $0.recipients > 0 }.sorted { ($1.recipients, $0.key) < ($0.recipients, $1.key) }
    let isDeleted = rows.contains { $0.deleted > 0 }
    let isBounced = rows.contains { $0.bounced > 0 }
    let isExpired = rows.contains { $0.expired > 0 }
    var columns: [TextTable.Column] = [
      .init(table.name == "cause" ? "First cause" : title(table.name), isRight: false), .init("put off"),
      .init("recovered"), .init("p50"), .init("p90", rank: 1), .init("p99", rank: 2),
    ]
    if isExpired { columns.append(.init("expired", rank: 3)) }
    if isBounced { columns.append(.init("bounced", rank: 4)) }
    if isDeleted { columns.append(.init("deleted", rank: 5)) }
    columns.append(.init("open"))
    var text = TextTable(columns)
    for row in rows.prefix(top) {
      var cells = [name(row.key), Units.count(row.recipients), row.recoveryRate.map(Units.percent) ?? "–"]
      cells += [\.median, \.p90, \.p99].map { Units.brief(row.times, $0) }
      if isExpired { cells.append(row.expired > 0 ? Units.count(row.expired) : "") }
      if isBounced { cells.append(row.bounced > 0 ? Units.count(row.bounced) : "") }
      if isDeleted { cells.append(row.deleted > 0 ? Units.count(row.deleted) : "") }
      cells.append(row.open > 0 ? Units.count(row.open) : "")
      text.rows.append(cells)
    }
    out.blank()
    for (index, line) in text.lines(width: width - margin.count, leastFirst: 14).enumerated() {
      out.line(margin + (index == 0 ? style.apply(.cyan, line) : line))
    }
    let rest = total - rows.prefix(top).reduce(0) { $0 + $1.recipients }
    guard rest > 0 else { return }
    // Among the rows that the report left out, those with recipients are not known.
    let others = table.hiddenRows == 0 && rows.count > top ? "\(Units.count(rows.count - top)) more" : "others"
    out.line(style.apply(.dim, "\(margin)and \(others) with \(Units.count(rest))"))
  }

  /// What the queue gave up within the period.
  func expiries(_ report: Report, margin: String = "", _ out: inout Output) {
    guard !report.expiries.isEmpty else { return }
    let sum = report.expiries.reduce(0) { $0 + $1.recipients }
    var columns: [TextTable.Column] = [
      .init("Given up, last cause", isRight: false), .init("recipients"), .init("share"),
    ]
    if !report.isQuick { columns.append(.init("tried for", rank: 2)) }
    columns.append(.init("mostly at", isRight: false, rank: 1))
    var text = TextTable(columns)
    for expiry in report.expiries {
      var place = ""
      if let provider = expiry.mainProvider {
        place = Printable.text(provider, limit: 30)
        if expiry.mainProviderCount < expiry.recipients {
          place += " " + Units.percent(expiry.mainProviderCount, of: expiry.recipients)
        }
      }
      var cells = [
        expiry.cause.description, Units.count(expiry.recipients), Units.percent(expiry.recipients, of: sum),
      ]
      if !report.isQuick { cells.append(Units.brief(expiry.times, \.median)) }
      text.rows.append(cells + [place])
    }
    out.blank()
    for (index, line) in text.lines(width: width - margin.count).enumerated() {
      out.line(margin + (index == 0 ? style.apply(.cyan, line) : line))
    }
  }
}
