import Glibc
import Testing

@testable import SoftbounceCommands

@Suite struct RejudgeCommandTests {
  /// A journal of one segment with what a log gave, and a rule that came later.
  private func site() -> Scratch {
    let scratch = Scratch()
    let log = scratch.file("mail.log", RulesCommandTests.unknown)
    let events = scratch.run(["events", log]).output
    _ = scratch.directory("journal")
    scratch.file("journal/00000000000000000000-20261123T090000Z.jsonl", events)
    _ = scratch.directory("rules.d")
    scratch.file("rules.d/desk.yaml", "- {id: desk, cause: recipient-rate, words: [the desk of]}\n")
    return scratch
  }

  @Test func aDryRunTellsAndWritesNothing() {
    let scratch = site()
    let journal = scratch.path + "/journal"
    let before = scratch.run(["events", journal]).output
    let outcome = scratch.run(["journal", "rejudge", journal])
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    #expect(outcome.output.hasPrefix("4 events, 4 with a verdict, by ruleset "))
    #expect(outcome.output.contains(": 3 causes would change, 0 more in scope, rule or wait alone.\n"))
    #expect(outcome.output.contains("\n  3  unclassified → recipient-rate\n"))
    #expect(outcome.output.hasSuffix("Nothing was written; --into DIRECTORY makes a journal in which it is.\n"))
    #expect(scratch.run(["events", journal]).output == before)
    let json = scratch.run(["journal", "rejudge", journal, "--format", "json"]).output
    #expect(json.hasPrefix(#"{"events":4,"judged":4,"changed":3,"ruleset":""#))
    #expect(json.hasSuffix(#""changes":[{"from":"unclassified","to":"recipient-rate","count":3}]}"# + "\n"))
  }

  @Test func aSecondJournalHasTheNewVerdicts() {
    let scratch = site()
    let journal = scratch.path + "/journal"
    let before = scratch.run(["events", journal]).output
    let outcome = scratch.run(["journal", "rejudge", journal, "--into", scratch.path + "/new/"])
    #expect(outcome.status == 0)
    #expect(outcome.output.hasSuffix("The new journal is in DIR/new/.\n"))
    #expect(scratch.run(["events", journal]).output == before)
    let report = scratch.run(["report", scratch.path + "/new", "--by", "cause"]).output
    #expect(report.contains("recipient-rate") && !report.contains("unclassified"))
    // There is nothing left to change.
    let again = scratch.run(["journal", "rejudge", scratch.path + "/new"]).output
    #expect(again.contains(": 0 causes would change, 0 more in scope"))
    #expect(scratch.run(["journal", "rejudge", journal, "--into", scratch.path + "/new"]).status == 3)
    #expect(scratch.run(["journal", "rejudge", scratch.path + "/nowhere"]).status == 3)
  }

  /// What can't be read is copied as it is, and told as other readers tell it.
  @Test func damageIsToldInEitherCase() throws {
    let scratch = site()
    let journal = scratch.path + "/journal"
    let file = journal + "/00000000000000000000-20261123T090000Z.jsonl"
    let handle = try #require(fopen(file, "a"))
    fputs("{\"time\":\"2026-11-23T09:00:00Z\",\"type\":\n", handle)
    fclose(handle)
    for arguments in [[], ["--into", scratch.path + "/new"]] {
      let outcome = scratch.run(["journal", "rejudge", journal] + arguments)
      #expect(outcome.status == 3)
      #expect(outcome.errors.contains("DIR/journal/00000000000000000000-20261123T090000Z.jsonl:5: "))
      #expect(outcome.errors.contains("(offset "))
    }
    #expect(scratch.run(["tail", "--no-follow", journal]).status == 3)
    #expect(scratch.run(["events", scratch.path + "/new"]).status == 3)
  }
}
