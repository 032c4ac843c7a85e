/// Where a line stands.
public struct JournalPosition: Sendable, Equatable {
  /// The line's number in the whole journal.
  public var sequence: UInt64
  /// The segment's path.
  public var file: String
  /// The line's number in the file, from 1.
  public var line: Int
}
