import Testing

@testable import SoftbounceCommands

@Suite struct RulesCommandTests {
  static let partner = """
    - id: partner-busy
      cause: system-busy
      codes: ['45*']
      words: [partner desk closed]
      patterns: ['\\bPD-\\d{4}\\b']
      matches: ['450 4.3.2 PD-1234: partner desk closed']
      rejects: ['450 4.3.2 busy']

    """

  /// A site with `partner` among its rules.
  private func site(_ text: String = partner) -> Scratch {
    let scratch = Scratch()
    _ = scratch.directory("rules.d")
    scratch.file("rules.d/local.yaml", text)
    return scratch
  }

  @Test func theSitesRulesComeFirst() {
    let scratch = site()
    let list = scratch.run(["rules", "list", "--format", "json"])
    #expect(list.status == 0)
    #expect(
      list.output.hasPrefix(
        #"{"id":"partner-busy","cause":"system-busy","scope":"domain","evidence":"text","codes":["45*"],"words":["partner desk closed"],"patterns":["\\bPD-\\d{4}\\b"],"retry_helps":true,"#
      ))
    #expect(list.output.split(separator: "\n").count > 200)
    let explained = scratch.run(["explain", "450 4.3.2 PD-1234: partner desk closed", "--format", "json"])
    #expect(
      explained.output.contains(#""rule":"partner-busy","evidence":"text \"partner desk closed\" pattern"#)
        || explained.output.contains("partner-busy"))
    #expect(explained.output.contains(#"pattern /\\bPD-\\d{4}\\b/"#))
  }

  @Test func filters() {
    let scratch = site()
    let google = scratch.run(["rules", "list", "--provider", "google"])
    #expect(google.output.split(separator: "\n").dropFirst().allSatisfy { $0.hasPrefix("google-") })
    let any = scratch.run(["rules", "list", "--provider", "any", "--cause", "system-busy"])
    #expect(any.output.contains("partner-busy") && !any.output.contains("google"))
    #expect(scratch.run(["rules", "list", "--provider", "nobody"]).status == 1)
    #expect(scratch.run(["rules", "list", "--cause", "bad-luck"]).status == 2)
  }

  @Test func testRunsAllTexts() {
    let good = site().run(["rules", "test"])
    #expect(good.status == 0)
    #expect(good.output.hasSuffix("texts: all as they should be\n"))
    let bad = site(Self.partner + "- {id: odd, cause: policy, words: [ab cd], matches: [nothing], rejects: [ab cd]}\n")
      .run(["rules", "test"])
    #expect(bad.status == 4)
    #expect(bad.output.contains("DIR/rules.d/local.yaml:8: error: rule odd does not match “nothing”\n"))
    #expect(bad.output.contains("DIR/rules.d/local.yaml:8: error: rule odd matches “ab cd”\n"))
  }

  @Test func checkNamesThePlace() {
    let scratch = Scratch()
    let file = scratch.file(
      "new.yaml", Self.partner + "- id: bad\n  cause: bad-luck\n- id: slow\n  cause: policy\n  patterns: ['\\d+x']\n")
    let outcome = scratch.run(["rules", "check", file])
    #expect(outcome.status == 4)
    #expect(outcome.output.contains("DIR/new.yaml:9:10: error: “bad-luck” is no cause; one of greylisted"))
    #expect(outcome.output.contains("DIR/new.yaml:10: warning: rule slow: no word that “\\d+x” can't do without"))
    #expect(outcome.output.hasSuffix("DIR/new.yaml: 2 rules would load, 1 error\n"))
    let json = scratch.run(["rules", "check", file, "--format", "json"])
    #expect(
      json.output.hasPrefix(#"{"severity":"error","file":"DIR/new.yaml","line":9,"column":10,"message":"“bad-luck”"#))
    #expect(scratch.run(["rules", "check", scratch.file("ok.yaml", Self.partner)]).status == 0)
    #expect(scratch.run(["rules", "check", scratch.path + "/none.yaml"]).status == 3)
    #expect(scratch.run(["rules", "check"]).status == 2)
  }

  private static func log(_ reason: String, _ id: Int) -> String {
    "2026-11-23T09:00:0\(id).100000+00:00 mx1 postfix/smtp[103]: 4abc00\(id): to=<eve@example.com>, "
      + "relay=mx.example.com[192.0.2.9]:25, delay=1, delays=0/0/0/1, dsn=4.0.0, status=deferred (\(reason))\n"
  }

  static let unknown =
    (1...3).map { log("the desk of eve\($0)@example.com is closed, it's \($0) o'clock, ticket AB\($0)4711XY", $0) }
    .joined()
    + log("host mx.example.com[192.0.2.9] said: 450 Stand by for the wizard (in reply to RCPT TO command)", 4)

  /// A draft becomes a rule that takes the reply once it has a cause, and until then is refused with what is missing.
  @Test func suggestionsAreRulesButForTheCause() throws {
    let scratch = Scratch()
    let log = scratch.file("mail.log", Self.unknown)
    let outcome = scratch.run(["rules", "suggest", log])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("# 3 times: the desk of <address> is closed, it's <n> o'clock, ticket <id>\n"))
    #expect(outcome.output.contains("# 1 time, so far judged by reply-busy: 450 Stand by for the wizard\n"))
    #expect(!outcome.output.contains("eve1@"))
    let draft = scratch.run(["rules", "check", scratch.file("draft.yaml", outcome.output)])
    #expect(draft.status == 4)
    #expect(draft.output.contains("error: “” is no cause; one of"))
    let filled = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0 == "  cause:" ? "  cause: system-busy" : String($0) }.joined(separator: "\n")
    let checked = scratch.run(["rules", "check", scratch.file("filled.yaml", filled)])
    #expect(checked.status == 0)
    #expect(checked.output == "DIR/filled.yaml: 2 rules would load, 0 errors\n")
    let again = scratch.run(["rules", "suggest", log, "--rules", scratch.path + "/filled.yaml"])
    #expect(again.status == 1)
    #expect(again.output == "# Nothing to suggest: a rule knows every reply.\n")
    let json = scratch.run(["rules", "suggest", log, "--top", "1", "--format", "json"])
    #expect(
      json.output.hasPrefix(
        #"{"template":"the desk of <address> is closed, it's <n> o'clock, ticket <id>","count":3,"direction":"outbound","provider":"example.com","#
      ))
  }

  @Test func theReportShowsWhatNoRuleKnows() {
    let scratch = Scratch()
    let log = scratch.file("mail.log", Self.unknown)
    let text = scratch.run(["report", log]).output
    #expect(
      text.contains(
        "\nReplies that no rule knows: 3 (75.0%)\n  3  the desk of <address> is closed, it's <n> o'clock, ticket <id>\n"
      ))
    #expect(text.contains("as in the desk of eve1@example.com is closed"))
    let json = scratch.run(["report", log, "--format", "json"]).output
    #expect(json.contains("\"replies\": 3,\n    \"templates_not_shown\": 0,\n    \"judged_by_code\": 1,"))
  }

  /// Rules that came later judge a journal of earlier.
  @Test func reportRejudges() {
    let scratch = Scratch()
    let log = scratch.file("mail.log", Self.unknown)
    let events = scratch.file("events.jsonl", scratch.run(["events", log]).output)
    _ = scratch.directory("rules.d")
    scratch.file("rules.d/desk.yaml", "- {id: desk, cause: recipient-rate, words: [the desk of]}\n")
    let before = scratch.run(["report", events, "--by", "cause"]).output
    let after = scratch.run(["report", events, "--by", "cause", "--rejudge"]).output
    #expect(before.contains("unclassified") && !before.contains("recipient-rate"))
    #expect(after.contains("recipient-rate") && !after.contains("unclassified"))
  }
}
