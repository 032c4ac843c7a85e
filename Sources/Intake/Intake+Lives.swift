// The lines that tell of a message's way into the queue and out of it.

import Bytes
import Classification
import Journal
import MailLog
import SMTPTypes

extension Intake {
  /// smtpd took a message in: a new life, whatever had the id before.
  func take(_ record: ClientRecord, _ header: LogHeader, _ host: Int) {
    if !isWarmingUp, !isOwn(record.clientAddress, of: host) { acceptedMessages += 1 }
    let life = begin(record.queueID, header, host)
    lives[life].clientHost = lives[life].texts.add(record.clientHost)
    lives[life].clientAddress = lives[life].texts.add(record.clientAddress)
    if let user = record.user { lives[life].user = lives[life].texts.add(user) }
    if let original = record.originalQueueID, let first = lives.find(host: host, queueID: original) {
      inherit(from: first, to: life)
    }
  }

  /// pickup took a message in: a local submission, or a requeued one whose life goes on under a new id.
  func take(_ record: PickupRecord, _ header: LogHeader, _ host: Int) {
    guard let original = record.originalQueueID, original != record.queueID else {
      let life = begin(record.queueID, header, host)
      lives[life].sender = lives[life].texts.add(record.sender)
      lives[life].isSenderAsGiven = true
      return
    }
    if let life = queuedLife(original, header.instance, host) {
      requeue(life, from: original, to: record.queueID, header, host)
      return
    }
    // It came in before the first line that was read; when, its deliveries will tell.
    makeWay(for: record.queueID, header, host)
    let life = lives.insert(host: host, queueID: record.queueID)
    lives[life].firstQueueID = lives[life].texts.add(original)
    lives[life].isRequeued = true
    lives[life].sender = lives[life].texts.add(record.sender)
    lives[life].lastSeen = header.time.microseconds
  }

  func take(_ record: MessageIDRecord, _ header: LogHeader, _ host: Int) {
    if let note = options.noteMessageID, !record.messageID.isEmpty { note(record.messageID, header.time) }
    let life: Int
    if let known = queuedLife(record.queueID, header.instance, host), !wasTried(known, before: header.time) {
      life = known
    } else {
      // cleanup(8) writes this before the message is tried: what has been is another one, whose end nobody saw.
      life = begin(record.queueID, header, host)
    }
    if !lives[life].messageID.isPresent, !record.messageID.isEmpty {
      lives[life].messageID = lives[life].texts.add(record.messageID)
      // Now, while the first pass is still in the queue: its identity goes with it.
      if !identities.isEmpty { _ = identity(of: life) }
      if !memory.pointee.requeued.isEmpty { linkSecondPass(life, record.messageID, host) }
    }
    lives[life].lastSeen = header.time.microseconds
  }

  /// Sendmail took a message in.
  func take(_ record: EnvelopeRecord, _ header: LogHeader, _ host: Int) {
    let life = begin(record.queueID, header, host)
    lives[life].sender = lives[life].texts.add(record.sender)
    if let messageID = record.messageID {
      options.noteMessageID?(messageID, header.time)
      lives[life].messageID = lives[life].texts.add(messageID)
    }
    lives[life].recipientsLeft = record.recipientCount
    if !record.clientAddress.isEmpty {
      lives[life].clientHost = lives[life].texts.add(record.clientHost)
      lives[life].clientAddress = lives[life].texts.add(record.clientAddress)
    }
  }

  func take(_ record: QueueActiveRecord, _ header: LogHeader, _ host: Int) {
    let queueManager = noteQueueManager(header.instance)
    let life: Int
    if let known = queuedLife(record.queueID, header.instance, host), !isOver(known, header.time, record.sender) {
      life = known
    } else {
      // Another instance's life may have the id, or one whose end nobody saw.
      makeWay(for: record.queueID, header, host)
      life = lives.insert(host: host, queueID: record.queueID)
    }
    lives[life].queueManager = queueManager
    noteSender(record.sender, of: life)
    lives[life].lastSeen = header.time.microseconds
  }

