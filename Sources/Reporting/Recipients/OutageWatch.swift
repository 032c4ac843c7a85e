// Whether it was our own resolver or uplink that kept mail from a domain: most other domains could not be reached
// either. Each domain has one voice, which is what was seen of it last.
//
// Who is dead by itself has none. A domain that could not be reached while most others were, and has not been since, is
// no sign of trouble of ours however long it goes on: otherwise a site whose queue holds four dead domains and little
// else would never see a dead domain.

import Bytes
import Classification
import Journal
import SMTPTypes

/// Counts, by slots of time, how many domains were reached last and how many were not. Memory: some 17 KiB, and 16 bytes
/// that the ledger keeps with each domain. Every call is O(1) but for those that ask, which are O(slots).
struct OutageWatch {
  struct Seen: OptionSet {
    let rawValue: UInt8
    /// It took mail, or a server of it said something.
    static let reached = Seen(rawValue: 1)
    /// It could not be connected to, or not be looked up.
    static let failed = Seen(rawValue: 2)
  }

  /// What is kept of a domain.
  struct Domain {
    /// The slot in which something was seen of it last, and what; of the time since `era` began.
    fileprivate var slot = Int32.min
    fileprivate var era: UInt32 = 0
    fileprivate var seen: Seen = []
    /// It failed by itself, and was not reached since.
    fileprivate var isDead = false
    /// It failed, and it has to be seen how the others do.
    fileprivate var isOnTrial = false
  }

  /// Domains that were seen last in one slot, without those that are dead by themselves.
  private struct Slot {
    var number = Int32.min
    var tried: Int32 = 0
    var failed: Int32 = 0
  }

  /// A domain that failed in a slot.
  private struct Trial {
    var domain: Int32
    var slot: Int32
  }

  private let share: Double
  private let least: Int
  /// Seconds of a slot.
  private let seconds: Int64
  /// Slots before a failure, and as many after it, in which others are looked at.
  private let reach: Int32
  private var slots: [Slot]
  private(set) var newest = Int32.min
  private var era: UInt32 = 1
  private var trials: [Trial] = []
  /// As many of the first ones were decided.
  private var decided = 0

  /// A minute's tally comes when the minute is over.
  private static let patience: Int32 = 2
  /// So many times the window a domain must fail alone to be dead by itself: longer than the outages that are common.
  private static let trialWindows: Int32 = 12
  private static let slotsOfWindow: Int64 = 60

  init(_ policy: RecipientPolicy) {
    share = policy.outageShare
    least = policy.outageDomains
    seconds = OutageWatch.slotSeconds(policy)
    reach = Int32(clamping: max(Int64(max(policy.outageWindow, 0)) / 2 / seconds, 1))
    slots = Array(repeating: Slot(), count: Int(reach * 2 * OutageWatch.trialWindows + OutageWatch.patience + 1))
  }

  /// Seconds of a slot: a minute, as tallies have it, or more if a long window was asked for.
  static func slotSeconds(_ policy: RecipientPolicy) -> Int64 {
    max(Int64(policy.outageWindow) / slotsOfWindow, 60)
  }

  /// - Parameter time: seconds since 1970.
  func slot(of time: Int64) -> Int32 { Int32(clamping: time / seconds) }

  /// What an event tells of its domain; nil for nothing.
  @inline(__always)
  static func seen(_ cause: Cause, _ origin: Origin?, isDelivery: Bool) -> Seen? {
    if isDelivery { return .reached }
    // What a server says of those behind it, it says itself.
    if origin == .remote || origin == .ownReply { return .reached }
    if cause == .connectFailure || cause == .dnsFailure { return .failed }
    return origin == .local || origin == .suspended ? nil : []
  }

  // MARK: - Input

  /// True if something that is `slot`'s begins a new slot, so that what waits for one may be decided first.
  @inline(__always)
  func isNew(_ slot: Int32) -> Bool { slot > newest || isOfThePast(slot) }

  /// So long ago that another log begins.
  func isOfThePast(_ slot: Int32) -> Bool { newest > .min && Int(newest) - Int(slot) >= slots.count }

  /// Goes on to `slot`, which is new, or back, which forgets all.
  mutating func turn(to slot: Int32, _ domains: inout ByteTable<RecipientLedger.DomainRecord>) {
    if isOfThePast(slot) {
      era &+= 1
      trials = []
      decided = 0
      for at in slots.indices { slots[at] = Slot() }
    } else {
      decideTrials(before: slot, &domains)
    }
    newest = slot
  }

