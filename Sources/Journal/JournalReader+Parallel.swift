// One scan on several threads, for results that add up.

import Bytes
public import SMTPTypes

extension JournalReader {
  /// Hands every committed line with a time in `since..<until` to `body`, on up to `threads` threads at once, each
  /// segment to one of them, in order within the segment.
  ///
  /// Each segment's result starts as `initial()`. The results come back in the segments' order, so that what depends
  /// on the order can be joined across their borders. Memory: one result a segment.
  ///
  /// - Throws: the first error of `body`, or `JournalError` if the directory can't be listed.
  public func fold<Result: Sendable>(
    since: Timestamp? = nil, until: Timestamp? = nil, depth: EventDecoder.Depth = .all, threads: Int,
    initial: @Sendable @escaping () -> Result,
    _ body: @Sendable @escaping (inout Result, borrowing JournalLine, JournalPosition) throws -> Void
  ) throws -> (results: [Result], report: ScanReport) {
    try fold(
      since: since, until: until, depth: depth, threads: threads, initial: { _ in initial() }, body,
      finish: { result, _ in result })
  }

  /// The same with a word at the end of each segment: `finish` makes of what was gathered what is kept, and may add
  /// to the segment's report.
  ///
  /// - Parameter checksBytes: see `SegmentScan`.
  func fold<Sum, Result: Sendable>(
    since: Timestamp? = nil, until: Timestamp? = nil, depth: EventDecoder.Depth = .all, checksBytes: Bool = false,
    threads: Int,
    initial: @Sendable @escaping (_ file: String) -> Sum,
    _ body: @Sendable @escaping (inout Sum, borrowing JournalLine, JournalPosition) throws -> Void,
    finish: @Sendable @escaping (Sum, inout ScanReport) -> Result
  ) throws -> (results: [Result], report: ScanReport) {
    let plan = try plan()
    let work = FoldWork<Result>(count: plan.count)
    let run: @Sendable () -> Void = {
      var scan = SegmentScan(since: since, until: until, depth: depth, remembersHeads: depth == .leading)
      scan.checksBytes = checksBytes
      while let index = work.next() {
        let part = plan[index]
        var sum = initial(self.path(part.name))
        scan.begin(self.path(part.name), first: part.name.first, lines: part.lines, bytes: part.bytes)
        do {
          try self.read(part.name, &scan) { line, position in try body(&sum, line.line(), position) }
          let result = finish(sum, &scan.report)
          work.finish(index, result, scan.report, counted: scan.length)
          scan.report = ScanReport()
        } catch {
          work.fail(error)
          return
        }
      }
    }
    Threads.run(max(min(threads, plan.count), 1)) { _ in run() }
    let finished = try work.take()
    var report = ScanReport()
    var results: [Result] = []
    var expected: UInt64?
    for (index, part) in plan.enumerated() {
      guard let outcome = finished[index] else { continue }
      if let expected, part.name.first > expected {
        report.note(
          .missing, file: path(part.name), "\(part.name.first - expected) lines before this segment are missing")
      }
      report.add(outcome.report)
      results.append(outcome.result)
      expected = outcome.counted.map { max(expected ?? 0, part.name.first &+ UInt64($0)) }
    }
    return (results, report)
  }
}

/// A segment and how much of it is part of the journal.
struct SegmentPart: Sendable {
  var name: SegmentName
  var lines: Int
  var bytes: Int
}

/// What the threads of a fold share.
private final class FoldWork<Result: Sendable>: Sendable {
  struct Outcome {
    var result: Result
    var report: ScanReport
    var counted: Int?
  }

  private struct State {
    var next = 0
    var count: Int
    var failure: (any Error)?
    var outcomes: [Outcome?]
  }

  // Sendable: touched with `monitor` locked.
  private nonisolated(unsafe) var state: State
  private let monitor = Monitor()

  init(count: Int) {
    state = State(count: count, outcomes: Array(repeating: nil, count: count))
  }

  func next() -> Int? {
    monitor.lock()
    defer { monitor.unlock() }
    guard state.failure == nil, state.next < state.count else { return nil }
    state.next += 1
    return state.next - 1
  }

  func finish(_ index: Int, _ result: Result, _ report: ScanReport, counted: Int?) {
    monitor.lock()
    defer { monitor.unlock() }
    state.outcomes[index] = Outcome(result: result, report: report, counted: counted)
  }

  func fail(_ error: any Error) {
    monitor.lock()
    defer { monitor.unlock() }
    if state.failure == nil { state.failure = error }
  }

  func take() throws -> [Outcome?] {
    monitor.lock()
    defer { monitor.unlock() }
    if let failure = state.failure { throw failure }
    return state.outcomes
  }
}
