import Foundation
import Testing

extension IntegrationTests {
  /// What is not heard is said.
  @Suite struct Silence {
    /// Messages of another machine, in one session.
    func receive(_ count: Int) throws {
      let message = ["MAIL FROM:<guest@guests.example>", "RCPT TO:<ann@shop.example>", "DATA", "Subject: x\\n\\nx\\n."]
      let session = ["EHLO mx.guests.example"] + Array(repeating: message, count: count).flatMap { $0 } + ["QUIT"]
      _ = try Command.run(
        World.root + "/deploy/lib/smtp-say", [World.address, "25", "192.0.2.10"] + session
      ).checked()
    }

    func gaps(_ site: Site, _ text: String, within seconds: Double = 40) throws -> [JournalEntry] {
      var found: [JournalEntry] = []
      _ = try eventually(within: seconds) {
        found = try site.sidecar.journal.entries("gap").filter { $0.note?.contains(text) == true }
        return !found.isEmpty
      }
      return found
    }

    static let settings = ["relay_domains=shop.example", "relay_transport=discard"]

    @Test("a milter that Postfix never calls, and its first call")
    func uncalled() throws {
      try Site(settings: Silence.settings, isAttached: false).run { site in
        try receive(25)
        #expect(try gaps(site, "told the milter").count == 1)
        try site.postfix.set(["smtpd_milters=\(PrivatePostfix.milterEntry(site.sidecar.socket))"])
        try site.postfix.command("reload")
        #expect(
          try eventually(within: 40) {
            try receive(1)
            return try !gaps(site, "calls the milter", within: 2).isEmpty
          })
        site.sidecar.end()
        let report = try site.sidecar.report()
        #expect(report.gap_count == 2)
        #expect(report.gaps.contains { $0.source == "milter" && $0.text.contains("smtpd_milters") })
      }
    }

    @Test("a log that falls silent and speaks again, and lines that a rate limit dropped")
    func silent() throws {
      try Site(settings: Silence.settings, more: "silence: {after: 3s, minimum: 1}\n").run { site in
        let end = Date().addingTimeInterval(15)
        while Date() < end {
          try receive(1)
          usleep(500_000)
        }
        let dropped = "Nov 23 17:59:48 mail rsyslogd: imuxsock[pid 61]: lost 112 messages from pid 998 due to rate-limiting\n"
        let log = try FileHandle(forWritingTo: URL(fileURLWithPath: site.postfix.log))
        try log.seekToEnd()
        try log.write(contentsOf: Data(dropped.utf8))
        try log.close()
        #expect(try gaps(site, "has been silent").count == 1)
        try receive(1)
        #expect(try gaps(site, "speaks again").count == 1)
        #expect(try gaps(site, "lost 112 messages").map(\.count) == [112])
        site.sidecar.end()
        let report = try site.sidecar.report()
        #expect(report.gap_count == 3)
        #expect(report.gaps.contains { $0.count == 112 })
      }
    }
  }
}
