import Bytes
import Glibc
import Journal
import SMTPTypes
import Testing

@testable import SoftbounceCommands

/// Rotated, compressed and damaged logs on the command line.
@Suite struct OldLogTests {
  static let programs = [["gzip", "-c"], ["zstd", "-qc"], ["xz", "-c"], ["bzip2", "-c"]]

  /// What a JSON report says but for the names of what it read.
  private func figures(_ output: String) -> String {
    let lines = output.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.filter { !$0.contains("DIR/") && !$0.hasSuffix("\"-\"") }.joined(separator: "\n")
  }

  /// `tail -f mail.log | softbounce events -` answers each line, not when the pipe ends.
  @Test func aPipeIsAnsweredAsItComes() {
    var (input, output): ([Int32], [Int32]) = ([0, 0], [0, 0])
    #expect(pipe(&input) == 0 && pipe(&output) == 0)
    let thread = FollowingThread(["events", "-"], input: input[0], output: output[1])
    thread.start()
    var lines = Logs.morning.split(separator: "\n").map { $0 + "\n" }.filter { $0.contains("status=deferred") }[...]
    var seen = ""
    var bytes = [UInt8](repeating: 0, count: 65_536)
    for number in 1...lines.count {
      let line = Array((lines.popFirst() ?? "").utf8)
      #expect(write(input[1], line, line.count) == line.count)
      // Waits for ever if the answer comes with the next line.
      while seen.split(separator: "\n").count < number {
        let count = read(output[0], &bytes, bytes.count)
        guard count > 0 else { break }
        seen += String(decoding: bytes[..<count], as: UTF8.self)
      }
      #expect(seen.split(separator: "\n").count == number)
    }
    close(input[1])
    #expect(thread.join() == 0)
    for end in [input[0], output[0]] { close(end) }
  }

  @Test(arguments: programs.indices) func aCompressedLogIsAnyLog(program: Int) {
    let scratch = Scratch()
    let plain = scratch.run(["report", "--format", "json", scratch.file("mail.log", Logs.morning + Logs.later)])
    let file = packed(OldLogTests.programs[program], Array((Logs.morning + Logs.later).utf8))
    let outcome = scratch.run(["report", "--format", "json", scratch.file("mail.log.1.any", file)])
    #expect(outcome.errors == "")
    #expect(outcome.status == 0)
    #expect(figures(outcome.output) == figures(plain.output))
    let input = scratch.run(["report", "--format", "json", "-"], input: file)
    #expect(input.errors == "")
    #expect(figures(input.output) == figures(plain.output))
  }

  @Test func rotationIsReadInItsOrder() {
    let scratch = Scratch()
    let lines = (Logs.morning + Logs.later).split(separator: "\n").map { $0 + "\n" }
    let plain = scratch.run(["report", "--format", "json", scratch.file("all.log", lines.joined())])
    // Each file ends in the middle of a story, and two of the members are in one file.
    let parts = (0..<5).map { part in Array(lines[(lines.count * part / 5)..<(lines.count * (part + 1) / 5)].joined().utf8) }
    let paths = [
      scratch.file("mail.log", parts[4]), scratch.file("mail.log.1", parts[3]),
      scratch.file("mail.log.10.gz", packed(["gzip", "-c"], parts[0]) + packed(["gzip", "-c"], parts[1])),
      scratch.file("mail.log.2.xz", packed(["xz", "-c"], parts[2])),
    ]
    let outcome = scratch.run(["report", "--format", "json"] + paths)
    #expect(outcome.errors == "")
    #expect(figures(outcome.output) == figures(plain.output))
  }

  /// A message of one recipient, put off and delivered, in stamps without a year.
  private func story(_ day: String, _ id: String) -> String {
    """
    \(day) 10:00:00 mx1 postfix/smtp[103]: \(id): to=<bob@example.net>, relay=mx.example.net[192.0.2.1]:25, delay=1, delays=0.1/0/0.4/0.5, dsn=4.2.2, status=deferred (host mx.example.net[192.0.2.1] said: 452 4.2.2 over quota (in reply to RCPT TO command))

    """
  }

