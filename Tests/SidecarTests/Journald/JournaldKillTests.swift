import Glibc
import Testing

@testable import Sidecar

/// The real program on a growing systemd journal, killed again and again.
@Suite(
  .enabled(
    if: JournalFiles.tool != nil && Program.path != nil,
    "systemd-journal-remote is not installed, or softbounced is not built beside the tests"))
struct JournaldKillTests {
  @Test func everyEntryCountsOnceThroughThirtyKills() throws {
    var random = SplitMix(state: 4711)
    let files = try JournalFiles()
    var site = Site(files.directory)
    site.source = "{source: journald, journald_directory: \(files.path)}"
    var number = 0
    var clock = 0
    var deferred: Set<String> = []
    var batch: [JournalFiles.Entry] = []
    func add(_ message: String, _ identifier: String) {
      // Some share a microsecond with the one before, as two processes may.
      clock += random.next() % 8 == 0 ? 0 : 1_000_000
      batch.append(.init(clock, message, identifier: identifier))
    }
    func write(_ count: Int) throws {
      for _ in 0..<count {
        number += 1
        let id = String(0x1000_0000 + number, radix: 16, uppercase: true)
        add("\(id): client=app.example.org[198.51.100.7]", "postfix/smtpd")
        add(
          "\(id): to=<r\(number)@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=1, delays=0/0/0.5/0.5,"
            + " dsn=4.2.2, status=deferred (host mx.example.net[192.0.2.5] said: 452 4.2.2 over quota (in reply to"
            + " RCPT TO command))", "postfix/smtp")
        deferred.insert("r\(number)@example.net 1")
      }
      // A new file each time, as journald rotates, or the one before goes on.
      try files.add(batch, to: "system@\(number / 150)")
      batch.removeAll()
    }
    // Within one minute of the log's: nothing but the place at which it began is committed when the first run dies.
    try write(20)
    for kill in 0..<30 {
      let program = try Program(configuration: try site.write(), directory: files.directory)
      if kill == 0 || random.next() % 5 != 0 { #expect(program.wait(for: "following ")) }
      if kill == 0 {
        #expect(try site.wait { $0.deferred.count == 20 })
        program.kill()
        continue
      }
      for _ in 0..<(1 + Int(random.next() % 3)) {
        try write(Int(random.next() % 60))
        usleep(UInt32(random.next() % 25_000))
      }
      program.kill()
      if kill % 10 == 9 { try write(200) }
    }
    let last = try Program(configuration: try site.write(), directory: files.directory)
    _ = try site.waitForLines(2 * number)
    #expect(last.terminate() == 0)
    let after = try site.read()
    #expect(after.lines == 2 * number)
    #expect(after.attempts == number)
    #expect(after.deferred == deferred)
    #expect(after.twice.isEmpty)
    #expect(after.gaps.isEmpty, "\(after.gaps)")
    #expect(after.problems.isEmpty)
  }
}
