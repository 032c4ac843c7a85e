public import SMTPTypes

/// Turns time stamps into points in time. An old-style stamp (`Nov 23 17:59:48`) has neither year nor zone: the year
/// is the one that puts it nearest below `reference` (at most a day above), the zone is the machine's.
public struct StampResolver {
  /// About when the line was written: the clock for a live log, the file's time for an old one.
  public var reference: Timestamp

  public init(reference: Timestamp) {
    self.reference = reference
  }
}
