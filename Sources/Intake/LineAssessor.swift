// What can be said of a line without knowing whose message it is about: its record, whose servers it speaks of, and
// why they put the message off. It is the greater part of the work, and it can be done ahead on another thread
// (`Intake.takeLines`).

import Bytes
import Classification
import Journal
import MailLog
import SMTPTypes

/// Reads lines in the order of their file and judges what they tell.
struct LineAssessor: ~Copyable {
  var parser: LogParser
  var judge: Judge
  var providers: ProviderLedger
  private let ownAddresses: OwnAddresses
  /// The time of lines that have no header; nil if there are none.
  var bareTime: Timestamp?
  /// False while only lives are of interest: lines of a warm-up, whose outcomes were judged before.
  var isJudging = true
  /// When the minute began that lines are of, microseconds.
  var minute: Int64 = 0
  private var lowercase = ByteBuffer(capacity: 512)

  init(parser: LogParser, classifier: Classifier, providers: ProviderMap, ownAddresses: OwnAddresses) {
    self.parser = parser
    judge = Judge(classifier: classifier)
    self.providers = ProviderLedger(map: providers)
    self.ownAddresses = ownAddresses
  }

  /// `assessor` in memory that shares no cache line with anything else.
  static func allocate(_ assessor: consuming LineAssessor) -> UnsafeMutablePointer<LineAssessor> {
    // Two lines: processors fetch them in pairs.
    let line = 128
    let place = UnsafeMutableRawPointer.allocate(
      byteCount: (MemoryLayout<LineAssessor>.size + line - 1) / line * line, alignment: line)
    let typed = place.bindMemory(to: LineAssessor.self, capacity: 1)
    typed.initialize(to: assessor)
    return typed
  }

  static func deallocate(_ place: UnsafeMutablePointer<LineAssessor>) {
    place.deinitialize(count: 1)
    UnsafeMutableRawPointer(place).deallocate()
  }

  /// True if a line of `time` is of a later minute than those before it, or the clock was set back.
  @inline(__always)
  func beginsMinute(_ time: Timestamp) -> Bool {
    let age = time.microseconds &- minute
    return age >= 60_000_000 || age < -3_600_000_000
  }

  /// What a line is to its reader.
  enum Reading {
    case headed
    /// Without a header, and read nevertheless.
    case bare
    /// Without a syslog header that can be read.
    case unreadable
  }

  /// Reads the line `bytes` into `line`, which is left undefined if it can't be read. Views of `line` are
  /// borrowed from `bytes` and, for the provider, from this assessor, as long as it lives. What is said of a delivery's
  /// further recipients is added to `others`.
  mutating func assess(_ bytes: ByteView, into line: inout AssessedLine, others: inout [Assessment]) -> Reading {
    let isHeaded = parser.parse(bytes, into: &line.parsed)
    return assess(bytes, isHeaded: isHeaded, &line, &others)
  }

  /// The same of a line of which the parser, passing noise, has read into `line` what `read` says.
  @inline(__always)
  mutating func assess(
    _ bytes: ByteView, _ read: LogParser.Reading, into line: inout AssessedLine, others: inout [Assessment]
  ) -> Reading {
    let isHeaded = read == .record || (read == .noise && parser.parse(bytes, into: &line.parsed))
    return assess(bytes, isHeaded: isHeaded, &line, &others)
  }

  @inline(__always)
  private mutating func assess(
    _ bytes: ByteView, isHeaded: Bool, _ line: inout AssessedLine, _ others: inout [Assessment]
  ) -> Reading {
    line.others = others.count..<others.count
    var reading = Reading.headed
    if isHeaded {
      // Nothing bare is believed in a file whose lines have headers.
      bareTime = nil
    } else {
      guard let bareTime, parser.parseBare(bytes, time: bareTime, into: &line.parsed) else { return .unreadable }
      reading = .bare
    }
    weigh(&line, &others)
    return reading
  }

  @inline(__always)
  private mutating func weigh(_ line: inout AssessedLine, _ others: inout [Assessment]) {
    switch line.parsed.kind {
    case .delivery:
      line.weight = .full
      if isJudging {
        assessDelivery(&line, &others)
      } else {
        // A second pass takes over whose message it is.
        line.hop = Hop(of: line.parsed.delivery, line.parsed.header, own: ownAddresses)
      }
    case .message: line.weight = .full
    case .other: assessOther(&line, &others)
    }
  }

  /// Takes a line that stands for several for what those say.
  private mutating func assessRepetition(_ line: inout AssessedLine, _ others: inout [Assessment]) {
    // Of the line before nothing is left but what the joiner had to do about it.
    let isAfterMail = line.weight == .full || line.weight == .repeated
    line.repeats = parser.unfold(&line.parsed, isAfterMail: isAfterMail) ?? 1
    weigh(&line, &others)
    if line.weight == .full, line.repeats > 1 { line.weight = .repeated }
  }

