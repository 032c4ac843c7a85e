import SMTPTypes

/// What a decoder read in place: `JournalLine` without a copy of the event, which is large. Itself it is a word or two,
/// because it is handed on for every line.
enum ReadLine: ~Copyable {
  /// The decoder's own event, valid until it reads on.
  case event(UnsafeMutablePointer<Event>)
  case tally(Boxed<TallyLine>)
  case checkpoint(Boxed<Checkpoint>)
  case unknown

  /// The line's time; a tally's is the start of its minute. nil for an unknown type.
  var time: Timestamp? {
    switch self {
    case .event(let event): return event.pointee.time
    case .tally(let line): return line.value.tally.minute
    case .checkpoint(let checkpoint): return checkpoint.value.time
    case .unknown: return nil
    }
  }

  consuming func line() -> JournalLine {
    switch consume self {
    case .event(let event): return .event(event.pointee)
    case .tally(let tally): return .tally(tally.take())
    case .checkpoint(let checkpoint): return .checkpoint(checkpoint.take())
    case .unknown: return .unknown
    }
  }
}

/// A large value that is seldom there, in a place of its own.
struct Boxed<Value: ~Copyable>: ~Copyable {
  private let place: UnsafeMutablePointer<Value>

  init(_ value: consuming Value) {
    place = UnsafeMutablePointer<Value>.allocate(capacity: 1)
    place.initialize(to: value)
  }

  deinit {
    place.deinitialize(count: 1)
    place.deallocate()
  }

  var value: Value { _read { yield place.pointee } }

  consuming func take() -> Value {
    let value = place.move()
    place.deallocate()
    discard self
    return value
  }
}
