import Glibc
import SMTPTypes

/// Nanoseconds that only grow (clock_gettime(2), `CLOCK_MONOTONIC`).
enum MonotonicClock {
  static var now: Int64 { read(CLOCK_MONOTONIC) }
}

/// Nanoseconds since 1970 by the machine's clock, which may be set back.
enum WallClock {
  static var now: Int64 { read(CLOCK_REALTIME) }
  /// To the millisecond.
  static var timestamp: Timestamp { Timestamp(microseconds: now / 1_000_000 * 1000, fractionDigits: 3) }
}

private func read(_ clock: clockid_t) -> Int64 {
  var time = timespec()
  clock_gettime(clock, &time)
  return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}
