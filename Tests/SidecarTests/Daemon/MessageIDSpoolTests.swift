import Bytes
import Glibc
import Logging
import SMTPTypes
import Testing

@testable import Sidecar

@Suite struct MessageIDSpoolTests {
  private func day(_ number: Int64) -> Timestamp { Timestamp(seconds: number * 86_400 + 3600) }

  /// Runs `body` with a fresh directory.
  private func withDirectory(_ body: (String) throws -> Void) rethrows {
    var template = Array("/tmp/softbounce-ids-XXXXXX".utf8CString)
    mkdtemp(&template)
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer {
      for number in 19_990...20_010 { unlink("\(path)/message-ids-\(number)") }
      rmdir(path)
    }
    try body(path)
  }

  @Test func aWeekIsRememberedOverARestart() throws {
    try withDirectory { path in
      let logger = Logger(label: "test")
      do {
        let spool = try MessageIDSpool(directory: path, now: day(20_000), logger: logger)
        spool.add("one@example.org", at: day(20_000))
        spool.add("two@example.org", at: day(20_001))
        #expect(spool.contains("one@example.org"))
        #expect(!spool.contains("three@example.org"))
      }
      let again = try MessageIDSpool(directory: path, now: day(20_002), logger: logger)
      #expect(again.contains("one@example.org"))
      #expect(again.contains("two@example.org"))
      again.add("three@example.org", at: day(20_008))
      #expect(!again.contains("one@example.org"))
      #expect(again.contains("two@example.org"))
      let later = try MessageIDSpool(directory: path, now: day(20_009), logger: logger)
      #expect(!later.contains("two@example.org"))
      #expect(later.contains("three@example.org"))
    }
  }

  @Test func halfAnEntryDoesNotShiftTheRest() throws {
    try withDirectory { path in
      let logger = Logger(label: "test")
      try MessageIDSpool(directory: path, now: day(20_000), logger: logger).add("one@example.org", at: day(20_000))
      let file = open("\(path)/message-ids-20000", O_WRONLY | O_APPEND)
      #expect(write(file, "abc", 3) == 3)
      close(file)
      try MessageIDSpool(directory: path, now: day(20_000), logger: logger).add("two@example.org", at: day(20_000))
      let again = try MessageIDSpool(directory: path, now: day(20_000), logger: logger)
      #expect(again.contains("one@example.org"))
      #expect(again.contains("two@example.org"))
    }
  }

  /// What sendmail(1) submits no milter for smtpd shows: the log does.
  @Test(arguments: [
    (20_000, true), (19_993, true), (19_992, false), (20_001, true), (20_002, false),
  ] as [(Int64, Bool)])
  func aLogsLinesCountIfTheyAreOfThisWeek(number: Int64, isRemembered: Bool) throws {
    try withDirectory { path in
      let spool = try MessageIDSpool(directory: path, now: day(20_000), logger: Logger(label: "test"))
      spool.add("one@example.org", at: day(20_000))
      "two@example.org".withByteView { spool.add($0, loggedAt: day(number), now: day(20_000)) }
      #expect(spool.contains("two@example.org") == isRemembered)
      #expect(spool.contains("one@example.org"))
    }
  }
}
