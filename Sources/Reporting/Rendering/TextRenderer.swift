// A report for people: what is wrong in one sentence, then the figures, widest questions first.

import SMTPTypes

/// Renders a report as text for a terminal or a mail.
public struct TextRenderer: Sendable {
  /// Columns, at least 40.
  public var width: Int
  public var style: Style
  /// Block characters for bars; else ASCII.
  public var isUnicode: Bool
  /// The zone in which times are shown.
  public var zone: DisplayZone

  public init(width: Int = 80, isColoured: Bool = false, isUnicode: Bool = true, zone: DisplayZone = .utc) {
    self.width = max(width, 40)
    style = Style(isColoured: isColoured)
    self.isUnicode = isUnicode
    self.zone = zone
  }

  var bars: Bars { Bars(isUnicode: isUnicode) }

  /// The report's lines, each ended by a newline.
  public func render(_ report: Report) -> String {
    var out = Output(width: width)
    header(report, &out)
    out.blank()
    out.wrapped(Headline.text(report)) { style.apply(.bold, $0) }
    notices(report, &out)
    if let compared = report.comparison { comparison(compared, top: report.isOneCut ? 1000 : 8, &out) }
    guard !report.isEmpty else {
      remarks(report, &out)
      return out.text
    }
    if report.isOneCut {
      cuts(report, &out)
      remarks(report, &out)
      return out.text
    }
    if report.reach.outbound, !report.outbound.isEmpty {
      totals(report, &out)
      cohort(report, &out)
      for table in report.tables where table.name == "cause" || table.name == "provider" {
        outcomes(table, of: report.cohort.recipients, top: 5, margin: "  ", &out)
      }
      expiries(report, margin: "  ", &out)
      if report.reach.deferrals { hours(report, &out) }
      for table in report.tables { self.table(table, report.outbound, &out) }
    }
    for queue in report.queues { self.queue(queue, of: report, &out) }
    own(report, &out)
    rejections(report, &out)
    unknown(report, &out)
    other(report, &out)
    advice(report, &out)
    remarks(report, &out)
    return out.text
  }

  // MARK: - Sections

  private func header(_ report: Report, _ out: inout Output) {
    var hosts = report.hosts.prefix(4).map { Printable.text($0, limit: 60) }.joined(separator: ", ")
    if report.hosts.count > 4 { hosts += " and \(report.hosts.count - 4) more" }
    out.line(style.apply(.bold, "softbounce report") + (hosts.isEmpty ? "" : "  " + hosts))
    out.line(style.apply(.dim, "Period  ") + period(report.period))
    if !report.inputs.isEmpty {
      var names = report.inputs.prefix(3).map { Printable.text($0, limit: max(width - 20, 20)) }.joined(separator: ", ")
      if report.inputs.count > 3 { names += " and \(report.inputs.count - 3) more" }
      out.line(style.apply(.dim, "From    ") + names)
    }
    if !report.conditions.isEmpty {
      let text = report.conditions.map { Printable.text($0, limit: 60) }.joined(separator: ", ")
      out.line(style.apply(.dim, "Where   ") + text)
    }
  }

  /// The tables that `--by` asked for, and nothing else.
  private func cuts(_ report: Report, _ out: inout Output) {
    for table in report.tables {
      self.table(table, report.outbound, &out)
      guard table.name == "cause" || table.name == "provider" else { continue }
      outcomes(table, of: report.cohort.recipients, top: table.rows.count, &out)
      if table.name == "cause" { expiries(report, &out) }
    }
    if !report.internalTables.isEmpty {
      out.section("To our own mailboxes and programs", style)
      for table in report.internalTables { self.table(table, report.internal, &out, isNested: true) }
    }
    if !report.inboundTables.isEmpty {
      out.section("Turned away by our own server with a 4xx", style)
      var whole = Report.Traffic()
      whole.deferrals = report.inbound.total
      for table in report.inboundTables { self.table(table, whole, &out, isNested: true, counted: "rejected") }
    }
    if report.tables.isEmpty, report.internalTables.isEmpty, report.inboundTables.isEmpty {
      out.blank()
      out.line("No event has a value for that cut.")
    }
  }

  private func period(_ period: Report.Period) -> String {
    guard let from = period.since ?? period.first, let to = period.until ?? period.last else { return "nothing seen" }
    let length = to.since(from)
    return Units.period(from, to, zone)
      + (length >= 60 ? " (\(Units.duration(length)))" : "")
  }

