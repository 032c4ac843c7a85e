// Lives as the journal tells of them, until all of it was read.
//
// A warm-up has read the log up to where the last run stopped; the journal's events come after it and begin days
// before. A queue id that belonged to one message then may belong to another by now, so an event can't be held against
// what the log has shown last. The journal's lives are put together from its events alone, and when both have come to
// the same moment each is joined to what the log has shown of its message.

import Bytes
import Journal
import MailLog
import SMTPTypes

extension Intake {
  // MARK: By the journal alone

  /// The life that an event tells of, among those that were told of.
  func toldLife(of event: borrowing Event, _ host: Int) -> Int? {
    guard let queueID = event.queueID else { return nil }
    let name = event.firstQueueID ?? queueID
    let arrival = event.arrival
    if let life = toldLife(named: name, host, arrival, where: { isCalled($0, queueID) }) { return life }
    // Nobody told how the message came to have this id: it is the one for whose recipient is waited.
    let hash = hash(ofRecipient: event.recipient ?? .empty, original: event.originalRecipient, self.name(of: event))
    let isExternal = event.hop == .external
    let former = toldLife(named: name, host, arrival) { life in
      // What our own filter put off is not what a second pass is.
      lives[life].open.index(ofHash: hash).map { !isExternal || lives[life].open[$0].hop == .external } ?? false
    }
    guard let life = former else { return nil }
    if event.firstQueueID != nil, event.time.microseconds >= lives[life].lastSeen {
      goOnTold(life, as: queueID, at: event.time)
    }
    return life
  }

  /// The life that was told of as `name`, its first queue id, and arrived at `arrival`; of several the one that was
  /// there last.
  private func toldLife(
    named name: ByteView, _ host: Int, _ arrival: Timestamp?, where condition: (Int) -> Bool
  ) -> Int? {
    var found: Int?
    memory.pointee.told.forEach(LivesAside.key(host: host, queueID: name)) { life in
      let texts = lives[life].texts
      guard lives[life].host == host,
        (texts.view(lives[life].firstQueueID) ?? texts.view(lives[life].queueID)) == name,
        lives[life].arrival == nil || arrival == nil || began(life, at: arrival), condition(life)
      else { return }
      if let best = found, lives[life].lastSeen < lives[best].lastSeen { return }
      found = life
    }
    return found
  }

  private func isCalled(_ life: Int, _ queueID: ByteView) -> Bool {
    lives[life].texts.view(lives[life].queueID) == queueID
  }

  /// A new life, that of `event`.
  func insertTold(_ event: borrowing Event, _ host: Int) -> Int {
    let queueID = event.queueID ?? .empty
    if lives.count >= lives.limit, let oldest = memory.pointee.told.removeOldest() {
      lives.remove(oldest)
    }
    let life = lives.insertAside(host: host, queueID: queueID)
    lives[life].place = .told
    if let first = event.firstQueueID { lives[life].firstQueueID = lives[life].texts.add(first) }
    lives[life].arrival = event.arrival
    memory.pointee.told.add(life, key: LivesAside.key(host: host, queueID: event.firstQueueID ?? queueID))
    return life
  }

  /// Forgets a life that was told of when nobody waits in it any more: what further events tell of its message is for
  /// other recipients.
  func leaveTold(_ life: Int) {
    guard lives[life].open.isEmpty else { return }
    memory.pointee.told.remove(life, key: LivesAside.key(host: lives[life].host, queueID: firstName(of: life)))
    lives.remove(life)
  }

  /// Takes an event that tells how a message which had `former` went on as `queueID`.
  func restoreRequeue(_ event: borrowing Event, _ host: Int, from former: ByteView, to queueID: ByteView) {
    guard queueID != former else { return }
    let name = event.firstQueueID ?? former
    guard let life = toldLife(named: name, host, event.arrival, where: { isCalled($0, former) }) else { return }
    guard let recipient = event.recipient else { return goOnTold(life, as: queueID, at: event.time) }
    let hash = hash(ofRecipient: recipient, original: event.originalRecipient, self.name(of: event))
    guard let index = lives[life].open.index(ofHash: hash) else { return }
    let known = toldLife(named: name, host, event.arrival) { isCalled($0, queueID) }
    let second = known ?? insertTold(event, host)
    if known == nil {
      lives[second].isRequeued = true
      lives[second].isSecondPass = true
      lives[second].isIntroduced = true
      lives[second].startSeen = lives[life].startSeen
      restoreIdentity(event, of: second)
    }
    if lives[second].isRequeued { lives[second].lastSeen = max(lives[second].lastSeen, event.time.microseconds) }
    _ = handOver(index, of: life, to: second)
    leaveTold(life)
  }

  /// Lets a life that was told of go on as `queueID`. Its queue file is another: until an event tells when that came to
  /// be, `impliedArrival` is that of the one before, and `lastSeen` the moment of the requeue.
  private func goOnTold(_ life: Int, as queueID: ByteView, at time: Timestamp) {
    if let former = lives[life].texts.view(lives[life].queueID) {
      requeues.note(former, becomes: queueID, arrival: lives[life].isRequeued ? nil : lives[life].impliedArrival)
    }
    if !lives[life].firstQueueID.isPresent { lives[life].firstQueueID = lives[life].queueID }
    lives[life].queueID = lives[life].texts.add(queueID)
    lives[life].isRequeued = true
    lives[life].lastSeen = max(lives[life].lastSeen, time.microseconds)
  }

