import Bytes
import SMTPTypes

@testable import Journal

/// One line, made by `EventEncoder`, with its newline.
func line(_ event: borrowing Event) -> String {
  var buffer = ByteBuffer()
  EventEncoder.append(event, to: &buffer)
  return String(buffer.view)
}

func time(_ text: String) -> Timestamp {
  text.withByteView { Timestamp(rfc3339: $0) } ?? Timestamp(microseconds: 0)
}

struct NotAnEvent: Error {}

/// Decodes `text` and calls `body` with the event; throws if it is none.
func withEvent(_ text: String, depth: EventDecoder.Depth = .all, _ body: (borrowing Event) throws -> Void) throws {
  var decoder = EventDecoder()
  try text.withByteView { (view: ByteView) throws in
    switch try decoder.decode(view, depth: depth) {
    case .event(let event):
      try body(event)
    default: throw NotAnEvent()
    }
  }
}

extension String {
  var withoutNewline: String { hasSuffix("\n") ? String(dropLast()) : self }
}