  /// Notes the sender of the envelope that goes out. A local program's is rewritten (`www-data` to
  /// `www-data@example.org`; cleanup(8), append_at_myorigin and the canonical maps), so that this one takes the place of
  /// what pickup(8) told, unless an event has told that.
  @inline(__always)
  func noteSender(_ sender: ByteView, of life: Int) {
    if !lives[life].sender.isPresent {
      lives[life].sender = lives[life].texts.add(sender)
    } else if lives[life].isSenderAsGiven {
      replaceSender(by: sender, of: life)
    }
  }

  @inline(never)
  private func replaceSender(by sender: ByteView, of life: Int) {
    lives[life].isSenderAsGiven = false
    guard lives[life].open.isEmpty, !lives[life].isIntroduced, lives[life].texts.view(lives[life].sender) != sender
    else { return }
    lives[life].sender = lives[life].texts.add(sender)
  }

  func take(_ record: RemovalRecord, _ header: LogHeader, _ host: Int) {
    if !identities.isEmpty {
      // Lines that come late may still ask for it.
      if let life = lives.find(host: host, queueID: record.queueID) { _ = identity(of: life) }
      identities.remove(record.queueID, leftAt: header.time)
    }
    if !memory.pointee.aside.isEmpty { releaseEnds() }
    // Sendmail's programs share a queue, each under a label of its own.
    if record.reason == .finished { _ = noteQueueManager(header.instance) }
    guard let life = queuedLife(record.queueID, header.instance, host) else {
      // Its failures may be in the journal, which is taken in later.
      if isWarmingUp, record.reason != .deleted, lives.find(host: host, queueID: record.queueID) == nil {
        let life = lives.insert(host: host, queueID: record.queueID)
        lives[life].lastSeen = header.time.microseconds
        depart(life, header, note: Intake.leftUnseen)
      }
      return
    }
    if record.reason == .deleted {
      close(life, header, note: "deleted from the queue")
      drop(life)
    } else {
      lives[life].lastSeen = header.time.microseconds
      depart(life, header, note: Intake.leftUnseen)
    }
  }

  private static let leftUnseen: StaticString = "left the queue; its outcome was not seen"

  func take(_ record: ExpiryRecord, _ header: LogHeader, _ host: Int) {
    let known = queuedLife(record.queueID, header.instance, host)
    guard let life = known, !lives[life].open.isEmpty else {
      guard !isWarmingUp else { return }
      // It was told for everyone: only the notification is tried again.
      if let known, lives[known].isExpired { return }
      // The failures were logged before the first line that was read.
      let sender = record.sender ?? known.flatMap { lives[$0].texts.view(lives[$0].sender) }
      if record.recipients.isEmpty { return giveExpiration(record, of: nil, sender, header, host) }
      for recipient in record.recipients { giveExpiration(record, of: recipient, sender, header, host) }
      if let known { lives[known].expire(at: header.time) }
      return
    }
    give(.expiration, forOpenRecipientsOf: life, header, note: record.isForced ? "expired by hand" : nil)
    lives[life].open.removeAll()
    lives[life].expire(at: header.time)
    // Who is tried again, because the message could not be returned, was tried before.
    lives[life].startSeen = false
    // A line of Sendmail's that names somebody comes before the one of the notification.
    if lives[life].recipientsLeft != nil, record.recipients.isEmpty { end(life) }
  }

  /// The end of a wait that no line has told of before, for a recipient, or for nobody knows whom.
  private func giveExpiration(
    _ record: ExpiryRecord, of recipient: ByteView?, _ sender: ByteView?, _ header: LogHeader, _ host: Int
  ) {
    var event = Event(time: header.time, type: .expiration)
    event.source = .log
    event.host = hosts[host].nameView
    event.instance = header.instance
    event.direction = .outbound
    event.queueID = record.queueID
    event.sender = sender
    event.recipient = recipient
    event.domain = recipient.flatMap { MailAddress.domain(of: $0) }.map { lowercased($0) }
    event.offset = offset
    sink.receive(event)
  }

