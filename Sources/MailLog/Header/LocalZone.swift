// Where a civil time lies in UTC.

import Glibc

/// A time zone as a function from points in time to offsets: what resolving a stamp without a zone needs.
public struct LocalZone: Sendable {
  /// Seconds east of UTC at a point in time (seconds since 1970).
  let offset: @Sendable (Int64) -> Int64

  /// - Parameter offset: seconds east of UTC at a point in time given in seconds since 1970; within ±15 hours, and
  ///   always the same for the same time.
  public init(offset: @escaping @Sendable (Int64) -> Int64) {
    self.offset = offset
  }

  public static let utc = LocalZone { _ in 0 }

  /// The machine's zone (`TZ`, else `/etc/localtime`) as glibc reads it when this is first used.
  public static let machine: LocalZone = {
    tzset()
    return LocalZone { seconds in
      var time = time_t(seconds)
      var parts = tm()
      guard localtime_r(&time, &parts) != nil else { return 0 }
      return Int64(parts.tm_gmtoff)
    }
  }()

  /// The point in time of a civil time.
  ///
  /// In the hour that the end of summer time repeats there are two: the later is taken if the earlier lies more than
  /// a quarter of an hour before `previous`, the time of the line above. In the hour that its start leaves out, the
  /// clock is taken as not yet changed.
  ///
  /// - Parameter civil: the civil time's seconds since 1970-01-01 00:00 of the same clock.
  func seconds(ofCivil civil: Int64, previous: Int64) -> Int64 {
    let before = offset(civil - 54_000)
    let after = offset(civil + 54_000)
    let first = civil - before
    if before == after { return first }
    let second = civil - after
    let firstHolds = offset(first) == before
    let secondHolds = offset(second) == after
    switch (firstHolds, secondHolds) {
    case (true, true):
      let earlier = min(first, second)
      return earlier < previous - 900 ? max(first, second) : earlier
    case (false, true): return second
    default: return first
    }
  }

  /// The offset that holds for the whole of a civil day; nil if it may change in it.
  func constantOffset(ofDayStarting civil: Int64) -> Int64? {
    let before = offset(civil - 54_000)
    let after = offset(civil + 86_400 + 54_000)
    return before == after ? before : nil
  }
}
