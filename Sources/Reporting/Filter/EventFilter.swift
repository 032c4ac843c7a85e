// Which events a question is about, and what that means for the rates: tallies keep their counts one cut at a time,
// so a rate has a denominator only while the conditions stay within one cut.

public import Bytes
public import Journal
public import SMTPTypes

/// A period and conditions. Conditions on one key with `=` are alternatives; everything else must hold together.
public struct EventFilter: Sendable {
  /// First moment that counts; nil: from the beginning.
  public var since: Timestamp?
  /// First moment that no longer counts; nil: to the end.
  public var until: Timestamp?
  public private(set) var conditions: [Condition]
  /// What notices recipients that the conditions can't be compared with.
  public let hidden: HiddenRecipients?
  private let groups: [Group]
  /// What the conditions leave of the tallies.
  let denominator: Denominator

  /// Conditions on one subject.
  private struct Group {
    var subject: Condition.Subject
    var anyOf: [Condition] = []
    var noneOf: [Condition] = []
  }

  /// How attempts are counted under the conditions.
  enum Denominator: Equatable {
    /// Everything counts.
    case all
    /// Attempts of one cut's keys.
    case cut(TallyKey)
    /// The conditions combine what tallies keep apart.
    case unknown
  }

  /// A cut of tallies and, for tags, a name.
  enum TallyKey: Equatable {
    case field(EventField)
    case tag(String)
  }

  public init(
    since: Timestamp? = nil, until: Timestamp? = nil, conditions: [Condition] = [], hidden: HiddenRecipients? = nil
  ) {
    self.hidden = hidden
    self.since = since
    self.until = until
    self.conditions = conditions
    var groups: [Group] = []
    for condition in conditions {
      let index: Int
      if let known = groups.firstIndex(where: { $0.subject == condition.subject }) {
        index = known
      } else {
        index = groups.count
        groups.append(Group(subject: condition.subject))
      }
      if condition.isNegated {
        groups[index].noneOf.append(condition)
      } else {
        groups[index].anyOf.append(condition)
      }
    }
    self.groups = groups
    denominator = EventFilter.denominator(groups)
  }

  private static func denominator(_ groups: [Group]) -> Denominator {
    var chosen: TallyKey?
    for group in groups {
      switch group.subject {
      case .field(.host): continue
      case .field(let field) where field.describesFailure: continue
      case .field(.direction), .field(.hop), .field(.source), .field(.type):
        // Attempts are outbound, external and of the log by definition; see `knowsAttempts`.
        continue
      case .field(let field) where field.tallyCut != nil:
        guard chosen == nil else { return .unknown }
        chosen = .field(field)
      case .tag(let name):
        guard chosen == nil else { return .unknown }
        chosen = .tag(name)
      case .field:
        return .unknown
      }
    }
    return chosen.map(Denominator.cut) ?? .all
  }

  public var hasConditions: Bool { !conditions.isEmpty }

  /// True if no condition looks at anything but the host: then what tallies count without a cut counts too.
  var looksAtHostsOnly: Bool { groups.allSatisfy { $0.subject == .field(.host) } }

  /// True if all conditions are on fields that `isFit` takes, and none on a tag.
  public func looksOnly(at isFit: (EventField) -> Bool) -> Bool {
    groups.allSatisfy { group in
      if case .field(let field) = group.subject { return isFit(field) }
      return false
    }
  }

  /// How much of a line the conditions look at.
  var depth: EventDecoder.Depth {
    func looks(at field: EventField) -> Bool { groups.contains { $0.subject == .field(field) } }
    if looks(at: .messageID) || looks(at: .originalRecipient) { return .all }
    return looks(at: .relay) || looks(at: .client) ? .counted : .countedWithoutPeers
  }

  /// True if a sealed segment's digest tells whether the conditions hold.
  var looksOnlyAtDigests: Bool {
    groups.allSatisfy { group in
      if case .field(let field) = group.subject { return field.isInDigest }
      return true
    }
  }

  /// True if the period begins and ends on the hour, as the roll-ups of sealed segments do.
  var isAlignedToHours: Bool {
    [since, until].allSatisfy { $0.map { $0.microseconds % 3_600_000_000 == 0 } ?? true }
  }

  /// Tallies count whole minutes. A report that uses them moves its period to whole minutes, outwards, so that both
  /// speak of the same time.
  public func alignedToMinutes() -> EventFilter {
    var aligned = self
    let minute: Int64 = 60_000_000
    if let since {
      let rest = (since.microseconds % minute + minute) % minute
      aligned.since = Timestamp(microseconds: since.microseconds - rest, fractionDigits: 0)
    }
    if let until {
      let rest = (until.microseconds % minute + minute) % minute
      aligned.until = Timestamp(
        microseconds: rest == 0 ? until.microseconds : until.microseconds - rest + minute, fractionDigits: 0)
    }
    return aligned
  }

  /// Where a time lies.
  enum Phase { case before, within, after }

  @inline(__always)
  func phase(of time: Timestamp) -> Phase {
    if let since, time < since { return .before }
    if let until, time >= until { return .after }
    return .within
  }

  /// True if `time` is within the period.
  public func contains(_ time: Timestamp) -> Bool { phase(of: time) == .within }

  /// True if every condition holds for `event`, whatever its time. O(conditions).
  public func matches(_ event: borrowing Event) -> Bool {
    if groups.isEmpty { return true }
    var scratch = ByteBuffer(capacity: 256)
    return matches(event, &scratch)
  }

