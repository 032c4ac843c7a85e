import Journal
import SMTPTypes
import Testing

@testable import Reporting

/// The story of a place over time: its rows are those of clocks and calendar.
@Suite struct PlaceTests {
  /// A deferral each quarter of an hour for `days` days from `start` on, with a tally of two attempts.
  private func lines(from start: String, days: Int) -> String {
    let start = Zones.time(start)
    return (0..<(days * 96)).map { index in
      let time = start.advanced(by: Double(index) * 900)
      return """
        {"time":"\(time.advanced(by: 5))","type":"transient-failure","source":"log","host":"mx1","direction":"outbound","hop":"external","cause":"greylisted","origin":"remote","provider":"p","domain":"x.org","attempt":1,"queue_id":"Q\(index)","arrival":"\(time)","recipient":"a@x.org"}
        {"time":"\(time)","type":"tally","host":"mx1","total":{"attempts":2,"deliveries":1,"first_attempts":2,"first_deferred":1}}

        """
    }.joined()
  }

  private func story(
    _ lines: String, _ zone: DisplayZone, since: String, until: String, step: CalendarStep?, now: String? = nil
  ) throws -> PlaceStory {
    let filter = EventFilter(
      since: try TimeExpression.parse(since, now: FilterTests.now, zone: zone),
      until: try TimeExpression.parse(until, now: FilterTests.now, zone: zone))
    let grid = HourGrid(zone: zone, since: filter.since, until: filter.until)
    var options = Aggregation.Options(filter: filter)
    options.grid = grid
    let aggregation = Aggregation(options: options)
    let timeline = PlaceTimeline(filter: filter, grid: grid)
    try Fixture.feed(lines, to: TeeSink([aggregation, timeline]))
    aggregation.endSource()
    return PlaceStory(
      .domain, "x.org", report: aggregation.report(), timeline: timeline, zone: zone, step: step, now: now.map(Zones.time))
  }

  struct Case: Sendable {
    var zone: DisplayZone
    var since: String
    var until: String
    var step: CalendarStep
    /// The start of each row as clocks show it, and how many were put off in it.
    var rows: [String]
  }

  static let cases = [
    Case(
      zone: Zones.losAngeles, since: "2026-11-10", until: "2026-11-11", step: .day, rows: ["2026-11-10 00:00 96"]),
    Case(
      zone: Zones.berlin, since: "2026-10-24", until: "2026-10-27", step: .day,
      rows: ["2026-10-24 00:00 96", "2026-10-25 00:00 100", "2026-10-26 00:00 96"]),
    Case(
      zone: Zones.losAngeles, since: "2026-10-26", until: "2026-11-09", step: .week,
      rows: ["2026-10-26 00:00 676", "2026-11-02 00:00 672"]),
    Case(
      zone: .utc, since: "2026-10-21", until: "2026-10-28", step: .week,
      rows: ["2026-10-19 00:00 480", "2026-10-26 00:00 192"]),
    Case(
      zone: Zones.kolkata, since: "2026-10-26", until: "2026-10-28", step: .day,
      rows: ["2026-10-26 00:00 96", "2026-10-27 00:00 96"]),
    Case(
      zone: Zones.kathmandu, since: "2026-10-26", until: "2026-10-28", step: .day,
      rows: ["2026-10-26 00:00 96", "2026-10-27 00:00 96"]),
    Case(
      zone: Zones.kathmandu, since: "2026-10-26 10:00", until: "2026-10-26 12:00", step: .hours(1),
      rows: ["2026-10-26 10:00 4", "2026-10-26 11:00 4"]),
    Case(
      zone: Zones.berlin, since: "2026-10-25 01:00", until: "2026-10-25 04:00", step: .hours(1),
      rows: ["2026-10-25 01:00 4", "2026-10-25 02:00 4", "2026-10-25 02:00 4", "2026-10-25 03:00 4"]),
    Case(
      zone: Zones.lordHowe, since: "2026-10-03", until: "2026-10-06", step: .day,
      rows: ["2026-10-03 00:00 96", "2026-10-04 00:00 94", "2026-10-05 00:00 96"]),
  ]

