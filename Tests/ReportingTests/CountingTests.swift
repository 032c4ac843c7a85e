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
}
