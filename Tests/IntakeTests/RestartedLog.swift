// A log that is read in several runs, and what must come of it: the lives of one run.

import Bytes
import Intake
import Journal
import SMTPTypes

struct RestartedLog {
  /// What a run knows of the one before, beside the journal.
  enum WarmUp: CaseIterable {
    /// All lines before: a log that is imported again after it grew.
    case whole
    /// The last few lines: a sidecar that reads no more of a long log.
    case short
    /// None: logs that are imported one by one.
    case none
  }

  var lines: [String]

  static let shortWarmUp = 12

  /// The events of runs that end before each of `cuts` and with the log, without introductions.
  ///
  /// - Parameter isKilled: a run ends at a commit, and what waits is found again by a warm-up.
  func events(
    cutBefore cuts: [Int] = [], _ warmUp: WarmUp = .whole, isKilled: Bool = false,
    _ configure: (inout Intake.Options) -> Void = { _ in }
  ) -> [Recorded] {
    var events: [Recorded] = []
    var journal: [[UInt8]] = []
    var start = 0
    for end in cuts.sorted() + [lines.count] {
      let bench = Bench {
        $0.hostName = "mx1"
        $0.introducesMessages = true
        configure(&$0)
      }
      let known = warmUp == .whole ? 0 : warmUp == .short ? max(0, start - RestartedLog.shortWarmUp) : start
      if known < start {
        bench.intake.beginWarmUp()
        feed(bench, known..<start)
        bench.intake.endWarmUp()
      }
      restore(journal, bench)
      feed(bench, start..<end)
      if isKilled, end < lines.count { bench.intake.flush() } else { bench.intake.finish() }
      events += bench.sink.events
      journal += bench.sink.lines
      start = end
    }
    return events.filter { $0.type != .message }
  }

  private func feed(_ bench: Bench, _ range: Range<Int>) {
    for index in range { lines[index].withByteView { bench.intake.line($0, offset: index) } }
  }

  private func restore(_ journal: [[UInt8]], _ bench: Bench) {
    var decoder = EventDecoder()
    for line in journal {
      line.withUnsafeBufferPointer { buffer in
        guard let decoded = try? decoder.decode(ByteView(buffer)), case .event(let event) = decoded else { return }
        bench.intake.restore(event)
      }
    }
    bench.intake.endRestoring()
  }

  // MARK: Comparing

  /// The events as text, for comparing all that they tell of lives.
  static func told(_ events: [Recorded]) -> [String] {
    events.map { event in
      "\(event.offset ?? -1) \(event.type) \(event.queueID ?? "-") first \(event.firstQueueID ?? "-") "
        + "\(event.arrival?.description ?? "-") \(event.recipient ?? "-") for \(event.originalRecipient ?? "-") "
        + "#\(event.attempt ?? 0) \(event.deferredFor ?? -1) \(event.service ?? "-") \(event.note ?? "")"
    }.sorted()
  }

  /// The courses as a reader of the journal joins them: each is the places and types of its events, and how long its
  /// recipient waited.
  static func courses(_ events: [Recorded]) -> [String] {
    var courses: [(name: String, arrival: Timestamp?, steps: [String])] = []
    for event in events.sorted(by: { ($0.offset ?? 0) < ($1.offset ?? 0) }) {
      let name = "\(event.firstQueueID ?? event.queueID ?? "-") \(event.recipient ?? "-") \(event.originalRecipient ?? "-")"
      let step = "\(event.offset ?? -1) \(event.type) \(event.deferredFor ?? -1)"
      let known = courses.lastIndex { course in
        guard course.name == name, let one = course.arrival, let other = event.arrival else { return false }
        return abs(one.microseconds - other.microseconds) <= 3_000_000
      }
      if let known {
        courses[known].steps.append(step)
      } else {
        courses.append((name, event.arrival, [step]))
      }
    }
    return courses.map { "\($0.steps)" }.sorted()
  }
}
