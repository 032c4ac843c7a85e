// Which of several lives with one queue id a line speaks of, and ends that wait for outcomes whose lines come late.

import Bytes
import Journal
import MailLog
import SMTPTypes

extension Intake {
  // MARK: Ends

  /// Ends a life, at the line with `header`. If recipients are open, their outcomes may stand a few lines further on: a
  /// `deletion` is told of those that have none when the log has passed the line's time by `LivesAside.patience`.
  func depart(_ life: Int, _ header: LogHeader, note: StaticString) {
    guard mayMissOutcomes(life) else { return drop(life) }
    let key = asideKey(of: life)
    switch lives[life].place {
    case .indexed: lives.detach(life)
    case .twin: memory.pointee.aside.removeTwin(life, key: key)
    case .told: break
    case .departing, .passing: return
    }
    lives[life].place = .departing
    memory.pointee.aside.add(
      LivesAside.Departure(
        life: life, key: key, time: header.time, instance: shared(header.instance, by: life), offset: offset,
        line: memory.pointee.linesTaken, note: note))
    while memory.pointee.aside.isFull, let departure = memory.pointee.aside.oldest { tell(departure) }
  }

  /// True if lines of outcomes that are needed may come after the end of `life`: as far as its memory can tell, which
  /// does not know how many recipients a message has.
  private func mayMissOutcomes(_ life: Int) -> Bool {
    // In a warm-up nobody knows yet who is open. Of what a milter told, nothing is to be lost either. And an expiry
    // comes with the last attempt, whose line may be the later one.
    !lives[life].open.isEmpty || isWarmingUp || lives[life].impliedArrival == nil || lives[life].identity != nil
      || lives[life].isExpired
  }

  /// Tells of the ends that the log has passed by enough; `now` is a clock's time up to which it was read, if one says.
  func releaseEnds(logReached now: Timestamp? = nil) {
    while let departure = memory.pointee.aside.oldest {
      let last = hosts[lives[departure.life].host].lastTime
      let reached = now.map { max($0, last) } ?? last
      guard reached.since(departure.time) >= LivesAside.patience else { return }
      tell(departure)
    }
  }

  /// Tells of all ends that wait: no further line is to be read.
  public func releaseAllEnds() {
    while let departure = memory.pointee.aside.oldest { tell(departure) }
  }

  private func tell(_ departure: LivesAside.Departure) {
    memory.pointee.aside.removeOldest()
    let before = (memory.pointee.offset, memory.pointee.linesTaken)
    memory.pointee.offset = departure.offset
    memory.pointee.linesTaken = departure.line
    if !lives[departure.life].open.isEmpty {
      let instance = view(departure.instance, of: departure.life) ?? .empty
      for state in lives[departure.life].open {
        give(
          .deletion, of: state, life: departure.life, time: departure.time, source: .log, instance: instance,
          note: departure.note)
      }
    }
    (memory.pointee.offset, memory.pointee.linesTaken) = before
    lives.remove(departure.life)
  }

  /// Forgets a life that is not waiting to be ended.
  func drop(_ life: Int) {
    switch lives[life].place {
    case .indexed, .passing, .told: break
    case .twin: memory.pointee.aside.removeTwin(life, key: asideKey(of: life))
    case .departing: return
    }
    lives.remove(life)
  }

  /// To be called when an outcome of a life was taken: one that was only kept for it goes.
  func leave(_ life: Int) {
    switch lives[life].place {
    case .indexed, .departing, .told: break
    case .passing: drop(life)
    // Of one that is known to be in a queue further recipients may fail, and a line will take it out.
    case .twin: if lives[life].open.isEmpty, lives[life].queueManager == 0 { drop(life) }
    }
  }

  // MARK: Several lives with one queue id

  private func asideKey(of life: Int) -> UInt64 {
    LivesAside.key(host: lives[life].host, queueID: lives[life].texts.view(lives[life].queueID) ?? .empty)
  }

  private func isNamed(_ life: Int, _ host: Int, _ queueID: ByteView) -> Bool {
    lives[life].host == host && lives[life].texts.view(lives[life].queueID) == queueID
  }

