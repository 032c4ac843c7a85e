// Making events of outcomes.

import Bytes
import Classification
import Journal
import MailLog
import SMTPTypes

extension Intake {
  /// Adds to a new event what the line and the life say. In its place: an event is large, and giving one back copies it
  /// twice.
  func describe(_ event: inout Event, _ outcome: Outcome) {
    event.source = .log
    event.host = hosts[outcome.host].nameView
    event.instance = outcome.header.instance
    event.service = outcome.header.service
    event.direction = .outbound
    event.hop = outcome.hop
    event.offset = offset
    event.recipient = outcome.record.recipient.isEmpty ? nil : outcome.record.recipient
    event.originalRecipient = outcome.record.originalRecipient
    event.relay = outcome.record.relay
    event.status = outcome.record.status
    event.delay = outcome.record.delay
    if let text = outcome.record.delaysText {
      if outcome.assessment.hasPlainDelays {
        event.delays = Event.Delays(proven: text)
      } else {
        outcome.tellDelays(&event)
      }
    }
    describe(&event, life: outcome.life)
  }

  /// Adds whose message it is.
  func describe(_ event: inout Event, life: Int) {
    let texts = lives[life].texts
    let identity = identity(of: life)
    event.queueID = texts.view(lives[life].queueID)
    if event.queueID?.isEmpty == true { event.queueID = nil }
    event.firstQueueID = texts.view(lives[life].firstQueueID)
    event.arrival = lives[life].arrival
    event.messageID = texts.view(lives[life].messageID) ?? identity?.messageID
    event.sender = texts.view(lives[life].sender)
    event.user = texts.view(lives[life].user) ?? identity?.user
    if let identity, let address = identity.clientAddress {
      event.client = Event.Client(unlessEmpty: identity.clientHost ?? .empty, address)
    } else if let address = texts.view(lives[life].clientAddress) {
      event.client = Event.Client(unlessEmpty: texts.view(lives[life].clientHost) ?? .empty, address)
    }
    if let identity, identity.tagCount > 0 {
      event.tags = (0..<identity.tagCount).map { identity.tag($0) }
    }
  }

  /// Adds the recipient's domain, in lower case and valid until the next call, and the provider.
  func attach(_ event: inout Event, _ outcome: Outcome) {
    event.domain = domain(of: outcome)
    let provider = outcome.assessment.provider
    event.provider = provider.isEmpty ? nil : provider
  }

  /// The recipient's domain, in lower case and valid until the next call.
  @inline(__always)
  func domain(of outcome: Outcome) -> ByteView? {
    let length = Int(outcome.assessment.domainLength)
    return length >= 0 ? outcome.record.recipient.suffix(length) : findDomain(of: outcome)
  }

  private func findDomain(of outcome: Outcome) -> ByteView? {
    MailAddress.domain(of: outcome.record.recipient).map { lowercased($0) }
  }

  /// Names the cause.
  @discardableResult
  func judge(_ event: inout Event, _ outcome: Outcome) -> Verdict {
    event.describe(outcome.record.account)
    // Every failure was judged when it was read.
    let verdict =
      outcome.assessment.verdict
      ?? Verdict(cause: .unclassified, scope: nil, origin: .remote, rule: memory.pointee.rules.last)
    return event.take(verdict, rule: memory.pointee.rules[verdict.rule], ruleset: memory.pointee.rules.ruleset)
  }

  /// Gives `event` out, after the message's identity if something is known of it that was not told yet.
  func give(_ event: borrowing Event, life: Int) {
    if options.introducesMessages, !lives[life].isIntroduced, event.namesMessage {
      lives[life].isIntroduced = true
      var message = Event(time: event.time, type: .message)
      message.source = lives[life].identity != nil ? .milter : event.source == .queue ? .queue : .log
      message.host = event.host
      message.instance = event.instance
      message.offset = event.offset
      describe(&message, life: life)
      sink.receive(message)
    }
    sink.receive(event)
  }