  @Test(arguments: [
    // By the files' own times; by the rotation where a copy lost them; by gzip's own.
    ([1_764_000_000, 1_779_000_000, 1_795_429_800], false), ([1_795_429_800, 1_795_429_800, 1_795_429_800], false),
    ([1_795_429_800, 1_795_429_800, 1_795_429_800], true),
  ] as [([Int], Bool)])
  func yearsThatStampsLack(times: [Int], keepsTime: Bool) {
    let scratch = Scratch()
    // Written on 2025-11-20, 2026-05-10 and 2026-11-23.
    let stories = [story("Nov 20", "4abc001"), story("May 10", "4abc002"), story("Nov 23", "4abc003")]
    var oldest = packed(["gzip", "-c"], Array(stories[0].utf8))
    if keepsTime {
      let time = UInt32(1_763_640_000)
      for index in 0..<4 { oldest[4 + index] = UInt8(truncatingIfNeeded: time >> UInt32(index * 8)) }
    }
    let names = keepsTime ? ["c.log.gz", "b.log.1", "a.log"] : ["mail.log.2.gz", "mail.log.1", "mail.log"]
    let paths = [
      scratch.file(names[0], oldest, modified: times[0]), scratch.file(names[1], stories[1], modified: times[1]),
      scratch.file(names[2], stories[2], modified: times[2]),
    ]
    let outcome = scratch.run(["events"] + paths.reversed())
    #expect(outcome.errors == "")
    let shown = outcome.output.split(separator: "\n").map { String($0.prefix(19).suffix(10)) }
    #expect(shown.filter { $0.hasPrefix("2025") }.count == 1)
    #expect(shown == shown.sorted())
  }

  /// One file of more than a year, and one of a leap day, written in November 2026.
  @Test(arguments: [
    (
      ["Nov 28", "Mar  1", "Nov  1", "Feb  1", "Nov 20"],
      ["2024-11-28", "2025-03-01", "2025-11-01", "2026-02-01", "2026-11-20"]
    ),
    (["Feb 28", "Feb 29", "Mar  1"], ["2024-02-28", "2024-02-29", "2024-03-01"]),
  ])
  func aFileOfMoreThanAYear(days: [String], expected: [String]) {
    let scratch = Scratch()
    let text = days.enumerated().map { story($0.element, "4abc00\($0.offset)") }.joined()
    let file = scratch.file("mail.log", text, modified: 1_795_687_200)
    let outcome = scratch.run(["events", "--format", "json", file])
    #expect(days.count < 5 ? outcome.errors == "" : outcome.errors.contains("the first is of 2024"))
    #expect(dates(outcome.output) == expected)
    // Large enough that not every line is looked at.
    let large = days.enumerated().map { index, day in
      String(repeating: "\(day) 09:00:00 mx1 postfix/anvil[103]: statistics: max cache size 1\n", count: 30_000)
        + story(day, "4abc00\(index)")
    }
    let again = scratch.run(["events", "--format", "json", scratch.file("large.log", large.joined(), modified: 1_795_687_200)])
    #expect(dates(again.output) == expected)
    let imported = scratch.run(["import", "--journal", scratch.path + "/journal", "--host", "mx1", file])
    #expect(imported.errors == outcome.errors)
    #expect(dates(scratch.run(["events", "--format", "json", scratch.path + "/journal"]).output) == expected)
    // What is read once can't be told so, and says that.
    let packedFile = scratch.file("mail.log.gz", packed(["gzip", "-nc"], Array(text.utf8)), modified: 1_795_687_200)
    let once = scratch.run(["events", packedFile])
    #expect(once.errors.contains("name the plain file") == (days.count == 5))
  }

