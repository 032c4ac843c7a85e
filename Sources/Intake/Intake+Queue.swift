// What the queue shows: it repairs what the log lost.
//
// A recipient that two listings in a row show put off, and that no line told of, becomes a `transient-failure` with
// `source: queue`: not an attempt, because nobody knows how many there were. A recipient that is open here, of whom
// the log is silent and whom two listings in a row miss, ends with a `deletion`. Two, because the log may be a moment
// behind the queue, or the queue behind the log.

import Bytes
import Classification
public import Journal
import MailLog
public import MailQueue
public import SMTPTypes

extension Intake {
  /// Begins to take in a listing of the whole queue, asked for at `time`.
  public func beginListing(at time: Timestamp) {
    listing.begin(time, host: host(named: .empty, time: time))
  }

  /// Takes one entry of the listing.
  public func listed(_ entry: borrowing QueueEntry) {
    switch entry.queueName {
    case .deferred:
      listing.gauge.deferred += 1
      listing.gauge.recipients += entry.recipients.count
      listing.gauge.countAge(of: entry.arrival)
      if listing.gauge.oldest.map({ entry.arrival < $0 }) ?? true { listing.gauge.oldest = entry.arrival }
    case .active, .incoming: listing.gauge.active += 1
    case .hold: listing.gauge.held += 1
    case .maildrop, .other: break
    }
    let known = life(of: entry)
    if let known, let instance = view(lives[known].instance, of: known), listing.instances.count < 64 {
      listing.instances.insert(String(instance))
    }
    let aliases = known.map { aliasedRecipients(of: $0) } ?? [:]
    for recipient in entry.recipients {
      if entry.queueName == .deferred { countListed(recipient, entry.arrival) }
      if let known, noteListed(known, recipient.address, aliases) { continue }
      // What is on hold is not tried again; what has no reason was not tried yet.
      guard entry.queueName == .deferred || entry.queueName == .active, let reason = recipient.delayReason,
        !reason.isEmpty, listing.found.count < QueueListing.pendingLimit
      else { continue }
      let key = entry.queueID.tableHash ^ (recipient.address.tableHash &* 31) ^ UInt64(bitPattern: entry.arrival.microseconds)
      if listing.pending.contains(key) { open(entry, recipient, reason) } else { listing.found.insert(key) }
    }
  }

  /// Ends the listing; `isComplete` is false if it broke off, so that nothing can be missed in it. What the queue
  /// holds goes into the next tally.
  @discardableResult
  public func endListing(isComplete: Bool) -> QueueGauge? {
    listing.pending = listing.found
    listing.found = []
    guard isComplete else { return nil }
    closeMissing()
    listing.gauge.byProvider = QueueListing.shares(listing.byProvider)
    listing.gauge.byDomain = QueueListing.shares(listing.byDomain)
    let state = hosts[listing.host]
    // An empty queue is worth a line only after one that was not.
    if listing.gauge.deferred > 0 || state.queueWasFilled {
      state.tally.queue = listing.gauge
      state.tallyIsEmpty = false
    }
    state.queueWasFilled = listing.gauge.deferred > 0
    return listing.gauge
  }

  // MARK: Lives

  /// True if the queue file that is listed can be the life's: a queue id may be used again.
  private func isSame(_ life: Int, _ entry: borrowing QueueEntry) -> Bool {
    // A queue file that was requeued has another arrival than its life.
    guard let implied = lives[life].impliedArrival else {
      // When the file came to be, no line has told yet.
      if lives[life].isRequeued { return true }
      return isNear(lives[life].arrival?.microseconds, entry)
    }
    if isNear(implied, entry) { return true }
    return isNear(lives[life].arrival?.microseconds, entry)
  }

  /// The life whose queue file is listed.
  private func life(of entry: borrowing QueueEntry) -> Int? {
    if let known = lives.find(host: listing.host, queueID: entry.queueID), isSame(known, entry) { return known }
    let aside = lifeAside(listing.host, entry.queueID, arrival: entry.arrival.microseconds + 500_000)
    return aside.flatMap { lives[$0].place == .twin ? $0 : nil }
  }

  /// The entry's time has no digits below the second.
  private func isNear(_ arrival: Int64?, _ entry: borrowing QueueEntry) -> Bool {
    guard let arrival else { return true }
    return abs(arrival - entry.arrival.microseconds) <= Life.tolerance + 1_000_000
  }

  /// The open recipients to which aliases lead, by address; of those the listing does not tell which is which.
  private func aliasedRecipients(of life: Int) -> [UInt64: [Int]] {
    var aliases: [UInt64: [Int]] = [:]
    let texts = lives[life].texts
    for (index, state) in lives[life].open.enumerated() where state.original.isPresent {
      let address = texts.view(state.address) ?? .empty
      aliases[hash(ofRecipient: address, name(of: life)), default: []].append(index)
    }
    return aliases
  }

  /// True if `address` is that of an open recipient of `life`; it is still in the queue then.
  private func noteListed(_ life: Int, _ address: ByteView, _ aliases: [UInt64: [Int]]) -> Bool {
    var found = aliases.isEmpty ? [] : aliases[hash(ofRecipient: address, name(of: life))] ?? []
    if let index = openIndex(life, address) { found.append(index) }
    for index in found {
      lives[life].open[index].listing = listing.number
      lives[life].open[index].missing = 0
    }
    return !found.isEmpty
  }

  private func openIndex(_ life: Int, _ address: ByteView) -> Int? {
    let hash = hash(ofRecipient: address, name(of: life))
    if let index = lives[life].open.index(ofHash: hash) { return index }
    // The log puts a local part in quotes where it needs them, the queue's listing does not.
    guard address.buffer.contains(where: { Intake.needsQuotes($0) }) else { return nil }
    let texts = lives[life].texts
    return lives[life].open.firstIndex { state in
      guard let open = texts.view(state.address) else { return false }
      return Intake.unquoted(open).elementsEqual(Intake.unquoted(address))
    }
  }

