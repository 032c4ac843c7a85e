/// Sizes, times and shares as people write them. A size or a time has its unit: a bare number may mean days to whoever
/// writes it, and seconds would destroy what was to be kept.
public enum Quantity {
  private static let sizes: [(suffix: String, factor: Int)] = [
    ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("kB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000),
    ("K", 1 << 10), ("M", 1 << 20), ("G", 1 << 30), ("B", 1),
  ]
  private static let times: [(suffix: String, factor: Int)] = [
    ("s", 1), ("m", 60), ("h", 3600), ("d", 86_400), ("w", 604_800),
  ]

  /// `64MiB`, `500 kB`, `1000B`; nil for a number without a unit other than 0, and for what is larger than an `Int`.
  public static func size(_ text: String) -> Int? { scaled(text, sizes) }

  /// `15m`, `24h`, `90s`, in seconds; nil for a number without a unit other than 0, and for what is larger than an
  /// `Int`.
  public static func duration(_ text: String) -> Int? { scaled(text, times) }

  /// `20%`, `0.2`.
  public static func share(_ text: String) -> Double? {
    let trimmed = text.filter { $0 != " " }
    if trimmed.hasSuffix("%") { return Double(trimmed.dropLast()).flatMap { $0.isFinite ? $0 / 100 : nil } }
    return Double(trimmed).flatMap { $0.isFinite ? $0 : nil }
  }

  private static func scaled(_ text: String, _ units: [(suffix: String, factor: Int)]) -> Int? {
    let trimmed = text.filter { $0 != " " && $0 != "_" }
    let digits = trimmed.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits) else { return nil }
    // Nothing is nothing in any unit.
    if number == 0, digits.count == trimmed.count { return 0 }
    guard let unit = units.first(where: { trimmed.dropFirst(digits.count) == $0.suffix }) else { return nil }
    let (value, overflow) = number.multipliedReportingOverflow(by: unit.factor)
    return overflow ? nil : value
  }

  public static func describe(size: Int) -> String {
    for (suffix, factor) in [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)] where size >= factor {
      if size % factor == 0 { return "\(size / factor)\(suffix)" }
    }
    return "\(size)B"
  }

  public static func describe(duration: Int) -> String {
    for (suffix, factor) in [("d", 86_400), ("h", 3600), ("m", 60)] where duration >= factor {
      if duration % factor == 0 { return "\(duration / factor)\(suffix)" }
    }
    return "\(duration)s"
  }

  public static func describe(share: Double) -> String {
    let percent = share * 100
    let rounded = (percent * 100).rounded() / 100
    return rounded == rounded.rounded() ? "\(Int(rounded))%" : "\(rounded)%"
  }
}
