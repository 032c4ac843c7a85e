// A time zone, and what its clocks and its calendar show.

import Glibc
public import SMTPTypes

/// A time zone as the difference of its clocks to UTC.
public struct DisplayZone: Sendable {
  private let offsetAt: @Sendable (Int64) -> Int

  /// - Parameter offsetAt: seconds east of UTC at a time given in seconds since 1970.
  public init(offsetAt: @escaping @Sendable (Int64) -> Int) { self.offsetAt = offsetAt }

  public static let utc = DisplayZone { _ in 0 }

  /// The machine's zone (`TZ`, else `/etc/localtime`).
  public static let system = DisplayZone { seconds in
    var time = time_t(seconds)
    var parts = tm()
    guard localtime_r(&time, &parts) != nil else { return 0 }
    return parts.tm_gmtoff
  }

  /// Seconds east of UTC.
  public func offset(at time: Timestamp) -> Int { offsetAt(time.seconds) }

  /// What this zone's clocks show at `time`, in seconds as if they were UTC.
  func localSeconds(_ time: Timestamp) -> Int64 { time.seconds + Int64(offset(at: time)) }

  /// The first time at which this zone's clocks show `seconds` (as if they were UTC); where they skip it, the moment at
  /// which they do.
  func time(ofLocalSeconds seconds: Int64) -> Timestamp {
    // Clocks are at most 15 hours off, and change no more than once in a day.
    var low = seconds - 15 * 3600
    var high = seconds + 15 * 3600
    let before = offsetAt(low)
    let after = offsetAt(high)
    let first = seconds - Int64(before)
    guard before != after else { return Timestamp(seconds: first) }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if offsetAt(middle) == before { low = middle } else { high = middle }
    }
    return Timestamp(seconds: first < high ? first : max(seconds - Int64(after), high))
  }

  // MARK: - Days

  /// The day since 1970-01-01 that this zone's calendar shows at `time`.
  func day(of time: Timestamp) -> Int { floorDivided(Int(localSeconds(time)), by: 86_400) }

  /// The first moment of a day since 1970-01-01: 00:00, but where clocks skip that.
  func start(ofDay day: Int) -> Timestamp { time(ofLocalSeconds: Int64(day) * 86_400) }

  /// True if a day begins at `time`.
  public func isStartOfDay(_ time: Timestamp) -> Bool { start(ofDay: day(of: time)) == time }

  /// The time at which the calendar shows `days` more, and the clocks what they show at `time`.
  public func advance(_ time: Timestamp, days: Int) -> Timestamp {
    let local = localSeconds(time) + Int64(days) * 86_400
    return Timestamp(
      microseconds: self.time(ofLocalSeconds: local).microseconds + (time.microseconds - time.seconds * 1_000_000),
      fractionDigits: Int(time.fractionDigits))
  }

  /// Whole days from one time to another, if a day begins at both; nil else.
  public func wholeDays(from since: Timestamp, to until: Timestamp) -> Int? {
    guard isStartOfDay(since), isStartOfDay(until) else { return nil }
    return day(of: until) - day(of: since)
  }

  /// What this zone's clocks show at `time`.
  func civil(_ time: Timestamp) -> CivilTime {
    let local = Int(localSeconds(time))
    let days = floorDivided(local, by: 86_400)
    let date = Timestamp.date(days: days)
    let second = local - days * 86_400
    return CivilTime(
      year: date.year, month: date.month, day: date.day, hour: second / 3600, minute: second / 60 % 60,
      second: second % 60, weekday: ((days + 4) % 7 + 7) % 7)
  }
}

/// What a clock and a calendar show.
struct CivilTime: Equatable {
  var year: Int
  var month: Int
  var day: Int
  var hour: Int
  var minute: Int
  var second: Int
  /// 0 is Sunday.
  var weekday: Int
}

/// Rounded down, not towards zero.
@inline(__always)
func floorDivided(_ value: Int, by divisor: Int) -> Int {
  value >= 0 ? value / divisor : (value - divisor + 1) / divisor
}
