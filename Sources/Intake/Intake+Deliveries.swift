// Delivery lines: attempts and their outcomes.

import Bytes
import Classification
import Journal
import MailLog
import SMTPTypes

extension Intake {
  /// Takes a delivery line: `outcome` is its first recipient's, of a life that is yet to be found; `others` is what was
  /// said of the further ones.
  func take(_ outcome: Outcome, others: ArraySlice<Assessment>) {
    guard outcome.record.outcome != .probe else { return }
    if outcome.record.queueID.isEmpty {
      takeAlone(outcome)
      return
    }
    let host = outcome.host
    let life = life(of: outcome)
    if outcome.hop == .internal, outcome.record.outcome == .sent, let next = outcome.record.queuedAs,
      let second = lives.find(host: host, queueID: next), second != life
    {
      inherit(from: life, to: second)
    }
    // In a warm-up the outcomes come from the journal.
    guard !isWarmingUp else { return leave(life) }
    outcome.life = life
    outcome.hash = hash(
      ofRecipient: outcome.record.recipient, original: outcome.record.originalRecipient, name(of: life))
    settle(outcome)
    var recipients = 1
    if !others.isEmpty {
      for (recipient, assessment) in zip(outcome.record.recipients.dropFirst(), others) {
        outcome.record.recipient = recipient
        outcome.assessment = assessment
        outcome.hash = hash(ofRecipient: recipient, original: outcome.record.originalRecipient, name(of: life))
        settle(outcome)
        recipients += 1
      }
    }
    if outcome.record.outcome != .deferred { countOut(life, recipients) }
    if lives[life].place != .indexed { leave(life) }
  }

  /// A line that does not say of which message it is: a life of its own, which nothing follows.
  private func takeAlone(_ outcome: Outcome) {
    guard !isWarmingUp else { return }
    let life = lives.insert(host: outcome.host, queueID: .empty)
    outcome.life = life
    outcome.hash = hash(ofRecipient: outcome.record.recipient, .empty)
    settle(outcome)
    lives.remove(life)
  }

  /// What a recipient of the message with `queueID` is known by among those that are open.
  @inline(__always)
  func hash(ofRecipient recipient: ByteView, _ queueID: ByteView) -> UInt64 {
    guard let key = options.recipientKey else { return recipient.tableHash }
    return key.hash(recipient, queueID: queueID)
  }

  /// The same of one that was reached as `original`: Postfix delivers to an address once for each alias that leads to
  /// it. nil and an empty one are no alias.
  @inline(__always)
  func hash(ofRecipient recipient: ByteView, original: ByteView?, _ queueID: ByteView) -> UInt64 {
    let plain = hash(ofRecipient: recipient, queueID)
    guard let original, !original.isEmpty else { return plain }
    return plain &+ (hash(ofRecipient: original, queueID) | 1) &* 0x9E37_79B9_7F4A_7C15
  }

  /// The first queue id of a life.
  func firstName(of life: Int) -> ByteView {
    let texts = lives[life].texts
    return texts.view(lives[life].firstQueueID) ?? texts.view(lives[life].queueID) ?? .empty
  }

  /// The queue id that marks of recipients are made with: the first, which a requeue does not change.
  func name(of life: Int) -> ByteView {
    options.recipientKey != nil ? firstName(of: life) : .empty
  }

  private func settle(_ outcome: Outcome) {
    switch outcome.record.outcome {
    case .sent: delivered(outcome)
    case .discarded: discarded(outcome)
    case .deferred: outcome.record.account.speaker == .suspended ? suspended(outcome) : deferred(outcome)
    case .bounced: bounced(outcome)
    case .probe: break
    }
  }

  func isOwn(_ address: ByteView, of host: Int) -> Bool { Hop.isOwn(address, hosts[host].nameView, ownAddresses) }

  // MARK: Outcomes