  private func dates(_ output: String) -> [String] {
    output.split(separator: "\n").filter { $0.contains("transient-failure") }.compactMap { line in
      line.firstRange(of: "\"time\":\"").map { String(line[$0.upperBound...].prefix(10)) }
    }
  }

  /// A writer that does not append leaves zeros where copytruncate cut the file under it.
  @Test(arguments: [3, 5_000, 400_000])
  func zerosBeforeALineAreNoneOfIt(count: Int) {
    let scratch = Scratch()
    let plain = scratch.run(["report", "--format", "json", scratch.file("mail.log", Logs.morning + Logs.later)])
    let zeros = String(repeating: "\0", count: count)
    let file = scratch.file("zeros.log", zeros + Logs.morning + zeros + Logs.later)
    let outcome = scratch.run(["report", "--format", "json", file])
    #expect(outcome.errors == "")
    #expect(figures(outcome.output) == figures(plain.output))
    let journal = scratch.path + "/journal"
    for lines in ["12 lines, 6 events", "12 lines, all in the journal already"] {
      let imported = scratch.run(["import", "--journal", journal, "--host", "mx1", file])
      #expect(imported.errors == "")
      #expect(imported.output.contains(lines), "\(imported.output)")
    }
  }

  @Test func damageIsToldAndTheRestCounts() {
    let scratch = Scratch()
    let file = packed(["gzip", "-c"], Array(Logs.morning.utf8))
    let cut = scratch.file("mail.log.1.gz", Array(file[..<(file.count - 8)]))
    let outcome = scratch.run(["report", cut, scratch.file("mail.log", Logs.later)])
    #expect(outcome.status == 3)
    #expect(
      outcome.errors
        == "softbounce: DIR/mail.log.1.gz: damaged at byte \(file.count - 8) of the file (the file ends in the middle); "
        + "what can be unpacked of it counts\n")
    #expect(outcome.output.contains("deferred                 3  60.0% of attempts"))
    // The checksum at the end is wrong: all lines are there.
    var flipped = file
    flipped[file.count - 8] ^= 1
    let wrong = scratch.run(["report", scratch.file("mail.log.2.gz", flipped)])
    #expect(wrong.status == 3)
    #expect(wrong.errors.contains("damaged at byte \(file.count - 4) of the file (incorrect data check)"))
    #expect(wrong.output.contains("66.7% of attempts were put off (2 of 3)"))
  }

  @Test func aLogAndItsCompressedCopyAreReadOnce() {
    let scratch = Scratch()
    let plain = scratch.file("mail.log.1", Logs.morning)
    let copy = scratch.file("mail.log.1.gz", packed(["gzip", "-c"], Array(Logs.morning.utf8)))
    for arguments in [[plain, copy], [copy, plain], [plain, plain]] {
      let outcome = scratch.run(["report"] + arguments)
      #expect(outcome.status == 0)
      #expect(outcome.errors.contains(" does: one log, read once"))
      #expect(outcome.output.contains("66.7% of attempts were put off (2 of 3)"))
    }
  }

  @Test func aSealedSegmentIsAFileOfEvents() throws {
    let scratch = Scratch()
    let events = scratch.run(["events", scratch.file("mail.log", Logs.morning)]).output
    let lines = Array(events.utf8)
    let path = scratch.file("00000000000000000000-20261123T090000Z.jsonl.zst", packed(["zstd", "-qc"], lines))
    let outcome = scratch.run(["events", path])
    #expect(outcome.errors == "")
    #expect(outcome.output == events)
  }

  @Test(arguments: [
    ("mail.log.2.gz", 412_000_000, 1_200_000_000, 60, "mail.log.2.gz  34%, 412 MB of 1.2 GB"),
    ("mail.log", 2_000, 1_000, 60, "mail.log  100%, 1 kB of 1 kB"), ("-", 1234, 0, 60, "-  1 kB"),
    ("/var/log/archive/mail.log.2.gz", 1, 10, 31, "…ail.log.2.gz  10%, 1 B of 10 B"),
    ("mail.log", 1, 10, 10, "10%, 1 B o"), ("mail.log", 1, 10, -1, ""),
  ])
  func progress(file: String, done: Int, total: Int, columns: Int, expected: String) {
    #expect(ReadingProgress.line(file, done, total, columns: columns) == expected)
    #expect(expected.count <= max(columns, 0))
  }

  @Test func progressIsShownWhereSomebodyWatchesAndGoesAway() {
    for isWatched in [true, false] {
      let console = Console(isWatched: isWatched, now: Timestamp(seconds: 0))
      console.errorStream.show(progress: nil)
      console.errorStream.show(progress: "a  1%")
      console.diagnose("trouble")
      console.errorStream.show(progress: nil)
      let expected = "\r\u{1B}[Ka  1%\r\u{1B}[Ksoftbounce: trouble\n"
      #expect(console.errors == (isWatched ? expected : "softbounce: trouble\n"))
    }
  }
}