  /// A notification about the message could not be sent, and it stays in the queue: a failure of ours that is no
  /// recipient's attempt, and waits for nobody.
  func take(failedNotification record: TroubleRecord, _ header: LogHeader, _ host: Int, _ verdict: Verdict?) {
    guard !isWarmingUp else { return }
    take(record, header, host)
    var event = Event(time: header.time, type: .transientFailure)
    event.source = .log
    event.host = hosts[host].nameView
    event.instance = header.instance
    event.service = header.service
    event.direction = .outbound
    event.hop = .internal
    event.offset = offset
    event.queueID = record.queueID
    event.reply = Reply(text: record.text)
    event.origin = .local
    if let verdict {
      _ = event.take(verdict, rule: memory.pointee.rules[verdict.rule], ruleset: memory.pointee.rules.ruleset)
    }
    guard let queueID = record.queueID, let life = queuedLife(queueID, header.instance, host) else {
      sink.receive(event)
      return
    }
    describe(&event, life: life)
    give(event, life: life)
    lives[life].lastSeen = header.time.microseconds
    // All have had their outcome: whatever comes is no first attempt.
    if lives[life].open.isEmpty { lives[life].startSeen = false }
  }

  /// Counts final outcomes of a message that no line takes out of the queue.
  func countOut(_ life: Int, _ recipients: Int) {
    guard let left = lives[life].recipientsLeft else { return }
    lives[life].recipientsLeft = left - recipients
    if left <= recipients, lives[life].open.isEmpty { end(life) }
  }

  private func end(_ life: Int) {
    guard lives[life].place == .indexed else { return }
    if let queueID = lives[life].texts.view(lives[life].queueID) { identities.remove(queueID) }
    lives.remove(life)
  }

  /// Trouble is counted; lines that a rate limit dropped are missing from every figure.
  func take(_ record: TroubleRecord, _ header: LogHeader, _ host: Int) {
    guard !isWarmingUp else { return }
    guard record.kind == .lostLines else {
      hosts[host].tally.countTrouble(record.kind.name)
      return
    }
    giveGap(record.count, note: record.text, header.time, host)
  }

  /// Says that lines of the log are missing.
  func giveGap(_ count: Int?, note: ByteView, _ time: Timestamp, _ host: Int) {
    var event = Event(time: time, type: .gap)
    event.source = .log
    event.host = hosts[host].nameView
    event.count = count
    event.note = note
    event.offset = offset
    sink.receive(event)
  }

  /// True if a line of a time before `time` told of an attempt to deliver what has the life's queue id now.
  private func wasTried(_ life: Int, before time: Timestamp) -> Bool {
    lives[life].impliedArrival != nil && lives[life].place == .indexed && time.microseconds > lives[life].lastSeen
  }

  /// True if nobody waits in `life` any more and the queue manager speaks of a message with another sender.
  private func isOver(_ life: Int, _ time: Timestamp, _ sender: ByteView) -> Bool {
    guard lives[life].open.isEmpty, wasTried(life, before: time),
      let known = lives[life].texts.view(lives[life].sender)
    else { return false }
    return known != sender
  }

  /// The life of a message that comes in now.
  private func begin(_ queueID: ByteView, _ header: LogHeader, _ host: Int) -> Int {
    makeWay(for: queueID, header, host)
    let life = lives.insert(host: host, queueID: queueID)
    lives[life].arrival = header.time
    lives[life].startSeen = true
    lives[life].lastSeen = header.time.microseconds
    if memory.pointee.queueManagers.count > 1 { lives[life].queueManager = queueManager(header.instance) }
    return life
  }

