import SMTPTypes

/// A length of time as clocks and the calendar show it: a day may have 23 or 25 hours, and weeks begin on Monday (ISO
/// 8601).
public enum CalendarStep: Sendable, Equatable {
  /// A divisor of 24, counted from 00:00 on.
  case hours(Int)
  case day, week, month

  /// From the shortest on.
  static let all: [CalendarStep] = [.hours(1), .hours(3), .hours(6), .hours(12), .day, .week, .month]

  /// As long as most of them are.
  var nominalHours: Int {
    switch self {
    case .hours(let count): count
    case .day: 24
    case .week: 168
    case .month: 720
    }
  }

  /// `hour`, `3-hours`, `day`, `week`, `month`
  var name: String {
    switch self {
    case .hours(let count): count == 1 ? "hour" : "\(count)-hours"
    case .day: "day"
    case .week: "week"
    case .month: "month"
    }
  }

  /// The span that `hour`, the start of an hour of the zone's clocks, lies in.
  func span(of hour: Timestamp, _ zone: DisplayZone) -> (start: Timestamp, end: Timestamp) {
    let day = zone.day(of: hour)
    switch self {
    case .hours(1):
      // The clocks may show the same hour twice.
      let offset = Int64(zone.offset(at: hour))
      let next = floorDivided(Int(hour.seconds + offset), by: 3600) * 3600 + 3600
      let end = Timestamp(seconds: Int64(next) - offset)
      return (hour, end)
    case .hours(let count):
      let number = zone.civil(hour).hour / count
      let midnight = Int64(day) * 86_400
      func time(_ number: Int) -> Timestamp { zone.time(ofLocalSeconds: midnight + Int64(number * count * 3600)) }
      return (time(number), time(number + 1))
    case .day: return (zone.start(ofDay: day), zone.start(ofDay: day + 1))
    case .week:
      // 1970-01-01 was a Thursday.
      let monday = floorDivided(day + 3, by: 7) * 7 - 3
      return (zone.start(ofDay: monday), zone.start(ofDay: monday + 7))
    case .month:
      let date = Timestamp.date(days: day)
      let next = date.month == 12 ? (date.year + 1, 1) : (date.year, date.month + 1)
      return (
        zone.start(ofDay: Timestamp.days(year: date.year, month: date.month, day: 1)),
        zone.start(ofDay: Timestamp.days(year: next.0, month: next.1, day: 1))
      )
    }
  }
}
