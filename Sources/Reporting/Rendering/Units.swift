public import SMTPTypes

/// Numbers as people read them.
enum Units {
  /// `12,304`
  static func count(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return value < 0 ? "-" + result : result
  }

  /// `1 recipient`, `2 recipients`
  static func count(_ value: Int, _ one: String, _ many: String? = nil) -> String {
    count(value) + " " + (value == 1 ? one : many ?? one + "s")
  }

  /// `9.8%`; never rounds something to nothing or a part to the whole.
  static func percent(_ share: Double) -> String {
    let percent = share * 100
    if percent > 0, percent < 0.1 { return "<0.1%" }
    if percent < 100, percent > 99.9 { return ">99.9%" }
    let tenths = Int((percent * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)%"
  }

  static func percent(_ part: Int, of whole: Int) -> String {
    whole > 0 ? percent(Double(part) / Double(whole)) : "–"
  }

  /// `512 B`, `3.4 KiB`, `62 MiB`
  static func size(_ bytes: Int) -> String {
    let units = ["KiB", "MiB", "GiB", "TiB"]
    guard bytes >= 1024 else { return "\(bytes) B" }
    var value = Double(bytes) / 1024
    var unit = 0
    while value >= 1000, unit + 1 < units.count {
      value /= 1024
      unit += 1
    }
    let tenths = Int((value * 10).rounded())
    return tenths < 100 ? "\(tenths / 10).\(tenths % 10) \(units[unit])" : "\(Int(value.rounded())) \(units[unit])"
  }

  /// `45 s`, `14 min`, `1 h 20 min`, `3 d 4 h`
  static func duration(_ seconds: Double) -> String {
    let whole = Int(min(max(seconds, 0), 1e12).rounded())
    if whole < 90 { return "\(whole) s" }
    let minutes = (whole + 30) / 60
    if minutes < 90 { return "\(minutes) min" }
    if minutes < 48 * 60 { return "\(minutes / 60) h" + (minutes % 60 > 0 ? " \(minutes % 60) min" : "") }
    let hours = (minutes + 30) / 60
    return "\(hours / 24) d" + (hours % 24 > 0 ? " \(hours % 24) h" : "")
  }

  /// `45s`, `14m`, `1h20`, `3d4h`; for columns.
  static func briefDuration(_ seconds: Double) -> String {
    let whole = Int(min(max(seconds, 0), 1e12).rounded())
    if whole < 90 { return "\(whole)s" }
    let minutes = (whole + 30) / 60
    if minutes < 90 { return "\(minutes)m" }
    if minutes < 48 * 60 { return "\(minutes / 60)h" + (minutes % 60 > 0 ? two(minutes % 60) : "") }
    let hours = (minutes + 30) / 60
    return "\(hours / 24)d" + (hours % 24 > 0 ? "\(hours % 24)h" : "")
  }

  /// Percentiles of durations, `~` before an estimate.
  static func brief(_ times: Report.Percentiles?, _ value: KeyPath<Report.Percentiles, Double>) -> String {
    guard let times else { return "–" }
    return (times.error == nil ? "" : "~") + briefDuration(times[keyPath: value])
  }

  static func full(_ times: Report.Percentiles, _ value: KeyPath<Report.Percentiles, Double>) -> String {
    (times.error == nil ? "" : "~") + duration(times[keyPath: value])
  }

  static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

  /// `2026-11-23 14:05`
  static func minute(_ time: Timestamp, _ zone: DisplayZone) -> String {
    let civil = zone.civil(time)
    return "\(civil.year)-\(two(civil.month))-\(two(civil.day)) \(two(civil.hour)):\(two(civil.minute))"
  }

  /// `Mon 14:05`
  static func weekdayMinute(_ time: Timestamp, _ zone: DisplayZone) -> String {
    let civil = zone.civil(time)
    return "\(weekdays[civil.weekday]) \(two(civil.hour)):\(two(civil.minute))"
  }

  /// `2026-10-23 00:00 to 2026-10-28 00:00 UTC+01:00`; with both differences to UTC where they change.
  static func period(_ from: Timestamp, _ to: Timestamp, _ zone: DisplayZone) -> String {
    let (first, last) = (self.zone(zone, at: from), self.zone(zone, at: to))
    return minute(from, zone) + (first == last ? "" : " " + first) + " to " + minute(to, zone) + " " + last
  }

  /// `UTC`, `UTC+01:00`
  static func zone(_ zone: DisplayZone, at time: Timestamp) -> String {
    let offset = zone.offset(at: time)
    if offset == 0 { return "UTC" }
    let minutes = abs(offset) / 60
    return "UTC" + (offset < 0 ? "-" : "+") + two(minutes / 60) + ":" + two(minutes % 60)
  }

  static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }
}

extension DisplayZone {
  /// `2026-11-23 14:30`, as this zone's clocks show it.
  public func minute(_ time: Timestamp) -> String { Units.minute(time, self) }
}