  private func notices(_ report: Report, _ out: inout Output) {
    for alert in report.alerts.suffix(3) {
      let isOver = alert.state == "cleared"
      let text = Printable.text(alert.text, limit: 300)
      out.wrapped("\(isOver ? "Clear" : "Alert")  \(Units.minute(alert.time, zone))  \(text)", indent: 7) {
        style.apply(isOver ? .green : .red, $0)
      }
    }
    if report.alertCount > min(report.alerts.count, 3) {
      let others = report.alertCount - min(report.alerts.count, 3)
      out.line(more(others, "alert", isEarlier: !report.alerts.isEmpty) + " (softbounce events --type alert)")
    }
    for gap in report.gaps.suffix(3) {
      let missing = gap.count.map { " (\(Units.count($0)) missing)" } ?? ""
      out.wrapped(
        "Gap    \(Units.minute(gap.time, zone))  \(Printable.text(gap.text, limit: 300))\(missing)", indent: 7
      ) {
        style.apply(.yellow, $0)
      }
    }
    if report.gapCount > min(report.gaps.count, 3) {
      let others = report.gapCount - min(report.gaps.count, 3)
      out.line(more(others, "gap", isEarlier: !report.gaps.isEmpty) + " (softbounce events --type gap)")
    }
  }

  private func more(_ count: Int, _ kind: String, isEarlier: Bool) -> String {
    "       \(count) " + (isEarlier ? "earlier " : "") + kind + (isEarlier || count != 1 ? "s" : "")
  }

  private func totals(_ report: Report, _ out: inout Output) {
    let traffic = report.outbound
    out.section("To other servers", style)
    var table = TextTable([.init("", isRight: false), .init(""), .init("", isRight: false)])
    if let attempts = traffic.attempts {
      table.rows.append(["attempts", Units.count(attempts), ""])
    }
    let share = traffic.deferralRate.map { Units.percent($0) + " of attempts" } ?? ""
    if report.reach.deferrals { table.rows.append(["deferred", Units.count(traffic.deferrals), share]) }
    if let first = traffic.firstAttempts, let deferred = traffic.firstDeferrals, let rate = traffic.firstDeferralRate {
      table.rows.append([
        "first attempts deferred", Units.count(deferred),
        "\(Units.percent(rate)) of \(Units.count(first, "first attempt"))",
      ])
    } else if let deferred = traffic.firstDeferrals, deferred > 0 {
      table.rows.append(["first attempts deferred", Units.count(deferred), ""])
    }
    if let deliveries = traffic.deliveries { table.rows.append(["delivered", Units.count(deliveries), ""]) }
    if traffic.bounces > 0 { table.rows.append(["bounced", Units.count(traffic.bounces), ""]) }
    if traffic.expirations > 0 {
      table.rows.append(["given up (expired)", Units.count(traffic.expirations), "recipients"])
    }
    if let suspensions = traffic.suspensions, suspensions > 0 {
      table.rows.append(["held back untried", Units.count(suspensions), "by the queue manager; no attempts"])
    }
    if !report.isQuick, report.reach.deferrals {
      table.rows.append(["messages put off", estimate(report.messagesHit), ""])
      table.rows.append(["recipients put off", estimate(report.recipientsHit), "different addresses"])
    }
    for line in table.lines(width: width - 2, leastFirst: 24).dropFirst() {
      let rate = line.hasPrefix("deferred ") ? traffic.deferralRate : nil
      out.wrapped("  " + line, indent: 6) { style.rate(rate, $0) }
    }
  }

  private func estimate(_ value: Report.Estimate) -> String {
    (value.isExact ? "" : "about ") + Units.count(value.count)
  }

