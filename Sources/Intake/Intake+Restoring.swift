// Taking up again where an earlier run stopped.

public import Journal

import Bytes
import Classification
import MailLog
import SMTPTypes

extension Intake {
  /// Identities of messages that are still in the queue, oldest first: what a restart needs to be told.
  public var knownIdentities: [MessageIdentity] { identities.identities }

  /// Lines up to `endWarmUp` lie before the committed position: they say whose messages are in flight and how they
  /// are called, but their outcomes are in the journal already.
  public func beginWarmUp() { isWarmingUp = true }

  /// Ends the warm-up; lives that it saw begin count as seen from their start.
  public func endWarmUp() {
    isWarmingUp = false
    for state in hosts { beginTally(of: state, HostState.minute(of: state.lastTime)) }
  }

  /// Takes an event of the journal, in its order, so that attempts go on being counted and what is open stays open.
  /// What the events tell together is known after `endRestoring`.
  public func restore(_ event: borrowing Event) {
    restoreScore(event)
    if event.type == .message { return restoreMessage(event) }
    if event.type == .rejection { return restoreToldByMilter(event) }
    guard event.direction == .outbound, event.source == .log || event.source == .queue, event.queueID != nil else {
      return
    }
    let host = host(named: event.host ?? .empty, time: event.time)
    switch event.type {
    case .transientFailure: reopen(event, toldLife(of: event, host) ?? insertTold(event, host))
    case .delivery, .bounce, .expiration, .deletion: restoreEnd(event, host)
    case .rejection, .delayNotice, .remoteBounce, .message, .tally, .alert, .gap, .checkpoint, .erasure:
      break
    }
    if let domain = event.domain, let provider = event.provider, !event.isSubmission {
      providers.restore(domain: domain, provider: provider)
    }
  }

  /// Ends the restoring, to be called before further lines: what the journal told is joined to what a warm-up has seen
  /// of the same messages.
  public func endRestoring() {
    placeToldLives()
  }

  /// A message that the journal has told of is not told of again.
  private func restoreMessage(_ event: borrowing Event) {
    guard event.source == .log || event.source == .queue, let queueID = event.queueID else { return }
    let host = host(named: event.host ?? .empty, time: event.time)
    if let former = event.previousQueueID { restoreRequeue(event, host, from: former, to: queueID) }
    guard let life = lives.find(host: host, queueID: queueID), began(life, at: event.arrival) else { return }
    lives[life].isIntroduced = true
  }

  /// Takes an end of the journal.
  private func restoreEnd(_ event: borrowing Event, _ host: Int) {
    if let life = toldLife(of: event, host) {
      closeRecipient(event, of: life)
      noteFile(of: event, life)
      leaveTold(life)
    }
    // An import that goes on behind what a sidecar has followed has lives of its own.
    guard let queueID = event.queueID, let life = seenLife(queueID, host, arrival: event.arrival),
      !lives[life].open.isEmpty
    else { return }
    closeRecipient(event, of: life)
    leave(life)
  }

  private func closeRecipient(_ event: borrowing Event, of life: Int) {
    // A line may say of which message it is and not for whom.
    let recipient = event.recipient ?? .empty
    let hash = hash(ofRecipient: recipient, original: event.originalRecipient, name(of: event))
    let at =
      lives[life].open.index(ofHash: hash) ?? aliased(event, life)
      ?? event.originalRecipient.flatMap {
        takeNamedByQueue(self.hash(ofRecipient: recipient, name(of: event)), as: hash, $0, life)
      }
    if let at { lives[life].open.remove(at: at) }
  }

  /// What marks of the event's recipient are made with, as `name(of:)` for a life.
  func name(of event: borrowing Event) -> ByteView { event.firstQueueID ?? event.queueID ?? .empty }

  /// Ends without an attempt did not always say by which alias their recipient was reached.
  private func aliased(_ event: borrowing Event, _ life: Int) -> Int? {
    guard event.originalRecipient == nil, let recipient = event.recipient else { return nil }
    let texts = lives[life].texts
    return lives[life].open.firstIndex { $0.original.isPresent && texts.view($0.address) == recipient }
  }

  /// The arrival that the event's line told, microseconds. Ends without an attempt have a delay of their own.
  private func impliedArrival(_ event: borrowing Event) -> Int64? {
    guard event.source == .log, event.arrival != nil, let delay = event.delay,
      event.type == .transientFailure || event.type == .delivery || event.type == .bounce
    else { return nil }
    return event.time.advanced(by: -delay).microseconds
  }

