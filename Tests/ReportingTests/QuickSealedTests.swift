import Bytes
import Classification
import SMTPTypes
import Testing

@testable import Journal
@testable import Reporting

/// A quick report says the same of sealed segments and of the same lines unsealed: every figure is equal, or absent in
/// both.
struct QuickSealedTests {
  private static let start: Int64 = 1_772_323_200

  private static func quick(
    _ directory: JournalDirectory, _ filter: EventFilter, _ cuts: [EventField] = [], readers count: Int = 2
  ) throws -> (report: Report, skipped: Int) {
    var options = Aggregation.Options(filter: filter, extraCuts: Set(cuts))
    options.isQuick = true
    let quick = Aggregation(options: options)
    let readers = try #require(quick.readers(count))
    let scan = try JournalReader(directory: directory.path)
      .deal(to: readers, since: filter.since, until: filter.until, depth: quick.depth)
    quick.merge(readers)
    let by = cuts.isEmpty ? nil : cuts.map { ReportOptions.Cut.field($0) }
    return (quick.report(ReportOptions(top: 1000, by: by)), scan.skipped)
  }

  /// Both renderings; a look at the queue that lies behind the period is left out.
  private static func rendered(_ report: Report, withoutQueues: Bool) -> String {
    var report = report
    if withoutQueues {
      report.queues = []
      report.remarks.removeAll { $0.hasPrefix("What the queue held") }
    }
    return JSONRenderer().render(report) + TextRenderer(width: 100).render(report)
  }

  /// The same with a tally of each host at the end of each hour, so that none of it waits for one of another hour.
  private static func withTallies(_ segments: [String]) -> [String] {
    var hour: Substring?
    return segments.map { segment in
      var text = ""
      for line in segment.split(separator: "\n") {
        // `{"time":"2026-03-01T00`
        let next = line.prefix(22)
        if let hour, hour != next {
          for host in ["mx0", "mx1"] {
            text += "\(hour):59:00Z\",\"type\":\"tally\",\"host\":\"\(host)\",\"total\":{\"attempts\":9,\"deliveries\":3,"
            text += "\"first_attempts\":4},\"by\":{\"provider\":{\"google\":{\"attempts\":4}}}}\n"
          }
        }
        hour = next
        text += line + "\n"
      }
      return text
    }
  }

  private struct Question {
    var conditions: [String] = []
    /// Seconds after the journal's start.
    var since: Int64?
    var until: Int64?
    var cuts: [EventField] = []
    var isRolledUp = true

    func filter() throws -> EventFilter {
      EventFilter(
        since: since.map { Timestamp(seconds: QuickSealedTests.start + $0) },
        until: until.map { Timestamp(seconds: QuickSealedTests.start + $0) },
        conditions: try conditions.map { text throws(FilterError) in try Condition(parsing: text) })
    }
  }

  private static let questions: [Question] = [
    Question(),
    Question(conditions: ["provider=google"]),
    Question(conditions: ["provider!=google"]),
    Question(conditions: ["cause=mailbox-full", "provider=other"]),
    Question(conditions: ["type=transient-failure"]),
    Question(conditions: ["origin=suspended"]),
    Question(conditions: ["hop=internal"]),
    Question(conditions: ["scope!=sender"]),
    Question(since: 3600 * 20),
    Question(since: 3600 * 10, until: 3600 * 40),
    Question(conditions: ["provider=google"], since: 3600 * 5, until: 3600 * 30),
    Question(since: 3600 * 20 + 1800),
    Question(cuts: [.cause, .origin]),
    Question(conditions: ["domain=a.example"], isRolledUp: false),
    Question(cuts: [.domain], isRolledUp: false),
  ]

