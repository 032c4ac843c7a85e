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
    return kind == .deferral ? .recipient : .end
  }

  /// The cuts of tallies that are counted.
  var cuts: Tally.Cuts {
    switch filter.denominator {
    case .all:
      Tally.Cuts(
        Tally.Cut.allCases.filter { cut in
          cut == .tag ? !isQuick : PendingAttempts.fields.contains { $0.tallyCut == cut && outbound.table($0) != nil }
        })
    case .cut(.field(let field)): Tally.Cuts([field.tallyCut].compactMap { $0 })
    case .cut(.tag): Tally.Cuts([.tag])
    case .unknown: Tally.Cuts([])
    }
  }
}
