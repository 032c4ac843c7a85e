// Messages that pass a content filter of ours and come back under another queue id.
//
// A message that another server has put off may be requeued where a filter is set: the filter takes it from one queue
// id and gives it back under another, `queued as`. Nobody's mail has arrived by that. Whoever waited outside goes on
// waiting under the new id, with the first one and the arrival of the life; each is journaled as the message's identity
// under the new id, for this recipient, because a filter may give one message back in several.

import Bytes
import Journal
import MailLog
import SMTPTypes

extension Intake {
  /// Lets a recipient that waits because another server put it off go on in the message's second pass, if `outcome`
  /// tells that our own filter took it. False if it ends there.
  func goesOn(_ outcome: Outcome, recipient index: Int) -> Bool {
    let first = outcome.life
    guard outcome.hop == .internal, lives[first].open[index].hop == .external, let queueID = outcome.record.queuedAs,
      // local(8) makes another message, to others.
      outcome.record.relay.map({ $0.host != "local" }) ?? false,
      let second = secondPass(of: outcome, as: queueID), handOver(index, of: first, to: second)
    else { return false }
    tellRequeue(
      of: second, from: lives[first].texts.view(lives[first].queueID) ?? .empty, outcome.header,
      recipient: lives[second].open.last)
    return true
  }

  /// The life in which the message of `outcome` goes on as `queueID`.
  private func secondPass(of outcome: Outcome, as queueID: ByteView) -> Int? {
    let (first, host, time) = (outcome.life, outcome.host, outcome.header.time)
    // The filter gave it back while it was being given the message.
    let took = outcome.record.delays.map { $0.connectionSetup + $0.transmission } ?? 3600
    let earliest = time.microseconds - Int64(min(max(took, 0), 86_400) * 1_000_000) - Life.tolerance
    if let known = lives.find(host: host, queueID: queueID), known != first {
      if isSecondPass(known, of: first) || begin(of: known) >= earliest {
        return adopt(known, from: first) ? known : nil
      }
    }
    // Whoever has read the log for longer has seen it come in, or it is in a queue that is not ours.
    guard hosts[host].firstTime.map({ $0.microseconds >= earliest }) ?? true,
      lives.find(host: host, queueID: queueID) != first
    else { return nil }
    makeWay(for: queueID, outcome.header, host)
    let second = lives.insert(host: host, queueID: queueID)
    lives[second].lastSeen = time.microseconds
    inherit(from: first, to: second)
    return adopt(second, from: first) ? second : nil
  }

  /// True if `outcome`, a delivery for which nobody waits, tells of a second pass that was found before.
  func isPassedOn(_ outcome: Outcome) -> Bool {
    let first = outcome.life
    guard outcome.hop == .internal, let queueID = outcome.record.queuedAs,
      let second = lives.find(host: outcome.host, queueID: queueID), second != first
    else { return false }
    return isSecondPass(second, of: first)
  }

  /// By when the queue file of a life came to be, as far as lines have told; microseconds since 1970.
  private func begin(of life: Int) -> Int64 {
    if let implied = lives[life].impliedArrival { return implied }
    // Requeued, it is older than its file.
    guard !lives[life].isRequeued, let arrival = lives[life].arrival else { return lives[life].lastSeen }
    return arrival.microseconds
  }

  private func isSecondPass(_ life: Int, of first: Int) -> Bool {
    lives[life].isSecondPass && lives[life].texts.view(lives[life].firstQueueID) == firstName(of: first)
  }

  /// Makes `second` go on with the life of `first`; false if it has been told as another.
  private func adopt(_ second: Int, from first: Int) -> Bool {
    if isSecondPass(second, of: first) { return true }
    guard lives[second].open.isEmpty, !lives[second].isIntroduced else { return false }
    let texts = lives[first].texts
    lives[second].firstQueueID = lives[second].texts.add(firstName(of: first))
    lives[second].arrival = lives[first].arrival
    lives[second].startSeen = lives[first].startSeen
    lives[second].isRequeued = lives[second].impliedArrival == nil
    lives[second].isSecondPass = true
    if !lives[second].sender.isPresent, let sender = texts.view(lives[first].sender) {
      lives[second].sender = lives[second].texts.add(sender)
    }
    if !lives[second].messageID.isPresent, let messageID = texts.view(lives[first].messageID) {
      lives[second].messageID = lives[second].texts.add(messageID)
    }
    return true
  }

  /// Moves a recipient that waits in `first` to `second`, its last; false if the address waits there already: a filter
  /// that is given one address twice, for two aliases, delivers to it once.
  func handOver(_ index: Int, of first: Int, to second: Int) -> Bool {
    let state = lives[first].open[index]
    let address = lives[first].texts.view(state.address) ?? .empty
    guard lives[second].open.index(ofHash: state.hash) == nil,
      openIndex(ofAddress: hash(ofRecipient: address, name(of: second)), second) == nil
    else { return false }
    lives[first].open.remove(at: index)
    _ = lives[second].open.append(carried(state, from: first, to: second))
    return true
  }

  /// Recipients of one message among whom one is looked for by the address alone.
  private static let searchLimit = 1000

  /// The recipient that has the address of this hash, by whatever alias; O(`searchLimit`).
  func openIndex(ofAddress plain: UInt64, _ life: Int) -> Int? {
    if let index = lives[life].open.index(ofHash: plain) { return index }
    guard lives[life].open.count <= Intake.searchLimit else { return nil }
    let texts = lives[life].texts
    let name = name(of: life)
    return lives[life].open.firstIndex { state in
      state.original.isPresent && hash(ofRecipient: texts.view(state.address) ?? .empty, name) == plain
    }
  }

  // MARK: Lines of the second pass that come before the one that tells of it

  /// Notes that a message which is requeued may come back from a filter: known by its Message-ID alone until a line
  /// names its new id.
  func noteRequeued(_ life: Int) {
    guard let messageID = lives[life].texts.view(lives[life].messageID) else { return }
    if memory.pointee.requeued.count >= IntakeMemory.requeuedLimit { memory.pointee.requeued.removeAll() }
    memory.pointee.requeued[messageID.tableHash] = Int32(life)
  }

  /// Links a message that came in from ourselves with the requeued one that has its Message-ID and waits.
  func linkSecondPass(_ life: Int, _ messageID: ByteView, _ host: Int) {
    guard let found = memory.pointee.requeued[messageID.tableHash] else { return }
    let first = Int(found)
    guard first != life, lives[first].host == host, lives[first].firstQueueID.isPresent,
      lives[first].texts.view(lives[first].messageID) == messageID
    else { return }
    guard let client = lives[life].texts.view(lives[life].clientAddress), isOwn(client, of: host) else { return }
    inherit(from: first, to: life)
  }

  /// Takes over the recipient of `outcome`, who waits in the pass before; where it stands then.
  func openIndexInFormerPass(_ outcome: Outcome) -> Int? {
    let second = outcome.life
    guard outcome.hop == .external, let queueID = lives[second].texts.view(lives[second].formerQueueID),
      let first = lives.find(host: outcome.host, queueID: queueID), first != second,
      firstName(of: first) == firstName(of: second)
    else { return nil }
    let plain = hash(ofRecipient: outcome.record.recipient, name(of: first))
    guard let index = openIndex(ofAddress: plain, first), lives[first].open[index].hop == .external,
      adopt(second, from: first), handOver(index, of: first, to: second)
    else { return nil }
    tellRequeue(of: second, from: queueID, outcome.header, recipient: lives[second].open.last)
    return lives[second].open.count - 1
  }
}
