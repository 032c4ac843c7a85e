import SMTPTypes

/// What a decoder read in place: `JournalLine` without a copy of the event, which is large.
enum ReadLine: ~Copyable {
  /// The decoder's own event, valid until it reads on.
  case event(UnsafePointer<Event>)
  case tally(TallyLine)
  case checkpoint(Checkpoint)
  case unknown

  /// The line's time; a tally's is the start of its minute. nil for an unknown type.
  var time: Timestamp? {
    switch self {
    case .event(let event): return event.pointee.time
    case .tally(let line): return line.tally.minute
    case .checkpoint(let checkpoint): return checkpoint.time
    case .unknown: return nil
    }
  }

  consuming func line() -> JournalLine {
    switch consume self {
    case .event(let event): return .event(event.pointee)
    case .tally(let tally): return .tally(tally)
    case .checkpoint(let checkpoint): return .checkpoint(checkpoint)
    case .unknown: return .unknown
    }
  }
}
