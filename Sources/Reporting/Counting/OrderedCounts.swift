import Bytes
import Classification
import Journal
import SMTPTypes

/// What must be counted in the journal's order, until it can be.
struct OrderedCounts: ~Copyable {
  /// The time of the first event.
  var begins: Timestamp?
  var steps: [LifeStep] = []
  var expiries: [Expiry] = []
  var notices = Notices()
  var hosts = ByteTable<HostPart>(limit: Aggregation.hostLimit)

  /// What one host's tallies and attempts say since the last time that it was handed over.
  struct HostPart {
    var pending = PendingAttempts()
    /// A tally came: what was pending before is covered.
    var isCovered = false
    /// A tally or an attempt of the period is its.
    var isSeen = false
    /// What the queue held when it was last looked at within the period.
    var queue: QueueGauge?
    /// A summary tells of a look behind the period alone.
    var isQueueUnknown = false

    var isEmpty: Bool { !isCovered && !isSeen && queue == nil && !isQueueUnknown && pending.isEmpty }
  }

  /// About how many bytes are kept.
  var size: Int { steps.count * MemoryLayout<LifeStep>.stride + expiries.count * MemoryLayout<Expiry>.stride }
}

/// Recipients that the queue gave up: one of an event, or as many as a summary counts.
struct Expiry {
  let cause: Cause
  /// The row of the provider's table.
  let provider: Int?
  /// Seconds from the first failure to the end.
  let seconds: Double?
  let times: Int

  init(_ event: borrowing Event, provider: Int?, times: Int) {
    self.times = times
    cause = event.cause ?? .unclassified
    self.provider = provider
    seconds = event.deferredFor
  }
}
