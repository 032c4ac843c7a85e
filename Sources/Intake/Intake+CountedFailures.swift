// Failures that a journal only counts, for a reader who wants to see each line.

import Bytes
import Journal
import MailLog

extension Intake {
  /// Tells of a transient failure that was counted, if every one is to be told.
  func tellCounted(_ outcome: Outcome, as note: StaticString) {
    if options.tellsEveryFailure { giveCounted(outcome, note) }
  }

  @inline(never)
  private func giveCounted(_ outcome: Outcome, _ note: StaticString) {
    var event = Event(time: outcome.header.time, type: .transientFailure)
    describe(&event, outcome)
    attach(&event, outcome)
    judge(&event, outcome)
    event.note = ByteView(note)
    give(event, life: outcome.life)
  }

  /// Tells of a rejection that was counted, if every one is to be told.
  func tellCounted(_ event: borrowing Event, as note: StaticString) {
    guard options.tellsEveryFailure else { return }
    var event = copy event
    event.note = ByteView(note)
    sink.receive(event)
  }
}
