import Testing

@testable import Reporting

@Suite struct RenderingTests {
  private func day(_ options: ReportOptions = ReportOptions()) throws -> Report {
    var report = try Fixture.report(Fixture.day, options)
    report.inputs = ["/var/lib/softbounce/journal"]
    return report
  }

  @Test func aDayAsText() throws {
    let text = TextRenderer(width: 80).render(try day())
    #expect(text == Golden.day)
  }
  @Test func narrowPlainAndElsewhere() throws {
    let text = TextRenderer(width: 60, isUnicode: false, zone: DisplayZone { _ in -18_000 }).render(try day())
    #expect(text == Golden.narrow)
    for line in text.split(separator: "\n") { #expect(Columns.width(String(line)) <= 60) }
  }

  @Test func colourOnlyAddsEscapes() throws {
    let coloured = TextRenderer(width: 80, isColoured: true).render(try day())
    #expect(coloured.contains("\u{1B}[1m"))
    var plain = ""
    var isEscape = false
    for character in coloured.unicodeScalars {
      if character == "\u{1B}" { isEscape = true }
      if !isEscape { plain.unicodeScalars.append(character) }
      if isEscape, character == "m" { isEscape = false }
    }
    #expect(plain == Golden.day)
  }

  @Test func oneCut() throws {
    let text = TextRenderer().render(try day(ReportOptions(top: 1, by: [.field(.cause), .field(.recipient)])))
    #expect(text == Golden.byCause)
  }

  /// What a table of ends leaves out: `top` rows of three, and with `hiddenRows` that the report left out before.
  @Test(arguments: [(3, 0, nil), (2, 0, "and 1 more with 3"), (1, 0, "and 2 more with 7"), (1, 4, "and others with 7")])
  func endsThatAreLeftOut(_ top: Int, _ hiddenRows: Int, _ expected: String?) {
    var rows = [("google", 9), ("yahoo", 4), ("web.de", 3)].map { key, recipients in
      var row = Report.Row(key: key)
      row.recipients = recipients
      return row
    }
    rows.append(Report.Row(key: "nobody"))
    var table = Report.Table(name: "provider", rows: rows)
    table.hiddenRows = hiddenRows
    table.hasOutcomes = true
    var out = Output(width: 80)
    TextRenderer().outcomes(table, of: 16, top: top, &out)
    let last = out.text.split(separator: "\n").last.map(String.init)
    if let expected { #expect(last == expected) } else { #expect(last?.hasPrefix("web.de") == true) }
  }

  @Test func aTagOfOneName() throws {
    let report = try day(ReportOptions(by: [.tag("campaign")]))
    #expect(report.tables.map(\.name) == ["tag.campaign"])
    #expect(try day(ReportOptions(by: [.tag("list")])).tables == [])
  }

  @Test func nothing() throws {
    #expect(
      TextRenderer().render(try Fixture.report("")) == """
        softbounce report
        Period  nothing seen

        Nothing happened in this period.

        """)
    let report = try Fixture.report(Fixture.day, since: "2026-12-01T00:00:00Z", until: "2026-12-02T00:00:00Z")
    #expect(report.isEmpty)
    #expect(TextRenderer().render(report).contains("Period  2026-12-01 00:00 to 2026-12-02 00:00 UTC (24 h)"))
  }

  /// A log that tells of nothing but an outage is no calm one.
  @Test(arguments: [
    (
      #"{"time":"2026-11-22T09:00:00Z","type":"tally","host":"mx1","total":{},"trouble":{"resource":3,"connection":2}}"#,
      "No delivery was tried, as far as the log tells; the log announced trouble: resource 3."
    ),
    (
      #"{"time":"2026-11-22T09:00:00Z","type":"tally","host":"mx1","total":{},"trouble":{"connection":2}}"#,
      "No delivery was tried, as far as the log tells."
    ),
    (
      #"{"time":"2026-11-22T09:00:00Z","type":"gap","source":"log","host":"mx1","count":20,"note":"lost"}"#,
      "No delivery was tried, as far as the log tells; what the log told is missing in part."
    ),
    (
      #"{"time":"2026-11-22T09:00:00Z","type":"alert","host":"mx1","note":"google defers"}"#,
      "No delivery was tried, as far as the log tells."
    ),
    (
      #"{"time":"2026-11-22T09:00:00Z","type":"tally","host":"mx1","total":{"attempts":12,"deliveries":12},"trouble":{"resource":3,"client-limit":2}}"#,
      "No deferral in 12 attempts; the log announced trouble: resource 3."
    ),
  ])
  func warningsAlone(line: String, headline: String) throws {
    let report = try Fixture.report(line)
    #expect(!report.isEmpty)
    #expect(Headline.text(report) == headline)
    let text = TextRenderer(width: 200).render(report)
    #expect(text.contains("Period  2026-11-22 09:00 to"))
    for trouble in report.trouble { #expect(text.contains("\(trouble.lines) \(trouble.kind)")) }
  }

  /// Trouble meets no condition.
  @Test func troubleIsNothingWhereSomethingElseIsAskedFor() throws {
    let line =
      #"{"time":"2026-11-22T09:00:00Z","type":"tally","host":"mx1","total":{},"trouble":{"resource":3}}"#
    #expect(try Fixture.report(line, where: ["cause=greylisted"]).isEmpty)
  }

  @Test func quiet() throws {
    let line =
      #"{"time":"2026-11-22T09:00:00Z","type":"tally","host":"mx1","total":{"attempts":1200,"deliveries":1200}}"#
    #expect(Headline.text(try Fixture.report(line)) == "No deferral in 1,200 attempts.")
  }

  @Test func strangersTextIsEscaped() throws {
    let line = """
      {"time":"2026-11-22T09:00:00Z","type":"transient-failure","source":"log","direction":"outbound","hop":"external","host":"mx\\u001b[1m","provider":"p\\u202egro","cause":"policy","origin":"remote","domain":"d\\u0007","user":"u\\u009b2J","queue_id":"Q","recipient":"a@x","reply":{"code":450,"text":"450 \\u001b]0;title\\u0007 go away"},"tags":{"t\\u001b[5m":"v\\u2066"}}
      {"time":"2026-11-22T09:01:00Z","type":"alert","note":"\\u001b[2Jboo"}
      """
    let report = try Fixture.report(line)
    for text in [TextRenderer().render(report), JSONRenderer().render(report)] {
      for scalar in text.unicodeScalars where scalar != "\n" { #expect(!Printable.isHarmful(scalar)) }
    }
    #expect(TextRenderer().render(report).contains("p\\u{202e}gro"))
    #expect(JSONRenderer().render(report).contains("p\\u202egro"))
  }

  @Test func manyHoursFoldIntoDays() throws {
    var lines = ""
    for day in 10...29 {
      for hour in [0, 12] {
        let time = "2026-11-\(day)T\(hour == 0 ? "00" : "12"):00:00Z"
        lines +=
          "{\"time\":\"\(time)\",\"type\":\"tally\",\"host\":\"mx1\",\"total\":{\"attempts\":\(day * 10),\"deliveries\":\(day * 9)}}\n"
      }
    }
    let text = TextRenderer(width: 80).render(try Fixture.report(lines))
    #expect(text.contains("12 h each, UTC"))
    for line in text.split(separator: "\n") { #expect(Columns.width(String(line)) <= 80) }
  }

  @Test func aDayAsJSON() throws {
    var report = try day()
    report.tables = report.tables.filter { ["cause", "provider"].contains($0.name) }
    #expect(JSONRenderer().render(report) == Golden.json)
  }

  @Test(arguments: [
    (
      "2026-11-22T09:00:05Z transient-failure",
      "11-22 09:00:05 deferred   google rate-limited bob@gmail.com try 1  421 4.7.28 Our system has detected an unusual rate of mail from 198.51.100.25"
    ),
    ("2026-11-22T10:10:10Z transient-failure", "11-22 10:10:10 held back  yahoo connect-failure pam@yahoo.com"),
    (
      "2026-11-22T10:31:00Z rejection",
      "11-22 10:31:00 rejected   greylisted from 203.0.113.9 info@example.org  450 4.2.0 <info@example.org>: Recipient address rejected: Greylisted"
    ),
    ("2026-11-22T12:10:05Z delivery", "11-22 12:10:05 delivered  google bob@gmail.com try 3 after 3 h 10 min"),
    ("2026-11-22T13:00:00Z gap", "11-22 13:00:00 gap        journald suppressed messages  (12 missing)"),
    ("2026-11-22T13:30:00Z alert", "11-22 13:30:00 ALERT      google  google: 20.0% of 50 attempts deferred in 15 min"),
    ("2026-11-22T14:00:00Z expiration", "11-22 14:00:00 expired    yahoo reputation dan@yahoo.com after 3 h 50 min"),
  ])
  func eventLines(_ key: String, _ expected: String) throws {
    let words = key.split(separator: " ")
    let line = try #require(
      Fixture.day.split(separator: "\n").first { $0.contains("\"\(words[0])\"") && $0.contains("\"\(words[1])\"") })
    #expect(try Fixture.eventLine(String(line), EventLineRenderer()) == expected)
    let narrow = try #require(try Fixture.eventLine(String(line), EventLineRenderer(width: 50)))
    #expect(Columns.width(narrow) <= 50)
  }

  @Test func aMessageIsToldByItsIdentity() throws {
    let line =
      #"{"time":"2026-11-22T09:00:05Z","type":"message","source":"milter","queue_id":"4jYHGq6QkV","sender":"a@shop.example","tags":{"campaign":"spring"}}"#
    #expect(
      try Fixture.eventLine(line, EventLineRenderer())
        == "11-22 09:00:05 message    4jYHGq6QkV from a@shop.example campaign=spring")
  }
}
