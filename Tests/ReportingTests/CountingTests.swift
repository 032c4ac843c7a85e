import Classification
import Testing

@testable import Reporting

@Suite struct CountingTests {
  @Test func aDayAddsUp() throws {
    let report = try Fixture.report(Fixture.day)
    // 50 by tallies; the two deliveries after the last tally are not covered by one.
    #expect(report.outbound.attempts == 52)
    #expect(report.outbound.deliveries == 48)
    #expect(report.outbound.deferrals == 4)
    #expect(report.outbound.firstAttempts == 50)
    #expect(report.outbound.firstDeferrals == 3)
    #expect(report.outbound.suspensions == 4)
    #expect(report.outbound.expirations == 1)
    #expect(report.messagesHit.count == 4)
    #expect(report.recipientsHit.count == 4)
    #expect(report.internal.attempts == 6)
    #expect(report.internal.deferrals == 1)
    #expect(report.inbound.total == 8)
    #expect(report.inbound.tallied == 7)
    #expect(report.gaps.map(\.count) == [12])
    #expect(report.alertCount == 1)
    #expect(report.lines == 200)
    #expect(report.remarks == [])
  }

  /// Whoever shows a few tables need not have the others counted.
  @Test(arguments: [[], ["provider=google"], ["domain=gmail.com"], ["cause=mailbox-full", "domain=*.example"]])
  func fewerTablesSayTheSame(conditions: [String]) throws {
    let lines = RandomJournal(seed: 51).segments.joined()
    let fields: [EventField] = [.domain, .reply, .senderDomain]
    let reports = try [nil, Set(fields)].map { cuts in
      var options = Aggregation.Options(
        filter: EventFilter(
          conditions: try conditions.map { text throws(FilterError) in try Condition(parsing: text) }))
      options.cuts = cuts
      return try Fixture.aggregate(lines, options).report(
        ReportOptions(top: 100, by: fields.map { .field($0) } + [.tag(nil)]))
    }
    #expect(reports[0].tables.count > 2 && reports[0].outbound.deferrals > 10)
    #expect(JSONRenderer().render(reports[0]) == JSONRenderer().render(reports[1]))
  }
}
