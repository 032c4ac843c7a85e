import SMTPTypes

/// How the hours of a report share the columns of a chart: as many hours a column as make the whole fit.
struct HourChart {
  let zone: DisplayZone
  /// Hours of a column; from 24 on days of the calendar, and from 168 on such that a week begins on Monday.
  let step: Int
  private let first: Timestamp
  private let firstDay: Int
  let columns: Int

  private static let steps = [1, 2, 3, 4, 6, 8, 12, 24, 48, 72, 168, 336, 720, 2160, 8760]

  /// nil where there is nothing to tell apart, or no room.
  init?(_ report: Report, zone: DisplayZone, room: Int) {
    guard let first = report.hours.first?.start, let last = report.hours.last?.start, first < last else { return nil }
    // Hours of UTC do not make days of clocks that are half an hour off.
    let zone = report.isQuick && zone.offset(at: first) % 3600 != 0 ? DisplayZone.utc : zone
    for step in HourChart.steps {
      let chart = HourChart(zone: zone, step: step, first, last)
      if chart.columns <= room {
        self = chart
        return
      }
    }
    return nil
  }

  private init(zone: DisplayZone, step: Int, _ first: Timestamp, _ last: Timestamp) {
    self.zone = zone
    self.step = step
    self.first = first
    let day = zone.day(of: first)
    // 1970-01-01 was a Thursday.
    firstDay = step % 168 == 0 ? floorDivided(day + 3, by: 7) * 7 - 3 : day
    columns = HourChart.column(last, zone, step, first, firstDay) + 1
  }

  private static func column(
    _ time: Timestamp, _ zone: DisplayZone, _ step: Int, _ first: Timestamp, _ firstDay: Int
  ) -> Int {
    step >= 24 ? (zone.day(of: time) - firstDay) / (step / 24) : Int((time.seconds - first.seconds) / 3600) / step
  }

  /// The column of an hour that begins at `time`.
  func column(of time: Timestamp) -> Int { HourChart.column(time, zone, step, first, firstDay) }

  var title: String {
    let unit: String
    switch step {
    case 1: unit = "Hours"
    case ..<24: unit = "\(step) h each"
    case 24: unit = "Days"
    default: unit = "\(step / 24) days each"
    }
    return "\(unit), \(Units.zone(zone, at: first))"
  }

  /// Labels below the columns, as many as fit without touching.
  var axis: String {
    var line = ""
    var column = 0
    while column < columns {
      let label = label(column)
      if Columns.width(line) <= column {
        if column + label.count > max(columns, label.count) { break }
        line = Columns.padded(line, column) + label
      }
      column += step == 1 ? 6 : 8
    }
    return line
  }

  private func label(_ column: Int) -> String {
    let time =
      step >= 24
      ? zone.start(ofDay: firstDay + column * (step / 24)) : first.advanced(by: Double(column * step) * 3600)
    let civil = zone.civil(time)
    return step >= 12
      ? "\(Units.two(civil.month))-\(Units.two(civil.day))" : "\(Units.two(civil.hour)):\(Units.two(civil.minute))"
  }
}
