import Classification
import Journal

/// What one event means for the life of its recipient: all that following the life takes, so that the event need not
/// be kept until the events before it have been followed.
struct LifeStep {
  enum Kind: UInt8 { case deferral, delivery, bounce, expiration, deletion }

  /// How a deferral tells whether it is the first of its life.
  enum Start: UInt8 {
    case first, later
    /// By whether the message arrived after all that was read began.
    case arrival
  }

  let key: LifeKey
  /// Microseconds since 1970.
  let time: Int64
  /// Of a deferral: the arrival, microseconds since 1970; else seconds since the first deferral, NaN if unknown.
  let value: Double
  /// Rows of the provider's and the domain's table, or -1.
  let provider: Int32
  let domain: Int32
  let kind: Kind
  let cause: UInt8
  let start: Start
  let phase: EventFilter.Phase
  let matches: Bool
}