  private func cohort(_ report: Report, _ out: inout Output) {
    let cohort = report.cohort
    if cohort.recipients > 0 {
      out.section("First put off in this period: \(Units.count(cohort.recipients, "recipient"))", style)
      var table = TextTable([.init("", isRight: false), .init(""), .init(""), .init("", isRight: false)])
      func row(_ name: String, _ count: Int, _ text: String = "") {
        table.rows.append([name, Units.count(count), Units.percent(count, of: cohort.recipients), text])
      }
      var times = ""
      if let found = cohort.times {
        times = "median \(Units.full(found, \.median)), p90 \(Units.full(found, \.p90))"
        times += cohort.open > 0 ? "; \(Units.count(cohort.open)) still open" : ""
      }
      row("recovered", cohort.recovered, times)
      if cohort.expired > 0 { row("expired", cohort.expired) }
      if cohort.bounced > 0 { row("bounced", cohort.bounced) }
      if cohort.deleted > 0 { row("left the queue unseen or deleted", cohort.deleted) }
      row("still open", cohort.open)
      for line in table.lines(width: width - 2, leastFirst: 34).dropFirst() {
        out.wrapped("  " + line, indent: 6) { $0 }
      }
    }
    if cohort.earlier > 0 {
      out.wrapped(
        "  \(Units.count(cohort.earlier, "more recipient")) had been put off before; not in these figures.", indent: 2
      ) { $0 }
    }
    if report.recoveries.count > 0, report.recoveries.count != cohort.recovered {
      var text = "  Recoveries in this period, whenever put off: \(Units.count(report.recoveries.count))"
      if let times = report.recoveries.times { text += ", median \(Units.full(times, \.median))" }
      out.wrapped(text, indent: 2) { $0 }
    }
  }

  private func own(_ report: Report, _ out: inout Output) {
    let traffic = report.internal
    guard traffic.deferrals + traffic.expirations + (traffic.suspensions ?? 0) + traffic.bounces > 0 else { return }
    var title = "To our own mailboxes and programs"
    if report.reach.deferrals { title += ": \(Units.count(traffic.deferrals)) deferred" }
    if let attempts = traffic.attempts, attempts > 0 {
      title += " of \(Units.count(attempts))"
      if let rate = traffic.deferralRate { title += " (\(Units.percent(rate)))" }
    }
    if traffic.bounces > 0 { title += ", \(Units.count(traffic.bounces)) bounced" }
    if traffic.expirations > 0 { title += ", \(Units.count(traffic.expirations)) given up" }
    out.section(title, style)
    for table in report.internalTables { self.table(table, traffic, &out, isNested: true) }
  }

  private func rejections(_ report: Report, _ out: inout Output) {
    guard report.inbound.total > 0 else { return }
    var title = "Turned away by our own server with a 4xx: \(Units.count(report.inbound.total))"
    if report.inbound.tallied > 0 { title += " (\(Units.count(report.inbound.tallied)) only counted)" }
    out.section(title, style)
    var whole = Report.Traffic()
    whole.deferrals = report.inbound.total
    for table in report.inboundTables { self.table(table, whole, &out, isNested: true, counted: "rejected") }
  }

  private func other(_ report: Report, _ out: inout Output) {
    var lines: [String] = []
    if report.delayNotices + report.remoteBounces > 0 {
      var text =
        "Servers further on reported \(Units.count(report.delayNotices, "delay")) and "
        + "\(Units.count(report.remoteBounces, "failure")) in DSNs"
      if report.unmatchedNotices > 0 { text += "; \(Units.count(report.unmatchedNotices)) match no message of ours" }
      lines.append(text + ".")
    }
    if report.unloggedDeferrals > 0 {
      let causes = report.unloggedCauses.map { "\(Units.count($0.count)) \($0.cause)" }.joined(separator: ", ")
      lines.append(
        "\(Units.count(report.unloggedDeferrals, "deferral")) known from the queue or a milter alone (\(causes)); in no table, "
          + "because not counted as attempts.")
    }
    if !report.trouble.isEmpty {
      let kinds = report.trouble.prefix(8).map { "\(Units.count($0.lines)) \(Printable.text($0.kind, limit: 40))" }
      lines.append("The log announced trouble without naming a recipient: \(kinds.joined(separator: ", ")).")
    }
    if report.unknownLines > 0 {
      lines.append(
        "\(Units.count(report.unknownLines)) of \(Units.count(report.lines, "log line")) had a shape that no parser knows."
      )
    }
    guard !lines.isEmpty else { return }
    out.blank()
    for line in lines { out.wrapped(line) { $0 } }
  }

  private func advice(_ report: Report, _ out: inout Output) {
    let causes = Advisory.lines(report)
    guard !causes.isEmpty else { return }
    out.section("What to do", style)
    for advice in causes {
      out.wrapped("  \(advice.cause) (to act: \(advice.actor)): \(Printable.text(advice.hint))", indent: 4) { $0 }
      if let page = advice.documentation { out.line("    " + Printable.text(page, limit: 200)) }
    }
  }

  private func remarks(_ report: Report, _ out: inout Output) {
    guard !report.remarks.isEmpty else { return }
    out.blank()
    for remark in report.remarks { out.wrapped("Note: " + remark, indent: 6) { style.apply(.dim, $0) } }
  }
}
