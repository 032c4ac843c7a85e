// One scan on several threads, for a result that depends on the order of some of what is read.

public import Bytes
import Glibc
public import SMTPTypes

/// One of several who read a journal together. Each is called by one thread.
public protocol JournalConsumer: AnyObject {
  /// Takes an event. The lines of a stretch of the journal come in order; a consumer gets some of the stretches.
  ///
  /// - Parameter head: lines with the same number, from 0 on, that one consumer gets say the same from `type` to
  ///   `stage`; -1 tells nothing. At most `JournalReader.headLimit` numbers are in use at once: of two that differ by
  ///   a multiple of it, the smaller is no longer.
  func receive(_ event: borrowing Event, head: Int)

  /// Takes a tally.
  func receive(_ tally: borrowing TallyLine)

  /// Takes a checkpoint.
  func receive(_ checkpoint: Checkpoint)

  /// How much is wanted of lines that begin as `event` says, from `type` to `stage`: asked once for each head. A damage
  /// behind what is wanted goes unnoticed, but in sealed segments with damaged lines, which are read whole. nil: as much
  /// as of all lines.
  func depth(of event: borrowing Event) -> EventDecoder.Depth?

  /// The cuts of tallies that are looked at; others may be empty.
  var cuts: Tally.Cuts { get }

  /// True if lines are to be chosen by `next` before they are decoded. Sealed segments with damaged lines are read whole.
  var picksLines: Bool { get }

  /// True if the heads of the lines that `next` passes over are to be looked at in segments that are not sealed, so that
  /// damage is told.
  var checksLines: Bool { get }

  /// Where in `lines`, whole lines of the journal, the first of them that is wanted begins or goes on; nil if none is.
  func next(in lines: ByteView) -> Int?

  /// Takes what a sealed segment says of itself in place of its lines, and answers true; false to have them read.
  func takes(_ summary: SegmentSummary) -> Bool

  /// True if it takes events as the digests of sealed segments tell them, by `receive(_:shape:identity:)`: without what
  /// tells one message from another, the client aside. Their sender is the domain behind an `@`, or empty; their relay
  /// has a host or, without one, an address; their reply has a code and, for a text, its `ReplyTemplate`. Checkpoints
  /// are not in digests.
  var takesDigests: Bool { get }

  /// A digest begins, and with it the numbers of its shapes and of what they are made of.
  func beginShapes(_ counts: ShapeCounts)

  /// Takes an event of a digest, in the place that `receive(_:head:)` would have taken its line.
  ///
  /// - Parameters:
  ///   - shape: valid during the call.
  ///   - identity: nil without a queue id or a recipient.
  func receive(_ event: borrowing Event, shape: EventShape, identity: EventIdentity?)

  /// Hands over what must be counted in the journal's order: everything before what the consumer holds has been
  /// handed over by it or by others. Never called for two at once.
  func settle()

  /// About how many bytes wait for `settle`.
  var held: Int { get }

  /// Bytes that may wait while it is others' turn.
  var heldLimit: Int { get }

  /// True once nothing more is wanted.
  var isDone: Bool { get }
}

extension JournalConsumer {
  public func receive(_ checkpoint: Checkpoint) {}
  public func depth(of event: borrowing Event) -> EventDecoder.Depth? { nil }
  public var cuts: Tally.Cuts { .all }
  public var picksLines: Bool { false }
  public var checksLines: Bool { true }
  public func next(in lines: ByteView) -> Int? { 0 }
  public func takes(_ summary: SegmentSummary) -> Bool { false }
  public var takesDigests: Bool { false }
  public func beginShapes(_ counts: ShapeCounts) {}
  public func receive(_ event: borrowing Event, shape: EventShape, identity: EventIdentity?) {}
  public var heldLimit: Int { 4 << 20 }
  public var isDone: Bool { false }
}

extension JournalReader {
  public static var headLimit: Int { HeadMemory.limit }

  /// Bytes of a stretch of a segment that is read by several.
  private static var stretch: Int { 16 << 20 }
  /// Bytes that a consumer whose turn it is holds before it hands them over: handing over is worth something.
  private static var settledSize: Int { 32 << 10 }

  /// Hands every committed line with a time in `since..<until` to one of `consumers`, each on a thread of its own.
  ///
  /// - Returns: what was read and what was wrong, as `scan` tells it.
  /// - Throws: `JournalError` if the directory can't be listed.
  public func deal(
    to consumers: [any JournalConsumer], since: Timestamp? = nil, until: Timestamp? = nil,
    depth: EventDecoder.Depth = .all
  ) throws -> ScanReport {
    try deal(to: consumers, since: since, until: until, depth: depth, stretch: JournalReader.stretch)
  }

