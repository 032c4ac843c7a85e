public import Bytes

/// Takes what a `LogFollower` reads. Called on the follower's thread alone; what is handed over is borrowed for the
/// call. The follower waits while a call lasts.
public protocol LogLineHandler: AnyObject, Sendable {
  /// A file is read from `position` on. The lines that follow belong to it, until the next call. Also a place to
  /// commit, if the position `isNamed`; if it is not, this is called again when the file gets its first bytes.
  func opened(_ position: LogPosition)
  /// One line without its newline, where it starts in the file, and where the next one does. A line longer than
  /// `LogFollower.longestLine` comes cut.
  func line(_ bytes: ByteView, offset: Int, next: Int)
  /// All lines before `position` have been delivered: a place to commit. `caughtUp` is true when nothing more was
  /// there, false between the blocks of a longer read.
  func batchEnd(_ position: LogPosition, caughtUp: Bool)
  /// The file was read to its end and its successor follows; `opened` is next.
  func finished(_ position: LogPosition)
  /// Something was lost or could not be found.
  func gap(_ gap: LogGap)
  /// The log can't be read for now (missing, permission); told once a reason. Following goes on by itself when that
  /// changes.
  func unavailable(_ path: String, _ error: SystemError)
  /// False while what was delivered waits for the disk: a follower that is being stopped then leaves the rest of the
  /// log to the next run.
  var hasRoom: Bool { get }
}

extension LogLineHandler {
  public var hasRoom: Bool { true }
}

/// Lines that the follower could not deliver, and why.
public struct LogGap: Equatable, Sendable {
  public enum Reason: Equatable, Sendable {
    /// The file was cut or written anew before all of it was read (copytruncate).
    case truncated
    /// The file that was read at the last run is gone; what was added to it since is unknown.
    case rotatedAway
    /// The file was written to after its successor had taken over.
    case lateLines
    /// Reading failed.
    case unreadable(Int32)
    /// The file was compressed since the last run, and is damaged.
    case damaged
  }

  public var reason: Reason
  public var path: String
  /// The first byte that was not delivered.
  public var offset: Int
  /// Bytes that are known to be missing; nil if unknown.
  public var bytes: Int?

  public init(reason: Reason, path: String, offset: Int, bytes: Int? = nil) {
    self.reason = reason
    self.path = path
    self.offset = offset
    self.bytes = bytes
  }
}

extension LogGap: CustomStringConvertible {
  /// A sentence for people.
  public var description: String {
    let amount = bytes.map { "\($0) bytes" } ?? "an unknown number of lines"
    switch reason {
    case .truncated:
      return "\(path) was cut before all of it was read: \(amount) from offset \(offset) on are lost"
    case .rotatedAway:
      return "\(path) as it was at the last run can't be found beside the log: \(amount) from offset \(offset) on"
        + " were not read (was it moved away or dropped by the rotation?)"
    case .lateLines:
      return "\(path) was still written to after its successor had taken over: \(amount) from offset \(offset) on"
        + " were not read (which process was not told to reopen its log?)"
    case .damaged:
      return "\(path) is damaged (gzip -t, zstd -t or xz -t says where): \(amount) are missing from what it held"
    case .unreadable(let code):
      return "\(path) can't be read at offset \(offset): \(SystemError(call: "read", code: code))"
    }
  }
}
