import Bytes
import Classification
import Intake
import Journal
import MailLog
import SMTPTypes

/// What an event said, copied out of its borrowed texts.
struct Recorded: Equatable, CustomStringConvertible {
  var type: EventType
  var queueID: String?
  var firstQueueID: String?
  var recipient: String?
  var originalRecipient: String?
  var sender: String?
  var cause: Cause?
  var scope: Scope?
  var origin: Origin?
  var provider: String?
  var domain: String?
  var hop: Hop?
  var source: Source?
  var attempt: Int?
  var deferredFor: Double?
  var user: String?
  var client: String?
  var messageID: String?
  var tags: [String]
  var note: String?
  var offset: Int?
  var host: String?
  var isAttempt: Bool
  var arrival: Timestamp?
  var service: String?
  var previousQueueID: String?

  init(_ event: borrowing Event) {
    type = event.type
    queueID = event.queueID.map { String($0) }
    firstQueueID = event.firstQueueID.map { String($0) }
    recipient = event.recipient.map { String($0) }
    originalRecipient = event.originalRecipient.map { String($0) }
    sender = event.sender.map { String($0) }
    cause = event.cause
    scope = event.scope
    origin = event.origin
    provider = event.provider.map { String($0) }
    domain = event.domain.map { String($0) }
    hop = event.hop
    source = event.source
    attempt = event.attempt
    deferredFor = event.deferredFor
    user = event.user.map { String($0) }
    client = event.client.map { String($0.address) }
    messageID = event.messageID.map { String($0) }
    tags = event.tags.map { "\($0.name)=\($0.value)" }
    note = event.note.map { String($0) }
    offset = event.offset
    host = event.host.map { String($0) }
    isAttempt = event.isAttempt
    arrival = event.arrival
    service = event.service.map { String($0) }
    previousQueueID = event.previousQueueID.map { String($0) }
  }

  var description: String { "\(type) \(queueID ?? "-") \(recipient ?? "-") attempt \(attempt ?? 0)" }
}

/// Keeps what it is given, and how the tallies add up.
final class RecordingSink: EventSink {
  var events: [Recorded] = []
  /// Each event's journal line, for a later `restore`.
  var lines: [[UInt8]] = []
  var total = Tally.Counts()
  var internalHops = Tally.Counts()
  var suspended = 0
  var rejections: [String: Int] = [:]
  var trouble: [String: Int] = [:]
  var minutes: [String] = []
  var byProvider: [String: Tally.Counts] = [:]
  var byTag: [String: Tally.Counts] = [:]
  var byUser: [String: Tally.Counts] = [:]
  var tallies = 0
  /// Each tally's line of the journal.
  var tallyLines: [String] = []
  var gauges: [QueueGauge] = []

  func receive(_ event: borrowing Event) {
    events.append(Recorded(event))
    var buffer = ByteBuffer()
    EventEncoder.append(event, to: &buffer)
    lines.append(Array(buffer.view.buffer))
  }

  func receive(_ tally: borrowing Tally, host: String) {
    tallies += 1
    var buffer = ByteBuffer()
    host.withByteView { EventEncoder.append(tally, host: $0, to: &buffer) }
    tallyLines.append(String(buffer.view))
    if let queue = tally.queue { gauges.append(queue) }
    total += tally.total
    internalHops += tally.internalHops
    suspended += tally.suspended
    minutes.append(tally.minute.description)
    for index in 0..<tally.trouble.count {
      trouble[String(tally.trouble.key(at: index)), default: 0] += tally.trouble[index]
    }
    for index in 0..<tally.rejections.count {
      rejections[String(tally.rejections.key(at: index)), default: 0] += tally.rejections[index]
    }
    for index in 0..<tally.byProvider.count {
      byProvider[String(tally.byProvider.key(at: index)), default: Tally.Counts()] += tally.byProvider[index]
    }
    for index in 0..<tally.byTag.count {
      byTag[String(tally.byTag.key(at: index)), default: Tally.Counts()] += tally.byTag[index]
    }
    for index in 0..<tally.byUser.count {
      byUser[String(tally.byUser.key(at: index)), default: Tally.Counts()] += tally.byUser[index]
    }
  }

  func events(_ type: EventType) -> [Recorded] { events.filter { $0.type == type } }
}

/// An intake over a recording sink, fed with lines.
final class Bench {
  let sink = RecordingSink()
  let intake: Intake
  private var offset = 0

  init(_ configure: (inout Intake.Options) -> Void = { _ in }) {
    var options = Intake.Options()
    configure(&options)
    intake = Intake(
      options: options, classifier: Classifier.builtIn(), providers: ProviderMap(),
      parser: LogParser(stamps: StampResolver(reference: Bench.time("2026-11-24T00:00:00Z"))), sink: sink)
  }

  static func time(_ text: String) -> Timestamp {
    text.withByteView { Timestamp(rfc3339: $0) } ?? Timestamp(seconds: 0)
  }

  /// Feeds lines of an RFC 3339 log: `10:00:05 smtp[12]: QID: …` becomes a line of 2026-11-23 of host `mx1`.
  func log(_ lines: String..., host: String = "mx1") {
    for line in lines { feed(line, "\(host) postfix/") }
  }

  /// Feeds Sendmail's lines: `10:00:05 QID: …`.
  func sendmail(_ lines: String...) {
    for line in lines { feed(line, "mx1 sm-mta[7]: ") }
  }

  private func feed(_ line: String, _ prefix: String) {
    let parts = line.split(separator: " ", maxSplits: 1)
    let full = "2026-11-23T\(parts[0]).000000+00:00 \(prefix)\(parts[1])"
    full.withByteView { intake.line($0, offset: offset) }
    offset += full.utf8.count + 1
  }
}
