// What happened to each address that was put off or failed: one pass over a journal or logs.
//
// Memory: some 80 bytes for each address with a message that is open, and for half as many others (`residentLimit`
// in all at least). The rest waits in a temporary file, and so do the ends of messages, 16 bytes each. Without one, and
// beyond `addressLimit` addresses in memory, those against which nothing stands are dropped; if there are none, further
// addresses are counted and left out. Beside it what is open at once.

import Bytes
public import Classification
public import Journal
public import SMTPTypes

/// Keeps a record of each address; not for use by several threads at once, but for what `readers` gives.
public final class RecipientLedger: SharedSink {
  public struct Options: Sendable {
    public var policy = RecipientPolicy()
    /// Soft bounces are counted from here on; nil: all that is read.
    public var since: Timestamp?
    /// Nothing after it is looked at; nil: all.
    public var until: Timestamp?
    /// Only soft bounces of this cause are counted; the states do not depend on it.
    public var cause: Cause?
    /// The rules whose replies say that an address or its domain does not exist.
    public var nonexistent = Nonexistent.builtInRules
    /// Addresses that are kept in memory at once.
    public var addressLimit = 1_000_000
    /// Where a temporary file may be made; nil: nowhere.
    public var spillDirectory: String?
    /// Addresses that are kept in memory before any go to the temporary file.
    var residentLimit = 100_000

    public init() {}
  }

  /// A recipient of a message that is open: 24 bytes.
  struct OpenRecipient: LifeEntry {
    var key: UInt64
    var record: Int32
    /// Causes that were counted, by bit; the highest bit says that only the queue's listing has told of it.
    var causes: UInt32
    var arrivalOffset: UInt32
    /// Of the hash of the address that the record is of.
    var address: UInt32
    static let free = OpenRecipient(key: 0, record: 0, causes: 0, arrivalOffset: 0, address: 0)
    static let ofQueueAlone: UInt32 = 1 << 31
  }

  /// A failure of connect or DNS, until it is known who else failed so.
  struct PendingScore {
    /// The address, by the two hashes that ends are kept under.
    var address: UInt64
    var hash: UInt64
    var time: UInt32
    var words: FailureWords
    /// Of `domains`; -1 for none.
    var domain: Int
    /// Of `outages`.
    var slot: Int32
    /// Others failed in the time before it.
    var isExcused = false
  }

  let options: Options
  var records: ByteTable<RecipientRecord>
  /// What was told of messages that never arrived, and how messages ended.
  var words = FailureWordStore()
  var ends: RecipientEndLog
  var open = LifeTable<OpenRecipient>(limit: 4_000_000)
  private var outages: OutageWatch
  var pending: [PendingScore] = []
  /// As many of the first of them were held against the time before them.
  private var examined = 0
  private static let pendingLimit = 1_000_000
  /// What was received here.
  private let own: RecipientShare
  /// So many addresses in memory are enough: some must leave it, if any can.
  var room: Int
  let file: SpillFile?
  var spill: RecipientSpill?
  /// Why the temporary file takes no more.
  var spillFailure: SpillFile.Failure?
  /// Why some of what was put into it is missing.
  var lossFailure: SpillFile.Failure?
  /// Deliveries and final failures by recipient domain, for estimates.
  var domains = ByteTable<DomainRecord>(limit: 200_000)
  /// Addresses that found no room.
  private(set) var omitted = 0
  /// Addresses that were dropped because nothing stood against them.
  var thinned = 0
  /// Recipients whose address the journal does not hold.
  private(set) var nameless = 0
  /// Those of them of which the journal holds the domain alone.
  private(set) var marks = 0
  /// Those whose address was to be forgotten.
  private(set) var erased = 0
  /// Failures that did not score because most other domains failed likewise.
  private(set) var excused = 0
  private(set) var events = 0

  struct DomainRecord {
    /// As tallies count them, which are of all mail; and as events tell them, where there is no tally.
    var tallied = 0
    var told = 0
    var failures = 0
    var outage = OutageWatch.Domain()
    /// What stands in the place of addresses.
    var hidden: HiddenNames = []
    var deliveries: Int { max(tallied, told) }
  }

  /// What stands in the place of addresses of domains that found no room.
  var hiddenAnywhere: HiddenNames = []
  /// Any address was found; known once all were looked at.
  var hasAddresses = false

  /// Of all domains together.
  private var totals = DomainRecord()

  /// The share of recipients that got their mail; nil if nothing is known.
  var averageShare: Double? {
    let sum = totals.deliveries + totals.failures
    return sum > 0 ? Double(totals.deliveries) / Double(sum) : nil
  }