  @Test(arguments: cases) func rowsAreThoseOfTheCalendar(_ test: Case) throws {
    let story = try story(
      lines(from: "2026-10-01T00:00:00Z", days: 45), test.zone, since: test.since, until: test.until, step: test.step)
    #expect(story.steps.map { "\(Units.minute($0.start, test.zone)) \($0.deferrals)" } == test.rows)
    #expect(story.steps.map(\.attempts) == story.steps.map { $0.deferrals * 2 })
    #expect(story.steps.map(\.putOff) == story.steps.map(\.deferrals))
    for (step, next) in zip(story.steps, story.steps.dropFirst()) { #expect(step.end == next.start) }
    #expect(story.report.hours.reduce(0) { $0 + $1.deferrals } == story.report.outbound.deferrals)
  }

  @Test func anHourThatClocksShowTwice() throws {
    let story = try story(
      lines(from: "2026-10-24T00:00:00Z", days: 3), Zones.berlin, since: "2026-10-25 01:00", until: "2026-10-25 04:00",
      step: nil)
    let text = TextRenderer(width: 100, zone: Zones.berlin).render(story)
    #expect(text.contains("Period  2026-10-25 01:00 UTC+02:00 to 2026-10-25 04:00 UTC+01:00\n"))
    #expect(text.contains("10-25 02:00 +02:00         8         4"), "\(text)")
    #expect(text.contains("10-25 02:00 +01:00         8         4"))
    #expect(text.contains("10-25 03:00                8         4"))
  }

  // MARK: - Past periods

  private static let day = """
    {"time":"2026-11-22T09:00:00Z","type":"transient-failure","source":"log","host":"mx1","direction":"outbound","hop":"external","cause":"greylisted","origin":"remote","provider":"p","domain":"x.org","attempt":1,"queue_id":"A","arrival":"2026-11-22T09:00:00Z","recipient":"a@x.org"}
    {"time":"2026-11-22T09:00:00Z","type":"transient-failure","source":"log","host":"mx1","direction":"outbound","hop":"external","cause":"greylisted","origin":"remote","provider":"p","domain":"x.org","attempt":1,"queue_id":"B","arrival":"2026-11-22T09:00:00Z","recipient":"b@x.org"}
    {"time":"2026-11-23T08:00:00Z","type":"transient-failure","source":"log","host":"mx1","direction":"outbound","hop":"external","cause":"greylisted","origin":"remote","provider":"p","domain":"x.org","attempt":2,"queue_id":"A","arrival":"2026-11-22T09:00:00Z","recipient":"a@x.org"}
    {"time":"2026-11-23T09:00:00Z","type":"delivery","source":"log","host":"mx1","direction":"outbound","hop":"external","provider":"p","domain":"x.org","attempt":3,"queue_id":"A","arrival":"2026-11-22T09:00:00Z","recipient":"a@x.org"}

    """

  private static let end = """
    {"time":"2026-11-23T09:30:00Z","type":"expiration","source":"log","host":"mx1","direction":"outbound","hop":"external","cause":"greylisted","provider":"p","domain":"x.org","queue_id":"B","arrival":"2026-11-22T09:00:00Z","recipient":"b@x.org"}

    """

  @Test(arguments: [
    (PlaceTests.day, "At end  was not tried again after the last deferral; 2 recipients were open, 1 still is", 1),
    (
      PlaceTests.day + PlaceTests.end,
      "At end  was not tried again after the last deferral; 2 recipients were open (all have come to an end since)", 0
    ),
  ])
  func aPastPeriodIsToldOfAsItWas(_ lines: String, _ words: String, _ open: Int) throws {
    let story = try story(
      lines, .utc, since: "2026-11-22", until: "2026-11-23", step: nil, now: "2026-11-23T10:30:00Z")
    #expect(TextRenderer(width: 200).render(story).contains(words + "\n"), "\(story.state)")
    #expect([story.openAtEnd, story.open, story.report.cohort.open] == [2, open, open])
    #expect(story.steps.map(\.open) == [2])
    let json = PlaceJSON().render(story)
    #expect(json.contains("\"as_of\": \"2026-11-23T00:00:00Z\""))
    #expect(json.contains("\"open_at_end\": 2,\n  \"open\": \(open),"))
    #expect(story.episode?.isGoingOn == false)
  }

  @Test func aPeriodThatEndsInTroubleAndOneThatIsNotOver() throws {
    let past = try story(
      PlaceTests.day, .utc, since: "2026-11-22", until: "2026-11-22 09:30", step: nil, now: "2026-11-23T10:30:00Z")
    let text = TextRenderer(width: 200).render(past)
    #expect(text.contains("At end  put mail off; 2 recipients were open, 1 still is\n"), "\(text)")
    #expect(text.contains("Trouble 2026-11-22 09:00 to 2026-11-22 09:30 (30 min)\n"), "\(text)")
    let now = try story(
      PlaceTests.day, .utc, since: "2026-11-22", until: "2026-11-24", step: nil, now: "2026-11-23T10:30:00Z")
    #expect(TextRenderer(width: 200).render(now).contains("Now     puts mail off; 1 recipient still open\n"))
    #expect(now.asOf == Zones.time("2026-11-23T09:00:00Z") && now.open == 1 && now.openAtEnd == 1)
  }

  // MARK: - Lives that are longer than the period

  private static func event(_ type: String, _ time: String, _ queueID: String, _ more: String = "") -> String {
    """
    {"time":"2026-11-20T\(time):00Z","type":"\(type)","source":"log","host":"mx1","direction":"outbound","hop":"external","cause":"mailbox-full","origin":"remote","provider":"p","domain":"x.org","queue_id":"\(queueID)","arrival":"2026-11-20T10:00:00Z","recipient":"\(queueID)@x.org"\(more)}

    """
  }

  /// Six recipients that were put off at ten and at eleven: three arrived, one bounced, one expired, one waits; another
  /// came and went before noon.
  private static let long =
    (1...6).map { event("transient-failure", "10:00", "Q\($0)", ",\"attempt\":1") }.joined()
    + event("transient-failure", "10:10", "Q7", ",\"attempt\":1")
    + (1...6).map { event("transient-failure", "11:00", "Q\($0)", ",\"attempt\":2") }.joined()
    + event("delivery", "11:10", "Q7", ",\"attempt\":2,\"deferred_for\":3600")
    + (1...3).map { event("delivery", "12:30", "Q\($0)", ",\"attempt\":3,\"deferred_for\":9000") }.joined()
    + event("bounce", "12:30", "Q4", ",\"attempt\":3") + event("expiration", "12:31", "Q5")
    + event("message", "15:00", "Z")

  @Test(arguments: [
    ("12:00", nil, "Now     nothing was put off; 1 recipient still open", 6, [1]),
    ("14:00", nil, "Now     was not tried in this period; 1 recipient still open", 1, []),
    ("11:30", "12:00", "At end  was not tried in this period; 6 recipients were open, 1 still is", 6, []),
    ("10:30", "11:30", "At end  put mail off; 6 recipients were open, 1 still is", 7, [7, 6]),
    ("09:00", "10:30", "At end  put mail off; 7 recipients were open, 1 still is", 0, [7]),
  ] as [(String, String?, String, Int, [Int])])
  func whoWasPutOffBeforeCounts(_ since: String, _ until: String?, _ words: String, _ start: Int, _ open: [Int]) throws {
    let story = try story(
      PlaceTests.long, .utc, since: "2026-11-20 \(since)", until: until.map { "2026-11-20 \($0)" } ?? "2026-11-21",
      step: .hours(1), now: "2026-11-20T15:30:00Z")
    #expect(TextRenderer(width: 200).render(story).contains(words + "\n"), "\(story.state)")
    #expect(story.openAtStart == start)
    #expect(!story.isEmpty)
    if since == "12:00" {
      let step = try #require(story.steps.first)
      #expect([step.putOff, step.recovered, step.bounced, step.expired, step.open] == [0, 3, 1, 1, 1])
    }
    if since == "10:30" {
      #expect(story.steps.map(\.putOff) == [0])
      #expect(story.steps.map(\.open) == [6])
    } else {
      #expect(story.steps.map(\.open) == open)
    }
    #expect(PlaceJSON().render(story).contains("\"open_at_start\": \(start),"))
  }

  @Test(arguments: [
    // What was read ends a moment ago, hours ago, and long ago.
    ("11:02", "Since   2026-11-20 10:00 (62 min)"), ("12:10", "Since   2026-11-20 10:00 (2 h 10 min)"),
    ("23:00", "Since   2026-11-20 10:00 (60 min)"),
  ])
  func troubleThatGoesOnLastsUntilNow(now: String, words: String) throws {
    let lines = (1...6).map { PlaceTests.event("transient-failure", "10:00", "Q\($0)", ",\"attempt\":1") }.joined()
      + PlaceTests.event("transient-failure", "11:00", "Q1", ",\"attempt\":2")
    let filter = EventFilter()
    let aggregation = Aggregation(options: Aggregation.Options(filter: filter))
    let timeline = PlaceTimeline(filter: filter)
    try Fixture.feed(lines, to: TeeSink([aggregation, timeline]))
    aggregation.endSource()
    let story = PlaceStory(
      .domain, "x.org", report: aggregation.report(), timeline: timeline, now: Zones.time("2026-11-20T\(now):00Z"))
    let text = TextRenderer(width: 200).render(story)
    #expect(text.contains(words + "\n"), "\(text)")
  }
}
