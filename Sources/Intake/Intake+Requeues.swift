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
    if lives[life].place == .twin {
      takeFromAside(life)
      lives.rename(detached: life, to: queueID)
      lives.attach(life)
    } else {
      lives.rename(life, to: queueID)
    }
    let arrival = lives[life].isRequeued ? nil : lives[life].arrival?.microseconds
    requeues.note(former, becomes: queueID, arrival: lives[life].impliedArrival ?? arrival)
    beginFile(life)
    lives[life].lastSeen = header.time.microseconds
    if isWarmingUp {
      noteRequeued(life)
    } else if !lives[life].open.isEmpty {
      tellRequeue(of: life, from: former, header)
      noteRequeued(life)
    }
  }

  /// The copy in the queue is a new file, and its delay may count from then.
  private func beginFile(_ life: Int) {
    lives[life].impliedArrival = nil
    lives[life].isRequeued = true
  }

  /// The life of a delivery that was under way when its message was requeued: its line comes under the id that the
  /// message had, with the arrival of then.
  func requeuedLife(_ queueID: ByteView, _ host: Int, arrival: Int64) -> Int? {
    requeues.later(than: queueID, arrival: arrival) { lives.find(host: host, queueID: $0) }
  }

  /// - Parameter recipient: one of the life, if the others do not go on with it.
  func tellRequeue(of life: Int, from former: ByteView, _ header: LogHeader, recipient: OpenRecipient? = nil) {
    guard options.introducesMessages, !isWarmingUp else { return }
    var message = Event(time: header.time, type: .message)
    message.source = .log
    message.host = hosts[lives[life].host].nameView
    message.instance = header.instance
    message.offset = offset
    describe(&message, life: life)
    message.previousQueueID = former
    if let recipient {
      let texts = lives[life].texts
      message.recipient = texts.view(recipient.address)
      message.originalRecipient = texts.view(recipient.original)
    }
    lives[life].isIntroduced = true
    sink.receive(message)
  }

  // MARK: From the journal

  /// Adds what the journal told of a message to what the log has shown of it since.
  func join(_ old: Int, into life: Int) {
    let texts = lives[old].texts
    for state in lives[old].open {
      var state = carried(state, from: old, to: life)
      if let known = lives[life].open.index(ofHash: state.hash) {
        state.firstFailure = min(state.firstFailure, lives[life].open[known].firstFailure)
        lives[life].open[known] = state
      } else {
        _ = lives[life].open.append(state)
      }
    }
    // As the journal told it, whatever a warm-up found: the life's events must agree.
    let isRenamed = texts.view(lives[old].queueID) != lives[life].texts.view(lives[life].queueID)
    let first = texts.view(lives[old].firstQueueID) ?? (isRenamed ? texts.view(lives[old].queueID) : nil)
    if lives[life].texts.view(lives[life].firstQueueID) != first {
      lives[life].firstQueueID = first.map { lives[life].texts.add($0) } ?? TextBlock.Slice()
    }
    // Of another arrival, only the requeue was seen.
    lives[life].startSeen = lives[old].startSeen || began(life, at: lives[old].arrival) && lives[life].startSeen
    if lives[life].impliedArrival == nil {
      // Its first delivery's delay will count from the requeue.
      lives[life].isRequeued = lives[life].isRequeued || lives[old].isRequeued || isRenamed
      if !lives[life].isRequeued { lives[life].impliedArrival = lives[old].impliedArrival }
    }
    lives[life].arrival = lives[old].arrival ?? lives[life].arrival
    lives[life].isIntroduced = lives[life].isIntroduced || lives[old].isIntroduced
    lives[life].isSecondPass = lives[life].isSecondPass || lives[old].isSecondPass
    lives[life].lastSeen = max(lives[life].lastSeen, lives[old].lastSeen)
    if !lives[life].instance.isPresent { lives[life].instance = share(lives[old].instance, of: old, by: life) }
    if lives[life].queueManager == 0 { lives[life].queueManager = lives[old].queueManager }
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
    lives.remove(old)
  }

  /// A recipient of `old` as `life` keeps it.
  func carried(_ state: OpenRecipient, from old: Int, to life: Int) -> OpenRecipient {
    let texts = lives[old].texts
    var state = state
    state.address = lives[life].texts.add(texts.view(state.address) ?? .empty)
    if let original = texts.view(state.original) { state.original = lives[life].texts.add(original) }
    state.lastRule = share(state.lastRule, of: old, by: life)
    state.provider = share(state.provider, of: old, by: life)
    state.service = share(state.service, of: old, by: life)
    return state
  }

  private func share(_ text: SharedText, of old: Int, by life: Int) -> SharedText {
    view(text, of: old).map { shared($0, by: life) } ?? SharedText()
  }
}
