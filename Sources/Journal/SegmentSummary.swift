import Bytes
public import Classification
public import SMTPTypes

/// What a sealed segment says of itself without being unpacked: its span, its counts, and roll-ups by hour.
public struct SegmentSummary: Sendable, Equatable {
  /// Events of one hour that agree in all of these.
  public struct Group: Sendable, Hashable {
    /// Hours since 1970-01-01T00:00:00Z.
    public var hour: Int64
    public var type: EventType
    public var source: Source?
    public var direction: Direction?
    public var hop: Hop?
    public var cause: Cause?
    public var scope: Scope?
    public var origin: Origin?
    /// Empty if unknown.
    public var provider: String
  }

  public struct Row: Sendable, Hashable {
    public var group: Group
    public var count: Int
  }

  /// The tallies of one hour, added up.
  public struct TallyRow: Sendable, Equatable {
    public var hour: Int64
    /// Empty for the total.
    public var provider: String
    public var counts: Tally.Counts
  }

  /// One independent zstd frame of whole lines.
  struct Frame: Sendable, Equatable {
    /// Where it stands in the file, and how long it is there.
    var offset: Int
    var compressed: Int
    /// Bytes and lines in it.
    var length: Int
    var lines: Int
    /// `ByteView.hash64` of the frame as it stands in the file; nil where there is no summary to say.
    var hash: UInt64?
  }

  /// Rows that a summary keeps; a segment with more of them has to be read.
  public static var rowLimit: Int { 50_000 }

  /// The number of the first line.
  public internal(set) var first: UInt64 = 0
  public internal(set) var lines = 0
  /// Bytes of the lines, unpacked.
  public internal(set) var bytes = 0
  /// Lines that no decoder takes.
  public internal(set) var malformed = 0
  /// The times of the earliest and the latest line; nil without lines.
  public internal(set) var earliest: Timestamp?
  public internal(set) var latest: Timestamp?
  /// False if there were more groups than `rowLimit`: `rows` and `tallies` are empty then.
  public internal(set) var isComplete = true
  public internal(set) var rows: [Row] = []
  public internal(set) var tallies: [TallyRow] = []
  var frames: [Frame] = []
  /// Where the events stand once more for those who only count them; nil where they do not.
  var digest: Digest?

  public init() {}
}

/// Adds lines up to a summary.
struct SegmentSummaryBuilder {
  private(set) var summary = SegmentSummary()
  private var groups: [SegmentSummary.Group: Int] = [:]
  private var tallies: [TallyKey: Tally.Counts] = [:]

  private struct TallyKey: Hashable {
    var hour: Int64
    var provider: String
  }

  init(first: UInt64) { summary.first = first }

  mutating func add(_ line: borrowing JournalLine) {
    if let time = line.time {
      if summary.earliest.map({ time < $0 }) ?? true { summary.earliest = time }
      if summary.latest.map({ time > $0 }) ?? true { summary.latest = time }
    }
    guard summary.isComplete else { return }
    switch line {
    case .event(let event):
      let group = SegmentSummary.Group(
        hour: SegmentSummaryBuilder.hour(event.time), type: event.type, source: event.source,
        direction: event.direction, hop: event.hop, cause: event.cause, scope: event.scope, origin: event.origin,
        provider: event.provider.map { String($0) } ?? "")
      groups[group, default: 0] += 1
    case .tally(let line):
      let hour = SegmentSummaryBuilder.hour(line.tally.minute)
      tallies[TallyKey(hour: hour, provider: ""), default: Tally.Counts()] += line.tally.total
      for index in 0..<line.tally.byProvider.count {
        let provider = String(line.tally.byProvider.key(at: index))
        // The total has the empty name.
        guard !provider.isEmpty else { continue }
        tallies[TallyKey(hour: hour, provider: provider), default: Tally.Counts()] += line.tally.byProvider[index]
      }
    default: break
    }
    if groups.count + tallies.count > SegmentSummary.rowLimit { summary.isComplete = false }
  }

  mutating func addMalformed() { summary.malformed += 1 }

  mutating func add(_ frame: SegmentSummary.Frame) {
    summary.frames.append(frame)
    summary.lines += frame.lines
    summary.bytes += frame.length
  }

  /// The summary, its rows by hour.
  consuming func finish() -> SegmentSummary {
    var summary = summary
    guard summary.isComplete else { return summary }
    summary.rows = groups.map { SegmentSummary.Row(group: $0.key, count: $0.value) }
    summary.rows.sort {
      ($0.group.hour, $0.group.type.rawValue, $0.group.provider, $0.count)
        < ($1.group.hour, $1.group.type.rawValue, $1.group.provider, $1.count)
    }
    summary.tallies = tallies.map {
      SegmentSummary.TallyRow(hour: $0.key.hour, provider: $0.key.provider, counts: $0.value)
    }
    summary.tallies.sort { ($0.hour, $0.provider) < ($1.hour, $1.provider) }
    return summary
  }

  private static func hour(_ time: Timestamp) -> Int64 {
    let seconds = time.seconds
    return seconds >= 0 ? seconds / 3600 : (seconds - 3599) / 3600
  }
}
