import Bytes
import Classification
import Journal
import SMTPTypes

/// A journal line as it stands; then the same bytes as the fields of an event, which must survive its line.
func checkEvent(_ bytes: ByteView) throws(CheckFailure) {
  var decoder = EventDecoder()
  try checkLine(bytes, &decoder)
  _ = (try? decoder.decode(bytes, depth: .leading)) != nil
  var choices = Choices(bytes)
  let event = someEvent(&choices)
  var line = ByteBuffer()
  EventEncoder.append(event, to: &line)
  try checkLine(line.view.prefix(line.count - 1), &decoder, isOurs: true)
}

/// What was read and written again reads and writes the same; a stranger's line, once more, because bytes that are no
/// UTF-8 grow when they are written, and a limit may cut them then.
private func checkLine(_ line: ByteView, _ decoder: inout EventDecoder, isOurs: Bool = false) throws(CheckFailure) {
  var once = ByteBuffer()
  guard encode(line, &decoder, to: &once) else {
    try require(!isOurs, "an event can't be read back: \(line)")
    return
  }
  if isOurs { try require(once.view.prefix(once.count - 1) == line, "\(line) became \(once.view)") }
  var twice = ByteBuffer()
  try require(encode(once.view.prefix(once.count - 1), &decoder, to: &twice), "can't be read again: \(once.view)")
  if isOurs { try require(once.view == twice.view, "\(once.view) became \(twice.view)") }
  var thrice = ByteBuffer()
  try require(encode(twice.view.prefix(twice.count - 1), &decoder, to: &thrice), "can't be read again: \(twice.view)")
  try require(twice.view == thrice.view, "\(twice.view) became \(thrice.view)")
}

private func encode(_ line: ByteView, _ decoder: inout EventDecoder, to buffer: inout ByteBuffer) -> Bool {
  do throws(JournalLineError) {
    switch try decoder.decode(line) {
    case .event(let event): EventEncoder.append(event, to: &buffer)
    case .tally(let line): EventEncoder.append(line.tally, host: line.host, to: &buffer)
    case .checkpoint(let checkpoint): EventEncoder.append(checkpoint, to: &buffer)
    case .unknown: return false
    }
    return true
  } catch {
    return false
  }
}

private func someEvent(_ choices: inout Choices) -> Event {
  let seconds = Int64(choices.word() % 253_402_300_800)
  var event = Event(
    time: Timestamp(seconds: seconds), type: EventType.allCases.filter { $0 != .tally && $0 != .checkpoint }[
      Int(choices.byte()) % (EventType.allCases.count - 2)])
  let present = choices.word()
  func has(_ bit: UInt64) -> Bool { present & (1 << bit) != 0 }
  func pick<Member: CaseIterable>(_ bit: UInt64, _: Member.Type) -> Member? {
    has(bit) ? Array(Member.allCases)[Int(choices.byte()) % Member.allCases.count] : nil
  }
  func text(_ bit: UInt64) -> ByteView? { has(bit) ? choices.text() : nil }
  event.source = pick(0, Source.self)
  event.host = text(1)
  event.instance = text(2)
  event.service = text(3)
  event.direction = pick(4, Direction.self)
  event.hop = pick(5, Hop.self)
  event.cause = pick(6, Cause.self)
  event.scope = pick(7, Scope.self)
  event.origin = pick(8, Origin.self)
  event.provider = text(9)
  event.domain = text(10)
  if has(11) { event.status = EnhancedStatusCode(4, Int(choices.byte()), Int(choices.byte())) }
  event.stage = pick(12, Stage.self)
  if has(13) { event.attempt = Int(choices.byte()) }
  event.queueID = text(14)
  if has(15) { event.arrival = Timestamp(microseconds: Int64(choices.word() % 250_000_000_000_000_000)) }
  event.messageID = text(16)
  event.user = text(17)
  event.sender = text(18)
  event.recipient = text(19)
  event.originalRecipient = text(20)
  if has(21) { event.relay = Relay(host: choices.text(), address: choices.text(), port: UInt16(choices.byte())) }
  if has(22) { event.client = Event.Client(host: choices.text(), address: choices.text()) }
  if has(23) { event.delay = Double(bitPattern: choices.word()) }
  if has(24) {
    event.xdelay = 7
    event.delays = Event.Delays(
      beforeQueueManager: Double(choices.byte()) / 10, inQueueManager: Double(bitPattern: choices.word()),
      connectionSetup: 0, transmission: 3)
  }
  if has(25) { event.retryAfter = Int(truncatingIfNeeded: choices.word()) }
  event.rule = text(26)
  event.ruleset = text(27)
  if has(28) { event.reply = Reply(code: ReplyCode(Int(choices.byte()) + 400), text: choices.text()) }
  for _ in 0..<(has(29) ? Int(choices.byte() % 70) : 0) {
    event.tags.append(Event.Tag(name: choices.text(), value: choices.text()))
  }
  if has(30) { event.deferredFor = Double(bitPattern: choices.word()) }
  if has(31) { event.count = Int(truncatingIfNeeded: choices.word()) }
  event.state = text(32)
  event.key = text(33)
  event.note = text(34)
  if has(35) { event.matched = choices.byte() & 1 == 1 }
  if has(36) { event.offset = Int(choices.byte()) }
  event.more = has(37)
  return event
}