  public init(options: Options = Options()) {
    self.options = options
    records = ByteTable(limit: max(options.addressLimit, 1), isDense: true)
    file = options.spillDirectory.map { SpillFile(in: $0) }
    ends = RecipientEndLog(
      file: file, limit: 2 * max(options.addressLimit, 1),
      blockLength: min(max(options.residentLimit / RecipientSpill.partCount, 1), 1024))
    room = file == nil ? records.limit : min(options.residentLimit, records.limit)
    outages = OutageWatch(options.policy)
    own = RecipientShare(options: options)
  }

  var forgetSeconds: UInt32 { UInt32(clamping: Int(options.policy.forgetDays * 86_400)) }

  // MARK: - Input

  public func receive(_ tally: borrowing Tally, host: String) {
    own.receive(tally)
    settle(own)
  }

  public func receive(_ event: borrowing Event) {
    own.receive(event, head: -1)
    settle(own)
  }

  /// Takes what `share` kept for this: everything before it has been taken.
  func settle(_ share: RecipientShare) {
    events += share.events
    nameless += share.nameless
    marks += share.marks
    erased += share.erased
    share.steps.withUnsafeBufferPointer { steps in
      // What a step looks at lies anywhere in memory: it is asked for some steps ahead. Most are of a life that is open,
      // which knows its record; of the others, one bit each, the address is looked up.
      var unknown: UInt64 = 0
      for index in steps.indices {
        if index + 32 < steps.count, steps[index + 32].hasKey { open.prefetch(steps[index + 32].key) }
        if index + 24 < steps.count {
          let (ahead, bit) = (steps[index + 24], UInt64(1) << UInt64((index + 24) & 63))
          if let record = knownRecord(ahead) {
            unknown &= ~bit
            records.prefetch(entry: record)
          } else {
            unknown |= bit
            records.prefetch(ahead.hash)
          }
        }
        if index + 16 < steps.count, unknown & 1 << UInt64((index + 16) & 63) != 0 {
          records.prefetchEntry(steps[index + 16].hash)
        }
        if index + 8 < steps.count, unknown & 1 << UInt64((index + 8) & 63) != 0 {
          records.prefetchKey(steps[index + 8].hash)
        }
        take(steps[index], share)
      }
    }
    share.removeAll()
  }

  private func take(_ step: RecipientShare.Step, _ share: RecipientShare) {
    if step.kind == .tally { return take(share.tallies[Int(step.more)], share) }
    if step.flags.contains(.isNews) { note(step, share) }
    if step.kind == .delivery, step.domain >= 0 {
      totals.told += 1
      if let at = domain(step, share) { domains[at].told += 1 }
    }
    if step.flags.contains(.isAliased) { closeUnaliased(step) }
    guard step.addressLength > 0 else {
      if step.hash != 0 { hide(HiddenNames(rawValue: UInt8(truncatingIfNeeded: step.hash)), domain(step, share)) }
      return
    }
    switch step.kind {
    case .deferral: if let record = record(of: step, share) { putOff(step, record) }
    case .delivery, .finalDelivery: arrived(step, knownRecord(of: step, share))
    case .failure, .remoteFailure, .finalFailure:
      if let record = record(of: step, share) { failed(step, record, share) }
    case .deletion: close(step, knownRecord(of: step, share))
    case .internalDelivery:
      if step.hasKey, open.find(step.key) != nil { arrived(step, knownRecord(of: step, share)) }
    case .tally: return
    }
  }

  private func take(_ tally: RecipientShare.TallyPart, _ share: RecipientShare) {
    let slot = settle(upTo: tally.minute.seconds)
    totals.tallied += tally.deliveries
    for part in tally.domains where part.attempts > 0 || part.deliveries > 0 {
      let domain = share.texts.view[part.start..<part.start + part.length]
      guard let at = domains.insert(domain, default: DomainRecord()) else { continue }
      domains[at].tallied += part.deliveries
      outages.note(at, part.deliveries > 0 ? .reached : [], in: slot, &domains)
    }
  }

  private func note(_ step: RecipientShare.Step, _ share: RecipientShare) {
    let slot = settle(upTo: step.time)
    guard step.flags.contains(.hasNote), let at = domain(step, share) else { return }
    outages.note(at, step.seen, in: slot, &domains)
  }

  /// The place of the step's domain in `domains`; nil if there is no room.
  @inline(__always)
  private func domain(_ step: RecipientShare.Step, _ share: RecipientShare) -> Int? {
    guard step.domain >= 0 else { return nil }
    let index = Int(step.domain)
    if share.domains[index].place == -2 {
      share.domains[index].place = Int32(domains.insert(share.domains.key(at: index), default: DomainRecord()) ?? -1)
    }
    let place = share.domains[index].place
    return place >= 0 ? Int(place) : nil
  }

