// What happened at one provider or domain, hour by hour: how its recipients fared, those too that were put off before the
// period. Attempts and their rates come from the aggregation beside it.

import Bytes
import Classification
public import Journal
import SMTPTypes

/// Counts lives by hour; not for use by several threads at once, but for what `readers` gives. Memory: 200 bytes for each
/// hour with trouble, and what is open at once.
public final class PlaceTimeline: SharedSink {
  struct Hour {
    var opened = 0
    var recovered = 0
    var expired = 0
    var bounced = 0
    var deleted = 0
    /// The first failure of the hour, microseconds since 1970.
    var first = Int64.max
    var causes = InlineArray<32, UInt32>(repeating: 0)

    static func += (left: inout Hour, right: Hour) {
      left.opened += right.opened
      left.recovered += right.recovered
      left.expired += right.expired
      left.bounced += right.bounced
      left.deleted += right.deleted
      left.first = min(left.first, right.first)
      for cause in 0..<32 { left.causes[cause] &+= right.causes[cause] }
    }
  }

  /// Some eleven years.
  private static let hourLimit = 100_000

  private let filter: EventFilter
  private let grid: HourGrid
  /// What was received here.
  private let own: PlaceShare
  private var lives = LifeTable<OpenLife>(limit: 4_000_000)
  /// By the cells of the grid.
  private var cells: [Int: Hour] = [:]
  /// Recipients that were open when the period began.
  private(set) var openAtStart = 0
  /// Recipients that were open at the period's end, and came to theirs later.
  private var endedLate = 0
  /// The first and the last moment of anything that was read.
  private(set) var first: Timestamp?
  private(set) var last: Timestamp?

  public init(filter: EventFilter, grid: HourGrid = .utc) {
    self.filter = filter.alignedToMinutes()
    self.grid = grid
    own = PlaceShare(filter: self.filter)
  }

  /// Recipients that are open, by the last that was read.
  var open: Int { lives.count }

  /// Recipients that were open when the period ended.
  var openAtEnd: Int { lives.count + endedLate }

  /// By the start of each hour of the grid's clocks.
  var hours: [Timestamp: Hour] {
    var hours: [Timestamp: Hour] = [:]
    for (cell, counts) in cells { hours[grid.hourStart(ofCell: cell), default: Hour()] += counts }
    return hours
  }

  public func receive(_ tally: borrowing Tally, host: String) {
    own.note(tally.minute)
    settle(own)
  }

  public func receive(_ event: borrowing Event) {
    own.receive(event, head: -1)
    settle(own)
  }

  // MARK: - What depends on the order

  /// Counts what `share` kept for this: everything before it has been counted.
  func settle(_ share: PlaceShare) {
    for time in [share.first, share.last] {
      if let time { note(time) }
    }
    share.steps.withUnsafeBufferPointer { steps in
      for index in steps.indices {
        if index + 8 < steps.count, steps[index + 8].hasKey { lives.prefetch(steps[index + 8].key) }
        follow(steps[index])
      }
    }
    share.removeAll()
  }

  private func note(_ time: Timestamp) {
    if let first, time >= first {} else { first = time }
    if let last, time <= last {} else { last = time }
  }

  private func follow(_ step: PlaceShare.Step) {
    let cell = grid.cell(of: Timestamp(microseconds: step.time, fractionDigits: 0))
    if let unaliased = step.unaliased { lives.rename(unaliased, to: step.key) }
    switch step.kind {
    case .alias: return
    case .deferral:
      let isNew = step.hasKey && open(step)
      if step.phase == .before {
        if isNew { openAtStart += 1 }
        return
      }
      with(cell) { hour in
        hour.first = min(hour.first, step.time)
        hour.causes[Int(step.cause)] &+= 1
        if isNew { hour.opened += 1 }
      }
    case .delivery: close(step, cell) { $0.recovered += 1 }
    case .bounce: close(step, cell) { $0.bounced += 1 }
    case .expiration: close(step, cell) { $0.expired += 1 }
    case .deletion: close(step, cell) { $0.deleted += 1 }
    }
  }

  /// True if the life was not open before.
  private func open(_ step: PlaceShare.Step) -> Bool {
    if let slot = lives.find(step.key) {
      if !step.isOfQueue { lives[slot].isOfQueueAlone = false }
      return false
    }
    let life = OpenLife(
      key: step.key.life, firstDeferred: step.time, provider: -1, domain: -1, cause: step.cause, isOfPeriod: true,
      isCounted: true, arrivalOffset: step.key.arrivalOffset, isOfQueueAlone: step.isOfQueue)
    return lives.insert(life) != nil
  }

  private func close(_ step: PlaceShare.Step, _ cell: Int, _ body: (inout Hour) -> Void) {
    guard let slot = lives.find(step.key) else { return }
    lives.remove(at: slot)
    switch step.phase {
    case .before: openAtStart -= 1
    case .within: with(cell, body)
    case .after: endedLate += 1
    }
  }

  @inline(__always)
  private func with(_ cell: Int, _ body: (inout Hour) -> Void) {
    guard cells[cell] != nil || cells.count < PlaceTimeline.hourLimit else { return }
    body(&cells[cell, default: Hour()])
  }

  // MARK: - Reading together

  public var depth: EventDecoder.Depth { filter.depth }

  public func readers(_ count: Int) -> [any JournalConsumer]? {
    (0..<count).map { _ in PlaceReader(self, PlaceShare(filter: filter)) }
  }

  public func merge(_ readers: [any JournalConsumer]) {}
}

/// One of several who read for a time line.
private final class PlaceReader: JournalConsumer {
  private let share: PlaceShare
  private let timeline: PlaceTimeline

  init(_ timeline: PlaceTimeline, _ share: PlaceShare) {
    self.timeline = timeline
    self.share = share
  }

  func receive(_ event: borrowing Event, head: Int) { share.receive(event, head: head) }

  func receive(_ tally: borrowing TallyLine) { share.note(tally.tally.minute) }

  var cuts: Tally.Cuts { Tally.Cuts([]) }

  var takesDigests: Bool { share.takesDigests }

  func beginShapes(_ counts: ShapeCounts) { share.beginShapes(counts) }

  func receive(_ event: borrowing Event, shape: EventShape, identity: EventIdentity?) {
    share.receive(event, Likeness(shape: shape)) { _ in identity }
  }

  func depth(of event: borrowing Event) -> EventDecoder.Depth? { share.depth(of: event) }

  func settle() { timeline.settle(share) }

  var held: Int { share.steps.count * MemoryLayout<PlaceShare.Step>.stride }
}
