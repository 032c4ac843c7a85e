// Messages that go on under another queue id (`postsuper -r`): as the log shows it, and as the journal tells it.
//
// What happens later is told under the new id, and only the line of pickup(8) says which message it is. So that a
// restart need not read that line again, the requeue of a message that somebody waits for is journaled: as its identity
// under the new id, with the first one, the one before and the arrival of its life.

import Bytes
import Journal
import MailLog
import SMTPTypes

extension Intake {
  /// The log shows how `life` goes on as `queueID`.
  func requeue(_ life: Int, from former: ByteView, to queueID: ByteView, _ header: LogHeader, _ host: Int) {
    makeWay(for: queueID, header, host)
    // The milter told of it under the id that it had.
    if !identities.isEmpty { _ = identity(of: life) }
    if !lives[life].firstQueueID.isPresent { lives[life].firstQueueID = lives[life].queueID }
    lives.rename(life, to: queueID)
    beginFile(life)
    lives[life].lastSeen = header.time.microseconds
    if isWarmingUp {
      requeues.note(former, becomes: queueID, at: header.time)
    } else if options.introducesMessages, !lives[life].open.isEmpty {
      tellRequeue(of: life, from: former, header)
    }
  }

  /// The copy in the queue is a new file, and its delay may count from then.
  private func beginFile(_ life: Int) {
    lives[life].impliedArrival = nil
    lives[life].isRequeued = true
  }

  private func tellRequeue(of life: Int, from former: ByteView, _ header: LogHeader) {
    var message = Event(time: header.time, type: .message)
    message.source = .log
    message.host = hosts[lives[life].host].nameView
    message.instance = header.instance
    message.offset = offset
    describe(&message, life: life)
    message.previousQueueID = former
    sink.receive(message)
  }

  // MARK: From the journal

  /// Takes an event of the journal that tells how the life which had `former` went on.
  func restoreRequeue(_ event: borrowing Event, from former: ByteView) {
    guard let queueID = event.queueID, queueID != former else { return }
    let host = host(named: event.host ?? .empty, time: event.time)
    let old = restoredLife(former, host, arrival: event.arrival)
    let known =
      restoredLife(queueID, host, arrival: event.arrival)
      ?? lifeOfFile(queueID, host, event, from: former, begun: old.flatMap { lives[$0].impliedArrival })
    if let old, lives[old].place != .departing, old != known {
      goOn(old, as: queueID, known, host, at: event.time)
    }
    guard let life = known ?? restoredLife(queueID, host, arrival: event.arrival) else { return }
    if let first = event.firstQueueID, lives[life].texts.view(lives[life].firstQueueID) != first {
      lives[life].firstQueueID = lives[life].texts.add(first)
    }
    if let arrival = event.arrival { lives[life].arrival = arrival }
  }

  /// The life that has `queueID` and arrived at `arrival`, wherever it stands.
  func restoredLife(_ queueID: ByteView, _ host: Int, arrival: Timestamp?) -> Int? {
    if let life = lives.find(host: host, queueID: queueID), began(life, at: arrival) { return life }
    return arrival.flatMap { lifeAside(restoredAs: queueID, host, $0) }
  }

  /// The life under which the log has shown the queue file that the requeue `event` made: it may not have shown the
  /// line that says whose it is, and from when the message is.
  ///
  /// - Parameter begun: when the file before it came to be, microseconds since 1970.
  private func lifeOfFile(
    _ queueID: ByteView, _ host: Int, _ event: borrowing Event, from former: ByteView, begun: Int64?
  ) -> Int? {
    guard let life = lives.find(host: host, queueID: queueID) else { return nil }
    if requeues.saw(former, become: queueID, at: event.time), lives[life].firstQueueID.isPresent { return life }
    guard let begin = lives[life].impliedArrival ?? lives[life].arrival?.microseconds else {
      return lives[life].lastSeen >= event.time.microseconds ? life : nil
    }
    // The delay of its deliveries counts from this requeue, or on from one before it or the arrival.
    let moments = [event.time.microseconds, event.arrival?.microseconds, begun].compactMap { $0 }
    return moments.contains { abs(begin - $0) <= Life.tolerance } ? life : nil
  }

