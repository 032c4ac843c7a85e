// What happened at one provider or domain, hour by hour: how its recipients fared. Attempts and their rates come from the
// aggregation beside it.

import Bytes
import Classification
public import Journal
import SMTPTypes

/// Counts lives by hour; not for use by several threads at once. Memory: 200 bytes for each hour with trouble, and what is
/// open at once.
public final class PlaceTimeline: EventSink {
  struct Hour {
    var opened = 0
    var recovered = 0
    var expired = 0
    var bounced = 0
    var deleted = 0
    /// The first failure of the hour, microseconds since 1970.
    var first = Int64.max
    var causes = InlineArray<32, UInt32>(repeating: 0)
  }

  /// Some eleven years.
  private static let hourLimit = 100_000

  private let filter: EventFilter
  private var lives = LifeTable<OpenLife>(limit: 4_000_000)
  private(set) var hours: [Int: Hour] = [:]
  /// The first and the last moment of anything that was read.
  private(set) var first: Timestamp?
  private(set) var last: Timestamp?

  public init(filter: EventFilter) { self.filter = filter.alignedToMinutes() }

  /// Recipients that are open now.
  var open: Int { lives.count }

  public func receive(_ tally: borrowing Tally, host: String) { note(tally.minute) }

  private func note(_ time: Timestamp) {
    if let first, time >= first {} else { first = time }
    if let last, time <= last {} else { last = time }
  }

  public func receive(_ event: borrowing Event) {
    note(event.time)
    guard event.direction != .inbound, event.hop != .internal, filter.phase(of: event.time) == .within else { return }
    switch event.type {
    case .transientFailure:
      guard filter.matches(event) else { return }
      let time = event.time.microseconds
      let cause = Int((event.cause ?? .unclassified).rawValue)
      with(event.time) { hour in
        hour.first = min(hour.first, time)
        hour.causes[cause] &+= 1
      }
      guard let key = LifeKey(event), lives.find(key) == nil else { return }
      let life = OpenLife(
        key: key.life, firstDeferred: time, provider: -1, domain: -1, cause: UInt8(cause), isOfPeriod: true,
        isCounted: true, arrivalOffset: key.arrivalOffset)
      if lives.insert(life) != nil { with(event.time) { $0.opened += 1 } }
    case .delivery: close(event) { $0.recovered += 1 }
    case .bounce: close(event) { $0.bounced += 1 }
    case .expiration: close(event) { $0.expired += 1 }
    case .deletion: close(event) { $0.deleted += 1 }
    case .rejection, .delayNotice, .remoteBounce, .message, .tally, .alert, .gap, .checkpoint, .erasure: return
    }
  }

  private func close(_ event: borrowing Event, _ body: (inout Hour) -> Void) {
    guard let key = LifeKey(event), let slot = lives.find(key) else { return }
    lives.remove(at: slot)
    with(event.time, body)
  }

  private func with(_ time: Timestamp, _ body: (inout Hour) -> Void) {
    let hour = HourTable.hour(of: time)
    guard hours[hour] != nil || hours.count < PlaceTimeline.hourLimit else { return }
    body(&hours[hour, default: Hour()])
  }
}