  private func delivered(_ outcome: Outcome) {
    if let index = openIndex(outcome) {
      let state = lives[outcome.life].open[index]
      let attempt = attemptNumber(outcome, after: state)
      count(outcome, isFirst: attempt == 1)
      if outcome.hop == .internal, goesOn(outcome, recipient: index) { return }
      lives[outcome.life].open.remove(at: index)
      var event = Event(time: outcome.header.time, type: .delivery)
      describe(&event, outcome)
      attach(&event, outcome)
      tellAlias(&event, state, outcome.life)
      event.attempt = attempt
      event.deferredFor = max(0, outcome.header.time.since(state.firstFailure))
      if outcome.hop == .external {
        _ = takeScore(outcome.record.recipient, original: event.originalRecipient, at: outcome.header.time)
      }
      give(event, life: outcome.life)
      return
    }
    count(outcome, isFirst: lives[outcome.life].startSeen)
    if outcome.hop == .external, let delay = outcome.record.delay {
      hosts[outcome.host].tally.countDelay(delay)
    }
    var takesBack = false
    if outcome.hop == .external {
      takesBack = takeScore(outcome)
    }
    // Most mail arrives at once, and is only counted.
    // An older message's, long after: its recipient may stand as deleted.
    let isPassing = lives[outcome.life].place == .passing
    guard options.storesAllDeliveries || takesBack || isPassing, !isPassedOn(outcome) else { return }
    var event = Event(time: outcome.header.time, type: .delivery)
    describe(&event, outcome)
    attach(&event, outcome)
    event.attempt = lives[outcome.life].startSeen ? 1 : nil
    give(event, life: outcome.life)
  }

  /// Nobody got it, and nobody will: no delivery, and no attempt at one.
  private func discarded(_ outcome: Outcome) {
    guard let index = openIndex(outcome) else { return }
    let state = lives[outcome.life].open[index]
    lives[outcome.life].open.remove(at: index)
    give(
      .deletion, of: state, life: outcome.life, time: outcome.header.time, source: .log,
      instance: outcome.header.instance, note: "discarded by discard(8)")
  }

  private func deferred(_ outcome: Outcome) {
    if lives[outcome.life].isExpired,
      lives[outcome.life].place == .departing || lives[outcome.life].expired(after: outcome.header.time)
    {
      // The last attempt, whose line comes behind that of the expiry, which has told of its end.
      count(outcome, isFirst: false)
      hosts[outcome.host].tally.countTrouble(Intake.lateLine)
      tellCounted(outcome, as: "it came behind the end of its message")
      return
    }
    let known = openIndex(outcome)
    let index = if let known { known } else { openRecipient(outcome) }
    if known != nil, lives[outcome.life].open[index].queueTold != 0, countLate(outcome, index) { return }
    var state = lives[outcome.life].open[index]
    let attempt = attemptNumber(outcome, after: state)
    let leavesUs = state.noteFailure(on: outcome.hop, at: outcome.header.time)
    state[attempts: outcome.hop] += 1
    lives[outcome.life].open[index] = state
    var event = Event(time: outcome.header.time, type: .transientFailure)
    describe(&event, outcome)
    attach(&event, outcome)
    tellAlias(&event, state, outcome.life)
    let verdict = judge(&event, outcome)
    event.attempt = attempt
    // It waited before its first attempt.
    if known != nil, !leavesUs, state.hop == outcome.hop, state[attempts: outcome.hop] == 1 {
      event.deferredFor = max(0, event.time.since(state.firstFailure))
    }
    count(outcome, isFirst: attempt == 1)
    let told = ToldFailure(verdict, event)
    give(event, life: outcome.life)
    remember(told, outcome, index)
  }

  /// True if the queue has told of this failure already; it is counted then.
  private func countLate(_ outcome: Outcome, _ index: Int) -> Bool {
    var event = Event(time: outcome.header.time, type: .transientFailure)
    describe(&event, outcome)
    attach(&event, outcome)
    event.reply = outcome.record.account.reply
    guard isLate(event, life: outcome.life, recipient: index) else { return false }
    count(outcome, isFirst: false)
    hosts[outcome.host].tally.countTrouble(Intake.lateLine)
    return true
  }