  /// The index of the record of the address that the sender wrote to, made if it is not in memory; nil if there is no room.
  @inline(__always)
  private func record(of step: RecipientShare.Step, _ share: RecipientShare) -> Int? {
    if let known = knownRecord(of: step, share) { return known }
    if records.count >= room { makeRoom() }
    guard let made = records.insert(address(of: step, share), hash: step.hash, default: RecipientRecord()) else {
      omitted += 1
      // Some may have come to an end since.
      if omitted % (records.limit / 10 + 1) == 0 { room = records.limit }
      return nil
    }
    return made
  }

  @inline(__always)
  private func address(of step: RecipientShare.Step, _ share: RecipientShare) -> ByteView {
    let start = Int(step.address)
    return share.texts.view[start..<start + Int(step.addressLength)]
  }

  /// The same if it is in memory.
  @inline(__always)
  private func knownRecord(of step: RecipientShare.Step, _ share: RecipientShare) -> Int? {
    knownRecord(step) ?? records.index(of: address(of: step, share), hash: step.hash)
  }

  /// The record of the address of a life that is open; nil if there is none, or it is of another address (the one that
  /// the sender wrote to is not known of every event).
  @inline(__always)
  private func knownRecord(_ step: RecipientShare.Step) -> Int? {
    guard step.hasKey, step.addressLength > 0, let slot = open.find(step.key) else { return nil }
    let life = open[slot]
    guard life.address == UInt32(truncatingIfNeeded: step.hash), life.record >= 0 else { return nil }
    return Int(life.record)
  }

  // MARK: - What happened

  private func putOff(_ step: RecipientShare.Step, _ record: Int) {
    let time = step.seconds
    let bit = step.flags.contains(.isCounted) ? UInt32(1) << UInt32(step.cause) : 0
    var isNew = true
    if step.hasKey {
      let isOfQueue = step.flags.contains(.isOfQueue)
      if let slot = open.find(step.key) {
        let known = open[slot].causes & ~OpenRecipient.ofQueueAlone
        isNew = known & bit == 0 && (options.cause != nil || known == 0)
        open[slot].causes |= bit
        if !isOfQueue { open[slot].causes &= ~OpenRecipient.ofQueueAlone }
      } else {
        let life = OpenRecipient(
          key: step.life, record: Int32(record), causes: bit | (isOfQueue ? OpenRecipient.ofQueueAlone : 0),
          arrivalOffset: step.arrivalOffset,
          address: UInt32(truncatingIfNeeded: step.hash))
        if open.insert(life) != nil, records[record].open < .max { records[record].open += 1 }
      }
    }
    if step.flags.contains(.isConcern) { records[record].concern(step.cause, at: time) }
    guard step.flags.contains(.isCounted) else { return }
    if isNew { records[record].messages += 1 }
    if !step.flags.contains(.isSuspended), !step.flags.contains(.isOfQueue) { records[record].attempts += 1 }
    records[record].putOff(step.cause, at: time)
  }

  private func arrived(_ step: RecipientShare.Step, _ record: Int?) {
    close(step, record)
    if let record { records[record].lastSuccess = max(records[record].lastSuccess, step.seconds) }
    let message = UInt32(bitPattern: step.more)
    let end = RecipientEnd(.delivery, address: step.end, time: step.seconds, number: message)
    _ = ends.add(end, hash: step.hash, words)
  }

  private func close(_ step: RecipientShare.Step, _ record: Int?) {
    guard step.hasKey, let slot = open.find(step.key) else { return }
    open.remove(at: slot)
    if let record, records[record].open > 0 { records[record].open -= 1 }
  }

  /// The queue's listing does not say by which alias a recipient was reached (before Postfix 3.11): what it told of goes
  /// on as what the log tells of.
  private func closeUnaliased(_ step: RecipientShare.Step) {
    guard let key = step.unaliasedKey, open.find(step.key) == nil, let slot = open.find(key) else { return }
    let life = open[slot]
    guard life.causes & OpenRecipient.ofQueueAlone != 0 else { return }
    open.remove(at: slot)
    guard life.record >= 0 else { return }
    let record = Int(life.record)
    if records[record].open > 0 { records[record].open -= 1 }
    // One recipient, who counts where the alias says.
    if step.kind == .deferral, life.causes & ~OpenRecipient.ofQueueAlone != 0 { records[record].takeBack() }
    guard step.kind == .delivery || step.kind == .internalDelivery else { return }
    records[record].lastSuccess = max(records[record].lastSuccess, step.seconds)
    let address = records.key(at: record)
    let end = RecipientEnd(
      .delivery, address: RecipientEnd.key(address), time: step.seconds, number: UInt32(bitPattern: step.more))
    _ = ends.add(end, hash: address.tableHash, words)
  }

