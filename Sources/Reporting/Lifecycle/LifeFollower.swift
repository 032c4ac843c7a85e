// How each recipient that was put off ended. Takes the steps of lives in the order of the journal.

import Bytes
import Classification
import Journal
import SMTPTypes

struct LifeFollower: ~Copyable {
  /// How the recipients of one row ended.
  struct Outcomes {
    var opened = 0
    var recovered = 0
    var expired = 0
    var bounced = 0
    var deleted = 0
    var open: Int { opened - recovered - expired - bounced - deleted }
  }

  /// Recipients of lives first deferred within the period.
  struct Cohort {
    var outcomes = Outcomes()
    /// Put off within the period, but first put off before it (or before anything that was read).
    var earlier = 0
  }

  var lives: LifeTable<OpenLife>
  private(set) var cohort = Cohort()
  /// Of the cohort, and of all recoveries within the period, whenever the life began.
  private(set) var recoveries = RecoveryTimes()
  /// The cohort by `Cause.rawValue`, and by row of the provider's and the domain's table.
  private(set) var causes: [Outcomes] = Array(repeating: Outcomes(), count: Cause.allCases.count)
  private(set) var providers: [Outcomes] = []
  private(set) var domains: [Outcomes] = []
  /// The first moment that was read, counted or not; microseconds since 1970.
  private(set) var seenFrom: Int64?

  init(limit: Int) { lives = LifeTable(limit: limit) }

  mutating func begin(at time: Timestamp) {
    if seenFrom == nil { seenFrom = time.microseconds }
  }

  /// Opens, marks or closes a life. Lives are followed whatever the filter says of single events, because the first
  /// deferral decides whether a life belongs to the period, and because an end (a delivery has no cause) closes what a
  /// condition opened; after the period only ends count.
  mutating func follow(_ step: LifeStep) {
    switch step.kind {
    case .deferral: open(step)
    case .delivery, .bounce, .expiration, .deletion: close(step)
    case .alias: lives.rename(step.key, to: step.aliasedKey)
    }
  }

  private mutating func open(_ step: LifeStep) {
    if step.phase == .after { return }
    if let slot = lives.find(step.key) {
      if !step.isOfQueue { lives[slot].isOfQueueAlone = false }
      if step.phase == .within, step.matches, !lives[slot].isCounted { enrol(slot, step) }
      return
    }
    let life = OpenLife(
      key: step.key.life, firstDeferred: step.time, provider: -1, domain: -1, cause: step.cause,
      isOfPeriod: step.phase == .within && isFirst(step), isCounted: false, arrivalOffset: step.key.arrivalOffset,
      isOfQueueAlone: step.isOfQueue)
    guard let slot = lives.insert(life), step.phase == .within, step.matches else { return }
    enrol(slot, step)
  }

  private func isFirst(_ step: LifeStep) -> Bool {
    switch step.start {
    case .first: return true
    case .later: return false
    case .arrival:
      guard let seenFrom else { return true }
      return step.arrival >= seenFrom
    }
  }

  /// Counts the life in the cohort, if it belongs to the period.
  private mutating func enrol(_ slot: Int, _ step: LifeStep) {
    let life = lives[slot].counted(provider: step.provider, domain: step.domain, cause: step.cause)
    lives[slot] = life
    guard life.isOfPeriod else {
      cohort.earlier += 1
      return
    }
    count(life) { $0.opened += 1 }
  }

  private mutating func close(_ step: LifeStep) {
    guard let slot = lives.find(step.key) else {
      // Put off before what was read; Intake remembers for how long.
      if step.kind == .delivery, step.phase == .within, step.matches, step.seconds.isFinite {
        recoveries.insert(
          RecoveryTimes.Recovery(
            seconds: step.seconds, provider: -1, cause: step.cause, isOfCohort: false, isOfPeriod: true))
      }
      return
    }
    let life = lives[slot]
    lives.remove(at: slot)
    let seconds = step.seconds.isNaN ? Double(step.time - life.firstDeferred) / 1_000_000 : step.seconds
    if step.kind == .delivery, seconds.isFinite {
      let recovery = RecoveryTimes.Recovery(
        seconds: seconds, provider: life.provider, cause: life.cause, isOfCohort: life.isOfPeriod && life.isCounted,
        isOfPeriod: step.phase == .within && (step.matches || life.isCounted))
      if recovery.isOfCohort || recovery.isOfPeriod { recoveries.insert(recovery) }
    }
    guard life.isOfPeriod, life.isCounted else { return }
    switch step.kind {
    case .delivery: count(life) { $0.recovered += 1 }
    case .bounce: count(life) { $0.bounced += 1 }
    case .expiration: count(life) { $0.expired += 1 }
    case .deletion, .deferral, .alias: count(life) { $0.deleted += 1 }
    }
  }

  @inline(__always)
  private mutating func count(_ life: OpenLife, _ body: (inout Outcomes) -> Void) {
    body(&cohort.outcomes)
    if Int(life.cause) < causes.count { body(&causes[Int(life.cause)]) }
    LifeFollower.change(&providers, Int(life.provider), body)
    LifeFollower.change(&domains, Int(life.domain), body)
  }

  @inline(__always)
  private static func change(_ rows: inout [Outcomes], _ row: Int, _ body: (inout Outcomes) -> Void) {
    guard row >= 0 else { return }
    if row >= rows.count {
      rows.append(contentsOf: Array(repeating: Outcomes(), count: max(row + 1, rows.count * 2) - rows.count))
    }
    body(&rows[row])
  }

  /// How the recipients of a row ended, where lives are followed by the field.
  func outcomes(_ field: EventField, row: Int, key: String) -> Outcomes? {
    switch field {
    case .cause: return Cause(name: key).map { causes[Int($0.rawValue)] }
    case .provider: return row < providers.count ? providers[row] : Outcomes()
    case .domain: return row < domains.count ? domains[row] : Outcomes()
    default: return nil
    }
  }
}
