import Bytes
import Glibc
import MailLog
import SMTPTypes
import SystemJournal
import Testing

@testable import Sidecar

@Suite(.enabled(if: JournalFiles.tool != nil, "systemd-journal-remote is not installed"))
struct JournaldTests {
  private func follow(
    _ files: JournalFiles, _ start: JournaldFollower.Options.Start = .beginning, matches: [String] = []
  ) throws -> (JournaldFollower, JournaldRecorder) {
    let recorder = JournaldRecorder()
    let follower = try JournaldFollower(
      options: .init(directory: files.path, matches: matches, start: start), handler: recorder)
    try follower.start()
    return (follower, recorder)
  }

  /// What the mail server logged before it was stopped is read before the follower is.
  @Test func whatStandsInTheJournalIsReadBeforeItEnds() throws {
    let files = try JournalFiles()
    try files.add((1...3).map { .init($0 * 1_000_000, "warning: \($0)") })
    let (follower, recorder) = try follow(files)
    #expect(recorder.wait { $0.caughtUp > 0 })
    for round in 1...5 {
      try files.add((1...200).map { .init((round * 1000 + $0) * 1_000_000, "warning: \($0)") }, to: "system@\(round)")
    }
    follower.stop()
    #expect(recorder.now.lines.count == 1003)
  }

  @Test func entriesComeAsLogLines() throws {
    let files = try JournalFiles()
    let message =
      "4F6B21C0A2: to=<a@example.org>, relay=none, delay=30, delays=0.1/0/30/0, dsn=4.4.1, status=deferred (connect to mx.example.org[192.0.2.1]:25: Connection timed out)"
    try files.add([
      .init(1, "a kernel line", identifier: "kernel", fields: ["SYSLOG_FACILITY=0"]),
      .init(1_000_042, message),
      // The sender's clock goes before journald's.
      .init(
        3_000_000, "warning: x", identifier: "postfix/smtpd",
        fields: ["SYSLOG_FACILITY=2", "_PID=77", "_HOSTNAME=mx1", "_SOURCE_REALTIME_TIMESTAMP=\(JournalFiles.start + 2_999_500)"]),
      .init(4_000_000, "another facility", fields: ["SYSLOG_FACILITY=21", "_SYSTEMD_UNIT=postfix@-.service"]),
      .init(5_000_000, "a site's own", fields: ["SYSLOG_FACILITY=21", "_SYSTEMD_UNIT=mail-out.service"]),
      .init(
        6_000_000, "Suppressed 4711 messages from postfix@-.service", identifier: "systemd-journald",
        fields: ["SYSLOG_FACILITY=3", "_PID=9", "_HOSTNAME=mx1", "MESSAGE_ID=a596d6fe7bfa4994828e72309e95d61e"]),
    ])
    let (follower, recorder) = try follow(files, matches: ["_SYSTEMD_UNIT=mail-out.service"])
    defer { follower.stop() }
    #expect(recorder.wait { $0.caughtUp > 0 })
    let lines = recorder.now.lines
    #expect(
      lines == [
        "2026-11-01T00:00:01.000042Z mx1 postfix/smtp[4711]: \(message)",
        "2026-11-01T00:00:02.999500Z mx1 postfix/smtpd[77]: warning: x",
        "2026-11-01T00:00:04.000000Z localhost postfix/smtp: another facility",
        "2026-11-01T00:00:05.000000Z localhost postfix/smtp: a site's own",
        "2026-11-01T00:00:06.000000Z mx1 systemd-journald[9]: Suppressed 4711 messages from postfix@-.service",
      ])
    var parser = LogParser(stamps: StampResolver(reference: Timestamp(seconds: 1_794_000_000)))
    let kinds = lines.map { line in
      line.withByteView { line -> String in
        guard let (header, record) = parser.parse(line) else { return "none" }
        switch record {
        case .delivery(let record): return "\(String(record.recipient)) \(header.time.microseconds)"
        case .trouble(let record): return "trouble \(record.count ?? -1)"
        default: return "other"
        }
      }
    }
    #expect(kinds.first == "a@example.org \(JournalFiles.start + 1_000_042)")
    #expect(kinds.last == "trouble 4711")
  }

  @Test(arguments: [
    ("two\nlines", "two lines"), ("tab\there", "tab\there"), ("", nil), ("\u{1B}[31m", "\u{1B}[31m"),
  ] as [(String, String?)])
  func oneEntryIsOneLine(message: String, line: String?) throws {
    let files = try JournalFiles()
    try files.add([.init(1, message), .init(2, "last")])
    let (follower, recorder) = try follow(files)
    defer { follower.stop() }
    #expect(recorder.wait { $0.caughtUp > 0 })
    let texts = recorder.now.lines.map { String($0.split(separator: "]: ", maxSplits: 1)[1]) }
    #expect(texts == [line, "last"].compactMap { $0 })
  }

  @Test func aStrangeIdentifierStaysOneWord() throws {
    let files = try JournalFiles()
    try files.add([.init(1, "text", identifier: "post fix/smtp[1]: evil"), .init(2, "text", identifier: "")])
    let (follower, recorder) = try follow(files)
    defer { follower.stop() }
    #expect(recorder.wait { $0.caughtUp > 0 })
    #expect(
      recorder.now.lines == [
        "2026-11-01T00:00:00.000001Z mx1 post_fix/smtp_1___evil[4711]: text",
        "2026-11-01T00:00:00.000002Z mx1 unknown[4711]: text",
      ])
  }

  @Test func newEntriesComeByNotice() throws {
    let files = try JournalFiles()
    try files.add((0..<10).map { .init($0, "first \($0)") })
    let (follower, recorder) = try follow(files)
    defer { follower.stop() }
    #expect(recorder.wait { $0.lines.count == 10 && $0.caughtUp > 0 })
    try files.add((10..<15).map { .init($0, "then \($0)") })
    #expect(recorder.wait { $0.lines.count == 15 })
    // A file of its own, as after a rotation.
    try files.add((20..<25).map { .init($0, "later \($0)") }, to: "system@2")
    #expect(recorder.wait { $0.lines.count == 20 })
    #expect(Set(recorder.now.cursors.map(\.identity)).count == 20)
    #expect(recorder.now.opened == [.since(Timestamp(seconds: 0))])
    #expect(recorder.now.gaps.isEmpty)
    #expect(recorder.now.problems.isEmpty)
  }

  @Test(arguments: [0, 1, 7, 19])
  func aRunGoesOnBehindTheLast(stop: Int) throws {
    let files = try JournalFiles()
    try files.add((0..<20).map { .init($0 * 10, "entry \($0)") })
    let (first, before) = try follow(files)
    #expect(before.wait { $0.caughtUp > 0 })
    first.stop()
    let all = before.now
    try files.add([.init(500, "new")])
    let (second, after) = try follow(files, .at(.after(all.cursors[stop])))
    #expect(after.wait { $0.caughtUp > 0 })
    second.stop()
    #expect(after.now.lines.dropLast() == all.lines[(stop + 1)...])
    #expect(after.now.cursors.first?.identity != all.cursors[stop].identity)
    #expect(after.now.gaps.isEmpty)
  }

  @Test func aVacuumedPlaceIsAGap() throws {
    let old = try JournalFiles()
    try old.add((0..<5).map { .init($0, "old \($0)") })
    let (first, before) = try follow(old)
    #expect(before.wait { $0.caughtUp > 0 })
    first.stop()
    let files = try JournalFiles()
    try files.add((0..<5).map { .init(60_000_000 + $0, "kept \($0)") })
    let cursor = try #require(before.now.cursors.last)
    let (second, after) = try follow(files, .at(.after(cursor)))
    #expect(after.wait { $0.caughtUp > 0 })
    second.stop()
    #expect(after.now.lines.count == 5)
    #expect(after.now.gaps.count == 1)
    #expect(
      after.now.gaps.first?.hasPrefix(
        "the systemd journal no longer holds the entry at which the last run stopped; entries between 2026-11-01T00:00:00.000004Z and 2026-11-01T00:01:00"
      ) == true)
  }

  @Test func theEndIsWhatComes() throws {
    let files = try JournalFiles()
    try files.add((0..<5).map { .init($0, "old \($0)") })
    let (follower, recorder) = try follow(files, .end)
    defer { follower.stop() }
    #expect(recorder.wait { $0.caughtUp > 0 })
    #expect(recorder.now.lines.isEmpty)
    guard case .after(let last) = recorder.now.opened.first else {
      Issue.record("not behind an entry")
      return
    }
    #expect(last.realtime.microseconds == Int64(JournalFiles.start + 4))
    try files.add([.init(100, "new")])
    #expect(recorder.wait { $0.lines.count == 1 })
  }

  @Test func aMissingDirectoryIsToldOnceAndWaitedFor() throws {
    let recorder = JournaldRecorder()
    let follower = try JournaldFollower(options: .init(directory: "/nonexistent/journal"), handler: recorder)
    try follower.start()
    #expect(recorder.wait { !$0.problems.isEmpty })
    follower.stop()
    #expect(recorder.now.problems.count == 1)
    #expect(recorder.now.problems.first?.contains("No such file") == true)
  }
}

