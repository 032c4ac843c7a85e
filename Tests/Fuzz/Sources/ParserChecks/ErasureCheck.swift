import Bytes
import Classification

@testable import Journal
@testable import Privacy

/// Lines of a journal, out of which an address is taken: afterwards it is in none of them, whatever they are.
func checkErasure(_ bytes: ByteView) throws(CheckFailure) {
  let erasure = Erasure(
    address: "joe@example.net", replacement: "~erased-abcdefghijklmnop", key: PseudonymKey(bytes: ErasureKey.bytes))
  var eraser = LineEraser([erasure])
  var once = ByteBuffer(capacity: bytes.count)
  let changed = eraser.erase(bytes, to: &once)
  try require(changed == eraser.count(bytes), "counted otherwise than erased")
  try require(lines(once.view) == lines(bytes), "\(lines(bytes)) lines became \(lines(once.view))")
  if changed == 0 { try require(once.view == bytes, "bytes change where no address is") }
  try require(eraser.count(once.view) == 0, "an address is left: \(once.view)")
  try checkVerdict(once.view)
}

private enum ErasureKey {
  static let bytes = [UInt8](repeating: 7, count: 32)
}

private func lines(_ text: ByteView) -> Int { text.buffer.count { $0 == 0x0A } }

/// A line with another verdict is the same event but for that.
private func checkVerdict(_ text: ByteView) throws(CheckFailure) {
  let line = text.prefix(text.firstIndex(of: 0x0A) ?? text.count)
  var decoder = EventDecoder()
  guard case .event(var event)? = try? decoder.decode(line) else { return }
  event.cause = .greylisted
  event.scope = .path
  event.retryAfter = 300
  event.rule = ByteView("greylisting")
  event.ruleset = ByteView("0123456789abcdef")
  var rewritten = ByteBuffer()
  guard (try? VerdictLine().append(line, as: event, to: &rewritten)) != nil else {
    throw CheckFailure(message: "an event's line is no JSON object: \(line)")
  }
  var expected = ByteBuffer()
  EventEncoder.append(event, to: &expected)
  var second = EventDecoder()
  guard case .event(let read)? = try? second.decode(rewritten.view.prefix(rewritten.count - 1)) else {
    throw CheckFailure(message: "can't be read: \(rewritten.view)")
  }
  var found = ByteBuffer()
  EventEncoder.append(read, to: &found)
  try require(found.view == expected.view, "\(expected.view) became \(found.view)")
}