  /// Notes that the log spoke of `life`, and when its queue file came to be if the event was written under the id that it
  /// has now.
  private func noteFile(of event: borrowing Event, _ life: Int) {
    if event.source == .log { lives[life].lastSeen = max(lives[life].lastSeen, event.time.microseconds) }
    guard let implied = impliedArrival(event), lives[life].texts.view(lives[life].queueID) == event.queueID else { return }
    let first = lives[life].isRequeued ? implied : lives[life].impliedArrival ?? implied
    lives[life].impliedArrival = first
    lives[life].isRequeued = false
    lives[life].noteDrift(implied, first: first)
  }

  /// Takes a failure of the journal, of a life that it tells of.
  private func reopen(_ event: borrowing Event, _ life: Int) {
    noteFile(of: event, life)
    lives[life].isIntroduced = true
    if event.attempt != nil { lives[life].startSeen = true }
    restoreIdentity(event, of: life)
    let at = openRecipient(event, of: life)
    let hop = event.hop ?? .external
    _ = lives[life].open[at].noteFailure(on: hop, at: event.time)
    if event.origin == .suspended {
      lives[life].open[at].suspensionSeen = true
    } else {
      lives[life].open[at][attempts: hop] = event.attempt ?? lives[life].open[at][attempts: hop] + 1
    }
    if event.source == .queue { noteToldByQueue(event, life: life, recipient: at) }
    lives[life].open[at].lastCause = event.cause ?? .unclassified
    lives[life].open[at].lastScope = event.scope
    lives[life].open[at].lastOrigin = event.origin ?? .remote
    lives[life].open[at].lastStage = event.stage
    lives[life].open[at].lastStatus = event.status
    if let rule = event.rule { lives[life].open[at].lastRule = shared(rule, by: life) }
    if let provider = event.provider { lives[life].open[at].provider = shared(provider, by: life) }
    // The first that was told, as in a run.
    if !lives[life].open[at].service.isPresent, let service = event.service {
      lives[life].open[at].service = shared(service, by: life)
    }
  }

  /// Whose message it is.
  func restoreIdentity(_ event: borrowing Event, of life: Int) {
    if !lives[life].sender.isPresent, let sender = event.sender {
      lives[life].sender = lives[life].texts.add(sender)
    }
    if !lives[life].messageID.isPresent, let messageID = event.messageID {
      lives[life].messageID = lives[life].texts.add(messageID)
    }
    if !lives[life].user.isPresent, let user = event.user { lives[life].user = lives[life].texts.add(user) }
    if !lives[life].clientAddress.isPresent, let client = event.client {
      lives[life].clientHost = lives[life].texts.add(client.host)
      lives[life].clientAddress = lives[life].texts.add(client.address)
    }
    if lives[life].identity == nil, !event.tags.isEmpty {
      let queueID = lives[life].texts.view(lives[life].queueID) ?? .empty
      lives[life].identity = KnownIdentity(MessageIdentity(restoring: event, queueID: queueID))
    }
    if !lives[life].instance.isPresent, let instance = event.instance {
      lives[life].instance = shared(instance, by: life)
    }
  }

  /// The place of the event's recipient among those of `life` who wait.
  private func openRecipient(_ event: borrowing Event, of life: Int) -> Int {
    let recipient = event.recipient ?? .empty
    let hash = hash(ofRecipient: recipient, original: event.originalRecipient, name(of: event))
    if let known = lives[life].open.index(ofHash: hash) { return known }
    if let original = event.originalRecipient,
      let known = takeNamedByQueue(self.hash(ofRecipient: recipient, name(of: event)), as: hash, original, life)
    {
      return known
    }
    let address = lives[life].texts.add(recipient)
    var state = OpenRecipient(
      hash: hash, address: address, firstFailure: event.time, hop: event.hop ?? .external,
      lastCause: .unclassified, lastOrigin: .remote)
    if let original = event.originalRecipient { state.original = lives[life].texts.add(original) }
    return lives[life].open.append(state)
  }
}

extension Event {
  /// True if the server is known to be one that we submit to.
  fileprivate var isSubmission: Bool {
    if stage == .auth { return true }
    if let relay { return Relay.isSubmission(port: relay.port) }
    // As Postfix tells of a host that it could not reach.
    guard origin == .transport || origin == .suspended, let reply else { return false }
    return DeliveryRecord.Account(delayReason: reply.text).isSubmission
  }
}

extension MessageIdentity {
  /// What an event kept of its message's identity.
  fileprivate init(restoring event: borrowing Event, queueID: ByteView) {
    self.init(
      time: event.arrival ?? event.time, queueID: String(queueID), sender: event.sender.map { String($0) } ?? "",
      messageID: event.messageID.map { String($0) }, user: event.user.map { String($0) },
      clientHost: event.client.map { String($0.host) }, clientAddress: event.client.map { String($0.address) },
      tags: event.tags.map { Tag(name: String($0.name), value: String($0.value)) })
  }
}