@Suite struct JournaldCursorTests {
  private let text = "s=e6d;i=3f;b=5d1f6c3c9c9d4b0b8a1c2d3e4f506172;m=f4a;t=65f3a8d7c1e40;x=8f"

  @Test func itTellsTimeAndIdentity() throws {
    let cursor = try #require(JournaldCursor(text))
    #expect(cursor.realtime.microseconds == 0x65f3a8d7c1e40)
    #expect((0..<(1 << 53)).contains(cursor.identity))
    // What journald copies from /run to /var is the same entry.
    let copy = try #require(JournaldCursor(text.replacing("s=e6d;i=3f", with: "s=aaaa;i=1")))
    #expect(copy.identity == cursor.identity)
    let next = try #require(JournaldCursor(text.replacing("m=f4a", with: "m=f4b")))
    #expect(next.identity != cursor.identity)
  }

  @Test(arguments: ["since=0", "since=1793491200000000"])
  func aPlaceBeforeTheFirstEntryReadsBack(text: String) throws {
    #expect(try #require(JournaldPlace(text)).text == text)
    let cursor = try #require(JournaldCursor(self.text))
    #expect(JournaldPlace(self.text) == .after(cursor))
    #expect(JournaldPlace("since=-1") == nil)
    #expect(JournaldPlace("since=x") == nil)
  }

  @Test(arguments: ["", "s=1", "s=1;i=2;b=3;m=4;t=xyz;x=1", "t=1;t=2;t=3", String(repeating: "s=1;", count: 1000), "nonsense"])
  func whatIsNoCursorIsRefused(text: String) {
    #expect(JournaldCursor(text) == nil)
  }
}
