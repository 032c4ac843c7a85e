// The stretches of time that a report counts by: hours of a zone's clocks, so that its days and weeks are sums of them.

public import SMTPTypes

/// Cuts time into cells: whole hours, moved by the minutes that the zone is off; quarters of an hour where those change
/// within the period (Lord Howe Island), from which hours of the clocks are added up.
public struct HourGrid: Sendable {
  let zone: DisplayZone
  /// Seconds that are added to UTC, less than an hour.
  private let shift: Int
  private let isFine: Bool

  /// Hours of UTC, as the roll-ups of sealed segments have them.
  public static let utc = HourGrid(zone: .utc)

  /// - Parameters:
  ///   - since: where the period begins, and `until` where it ends; nil: what logs may hold is looked at.
  public init(zone: DisplayZone, since: Timestamp? = nil, until: Timestamp? = nil) {
    self.zone = zone
    let end = until ?? max(since ?? HourGrid.latest, HourGrid.latest)
    let start = since ?? min(end, HourGrid.earliest)
    func minutes(_ time: Timestamp) -> Int { (zone.offset(at: time) % 3600 + 3600) % 3600 }
    let first = minutes(start)
    var isFine = minutes(end) != first
    var time = start
    // A month at a time, but never more often than some hundreds of times.
    let step = max(30 * 86_400, end.since(start) / 1000)
    while !isFine, time < end {
      isFine = minutes(time) != first
      time = time.advanced(by: step)
    }
    self.isFine = isFine
    shift = isFine ? 0 : first
  }

  private static let earliest = Timestamp(seconds: 1_483_228_800)
  private static let latest = Timestamp(seconds: 2_208_988_800)

  /// True if its cells are hours of UTC.
  var isOfUTC: Bool { shift == 0 && !isFine }

  /// The number of the cell that `time` lies in.
  @inline(__always)
  func cell(of time: Timestamp) -> Int {
    let seconds = Int(time.seconds)
    return isFine ? floorDivided(seconds, by: 900) : floorDivided(seconds + shift, by: 3600)
  }

  func start(ofCell number: Int) -> Timestamp {
    Timestamp(seconds: Int64(isFine ? number * 900 : number * 3600 - shift))
  }

  /// The start of the hour that a cell belongs to: the cell's own, but where cells are quarters of an hour.
  func hourStart(ofCell number: Int) -> Timestamp {
    let time = start(ofCell: number)
    guard isFine else { return time }
    let offset = zone.offset(at: time)
    let local = Int(time.seconds) + offset
    var start = Int64(floorDivided(local, by: 3600) * 3600 - offset)
    // Clocks were changed within the hour.
    while start < time.seconds, zone.offset(at: Timestamp(seconds: start)) != offset { start += 900 }
    return Timestamp(seconds: min(start, time.seconds))
  }
}