  /// Lets `old` go on as `queueID`.
  ///
  /// - Parameter known: what the log has shown of the same message under that id.
  /// - Parameter time: by when it did.
  func goOn(_ old: Int, as queueID: ByteView, _ known: Int?, _ host: Int, at time: Timestamp) {
    if let known {
      join(old, into: known)
      return
    }
    if !lives[old].firstQueueID.isPresent { lives[old].firstQueueID = lives[old].queueID }
    beginFile(old)
    lives[old].lastSeen = max(lives[old].lastSeen, time.microseconds)
    // What had the id before is gone; what the log has shown under it came later.
    if let other = lives.find(host: host, queueID: queueID), lives[other].isFromJournal { lives.remove(other) }
    let isTaken = lives.find(host: host, queueID: queueID) != nil
    if lives[old].place == .indexed, !isTaken {
      lives.rename(old, to: queueID)
      return
    }
    withdraw(old)
    lives.rename(detached: old, to: queueID)
    if isTaken {
      // Another message has the id by now. What becomes of this one, further events tell.
      if !standAside(old) { lives.remove(old) }
    } else {
      lives.attach(old)
    }
  }

  /// Adds what the journal told of a message to what the log has shown of it since.
  private func join(_ old: Int, into life: Int) {
    guard old != life else { return }
    let texts = lives[old].texts
    for state in lives[old].open where lives[life].open.index(ofHash: state.hash) == nil {
      var state = state
      state.address = lives[life].texts.add(texts.view(state.address) ?? .empty)
      if let original = texts.view(state.original) { state.original = lives[life].texts.add(original) }
      state.lastRule = share(state.lastRule, of: old, by: life)
      state.provider = share(state.provider, of: old, by: life)
      state.service = share(state.service, of: old, by: life)
      _ = lives[life].open.append(state)
    }
    if let first = texts.view(lives[old].firstQueueID) ?? texts.view(lives[old].queueID) {
      lives[life].firstQueueID = lives[life].texts.add(first)
    }
    // Of another arrival, only the requeue was seen.
    lives[life].startSeen = lives[old].startSeen || began(life, at: lives[old].arrival) && lives[life].startSeen
    // Its first delivery's delay will count from the requeue.
    if lives[life].impliedArrival == nil { lives[life].isRequeued = true }
    lives[life].arrival = lives[old].arrival ?? lives[life].arrival
    lives[life].isIntroduced = lives[life].isIntroduced || lives[old].isIntroduced
    lives[life].lastSeen = max(lives[life].lastSeen, lives[old].lastSeen)
    if !lives[life].instance.isPresent { lives[life].instance = share(lives[old].instance, of: old, by: life) }
    if lives[life].identity == nil { lives[life].identity = lives[old].identity }
    if !lives[life].sender.isPresent, let sender = texts.view(lives[old].sender) {
      lives[life].sender = lives[life].texts.add(sender)
    }
    if !lives[life].messageID.isPresent, let messageID = texts.view(lives[old].messageID) {
      lives[life].messageID = lives[life].texts.add(messageID)
    }
    if !lives[life].user.isPresent, let user = texts.view(lives[old].user) {
      lives[life].user = lives[life].texts.add(user)
    }
    if !lives[life].clientAddress.isPresent, let client = texts.view(lives[old].clientAddress) {
      lives[life].clientAddress = lives[life].texts.add(client)
      lives[life].clientHost = lives[life].texts.add(texts.view(lives[old].clientHost) ?? .empty)
    }
    drop(old)
  }

  private func share(_ text: SharedText, of old: Int, by life: Int) -> SharedText {
    view(text, of: old).map { shared($0, by: life) } ?? SharedText()
  }
}