  /// The life that a delivery line speaks of.
  func life(of outcome: Outcome) -> Int {
    let host = outcome.host
    let queueID = outcome.record.queueID
    let time = outcome.header.time
    // A line without a header has no time of its own.
    let implied = !memory.pointee.isBare ? outcome.record.delay.map { time.advanced(by: -$0) } : nil
    let digits = min(Int(time.fractionDigits), outcome.record.delayDigits)
    let life: Int
    if let known = lives.find(host: host, queueID: queueID) {
      if memory.pointee.queueManagers.count > 1, let elsewhere = lifeElsewhere(outcome, beside: known, implied) {
        lives[elsewhere].lastSeen = time.microseconds
        if let implied, lives[elsewhere].impliedArrival == nil {
          lives[elsewhere].impliedArrival = implied.microseconds
          if lives[elsewhere].arrival == nil { setArrival(elsewhere, implied, digits, host) }
        }
        return elsewhere
      }
      guard let implied else { return known }
      let cameIn = lives[known].startSeen && !lives[known].isRequeued && began(known, at: implied)
      if lives[known].impliedArrival == nil, !cameIn,
        let aside = lifeAside(host, queueID, arrival: implied.microseconds, outcome.header.instance)
      {
        lives[aside].lastSeen = time.microseconds
        return aside
      }
      if !requeues.isEmpty, !isOf(known, implied),
        let requeued = requeuedLife(queueID, host, arrival: implied.microseconds), requeued != known
      {
        lives[requeued].lastSeen = time.microseconds
        return requeued
      }
      let order = order(ofDelay: outcome.record.delay, at: outcome.header, implied, known)
      switch order {
      case .same:
        let first = lives[known].impliedArrival ?? implied.microseconds
        lives[known].impliedArrival = first
        lives[known].noteDrift(implied.microseconds, first: first)
        if lives[known].arrival == nil { setArrival(known, implied, digits, host) }
        lives[known].isRequeued = false
        lives[known].lastSeen = time.microseconds
        return known
      case .sameAllTheSame:
        lives[known].lastSeen = time.microseconds
        return known
      case .older, .newer:
        life = otherLife(queueID, outcome.header, host, beside: known, isOlder: order == .older, implied: implied)
      }
    } else if let implied,
      let aside = lifeAside(host, queueID, arrival: implied.microseconds, outcome.header.instance)
    {
      lives[aside].lastSeen = time.microseconds
      return aside
    } else if let implied, let requeued = requeuedLife(queueID, host, arrival: implied.microseconds) {
      lives[requeued].lastSeen = time.microseconds
      return requeued
    } else {
      life = lives.insert(host: host, queueID: queueID)
      if memory.pointee.queueManagers.count > 1 { lives[life].queueManager = queueManager(outcome.header.instance) }
    }
    lives[life].lastSeen = time.microseconds
    if let implied, lives[life].impliedArrival == nil {
      lives[life].impliedArrival = implied.microseconds
      setArrival(life, implied, digits, host)
    }
    return life
  }

  /// True if a line of `life` has told this arrival, or its message was seen to come in then.
  private func isOf(_ life: Int, _ implied: Timestamp) -> Bool {
    guard let known = lives[life].impliedArrival ?? lives[life].arrival?.microseconds else { return false }
    return lives[life].isNear(implied.microseconds, first: known)
  }

  /// When a line's message arrived, beside the one that has its queue id. `sameAllTheSame`: the arrival is another one,
  /// the message can't be.
  private enum Order { case same, sameAllTheSame, older, newer }

