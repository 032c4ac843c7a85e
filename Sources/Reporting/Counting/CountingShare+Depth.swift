import Journal
import SMTPTypes

extension CountingShare {
  /// How much is counted of events that begin like `event`; nil for all that counts look at. Of an event that can't meet
  /// the conditions, nothing but what it means for the life of its recipient.
  func depth(of event: borrowing Event) -> EventDecoder.Depth? {
    if event.type == .gap || filter.mayMatch(head: event, &scratch) { return nil }
    // Its attempts are among those that rates divide by.
    if filter.denominator != .unknown, filter.mayCountAttempts(head: event, &scratch) { return nil }
    guard let kind = LifeStep.Kind(event) else { return .leading }
    // An end tells for how long its recipient waited.
    return kind == .deferral ? .recipient : nil
  }
}