  // MARK: Beside what the log has shown

  /// The life that has `queueID` and arrived at `arrival`, as the log has shown it.
  func seenLife(_ queueID: ByteView, _ host: Int, arrival: Timestamp?) -> Int? {
    if let life = lives.find(host: host, queueID: queueID) { return began(life, at: arrival) ? life : nil }
    if let aside = lifeAside(named: queueID, host, where: { began($0, at: arrival) }) { return aside }
    return requeues.later(than: queueID) { later in
      lives.find(host: host, queueID: later).flatMap { began($0, at: arrival) ? $0 : nil }
    }
  }

  /// Joins the lives that were told of to what the log has shown, and lets further lines find the others.
  func placeToldLives() {
    guard !memory.pointee.told.isEmpty else { return }
    // Who was there last has the better right to a queue id.
    let told = memory.pointee.told.removeAll().sorted { lives[$0].lastSeen > lives[$1].lastSeen }
    var taken: Set<Int> = []
    for life in told {
      if let seen = seenLife(of: life, besides: taken) {
        taken.insert(seen)
        join(life, into: seen)
        noteIfRequeued(seen)
      } else {
        taken.insert(life)
        noteIfRequeued(life)
        placeAlone(life)
      }
    }
  }

  private func noteIfRequeued(_ life: Int) {
    if lives[life].firstQueueID.isPresent, !lives[life].open.isEmpty { noteRequeued(life) }
  }

  /// What the log has shown of the same message as a life that was told of.
  private func seenLife(of life: Int, besides taken: Set<Int>) -> Int? {
    guard let queueID = lives[life].texts.view(lives[life].queueID) else { return nil }
    let host = lives[life].host
    var found: (life: Int, likeness: Int)?
    let weigh: (Int) -> Void = { [self] other in
      guard !taken.contains(other), let likeness = likeness(of: other, to: life) else { return }
      // At first the one that has the id, then those that stand aside.
      if found.map({ likeness > $0.likeness }) ?? true { found = (other, likeness) }
    }
    if let known = lives.find(host: host, queueID: queueID) { weigh(known) }
    _ = lifeAside(named: queueID, host) { other in
      weigh(other)
      return false
    }
    if let found { return found.life }
    // A requeue that nobody told of.
    return requeues.later(than: queueID) { later in
      guard let other = lives.find(host: host, queueID: later), !taken.contains(other),
        began(other, at: lives[life].arrival)
      else { return nil }
      return other
    }
  }

  /// How surely what the log has shown as `seen` is the message of `life`, which was told of under the same queue id;
  /// nil if it is not.
  private func likeness(of seen: Int, to life: Int) -> Int? {
    let requeue = lives[life].isRequeued ? lives[life].lastSeen : nil
    if let first = lives[seen].texts.view(lives[seen].firstQueueID),
      first == lives[life].texts.view(lives[life].firstQueueID)
    {
      return 2
    }
    guard let begin = lives[seen].impliedArrival ?? lives[seen].arrival?.microseconds else { return 0 }
    // The delay of deliveries may count from a requeue, or on from one before it or the arrival.
    let moments = [lives[life].arrival?.microseconds, requeue]
    if moments.contains(where: { $0.map { abs(begin - $0) <= Life.tolerance } ?? false }) { return 1 }
    if let implied = lives[life].impliedArrival, lives[life].isNear(begin, first: implied) { return 1 }
    if let requeue, begin < requeue { return 0 }
    // It was in the queue when the journal told of it last: no other came in before that (`order(ofDelay:…)`).
    if let arrival = lives[life].arrival, lives[seen].lastSeen > arrival.microseconds,
      begin < lives[life].lastSeen - Life.tolerance, isOfSameInstance(life, as: seen)
    {
      return 0
    }
    return lives[life].arrival == nil && lives[life].impliedArrival == nil ? 0 : nil
  }

  /// Lets further lines find a life of which the log has shown nothing.
  private func placeAlone(_ life: Int) {
    if lives[life].isRequeued { lives[life].impliedArrival = nil }
    guard let queueID = lives[life].texts.view(lives[life].queueID),
      let other = lives.find(host: lives[life].host, queueID: queueID)
    else { return lives.attach(life) }
    // Another message has the id by now.
    if let begin = lives[other].impliedArrival ?? lives[other].arrival?.microseconds, begin > lives[life].lastSeen,
      isOfSameInstance(life, as: other)
    {
      let header = LogHeader(
        time: Timestamp(microseconds: begin, fractionDigits: 6), host: .empty,
        instance: view(lives[life].instance, of: life) ?? .empty, service: .empty, daemon: .empty)
      depart(life, header, note: Intake.idUsedAgain)
    } else if !standAside(life) {
      // In the queue of another instance perhaps; there are too many of those.
      lives.remove(life)
    }
  }

  /// True if both are known to be of one instance, whose queue ids differ.
  private func isOfSameInstance(_ life: Int, as other: Int) -> Bool {
    guard let instance = view(lives[life].instance, of: life) else { return false }
    if let known = view(lives[other].instance, of: other) { return known == instance }
    let manager = queueManager(instance)
    if lives[other].queueManager != 0, manager != 0 { return lives[other].queueManager == manager }
    return memory.pointee.queueManagers == [instance.tableHash]
  }
}
