import Bytes
import Glibc
import Journal
import LogFiles
import SMTPTypes
import Testing

@testable import SoftbounceCommands

@Suite struct ImportTests {
  private func importing(_ scratch: Scratch, _ files: String..., options: [String] = []) -> Scratch.Outcome {
    scratch.run(["import", "--journal", scratch.path + "/journal", "--host", "mx1"] + options + files)
  }

  private func content(_ scratch: Scratch) throws -> JournalContent {
    try JournalContent(scratch.path + "/journal")
  }

  @Test func anImportedLogGivesTheReportOfTheLog() throws {
    let scratch = Scratch()
    let log = scratch.file("mail.log", Logs.morning + Logs.later)
    let outcome = importing(scratch, log)
    #expect(outcome.errors == "")
    #expect(outcome.status == 0)
    #expect(
      outcome.output == """
        DIR/mail.log: 12 lines, 6 events
        Added 6 events of 2026-11-23 to 2026-11-23 from mx1 to DIR/journal: transient-failure 3, delivery 1, rejection 1, message 1.

        """)
    let direct = scratch.run(["report", "--utc", log])
    let imported = scratch.run(["report", "--utc", scratch.path + "/journal"])
    #expect(imported.errors == "")
    #expect(imported.output == direct.output.replacingFirst("DIR/mail.log", "DIR/journal"))
    // A period of old times, although all of it was written just now.
    let period = ["--utc", "--since", "2026-11-23 09:10", "--until", "2026-11-23 10:00"]
    let part = scratch.run(["report", scratch.path + "/journal"] + period)
    #expect(part.output.contains("deferred            1  50.0% of attempts"))
  }

  @Test func whatWasImportedIsPassedOverInEveryForm() throws {
    let scratch = Scratch()
    let log = scratch.file("mail.log", Logs.morning)
    #expect(importing(scratch, log).status == 0)
    let once = try content(scratch)
    let packedCopy = scratch.file("mail.log.2.gz", packed(["gzip", "-c"], Array(Logs.morning.utf8)))
    rename(log, scratch.path + "/mail.log.1")
    for file in [scratch.path + "/mail.log.1", packedCopy] {
      let again = importing(scratch, file)
      #expect(again.status == 0)
      #expect(again.output.contains(": 9 lines, all in the journal already\nNothing new for DIR/journal.\n"))
    }
    #expect(try content(scratch) == once)
  }

  /// Its lines would count twice, in a journal from which nothing can be taken out.
  @Test func theSameLogUnderAnotherHostIsRefused() throws {
    let scratch = Scratch()
    let log = scratch.file("mail.log", Logs.morning)
    #expect(importing(scratch, log).errors == "")
    let once = try content(scratch)
    let other = scratch.file("other.log", Logs.morning.replacing("mx1", with: "mx3"))
    for arguments in [["--host", "mx2", log], ["--host", "mx2", other, log], ["--host", "mx2", "--dry-run", log]] {
      let again = scratch.run(["import", "--journal", scratch.path + "/journal"] + arguments)
      #expect(again.status == 2)
      #expect(again.output == "")
      #expect(
        again.errors == "softbounce: DIR/mail.log: the journal has lines of it as those of mx1, and as those of mx2 they "
          + "would count twice: nothing was imported. --host mx1 goes on behind them; a journal of its own (--journal "
          + "NEW) takes them under another name\n")
    }
    #expect(try content(scratch) == once)
    let own = scratch.run(["import", "--journal", scratch.path + "/new", "--host", "mx2", log])
    #expect(own.status == 0)
    #expect(own.errors == "")
  }

  /// However often a growing log is imported, its lives and attempts go on as if it had been read at once.
  @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64]) func aGrowingLogGivesTheRest(seed: UInt64) throws {
    let whole = Scratch()
    let lines = MadeLog.lines(messages: 60, seed: seed)
    #expect(importing(whole, whole.file("mail.log", lines.joined())).status == 0)
    let expected = try content(whole)
    #expect(expected.lines == lines.count)

    let scratch = Scratch()
    var dice = Dice(seed)
    var written = 0
    while written < lines.count {
      written = min(written + 1 + dice.roll(60), lines.count)
      // Sometimes in the middle of a line, which waits for its end; sometimes compressed.
      let rest = dice.roll(2) == 0 && written < lines.count ? String(lines[written].prefix(30)) : ""
      let text = Array((lines[..<written].joined() + rest).utf8)
      let file =
        rest.isEmpty && dice.roll(3) == 0
        ? scratch.file("mail.log.1.xz", packed(["xz", "-c"], text)) : scratch.file("mail.log", text)
      let outcome = importing(scratch, file)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    let found = try content(scratch)
    #expect(found.events.count == expected.events.count)
    #expect(Set(found.events).symmetricDifference(expected.events).sorted().prefix(4) == [])
    let isSame = found == expected
    #expect(isSame)
  }

  @Test func rotatedFilesInAnyOrderAreOneStory() throws {
    let whole = Scratch()
    let lines = MadeLog.lines(messages: 60)
    #expect(importing(whole, whole.file("mail.log", lines.joined())).status == 0)
    let scratch = Scratch()
    let parts = (0..<3).map { lines[(lines.count * $0 / 3)..<(lines.count * ($0 + 1) / 3)].joined() }
    let paths = [
      scratch.file("mail.log", parts[2]), scratch.file("mail.log.1", parts[1]),
      scratch.file("mail.log.2.gz", packed(["gzip", "-c"], Array(parts[0].utf8))),
    ]
    #expect(importing(scratch, paths[0], paths[1], paths[2]).status == 0)
    #expect(try content(scratch) == content(whole))
  }

  @Test func aDryRunSaysWhatAndAddsNothing() throws {
    let scratch = Scratch()
    let log = scratch.file("mail.log", Logs.morning)
    let dry = importing(scratch, log, options: ["--dry-run"])
    #expect(dry.status == 0)
    #expect(dry.output.contains("Would add 4 events"))
    #expect(access(scratch.path + "/journal", F_OK) != 0)
    let json = importing(scratch, log, options: ["--format", "json"])
    #expect(
      json.output
        == "{\"journal\":\"DIR/journal\",\"dry_run\":false,\"first\":\"2026-11-23T09:00:00Z\",\"last\":\"2026-11-23T09:00:02.000000Z\","
        + "\"hosts\":[\"mx1\"],\"events\":{\"transient-failure\":2,\"rejection\":1,\"message\":1},\"files\":[{\"file\":"
        + "\"DIR/mail.log\",\"lines\":9,\"known_lines\":0,\"left_lines\":0,\"events\":4}]}\n")
    // Beside a writer, too.
    let writer = try JournalWriter(directory: scratch.path + "/journal")
    #expect(importing(scratch, log, options: ["--dry-run"]).output.contains("Nothing new"))
    writer.close()
  }

  @Test func aJournalThatHasAWriterIsRefused() throws {
    let scratch = Scratch()
    let writer = try JournalWriter(directory: scratch.directory("journal"))
    defer { writer.close() }
    let outcome = importing(scratch, scratch.file("mail.log", Logs.morning))
    #expect(outcome.status == 3)
    #expect(
      outcome.errors.hasPrefix(
        "softbounce: DIR/journal: softbounced, or another import, writes to this journal. Stop it for the import "
          + "(systemctl stop softbounced)"))
  }

  /// Nothing of a damaged member gets into the journal; what is cut short, up to the cut; then an intact copy the rest.
  @Test(arguments: [true, false]) func anIntactCopyGoesOnBehindDamage(isCut: Bool) throws {
    let whole = Scratch()
    let lines = MadeLog.lines(messages: 200)
    let parts = [lines[..<600].joined(), lines[600...].joined()]
    #expect(importing(whole, whole.file("mail.log", lines.joined())).status == 0)
    let scratch = Scratch()
    let first = packed(["gzip", "-c"], Array(parts[0].utf8))
    var second = packed(["gzip", "-c"], Array(parts[1].utf8))
    if isCut {
      second.removeLast(second.count / 2)
    } else {
      for index in (second.count / 2)..<(second.count / 2 + 8) { second[index] = 0xFF }
    }
    let broken = importing(scratch, scratch.file("mail.log.1.gz", first + second))
    #expect(broken.status == 3)
    #expect(broken.errors.contains("DIR/mail.log.1.gz: damaged at byte "))
    let imported = try content(scratch).lines
    if isCut { #expect((601..<lines.count).contains(imported)) } else { #expect(imported == 600) }
    #expect(importing(scratch, scratch.file("mail.log.1", lines.joined())).status == 0)
    let isSame = try content(scratch) == content(whole)
    #expect(isSame)
  }

  @Test func aHostHasManyNamesAndAFileManyHosts() throws {
    let scratch = Scratch()
    let other = Logs.morning.split(separator: " mx1 ", omittingEmptySubsequences: false)
    let text = other.joined(separator: " mx1.example.org ") + other.joined(separator: " MX2 ")
    let log = scratch.file("central.log", text + other.joined(separator: " localhost "))
    scratch.file("softbounce.yaml", "host: mx1.example.com\n")
    #expect(scratch.run(["import", "--journal", scratch.path + "/journal", log]).status == 0)
    #expect(try content(scratch).hosts == ["mx1.example.com", "MX2"])
    let one = Scratch()
    #expect(importing(one, one.file("central.log", text)).status == 0)
    #expect(try content(one).hosts == ["mx1"])
  }

  /// What the sidecar followed is its, as its checkpoints say; in the file in which it stands, all of it.
  @Test func whatWasFollowedIsPassedOver() throws {
    let scratch = Scratch()
    let lines = MadeLog.lines(messages: 60)
    let parts = (0..<3).map { lines[(lines.count * $0 / 3)..<(lines.count * ($0 + 1) / 3)].joined() }
    let writer = try JournalWriter(directory: scratch.directory("journal"))
    for (second, (part, share)) in [(parts[1], 1), (parts[2], 2)].enumerated() {
      let head = part.withByteView { FileHead($0) }
      let checkpoint = Checkpoint(
        time: Timestamp(seconds: 1_795_300_000 + Int64(second)), source: .log, host: "mx1", path: "/var/log/mail.log",
        file: head.description, inode: 1, device: 1, offset: part.utf8.count / share)
      writer.append { $0.add(checkpoint) }
    }
    writer.close()
    let outcome = importing(
      scratch, scratch.file("mail.log.2", parts[0]), scratch.file("mail.log.1", parts[1]), scratch.file("mail.log", parts[2]))
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("DIR/mail.log.1: \(lines.count / 3) lines, all in the journal already\n"))
    #expect(outcome.output.contains(" left to softbounced, which stands in this file\n"))
    let alone = Scratch()
    #expect(importing(alone, alone.file("mail.log.2", parts[0])).status == 0)
    #expect(try content(scratch) == content(alone))
  }

  /// How messages of an older log ended was in one that is in the journal already: whoever imports them in that order
  /// is told once. In one command, in order, again, or of another host there is nothing to tell.
  @Test func olderThanWhatTheJournalHas() {
    func scratch() -> (Scratch, old: String, new: String) {
      let scratch = Scratch()
      return (scratch, scratch.file("mail.log.1", Logs.morning), scratch.file("mail.log", Logs.later))
    }
    let (late, old, new) = scratch()
    #expect(importing(late, new).errors == "")
    for options in [["--dry-run"], []] {
      let outcome = importing(late, old, options: options)
      #expect(outcome.status == 0)
      #expect(outcome.errors.hasPrefix("softbounce: these lines are older than what DIR/journal has of mx1 already (up to 2026-11-23T09:20"))
      #expect(outcome.errors.split(separator: "\n").count == 1)
      #expect(outcome.errors.contains("import all logs in one command"))
    }
    #expect(importing(late, old, new).errors == "")

    let (together, first, second) = scratch()
    #expect(importing(together, second, first).errors == "")
    let (ordered, one, two) = scratch()
    #expect(importing(ordered, one).errors == "" && importing(ordered, two).errors == "")
    let (other, here, there) = scratch()
    #expect(other.run(["import", "--journal", other.path + "/journal", "--host", "mx2", there]).errors == "")
    #expect(importing(other, here).errors == "")
  }

  static let refusals: [([String], Int32, String)] = [
    (["import"], 2, "Missing expected argument '<file> ...'"),
    (["import", "-"], 2, "a pipe can't be imported"), (["import", "--host", "a b", "x"], 2, "--host: give a host's name"),
    (["import", "DIR/missing"], 3, "DIR/missing: No such file or directory; correct the path"),
    (["import", "DIR/mail.log", "DIR/dir"], 3, "DIR/dir: a directory, not a log; the journal is named with --journal DIR/dir"),
    (["import", "DIR/events.jsonl"], 3, "DIR/events.jsonl: events, not a mail log"),
    (["import", "--journal", "DIR/none/below", "DIR/mail.log"], 3, "create the directory or correct the path"),
    (["import", "--journal", "DIR/journal", "DIR/text"], 3, "DIR/text: none of its 2 lines begins like a mail log's"),
  ]

  @Test(arguments: refusals.indices) func refusal(_ index: Int) {
    let (arguments, status, message) = ImportTests.refusals[index]
    let scratch = Scratch()
    _ = scratch.directory("dir")
    scratch.file("text", "hello\nworld\n")
    scratch.file("mail.log", Logs.morning)
    scratch.file("events.jsonl", "{\"time\":\"2026-11-22T09:00:00Z\",\"type\":\"gap\"}\n")
    let outcome = scratch.run(arguments.map { $0.hasPrefix("DIR") ? scratch.path + $0.dropFirst(3) : $0 })
    #expect(outcome.status == status)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test func manyUnreadableFilesAreCounted() {
    let scratch = Scratch()
    let files = (0..<50).map { scratch.path + "/missing.\($0)" }
    let outcome = scratch.run(["import", "--dry-run"] + files)
    #expect(outcome.status == 3)
    #expect(outcome.errors.split(separator: "\n").count == 11)
    #expect(outcome.errors.hasSuffix("softbounce: 40 further problems not shown\n"))
  }
}
