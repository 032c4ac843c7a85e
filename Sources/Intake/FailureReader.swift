// Single log lines as the failures that they tell, for whoever asks about a line and not about a message's life.

public import Bytes
public import Classification
public import Journal
import MailLog
public import SMTPTypes

/// Reads log lines one by one. What it makes of a line is judged as `Intake` judges it; attempts, lives and whose
/// message it is are left out.
public struct FailureReader: ~Copyable {
  public enum Reading {
    /// A failure: direction, hop, origin, stage, reply, status, provider, relay and the like are set, no verdict.
    case failure(Event)
    /// A log line that tells of no failure.
    case otherLine
    /// A log line of a shape that is not known.
    case unknownLine
    /// No log line.
    case noLine
  }

  private var parser: LogParser
  private var parsed = ParsedLine()
  private var providers: ProviderLedger
  private let ownAddresses: OwnAddresses
  private var lower = ByteBuffer()

  /// `now` is what stamps without a year are near to.
  public init(providers: ProviderMap, ownMachine: OwnMachine = OwnMachine(), now: Timestamp) {
    parser = LogParser(stamps: StampResolver(reference: now))
    self.providers = ProviderLedger(map: providers)
    ownAddresses = OwnAddresses(ownMachine)
  }

  /// What `line` (without its newline) tells. The event is valid until the next call and while the line is.
  public mutating func read(_ line: ByteView) -> Reading {
    guard parser.parse(line, into: &parsed) else { return .noLine }
    _ = parser.unfold(&parsed)
    switch parsed.record {
    case .delivery(let record): return read(record)
    case .rejection(let record): return read(record)
    case .unknown, .foreign: return .unknownLine
    default: return .otherLine
    }
  }

  private mutating func read(_ record: DeliveryRecord) -> Reading {
    let type: EventType
    switch record.outcome {
    case .sent, .discarded: return .otherLine
    case .deferred: type = .transientFailure
    case .bounced: type = .bounce
    case .probe:
      guard let status = record.status, status.severity != 2 else { return .otherLine }
      type = status.severity == 4 ? .transientFailure : .bounce
    }
    var event = Event(time: parsed.header.time, type: type)
    event.source = .log
    event.instance = parsed.header.instance
    event.service = parsed.header.service
    event.direction = .outbound
    let hop = Hop(of: record, parsed.header, own: ownAddresses)
    event.hop = hop
    event.recipient = record.recipient
    event.relay = record.relay
    event.status = record.status
    event.domain = MailAddress.domain(of: record.recipient).map { lowercased($0) }
    if hop == .external {
      let provider = providers.provider(
        relayHost: record.relay?.host, reasonHost: record.account.host, domain: event.domain,
        teaches: !record.isSubmission)
      event.provider = provider.isEmpty ? nil : provider
    }
    event.describe(record.account)
    return .failure(event)
  }

  private func read(_ record: RejectionRecord) -> Reading {
    switch record.action {
    case .reject, .rejectWarning, .milterReject, .proxyReject: break
    case .hold, .milterHold, .discard: return .otherLine
    }
    var event = Event(time: parsed.header.time, type: .rejection)
    event.source = .log
    event.instance = parsed.header.instance
    event.service = parsed.header.service
    event.direction = .inbound
    event.hop = .external
    event.origin = .ownReply
    event.stage = record.stage
    event.reply = record.reply
    event.status = record.reply.enhanced
    event.recipient = record.recipient
    return .failure(event)
  }

  /// A bare reason as Postfix writes it in its parentheses (`host … said: …`, `connect to …`), nil if `text` has none of
  /// its shapes: then it is a reply, or anything.
  public mutating func read(reason text: ByteView) -> Event? {
    let account = DeliveryRecord.Account(delayReason: text)
    guard account.speaker != .local || account.host != nil else { return nil }
    var event = Event(time: Timestamp(seconds: 0), type: .transientFailure)
    event.direction = .outbound
    event.hop = account.hostAddress.map { Hop.isOwn($0, ByteView("localhost"), ownAddresses) } ?? false ? .internal : .external
    if event.hop == .external, let host = account.host {
      let provider = providers.provider(relayHost: host, reasonHost: nil, domain: nil)
      event.provider = provider.isEmpty ? nil : provider
    }
    event.describe(account)
    return event
  }

  private mutating func lowercased(_ text: ByteView) -> ByteView {
    lower.removeAll()
    for byte in text.buffer { lower.append(byte.lowercasedASCII) }
    return lower.view
  }
}