  @Test(arguments: questions.indices, [31, 32, 33] as [UInt64])
  func sealedIsAsUnsealed(index: Int, seed: UInt64) throws {
    let question = QuickSealedTests.questions[index]
    let filter = try question.filter()
    let segments = QuickSealedTests.withTallies(RandomJournal(seed: seed).segments)
    let plain = try JournalDirectory(segments)
    let sealed = try JournalDirectory(segments)
    try sealed.seal()
    let whole = try JournalDirectory(segments)
    try whole.seal(all: true)
    // Without them attempts wait at the end of segments.
    let bare = RandomJournal(seed: seed).segments
    if filter.until == nil, filter.since == nil {
      let (plain, sealed) = (try JournalDirectory(bare), try JournalDirectory(bare))
      try sealed.seal(all: true)
      let expected = try QuickSealedTests.quick(plain, filter, question.cuts).report
      let found = try QuickSealedTests.quick(sealed, filter, question.cuts).report
      #expect(
        QuickSealedTests.rendered(found, withoutQueues: false)
          == QuickSealedTests.rendered(expected, withoutQueues: false))
    }
    let expected = try QuickSealedTests.quick(plain, filter, question.cuts, readers: 1).report
    for (directory, readers) in [(sealed, 1), (sealed, 3), (whole, 2)] {
      let (found, skipped) = try QuickSealedTests.quick(directory, filter, question.cuts, readers: readers)
      let hides = filter.until != nil
      #expect(
        QuickSealedTests.rendered(found, withoutQueues: hides)
          == QuickSealedTests.rendered(expected, withoutQueues: hides))
      #expect(found.queues.isEmpty || found.queues == expected.queues || hides)
      let isAligned = filter.isAlignedToHours
      if question.isRolledUp { #expect(skipped >= (isAligned ? 4 : 3)) }
    }
    let firsts = expected.tables.first?.rows.reduce(0) { $0 + ($1.firstDeferrals ?? 0) } ?? 0
    // Not all of them nothing.
    if question.conditions.isEmpty { #expect(firsts > 0 && (expected.outbound.suspensions ?? 0) > 0) }
  }

  /// How recipients ended is known from lines that are read to their end alone, so nothing of it is said.
  @Test(arguments: [["domain=a.example"], []])
  func nothingIsSaidOfEnds(conditions: [String]) throws {
    let segments = RandomJournal(seed: 34).segments
    let directory = try JournalDirectory(segments)
    let filter = EventFilter(
      since: Timestamp(seconds: QuickSealedTests.start + 1800),
      conditions: try conditions.map { text throws(FilterError) in try Condition(parsing: text) })
    for isSealed in [false, true] {
      if isSealed { try directory.seal() }
      let report = try QuickSealedTests.quick(directory, filter).report
      #expect(report.cohort == Report.Cohort() && report.recoveries == Report.Recoveries())
      #expect(report.outbound.deferrals > 0 && report.expiries.allSatisfy { $0.times == nil })
      #expect(!JSONRenderer().render(report).contains("\"cohort"))
      #expect(!TextRenderer().render(report).contains("First put off"))
    }
  }

  /// Summaries of before do not say what came with `details`: no figure is made of that.
  @Test(arguments: [[], ["provider=google"]])
  func anOldSummaryLeavesFiguresOut(conditions: [String]) throws {
    let filter = EventFilter(
      conditions: try conditions.map { text throws(FilterError) in try Condition(parsing: text) })
    let directory = try JournalDirectory(RandomJournal(seed: 35).segments)
    try directory.seal()
    var options = Aggregation.Options(filter: filter)
    options.isQuick = true
    let quick = Aggregation(options: options)
    let readers = try #require(quick.readers(1))
    for var summary in try JournalReader(directory: directory.path).summaries().compactMap(\.summary) {
      summary.details = nil
      #expect(readers.first?.takes(summary) == true)
    }
    readers.first?.settle()
    quick.merge(readers)
    let report = quick.report()
    let json = JSONRenderer().render(report)
    #expect(report.outbound.deferrals > 0 && report.tables.first?.rows.isEmpty == false)
    #expect(report.tables.flatMap(\.rows).allSatisfy { $0.firstDeferrals == nil && $0.firstAttempts == nil })
    #expect(report.internal.firstDeferrals == nil && report.internal.attempts == nil)
    #expect(report.queues.isEmpty && report.hosts.isEmpty && !json.contains("\"log\""))
    // Tallies have the first attempts in total.
    #expect((report.outbound.firstDeferrals == nil) == !conditions.isEmpty)
    #expect((report.outbound.firstAttempts == nil) == !conditions.isEmpty)
    // With conditions suspensions are of single events anyway.
    #expect((report.outbound.suspensions == nil) == conditions.isEmpty)
    #expect(json.contains("\"inbound\"") == !conditions.isEmpty)
    #expect(report.remarks.contains { $0.hasPrefix("Segments that an earlier version sealed") })
  }
}