  private mutating func assessOther(_ line: inout AssessedLine, _ others: inout [Assessment]) {
    switch line.parsed.other {
    case .repetition: assessRepetition(&line, &others)
    case .foreign: line.weight = .foreign
    case .notification, .uninteresting: line.weight = .quiet
    case .rejection(let record):
      // What was refused for good is nobody's question here.
      line.weight = record.isTransient ? .full : .quiet
      guard isJudging, record.isTransient else { return }
      line.first.verdict = judge(rejection: record.reply, stage: record.stage)
    case .trouble(let record) where record.kind == .notification:
      line.weight = .full
      guard isJudging else { return }
      line.first.verdict = judge.judge(
        Failure(direction: .outbound, hop: .internal, origin: .local, stage: nil, reply: Reply(text: record.text)))
    case .delivery, .queueActive, .expired, .removed, .client, .pickup, .messageID, .envelope, .trouble, .unknown:
      line.weight = .full
    }
  }

  /// Fields of the record are looked at where it lies: what is called is inlined.
  private mutating func assessDelivery(_ line: inout AssessedLine, _ others: inout [Assessment]) {
    guard line.parsed.delivery.outcome != .probe else { return }
    line.hop = Hop(of: line.parsed.delivery, line.parsed.header, own: ownAddresses)
    line.first = assess(line.parsed.delivery, line.parsed.delivery.recipient, line.hop)
    if !line.parsed.delivery.otherRecipients.isEmpty { assessOtherRecipients(&line, &others) }
  }

  private mutating func assessOtherRecipients(_ line: inout AssessedLine, _ others: inout [Assessment]) {
    let record = line.parsed.delivery
    for recipient in record.recipients.dropFirst() { others.append(assess(record, recipient, line.hop)) }
    line.others = line.others.lowerBound..<others.count
  }

  /// The provider of one recipient of `record`, and the verdict on a failure.
  @inline(__always)
  mutating func assess(_ record: DeliveryRecord, _ recipient: ByteView, _ hop: Hop) -> Assessment {
    var assessment = Assessment()
    if hop == .external {
      // Of one that ends with a dot the domain does not.
      assessment.hasPlainRecipient =
        recipient.isLowercaseASCII && recipient.at(0) != 0x22 && recipient.at(recipient.count - 1) != 0x2E
      var domain = MailAddress.domain(of: recipient)
      if assessment.hasPlainRecipient {
        if let domain { assessment.domainLength = Int32(truncatingIfNeeded: domain.count) }
      } else {
        domain = domain.map { lowercased($0) }
      }
      assessment.provider = providers.provider(
        relayHost: record.relay?.host, reasonHost: record.account.host, domain: domain,
        teaches: !record.isSubmission, &assessment.numbers)
    }
    if record.outcome == .deferred || record.outcome == .bounced {
      assessment.verdict = judge(record, hop, assessment.provider)
      // An event will tell of it, and this thread mostly has the time to look.
      if let delays = record.delaysText { assessment.hasPlainDelays = Event.Delays.isWritten(delays) }
    }
    return assessment
  }

  @inline(__always)
  private func judge(_ record: DeliveryRecord, _ hop: Hop, _ provider: ByteView) -> Verdict {
    let origin: Origin =
      switch record.account.speaker {
      case .remote: .remote
      case .transport: .transport
      case .suspended: .suspended
      case .local: .local
      }
    return judge.judge(
      Failure(
        direction: .outbound, hop: hop, origin: origin, stage: record.account.stage, reply: record.account.reply,
        status: record.status, provider: provider))
  }

  /// The verdict on what our own server told a client.
  func judge(rejection reply: Reply, stage: Stage?) -> Verdict {
    judge.judge(Failure(direction: .inbound, origin: .ownReply, stage: stage, reply: reply, status: reply.enhanced))
  }

  /// `text` in lower case: itself where it is so already, else a copy that is valid until the next call.
  private mutating func lowercased(_ text: ByteView) -> ByteView {
    guard text.hasASCIIUppercase else { return text }
    lowercase.removeAll()
    for byte in text.buffer { lowercase.append(byte.lowercasedASCII) }
    return lowercase.view
  }
}

/// A line and what was said of it. Borrowed, and plain memory, so that many can be kept in one piece.
struct AssessedLine {
  /// What the joiner has to do about a line.
  enum Weight: UInt8 {
    /// Another program's: nothing.
    case foreign
    /// It changes nothing but the number of lines.
    case quiet
    case full
    /// It came `repeats` times.
    case repeated
  }

  var weight = Weight.foreign
  /// Of a repeated line, 2 or more.
  var repeats = 1
  var parsed = ParsedLine()
  /// Of a delivery: whether it left our own machines.
  var hop = Hop.external
  /// Of a delivery's first recipient, or of a rejection.
  var first = Assessment()
  /// Places of what was said of a delivery's further recipients.
  var others = 0..<0
}

/// Whose servers an outcome speaks of, and why it failed.
struct Assessment {
  /// Empty if nothing is known, and on internal hops.
  var provider = ByteView.empty
  /// Of the provider, the relay's host and the recipient's domain in lower case.
  var numbers = NameNumbers()
  /// nil for a delivery that succeeded.
  var verdict: Verdict?
  /// The recipient is known to be ASCII without capitals, not quoted, and without a dot at its end.
  var hasPlainRecipient = false
  /// Of such a recipient, how long its domain is, at its end; negative if that is not known, or there is none.
  var domainLength: Int32 = -1
  /// The parts of the delay are known to be as the journal writes them.
  var hasPlainDelays = false
}
