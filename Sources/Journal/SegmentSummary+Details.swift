// What reports count beside events by group and attempts by provider: what tallies say without a cut, and the attempts
// that no tally of the segment covers.

import Classification
public import SMTPTypes

extension SegmentSummary {
  public struct Details: Sendable, Equatable {
    /// The hosts that `hours` and `pending` name by their place.
    public internal(set) var hosts: [Host] = []
    public internal(set) var hours: [HourRow] = []
    public internal(set) var pending: [PendingRow] = []
  }

  /// A host that tallies or attempts name.
  public struct Host: Sendable, Equatable {
    public var name: String
    /// True if one of the tallies is its: attempts before the segment are covered.
    public var hasTallies = false
    /// The latest look at its queue, and the minute of the tally that tells of it.
    public var queue: QueueGauge?
    public var queueMinute: Timestamp?
  }

  /// What one host's tallies of one hour say without a cut, added up.
  public struct HourRow: Sendable, Equatable {
    public var hour: Int64
    /// Of `Details.hosts`.
    public var host: Int
    public var lines = 0
    public var unknownLines = 0
    public var suspended = 0
    public var internalHops = Tally.Counts()
    /// By `cause/stage` and by kind, sorted.
    public var rejections: [Share] = []
    public var trouble: [Share] = []
  }

  /// A key and how often it was counted.
  public struct Share: Sendable, Equatable {
    public var key: String
    public var count: Int
  }

  /// Outcomes of one hour, on lines behind the last tally of their host, that agree in all of these.
  public struct PendingRow: Sendable, Equatable {
    public var group: PendingGroup
    public var count: Int
    public var firsts: Int
  }

  public struct PendingGroup: Sendable, Hashable {
    /// Of `Details.hosts`.
    public var host: Int
    public var hour: Int64
    public var type: EventType
    public var isInternal: Bool
    /// Empty if unknown.
    public var provider: String
  }
}

extension Event {
  /// True for an outcome on an internal hop, as tallies count them.
  public var isInternalAttempt: Bool {
    guard hop == .internal, direction != .inbound, origin != .suspended else { return false }
    return type == .transientFailure || type == .delivery || type == .bounce
  }
}