  /// A life that stands aside and arrived at `arrival`, microseconds, and is not known to be in the queue of another
  /// instance than `instance`, if a line names one.
  func lifeAside(_ host: Int, _ queueID: ByteView, arrival: Int64, _ instance: ByteView? = nil) -> Int? {
    guard !memory.pointee.aside.isEmpty else { return nil }
    // What has left for long is not it.
    releaseEnds()
    return memory.pointee.aside.first(LivesAside.key(host: host, queueID: queueID)) { life in
      guard isNamed(life, host, queueID) else { return false }
      if let instance, isOfOtherQueueManager(life, instance) { return false }
      // Requeued, its delay may count from then.
      if lives[life].isRequeued, abs(lives[life].lastSeen - arrival) <= Life.tolerance { return true }
      // Of one whose arrival no line told, it is known at least when it was there.
      guard let known = lives[life].impliedArrival ?? lives[life].arrival?.microseconds else {
        return arrival <= lives[life].lastSeen
      }
      return abs(known - arrival) <= Life.tolerance
    }
  }

  /// True if a failure of `life` was logged under another syslog name than `instance`.
  @inline(__always)
  func isNamedOtherwise(_ life: Int, _ instance: ByteView) -> Bool {
    !lives[life].open.isEmpty && isOpenElsewhere(life, instance)
  }

  private func isOpenElsewhere(_ life: Int, _ instance: ByteView) -> Bool {
    guard let known = view(lives[life].instance, of: life) else { return false }
    return known != instance
  }

  /// True if `life` is in the queue of another instance than the one whose queue manager logs as `instance`. A
  /// transport may have a syslog name of its own; a queue manager's is its instance's.
  @inline(__always)
  private func isElsewhere(_ life: Int, _ instance: ByteView) -> Bool {
    if isNamedOtherwise(life, instance), let known = view(lives[life].instance, of: life), queueManager(known) != 0 {
      return true
    }
    return memory.pointee.queueManagers.count > 1 && isOfOtherQueueManager(life, instance)
  }

  private func isOfOtherQueueManager(_ life: Int, _ instance: ByteView) -> Bool {
    guard lives[life].queueManager != 0 else { return false }
    let other = queueManager(instance)
    return other != 0 && lives[life].queueManager != other
  }

  /// The number of the queue manager that logs as `instance`, from 1; 0 if none does.
  func queueManager(_ instance: ByteView) -> UInt8 {
    let hash = instance.tableHash
    return memory.pointee.queueManagers.firstIndex(of: hash).map { UInt8($0 + 1) } ?? 0
  }

  /// Notes that a queue manager logs as `instance`; its number, or 0 if there are too many.
  @inline(__always)
  func noteQueueManager(_ instance: ByteView) -> UInt8 {
    let hash = instance.tableHash
    return hash == memory.pointee.queueManagers.first ? 1 : addQueueManager(instance, hash)
  }

  private func addQueueManager(_ instance: ByteView, _ hash: UInt64) -> UInt8 {
    let known = queueManager(instance)
    // A host has a handful of instances.
    guard known == 0, memory.pointee.queueManagers.count < 64 else { return known }
    memory.pointee.queueManagers.append(hash)
    return UInt8(memory.pointee.queueManagers.count)
  }

  /// The life that a line of the queue manager which logs as `instance` speaks of: such lines have no arrival.
  func queuedLife(_ queueID: ByteView, _ instance: ByteView, _ host: Int) -> Int? {
    let known = lives.find(host: host, queueID: queueID)
    if let twin = twin(queueID, instance, host) { return twin }
    if let known, isElsewhere(known, instance) { return nil }
    return known
  }

  private func twin(_ queueID: ByteView, _ instance: ByteView, _ host: Int) -> Int? {
    guard memory.pointee.aside.twinCount > 0 else { return nil }
    return memory.pointee.aside.first(LivesAside.key(host: host, queueID: queueID)) { life in
      guard lives[life].place == .twin, isNamed(life, host, queueID) else { return false }
      if lives[life].queueManager != 0 { return lives[life].queueManager == queueManager(instance) }
      return view(lives[life].instance, of: life) == instance
    }
  }

  /// The life that a delivery line speaks of, if the one that has its queue id is in another instance's queue: both may
  /// have come in at the same moment. nil if it is that one, or its arrival has to tell.
  @inline(never)
  func lifeElsewhere(_ outcome: Outcome, beside known: Int, _ implied: Timestamp?) -> Int? {
    guard isOfOtherQueueManager(known, outcome.header.instance) else { return nil }
    guard let twin = twin(outcome.record.queueID, outcome.header.instance, outcome.host) else {
      return newTwin(of: known, outcome, implied)
    }
    guard let implied, let arrival = lives[twin].impliedArrival ?? lives[twin].arrival?.microseconds else {
      return twin
    }
    return lives[twin].isNear(implied.microseconds, first: arrival) ? twin : nil
  }

