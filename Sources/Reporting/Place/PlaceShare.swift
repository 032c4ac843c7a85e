import Bytes
import Classification
import Journal
import SMTPTypes

/// What one of several who read a journal keeps for a time line until it is its turn to hand it over.
final class PlaceShare {
  /// What one event means for the life of its recipient.
  struct Step {
    let key: LifeKey
    /// Microseconds since 1970.
    let time: Int64
    let kind: LifeStep.Kind
    let cause: UInt8
    /// False for a failure that can be joined on nothing.
    let hasKey: Bool
    /// Of a deferral: the queue's listing told of it.
    let isOfQueue: Bool
    /// Where it lies, seen from the period.
    let phase: EventFilter.Phase
    /// See `LifeHashes`; 0 without an alias.
    private let unaliasedLife: UInt64

    init(_ event: borrowing Event, _ hashes: LifeHashes?, _ kind: LifeStep.Kind, _ phase: EventFilter.Phase) {
      self.phase = phase
      key = hashes?.life ?? LifeKey(life: 0, arrivalOffset: 0, hasArrival: false)
      time = event.time.microseconds
      self.kind = kind
      cause = (event.cause ?? .unclassified).rawValue
      hasKey = hashes != nil
      isOfQueue = event.source == .queue
      unaliasedLife = hashes?.unaliased?.life ?? 0
    }

    var unaliased: LifeKey? {
      if unaliasedLife == 0 { return nil }
      return LifeKey(life: unaliasedLife, arrivalOffset: key.arrivalOffset, hasArrival: key.hasArrival)
    }
  }

  private let filter: EventFilter
  private var scratch = ByteBuffer(capacity: 256)
  private(set) var steps: [Step] = []
  /// The first and the last moment of anything that was read.
  private(set) var first: Timestamp?
  private(set) var last: Timestamp?

  private var verdicts: FilterMemory

  init(filter: EventFilter) {
    self.filter = filter
    verdicts = FilterMemory(filter)
  }

  @inline(__always)
  func note(_ time: Timestamp) {
    if let first, time >= first {} else { first = time }
    if let last, time <= last {} else { last = time }
  }

  /// True if the digests of sealed segments tell all that is looked at.
  var takesDigests: Bool { filter.looksOnlyAtDigests }

  func beginShapes(_ counts: ShapeCounts) { verdicts.beginShapes(counts) }

  /// - Parameter head: see `JournalConsumer`.
  func receive(_ event: borrowing Event, head: Int) {
    receive(event, Likeness(head: head)) { EventIdentity($0) }
  }

  /// - Parameter identity: of whose life it is; nil where it can be joined on nothing.
  @inline(__always)
  func receive(_ event: borrowing Event, _ likeness: Likeness, _ identity: (borrowing Event) -> EventIdentity?) {
    note(event.time)
    let phase = filter.phase(of: event.time)
    // Before the period it is looked at what is open when it begins, behind it at how what was open at its end came out.
    guard let kind = LifeStep.Kind(event), phase != .after || kind != .deferral else { return }
    if kind == .deferral, !verdicts.verdict(of: event, likeness).contains(.matches) { return }
    let hashes = identity(event).map { LifeHashes($0, arrival: event.arrival) }
    guard hashes != nil || kind == .deferral else { return }
    steps.append(Step(event, hashes, kind, phase))
  }

  /// How much is looked at of events that begin like `event`.
  func depth(of event: borrowing Event) -> EventDecoder.Depth? {
    guard let kind = LifeStep.Kind(event) else { return .leading }
    if kind != .deferral { return .recipient }
    if !filter.mayMatch(head: event, &scratch) { return .leading }
    return filter.looksOnly { $0.isInHead } ? .recipient : nil
  }

  /// Forgets what was handed over.
  func removeAll() {
    steps.removeAll(keepingCapacity: true)
    first = nil
    last = nil
  }
}