  /// RFC 5321, section 4.1.2: what an atom can't hold.
  private static func needsQuotes(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x22, 0x28, 0x29, 0x2C, 0x3A, 0x3B, 0x3C, 0x3E, 0x5B, 0x5C, 0x5D: true
    default: false
    }
  }

  private static func unquoted(_ address: ByteView) -> some Sequence<UInt8> {
    address.buffer.lazy.filter { $0 != 0x22 && $0 != 0x5C }
  }

  /// An event for a recipient that the log did not tell of, and a life that waits for its end.
  private func open(_ entry: borrowing QueueEntry, _ recipient: QueueEntry.Recipient, _ reason: ByteView) {
    let time = listing.began
    let header = LogHeader(time: time, host: .empty, instance: .empty, service: .empty, daemon: ByteView("smtp"))
    let life = life(of: entry)
    if life == nil, let known = lives.find(host: listing.host, queueID: entry.queueID) {
      for state in lives[known].open {
        give(
          .deletion, of: state, life: known, time: time, source: .queue, instance: nil,
          note: "its queue id was used again; its outcome was not seen")
      }
      lives.remove(known)
    }
    let index = life ?? lives.insert(host: listing.host, queueID: entry.queueID)
    if lives[index].arrival == nil { lives[index].arrival = entry.arrival }
    noteSender(entry.sender, of: index)
    lives[index].lastSeen = max(lives[index].lastSeen, time.microseconds - QueueListing.quiet * 1_000_000)
    // How many attempts the log lost is not known.
    lives[index].startSeen = false
    var record = DeliveryRecord(
      queueID: entry.queueID, recipient: recipient.address, outcome: .deferred, reason: reason,
      account: DeliveryRecord.Account(delayReason: reason))
    record.originalRecipient = recipient.originalAddress
    record.delay = max(0, time.since(entry.arrival))
    record.status = record.account.reply.enhanced
    let outcome = memory.pointee.outcome
    outcome.record = record
    outcome.header = header
    outcome.host = listing.host
    outcome.life = index
    outcome.hop = .external
    outcome.hash = hash(ofRecipient: recipient.address, original: recipient.originalAddress, name(of: index))
    if let address = record.account.hostAddress, isOwn(address, of: listing.host) || address.at(0) == 0x2F { outcome.hop = .internal }
    if DeliveryRecord.Account.isLocalDelivery(reason) { outcome.hop = .internal }
    outcome.assessment = assessor.pointee.assess(record, recipient.address, outcome.hop)
    let at = openRecipient(outcome)
    lives[index].open[at][attempts: outcome.hop] = 1
    lives[index].open[at].listing = listing.number
    var event = Event(time: outcome.header.time, type: .transientFailure)
    describe(&event, outcome)
    event.source = .queue
    event.instance = nil
    event.service = nil
    event.offset = nil
    attach(&event, outcome)
    let verdict = judge(&event, outcome)
    lives[index].open[at].suspensionSeen = verdict.origin == .suspended
    let told = ToldFailure(verdict, event)
    give(event, life: index)
    noteToldByQueue(event, life: index, recipient: at)
    remember(told, outcome, at)
    // No line has named it yet.
    lives[index].open[at].service = SharedText()
  }

  private func closeMissing() {
    var gone: [Int] = []
    let quietBefore = listing.began.microseconds - QueueListing.quiet * 1_000_000
    let count: (Int) -> Void = { [self] life in
      guard !lives[life].open.isEmpty, lives[life].host == listing.host, lives[life].recipientsLeft == nil else { return }
      if let instance = view(lives[life].instance, of: life), !listing.instances.contains(String(instance)) {
        return
      }
      let isQuiet = lives[life].lastSeen <= quietBefore
      var isGone = false
      for index in lives[life].open.indices {
        if lives[life].open[index].listing == listing.number || !isQuiet {
          lives[life].open[index].missing = 0
        } else {
          lives[life].open[index].missing += 1
          if lives[life].open[index].missing >= QueueListing.missesUntilGone { isGone = true }
        }
      }
      if isGone { gone.append(life) }
    }
    lives.forEach(count)
    forEachTwin(count)
    for life in gone { closeMissing(life) }
  }

  private func closeMissing(_ life: Int) {
    for state in lives[life].open where state.missing >= QueueListing.missesUntilGone {
      give(
        .deletion, of: state, life: life, time: listing.began, source: .queue,
        instance: view(lives[life].instance, of: life),
        note: "no longer in the queue, and no line of the log told of its end")
    }
    lives[life].open.removeAll { $0.missing >= QueueListing.missesUntilGone }
    guard lives[life].open.isEmpty else { return }
    if let queueID = lives[life].texts.view(lives[life].queueID) { identities.remove(queueID) }
    drop(life)
  }

  // MARK: Gauge

  private func countListed(_ recipient: QueueEntry.Recipient, _ arrival: Timestamp) {
    let domain = MailAddress.domain(of: recipient.address).map { lowercased($0) }
    if let domain, let index = listing.byDomain.insert(domain, default: QueueListing.Waiting()) {
      listing.byDomain[index].count(arrival)
    }
    let account = recipient.delayReason.map { DeliveryRecord.Account(delayReason: $0) }
    let provider = providers.provider(
      relayHost: nil, reasonHost: account?.host, domain: domain, teaches: account?.isSubmission != true)
    if !provider.isEmpty, let index = listing.byProvider.insert(provider, default: QueueListing.Waiting()) {
      listing.byProvider[index].count(arrival)
    }
  }
}
