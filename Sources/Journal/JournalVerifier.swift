import Glibc

/// Reads a whole journal and says what is not as it was written.
public struct JournalVerifier: Sendable {
  public let directory: String

  public init(directory: String) { self.directory = directory }

  /// Decodes every line of every segment and compares sealed segments with their hashes and summaries. Damage is
  /// named with file, line and offset: truncated, changed, missing and misplaced segments, lines that are no events.
  ///
  /// What it cannot see: a segment missing at either end of the journal, which retention or a crash leaves alike; and
  /// a change in a plain segment that gives another valid event, because plain lines carry no checksum.
  public func verify() throws(JournalError) -> ScanReport {
    let reader = try JournalReader(directory: directory)
    do {
      return try reader.scan { _, _ in }
    } catch let error as JournalError {
      throw error
    } catch {
      // The closure throws nothing, and a scan nothing else.
      throw JournalError(.system, path: directory, message: "\(directory): \(error)")
    }
  }
}
