// What one of several who read a journal works out for a ledger of recipients: whom a line is about, and what kind of
// step it is. What depends on the journal's order, the ledger does once it is the share's turn.

import Bytes
import Classification
import Journal
import SMTPTypes

/// A part of a `RecipientLedger`, for one thread.
final class RecipientShare {
  /// What one event means for its recipient: 56 bytes.
  struct Step {
    /// Seconds since 1970.
    let time: Int64
    /// Of its life, the alias that it was reached by mixed in; 0 if it can be joined on nothing.
    let life: UInt64
    let arrivalOffset: UInt32
    let hasArrival: Bool
    let kind: Kind
    let cause: UInt8
    let flags: Flags
    /// Of the address: its hash, and where it stands in `texts`; of no length if there is none. Then the hash is what
    /// stands in its place (see `HiddenNames`).
    let hash: UInt64
    let address: UInt32
    let addressLength: UInt16
    /// The address among ends of messages (see `RecipientEnd`); 0 where nothing ends.
    let end: UInt64
    /// Of its domain; see `Flags.hasNote`.
    let seen: OutageWatch.Seen
    /// Of `domains`; -1 without one.
    let domain: Int32
    /// Of `failures` or `tallies`; -1 for none. Of a delivery a hash of its message.
    let more: Int32

    var key: LifeKey { LifeKey(life: life, arrivalOffset: arrivalOffset, hasArrival: hasArrival) }
    var hasKey: Bool { life != 0 }
    /// The key of the same recipient's life as it is known to one who was not told of the alias; nil if there is none.
    var unaliasedKey: LifeKey? {
      guard flags.contains(.isAliased), hasKey else { return nil }
      return LifeKey(life: life &- KeyedHash.hash(hash), arrivalOffset: arrivalOffset, hasArrival: hasArrival)
    }
  }

  enum Kind: UInt8 {
    case deferral, delivery, failure, remoteFailure, deletion, tally
    /// To our own server, which ends what was put off elsewhere and tells nothing of others' mailboxes.
    case internalDelivery
    /// What an alias' delivery or failure tells of the address that the mail went to.
    case finalDelivery, finalFailure

    /// Elsewhere.
    var isDelivery: Bool { self == .delivery || self == .finalDelivery }
    var isFailure: Bool { self == .failure || self == .remoteFailure || self == .finalFailure }
  }

  struct Flags: OptionSet {
    let rawValue: UInt8
    /// It may be the first of its slot of time that tells something of its domain.
    static let isNews = Flags(rawValue: 1)
    /// For the recipient or their domain to mend.
    static let isConcern = Flags(rawValue: 2)
    /// Among the soft bounces that were asked for.
    static let isCounted = Flags(rawValue: 4)
    static let isSuspended = Flags(rawValue: 8)
    static let isUnknown = Flags(rawValue: 16)
    /// Tells of its domain whether it can be reached.
    static let hasNote = Flags(rawValue: 32)
    /// The sender wrote to another address than the mail went to.
    static let isAliased = Flags(rawValue: 64)
    /// Told by the queue's listing.
    static let isOfQueue = Flags(rawValue: 128)
  }

  /// A message that never arrived.
  struct Failure {
    var words: FailureWords
    /// Of a report: hashes of the message which, it says, did not arrive though it was taken further on: by its
    /// Message-ID and by its life; 0 for none.
    var denied: (messageID: UInt32, life: UInt32) = (0, 0)
    /// What was said, with addresses and numbers left out.
    var reply: String?
    /// It may be our own resolver or uplink.
    var mayBeOurs: Bool
  }

  /// What a tally says of a recipient domain.
  struct TalliedDomain {
    var start: Int
    var length: Int
    var deliveries: Int
    var attempts: Int
  }

  struct TallyPart {
    var minute: Timestamp
    var deliveries: Int
    var domains: [TalliedDomain] = []
  }

  /// A recipient domain that was met.
  struct Domain {
    /// The place in the ledger's table; -1 if there was no room, -2 if it was not asked for yet.
    var place: Int32 = -2
    /// What was told of it last, and of which slot of time.
    var slot = Int64.min
    var seen: OutageWatch.Seen = []
  }

  private static let domainLimit = 50_000
  /// Bytes that may wait: of a segment of the usual size. With half of it readers wait for each other.
  static let usualSize = 8 << 20

