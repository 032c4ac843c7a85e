import Testing

@testable import SoftbounceCommands

@Suite struct ReportCommandTests {
  @Test func oneLog() {
    let scratch = Scratch()
    let outcome = scratch.run(["report", "--utc", scratch.file("mail.log", Logs.morning)])
    #expect(outcome.errors == "")
    #expect(outcome.status == 0)
    #expect(outcome.output.withoutAdvice == CommandGolden.morning)
    #expect(outcome.output.contains("What to do\n  mailbox-full (to act: the recipient): "))
  }

  @Test func rotatedLogsInAnyOrderAreOneStory() {
    let scratch = Scratch()
    let new = scratch.file("mail.log", Logs.later)
    let old = scratch.file("mail.log.1", Logs.morning)
    let outcome = scratch.run(["report", "--format", "json", new, old])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("\"recipients\": 2,\n      \"recovered\": 1,"))
    #expect(outcome.output.contains("\"attempts\": 5,\n    \"deliveries\": 2,"))
    #expect(outcome.output == scratch.run(["report", "--format", "json", old, new]).output.swapping(old, new))
  }

  @Test func eventsAreJSONByName() {
    let scratch = Scratch()
    let log = scratch.file("mail.log", Logs.morning)
    let named = scratch.run(["events", log, "--format", "json"])
    #expect(named.status == 0 && named.output == scratch.run(["events", log]).output)
    #expect(scratch.run(["events", log, "--format", "csv"]).status == 2)
  }

  /// What stands in a journal and in a log too counts twice: that is told, once a journal.
  @Test func aJournalAndItsLog() {
    let scratch = Scratch()
    let log = scratch.file("mail.log", Logs.morning)
    let journal = scratch.path + "/journal"
    #expect(scratch.run(["import", log, "--journal", journal]).status == 0)
    let both = scratch.run(["report", journal, log])
    #expect(
      both.errors
        == "softbounce: DIR/journal and DIR/mail.log tell of the same time: what stands in both counts twice; name one of "
        + "them, or bring the log in with softbounce import\n")
    #expect(scratch.run(["report", journal]).errors == "" && scratch.run(["report", log]).errors == "")
    // A log that ends before the journal begins.
    let old = "2026-10-23T09:00:00.100000+00:00 mx1 postfix/qmgr[102]: 4abc000: removed\n"
    #expect(scratch.run(["report", journal, scratch.file("old.log", old, modified: 1_792_800_000)]).errors == "")
  }

  @Test func standardInput() {
    let scratch = Scratch()
    let outcome = scratch.run(["report", "--utc", "-"], input: Logs.morning)
    #expect(outcome.status == 0)
    #expect(outcome.output.withoutAdvice == CommandGolden.morning.replacingFirst("DIR/mail.log", "-"))
  }

  /// As `journalctl -o cat` gives them.
  @Test func messagesWithoutHeaders() {
    let scratch = Scratch()
    let bare = Logs.morning.split(separator: "\n").map { line in
      line.firstRange(of: "]: ").map { String(line[$0.upperBound...]) } ?? String(line)
    }
    let file = scratch.file("bare.log", bare.joined(separator: "\n") + "\n")
    let outcome = scratch.run(["events", "--with-position", file])
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("lines without a time stamp (9) are taken to be of "))
    #expect(outcome.errors.contains("when the file was last written"))
    #expect(scratch.run(["events", "-"], input: bare.joined(separator: "\n")).errors.contains(", now"))
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.contains { $0.contains("\"line\":4,") && $0.contains("\"cause\":\"rate-limited\"") })
    #expect(lines.contains { $0.contains("\"line\":6,") && $0.contains("\"type\":\"rejection\"") })
  }

  @Test func eventsOfEventsGiveTheSameReport() {
    let scratch = Scratch()
    let log = scratch.file("mail.log", Logs.morning + Logs.later)
    var types: [String] = []
    for type in ["transient-failure", "delivery", "rejection", "tally"] { types += ["--type", type] }
    let events = scratch.run(["events", log] + types)
    #expect(events.status == 0)
    let direct = scratch.run(["report", "--utc", log])
    let again = scratch.run(["report", "--utc", "-"], input: events.output)
    #expect(again.errors == "")
    #expect(again.output == direct.output.replacingFirst("DIR/mail.log", "-"))
  }

  @Test func oneCutUnderAConditionInAPeriod() {
    let scratch = Scratch()
    let log = scratch.file("mail.log", Logs.morning + Logs.later)
    let outcome = scratch.run([
      "report", log, "--utc", "--since", "2026-11-23 09:10", "--until", "90s", "--where", "cause=mailbox-full", "--by",
      "recipient", "--top", "5",
    ])
    #expect(outcome.status == 0)
    #expect(outcome.output == CommandGolden.byRecipient)
  }

  @Test func endsAreLookedForThirtyDaysAfterThePeriod() {
    let scratch = Scratch()
    let directory = scratch.directory("ends")
    func line(_ time: String, _ type: String, _ id: String) -> String {
      #"{"time":"\#(time)","type":"\#(type)","source":"log","host":"mx1","direction":"outbound","hop":"external","#
        + #""cause":"greylisted","attempt":1,"queue_id":"\#(id)","arrival":"2026-03-01T10:00:00Z","#
        + #""recipient":"\#(id)@example.net"}"# + "\n"
    }
    scratch.file(
      "ends/00000000000000000000-20260301T000000Z.jsonl",
      line("2026-03-01T10:00:01Z", "transient-failure", "A") + line("2026-03-01T10:00:02Z", "transient-failure", "B")
        + line("2026-03-03T10:00:00Z", "delivery", "A") + line("2026-04-20T10:00:00Z", "delivery", "B"))
    let period = ["--since", "2026-03-01T10:00:00Z", "--until", "2026-03-01T11:00:00Z", "--format", "json"]
    let outcome = scratch.run(["report", directory] + period)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("\"recipients\": 2,\n      \"recovered\": 1,"))
    #expect(outcome.output.contains("\"open\": 1,"))
    let quick = scratch.run(["report", "--quick", directory] + period)
    #expect(quick.status == 0)
    #expect(quick.output.contains("\"deferrals\": 2,"))
    #expect(quick.output.contains("\"quick\": true"))
    #expect(!quick.output.contains("cohort"))
  }

  @Test func nothingFound() {
    let scratch = Scratch()
    let log = scratch.file("mail.log", Logs.morning)
    let outcome = scratch.run(["report", log, "--since", "10m"])
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("Nothing happened in this period."))
    #expect(scratch.run(["report", scratch.file("empty.log", "")]).status == 1)
  }

  /// Arguments (`DIR` is the scratch directory), the exit status, and what the diagnostics say.
  static let refusals: [([String], Int32, String)] = [
    (["report", "--since", "soon"], 2, "'soon' is no time; write 90m, 24h"),
    (["report", "--since", "1h", "--until", "2h"], 2, "the period ends before it begins"),
    (["report", "--where", "colour=red"], 2, "unknown key 'colour'; known are cause, scope"),
    (["report", "--where", "cause=full"], 2, "'full' is no cause; known are greylisted, rate-limited"),
    (["report", "--where", "cause"], 2, "'cause' has no '='"),
    (["report", "--by", "colour"], 2, "--by colour: unknown key; known are cause, scope"),
    (["report", "--top", "0"], 2, "--top 0: give a number from 1 to 10000"),
    (["report", "--top", "x"], 2, "The value 'x' is invalid for '--top <rows>'"),
    (["report", "--format", "xml"], 2, "The value 'xml' is invalid for '--format <format>'"),
    (["report", "--quick", "--rejudge"], 2, "--quick: judging anew needs whole lines"),
    (["report", "--quick", "--compare", "week", "--since", "1h"], 2, "--quick: --compare reads whole lines"),
    (["report", "--quick", "--where", "sender=a@b"], 2, "--quick: --where can look at cause, scope, provider"),
    (["report", "--quick", "--by", "recipient"], 2, "--quick: --by can be one of cause, scope, provider"),
    (["report", "--nonsense"], 2, "Unknown option '--nonsense'"),
    (["events", "--type", "defer"], 2, "--type defer: unknown type; known are transient-failure"),
    (["tail", "-n", "-1"], 2, ""),
    (["nonsense"], 2, "Unexpected argument 'nonsense'"),
    (["report", "DIR/missing"], 3, "DIR/missing: No such file or directory; correct the path"),
    (["report", "DIR"], 3, "DIR: no journal in this directory; name the journal's own directory, or mail logs"),
    (["report", "DIR/text"], 3, "DIR/text: none of its 2 lines begins like a mail log's"),
    (["report", "DIR/packed.gz"], 3, "DIR/packed.gz: damaged at byte 5 of the file (the file ends in the middle); what"),
    (["report", "-", "-"], 3, "'-' is given twice"),
    (["report"], 3, "no journal in DIR/no-journal, and no log in DIR/no-log; name a journal's directory"),
    (["events"], 3, "no journal in DIR/no-journal"),
    (["tail"], 3, "no journal in DIR/no-journal; softbounced writes one"),
    (["events", "DIR/torn.jsonl"], 3, "DIR/torn.jsonl:2: "),
  ]

  @Test(arguments: refusals.indices) func refusal(_ index: Int) {
    let (arguments, status, message) = ReportCommandTests.refusals[index]
    let scratch = Scratch()
    scratch.file("text", "hello\nworld\n")
    scratch.file("packed.gz", [0x1F, 0x8B, 0x08, 0x00, 0x00])
    scratch.file("torn.jsonl", "{\"time\":\"2026-11-22T09:00:00Z\",\"type\":\"gap\"}\n{\"time\":\n")
    let outcome = scratch.run(arguments.map { $0.hasPrefix("DIR") ? scratch.path + $0.dropFirst(3) : $0 })
    #expect(outcome.status == status)
    #expect(outcome.errors.contains("softbounce: " + message), "\(outcome.errors)")
  }

  @Test func whatCanBeReadIsAnswered() {
    let scratch = Scratch()
    let outcome = scratch.run(["report", scratch.path + "/missing", scratch.file("mail.log", Logs.morning)])
    #expect(outcome.status == 3)
    #expect(outcome.output.contains("attempts"))
  }

  @Test func withoutAJournalTheLogIsRead() {
    let scratch = Scratch()
    let log = scratch.file("mail.log", Logs.morning)
    let outcome = scratch.run(["report"], paths: scratch.paths(journal: scratch.path + "/none", logs: [log]))
    #expect(outcome.status == 0)
    #expect(
      outcome.errors == "softbounce: no journal in DIR/none (softbounced writes one); reading DIR/mail.log instead\n")
  }

  @Test(
    arguments: [
      (true, [:], true), (false, [:], false), (true, ["NO_COLOR": "1"], false), (true, ["NO_COLOR": ""], true),
      (true, ["TERM": "dumb"], false),
    ] as [(Bool, [String: String], Bool)])
  func colour(_ isTerminal: Bool, _ environment: [String: String], _ expected: Bool) {
    let scratch = Scratch()
    let outcome = scratch.run(
      ["report", scratch.file("mail.log", Logs.morning)], isTerminal: isTerminal, environment: environment)
    #expect(outcome.output.contains("\u{1B}[") == expected)
  }

  @Test func theConfigurationNamesTheJournalAndOurAddresses() {
    let scratch = Scratch()
    let text = "journal:\n  directory: \(scratch.path)/elsewhere\nown_addresses: [192.0.2.9]\n"
    scratch.file("softbounce.yaml", text + "host: mx1.example.org\n")
    let outcome = scratch.run(["events"])
    #expect(outcome.errors.contains("no journal in DIR/elsewhere"))
    // The second attempt of the morning now is a delivery to ourselves.
    let log = scratch.run(["report", scratch.file("mail.log", Logs.morning)])
    let internalMail = "To our own mailboxes and programs: 1 deferred of 1 (100.0%)"
    #expect(log.output.contains(internalMail))
    // In another host's log it is some other machine's address.
    scratch.file("softbounce.yaml", text + "host: mx9.example.org\n")
    #expect(!scratch.run(["report", scratch.path + "/mail.log"]).output.contains(internalMail))
    scratch.file("softbounce.yaml", "journal: [")
    let broken = scratch.run(["report", scratch.path + "/mail.log"])
    #expect(broken.status == 0)
    #expect(broken.errors.contains("DIR/softbounce.yaml: not YAML; going on with the defaults"))
  }

  @Test func severalHostsInOneFile() {
    let scratch = Scratch()
    let other = Logs.morning.split(separator: " mx1 ", omittingEmptySubsequences: false).joined(separator: " mx2 ")
    let outcome = scratch.run(["report", "--by", "host", scratch.file("central.log", Logs.morning + other)])
    #expect(outcome.output.contains("softbounce report  mx1, mx2"))
    #expect(outcome.output.contains("mx1          2         3  66.7%"))
    #expect(outcome.output.contains("mx2          2         3  66.7%"))
  }
}

extension String {
  /// What stands above the section that rules fill.
  var withoutAdvice: String {
    guard let range = firstRange(of: "\nWhat to do\n") else { return self }
    return String(self[..<range.lowerBound])
  }

  func replacingFirst(_ part: String, _ other: String) -> String {
    guard let range = firstRange(of: part) else { return self }
    return replacingCharacters(range, other)
  }

  private func firstRange(of part: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(part) { return start..<index(start, offsetBy: part.count) }
      start = index(after: start)
    }
    return nil
  }

  private func replacingCharacters(_ range: Range<String.Index>, _ other: String) -> String {
    String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
  }

  /// Exchanges the order in which two inputs are named.
  func swapping(_ one: String, _ two: String) -> String {
    let first = "\"DIR/mail.log.1\",\n    \"DIR/mail.log\""
    let second = "\"DIR/mail.log\",\n    \"DIR/mail.log.1\""
    return replacingFirst(first, second)
  }
}
