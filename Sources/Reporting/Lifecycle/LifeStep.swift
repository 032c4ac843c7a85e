import Classification
import Journal

/// What one event means for the life of its recipient: all that following the life takes, so that the event need not
/// be kept until the events before it have been followed. Packed into 32 bytes, because many wait.
struct LifeStep {
  enum Kind: UInt8 {
    case deferral, delivery, bounce, expiration, deletion

    /// nil for what is no step of a life.
    @inline(__always)
    init?(_ type: EventType) {
      switch type {
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
  /// Of a deferral: the arrival, microseconds since 1970; else seconds since the first deferral, NaN if unknown.
  let value: Double
  private let life: UInt64
  /// From the lowest bit on: the arrival's offset (23 bits), whether it is known (1), the cause (5), the kind, with the
  /// start of a deferral (3).
  private let bits: UInt32
  /// The rows and one (15 bits each); above the provider's whether the step is within the period, above the domain's
  /// whether it matches if it is within, else whether it is after.
  private let providerBits: UInt16
  private let domainBits: UInt16

  private static let top: UInt16 = 0x8000

  init(
    key: LifeKey, time: Int64, value: Double, provider: Int32, domain: Int32, kind: Kind, cause: UInt8, start: Start,
    phase: EventFilter.Phase, matches: Bool
  ) {
    self.time = time
    self.value = value
    life = key.life
    // A deferral's start takes the place of its kind: 0 to 2, the other kinds 3 to 6.
    let what = kind == .deferral ? start.rawValue : kind.rawValue + 2
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
