/// What a scan passed over, and what was wrong with it.
public struct ScanReport: Sendable, Equatable {
  /// Something that is not as it was written.
  public struct Damage: Sendable, Equatable, CustomStringConvertible {
    public enum Kind: String, Sendable {
      /// A line that is no event.
      case malformed
      /// Lines that ought to be there, by the numbers of the segments, and are not.
      case missing
      /// A sealed segment under another's name, or with other contents than its summary says.
      case misplaced
      /// A sealed segment without its summary: its end is cut off or changed. Or the last segment, if it is shorter
      /// than what was committed to it.
      case truncated
      /// A file, or a frame of it, that could not be read.
      case unreadable
    }

    public var kind: Kind
    public var file: String
    /// The line's number in the file, from 1; 0 where no one line is meant.
    public var line: Int
    /// Bytes from the start: of the lines, decompressed, for a damaged line; else of the file as it is.
    public var offset: Int
    public var message: String

    public var description: String {
      "\(file)\(line > 0 ? ":\(line)" : ""): \(message) (offset \(offset))"
    }
  }

  public internal(set) var segments = 0
  /// Sealed segments that lie outside of the period or are not wanted, and were not unpacked.
  public internal(set) var skipped = 0
  /// True if earlier segments were left alone, as was asked for.
  public internal(set) var isPartial = false
  /// Lines read, those outside of the period included.
  public internal(set) var lines = 0
  public internal(set) var bytes = 0
  /// Lines handed over.
  public internal(set) var delivered = 0
  /// Lines behind the number with which the next segment begins: written, never committed, written again there.
  public internal(set) var superseded = 0
  /// Bytes at the journal's end that are not committed (yet).
  public internal(set) var uncommitted = 0
  /// The first hundred damages; `damages` counts all.
  public internal(set) var damage: [Damage] = []
  public internal(set) var damages = 0

  public init() {}

  mutating func note(_ kind: Damage.Kind, file: String, line: Int = 0, offset: Int = 0, _ message: String) {
    damages += 1
    if damage.count < 100 {
      damage.append(Damage(kind: kind, file: file, line: line, offset: offset, message: message))
    }
  }

  /// Notes what no segment's lines tell: what bears a segment's name in `directory` and is none, and what is missing at
  /// the end.
  mutating func noteSurroundings(in directory: String) {
    for stranger in SegmentName.strangers(directory) {
      note(
        .unreadable, file: stranger.path,
        "\(stranger.kind), not a segment; put the segment itself here, or take it away")
    }
    guard let (note, size) = CommittedLength.shortfall(in: directory) else { return }
    self.note(
      size == nil ? .missing : .truncated, file: directory + "/" + note.segment.fileName, offset: size ?? 0,
      size.map { "cut off: \(note.length - $0) bytes of the \(note.length) that were committed are missing" }
        ?? "gone, with the \(note.length) bytes that were committed to it")
  }

  /// Moves the lines that damages name, where they name one, `count` lines on.
  mutating func renumber(by count: Int) {
    for index in damage.indices where damage[index].line > 0 { damage[index].line += count }
  }

  /// Adds what another scan of the same journal reported.
  mutating func add(_ other: ScanReport) {
    segments += other.segments
    skipped += other.skipped
    lines += other.lines
    bytes += other.bytes
    delivered += other.delivered
    superseded += other.superseded
    uncommitted += other.uncommitted
    damages += other.damages
    damage += other.damage.prefix(max(100 - damage.count, 0))
  }
}
