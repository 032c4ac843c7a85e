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
    let log = scratch.file("mail.log", Logs.morning)
    let outcome = scratch.run(["report", log, "--since", "2026-11-23 09:00", "--until", "2026-11-23 10:00", "--compare", "previous"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("Compared with 2026-11-23 08:00 to 2026-11-23 09:00, first attempts put off"))
    #expect(outcome.output.contains("too few to tell"))
    let week = scratch.run(["report", log, "--since", "today", "--compare", "week", "--format", "json"])
    #expect(week.output.contains("\"since\": \"2026-11-16T00:00:00Z\""))
    #expect(scratch.run(["report", log, "--compare", "week"]).status == 2)
    #expect(scratch.run(["report", log, "--since", "30d", "--compare", "week"]).status == 2)
  }
}
