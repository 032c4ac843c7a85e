// How each recipient that was put off ended.

import Bytes
import Classification
import Journal
import SMTPTypes

extension Aggregation {
  /// Opens, marks or closes the life of the event's recipient. Lives are followed whatever the filter says of single
  /// events, because the first deferral decides whether a life belongs to the period, and because an end (a delivery
  /// has no cause) closes what a condition opened; after the period only ends count.
  func follow(_ event: borrowing Event, _ key: LifeKey?, phase: EventFilter.Phase, matches: Bool) {
    guard let key, event.hop != .internal, event.direction != .inbound else { return }
    switch event.type {
    case .transientFailure:
      if phase == .after { return }
      if let slot = lives.find(key) {
        if matches, phase == .within, !lives[slot].isCounted { enrol(slot, event) }
        return
      }
      let isOfPeriod = phase == .within && isFirstDeferral(event)
      let life = OpenLife(
        key: key.life, firstDeferred: event.time.microseconds, provider: -1, domain: -1,
        cause: (event.cause ?? .unclassified).rawValue, isOfPeriod: isOfPeriod, isCounted: false,
        arrivalOffset: key.arrivalOffset)
      guard lives.insert(life), matches, phase == .within, let slot = lives.find(key) else { return }
      enrol(slot, event)
    case .delivery, .bounce, .expiration, .deletion:
      close(event, key, phase: phase, matches: matches)
    case .rejection, .delayNotice, .remoteBounce, .message, .tally, .alert, .gap, .checkpoint, .erasure:
      return
    }
  }

  /// True if no earlier deferral of this life can lie before the period: it is the first attempt, or (where the
  /// attempt has no number: a suspension, or a life whose start was not seen) the message arrived within the period.
  private func isFirstDeferral(_ event: borrowing Event) -> Bool {
    if let attempt = event.attempt { return attempt == 1 }
    // Of all that is read, nothing came before.
    if filter.since == nil, event.origin == .suspended { return true }
    guard let arrival = event.arrival else { return filter.since == nil }
    guard let start = filter.since ?? seenFrom else { return true }
    return arrival >= start
  }

  /// Counts the life in the cohort, if it belongs to the period. The event has been located.
  private func enrol(_ slot: Int, _ event: borrowing Event) {
    lives[slot].isCounted = true
    guard lives[slot].isOfPeriod else {
      cohort.earlier += 1
      return
    }
    let cause = event.cause ?? .unclassified
    lives[slot].cause = cause.rawValue
    lives[slot].provider = Int32(outbound.locatedRow(.provider) ?? -1)
    lives[slot].domain = Int32(outbound.locatedRow(.domain) ?? -1)
    cohort.opened += 1
    forEachRow(of: lives[slot]) { $0.opened += 1 }
  }

  private func close(_ event: borrowing Event, _ key: LifeKey, phase: EventFilter.Phase, matches: Bool) {
    guard let slot = lives.find(key) else {
      // Put off before what was read; Intake remembers for how long.
      if event.type == .delivery, phase == .within, matches, let seconds = event.deferredFor {
        recoveries.insert(seconds)
      }
      return
    }
    let life = lives[slot]
    lives.remove(at: slot)
    let seconds =
      event.deferredFor ?? Double(event.time.microseconds - life.firstDeferred) / 1_000_000
    if event.type == .delivery, phase == .within, matches || life.isCounted { recoveries.insert(seconds) }
    guard life.isOfPeriod, life.isCounted else { return }
    switch event.type {
    case .delivery:
      cohort.recovered += 1
      cohort.times.insert(seconds)
      if let row = causeRow(of: life) { recoveriesByCause.insert(seconds, row: row) }
      recoveriesByProvider.insert(seconds, row: Int(life.provider))
      forEachRow(of: life) { $0.recovered += 1 }
    case .bounce:
      cohort.bounced += 1
      forEachRow(of: life) { $0.bounced += 1 }
    case .expiration:
      cohort.expired += 1
      forEachRow(of: life) { $0.expired += 1 }
    default:
      cohort.deleted += 1
      forEachRow(of: life) { $0.deleted += 1 }
    }
  }

  private func forEachRow(of life: OpenLife, _ body: (inout CutRow) -> Void) {
    if let row = causeRow(of: life), let table = outbound.table(.cause) { body(&table.rows[row]) }
    if life.provider >= 0, let table = outbound.table(.provider) { body(&table.rows[Int(life.provider)]) }
    if life.domain >= 0, let table = outbound.table(.domain) { body(&table.rows[Int(life.domain)]) }
  }

  private func causeRow(of life: OpenLife) -> Int? {
    guard let cause = Cause(rawValue: life.cause) else { return nil }
    return outbound.table(.cause)?.row(ByteView(cause.name))
  }
}
