import Testing

@testable import SoftbounceCommands

/// What is named twice, or cut in two, counts once.
@Suite struct NamedTwiceTests {
  private static func attempt(_ type: String, _ second: Int, _ id: String, attempt: Int) -> String {
    "{\"time\":\"2026-11-01T10:0\(second / 60):0\(second % 60)Z\",\"type\":\"\(type)\",\"source\":\"log\",\"host\":\"mx\",\"direction\":\"outbound\",\"hop\":\"external\",\"cause\":\"mailbox-full\",\"scope\":\"recipient\",\"origin\":\"remote\",\"provider\":\"full.example\",\"attempt\":\(attempt),\"queue_id\":\"\(id)\",\"arrival\":\"2026-11-01T10:00:00Z\",\"recipient\":\"u@full.example\"}\n"
  }

  private static func tally(_ minute: Int, _ counts: String) -> String {
    "{\"time\":\"2026-11-01T10:0\(minute):00Z\",\"type\":\"tally\",\"host\":\"mx\",\"total\":{\(counts)},\"by\":{\"provider\":{\"full.example\":{\(counts)}}},\"lines\":6}\n"
  }

  private static let lines = [
    attempt("transient-failure", 1, "A1", attempt: 1), attempt("transient-failure", 2, "A2", attempt: 1),
    tally(0, "\"attempts\":3,\"deliveries\":1,\"first_attempts\":3,\"first_deferred\":2"),
    attempt("transient-failure", 61, "A1", attempt: 2), attempt("bounce", 62, "A2", attempt: 2),
    tally(1, "\"attempts\":2,\"bounces\":1"), attempt("transient-failure", 121, "A1", attempt: 3),
  ]

  /// The figures of a report, without the names of what was read.
  private func figures(_ scratch: Scratch, _ paths: [String]) -> (figures: String, errors: String) {
    let outcome = scratch.run(["report", "--format", "json"] + paths)
    let start = outcome.output.firstRange(of: "\"hosts\"")?.lowerBound ?? outcome.output.startIndex
    return (String(outcome.output[start...]), outcome.errors)
  }

  /// Wherever a file of events is cut, and in whatever order the parts are named.
  @Test func aCutFileIsOne() {
    let scratch = Scratch()
    let whole = figures(scratch, [scratch.file("whole.jsonl", NamedTwiceTests.lines.joined())]).figures
    #expect(whole.contains("\"attempts\": 6,") && whole.contains("\"deferrals\": 4,"))
    for cut in 1..<NamedTwiceTests.lines.count {
      let first = scratch.file("a\(cut).jsonl", NamedTwiceTests.lines[..<cut].joined())
      let second = scratch.file("b\(cut).jsonl", NamedTwiceTests.lines[cut...].joined())
      for paths in [[first, second], [second, first]] {
        let found = figures(scratch, paths)
        #expect(found.figures == whole && found.errors == "", "cut at \(cut)")
      }
    }
  }

  private func journal(_ scratch: Scratch, _ name: String, _ parts: [String]) -> String {
    let directory = scratch.directory(name)
    var line = 0
    for part in parts {
      let digits = String(line)
      let number = String(repeating: "0", count: 20 - digits.count) + digits
      scratch.file("\(name)/\(number)-20261101T10000\(line)Z.jsonl", part)
      line += part.split(separator: "\n").count
    }
    return directory
  }

  @Test func aJournalIsReadOnce() {
    let scratch = Scratch()
    let (one, two) = (NamedTwiceTests.lines[..<2].joined(), NamedTwiceTests.lines[2...].joined())
    let directory = journal(scratch, "journal", [one, two])
    let copy = journal(scratch, "copy", [one, two])
    let rest = scratch.directory("rest")
    scratch.file("rest/00000000000000000002-20261101T100002Z.jsonl", two)
    let expected = figures(scratch, [directory]).figures
    let segments = [
      directory + "/00000000000000000000-20261101T100000Z.jsonl",
      directory + "/00000000000000000002-20261101T100002Z.jsonl",
    ]
    let cases = [
      ([directory, directory], "softbounce: DIR/journal is DIR/journal: one journal, read once\n"),
      ([directory, directory + "/."], "softbounce: DIR/journal/. is DIR/journal: one journal, read once\n"),
      ([directory, copy], "softbounce: DIR/copy begins as DIR/journal does: one journal, read once\n"),
      // Its first segment was dropped.
      ([directory, rest], "softbounce: DIR/rest begins as DIR/journal does: one journal, read once\n"),
      (
        [directory, segments[1]],
        "softbounce: DIR/journal/00000000000000000002-20261101T100002Z.jsonl is a segment of DIR/journal: read once\n"
      ),
      (segments, ""), (segments.reversed(), ""),
      (
        [segments[0], segments[1], segments[1]],
        "softbounce: DIR/journal/00000000000000000002-20261101T100002Z.jsonl begins as "
          + "DIR/journal/00000000000000000002-20261101T100002Z.jsonl does: the same events, read once\n"
      ),
    ]
    for (paths, errors) in cases {
      let found = figures(scratch, paths)
      #expect(found.figures == expected && found.errors == errors, "\(paths)")
    }
  }
}