  private let options: RecipientLedger.Options
  private let slotSeconds: Int64
  private(set) var steps: [Step] = []
  private(set) var failures: [Failure] = []
  private(set) var tallies: [TallyPart] = []
  /// Addresses and domains of tallies.
  private(set) var texts = ByteBuffer(capacity: usualSize / 2)
  var domains = ByteTable<Domain>()
  private(set) var events = 0
  /// Recipients whose address the journal does not hold.
  private(set) var nameless = 0
  /// Those of them of which it holds the domain alone.
  private(set) var marks = 0
  /// Those whose address was to be forgotten.
  private(set) var erased = 0
  private var scratch = ByteBuffer(capacity: 256)
  /// The places of the domains that lines' heads name; see `JournalConsumer`.
  private var heads = HeadRows(width: 1)

  init(options: RecipientLedger.Options) {
    self.options = options
    slotSeconds = OutageWatch.slotSeconds(options.policy)
    // Growing would take as much again; what is not used costs nothing.
    steps.reserveCapacity(RecipientShare.usualSize / MemoryLayout<Step>.stride)
  }

  // MARK: - Input

  func receive(_ tally: borrowing Tally) {
    if let until = options.until, tally.minute >= until { return }
    var part = TallyPart(minute: tally.minute, deliveries: tally.total.deliveries)
    for index in 0..<tally.byDomain.count {
      let counts = tally.byDomain[index]
      let domain = tally.byDomain.key(at: index).canonicalDomain(into: &scratch)
      if domain == Tally.otherKey { continue }
      part.domains.append(
        TalliedDomain(
          start: texts.count, length: domain.count, deliveries: counts.deliveries, attempts: counts.attempts))
      texts.append(domain)
    }
    tallies.append(part)
    steps.append(
      Step(
        time: tally.minute.seconds, life: 0, arrivalOffset: 0, hasArrival: false, kind: .tally, cause: 0, flags: [],
        hash: 0, address: 0, addressLength: 0, end: 0, seen: [], domain: -1, more: Int32(tallies.count - 1)))
  }

  /// - Parameter head: see `JournalConsumer`.
  func receive(_ event: borrowing Event, head: Int) {
    if let until = options.until, event.time >= until { return }
    guard let kind = RecipientShare.kind(of: event) else { return }
    // Forgeable: only one that matches a message of ours counts.
    if kind == .remoteFailure, event.matched != true { return }
    events += 1
    let cause = event.cause ?? .unclassified
    var flags: Flags = []
    var seen: OutageWatch.Seen = []
    let domain = note(event, head, kind, cause, &flags, &seen)
    let address = texts.count
    var hash: UInt64 = 0
    if let text = event.originalRecipient ?? event.recipient, let found = append(text) {
      hash = found
    } else {
      let name = texts.view.from(address)
      let hiding: HiddenNames = AddressKey.isMark(name) ? .marks : AddressKey.isErased(name) ? .erased : []
      if hiding == .marks { marks += 1 }
      if hiding == .erased { erased += 1 }
      hash = UInt64(hiding.rawValue)
      texts.truncate(to: address)
      nameless += 1
    }
    if isAliased(event, address) { flags.insert(.isAliased) }
    if event.source == .queue { flags.insert(.isOfQueue) }
    if event.scope == .recipient || event.scope == .domain, cause != .recipientRate { flags.insert(.isConcern) }
    if event.origin == .suspended { flags.insert(.isSuspended) }
    if isCounted(event, cause) { flags.insert(.isCounted) }
    let key = LifeKey(unaliased: event)
    var more: Int32 = -1
    if kind.isDelivery || kind == .internalDelivery {
      let denied = RecipientShare.message(event, key)
      more = Int32(bitPattern: denied.messageID != 0 ? denied.messageID : denied.life)
    } else if kind.isFailure, texts.count > address {
      more = Int32(failures.count)
      keep(event, cause, kind == .remoteFailure ? RecipientShare.message(event, key) : (0, 0), &flags)
    }
    let life = key.map { $0.life &+ (flags.contains(.isAliased) ? KeyedHash.hash(hash) : 0) }
    // An alias that leads to an address is there, whatever becomes of that address.
    let finalKind = flags.contains(.isAliased) ? RecipientShare.finalKind(of: kind, flags) : nil
    if finalKind == .finalFailure { flags.remove(.isUnknown) }
    steps.append(
      Step(
        time: event.time.seconds, life: life ?? 0, arrivalOffset: key?.arrivalOffset ?? 0,
        hasArrival: key?.hasArrival ?? false, kind: kind, cause: cause.rawValue, flags: flags, hash: hash,
        address: UInt32(truncatingIfNeeded: address), addressLength: UInt16(truncatingIfNeeded: texts.count - address),
        end: endKey(kind, from: address), seen: seen, domain: domain, more: more))
    if let finalKind { tell(finalKind, event, steps[steps.count - 1]) }
  }

