/// Where a line stands.
public struct JournalPosition: Sendable, Equatable {
  /// The line's number in the whole journal.
  public var sequence: UInt64
  /// The segment's path.
  public var file: String
  /// The line's number in the file, from 1.
  public var line: Int
  /// The number of the line's head; see `JournalConsumer`.
  var head = -1

  public init(sequence: UInt64, file: String, line: Int) {
    self.sequence = sequence
    self.file = file
    self.line = line
  }
}
