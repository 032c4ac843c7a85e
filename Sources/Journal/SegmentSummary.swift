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
    /// How many of them tell of a first attempt; 0 in a summary without `details`, which does not say.
    public var firsts = 0
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
    /// The file ends within it.
    var isCut = false
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
  /// What else reports count; nil in a summary of before, which does not say.
  public internal(set) var details: Details?
  var frames: [Frame] = []
  /// Where the events stand once more for those who only count them; nil where they do not.
  var digest: Digest?

  public init() {}
}