  private func order(ofDelay delay: Double?, at header: LogHeader, _ implied: Timestamp, _ known: Int) -> Order {
    guard let before = lives[known].impliedArrival ?? lives[known].arrival?.microseconds else { return .same }
    let distance = implied.microseconds - before
    if lives[known].isNear(implied.microseconds, first: before) { return .same }
    // On a clock that was set back: Postfix takes a delay below zero for zero (global/log_adhoc.c).
    if distance < 0, delay == 0 { return .sameAllTheSame }
    // The message was seen to come in, anew if it was requeued. Where it was submitted locally, or Postfix was down
    // meanwhile, it may have waited for that.
    if lives[known].impliedArrival == nil, lives[known].startSeen || lives[known].isRequeued { return .same }
    // A queue id is free for another message when the older one has left the queue, so its lines are older too.
    if header.time.microseconds < before { return .older }
    // And this message was in the queue when a line spoke of it last: no other can have come in before that. The clock
    // was set meanwhile, or whoever wrote the line counts from elsewhere.
    let wasThere = implied.microseconds < lives[known].lastSeen - Life.tolerance
    return wasThere && !isNamedOtherwise(known, header.instance) ? .sameAllTheSame : .newer
  }

  /// - Parameter digits: of the second's fraction, that the line knows.
  private func setArrival(_ life: Int, _ implied: Timestamp, _ digits: Int, _ host: Int) {
    // What the journal's line will say, so that a life is the same there.
    lives[life].arrival = Timestamp(microseconds: implied.microseconds, fractionDigits: digits).truncated
    // How a message that was requeued came in, nobody saw.
    if let first = hosts[host].firstTime, !isWarmingUp, implied >= first, lives[life].place != .passing,
      !lives[life].isRequeued
    {
      lives[life].startSeen = true
    }
  }

  // MARK: Identity

  /// The second pass of a content filter is the first one's message.
  func inherit(from first: Int, to second: Int) {
    if let identity = identity(of: first) { lives[second].identity = identity }
    if let user = lives[first].texts.view(lives[first].user) {
      lives[second].user = lives[second].texts.add(user)
    }
    if let client = lives[first].texts.view(lives[first].clientAddress) {
      lives[second].clientAddress = lives[second].texts.add(client)
      lives[second].clientHost = lives[second].texts.add(lives[first].texts.view(lives[first].clientHost) ?? .empty)
    }
    let known = lives[first].firstQueueID.isPresent ? lives[first].firstQueueID : lives[first].queueID
    if let id = lives[first].texts.view(known) { setFirstQueueID(id, of: second) }
    // In a warm-up nobody knows yet who waits.
    if isWarmingUp ? lives[first].firstQueueID.isPresent : !lives[first].open.isEmpty,
      let id = lives[first].texts.view(lives[first].queueID)
    {
      lives[second].formerQueueID = lives[second].texts.add(id)
    }
  }

  /// A failure that was told already was told without it, and stays so.
  private func setFirstQueueID(_ id: ByteView, of life: Int) {
    guard !lives[life].firstQueueID.isPresent, lives[life].open.isEmpty, !lives[life].isIntroduced else { return }
    lives[life].firstQueueID = lives[life].texts.add(id)
  }

  /// What the milter knows of a life's message: by its queue id, or, for mail that came from ourselves (a content
  /// filter), by its Message-ID.
  @inline(__always)
  func identity(of life: Int) -> KnownIdentity? {
    // Where there is no milter, nobody is known.
    lives[life].hasIdentity || !identities.isEmpty ? findIdentity(of: life) : nil
  }

  private func findIdentity(of life: Int) -> KnownIdentity? {
    if let known = lives[life].identity { return known }
    guard !identities.isEmpty, let queueID = lives[life].texts.view(lives[life].queueID) else { return nil }
    if let found = identities.identity(of: queueID, arrival: lives[life].arrival) {
      lives[life].identity = found
      return found
    }
    guard let messageID = lives[life].texts.view(lives[life].messageID) else { return nil }
    let client = lives[life].texts.view(lives[life].clientAddress)
    guard client.map({ Relay(host: .empty, address: $0).isLoopback }) ?? true else { return nil }
    guard let found = identities.identity(messageID: messageID, arrival: lives[life].arrival) else { return nil }
    lives[life].identity = found
    if found.identity.queueID.withByteView({ $0 != queueID }) {
      found.identity.queueID.withByteView { setFirstQueueID($0, of: life) }
    }
    return found
  }
}
