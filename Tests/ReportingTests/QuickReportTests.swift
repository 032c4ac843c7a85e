import Bytes
import Classification
import SMTPTypes
import Testing

@testable import Journal
@testable import Reporting

/// A quick report counts what a whole one counts, whether segments are read or tell of themselves.
struct QuickReportTests {
  private struct Figures: Equatable {
    var key: String
    var numbers: [Int]
    var cause: Cause?

    init(_ row: Report.Row) {
      key = row.key
      numbers = [row.deferrals, row.suspensions, row.bounces, row.expirations, row.attempts ?? -1, row.mainCauseCount]
      cause = row.mainCause
    }
  }

  private func figures(_ report: Report) -> [String: [Figures]] {
    var figures: [String: [Figures]] = [:]
    for table in report.tables where ["cause", "scope", "provider"].contains(table.name) {
      figures[table.name] = table.rows.map(Figures.init)
    }
    figures["inbound"] = report.inboundTables.first { $0.name == "cause" }?.rows.map(Figures.init)
    return figures
  }

  @Test(arguments: [nil, ["provider=google"], ["cause!=greylisted"]], [nil, 1])
  func itCountsWhatTheWholeReportCounts(conditions: [String]?, hours: Int64?) throws {
    let segments = ReadingTogetherTests.segments(seed: 21)
    let conditions = try (conditions ?? []).map { text throws(FilterError) in try Condition(parsing: text) }
    let start: Int64 = 1_772_323_200
    let filter = EventFilter(
      since: hours.map { Timestamp(seconds: start + 3600 * $0) },
      until: hours.map { Timestamp(seconds: start + 7200 * $0) },
      conditions: conditions)
    let cuts: [ReportOptions.Cut] = [.field(.cause), .field(.scope), .field(.provider)]
    let whole = Aggregation(options: Aggregation.Options(filter: filter))
    try Fixture.feed(segments.joined(), to: whole)
    let expected = whole.report(ReportOptions(top: 1000, by: cuts))
    let directory = try JournalDirectory(segments)

    for (isSealed, count) in [(false, 1), (false, 2), (false, 3), (true, 2)] {
      if isSealed { try directory.seal() }
      var options = Aggregation.Options(filter: filter)
      options.isQuick = true
      let quick = Aggregation(options: options)
      let readers = try #require(quick.readers(count))
      let scan = try JournalReader(directory: directory.path).deal(to: readers, since: filter.since, depth: quick.depth)
      quick.merge(readers)
      let report = quick.report(ReportOptions(top: 1000, by: cuts))
      #expect(figures(report) == figures(expected))
      #expect(report.outbound.deferrals == expected.outbound.deferrals)
      #expect(report.outbound.attempts == expected.outbound.attempts)
      #expect(report.outbound.suspensions == expected.outbound.suspensions)
      #expect(report.inbound == expected.inbound)
      #expect(report.hours.map(\.deferrals) == expected.hours.map(\.deferrals))
      #expect(report.alertCount == expected.alertCount)
      #expect(report.gapCount == expected.gapCount)
      #expect(report.cohort.recipients == 0)
      #expect(scan.damages == 0)
      // All but the last segment were passed over.
      if isSealed { #expect(scan.skipped >= 4) }
    }
  }

  /// A summary's count costs no time and no memory, whatever it is.
  @Test func aCountBeyondMeasureIsAdded() {
    var summary = SegmentSummary()
    summary.earliest = Timestamp(seconds: 1_772_323_200)
    summary.latest = Timestamp(seconds: 1_772_323_300)
    summary.rows = [
      SegmentSummary.Row(
        group: SegmentSummary.Group(
          hour: 1_772_323_200 / 3600, type: .expiration, direction: .outbound, hop: .external, cause: .mailboxFull,
          provider: "google"), count: 1 << 40)
    ]
    summary.tallies = [SegmentSummary.TallyRow(hour: 1_772_323_200 / 3600, provider: "", counts: Tally.Counts())]
    var options = Aggregation.Options()
    options.isQuick = true
    let quick = Aggregation(options: options)
    let readers = quick.readers(1) ?? []
    #expect(readers.first?.takes(summary) == true)
    readers.first?.settle()
    quick.merge(readers)
    let report = quick.report()
    #expect(report.outbound.expirations == 1 << 40)
    #expect(report.expiries.first?.recipients == 1 << 40)
  }

  @Test func whatSummariesDoNotTellIsRead() throws {
    let segments = ReadingTogetherTests.segments(seed: 22)
    let directory = try JournalDirectory(segments)
    try directory.seal()
    // A field that is not rolled up; a period that does not begin on the hour.
    let time = Timestamp(seconds: 1_772_323_200 + 1_860)
    for (filter, cuts) in [(EventFilter(), [EventField.domain]), (EventFilter(since: time), [])] {
      var options = Aggregation.Options(filter: filter, extraCuts: Set(cuts))
      options.isQuick = true
      let quick = Aggregation(options: options)
      let readers = try #require(quick.readers(1))
      let scan = try JournalReader(directory: directory.path).deal(to: readers, since: filter.since, depth: quick.depth)
      quick.merge(readers)
      let whole = Aggregation(options: Aggregation.Options(filter: filter))
      try Fixture.feed(segments.joined(), to: whole)
      let asked = ReportOptions(top: 1000, by: [.field(cuts.first ?? .cause)])
      #expect(
        quick.report(asked).tables.first?.rows.map(Figures.init)
          == whole.report(asked).tables.first?.rows.map(Figures.init))
      #expect(scan.lines > 0)
    }
  }
}
