// Two periods side by side, for people.

extension TextRenderer {
  func comparison(_ comparison: Comparison, top: Int, _ out: inout Output) {
    let held = comparison.countsHeldBack
    out.section(
      "Compared with \(Units.period(comparison.since, comparison.until, zone)), first attempts put off"
        + (held ? " or held back" : ""), style)
    let (before, now) = comparison.lengths
    if before != now {
      out.wrapped(
        "  That period has \(Units.duration(before)), this one \(Units.duration(now)): clocks were changed.", indent: 2
      ) { style.apply(.dim, $0) }
    }
    if let from = comparison.dataFrom {
      let part = from < comparison.until ? "a part of that period" : "that period"
      out.wrapped(
        "  No data before \(Units.minute(from, zone)): \(part) can't be compared, so nothing is called new or risen.",
        indent: 2
      ) { style.apply(.yellow, $0) }
      // Nothing stands beside these figures.
      guard from < comparison.until else { return }
    }
    table("All", [comparison.total], top: 1, &out)
    table("Cause", comparison.causes, top: top, &out)
    table("Provider", comparison.providers, top: top, &out)
    if held {
      let (before, now) = (comparison.total.heldBefore, comparison.total.heldNow)
      out.wrapped(
        "  With recipients that the queue manager held back without a first attempt: \(Units.count(before)) before, "
          + "\(Units.count(now)) now.", indent: 2
      ) { style.apply(.dim, $0) }
    }
    guard comparison.dataFrom == nil else { return }
    out.wrapped(
      "  Clear at 1% (\(test(comparison)), corrected for the number of rows), and never for fewer than "
        + "\(Comparison.least).", indent: 2
    ) { style.apply(.dim, $0) }
    guard comparison.uses(.equalCounts) else { return }
    out.wrapped(
      "  Where there is no rate, first attempts are none or unknown: volume is not taken into account, and more mail alone "
        + "gives more.", indent: 2
    ) { style.apply(.dim, $0) }
  }

  private func test(_ comparison: Comparison) -> String {
    switch (comparison.uses(.fisher), comparison.uses(.equalCounts)) {
    case (true, true): "Fisher's exact test; where there is no rate, the exact binomial test on counts alone"
    case (false, true): "the exact binomial test on counts alone"
    case (_, false): "Fisher's exact test"
    }
  }

  private func table(_ title: String, _ rows: [Comparison.Row], top: Int, _ out: inout Output) {
    guard !rows.isEmpty else { return }
    var text = TextTable([
      .init(title, isRight: false), .init("before"), .init("rate", rank: 2), .init("now"), .init("rate", rank: 1),
      .init("times", rank: 3), .init("", isRight: false),
    ])
    for row in rows.prefix(top) {
      text.rows.append([
        name(row.key), Units.count(row.before), row.rateBefore.map(Units.percent) ?? "–", Units.count(row.now),
        row.rateNow.map(Units.percent) ?? "–", row.ratio.map(TextRenderer.times) ?? "–", row.verdict.rawValue,
      ])
    }
    out.blank()
    for (index, line) in text.lines(width: width - 2, leastFirst: 16).enumerated() {
      if index == 0 {
        out.line("  " + style.apply(.cyan, line))
      } else {
        out.line("  " + (TextRenderer.tone(rows[index - 1].verdict).map { style.apply($0, line) } ?? line))
      }
    }
    if rows.count > top { out.line(style.apply(.dim, "  and \(Units.count(rows.count - top)) more")) }
  }

  /// `0.4`, `7.1`, `120`
  static func times(_ ratio: Double) -> String {
    if ratio >= 100 { return Units.count(Int(min(ratio, 1e9).rounded())) }
    let tenths = Int((ratio * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  private static func tone(_ verdict: Comparison.Verdict) -> Style.Tone? {
    switch verdict {
    case .rose, .new: .red
    case .fell, .gone: .green
    case .unclear, .few, .unknown: nil
    }
  }
}
