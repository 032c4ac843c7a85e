// Recipients for people.

import Journal
import SMTPTypes

/// Renders a list of recipients as text.
public struct RecipientRenderer: Sendable {
  /// Columns, at least 40.
  public var width: Int
  public var style: Style
  public var zone: DisplayZone

  public init(width: Int = 80, isColoured: Bool = false, zone: DisplayZone = .utc) {
    self.width = max(width, 40)
    style = Style(isColoured: isColoured)
    self.zone = zone
  }

  public func render(_ list: RecipientList, _ rows: [RecipientList.Row]) -> String {
    var out = Output(width: width)
    out.line(
      style.apply(.bold, "softbounce recipients") + "  as of \(Units.minute(list.asOf, zone)) "
        + Units.zone(zone, at: list.asOf))
    let counts = RecipientPolicy.State.allCases.reversed().map { state in
      "\(Units.count(list.counts[Int(state.rawValue)])) \(state)"
    }
    out.wrapped("Of all addresses put off or failed: " + counts.joined(separator: ", "), indent: 2) { $0 }
    if rows.isEmpty {
      out.blank()
      out.line("No address meets the conditions.")
    } else {
      table(list, rows, &out)
    }
    for remark in list.remarks { out.wrapped("Note: " + remark, indent: 6) { style.apply(.dim, $0) } }
    return out.text
  }

  private func table(_ list: RecipientList, _ rows: [RecipientList.Row], _ out: inout Output) {
    var table = TextTable([
      .init("Address", isRight: false), .init("proposal", isRight: false), .init("soft bounces"),
      .init("cause", isRight: false, rank: 1), .init("last", isRight: false, rank: 2),
      .init("last success", isRight: false, rank: 3),
    ])
    for row in rows {
      table.rows.append([
        row.address, row.state.description, Units.count(row.softBounces), row.cause.description,
        (row.lastSoftBounce ?? row.lastScore).map { day($0) } ?? "–", row.lastSuccess.map { day($0) } ?? "–",
      ])
    }
    out.blank()
    let lines = table.lines(width: width, leastFirst: 28)
    out.line(style.apply(.cyan, lines[0]))
    for (row, line) in zip(rows, lines.dropFirst()) {
      out.line(style.apply(RecipientRenderer.tone(row.state), line))
      if let reason = reason(row) { out.wrapped("    " + reason, indent: 4) { style.apply(.dim, $0) } }
    }
    if list.hidden > 0 {
      out.line(style.apply(.dim, "and \(Units.count(list.hidden)) more (--top, or --format csv or json for all)"))
    }
  }

  private static func tone(_ state: RecipientPolicy.State) -> Style.Tone {
    switch state {
    case .healthy: .green
    case .watch, .mailboxFull: .yellow
    case .suppress: .red
    }
  }

  /// The messages that speak against the address.
  private func reason(_ row: RecipientList.Row) -> String? {
    guard row.score > 0 else { return otherFailures(row) }
    guard let last = row.evidence.last else { return nil }
    var text = Units.count(row.score, "failed message")
    if row.score > 1, let first = row.firstScore, let end = row.lastScore {
      text += " in a row, \(day(first)) to \(day(end))"
    } else {
      text += ", \(day(last.time))"
    }
    if row.isUnknown { text += "; the address does not exist" }
    text += ": \(word(last.type)), \(last.cause)"
    if let reply = last.reply { text += ": " + Printable.text(reply, limit: 160) }
    return text
  }

  /// What failed for causes that do not speak against the address.
  private func otherFailures(_ row: RecipientList.Row) -> String? {
    guard row.state == .watch, row.failed > 0, let last = row.lastFailure else { return nil }
    let causes = row.failed > 1 ? "causes that do not count" : "a cause that does not count"
    return "\(Units.count(row.failed, "message")) never arrived, the last on \(day(last)), for \(causes) against it"
  }

  private func word(_ type: EventType) -> String {
    switch type {
    case .expiration: "given up"
    case .remoteBounce: "bounced further on"
    default: "bounced"
    }
  }

  private func day(_ time: Timestamp) -> String {
    let civil = zone.civil(time)
    return "\(civil.year)-\(Units.two(civil.month))-\(Units.two(civil.day))"
  }
}
