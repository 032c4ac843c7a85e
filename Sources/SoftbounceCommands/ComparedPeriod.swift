import ArgumentParser
import Reporting
import SMTPTypes

/// Which period a report is compared with.
enum ComparedPeriod: String, ExpressibleByArgument, CaseIterable {
  case previous, week

  /// The same question about the earlier period; `filter` has both ends. Whole days are moved by the calendar, and so
  /// are other periods by a week where that leaves them as long as they are; else it is by seconds.
  func filter(before filter: EventFilter, _ zone: DisplayZone) -> EventFilter {
    guard let since = filter.since, let until = filter.until else { return filter }
    var earlier = filter
    (earlier.since, earlier.until) = period(before: since, until, zone)
    return earlier
  }

  private func period(before since: Timestamp, _ until: Timestamp, _ zone: DisplayZone) -> (Timestamp, Timestamp) {
    let days = zone.wholeDays(from: since, to: until)
    let length = until.since(since)
    switch self {
    case .previous:
      if let days { return (zone.advance(since, days: -days), since) }
      return (since.advanced(by: -length), since)
    case .week:
      let (start, end) = (zone.advance(since, days: -7), zone.advance(until, days: -7))
      if days != nil || end.since(start) == length && end <= since { return (start, end) }
      return (since.advanced(by: -7 * 86_400), until.advanced(by: -7 * 86_400))
    }
  }
}
