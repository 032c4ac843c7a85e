import Bytes
import Classification
import DeliveryStatus
import Intake
import Journal
import MailLog
import MailQueue
import SMTPTypes

/// A script of what the windows show, a line each. `{…` is an entry of the queue's list, `+N` lets N seconds pass,
/// `<ID> …` is a message's identity, `!…` a rejected recipient, `*…` a delivery report; anything else is a log line, with the
/// header of the daemon that its first byte names unless it starts with a digit. After the last line the joiner is
/// taken up anew from the journal, and reads the second half again.
func checkIntake(_ bytes: ByteView) throws(CheckFailure) {
  let sink = LineSink()
  let first = Script(sink)
  var middle = 0
  var at = 0
  var lines = 0
  while at < bytes.count, lines < 400 {
    let end = bytes.firstIndex(of: 0x0A, from: at) ?? bytes.count
    first.take(bytes[at..<end], offset: at)
    at = end + 1
    lines += 1
    if at <= bytes.count / 2 { middle = at }
  }
  first.intake.flush()
  if let failure = sink.failure { throw failure }
  // One logged outcome is one event at most, but an expiry, a removal or a list is one for each recipient.
  let told = sink.lines.count
  let again = LineSink()
  let second = Script(again)
  var decoder = EventDecoder()
  for line in sink.lines {
    line.withUnsafeBufferPointer { buffer in
      guard case .event(let event)? = try? decoder.decode(ByteView(buffer)) else { return }
      second.intake.restore(event)
    }
  }
  second.intake.endRestoring()
  at = middle
  while at < bytes.count, lines > 0 {
    let end = bytes.firstIndex(of: 0x0A, from: at) ?? bytes.count
    second.take(bytes[at..<end], offset: at)
    at = end + 1
    lines -= 1
  }
  second.intake.flush()
  if let failure = again.failure { throw failure }
  try require(sink.lines.count == told, "a sink was called after its time")
}

private final class Script {
  let intake: Intake
  private var now: Int64 = 1_795_456_800
  private var queue = QueueListReader()

  init(_ sink: LineSink) {
    var options = Intake.Options()
    options.hostName = "mx1"
    options.hasMilter = true
    options.introducesMessages = true
    options.rejectionLimit = 4
    options.reportLimit = 4
    intake = Intake(
      options: options, classifier: Classifier.builtIn(), providers: Script.providers,
      parser: LogParser(stamps: StampResolver(reference: Timestamp(seconds: now), zone: .utc)), sink: sink)
  }

  private static let providers = ProviderMap()

  func take(_ line: ByteView, offset: Int) {
    let time = Timestamp(seconds: now)
    switch line.at(0) {
    case UInt8(ascii: "{"):
      intake.beginListing(at: time)
      let entry = try? queue.read(line)
      if let entry { intake.listed(entry) }
      _ = intake.endListing(isComplete: line.at(1) != 0x20)
    case UInt8(ascii: "+"):
      now += Int64(min(line.from(1).decimal ?? 1, 1_000_000))
      intake.advance(to: Timestamp(seconds: now))
    case UInt8(ascii: "<"):
      let end = line.firstIndex(of: 0x3E) ?? line.count
      intake.observe(
        MessageIdentity(
          time: time, queueID: String(line[1..<end]), sender: "a@example.org", messageID: String(line.from(end + 1)),
          user: "ann", clientHost: "app.example.org", clientAddress: "198.51.100.7",
          tags: [MessageIdentity.Tag(name: "campaign", value: "spring")]))
    case UInt8(ascii: "!"):
      intake.observe(
        ObservedRejection(
          time: time, clientHost: "client.example", clientAddress: "192.0.2.9", sender: "s@example.net",
          recipient: String(line.from(1)), status: "4.7.1", text: "try later"))
    case UInt8(ascii: "*"):
      var report = DeliveryReport()
      report.kind = .bounce
      report.queueID = String(line.from(1).prefix(12))
      report.recipients = [
        ReportedRecipient(address: String(line.from(13)), action: line.count % 2 == 0 ? .failed : .delayed)
      ]
      intake.observe(report, at: time, isOurOwn: line.count % 3 == 0, isMatched: line.count % 5 == 0)
    case let byte?:
      var full = ByteBuffer(capacity: line.count + 64)
      if !byte.isASCIIDigit || line.at(4) != 0x2D {
        time.appendRFC3339(to: &full)
        full.append(" mx1 ")
        full.append(LogTags.all[Int(byte) % LogTags.all.count])
        full.append(": ")
      }
      full.append(line.at(0) == 0x20 ? line.from(1) : line)
      intake.line(full.view, offset: offset)
    case nil: intake.advance(to: time)
    }
  }
}

/// Keeps events as journal lines, and reads each back.
private final class LineSink: EventSink {
  var lines: [[UInt8]] = []
  var failure: CheckFailure?
  private var decoder = EventDecoder()
  private var buffer = ByteBuffer()

  func receive(_ event: borrowing Event) {
    buffer.removeAll()
    EventEncoder.append(event, to: &buffer)
    let line = buffer.view.prefix(buffer.count - 1)
    if (try? decoder.decode(line)) == nil { failure = CheckFailure(message: "an event can't be read back: \(line)") }
    lines.append(Array(line.buffer))
  }

  func receive(_ tally: borrowing Tally, host: String) {
    let total = tally.total
    if total.deferrals < 0 || total.firstDeferred > total.firstAttempts {
      failure = CheckFailure(message: "a tally does not add up")
    }
  }
}