  /// What an alias' event of this kind is to the address that the mail went to; nil for nothing.
  private static func finalKind(of kind: Kind, _ flags: Flags) -> Kind? {
    switch kind {
    case .delivery: .finalDelivery
    case .failure, .remoteFailure: flags.contains(.isUnknown) ? .finalFailure : nil
    case .deferral, .deletion, .internalDelivery, .tally, .finalDelivery, .finalFailure: nil
    }
  }

  /// Tells of the address that the mail went to what `step` tells of its alias.
  private func tell(_ kind: Kind, _ event: borrowing Event, _ step: Step) {
    let address = texts.count
    guard let recipient = event.recipient, let hash = append(recipient) else { return texts.truncate(to: address) }
    steps.append(
      Step(
        time: step.time, life: 0, arrivalOffset: 0, hasArrival: false, kind: kind, cause: step.cause,
        flags: kind == .finalFailure ? .isUnknown : [], hash: hash,
        address: UInt32(truncatingIfNeeded: address), addressLength: UInt16(truncatingIfNeeded: texts.count - address),
        end: endKey(kind, from: address), seen: [], domain: step.domain, more: step.more))
  }

  /// The key of the address that begins at `start` of `texts`, of a message that ends.
  @inline(__always)
  private func endKey(_ kind: Kind, from start: Int) -> UInt64 {
    guard kind != .deferral, kind != .deletion, texts.count > start else { return 0 }
    return RecipientEnd.key(texts.view.from(start))
  }

  /// Hashes of the message that a delivery or a report is of.
  @inline(__always)
  private static func message(_ event: borrowing Event, _ key: LifeKey?) -> (messageID: UInt32, life: UInt32) {
    (UInt32(truncatingIfNeeded: event.messageID?.tableHash ?? 0), UInt32(truncatingIfNeeded: key?.life ?? 0))
  }

  /// Appends an address to `texts`; returns its hash. nil for none, or one that the journal does not hold; what was
  /// appended of it is to be taken away.
  @inline(__always)
  private func append(_ text: ByteView) -> UInt64? {
    let start = texts.count
    guard AddressKey.append(text, to: &texts),
      texts.view[start] != 0x7E
        || !(AddressKey.isMark(texts.view.from(start)) || AddressKey.isErased(texts.view.from(start))),
      texts.count - start <= UInt16.max
    else { return nil }
    return texts.view.from(start).tableHash
  }

  /// nil for what tells nothing of a recipient of ours.
  @inline(__always)
  private static func kind(of event: borrowing Event) -> Kind? {
    guard event.direction != .inbound else { return nil }
    if event.hop == .internal {
      // Our own mailboxes are in no mailing list, but what was put off elsewhere may end there.
      switch event.type {
      case .delivery: return .internalDelivery
      case .bounce, .expiration, .deletion: return .deletion
      default: return nil
      }
    }
    switch event.type {
    case .transientFailure: return .deferral
    case .delivery: return .delivery
    case .bounce, .expiration: return .failure
    case .deletion: return .deletion
    case .remoteBounce: return .remoteFailure
    case .rejection, .delayNotice, .message, .tally, .alert, .gap, .checkpoint, .erasure: return nil
    }
  }

  /// How much is looked at of events that begin like `event`.
  func depth(of event: borrowing Event) -> EventDecoder.Depth? {
    switch RecipientShare.kind(of: event) {
    case .deferral, .delivery, .deletion, .internalDelivery: .recipient
    case .failure, .remoteFailure, .tally, .finalDelivery, .finalFailure: nil
    case nil: .leading
    }
  }

