public import SMTPTypes

/// Turns time stamps into points in time.
///
/// An old-style stamp (`Nov 23 17:59:48`) has neither year nor zone: the year is the one that puts it nearest below
/// `reference` (at most on the day after), the zone is the machine's or the one given. Lines that run on past the
/// reference, as those of a live log do, move it along, so that a file which crosses a New Year is read right
/// whether it is followed or read years later with its own time as the reference. A file of more than a year is read
/// right if `firstYear` tells its first year.
public struct StampResolver: Sendable {
  /// About when the last line was written: the clock for a live log, the file's time for an old one.
  public var reference: Timestamp {
    didSet {
      newest = reference.seconds
      firstYear = nil
    }
  }
  /// The year of the first stamp since this was set, where a look over the whole file told it: stamps without a year are
  /// then of the year that their order says. Setting `reference` removes it.
  public var firstYear: Int? {
    didSet {
      day = 0
      course = YearCourse()
    }
  }
  /// How the years went on since then.
  public private(set) var course = YearCourse()
  public let zone: LocalZone

  /// The reference, or the latest time seen since it was set.
  private var newest: Int64
  /// The last time given out.
  private var previous: Int64 = .min / 2
  /// The day that the two below are of: year (0 if the stamp has none), month and day; 0 for none.
  private var day = 0
  private var dayStart: Int64 = 0
  /// nil on days when it may change.
  private var dayOffset: Int64?

  public init(reference: Timestamp, zone: LocalZone = .machine) {
    self.reference = reference
    self.zone = zone
    newest = reference.seconds
  }

  /// Seconds since 1970 of a civil time; nil for a date that no year has.
  ///
  /// - Parameters:
  ///   - year: nil if the stamp has none.
  ///   - second: of the day.
  @inline(__always)
  mutating func seconds(year: Int?, month: Int, day: Int, second: Int) -> Int64? {
    let key = ((year ?? 0) << 9) | (month << 5) | day
    if key != self.day {
      guard open(year: year, month: month, day: day) else { return nil }
      self.day = key
    }
    let civil = dayStart + Int64(second)
    let result: Int64
    if let dayOffset {
      result = civil - dayOffset
    } else {
      result = zone.seconds(ofCivil: civil, previous: previous)
    }
    previous = result
    if result > newest { newest = result }
    return result
  }

  /// Finds the day's start, and its year if that is missing.
  private mutating func open(year: Int?, month: Int, day: Int) -> Bool {
    guard let year = year ?? inferredYear(month: month, day: day), day <= daysInMonth(month, of: year) else {
      return false
    }
    dayStart = Int64(Timestamp.days(year: year, month: month, day: day)) * 86_400
    dayOffset = zone.constantOffset(ofDayStarting: dayStart)
    return true
  }

  /// The reference's day in the zone, days since 1970.
  public var today: Int { Int(civilDay(of: reference.seconds)) }

  private func civilDay(of seconds: Int64) -> Int64 {
    let now = seconds + zone.offset(seconds)
    return now >= 0 ? now / 86_400 : (now - 86_399) / 86_400
  }

  /// The year that the lines' order says, else the last one in which the date exists and is not after the day that
  /// follows the newest time.
  private mutating func inferredYear(month: Int, day: Int) -> Int? {
    let today = civilDay(of: newest)
    let turns = course.take(month: month, day: day)
    if let firstYear, day <= daysInMonth(month, of: firstYear + turns),
      Int64(Timestamp.days(year: firstYear + turns, month: month, day: day)) <= today + 1
    {
      return firstYear + turns
    }
    let newestYear = Timestamp.date(days: Int(today)).year + 1
    // February 29 can be eight years away (1896 to 1904, 2096 to 2104).
    for year in stride(from: newestYear, through: newestYear - 9, by: -1) {
      guard day <= daysInMonth(month, of: year) else { continue }
      if Int64(Timestamp.days(year: year, month: month, day: day)) <= today + 1 { return year }
    }
    return nil
  }

  private func daysInMonth(_ month: Int, of year: Int) -> Int {
    switch month {
    case 2: YearCourse.isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
