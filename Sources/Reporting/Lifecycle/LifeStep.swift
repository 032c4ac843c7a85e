import Classification
import Journal
import SMTPTypes

/// What one event means for the life of its recipient: all that following the life takes, so that the event need not
/// be kept until the events before it have been followed. Packed into 32 bytes, because many wait.
struct LifeStep {
  enum Kind: UInt8 {
    case deferral, delivery, bounce, expiration, deletion
    /// No event's own: the next step is of a recipient who was reached by an alias. Where only the queue's listing has
    /// told of them (which does not say by which alias, before Postfix 3.11), their life goes on under the key that the
    /// alias gives it.
    case alias

    /// nil for what is no step of a life: what we turned away, and failures on the way to our own mailboxes, which no
    /// life begins with. One that began elsewhere may end there.
    @inline(__always)
    init?(_ event: borrowing Event) {
      guard event.direction != .inbound else { return nil }
      if event.hop == .internal, event.type == .transientFailure { return nil }
      switch event.type {
      case .transientFailure: self = .deferral
      case .delivery: self = .delivery
      case .bounce: self = .bounce
      case .expiration: self = .expiration
      case .deletion: self = .deletion
      case .rejection, .delayNotice, .remoteBounce, .message, .tally, .alert, .gap, .checkpoint, .erasure: return nil
      }
    }
  }

  /// How a deferral tells whether it is the first of its life.
  enum Start: UInt8 {
    case first, later
    /// By whether the message arrived after all that was read began.
    case arrival
  }

  /// Microseconds since 1970.
  let time: Int64
  /// Of a deferral: twice the arrival, and one if the queue's listing told of it; of an alias: the key that it gives;
  /// else seconds since the first deferral.
  private let detail: UInt64
  private let life: UInt64
  /// From the lowest bit on: the arrival's offset (23 bits), whether it is known (1), the cause (5), the kind (3), which
  /// of a deferral is its start.
  private let bits: UInt32
  /// The rows and one (15 bits each); above the provider's whether the step is within the period, above the domain's
  /// whether it matches if it is within, else whether it is after.
  private let providerBits: UInt16
  private let domainBits: UInt16

  private static let top: UInt16 = 0x8000

  /// - Parameters:
  ///   - arrival: microseconds since 1970; 0 if unknown.
  ///   - isOfQueue: the queue's listing told of it.
  init(
    deferral key: LifeKey, time: Int64, arrival: Int64, isOfQueue: Bool, provider: Int32, domain: Int32, cause: UInt8,
    start: Start, phase: EventFilter.Phase, matches: Bool
  ) {
    self.init(
      key: key, time: time, detail: UInt64(bitPattern: arrival) << 1 | (isOfQueue ? 1 : 0), provider: provider,
      domain: domain, what: start.rawValue, cause: cause, phase: phase, matches: matches)
  }

  /// - Parameter seconds: since the first deferral; NaN if unknown.
  init(
    end kind: Kind, of key: LifeKey, time: Int64, seconds: Double, cause: UInt8, phase: EventFilter.Phase, matches: Bool
  ) {
    self.init(
      key: key, time: time, detail: seconds.bitPattern, provider: -1, domain: -1, what: kind.rawValue + 2, cause: cause,
      phase: phase, matches: matches)
  }

  init(alias key: LifeKey, of unaliased: LifeKey) {
    self.init(
      key: unaliased, time: 0, detail: key.life, provider: -1, domain: -1, what: Kind.alias.rawValue + 2, cause: 0,
      phase: .before, matches: false)
  }

  /// - Parameter what: a deferral's start takes the place of its kind: 0 to 2, the other kinds 3 to 7.
  private init(
    key: LifeKey, time: Int64, detail: UInt64, provider: Int32, domain: Int32, what: UInt8, cause: UInt8,
    phase: EventFilter.Phase, matches: Bool
  ) {
    self.time = time
    self.detail = detail
    life = key.life
    bits =
      key.arrivalOffset & 0x7F_FFFF | (key.hasArrival ? 1 << 23 : 0) | UInt32(cause & 31) << 24 | UInt32(what) << 29
    let isMarked = phase == .within ? matches : phase == .after
    providerBits = UInt16(truncatingIfNeeded: provider + 1) & ~LifeStep.top | (phase == .within ? LifeStep.top : 0)
    domainBits = UInt16(truncatingIfNeeded: domain + 1) & ~LifeStep.top | (isMarked ? LifeStep.top : 0)
  }

  @inline(__always)
  var key: LifeKey {
    LifeKey(life: life, arrivalOffset: bits & 0x7F_FFFF, hasArrival: bits & 1 << 23 != 0)
  }

  /// Of a deferral; microseconds since 1970, 0 if unknown.
  @inline(__always)
  var arrival: Int64 { Int64(bitPattern: detail) >> 1 }

  /// Of a deferral: the queue's listing told of it.
  @inline(__always)
  var isOfQueue: Bool { detail & 1 != 0 }

  /// Of an end: since the first deferral; NaN if unknown.
  @inline(__always)
  var seconds: Double { Double(bitPattern: detail) }

  /// Of an alias: the key that it gives to the life of `key`.
  @inline(__always)
  var aliasedKey: LifeKey {
    LifeKey(life: detail, arrivalOffset: bits & 0x7F_FFFF, hasArrival: bits & 1 << 23 != 0)
  }

  /// Rows of the provider's and the domain's table, or -1.
  @inline(__always)
  var provider: Int32 { Int32(providerBits & ~LifeStep.top) - 1 }
  @inline(__always)
  var domain: Int32 { Int32(domainBits & ~LifeStep.top) - 1 }

  @inline(__always)
  var cause: UInt8 { UInt8(truncatingIfNeeded: bits >> 24 & 31) }

  @inline(__always)
  var kind: Kind { Kind(rawValue: UInt8(truncatingIfNeeded: max(bits >> 29, 2) - 2)) ?? .deferral }

  /// Of a deferral.
  @inline(__always)
  var start: Start { Start(rawValue: UInt8(truncatingIfNeeded: bits >> 29)) ?? .later }

  @inline(__always)
  var phase: EventFilter.Phase {
    if providerBits & LifeStep.top != 0 { return .within }
    return domainBits & LifeStep.top != 0 ? .after : .before
  }

  /// Whether the filter's conditions hold; of steps within the period only.
  @inline(__always)
  var matches: Bool { providerBits & domainBits & LifeStep.top != 0 }
}
