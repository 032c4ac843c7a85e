import Journal
import Reporting
import Testing

@Suite struct QueueTests {
  private static let tallies = """
    {"time":"2026-11-22T10:00:00Z","type":"tally","host":"mx1","total":{},"by":{},"queue":{"time":"2026-11-22T10:00:31Z","deferred":3,"recipients":9,"active":0,"held":0,"oldest":"2026-11-22T09:00:00Z","by_provider":{"google":9}}}
    {"time":"2026-11-22T10:05:00Z","type":"tally","host":"mx1","total":{},"by":{},"queue":{"time":"2026-11-22T10:05:31Z","deferred":1204,"recipients":1300,"active":2,"held":1,"oldest":"2026-11-22T07:05:31Z","ages":[0,1000,0,203,0,0,1],"by_provider":{"google":900,"yahoo":400},"by_domain":{"gmail.com":900,"a\\u001b.example":1},"oldest_by_provider":{"google":"2026-11-22T09:05:31Z","nobody":"2026-11-22T09:05:31Z"}}}

    """

  @Test func theLastLookIsShown() throws {
    let report = try Fixture.report(Self.tallies + Fixture.day)
    #expect(report.queues.map(\.host) == ["mx1"])
    #expect(report.queues.first?.gauge.deferred == 1204)
    let text = TextRenderer().render(report)
    let expected = """
      In the queue at 2026-11-22 10:05: 1,204 messages deferred
        1,300 recipients, the oldest message for 3 h; 2 being tried; 1 on hold
        by age: 1,000 up to 15 min, 203 up to 4 h, 1 over 3 d
        by provider: google 900 (for 60 min), yahoo 400
      """
    #expect(text.contains(expected), "\(text)")
    #expect(!text.contains("\u{1B}"))
    let json = JSONRenderer().render(report)
    #expect(json.contains("\"deferred\": 1204"))
    #expect(json.contains("\"google\": 900"))
  }

  @Test func aPeriodHasItsOwn() throws {
    let report = try Fixture.report(Self.tallies, until: "2026-11-22T10:03:00Z")
    #expect(report.queues.first?.gauge.deferred == 3)
    #expect(try Fixture.report(Fixture.day).queues.isEmpty)
  }

  /// What the log lost is no attempt, and stands in no table: the reader learns at least why it waits.
  @Test func whatOnlyTheQueueTellsIsNamed() throws {
    let lines = ["connect-failure", "greylisted", "connect-failure"].enumerated().map { number, cause in
      """
      {"time":"2026-11-22T10:00:00Z","type":"transient-failure","source":"queue","host":"mx1","direction":"outbound","hop":"external","cause":"\(cause)","origin":"transport","provider":"x.org","domain":"x.org","queue_id":"Q\(number)","arrival":"2026-11-22T08:00:00Z","recipient":"a@x.org"}

      """
    }
    let report = try Fixture.report(lines.joined())
    #expect(report.unloggedDeferrals == 3)
    #expect(report.unloggedCauses.map { "\($0.cause) \($0.count)" } == ["connect-failure 2", "greylisted 1"])
    let text = TextRenderer(width: 200).render(report)
    #expect(text.contains("3 deferrals known from the queue or a milter alone (2 connect-failure, 1 greylisted); in no"))
    #expect(JSONRenderer().render(report).contains("\"connect-failure\": 2,"))
  }
}
