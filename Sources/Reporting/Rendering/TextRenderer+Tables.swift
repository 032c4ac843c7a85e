// The tables and the hours of a report for people.

import SMTPTypes

extension TextRenderer {
  /// One cut. `counted` names what its rows count.
  func table(
    _ table: Report.Table, _ traffic: Report.Traffic, _ out: inout Output, isNested: Bool = false,
    counted: String = "deferred"
  ) {
    if table.name == "reply" {
      replies(table, traffic, &out, margin: isNested ? "  " : "", counted: counted)
      return
    }
    let showsAttempts = table.rows.contains { $0.attempts != nil }
    let showsRates = table.hasRates
    let showsCause = table.name != "cause" && table.rows.contains { $0.mainCause != nil && $0.deferrals > 0 }
    let showsExpired = table.rows.contains { $0.expirations > 0 }
    let showsSuspended = table.rows.contains { $0.suspensions > 0 }
    var columns: [TextTable.Column] = [.init(title(table.name), isRight: false), .init(counted)]
    if showsAttempts { columns.append(.init("attempts", rank: 2)) }
    columns.append(showsRates ? .init("rate") : .init("share"))
    if showsRates, !showsAttempts { columns.append(.init("share", rank: 3)) }
    if showsSuspended { columns.append(.init("held back", rank: 5)) }
    if showsExpired { columns.append(.init("expired", rank: 4)) }
    if table.hasOutcomes { columns.append(.init("still open", rank: 3)) }
    if showsCause { columns.append(.init("mostly", isRight: false, rank: 1)) }
    var text = TextTable(columns)
    for row in table.rows {
      let share = Units.percent(row.deferrals, of: traffic.deferrals)
      var cells = [name(row.key), Units.count(row.deferrals)]
      if showsAttempts { cells.append(row.attempts.map(Units.count) ?? "–") }
      cells.append(showsRates ? row.rate.map(Units.percent) ?? "–" : share)
      if showsRates, !showsAttempts { cells.append(share) }
      if showsSuspended { cells.append(row.suspensions > 0 ? Units.count(row.suspensions) : "") }
      if showsExpired { cells.append(row.expirations > 0 ? Units.count(row.expirations) : "") }
      if table.hasOutcomes { cells.append(row.open > 0 ? Units.count(row.open) : "") }
      if showsCause { cells.append(mainCause(row)) }
      text.rows.append(cells)
    }
    out.blank()
    let margin = isNested ? "  " : ""
    for (index, line) in text.lines(width: width - margin.count).enumerated() {
      out.line(margin + (index == 0 ? style.apply(.cyan, line) : style.rate(table.rows[index - 1].rate, line)))
    }
    hidden(table, margin, &out)
  }

  private func hidden(_ table: Report.Table, _ margin: String, _ out: inout Output) {
    guard table.hiddenRows > 0 else { return }
    let more = "\(margin)and \(Units.count(table.hiddenRows)) more with \(Units.count(table.hiddenDeferrals))"
    out.line(style.apply(.dim, more))
  }

  /// Replies need the whole line: figures first, then the text, broken where it must.
  private func replies(
    _ table: Report.Table, _ traffic: Report.Traffic, _ out: inout Output, margin: String, counted: String
  ) {
    let digits = max(Columns.width(counted), table.rows.map { Units.count($0.deferrals).count }.max() ?? 0)
    out.blank()
    let title = Columns.padded(counted, digits, right: true) + "   share  " + self.title(table.name)
    out.line(margin + style.apply(.cyan, title))
    for row in table.rows {
      let share = Columns.padded(Units.percent(row.deferrals, of: traffic.deferrals), 6, right: true)
      let figures = margin + Columns.padded(Units.count(row.deferrals), digits, right: true) + "  " + share + "  "
      let cause = row.mainCause.map { "(\($0)) " } ?? ""
      out.wrapped(figures + cause + name(row.key), indent: Columns.width(figures)) { $0 }
    }
    hidden(table, margin, &out)
  }

  private func mainCause(_ row: Report.Row) -> String {
    guard let cause = row.mainCause, row.deferrals > 0 else { return "" }
    let isAll = row.mainCauseCount >= row.deferrals
    return isAll ? cause.description : "\(cause) \(Units.percent(row.mainCauseCount, of: row.deferrals))"
  }

  func name(_ key: String) -> String {
    if key == "~other" { return "(others)" }
    return key.isEmpty ? "(empty)" : Printable.text(key, limit: 400)
  }

  func title(_ name: String) -> String {
    switch name {
    case "reply": "Top replies"
    case "sender-domain": "Sender domain"
    case "reply-code": "Reply code"
    default:
      name.hasPrefix("tag.") ? "Tag " + Printable.text(String(name.dropFirst(4)), limit: 40) : name.capitalizedFirst
    }
  }

  // MARK: - Hours

  /// Attempts, deferrals and rate as one line of bars each, with the hours below.
  func hours(_ report: Report, _ out: inout Output) {
    guard let chart = HourChart(report, zone: zone, room: width - 24) else { return }
    var attempts = Array(repeating: 0, count: chart.columns)
    var deferrals = attempts
    var knowsAttempts = false
    for hour in report.hours {
      let index = chart.column(of: hour.start)
      attempts[index] += hour.attempts ?? 0
      deferrals[index] += hour.deferrals
      if hour.attempts != nil { knowsAttempts = true }
    }
    out.section(chart.title, style)
    if knowsAttempts {
      hourLine("attempts", attempts.map(Double.init), "most " + Units.count(attempts.max() ?? 0), &out)
    }
    hourLine("deferred", deferrals.map(Double.init), "most " + Units.count(deferrals.max() ?? 0), &out)
    if knowsAttempts {
      let rates = zip(deferrals, attempts).map { $1 > 0 ? Double($0) / Double($1) : nil }
      hourLine("rate", rates, "most " + Units.percent(rates.compactMap { $0 }.max() ?? 0), &out)
    }
    out.line("  " + Columns.padded("", 9) + chart.axis)
  }

  private func hourLine(_ name: String, _ values: [Double?], _ most: String, _ out: inout Output) {
    out.line("  " + Columns.padded(name, 9) + bars.line(values) + "  " + style.apply(.dim, most))
  }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