  /// A new life beside one of the same queue id and moment in another instance's queue; nil where their arrivals tell
  /// them apart, or where one that left stands aside.
  private func newTwin(of known: Int, _ outcome: Outcome, _ implied: Timestamp?) -> Int? {
    let host = outcome.host
    let queueID = outcome.record.queueID
    guard let implied, let arrival = lives[known].impliedArrival ?? lives[known].arrival?.microseconds,
      lives[known].isNear(implied.microseconds, first: arrival), memory.pointee.aside.hasRoomForTwin,
      lifeAside(host, queueID, arrival: implied.microseconds, outcome.header.instance) == nil
    else { return nil }
    let life = lives.insertAside(host: host, queueID: queueID)
    lives[life].queueManager = queueManager(outcome.header.instance)
    makeTwin(life)
    return life
  }

  /// Lets nothing lead to a life that stands beside others of its queue id.
  func takeFromAside(_ life: Int) {
    memory.pointee.aside.removeTwin(life, key: asideKey(of: life))
    lives[life].place = .indexed
  }

  /// Makes `queueID` free for a message that comes in as `instance` logs.
  func makeWay(for queueID: ByteView, _ header: LogHeader, _ host: Int) {
    guard let known = lives.find(host: host, queueID: queueID) else { return }
    if memory.pointee.aside.hasRoomForTwin, isElsewhere(known, header.instance), queueManager(header.instance) != 0 {
      lives.detach(known)
      makeTwin(known)
    } else {
      depart(known, header, note: Intake.idUsedAgain)
    }
  }

  static let idUsedAgain: StaticString = "its queue id was used again; its outcome was not seen"

  /// The life of a delivery line with an arrival, `implied`, that is not that of the life which has its queue id.
  func otherLife(
    _ queueID: ByteView, _ header: LogHeader, _ host: Int, beside known: Int, isOlder: Bool, implied: Timestamp
  ) -> Int {
    if let aside = lifeAside(host, queueID, arrival: implied.microseconds, header.instance) {
      lives[aside].lastSeen = header.time.microseconds
      return aside
    }
    let isOther = isNamedOtherwise(known, header.instance) && memory.pointee.aside.hasRoomForTwin
    guard isOther || isOlder else {
      depart(known, header, note: Intake.idUsedAgain)
      return lives.insert(host: host, queueID: queueID)
    }
    let life = lives.insertAside(host: host, queueID: queueID)
    if isOther {
      makeTwin(life)
    } else {
      // An older message's line that comes late: it counts, and nothing follows it.
      lives[life].place = .passing
    }
    return life
  }

  // MARK: From the journal

  /// A life that stands aside and of which `condition` says so.
  func lifeAside(named queueID: ByteView, _ host: Int, where condition: (Int) -> Bool) -> Int? {
    guard !memory.pointee.aside.isEmpty else { return nil }
    return memory.pointee.aside.first(LivesAside.key(host: host, queueID: queueID)) {
      isNamed($0, host, queueID) && condition($0)
    }
  }

  /// True if `life` is known to have arrived at `arrival`.
  func began(_ life: Int, at arrival: Timestamp?) -> Bool {
    guard let arrival, let known = lives[life].arrival else { return false }
    return abs(known.microseconds - arrival.microseconds) <= Life.tolerance
  }

  /// Puts a life to which nothing leads beside the one that has its queue id; false if there are too many.
  func standAside(_ life: Int) -> Bool {
    guard memory.pointee.aside.hasRoomForTwin else { return false }
    makeTwin(life)
    return true
  }

  /// The same, where there is room.
  private func makeTwin(_ life: Int) {
    lives[life].place = .twin
    memory.pointee.aside.addTwin(life, key: asideKey(of: life))
  }

  /// All lives that stand beside others of their queue id.
  func forEachTwin(_ body: (Int) -> Void) {
    guard memory.pointee.aside.twinCount > 0 else { return }
    for life in memory.pointee.aside.all where lives[life].place == .twin { body(life) }
  }
}
