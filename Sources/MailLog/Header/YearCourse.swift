import SMTPTypes

/// How the years go on in a file whose stamps have none, told by the order of its lines.
///
/// Time that goes back by more than a quarter is a year's turn: lines are out of order by less, and so are files that
/// were joined the wrong way round. Time that right behind the turn comes back to where it was, or up to a week later,
/// takes it back: lines around a New Year, and those that a machine without a clock wrote before it was told the time. So
/// does time that goes on by nearly a year. A silence of nine months and more is not noticed.
///
/// Memory is fixed. O(1) a day.
public struct YearCourse: Sendable {
  /// A day of any year: 32 for each month, and the day.
  private typealias Day = Int

  /// What was seen of one year.
  private struct Seen {
    var last: Day
    var hasLeapDay: Bool
  }

  /// Turns that are taken back too, so that there may be fewer than none.
  private(set) var turns = 0
  private var previous: Day?
  /// The day before the last turn.
  private var beforeTurn: Day?
  private var first: Day = 0
  private var lowest = 0
  /// Of the years `lowest...`, at most `limit` of them.
  private var years: [Seen] = []
  private static let limit = 64

  private static let quarter = 3 * 32
  private static let nearlyYear = 11 * 32
  private static let week = 7

  public init() {}

  /// Takes a line's date and gives the turns that came before it.
  @discardableResult
  public mutating func take(month: Int, day: Int) -> Int {
    let date = month * 32 + day
    if let previous {
      let distance = date - previous
      if distance < -YearCourse.quarter {
        beforeTurn = previous
        turns += 1
      } else if distance > YearCourse.quarter, returns(to: date) || distance > YearCourse.nearlyYear {
        // What was seen of the year that has not begun after all.
        if turns - lowest == years.count - 1, years.count > 1 { years.removeLast() }
        beforeTurn = nil
        turns -= 1
      } else if distance > YearCourse.week {
        beforeTurn = nil
      }
    } else {
      first = date
    }
    previous = date
    note(date)
    return turns
  }

  private func returns(to date: Day) -> Bool {
    beforeTurn.map { (-1...YearCourse.week).contains(date - $0) } ?? false
  }

  private mutating func note(_ date: Day) {
    let isLeapDay = date == 2 * 32 + 29
    if turns < lowest || years.isEmpty {
      years.insert(Seen(last: date, hasLeapDay: isLeapDay), at: 0)
      lowest = turns
      if years.count > YearCourse.limit { years.removeLast() }
      return
    }
    let index = turns - lowest
    if index < years.count {
      years[index].last = max(years[index].last, date)
      if isLeapDay { years[index].hasLeapDay = true }
    } else if index < YearCourse.limit {
      years.append(Seen(last: date, hasLeapDay: isLeapDay))
    }
  }

  /// True if the first date and the last lie more than a year apart, so that no single point in time tells all years.
  public var isLongerThanAYear: Bool {
    guard let newest = years.last else { return false }
    let newestTurn = lowest + years.count - 1
    return newestTurn > 1 || (newestTurn == 1 && newest.last >= first)
  }

  /// The year of the first date, if the last of all is not after the day that follows `today` (days since 1970) and a
  /// February 29 is of a leap year; nil if no year fits, or if `today` alone tells as much.
  public func firstYear(notAfter today: Int) -> Int? {
    guard let newest = years.last else { return nil }
    let newestTurn = lowest + years.count - 1
    let latest = Timestamp.date(days: today + 1).year
    var plain: Int?
    for year in stride(from: latest, through: latest - 9, by: -1) {
      guard Timestamp.days(year: year, month: newest.last / 32, day: newest.last % 32) <= today + 1 else { continue }
      if plain == nil { plain = year }
      let fits = years.indices.allSatisfy { !years[$0].hasLeapDay || YearCourse.isLeap(year - newestTurn + lowest + $0) }
      if fits { return isLongerThanAYear || year != plain ? year - newestTurn : nil }
    }
    return nil
  }

  static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
}