  private func suspended(_ outcome: Outcome) {
    let index = if let known = openIndex(outcome) { known } else { openRecipient(outcome) }
    _ = lives[outcome.life].open[index].noteFailure(on: outcome.hop, at: outcome.header.time)
    guard !lives[outcome.life].open[index].suspensionSeen else {
      hosts[outcome.host].tally.suspended += 1
      tellCounted(outcome, as: "suspended as before")
      return
    }
    lives[outcome.life].open[index].suspensionSeen = true
    var event = Event(time: outcome.header.time, type: .transientFailure)
    describe(&event, outcome)
    attach(&event, outcome)
    tellAlias(&event, lives[outcome.life].open[index], outcome.life)
    let verdict = judge(&event, outcome)
    let told = ToldFailure(verdict, event)
    give(event, life: outcome.life)
    remember(told, outcome, index)
  }

  private func bounced(_ outcome: Outcome) {
    var state: OpenRecipient?
    if let index = openIndex(outcome) {
      state = lives[outcome.life].open[index]
      lives[outcome.life].open.remove(at: index)
    }
    var event = Event(time: outcome.header.time, type: .bounce)
    describe(&event, outcome)
    attach(&event, outcome)
    _ = judge(&event, outcome)
    if let state {
      tellAlias(&event, state, outcome.life)
      event.attempt = attemptNumber(outcome, after: state)
      event.deferredFor = max(0, outcome.header.time.since(state.firstFailure))
    } else if lives[outcome.life].startSeen {
      event.attempt = 1
    }
    count(outcome, isFirst: event.attempt == 1)
    noteScore(event)
    give(event, life: outcome.life)
  }

  // MARK: Recipients that wait

  private func openIndex(_ outcome: Outcome) -> Int? {
    if let index = lives[outcome.life].open.index(ofHash: outcome.hash) { return index }
    if !lives[outcome.life].open.isEmpty {
      if outcome.record.originalRecipient != nil {
        if let index = openIndexNamedByQueue(outcome) { return index }
      } else if lives[outcome.life].isSecondPass {
        if let index = openIndex(ofAddress: outcome.hash, outcome.life) { return index }
      }
    }
    return lives[outcome.life].formerQueueID.isPresent ? openIndexInFormerPass(outcome) : nil
  }

  /// The alias that lines before a content filter told of.
  private func tellAlias(_ event: inout Event, _ state: OpenRecipient, _ life: Int) {
    if state.original.isPresent, event.originalRecipient == nil {
      event.originalRecipient = lives[life].texts.view(state.original)
    }
  }

  private func openIndexNamedByQueue(_ outcome: Outcome) -> Int? {
    guard let original = outcome.record.originalRecipient else { return nil }
    let plain = hash(ofRecipient: outcome.record.recipient, name(of: outcome.life))
    return takeNamedByQueue(plain, as: outcome.hash, original, outcome.life)
  }

  /// Lets one that only the queue has told of, whose listing does not say by which alias (before Postfix 3.11), be known
  /// as what `original` led to.
  func takeNamedByQueue(_ plain: UInt64, as hash: UInt64, _ original: ByteView, _ life: Int) -> Int? {
    guard let index = lives[life].open.index(ofHash: plain) else { return nil }
    var state = lives[life].open[index]
    guard !state.service.isPresent, !state.original.isPresent else { return nil }
    lives[life].open.remove(at: index)
    state.hash = hash
    state.original = lives[life].texts.add(original)
    return lives[life].open.append(state)
  }

  func openRecipient(_ outcome: Outcome) -> Int {
    let address = lives[outcome.life].texts.add(outcome.record.recipient)
    if !lives[outcome.life].instance.isPresent, !outcome.header.instance.isEmpty {
      lives[outcome.life].instance = shared(tag: outcome.header.instance, by: outcome.life)
    }
    var recipient = OpenRecipient(
      hash: outcome.hash, address: address, firstFailure: outcome.header.time, hop: outcome.hop,
      lastCause: .unclassified, lastOrigin: .remote)
    if let original = outcome.record.originalRecipient, !original.isEmpty {
      recipient.original = lives[outcome.life].texts.add(original)
    }
    return lives[outcome.life].open.append(recipient)
  }

  private func attemptNumber(_ outcome: Outcome, after state: OpenRecipient) -> Int? {
    lives[outcome.life].startSeen ? state[attempts: outcome.hop] + 1 : nil
  }