  private func failed(_ step: RecipientShare.Step, _ record: Int, _ share: RecipientShare) {
    if step.kind != .remoteFailure { close(step, record) }
    records[record].lastFailure = max(records[record].lastFailure, step.seconds)
    if step.kind == .failure, step.domain >= 0 {
      totals.failures += 1
      if let at = domain(step, share) { domains[at].failures += 1 }
    }
    guard step.more >= 0 else { return }
    let told = share.failures[Int(step.more)]
    for number in [told.denied.messageID, told.denied.life] where number != 0 {
      let denial = RecipientEnd(.denial, address: step.end, time: step.seconds, number: number)
      _ = ends.add(denial, hash: step.hash, words)
    }
    var words = told.words
    if let reply = told.reply { words.reply = self.words.number(ofReply: reply) }
    words.isUnknown = step.flags.contains(.isUnknown)
    guard told.mayBeOurs else { return keep(words, step.end, step.hash, at: step.seconds) }
    if pending.count >= RecipientLedger.pendingLimit { settlePending() }
    pending.append(
      PendingScore(
        address: step.end, hash: step.hash, time: step.seconds, words: words, domain: domain(step, share) ?? -1,
        slot: outages.slot(of: step.time)))
  }

  private func keep(_ told: FailureWords, _ address: UInt64, _ hash: UInt64, at time: UInt32) {
    let end = RecipientEnd(.failure, address: address, time: time, number: words.number(of: told))
    if !ends.add(end, hash: hash, words) { omitted += 1 }
  }

  /// Goes on to `time`, and decides on what waited for it; returns its slot.
  @inline(__always)
  @discardableResult
  private func settle(upTo time: Int64) -> Int32 {
    let slot = outages.slot(of: time)
    if outages.isNew(slot) { turn(to: slot) }
    return slot
  }

  private func turn(to slot: Int32) {
    settlePending(before: outages.isOfThePast(slot) ? nil : slot)
    outages.turn(to: slot, &domains)
  }

  /// Decides on what waited for something that is in `slot`; nil if nothing more is awaited.
  func settlePending(before slot: Int32? = nil) {
    guard !pending.isEmpty else { return }
    while examined < pending.count {
      let one = pending[examined]
      if let slot, slot < outages.first(after: one.slot).before { break }
      pending[examined].isExcused = outages.wasOutage(one.domain, before: one.slot, domains)
      examined += 1
    }
    var done = 0
    while done < examined {
      let one = pending[done]
      if let slot, slot < outages.first(after: one.slot).after { break }
      if one.isExcused || outages.wasOutage(one.domain, after: one.slot, domains) {
        excused += 1
        keep(one.words.notScoring, one.address, one.hash, at: one.time)
      } else {
        keep(one.words, one.address, one.hash, at: one.time)
      }
      done += 1
    }
    pending.removeFirst(done)
    examined -= done
  }

  /// All has been read.
  public func finish() { settlePending() }
}

extension RecipientLedger {
  public var depth: EventDecoder.Depth { .all }

  public func readers(_ count: Int) -> [any JournalConsumer]? {
    (0..<count).map { _ in RecipientReader(self, RecipientShare(options: options)) }
  }

  public func merge(_ readers: [any JournalConsumer]) {}
}

extension RecipientShare.Step {
  /// Seconds since 1970, as records keep them.
  fileprivate var seconds: UInt32 { UInt32(clamping: max(time, 0)) }
}

/// One of several who read for a ledger.
private final class RecipientReader: JournalConsumer {
  private let share: RecipientShare
  private let ledger: RecipientLedger

  init(_ ledger: RecipientLedger, _ share: RecipientShare) {
    self.ledger = ledger
    self.share = share
  }

  func receive(_ event: borrowing Event, head: Int) { share.receive(event, head: head) }

  func receive(_ tally: borrowing TallyLine) { share.receive(tally.tally) }

  var cuts: Tally.Cuts { Tally.Cuts([.domain]) }

  func depth(of event: borrowing Event) -> EventDecoder.Depth? { share.depth(of: event) }

  func settle() { ledger.settle(share) }

  var held: Int { share.held }

  var heldLimit: Int { RecipientShare.usualSize }
}
