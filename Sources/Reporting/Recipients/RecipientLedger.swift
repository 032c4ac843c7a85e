// What happened to each address that was put off or failed: one pass over a journal or logs.
//
// Memory: some 150 bytes an address, up to `addressLimit` addresses; beyond that those against which nothing stands make
// room, and if there are none, further addresses are counted and left out. Beside it what is open at once, and the last
// few failures of each address that failed.

import Bytes
public import Classification
public import Journal
public import SMTPTypes

/// Keeps a record of each address; not for use by several threads at once.
public final class RecipientLedger: EventSink {
  public struct Options: Sendable {
    public var policy = RecipientPolicy()
    /// Soft bounces are counted from here on; nil: all that is read.
    public var since: Timestamp?
    /// Nothing after it is looked at; nil: all.
    public var until: Timestamp?
    /// Only soft bounces of this cause are counted; the states do not depend on it.
    public var cause: Cause?
    public var addressLimit = 1_000_000

    public init() {}
  }

  /// A recipient of a message that is open: 24 bytes.
  struct OpenRecipient: LifeEntry {
    var key: UInt64
    var record: Int32
    /// Causes that were counted, by bit.
    var causes: UInt32
    var arrivalOffset: UInt32
    static let free = OpenRecipient(key: 0, record: 0, causes: 0, arrivalOffset: 0)
  }

  /// A failure of connect or DNS, until it is known who else failed so.
  private struct PendingScore {
    var record: Int
    var failure: Evidence
    var isUnknown: Bool
    var stretch: Int64
  }

  let options: Options
  var records: ByteTable<RecipientRecord>
  var evidence = EvidenceStore()
  private var open = LifeTable<OpenRecipient>(limit: 4_000_000)
  private var outages: OutageWatch
  private var pending: [PendingScore] = []
  private static let pendingLimit = 1_000_000
  private var scratch = ByteBuffer()
  /// The table is full of addresses against which something stands.
  private var isFull = false
  /// Deliveries and final failures by recipient domain, for estimates.
  var domains = ByteTable<DomainRecord>(limit: 200_000)
  /// Addresses that found no room.
  private(set) var omitted = 0
  /// Addresses that were dropped because nothing stood against them.
  private(set) var thinned = 0
  /// Recipients whose address the journal does not hold.
  private(set) var nameless = 0
  /// Failures that did not score because most domains failed likewise.
  private(set) var excused = 0
  private(set) var events = 0

  struct DomainRecord {
    /// As tallies count them, which are of all mail; and as events tell them, where there is no tally.
    var tallied = 0
    var told = 0
    var failures = 0
    var deliveries: Int { max(tallied, told) }
  }

  /// Of all domains together.
  private var totals = DomainRecord()

  /// The share of recipients that got their mail; nil if nothing is known.
  var averageShare: Double? {
    let sum = totals.deliveries + totals.failures
    return sum > 0 ? Double(totals.deliveries) / Double(sum) : nil
  }

  public init(options: Options = Options()) {
    self.options = options
    records = ByteTable(limit: max(options.addressLimit, 1))
    outages = OutageWatch(seconds: options.policy.outageWindow)
  }

  var forgetSeconds: UInt32 { UInt32(clamping: Int(options.policy.forgetDays * 86_400)) }

  // MARK: - Input

  public func receive(_ tally: borrowing Tally, host: String) {
    if let until = options.until, tally.minute >= until { return }
    settle(upTo: tally.minute)
    totals.tallied += tally.total.deliveries
    for index in 0..<tally.byDomain.count {
      let counts = tally.byDomain[index]
      let domain = tally.byDomain.key(at: index).lowercased(into: &scratch)
      if domain == Tally.otherKey { continue }
      if counts.deliveries > 0 {
        outages.noteDelivery(domain, at: tally.minute)
        if let at = domains.insert(domain, default: DomainRecord()) { domains[at].tallied += counts.deliveries }
      } else if counts.attempts > 0 {
        outages.noteFailure(domain, .unclassified, at: tally.minute)
      }
    }
  }

  public func receive(_ event: borrowing Event) {
    if let until = options.until, event.time >= until { return }
    // Our own mailboxes are in no mailing list.
    guard event.direction != .inbound, event.hop != .internal else { return }
    switch event.type {
    case .transientFailure, .delivery, .bounce, .expiration, .deletion: break
    // Forgeable: only one that matches a message of ours counts.
    case .remoteBounce: if event.matched != true { return }
    case .rejection, .delayNotice, .message, .tally, .alert, .gap, .checkpoint, .erasure: return
    }
    events += 1
    settle(upTo: event.time)
    noteDomain(event)
    guard let record = record(of: event) else { return }
    switch event.type {
    case .transientFailure: putOff(event, record)
    case .delivery: arrived(event, record)
    case .bounce, .expiration, .remoteBounce: failed(event, record)
    default: close(event, record)
    }
  }

  private func noteDomain(_ event: borrowing Event) {
    guard let domain = event.domain, event.type != .expiration, event.type != .remoteBounce, event.type != .deletion
    else { return }
    let key = domain.lowercased(into: &scratch)
    if event.type == .delivery {
      outages.noteDelivery(key, at: event.time)
      totals.told += 1
      if let at = domains.insert(key, default: DomainRecord()) { domains[at].told += 1 }
    } else {
      outages.noteFailure(key, event.cause ?? .unclassified, at: event.time)
    }
  }