  /// Notes what the event tells of its domain; returns the domain's place in `domains`.
  private func note(
    _ event: borrowing Event, _ head: Int, _ kind: Kind, _ cause: Cause, _ flags: inout Flags,
    _ seen: inout OutageWatch.Seen
  ) -> Int32 {
    guard let domain = event.domain, let place = place(of: domain, head) else {
      flags.insert(.isNews)
      return -1
    }
    guard event.type != .expiration, kind != .remoteFailure, kind != .deletion, kind != .internalDelivery,
      let told = OutageWatch.seen(cause, event.origin, isDelivery: kind == .delivery)
    else {
      flags.insert(.isNews)
      return Int32(place)
    }
    flags.insert(.hasNote)
    seen = told
    let slot = event.time.seconds / slotSeconds
    // What was told of this slot before need not be told again.
    if domains[place].slot == slot {
      if domains[place].seen.isSuperset(of: told) { return Int32(place) }
      domains[place].seen.formUnion(told)
    } else {
      domains[place].slot = slot
      domains[place].seen = told
    }
    flags.insert(.isNews)
    return Int32(place)
  }

  @inline(__always)
  private func place(of domain: ByteView, _ head: Int) -> Int? {
    if head >= 0, let place = heads.find(head) { return Int(place[0]) }
    guard let place = domains.insert(domain.canonicalDomain(into: &scratch), default: Domain()) else { return nil }
    if head >= 0 { heads.keep(head) { _ in Int32(place) } }
    return place
  }

  /// Whether the address that begins at `start` of `texts` is another than the one that the mail went to: Postfix delivers
  /// to an address once for each alias that leads to it, and each is a recipient of its own.
  @inline(__always)
  private func isAliased(_ event: borrowing Event, _ start: Int) -> Bool {
    guard event.originalRecipient != nil, texts.count > start, let recipient = event.recipient else { return false }
    scratch.removeAll()
    return AddressKey.append(recipient, to: &scratch) && scratch.view != texts.view.from(start)
  }

  private func isCounted(_ event: borrowing Event, _ cause: Cause) -> Bool {
    if let since = options.since, event.time < since { return false }
    return options.cause == nil || options.cause == cause
  }

  private func keep(_ event: borrowing Event, _ cause: Cause, _ denied: (messageID: UInt32, life: UInt32), _ flags: inout Flags) {
    var failure = Failure(
      words: FailureWords(type: event.type, cause: cause.rawValue), denied: denied, mayBeOurs: false)
    defer { failures.append(failure) }
    guard RecipientPolicy.scores(cause, event.scope) else { return }
    let byRule = event.rule.map { options.nonexistent.contains(String($0)) } ?? false
    // In answer to MAIL FROM it is the sender that there is none of.
    if event.type != .expiration, event.stage != .mail,
      RecipientPolicy.isUnknown(
        cause, byRule: byRule, code: event.reply?.code, said: event.reply?.enhanced, status: event.status)
    {
      flags.insert(.isUnknown)
    }
    failure.words.scores = true
    failure.words.status = event.reply?.enhanced ?? event.status
    // A domain that says itself that it takes no mail was found.
    failure.mayBeOurs = RecipientPolicy.mayBeOurs(cause, event.origin) && !(byRule && flags.contains(.isUnknown))
    if let text = event.reply?.text {
      scratch.removeAll()
      ReplyTemplate.append(text, to: &scratch)
      failure.reply = String(scratch.view)
    }
  }

  // MARK: - Handing over

  /// About how many bytes wait.
  var held: Int {
    steps.count * MemoryLayout<Step>.stride + texts.count + failures.count * 128 + tallies.count * 64
  }

  /// Forgets what was handed over.
  func removeAll() {
    steps.removeAll(keepingCapacity: true)
    failures.removeAll(keepingCapacity: true)
    tallies.removeAll(keepingCapacity: true)
    texts.removeAll()
    events = 0
    nameless = 0
    marks = 0
    erased = 0
    guard domains.count > RecipientShare.domainLimit else { return }
    domains.removeAll()
    heads = HeadRows(width: 1)
  }
}

extension ByteView {
  /// This domain as domains are compared (see `DomainName`): itself if it is so, else a copy in `scratch`.
  @inline(__always)
  func canonicalDomain(into scratch: inout ByteBuffer) -> ByteView {
    var at = 0
    while at < count, self[at] < 0x80, self[at] &- 0x41 >= 26 { at += 1 }
    if at == count { return self }
    scratch.removeAll()
    DomainName.append(canonical: self, to: &scratch)
    return scratch.view
  }
}
