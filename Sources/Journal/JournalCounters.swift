/// What the writer did since it was opened; for metrics and for messages.
public struct JournalCounters: Sendable, Equatable {
  /// Lines taken, and those that are on the disk.
  public internal(set) var lines = 0
  public internal(set) var durableLines = 0
  public internal(set) var durableBytes = 0
  public internal(set) var groups = 0
  /// Successful rounds of writing and synchronising.
  public internal(set) var synchronisations = 0
  /// Rounds that failed, and why the last one did.
  public internal(set) var faults = 0
  public internal(set) var lastFault: String?
  /// Lines refused for want of room, and the `gap` lines that say so.
  public internal(set) var droppedLines = 0
  public internal(set) var gaps = 0
  /// Bytes in memory, not yet durable.
  public internal(set) var queuedBytes = 0
  /// True while the disk refuses: a source that can wait, such as a log file, had better.
  public internal(set) var isRefusing = false
}
