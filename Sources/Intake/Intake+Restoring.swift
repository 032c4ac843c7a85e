// Taking up again where an earlier run stopped.

public import Journal

import Bytes
import Classification
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
  public func restore(_ event: borrowing Event) {
    restoreScore(event)
    if event.type == .message { return introduce(event) }
    if event.type == .rejection { return restoreToldByMilter(event) }
    guard event.direction == .outbound, event.source == .log || event.source == .queue, let told = event.queueID else {
      return
    }
    // A line may say of which message it is and not for whom.
    let recipient = event.recipient ?? .empty
    let host = host(named: event.host ?? .empty, time: event.time)
    let course = Requeues.course(
      host, event.firstQueueID ?? told, event.arrival, recipient, original: event.originalRecipient)
    followRequeue(course, host, event.arrival, to: told, by: event.time)
    let store = ByteStore([requeues.isEmpty ? "" : laterID(of: told, host, event.arrival) ?? ""])
    defer { withExtendedLifetime(store) {} }
    let queueID = store[0].isEmpty ? told : store[0]
    switch event.type {
    case .transientFailure:
      reopen(event, host, queueID, recipient, firstQueueID: event.firstQueueID ?? (told == queueID ? nil : told))
      requeues.note(course, queueID)
    case .delivery, .bounce, .expiration, .deletion:
      requeues.forget(course)
      let known = restoredLife(queueID, host, arrival: event.arrival)
      guard let life = known ?? lives.find(host: host, queueID: queueID) else { return }
      let hash = hash(
        ofRecipient: recipient, original: event.originalRecipient, event.firstQueueID ?? told)
      if let at = lives[life].open.index(ofHash: hash) ?? aliased(event, life) { lives[life].open.remove(at: at) }
      if known != nil {
        lives[life].lastSeen = max(lives[life].lastSeen, event.time.microseconds)
        noteFile(of: event, life)
      }
      leave(life)
    case .rejection, .delayNotice, .remoteBounce, .message, .tally, .alert, .gap, .checkpoint, .erasure:
      break
    }
    if let domain = event.domain, let provider = event.provider {
      providers.restore(domain: domain, provider: provider)
    }
  }

  /// A message that the journal has told of is not told of again.
  private func introduce(_ event: borrowing Event) {
    guard event.source == .log || event.source == .queue, let queueID = event.queueID else { return }
    if let former = event.previousQueueID { restoreRequeue(event, from: former) }
    let host = host(named: event.host ?? .empty, time: event.time)
    guard let life = lives.find(host: host, queueID: queueID), began(life, at: event.arrival) else { return }
    lives[life].isIntroduced = true
  }

  /// The journal has been read back.
  public func endRestoring() { requeues = Requeues() }

  /// A course that goes on under another queue id is that of a message that was requeued: its life takes the new id.
  private func followRequeue(
    _ course: UInt64, _ host: Int, _ arrival: Timestamp?, to queueID: ByteView, by time: Timestamp
  ) {
    guard let former = requeues.lastID(of: course) else { return }
    former.withByteView { former in
      // The old id may be another message's by now.
      guard former != queueID, let old = lives.find(host: host, queueID: former), began(old, at: arrival) else {
        return
      }
      goOn(old, as: queueID, restoredLife(queueID, host, arrival: arrival), host, at: time)
    }
  }

  /// Requeues of one message that are followed.
  private static let requeueLimit = 16

  /// The id under which the log has shown the life of `queueID` that arrived at `arrival` since, if it was requeued.
  private func laterID(of queueID: ByteView, _ host: Int, _ arrival: Timestamp?) -> String? {
    guard lives.find(host: host, queueID: queueID) == nil else { return nil }
    var later = requeues.nextID(of: String(queueID))
    for _ in 0..<Intake.requeueLimit {
      guard let id = later else { return nil }
      if id.withByteView({ restoredLife($0, host, arrival: arrival) }) != nil { return id }
      later = requeues.nextID(of: id)
    }
    return nil
  }

  /// Ends without an attempt did not always say by which alias their recipient was reached.
  private func aliased(_ event: borrowing Event, _ life: Int) -> Int? {
    guard event.originalRecipient == nil, let recipient = event.recipient else { return nil }
    let texts = lives[life].texts
    return lives[life].open.firstIndex { $0.original.isPresent && texts.view($0.address) == recipient }
  }

  /// True if `event` is of an attempt to deliver the queue file that `life` is known by: it may have been requeued, and
  /// have arrived before.
  private func isOfSameFile(_ event: borrowing Event, _ life: Int) -> Bool {
    guard event.firstQueueID != nil, let implied = impliedArrival(event) else { return false }
    guard let known = lives[life].impliedArrival ?? lives[life].arrival?.microseconds else { return false }
    return abs(known - implied) <= Life.tolerance
  }

  /// The arrival that the event's line told, microseconds. Ends without an attempt have a delay of their own.
  private func impliedArrival(_ event: borrowing Event) -> Int64? {
    guard event.source == .log, event.arrival != nil, let delay = event.delay,
      event.type == .transientFailure || event.type == .delivery || event.type == .bounce
    else { return nil }
    return event.time.advanced(by: -delay).microseconds
  }

  /// Notes when the queue file of `life` came to be, if the event was written under the id that it has now.
  private func noteFile(of event: borrowing Event, _ life: Int) {
    guard let implied = impliedArrival(event), lives[life].texts.view(lives[life].queueID) == event.queueID else { return }
    let first = lives[life].impliedArrival ?? implied
    lives[life].impliedArrival = first
    lives[life].isRequeued = false
    lives[life].noteDrift(implied, first: first)
  }

  /// - Parameter firstQueueID: what the life's events tell.
  private func reopen(
    _ event: borrowing Event, _ host: Int, _ queueID: ByteView, _ recipient: ByteView, firstQueueID: ByteView?
  ) {
    var life = lives.find(host: host, queueID: queueID)
    if let known = life, let arrival = event.arrival, let before = lives[known].arrival, !began(known, at: arrival),
      !isOfSameFile(event, known)
    {
      // Another life has the id. Both may be on their way in two instances; the events that follow tell of the end of
      // the one that is not.
      life = lifeAside(restoring: event, host, queueID)
      if life == nil {
        let isOlder = arrival < before || !lives[known].isFromJournal
        if isOlder || isNamedOtherwise(known, event.instance ?? .empty) {
          life = insertTwin(queueID, host)
          if life == nil, isOlder { return }
        } else {
          lives.remove(known)
        }
      }
    } else if life == nil {
      life = lifeAside(restoring: event, host, queueID)
    }
    let index: Int
    if let life {
      index = life
    } else {
      index = lives.insert(host: host, queueID: queueID)
      lives[index].isFromJournal = true
    }
    lives[index].arrival = event.arrival ?? lives[index].arrival
    lives[index].lastSeen = max(lives[index].lastSeen, event.time.microseconds)
    noteFile(of: event, index)
    lives[index].isIntroduced = true
    if event.attempt != nil { lives[index].startSeen = true }
    // As the journal tells it, whatever a warm-up found: the life's events must agree.
    if lives[index].texts.view(lives[index].firstQueueID) != firstQueueID {
      lives[index].firstQueueID = firstQueueID.map { lives[index].texts.add($0) } ?? TextBlock.Slice()
    }
    if !lives[index].sender.isPresent, let sender = event.sender {
      lives[index].sender = lives[index].texts.add(sender)
    }
    if !lives[index].messageID.isPresent, let messageID = event.messageID {
      lives[index].messageID = lives[index].texts.add(messageID)
    }
    if !lives[index].user.isPresent, let user = event.user { lives[index].user = lives[index].texts.add(user) }
    if !lives[index].clientAddress.isPresent, let client = event.client {
      lives[index].clientHost = lives[index].texts.add(client.host)
      lives[index].clientAddress = lives[index].texts.add(client.address)
    }
    if lives[index].identity == nil, !event.tags.isEmpty {
      lives[index].identity = KnownIdentity(MessageIdentity(restoring: event, queueID: queueID))
    }
    if !lives[index].instance.isPresent, let instance = event.instance {
      lives[index].instance = shared(instance, by: index)
    }
    let hash = hash(ofRecipient: recipient, original: event.originalRecipient, firstQueueID ?? queueID)
    let at: Int
    if let known = lives[index].open.index(ofHash: hash) {
      at = known
    } else {
      let address = lives[index].texts.add(recipient)
      var state = OpenRecipient(
        hash: hash, address: address, firstFailure: event.time, hop: event.hop ?? .external,
        lastCause: .unclassified, lastOrigin: .remote)
      if let original = event.originalRecipient { state.original = lives[index].texts.add(original) }
      at = lives[index].open.append(state)
    }
    if event.origin == .suspended {
      lives[index].open[at].suspensionSeen = true
    } else {
      lives[index].open[at].attempts = event.attempt ?? lives[index].open[at].attempts + 1
    }
    if event.source == .queue { noteToldByQueue(event, life: index, recipient: at) }
    lives[index].open[at].lastCause = event.cause ?? .unclassified
    lives[index].open[at].lastScope = event.scope
    lives[index].open[at].lastOrigin = event.origin ?? .remote
    lives[index].open[at].lastStage = event.stage
    lives[index].open[at].lastStatus = event.status
    if let rule = event.rule { lives[index].open[at].lastRule = shared(rule, by: index) }
    if let provider = event.provider { lives[index].open[at].provider = shared(provider, by: index) }
    // The first that was told, as in a run.
    if !lives[index].open[at].service.isPresent, let service = event.service {
      lives[index].open[at].service = shared(service, by: index)
    }
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
