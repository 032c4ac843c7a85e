import Bytes
import Journal

/// What a filter's conditions say of events, kept for those that are known to be alike: most conditions are on what the
/// heads of lines tell, and of those there are few. See `JournalConsumer`.
struct FilterMemory: ~Copyable {
  struct Verdict: OptionSet {
    let rawValue: UInt8
    /// Every condition holds, whatever the event's time.
    static let matches = Verdict(rawValue: 1)
    /// Those hold that choose the denominator.
    static let matchesDenominator = Verdict(rawValue: 2)
  }

  private let filter: EventFilter
  private let hasConditions: Bool
  private let isOfHeads: Bool
  private var heads = HeadRows(width: 1)
  /// By the numbers of shapes: a verdict and one; 0 for none yet.
  private var shapes: [UInt8] = []
  private var scratch = ByteBuffer(capacity: 256)

  init(_ filter: EventFilter) {
    self.filter = filter
    hasConditions = filter.hasConditions
    isOfHeads = filter.looksOnly { $0.isInHead }
  }

  mutating func beginShapes(_ counts: ShapeCounts) {
    shapes.removeAll(keepingCapacity: true)
    shapes.append(contentsOf: repeatElement(0, count: counts.shapes))
  }

  @inline(__always)
  mutating func verdict(of event: borrowing Event, _ likeness: Likeness) -> Verdict {
    hasConditions ? known(event, likeness) : [.matches, .matchesDenominator]
  }

  private mutating func known(_ event: borrowing Event, _ likeness: Likeness) -> Verdict {
    if let shape = likeness.shape?.number {
      if shapes[shape] > 0 { return Verdict(rawValue: shapes[shape] - 1) }
      let verdict = ask(event)
      shapes[shape] = verdict.rawValue + 1
      return verdict
    }
    guard isOfHeads, likeness.head >= 0 else { return ask(event) }
    if let row = heads.find(likeness.head) { return Verdict(rawValue: UInt8(truncatingIfNeeded: row[0])) }
    let verdict = ask(event)
    heads.keep(likeness.head) { _ in Int32(verdict.rawValue) }
    return verdict
  }

  private mutating func ask(_ event: borrowing Event) -> Verdict {
    var verdict: Verdict = []
    if filter.matches(event, &scratch) { verdict.insert(.matches) }
    if filter.matchesDenominator(event, &scratch) { verdict.insert(.matchesDenominator) }
    return verdict
  }
}