  /// One event for each recipient of a life that is still open.
  func give(_ type: EventType, forOpenRecipientsOf life: Int, _ header: LogHeader, note: StaticString?) {
    for state in lives[life].open {
      give(type, of: state, life: life, time: header.time, source: .log, instance: header.instance, note: note)
    }
  }

  /// An event for one open recipient that tells what its last failure told.
  func give(
    _ type: EventType, of state: OpenRecipient, life: Int, time: Timestamp, source: Source, instance: ByteView?,
    note: StaticString?
  ) {
    guard !isWarmingUp else { return }
    var event = Event(time: time, type: type)
    event.source = source
    event.host = hosts[lives[life].host].nameView
    event.instance = instance
    event.direction = .outbound
    event.hop = state.hop
    event.offset = offset
    describe(&event, life: life)
    let texts = lives[life].texts
    let recipient = texts.view(state.address) ?? .empty
    event.recipient = recipient.isEmpty ? nil : recipient
    event.originalRecipient = texts.view(state.original)
    event.domain = MailAddress.domain(of: recipient).map { lowercased($0) }
    event.provider = view(state.provider, of: life)
    event.service = view(state.service, of: life)
    event.cause = state.lastCause
    event.scope = state.lastScope
    event.origin = state.lastOrigin
    event.stage = state.lastStage
    event.status = state.lastStatus
    event.rule = view(state.lastRule, of: life)
    event.ruleset = memory.pointee.rules.ruleset
    if let arrival = lives[life].arrival { event.delay = max(0, time.since(arrival)) }
    event.deferredFor = max(0, time.since(state.firstFailure))
    event.note = note.map { ByteView($0) }
    noteScore(event)
    give(event, life: life)
  }

  /// Ends a life whose open recipients will never have an outcome.
  func close(_ life: Int, _ header: LogHeader, note: StaticString) {
    give(.deletion, forOpenRecipientsOf: life, header, note: note)
    lives[life].open.removeAll()
  }

  /// `text` in lower case: itself where it is so already, else a copy that is valid until the next call.
  func lowercased(_ text: ByteView) -> ByteView {
    guard text.hasASCIIUppercase else { return text }
    lowercase.removeAll()
    lowercase.reserve(text.count)
    for byte in text.buffer { lowercase.append(byte.lowercasedASCII) }
    return lowercase.view
  }
}

extension Intake.Outcome {
  /// Adds the parts of the delay where nobody has looked whether they are as the journal writes them, or how long
  /// Sendmail's attempt took.
  @inline(never)
  fileprivate func tellDelays(_ event: inout Event) {
    if let text = record.delaysText, let delays = Event.Delays(asWritten: text) {
      event.delays = delays
    } else if let delays = record.delays {
      event.delays = Event.Delays(
        beforeQueueManager: delays.beforeQueueManager, inQueueManager: delays.inQueueManager,
        connectionSetup: delays.connectionSetup, transmission: delays.transmission)
    } else {
      event.xdelay = record.xdelay
    }
  }
}

extension Event.Client {
  /// nil if neither is known.
  init?(unlessEmpty host: ByteView, _ address: ByteView) {
    if host.isEmpty, address.isEmpty { return nil }
    self.init(host: host, address: address)
  }
}

extension Event {
  /// Adds who spoke in a delivery's outcome, what was said and when.
  @inline(__always)
  mutating func describe(_ account: DeliveryRecord.Account) {
    origin =
      switch account.speaker {
      case .remote: .remote
      case .transport: .transport
      case .suspended: .suspended
      case .local: .local
      }
    stage = account.stage
    reply = account.reply
  }
}

extension Event {
  /// True if it tells more of a message than which queue id it has.
  fileprivate var namesMessage: Bool {
    messageID != nil || sender != nil || user != nil || client != nil || firstQueueID != nil || !tags.isEmpty
  }
}