  /// What an expiration will have to say of a failure. An event that is asked for more after it was given out is copied.
  struct ToldFailure {
    fileprivate let verdict: Verdict
    fileprivate let provider: ByteView?
    fileprivate let rule: ByteView?
    fileprivate let stage: Stage?
    fileprivate let status: EnhancedStatusCode?

    @inline(__always)
    init(_ verdict: Verdict, _ event: borrowing Event) {
      self.verdict = verdict
      provider = event.provider
      rule = event.rule
      stage = event.stage
      status = event.status
    }
  }

  /// Keeps what an expiration will have to say. The event was given out, so the life's texts may move.
  func remember(_ told: ToldFailure, _ outcome: Outcome, _ index: Int) {
    var known = lives[outcome.life].open[index]
    // The provider and the service rarely change between attempts; text is added only when they do.
    if let provider = told.provider, view(known.provider, of: outcome.life) != provider {
      known.provider = shared(provider, by: outcome.life)
    }
    if let rule = told.rule, view(known.lastRule, of: outcome.life) != rule {
      known.lastRule = shared(rule, by: outcome.life)
    }
    if !known.service.isPresent { known.service = shared(tag: outcome.header.service, by: outcome.life) }
    known.lastCause = told.verdict.cause
    known.lastScope = told.verdict.scope
    known.lastOrigin = told.verdict.origin
    known.lastStage = told.stage
    known.lastStatus = told.status
    lives[outcome.life].open[index] = known
  }

  // MARK: Counting

  /// Counts an attempt.
  private func count(_ outcome: Outcome, isFirst: Bool) {
    guard countsAttempts else { return }
    var counts = Tally.Counts()
    counts.attempts = 1
    switch outcome.record.outcome {
    case .sent: counts.deliveries = 1
    case .bounced: counts.bounces = 1
    case .deferred, .discarded, .probe: break
    }
    if isFirst {
      counts.firstAttempts = 1
      if outcome.record.outcome == .deferred { counts.firstDeferred = 1 }
    }
    let host = hosts[outcome.host]
    guard outcome.hop == .external else {
      host.tally.internalHops += counts
      return
    }
    host.tally.total += counts
    let numbers = outcome.assessment.numbers
    if !count(counts, of: host, .provider, numbers.provider), !outcome.assessment.provider.isEmpty {
      count(counts, of: host, .provider, numbers.provider, outcome.assessment.provider)
    }
    if !count(counts, of: host, .domain, numbers.domain), let domain = domain(of: outcome) {
      count(counts, of: host, .domain, numbers.domain, domain)
    }
    if !count(counts, of: host, .relay, numbers.relay), let relay = outcome.record.relay {
      count(counts, of: host, .relay, numbers.relay, relay.host)
    }
    host.tally.add(counts, to: .service, key: outcome.header.service)
    let identity = identity(of: outcome.life)
    let texts = lives[outcome.life].texts
    if let sender = texts.view(lives[outcome.life].sender) {
      host.tally.add(counts, to: .senderDomain, key: MailAddress.domain(of: sender) ?? ByteView("<>"))
    }
    if let user = texts.view(lives[outcome.life].user) ?? identity?.user {
      host.tally.add(counts, to: .user, key: user)
    }
    if let identity {
      for index in 0..<identity.tagCount { host.tally.add(counts, to: .tag, key: identity.tagKey(index)) }
    }
  }

  /// False if it is not known where the tally counts the name with `number`.
  @inline(__always)
  private func count(_ counts: Tally.Counts, of host: HostState, _ cut: TallyPlaces.Cut, _ number: UInt32) -> Bool {
    guard number != 0, let place = memory.pointee.tallyPlaces.index(of: number, cut, tally: host.tallyNumber) else {
      return false
    }
    host.tally.add(counts, to: cut.cut, at: place)
    return true
  }

  private func count(
    _ counts: Tally.Counts, of host: HostState, _ cut: TallyPlaces.Cut, _ number: UInt32, _ name: ByteView
  ) {
    let place = host.tally.count(counts, to: cut.cut, key: name)
    guard let place, number != 0, host.tallyNumber != 0 else { return }
    memory.pointee.tallyPlaces.keep(place, of: number, cut, tally: host.tallyNumber)
  }
}
