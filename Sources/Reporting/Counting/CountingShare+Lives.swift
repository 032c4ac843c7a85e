// What events mean for the lives of their recipients.

import Bytes
import Classification
import Journal
import SMTPTypes

extension CountingShare {
  /// Keeps what the event means for its recipient's life until lives are followed. The event has been located, if it
  /// counts.
  @inline(__always)
  func follow(_ event: borrowing Event, _ key: LifeHashes?, phase: EventFilter.Phase, matches: Bool) {
    guard let key, event.hop != .internal, event.direction != .inbound, let kind = LifeStep.Kind(event.type) else {
      return
    }
    let isLocated = kind == .deferral && matches && phase == .within
    let value =
      kind == .deferral ? Double(event.arrival?.microseconds ?? 0) : event.deferredFor ?? .nan
    ordered.steps.append(
      LifeStep(
        key: key.life, time: event.time.microseconds, value: value,
        provider: isLocated ? Int32(outbound.locatedRow(.provider) ?? -1) : -1,
        domain: isLocated ? Int32(outbound.locatedRow(.domain) ?? -1) : -1, kind: kind,
        cause: (event.cause ?? .unclassified).rawValue, start: kind == .deferral ? start(event) : .later, phase: phase,
        matches: matches))
  }

  /// The first if no earlier deferral of this life can lie before the period: it is the first attempt, or (where the
  /// attempt has no number: a suspension, or a life whose start was not seen) the message arrived within the period.
  private func start(_ event: borrowing Event) -> LifeStep.Start {
    if let attempt = event.attempt { return attempt == 1 ? .first : .later }
    // Of all that is read, nothing came before.
    if filter.since == nil, event.origin == .suspended { return .first }
    guard let arrival = event.arrival else { return filter.since == nil ? .first : .later }
    guard let since = filter.since else { return .arrival }
    return arrival >= since ? .first : .later
  }
}
