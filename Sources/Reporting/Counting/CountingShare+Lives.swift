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
    guard let key, let kind = LifeStep.Kind(event) else { return }
    if let unaliased = key.unaliased { ordered.steps.append(LifeStep(alias: key.life, of: unaliased)) }
    let (time, cause) = (event.time.microseconds, (event.cause ?? .unclassified).rawValue)
    guard kind == .deferral else {
      // What was put off on the way to our own mailboxes is no recovery.
      let seconds = event.hop == .internal ? nil : event.deferredFor
      ordered.steps.append(
        LifeStep(
          end: kind, of: key.life, time: time, seconds: seconds ?? .nan, cause: cause, phase: phase, matches: matches))
      return
    }
    let isLocated = matches && phase == .within
    ordered.steps.append(
      LifeStep(
        deferral: key.life, time: time, arrival: event.arrival?.microseconds ?? 0, isOfQueue: event.source == .queue,
        provider: isLocated ? Int32(outbound.locatedRow(.provider) ?? -1) : -1,
        domain: isLocated ? Int32(outbound.locatedRow(.domain) ?? -1) : -1, cause: cause, start: start(event),
        phase: phase, matches: matches))
  }

  /// The first if no earlier deferral of this life can lie before the period: it is the first attempt, or (where the
  /// attempt has no number: a suspension, or a life whose start was not seen) the message arrived within the period.
  private func start(_ event: borrowing Event) -> LifeStep.Start {
    // A first attempt that tells for how long the recipient waited came after a suspension.
    if let attempt = event.attempt { return attempt == 1 && event.deferredFor == nil ? .first : .later }
    // Of all that is read, nothing came before.
    if filter.since == nil, event.origin == .suspended { return .first }
    guard let arrival = event.arrival else { return filter.since == nil ? .first : .later }
    guard let since = filter.since else { return .arrival }
    return arrival >= since ? .first : .later
  }
}