  /// Notes what was seen of the domain at `index` in `slot`. The same twice is as once.
  mutating func note(
    _ index: Int, _ seen: Seen, in slot: Int32, _ domains: inout ByteTable<RecipientLedger.DomainRecord>
  ) {
    var domain = domains[index].outage
    if domain.era != era {
      domain = Domain()
      domain.era = era
    }
    guard slot >= domain.slot, Int(newest) - Int(slot) < slots.count else { return }
    count(domain, -1)
    if slot > domain.slot {
      domain.slot = slot
      domain.seen = []
    }
    domain.seen.formUnion(seen)
    if domain.seen.contains(.reached) { domain.isDead = false }
    count(domain, 1)
    if OutageWatch.hasFailed(domain), !domain.isDead, !domain.isOnTrial {
      domain.isOnTrial = true
      trials.append(Trial(domain: Int32(index), slot: slot))
    }
    domains[index].outage = domain
  }

  private static func hasFailed(_ domain: Domain) -> Bool {
    domain.seen.contains(.failed) && !domain.seen.contains(.reached)
  }

  /// Adds a domain's voice, or takes it back.
  private mutating func count(_ domain: Domain, _ change: Int32) {
    guard domain.slot > .min, !domain.isDead else { return }
    let at = place(domain.slot)
    if slots[at].number != domain.slot {
      guard change > 0 else { return }
      slots[at] = Slot(number: domain.slot)
    }
    slots[at].tried += change
    if OutageWatch.hasFailed(domain) { slots[at].failed += change }
  }

  private func place(_ slot: Int32) -> Int { Int(UInt32(bitPattern: slot) % UInt32(slots.count)) }

  // MARK: - Answers

  /// What the voices say but that of the domain at `index`, of those that something was seen of since the slot `first`.
  private func others(
    _ index: Int, since first: Int32, _ domains: borrowing ByteTable<RecipientLedger.DomainRecord>
  ) -> (tried: Int, failed: Int) {
    var (tried, failed) = (0, 0)
    for slot in slots where slot.number >= first {
      tried += Int(slot.tried)
      failed += Int(slot.failed)
    }
    guard index >= 0 else { return (tried, failed) }
    let domain = domains[index].outage
    if domain.era == era, domain.slot >= first, !domain.isDead {
      tried -= 1
      if OutageWatch.hasFailed(domain) { failed -= 1 }
    }
    return (tried, failed)
  }

  /// True if most domains of which something was seen since `first` failed last, but for the one at `index` (-1 for one
  /// that is not known).
  private func isOutage(
    _ index: Int, since first: Int32, _ domains: borrowing ByteTable<RecipientLedger.DomainRecord>
  ) -> Bool? {
    let (tried, failed) = others(index, since: first, domains)
    return tried < least ? nil : Double(failed) > share * Double(tried)
  }

  /// A failure can be judged by what was before it once something comes that is in this slot or after it, and by what
  /// was after it then.
  func first(after slot: Int32) -> (before: Int32, after: Int32) {
    (slot &+ OutageWatch.patience + 1, slot &+ reach + OutageWatch.patience + 1)
  }

  /// True if most others failed in the time before `slot`, of which nothing more is awaited.
  func wasOutage(
    _ index: Int, before slot: Int32, _ domains: borrowing ByteTable<RecipientLedger.DomainRecord>
  ) -> Bool { isOutage(index, since: slot &- reach, domains) == true }

  /// The same of the time after it.
  func wasOutage(
    _ index: Int, after slot: Int32, _ domains: borrowing ByteTable<RecipientLedger.DomainRecord>
  ) -> Bool { isOutage(index, since: slot, domains) == true }

  /// Finds out of those that failed long before `slot` and were not reached since whether others were.
  private mutating func decideTrials(
    before slot: Int32, _ domains: inout ByteTable<RecipientLedger.DomainRecord>
  ) {
    let length = reach * 2 * OutageWatch.trialWindows
    while decided < trials.count, Int(trials[decided].slot) + Int(length) < Int(slot) {
      let index = Int(trials[decided].domain)
      var domain = domains[index].outage
      domain.isOnTrial = false
      if OutageWatch.hasFailed(domain), isOutage(index, since: trials[decided].slot, domains) == false {
        count(domain, -1)
        domain.isDead = true
      }
      domains[index].outage = domain
      decided += 1
    }
    if decided > 1024, decided > trials.count / 2 {
      trials.removeFirst(decided)
      decided = 0
    }
  }
}