  /// The same; `stretch` is how many bytes a part of the last segment has.
  func deal(
    to consumers: [any JournalConsumer], since: Timestamp? = nil, until: Timestamp? = nil,
    depth: EventDecoder.Depth = .all, stretch: Int
  ) throws -> ScanReport {
    let stretches = Stretches(try plan(), reader: self, length: stretch)
    let turns = Turns(count: stretches.all.count)
    let dealt = Dealt(consumers)
    let run: @Sendable (Int) -> Void = { index in
      let consumer = dealt.consumers[index]
      var scan = SegmentScan(
        since: since, until: until, depth: depth, remembersHeads: true, screen: { consumer.depth(of: $0) ?? depth },
        pick: consumer.picksLines ? { consumer.next(in: $0) } : nil)
      scan.trustsHashes = true
      scan.checksLines = consumer.checksLines
      scan.cuts = consumer.cuts
      let heldLimit = consumer.heldLimit
      while let number = turns.next() {
        if consumer.isDone {
          turns.wait(for: number)
          turns.finish(number, ScanReport(), counted: nil)
          continue
        }
        let stretch = stretches.all[number]
        scan.begin(
          self.path(stretch.part.name), first: stretch.part.name.first, lines: stretch.part.lines,
          bytes: stretch.part.bytes)
        var untold = 0
        let pace = {
          untold += 1
          guard untold >= 256 else { return }
          untold = 0
          let held = consumer.held
          guard held >= JournalReader.settledSize else { return }
          if turns.isUp(number) {
            consumer.settle()
          } else if held > heldLimit {
            turns.wait(for: number)
            consumer.settle()
          }
        }
        // A scan throws nothing else.
        try? self.read(stretch, &scan, consumer, pace) { line, position in
          switch consume line {
          case .event(let event): JournalReader.hand(&event.pointee, position.head, to: consumer)
          case .tally(let tally): consumer.receive(tally.value)
          case .checkpoint(let checkpoint): consumer.receive(checkpoint.take())
          case .unknown: break
          }
          pace()
          if untold == 0, consumer.isDone { throw NothingWanted() }
        }
        turns.wait(for: number)
        consumer.settle()
        // Of a stretch that was left halfway nobody knows how many lines it has.
        turns.finish(number, scan.report, counted: consumer.isDone ? nil : scan.length)
        scan.report = ScanReport()
      }
    }
    Threads.run(max(min(consumers.count, stretches.all.count), 1), run)
    var report = stretches.report(turns.finished)
    report.noteSurroundings(in: directory)
    return report
  }

  /// The event is borrowed from where it lies: handed over by its place alone, it would be copied.
  @inline(__always)
  private static func hand(_ event: inout Event, _ head: Int, to consumer: any JournalConsumer) {
    consumer.receive(event, head: head)
  }

  /// The same of a digest's event.
  @inline(__always)
  static func hand(
    _ event: inout Event, _ shape: EventShape, _ identity: EventIdentity?, to consumer: any JournalConsumer
  ) {
    consumer.receive(event, shape: shape, identity: identity)
  }

  private func read(
    _ stretch: Stretch, _ scan: inout SegmentScan, _ consumer: any JournalConsumer, _ pace: () -> Void,
    _ body: (consuming ReadLine, JournalPosition) throws -> Void
  ) throws {
    guard let descriptor = stretch.descriptor else {
      return try withoutActuallyEscaping(pace) { pace in
        scan.digests = consumer.takesDigests ? (consumer, pace) : nil
        defer { scan.digests = nil }
        try read(stretch.part.name, &scan, where: { !consumer.takes($0) }, body)
      }
    }
    try scan.readPlain(descriptor, range: stretch.range, body)
  }
}

/// No consumer wants more.
private struct NothingWanted: Error {}

/// A part of a segment that one consumer gets whole.
private struct Stretch: Sendable {
  var part: SegmentPart
  /// The lines that begin in it; all of a segment whose lines have to be counted from its start.
  var range = 0..<Int.max
  /// Open where the segment is read by several: it might be sealed, and its name gone, in between.
  var descriptor: Int32?
}

/// A journal cut into stretches.
private final class Stretches: Sendable {
  let all: [Stretch]
  private let reader: JournalReader
  private let opened: Int32?

  /// The last segment, if it is not sealed, may be as long as anything and has no lines to leave out: it is cut.
  init(_ parts: [SegmentPart], reader: JournalReader, length: Int) {
    self.reader = reader
    var all = parts.map { Stretch(part: $0) }
    var opened: Int32?
    if let last = parts.last, !last.name.isSealed, last.lines == .max {
      let descriptor = open(reader.path(last.name), O_RDONLY | O_CLOEXEC)
      var status = stat()
      if descriptor >= 0, fstat(descriptor, &status) == 0, Int(status.st_size) > 2 * length {
        opened = descriptor
        all.removeLast()
        let size = Int(status.st_size)
        for start in stride(from: 0, to: size, by: length) {
          let end = start + length < size ? start + length : Int.max
          all.append(Stretch(part: last, range: start..<end, descriptor: descriptor))
        }
      } else if descriptor >= 0 {
        close(descriptor)
      }
    }
    self.all = all
    self.opened = opened
  }

  deinit {
    if let opened { close(opened) }
  }

  /// One report of what the stretches' reports say.
  func report(_ outcomes: [Turns.Outcome?]) -> ScanReport {
    var report = ScanReport()
    var expected: UInt64?
    var linesBefore = 0
    for (stretch, outcome) in zip(all, outcomes) {
      guard var outcome else { continue }
      let name = stretch.part.name
      if stretch.range.lowerBound > 0 {
        // Its lines were numbered from its own start.
        outcome.report.segments -= 1
        outcome.report.renumber(by: linesBefore)
      } else {
        linesBefore = 0
        if let expected, name.first > expected {
          report.note(
            .missing, file: reader.path(name), "\(name.first - expected) lines before this segment are missing")
        }
      }
      report.add(outcome.report)
      linesBefore += outcome.counted ?? 0
      expected = outcome.counted == nil ? nil : max(expected ?? 0, name.first &+ UInt64(linesBefore))
    }
    return report
  }
}

/// The consumers, each of which only one thread touches, but for `settle`, which `Turns` keeps apart.
private final class Dealt: Sendable {
  nonisolated(unsafe) let consumers: [any JournalConsumer]

  init(_ consumers: [any JournalConsumer]) { self.consumers = consumers }
}
