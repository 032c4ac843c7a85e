import Testing

@testable import SoftbounceCommands

@Suite struct StoryCommandTests {
  private let morning = Logs.morning

  @Test func aMessageOfALog() {
    let scratch = Scratch()
    let log = scratch.file("mail.log", Logs.morning)
    let ids = scratch.run(["events", "--type", "transient-failure", log]).output
    let id = String(ids.split(separator: "\"queue_id\":\"").dropFirst().first?.prefix { $0 != "\"" } ?? "")
    #expect(!id.isEmpty)
    let outcome = scratch.run(["message", id, log])
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("Message \(id) on mx1\n"))
    #expect(outcome.output.contains("try 1  deferred"))
    #expect(scratch.run(["message", id, "-"], input: Logs.morning).output == outcome.output)
    let json = scratch.run(["message", id, log, "--format", "json"])
    #expect(json.output.contains("\"queue_ids\": [\n        \"\(id)\"\n      ]"))
  }

  @Test func aMessageThatNobodyKnows() {
    let scratch = Scratch()
    let outcome = scratch.run(["message", "ABCDEF", scratch.file("mail.log", Logs.morning)])
    #expect(outcome.status == 1)
    #expect(outcome.output == "")
    #expect(
      outcome.errors
        == "softbounce: nothing is known of ABCDEF; messages that were never put off leave no event\n")
    #expect(scratch.run(["message", "<>", scratch.path + "/mail.log"]).status == 2)
  }

  @Test func aProviderAndADomain() {
    let scratch = Scratch()
    let log = scratch.file("mail.log", Logs.morning)
    for arguments in [["provider", "google"], ["domain", "GMAIL.com"]] {
      let outcome = scratch.run(arguments + [log])
      #expect(outcome.status == 0)
      #expect(outcome.output.hasPrefix("\(arguments[0]) \(arguments[1].lowercased())\n"))
      #expect(outcome.output.contains("Now     puts mail off; 1 recipient still open"))
      #expect(outcome.output.contains("rate-limited"))
    }
    let nobody = scratch.run(["provider", "nobody", log])
    #expect(nobody.status == 1)
    #expect(
      nobody.errors
        == "softbounce: nothing about nobody in this period; softbounce report --by provider has the names\n")
    #expect(scratch.run(["provider", "google", log, "--format", "json"]).output.contains("\"format\": \"softbounce-place\""))
  }

  @Test func comparedPeriods() {
    let scratch = Scratch()
    // Something was logged before.
    let quiet = "2026-11-15T23:00:00.000000+00:00 mx1 postfix/qmgr[102]: 4abc000: removed\n"
    let log = scratch.file("mail.log", quiet + Logs.morning)
    let outcome = scratch.run(["report", log, "--since", "2026-11-23 09:00", "--until", "2026-11-23 10:00", "--compare", "previous"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("Compared with 2026-11-23 08:00 to 2026-11-23 09:00 UTC, first attempts put off"))
    #expect(outcome.output.contains("too few to tell"))
    let week = scratch.run(["report", log, "--since", "today", "--compare", "week", "--format", "json"])
    #expect(week.output.contains("\"since\": \"2026-11-16T00:00:00Z\""))
    #expect(week.output.contains("\"comparable\": true"))
    #expect(!week.output.contains("data_from"))
    #expect(scratch.run(["report", log, "--compare", "week"]).status == 2)
    #expect(scratch.run(["report", log, "--since", "30d", "--compare", "week"]).status == 2)
  }

  /// Deferrals of one cause, one a minute from `time` on (minutes since midnight).
  private func log(from minute: Int, count: Int) -> String {
    (0..<count).map { index in
      let at = minute + index
      let time = "2026-11-23T\(at / 60 < 10 ? "0" : "")\(at / 60):\(at % 60 < 10 ? "0" : "")\(at % 60):00.000000+00:00"
      return "\(time) mx1 postfix/smtp[103]: 4abd\(100 + index): to=<a@y.example>, relay=mx.y.example[192.0.2.9]:25, "
        + "delay=1, delays=0.1/0/0.4/0.5, dsn=4.2.2, status=deferred (host mx.y.example[192.0.2.9] said: "
        + "452 4.2.2 mailbox is full (in reply to RCPT TO command))\n"
    }.joined()
  }

  /// What begins within or after the other period shows nothing new: before there was nobody to see it.
  @Test(arguments: ["log", "events", "journal"])
  func whatDoesNotReachBackIsNotCompared(form: String) {
    let scratch = Scratch()
    let asked = ["--since", "2026-11-23 09:00", "--until", "2026-11-23 10:00", "--compare", "previous"]
    for (start, words) in [(9 * 60, "that period"), (8 * 60 + 30, "a part of that period")] {
      let file = scratch.file("mail\(start).log", log(from: start, count: 9 * 60 + 40 - start))
      var input = file
      switch form {
      case "events":
        input = scratch.file("events\(start).jsonl", scratch.run(["events", file, "--type", "transient-failure"]).output)
      case "journal":
        input = scratch.path + "/journal\(start)"
        #expect(scratch.run(["import", file, "--journal", input]).status == 0)
      default: break
      }
      let text = scratch.run(["report", input] + asked)
      #expect(text.status == 0)
      let time = start == 540 ? "09:00" : "08:30"
      #expect(text.output.contains("No data before 2026-11-23 \(time): \(words) can't be"), "\(text.output)")
      #expect(!text.output.contains(" new\n") && !text.output.contains(" rose\n"), "\(text.output)")
      let json = scratch.run(["report", input, "--format", "json"] + asked).output
      #expect(json.contains("\"comparable\": false"))
      #expect(json.contains("\"data_from\": \"2026-11-23T\(time):00"), "\(json)")
      #expect(json.contains("\"verdict\": \"unknown\"") && !json.contains("\"verdict\": \"new\""))
    }
    // Reaching back, the same is new.
    let quiet = "2026-11-23T07:59:00.000000+00:00 mx1 postfix/qmgr[102]: 4abc000: removed\n"
    let whole = scratch.run(["report", scratch.file("whole.log", quiet + log(from: 540, count: 40))] + asked)
    #expect(whole.output.contains(" new\n"), "\(whole.output)")
  }
}
