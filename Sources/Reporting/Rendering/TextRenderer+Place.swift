// The story of a provider or a domain, for people.

import SMTPTypes

extension TextRenderer {
  public func render(_ story: PlaceStory) -> String {
    var out = Output(width: width)
    let report = story.report
    out.line(
      style.apply(.bold, "\(story.kind.rawValue) ") + style.apply(.bold, Printable.text(story.name, limit: 200)))
    if let from = report.period.since ?? report.period.first, let to = report.period.until ?? story.last {
      // Nothing may have been read of a period that goes on.
      let period = to > from ? Units.period(from, to, zone) : "since " + Units.minute(from, zone)
      out.line(style.apply(.dim, "Period  ") + period)
    }
    if !report.inputs.isEmpty {
      out.line(style.apply(.dim, "From    ") + report.inputs.prefix(3).map { Printable.text($0, limit: 200) }.joined(separator: ", "))
    }
    out.blank()
    out.wrapped((story.isPast ? "At end  " : "Now     ") + story.state, indent: 8) { style.apply(.bold, $0) }
    if let episode = story.episode { self.episode(episode, isPast: story.isPast, &out) }
    steps(story, &out)
    guard !report.isEmpty else { return out.text }
    for table in report.tables where table.name == "cause" {
      self.table(table, report.outbound, &out)
      outcomes(table, of: report.cohort.recipients, top: table.rows.count, &out)
    }
    expiries(report, &out)
    for table in report.tables where table.name != "cause" && table.name != story.kind.rawValue {
      guard table.name != "provider" || table.rows.count > 1 else { continue }
      self.table(table, report.outbound, &out)
    }
    for remark in report.remarks { out.wrapped("Note: " + remark, indent: 6) { style.apply(.dim, $0) } }
    return out.text
  }

  private func episode(_ episode: PlaceStory.Episode, isPast: Bool, _ out: inout Output) {
    let goesOn = episode.isGoingOn && !isPast
    var text = (goesOn ? "Since   " : "Trouble ") + Units.minute(episode.began, zone)
    if !goesOn { text += " to " + Units.minute(episode.ended, zone) }
    text += " (\(Units.duration(episode.ended.since(episode.began))))"
    out.wrapped(text, indent: 8) { $0 }
    var trend = "Trend   "
    switch episode.trend {
    case .worse: trend += "getting worse"
    case .better: trend += "getting better"
    case .steady, .unknown: trend += episode.trend.rawValue
    }
    if let first = episode.rateAtFirst, let second = episode.rateLately {
      trend += ": \(Units.percent(first)) of attempts put off in its first half, \(Units.percent(second)) in its second"
    }
    out.wrapped(trend, indent: 8) { $0 }
  }

  private func steps(_ story: PlaceStory, _ out: inout Output) {
    let showsBounced = story.steps.contains { $0.bounced > 0 }
    let showsHeld = story.steps.contains { $0.suspensions > 0 }
    let title: String
    switch story.step {
    case .hours: title = "From"
    case .day: title = "Day"
    case .week: title = "Week from"
    case .month: title = "Month"
    }
    let labels = labels(story)
    var columns: [TextTable.Column] = [
      .init(title, isRight: false), .init("attempts", rank: 3), .init("deferred"), .init("rate"),
    ]
    if showsHeld { columns.append(.init("held back", rank: 5)) }
    columns += [.init("put off", rank: 4), .init("recovered", rank: 1), .init("expired", rank: 1)]
    if showsBounced { columns.append(.init("bounced", rank: 6)) }
    columns += [.init("open"), .init("mostly", isRight: false)]
    var text = TextTable(columns)
    for (step, label) in zip(story.steps, labels) {
      var cells = [
        label, step.attempts.map(Units.count) ?? "–", Units.count(step.deferrals), step.rate.map(Units.percent) ?? "–",
      ]
      func add(_ count: Int) { cells.append(count > 0 ? Units.count(count) : "") }
      if showsHeld { add(step.suspensions) }
      add(step.putOff)
      add(step.recovered)
      add(step.expired)
      if showsBounced { add(step.bounced) }
      add(step.open)
      cells.append(step.mainCause?.description ?? "")
      text.rows.append(cells)
    }
    guard !text.rows.isEmpty else { return }
    out.blank()
    for (index, line) in text.lines(width: width, leastFirst: labels.map(\.count).max() ?? 11).enumerated() {
      out.line(index == 0 ? style.apply(.cyan, line) : style.rate(story.steps[index - 1].rate, line))
    }
  }

  /// When each step begins; what clocks show twice with its difference to UTC.
  private func labels(_ story: PlaceStory) -> [String] {
    let labels = story.steps.map { step in
      let minute = Units.minute(step.start, zone)
      switch story.step {
      case .hours: return String(minute.dropFirst(5))
      case .day, .week: return String(minute.prefix(10))
      case .month: return String(minute.prefix(7))
      }
    }
    return labels.indices.map { index in
      let isTwice = index > 0 && labels[index - 1] == labels[index]
        || index + 1 < labels.count && labels[index + 1] == labels[index]
      guard isTwice else { return labels[index] }
      let offset = Units.zone(zone, at: story.steps[index].start).dropFirst(3)
      return labels[index] + " " + (offset.isEmpty ? "+00:00" : offset)
    }
  }
}
