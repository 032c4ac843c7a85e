public import Journal

import SMTPTypes

/// A journal's inventory for people.
public struct SurveyText {
  let width: Int
  let style: Style
  let zone: DisplayZone
  /// Segments that are listed, the last ones.
  let segmentLimit: Int
  /// Gaps that are listed, the last ones.
  static let gapLimit = 10

  public init(width: Int, isColoured: Bool, zone: DisplayZone, segmentLimit: Int) {
    self.width = width
    style = Style(isColoured: isColoured)
    self.zone = zone
    self.segmentLimit = segmentLimit
  }

  public func render(_ survey: JournalSurvey) -> String {
    var output = Output(width: width)
    output.wrapped(headline(survey)) { $0 }
    if survey.unfinishedErasures > 0 {
      output.wrapped(
        "\(Units.count(survey.unfinishedErasures, "request")) to forget an address did not finish: run softbounce "
          + "journal forget again with the same address.") { $0 }
    }
    guard !survey.segments.isEmpty else { return output.text }
    types(survey, &output)
    positions(survey, &output)
    gaps(survey, &output)
    segments(survey, &output)
    return output.text
  }

  private func headline(_ survey: JournalSurvey) -> String {
    let place = Printable.text(survey.directory, limit: 200)
    guard !survey.segments.isEmpty else { return "\(place) holds no segments." }
    let sealed = survey.segments.count { $0.isSealed }
    var text = "\(place): \(Units.count(survey.segments.count, "segment")) (\(Units.count(sealed)) sealed)"
    text += ", \(Units.count(survey.lines, "line"))"
    if let earliest = survey.earliest, let latest = survey.latest {
      text += ", \(Units.minute(earliest, zone)) to \(Units.minute(latest, zone)) \(Units.zone(zone, at: latest))"
    }
    text += ". \(Units.size(survey.bytes)) of lines in \(Units.size(survey.stored)) of files"
    return text + "\(SurveyText.ratio(survey.bytes, survey.stored).map { " (\($0))" } ?? "")."
  }

  private func types(_ survey: JournalSurvey, _ output: inout Output) {
    var table = TextTable([TextTable.Column("Events", isRight: false), TextTable.Column("lines")])
    for type in EventType.allCases {
      guard let count = survey.events[type], count > 0 else { continue }
      table.rows.append([type.description, Units.count(count)])
    }
    let others = survey.lines - survey.events.values.reduce(0, +)
    table.rows.append(["tallies, positions", Units.count(others)])
    print(table, &output)
  }

  private func positions(_ survey: JournalSurvey, _ output: inout Output) {
    guard !survey.positions.isEmpty else { return }
    var table = TextTable([
      TextTable.Column("Read so far", isRight: false), TextTable.Column("host", isRight: false, rank: 1),
      TextTable.Column("up to"), TextTable.Column("at"),
    ])
    for position in survey.positions {
      let checkpoint = position.checkpoint
      let name = checkpoint.path.isEmpty ? checkpoint.source.description : checkpoint.path
      table.rows.append([
        Printable.text(name), Printable.text(checkpoint.host, limit: 40),
        checkpoint.cursor == nil ? "byte \(Units.count(checkpoint.offset))" : "a cursor",
        Units.minute(checkpoint.time, zone),
      ])
    }
    print(table, &output)
  }

  private func gaps(_ survey: JournalSurvey, _ output: inout Output) {
    guard survey.gapCount > 0 else { return }
    output.section("Gaps (\(Units.count(survey.gapCount)))", style)
    let shown = survey.gaps.suffix(SurveyText.gapLimit)
    if survey.gapCount > shown.count {
      output.line("the last \(shown.count); softbounce events --type gap shows all")
    }
    for gap in shown {
      let text = "\(Units.minute(gap.time, zone))  \(Printable.text(gap.note, limit: 300))"
      output.wrapped(text, indent: 18) { $0 }
    }
  }

  private func segments(_ survey: JournalSurvey, _ output: inout Output) {
    var table = TextTable([
      TextTable.Column("Segment", isRight: false), TextTable.Column("from", rank: 2), TextTable.Column("to", rank: 1),
      TextTable.Column("lines"), TextTable.Column("events", rank: 3), TextTable.Column("file"),
      TextTable.Column("ratio", rank: 4),
    ])
    for segment in survey.segments.suffix(segmentLimit) {
      // The name without .jsonl or .jsonl.zst.
      let name = segment.file.split(separator: "/").last.map { String($0.prefix { $0 != "." }) } ?? segment.file
      table.rows.append([
        Printable.text(name), segment.earliest.map { Units.minute($0, zone) } ?? "",
        segment.latest.map { Units.minute($0, zone) } ?? "", Units.count(segment.lines), Units.count(segment.events),
        Units.size(segment.stored), segment.isSealed ? SurveyText.ratio(segment.bytes, segment.stored) ?? "" : "plain",
      ])
    }
    print(table, &output, leastFirst: 37)
    if survey.segments.count > segmentLimit {
      output.line("… the last \(segmentLimit) of \(Units.count(survey.segments.count)); --all shows all")
    }
  }

  private func print(_ table: TextTable, _ output: inout Output, leastFirst: Int = 20) {
    output.blank()
    for (index, line) in table.lines(width: width, leastFirst: leastFirst).enumerated() {
      output.line(index == 0 ? style.apply(.bold, line) : line)
    }
  }

  /// `13.2 : 1`
  private static func ratio(_ bytes: Int, _ stored: Int) -> String? {
    guard stored > 0, bytes > 0 else { return nil }
    let tenths = Int((Double(bytes) / Double(stored) * 10).rounded())
    return "\(tenths / 10).\(tenths % 10) : 1"
  }
}