  /// The same with memory of the caller's, which is written over.
  public func matches(_ event: borrowing Event, scratch: inout ByteBuffer) -> Bool { matches(event, &scratch) }

  @inline(__always)
  func matches(_ event: borrowing Event, _ scratch: inout ByteBuffer) -> Bool {
    if groups.isEmpty { return true }
    return matches(event, &scratch) { _ in true }
  }

  /// False if a condition on what a line's head tells fails: then no event that begins like `event` matches.
  public func mayMatch(head event: borrowing Event, _ scratch: inout ByteBuffer) -> Bool {
    matches(event, &scratch) { subject in
      if case .field(let field) = subject { return field.isInHead }
      return false
    }
  }

  /// The same for the conditions that choose the denominator alone.
  func mayCountAttempts(head event: borrowing Event, _ scratch: inout ByteBuffer) -> Bool {
    matches(event, &scratch) { subject in
      if case .field(let field) = subject { return field.isInHead && (field.tallyCut != nil || field == .host) }
      return false
    }
  }

  /// True if the conditions that choose the denominator hold, whatever the event says of the failure.
  @inline(__always)
  func matchesDenominator(_ event: borrowing Event, _ scratch: inout ByteBuffer) -> Bool {
    if groups.isEmpty { return true }
    return matches(event, &scratch) { subject in
      if case .field(let field) = subject { return field.tallyCut != nil || field == .host }
      return true
    }
  }

  private func matches(
    _ event: borrowing Event, _ scratch: inout ByteBuffer, where isAsked: (Condition.Subject) -> Bool
  ) -> Bool {
    for group in groups where isAsked(group.subject) {
      let holds: Bool
      switch group.subject {
      case .field(.client): holds = EventFilter.clientHolds(group, event)
      case .field(.relay): holds = EventFilter.relayHolds(group, event)
      case .field(.recipient), .field(.originalRecipient):
        let value = group.subject == .field(.recipient) ? event.recipient : event.originalRecipient
        holds = EventFilter.holds(group, value)
        if let hidden, let value, value.at(0) == 0x7E, !EventFilter.isNamed(value, in: group) { hidden.note(value) }
      case .field(let field): holds = EventFilter.holds(group, field.value(of: event, scratch: &scratch))
      case .tag(let name): holds = EventFilter.tagHolds(group, name, event)
      }
      if !holds { return false }
    }
    return true
  }

  private static func holds(_ group: Group, _ value: ByteView?) -> Bool {
    guard let value else { return group.anyOf.isEmpty }
    if group.noneOf.contains(where: { $0.fits(value) }) { return false }
    return group.anyOf.isEmpty || group.anyOf.contains { $0.fits(value) }
  }

  private static func isNamed(_ value: ByteView, in group: Group) -> Bool {
    group.anyOf.contains { $0.fits(value) } || group.noneOf.contains { $0.fits(value) }
  }

  /// A client is named by its host or its address.
  private static func clientHolds(_ group: Group, _ event: borrowing Event) -> Bool {
    guard let client = event.client else { return group.anyOf.isEmpty }
    return holdsForEither(group, client.host, client.address)
  }

  private static func relayHolds(_ group: Group, _ event: borrowing Event) -> Bool {
    guard let relay = event.relay else { return group.anyOf.isEmpty }
    return holdsForEither(group, relay.host, relay.address)
  }

  private static func holdsForEither(_ group: Group, _ first: ByteView, _ second: ByteView) -> Bool {
    if group.noneOf.contains(where: { $0.fits(first) || $0.fits(second) }) { return false }
    return group.anyOf.isEmpty || group.anyOf.contains { $0.fits(first) || $0.fits(second) }
  }

  private static func tagHolds(_ group: Group, _ name: String, _ event: borrowing Event) -> Bool {
    var fits = false
    for tag in event.tags where name.withByteView({ view in tag.name.equalsIgnoringCase(view) }) {
      if group.noneOf.contains(where: { $0.fits(tag.value) }) { return false }
      if group.anyOf.contains(where: { $0.fits(tag.value) }) { fits = true }
    }
    return group.anyOf.isEmpty || fits
  }

  /// True if an event whose `field` is `value` can meet the conditions.
  func keeps(_ field: EventField, _ value: String) -> Bool {
    groups.allSatisfy { group in
      group.subject != .field(field) || value.withByteView { EventFilter.holds(group, $0) }
    }
  }

  /// True if the conditions on `host` hold.
  func matches(host: ByteView) -> Bool {
    for group in groups where group.subject == .field(.host) {
      return EventFilter.holds(group, host)
    }
    return true
  }

  /// True if the conditions on the tallies' cut hold for one of its keys.
  func matches(tallyKey value: ByteView) -> Bool {
    guard case .cut(let key) = denominator else { return true }
    for group in groups {
      switch (key, group.subject) {
      case (.field(let asked), .field(let field)) where asked == field: return EventFilter.holds(group, value)
      case (.tag(let asked), .tag(let name)) where asked == name: return EventFilter.holds(group, value)
      default: continue
      }
    }
    return true
  }

  /// True if the chosen cut is only narrowed by exclusion; then attempts without a key belong to it.
  var excludesOnly: Bool {
    guard case .cut(let key) = denominator else { return false }
    for group in groups {
      switch (key, group.subject) {
      case (.field(let asked), .field(let field)) where asked == field: return group.anyOf.isEmpty
      case (.tag(let asked), .tag(let name)) where asked == name: return group.anyOf.isEmpty
      default: continue
      }
    }
    return false
  }
}