@Suite(.enabled(if: SystemJournalFile.tool != nil, "systemd-journal-remote is not installed"))
struct SystemJournalCommandTests {
  /// The morning's lines as entries.
  private func entries() -> [(Int, String, String)] {
    (Logs.morning + Logs.later).split(separator: "\n").map { line in
      let time = String(line.prefix(32)).withByteView { Timestamp(rfc3339: $0) }?.microseconds ?? 0
      let rest = line.dropFirst(37)
      let colon = rest.firstIndex(of: ":") ?? rest.endIndex
      let identifier = rest[..<colon].prefix { $0 != "[" }
      return (Int(time), String(identifier), String(rest[colon...].dropFirst(2)))
    }
  }

  @Test func theSystemdJournalIsALog() {
    let scratch = Scratch()
    let machine = scratch.directory("journal") + "/0123456789abcdef0123456789abcdef"
    mkdir(machine, 0o755)
    let all = entries()
    #expect(SystemJournalFile.write(Array(all[..<5]), to: machine + "/system@1.journal", in: scratch))
    #expect(SystemJournalFile.write(Array(all[5...]), to: machine + "/system.journal", in: scratch))
    let log = scratch.run(["events", scratch.file("mail.log", Logs.morning + Logs.later)])
    let inputs = [
      [scratch.path + "/journal"], [machine], [machine + "/system.journal", machine + "/system@1.journal"],
    ]
    for paths in inputs {
      let outcome = scratch.run(["events"] + paths)
      #expect(outcome.errors == "")
      #expect(outcome.status == 0)
      #expect(withoutOffsets(outcome.output) == withoutOffsets(log.output))
    }
    // Neither a journal of ours nor a log: what Debian 12 has.
    let defaults = scratch.paths(systemJournals: [scratch.path + "/none", scratch.path + "/journal"])
    let report = scratch.run(["report"], paths: defaults)
    #expect(report.status == 0)
    #expect(
      report.errors
        == "softbounce: no journal in DIR/no-journal, and no log in DIR/no-log; reading the systemd journal instead\n")
    #expect(report.output.contains("deferred                 3  60.0% of attempts"))
  }

  @Test func aFileThatIsNoneIsTold() {
    let scratch = Scratch()
    let broken = scratch.run(["report", scratch.file("x.journal", "LPKSHHRH and no more")])
    #expect(broken.status == 3)
    #expect(broken.errors.contains("DIR/x.journal"))
  }

  private func withoutOffsets(_ lines: String) -> [String] {
    lines.split(separator: "\n").map { line in
      guard let range = line.range(of: ",\"offset\":") else { return String(line) }
      return String(line[..<range.lowerBound] + line[range.upperBound...].drop { $0.isNumber })
    }
  }
}

extension Substring {
  fileprivate func range(of part: String) -> Range<Substring.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(part) { return start..<index(start, offsetBy: part.count) }
      start = index(after: start)
    }
    return nil
  }
}
