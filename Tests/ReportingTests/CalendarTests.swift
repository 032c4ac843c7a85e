import Bytes
import SMTPTypes
import Testing

@testable import Reporting

/// Zones whose clocks change, as the tz database has them for 2026.
enum Zones {
  /// `offsets` (hours) from each of `moments` on, `first` before.
  static func zone(_ first: Double, _ changes: [(moment: String, offset: Double)]) -> DisplayZone {
    let changes = changes.map { (time($0.moment).seconds, Int($0.offset * 3600)) }
    return DisplayZone { seconds in changes.last { $0.0 <= seconds }?.1 ?? Int(first * 3600) }
  }

  static func time(_ text: String) -> Timestamp {
    text.withByteView { Timestamp(rfc3339: $0) } ?? Timestamp(seconds: 0)
  }

  static let berlin = zone(1, [("2026-03-29T01:00:00Z", 2), ("2026-10-25T01:00:00Z", 1)])
  static let losAngeles = zone(-8, [("2026-03-08T10:00:00Z", -7), ("2026-11-01T09:00:00Z", -8)])
  static let kolkata = zone(5.5, [])
  static let kathmandu = zone(5.75, [])
  /// Half an hour of summer time.
  static let lordHowe = zone(11, [("2026-04-04T15:00:00Z", 10.5), ("2026-10-03T15:30:00Z", 11)])
  /// Clocks go from 00:00 to 01:00, and from 24:00 back to 23:00.
  static let santiago = zone(-3, [("2026-04-05T03:00:00Z", -4), ("2026-09-06T04:00:00Z", -3)])
  static let newfoundland = zone(-3.5, [("2026-03-08T05:30:00Z", -2.5), ("2026-11-01T04:30:00Z", -3.5)])
  static let all = [.utc, berlin, losAngeles, kolkata, kathmandu, lordHowe, santiago, newfoundland]
}

@Suite struct CalendarTests {
  @Test(arguments: [
    // What clocks show once, twice (the first counts) and never (the moment at which they skip it).
    ("2026-06-01 12:00", "2026-06-01T10:00:00Z"), ("2026-12-01 12:00", "2026-12-01T11:00:00Z"),
    ("2026-10-25 02:30", "2026-10-25T00:30:00Z"), ("2026-10-25 03:00", "2026-10-25T02:00:00Z"),
    ("2026-03-29 01:59", "2026-03-29T00:59:00Z"), ("2026-03-29 02:30", "2026-03-29T01:00:00Z"),
    ("2026-03-29 03:00", "2026-03-29T01:00:00Z"),
  ])
  func timesOfClocks(_ text: String, _ expected: String) throws {
    let time = try TimeExpression.parse(text, now: FilterTests.now, zone: Zones.berlin)
    #expect(time.description == expected)
  }

  /// A day that begins at 01:00, because clocks skip 00:00.
  @Test func aDayWithoutMidnight() throws {
    let time = try TimeExpression.parse("2026-09-06", now: FilterTests.now, zone: Zones.santiago)
    #expect(time.description == "2026-09-06T04:00:00Z")
    #expect(Zones.santiago.isStartOfDay(time))
    #expect(Zones.santiago.day(of: time) == Timestamp.days(year: 2026, month: 9, day: 6))
    let today = try TimeExpression.parse("today", now: time.advanced(by: 7200), zone: Zones.santiago)
    #expect(today == time)
  }

  @Test func lengthsOfDays() {
    func hours(_ zone: DisplayZone, _ month: Int, _ day: Int) -> Double {
      let number = Timestamp.days(year: 2026, month: month, day: day)
      return zone.start(ofDay: number + 1).since(zone.start(ofDay: number)) / 3600
    }
    #expect([hours(Zones.berlin, 3, 29), hours(Zones.berlin, 10, 25), hours(Zones.berlin, 6, 1)] == [23, 25, 24])
    #expect([hours(Zones.santiago, 4, 4), hours(Zones.santiago, 9, 6)] == [25, 23])
    #expect([hours(Zones.lordHowe, 4, 5), hours(Zones.lordHowe, 10, 4)] == [24.5, 23.5])
  }

  @Test(arguments: [
    (CalendarStep.hours(6), "2026-10-24T22:00:00Z", "2026-10-25T05:00:00Z"),
    (.hours(3), "2026-10-24T22:00:00Z", "2026-10-25T02:00:00Z"),
    (.day, "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"),
    (.week, "2026-10-18T22:00:00Z", "2026-10-25T23:00:00Z"),
    (.month, "2026-09-30T22:00:00Z", "2026-10-31T23:00:00Z"),
  ])
  func spans(_ step: CalendarStep, _ start: String, _ end: String) {
    let span = step.span(of: Zones.time("2026-10-25T01:00:00Z"), Zones.berlin)
    #expect([span.start.description, span.end.description] == [start, end])
  }

  /// Every moment of a year lies in one hour, each hour in one step, and they follow each other without a hole.
  @Test(arguments: Zones.all.indices, CalendarStep.all)
  func stepsCoverAYear(_ index: Int, _ step: CalendarStep) {
    let zone = Zones.all[index]
    let grid = HourGrid(
      zone: zone, since: Zones.time("2026-01-01T00:00:00Z"), until: Zones.time("2027-01-01T00:00:00Z"))
    var hour = Timestamp(seconds: 0)
    var span = (start: Timestamp(seconds: 0), end: Timestamp(seconds: 0))
    for quarter in 0..<(366 * 96) {
      let time = Zones.time("2026-01-01T00:00:00Z").advanced(by: Double(quarter) * 900 + 899)
      let start = grid.hourStart(ofCell: grid.cell(of: time))
      #expect(start <= time && time.since(start) < 3600)
      #expect(zone.offset(at: start) != zone.offset(at: time) || zone.civil(start).hour == zone.civil(time).hour)
      guard start != hour else { continue }
      #expect(start > hour)
      hour = start
      if start < span.end { continue }
      let next = step.span(of: start, zone)
      #expect(quarter < 4 * 24 * 31 || next.start >= span.end, "\(next.start) after \(span.end)")
      #expect(next.start <= start && start < next.end)
      span = next
    }
  }

  @Test func whichGridsAreWhatSealedSegmentsTell() {
    #expect(HourGrid(zone: Zones.berlin).isOfUTC)
    #expect(!HourGrid(zone: Zones.kolkata).isOfUTC && !HourGrid(zone: Zones.lordHowe).isOfUTC)
    let summer = HourGrid(
      zone: Zones.lordHowe, since: Zones.time("2026-06-01T00:00:00Z"), until: Zones.time("2026-07-01T00:00:00Z"))
    #expect(summer.start(ofCell: 1).since(summer.start(ofCell: 0)) == 3600)
  }

  @Test func chartsShowDaysOfTheZone() throws {
    var report = Report()
    for hour in 0..<(24 * 100) {
      var value = Report.Hour(start: Zones.time("2026-10-01T22:00:00Z").advanced(by: Double(hour) * 3600))
      value.deferrals = 1
      report.hours.append(value)
    }
    let days = try #require(HourChart(report, zone: Zones.berlin, room: 110))
    #expect(days.step == 24 && days.title == "Days, UTC+02:00")
    // One of them has 25 hours.
    #expect((0..<days.columns).map { column in report.hours.filter { days.column(of: $0.start) == column }.count }
      .filter { $0 != 24 } == [25, 23])
    let weeks = try #require(HourChart(report, zone: Zones.berlin, room: 30))
    #expect(weeks.step == 168 && weeks.columns == 15)
    #expect(weeks.axis.hasPrefix("09-28   11-23"))
  }
}