  /// The index of the record of the address that the sender wrote to, made if it is new and the event is of weight.
  private func record(of event: borrowing Event) -> Int? {
    guard let address = event.originalRecipient ?? event.recipient else { return nil }
    scratch.removeAll()
    guard AddressKey.append(address, to: &scratch), !AddressKey.isMark(scratch.view) else {
      nameless += 1
      return nil
    }
    if let known = records.index(of: scratch.view) { return known }
    // A delivery or a deletion of an address that never failed tells nothing.
    if event.type == .delivery || event.type == .deletion { return nil }
    if records.count >= records.limit, !isFull { thin() }
    guard let made = records.insert(scratch.view, default: RecipientRecord()) else {
      omitted += 1
      return nil
    }
    return made
  }

  // MARK: - What happened

  private func putOff(_ event: borrowing Event, _ record: Int) {
    let time = RecipientRecord.seconds(event.time)
    let cause = event.cause ?? .unclassified
    let bit = UInt32(1) << UInt32(cause.rawValue)
    var isNew = true
    if let key = LifeKey(event) {
      if let slot = open.find(key) {
        isNew = open[slot].causes & bit == 0 && (options.cause != nil || open[slot].causes == 0)
        open[slot].causes |= bit
      } else {
        let life = OpenRecipient(
          key: key.life, record: Int32(record), causes: bit, arrivalOffset: key.arrivalOffset)
        if open.insert(life) != nil, records[record].open < .max { records[record].open += 1 }
      }
    }
    if event.scope == .recipient || event.scope == .domain, cause != .recipientRate, time >= records[record].concern {
      records[record].concern = time
      records[record].concernCause = cause.rawValue
    }
    guard isCounted(event, cause) else { return }
    if isNew { records[record].messages += 1 }
    if event.origin != .suspended { records[record].attempts += 1 }
    if records[record].firstSoft == 0 { records[record].firstSoft = time }
    if time >= records[record].lastSoft {
      records[record].lastSoft = time
      records[record].lastCause = cause.rawValue
    }
  }

  private func isCounted(_ event: borrowing Event, _ cause: Cause) -> Bool {
    if let since = options.since, event.time < since { return false }
    return options.cause == nil || options.cause == cause
  }

  private func arrived(_ event: borrowing Event, _ record: Int) {
    close(event, record)
    records[record].deliver(at: RecipientRecord.seconds(event.time))
    evidence.forget(record)
  }

  private func close(_ event: borrowing Event, _ record: Int) {
    guard let key = LifeKey(event), let slot = open.find(key) else { return }
    open.remove(at: slot)
    if records[record].open > 0 { records[record].open -= 1 }
  }

  private func failed(_ event: borrowing Event, _ record: Int) {
    if event.type != .remoteBounce { close(event, record) }
    if records[record].failed < .max { records[record].failed += 1 }
    if event.type != .remoteBounce, let domain = event.domain {
      totals.failures += 1
      if let at = domains.insert(domain.lowercased(into: &scratch), default: DomainRecord()) {
        domains[at].failures += 1
      }
    }
    let cause = event.cause ?? .unclassified
    guard RecipientPolicy.scores(cause, event.scope) else { return }
    let isUnknown =
      event.type != .expiration
      && RecipientPolicy.isUnknown(cause, code: event.reply?.code, said: event.reply?.enhanced, status: event.status)
    let failure = evidence.make(event)
    guard RecipientPolicy.mayBeOurs(cause) else { return score(failure, record, isUnknown: isUnknown) }
    if pending.count >= RecipientLedger.pendingLimit { settlePending(before: .max) }
    pending.append(
      PendingScore(
        record: record, failure: failure, isUnknown: isUnknown, stretch: outages.stretch(of: event.time)))
  }

  private func score(_ failure: Evidence, _ record: Int, isUnknown: Bool) {
    // It came before the delivery that it waited for.
    guard failure.time >= records[record].lastSuccess else { return }
    if records[record].run == 0 || failure.time >= records[record].runLast &+ forgetSeconds { evidence.forget(record) }
    let isLonger = records[record].score(
      failure.cause, isUnknown: isUnknown, at: failure.time, forget: forgetSeconds)
    if failure.time >= records[record].concern {
      records[record].concern = failure.time
      records[record].concernCause = failure.cause
    }
    if isLonger { evidence.add(failure, record) }
  }

  /// A stretch that has ended tells whether most domains failed in it.
  private func settle(upTo time: Timestamp) {
    let stretch = outages.stretch(of: time)
    if stretch > outages.newest { settlePending(before: stretch) }
  }

  /// Decides on what waited and lies before `stretch`.
  private func settlePending(before stretch: Int64) {
    guard let first = pending.first, first.stretch < stretch else { return }
    var rest: [PendingScore] = []
    for one in pending {
      guard one.stretch < stretch else {
        rest.append(one)
        continue
      }
      if outages.isOutage(
        Cause(rawValue: one.failure.cause) ?? .connectFailure, in: one.stretch, share: options.policy.outageShare)
      {
        excused += 1
      } else {
        score(one.failure, one.record, isUnknown: one.isUnknown)
      }
    }
    pending = rest
  }

  /// Makes room: drops the addresses against which nothing stands.
  private func thin() {
    settlePending(before: .max)
    var kept = ByteTable<RecipientRecord>(limit: records.limit)
    var numbers = [Int32](repeating: -1, count: records.count)
    for index in 0..<records.count where records[index].isOfWeight {
      if let at = kept.insert(records.key(at: index), default: records[index]) { numbers[index] = Int32(at) }
    }
    isFull = kept.count > records.limit / 10 * 9
    thinned += records.count - kept.count
    records = kept
    evidence.renumber { numbers[$0] >= 0 ? Int(numbers[$0]) : nil }
    open.update { $0.record = numbers[Int($0.record)] }
  }

  /// All has been read.
  public func finish() { settlePending(before: .max) }
}
