import Bytes
import Journal
import Reporting
import SMTPTypes
import Testing

@testable import SoftbounceCommands

@Suite struct JournalExportTests {
  @Test func jsonIsWhatEventsPrints() throws {
    let fixture = try JournalFixture()
    let exported = fixture.run("export")
    #expect(exported.status == 0)
    #expect(exported.output.split(separator: "\n").count == 61)
    let events = fixture.scratch.run(["events", fixture.directory])
    #expect(exported.output == events.output)
    let some = fixture.run("export", "--where", "recipient=r7@example.net")
    #expect(some.output.split(separator: "\n").count == 1)
    #expect(fixture.run("export", "--type", "bounce").status == 1)
  }

  @Test func csvHasAHeaderAndARowForEachEvent() throws {
    let fixture = try JournalFixture()
    let outcome = fixture.run("export", "--format", "csv", "--until", "2026-11-23T07:46:42Z")
    #expect(outcome.status == 0)
    let rows = outcome.output.split(separator: "\n").map(String.init)
    #expect(rows.count == 1 + 2)
    #expect(rows[0].hasPrefix("time,type,source,host,"))
    #expect(
      rows[1] == "2026-11-23T07:46:40Z,transient-failure,log,mx1,,,outbound,external,mailbox-full,,,example.net,"
        + "example.net,,,,4F2C11A3,,,,news@example.org,r0@example.net,,,,,,,,,,,452,,"
        + "452 4.2.2 <r0@example.net>: mailbox is full,,,,,,,,,,,,,0,,")
    #expect(Set(rows.map { $0.split(separator: ",", omittingEmptySubsequences: false).count }) == [50])
    #expect(fixture.run("export", "--format", "csv", "--type", "tally").status == 2)
  }

  @Test(arguments: [
    ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("=1+1", "\"'=1+1\""),
    ("+49", "\"'+49\""), ("-2", "\"'-2\""), ("@x", "\"'@x\""), ("\t=1", "\"' =1\""), ("a\nb", "\"a b\""),
    ("\u{FF1D}1", "\"'\u{FF1D}1\""), ("|calc", "\"'|calc\""), ("", ""), ("a;b", "\"a;b\""), ("a\u{1B}[31m", "\"a [31m\""),
  ])
  func cells(_ text: String, _ expected: String) {
    var buffer = ByteBuffer()
    text.withByteView { CSVCell.append($0, to: &buffer) }
    #expect(String(buffer.view) == expected)
  }
}

@Suite struct JournalPruneTests {
  @Test func nothingGoesWithoutDelete() throws {
    let fixture = try JournalFixture()
    #expect(fixture.run("prune", "--keep-for", "36h").status == 1)
    fixture.age()
    let before = fixture.segments
    let outcome = fixture.run("prune", "--keep-for", "36h", "--utc")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("\(before[0])  2026-11-23 07:46 to 2026-11-23 07:46  11 events  "))
    #expect(outcome.output.hasSuffix(". --delete drops them.\n"))
    #expect(fixture.segments == before)
    let deleted = fixture.run("prune", "--keep-for", "36h", "--delete", "--format", "json")
    #expect(deleted.status == 0)
    #expect(deleted.output.contains("\"deleted\": true"))
    #expect(fixture.segments == before.suffix(1))
    #expect(fixture.run("prune", "--keep-for", "36h", "--delete").status == 1)
  }

  @Test func theConfigurationHoldsWithoutOptions() throws {
    let fixture = try JournalFixture()
    #expect(fixture.run("prune").output == "Nothing is old or large enough to be dropped.\n")
    fixture.age()
    fixture.scratch.file("softbounce.yaml", "journal: {directory: \(fixture.directory), keep_for: 2d}\n")
    let outcome = fixture.run("prune")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("Would drop 5 segments with 51 events"))
  }

  /// A bare number would be seconds or bytes, and the journal would be gone.
  @Test(
    arguments: [
      ["--keep-for", "long"], ["--maximum-size", "much"], ["--keep-for", "0d"], ["--keep-for", "90"],
      ["--keep-for", "90s"], ["--keep-for", "23h"], ["--keep-for", "400000"], ["--maximum-size", "10"],
      ["--maximum-size", "10B"], ["--maximum-size", "5368709120"], ["--maximum-size", "15MiB"], ["--keep-for", "1"],
      ["--keep-for", "99999999999999w"], ["--keep-for", ""], ["--maximum-size", ""],
    ])
  func wrongUsage(arguments: [String]) throws {
    let fixture = try JournalFixture()
    fixture.age()
    let before = fixture.segments
    let outcome = fixture.scratch.run(
      ["journal", "prune", "--delete"] + arguments, paths: fixture.scratch.paths(journal: fixture.directory))
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("write a ") && outcome.errors.contains("with its unit, such as "))
    #expect(fixture.segments == before)
  }

  /// It may say that everything is to be kept.
  @Test func anUnreadConfigurationDropsNothing() throws {
    let fixture = try JournalFixture()
    fixture.age()
    let before = fixture.segments
    fixture.scratch.file("softbounce.yaml", "journal: {directory: [\n")
    let outcome = fixture.run("prune", "--delete")
    #expect(outcome.status == 3 && outcome.output == "")
    #expect(outcome.errors.contains("not YAML") && outcome.errors.contains("say it with --keep-for"))
    #expect(fixture.segments == before)
    #expect(fixture.run("prune", "--keep-for", "2d").status == 0)
  }

  /// What softbounced refuses drops nothing here either.
  @Test(arguments: ["keep_for: 90", "keep_for: 90s", "maximum_size: 10", "maximum_size: 1kB", "keep_for: soon"])
  func aWrongConfigurationDropsNothing(line: String) throws {
    let fixture = try JournalFixture()
    fixture.age()
    let before = fixture.segments
    fixture.scratch.file("softbounce.yaml", "journal: {directory: \(fixture.directory), \(line)}\n")
    let outcome = fixture.run("prune", "--delete")
    #expect(outcome.status == 3)
    #expect(outcome.output == "" && outcome.errors.contains("DIR/softbounce.yaml: journal.\(line.prefix { $0 != ":" }): "))
    #expect(outcome.errors.contains("with its unit"))
    #expect(fixture.segments == before)
  }
}
