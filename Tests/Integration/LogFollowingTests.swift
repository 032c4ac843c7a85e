import Foundation
import Testing

extension IntegrationTests {
  /// Each line of a live log counts once: through rotation, restarts and kills at any moment.
  @Suite struct LogFollowing {
    /// Mail that goes out at once, and mail that is put off.
    static let mails = [
      Mail(messages: 12, sessions: 3, to: "user@good.example", campaign: "spring"),
      Mail(messages: 6, sessions: 2, to: "user@full.example", campaign: "spring"),
    ]

    func withSinks(_ body: () throws -> Void) throws {
      let good = try Sink("good.example", host: "mx.good.example", address: "198.51.100.30")
      let full = try Sink(
        "full.example", host: "mx.full.example", address: "198.51.100.31",
        ["-r", "RCPT", "-b", "452 4.2.2 Mailbox full"])
      defer {
        good.stop()
        full.stop()
      }
      try body()
    }

    /// Lets the sidecar come to the end of the log that nobody writes any more, ends it, and holds the journal against
    /// the log's lines.
    func settle(_ site: Site, _ lines: [Substring], sourceLocation: SourceLocation = #_sourceLocation) throws {
      let log = LogCount(lines)
      _ = try eventually(within: 30) { try site.sidecar.journal.entries("transient-failure").count >= log.deferrals }
      #expect(site.sidecar.end() < 10, sourceLocation: sourceLocation)
      let failures = try site.sidecar.journal.entries("transient-failure").filter { $0.origin != "suspended" }
      #expect(failures.count == log.deferrals, sourceLocation: sourceLocation)
      #expect(try site.sidecar.journal.talliedLines() == log.lines, sourceLocation: sourceLocation)
      #expect(try site.sidecar.journal.talliedAttempts() == log.attempts, sourceLocation: sourceLocation)
      let report = try site.sidecar.report()
      #expect(report.outbound.attempts == log.attempts, sourceLocation: sourceLocation)
      #expect(report.outbound.deferrals == log.deferrals, sourceLocation: sourceLocation)
      #expect(report.outbound.deliveries == log.deliveries, sourceLocation: sourceLocation)
      #expect(report.log.lines == log.lines, sourceLocation: sourceLocation)
      #expect(report.gap_count == 0, sourceLocation: sourceLocation)
    }

    /// The lines of the log and of what it was rotated to, oldest first.
    func allLines(_ site: Site) throws -> [Substring] {
      let names = try FileManager.default.contentsOfDirectory(atPath: site.postfix.directory)
        .filter { $0.hasPrefix("mail.log.") }.sorted().map { site.postfix.directory + "/" + $0 }
      return try Command.run("zcat", ["-f"] + names + [site.postfix.log]).checked().split(separator: "\n")
    }

    @Test("rotation by rename under load, as `postfix logrotate` does it")
    func rename() throws {
      try withSinks {
        try Site().run { site in
          let traffic = Traffic(LogFollowing.mails)
          for _ in 0..<3 {
            usleep(700_000)
            try site.postfix.command("logrotate")
          }
          usleep(500_000)
          try traffic.stop()
          site.postfix.stop()
          try settle(site, try allLines(site))
        }
      }
    }

    @Test(
      "rotation while the sidecar is down: by rename, and by `postfix logrotate`, which compresses",
      arguments: [false, true])
    func rotationWhileDown(compressing: Bool) throws {
      try withSinks {
        try Site().run { site in
          for mail in LogFollowing.mails { try mail.send() }
          site.sidecar.end()
          for mail in LogFollowing.mails { try mail.send() }
          if compressing {
            try site.postfix.command("logrotate")
            let directory = site.postfix.directory
            #expect(
              try eventually {
                try FileManager.default.contentsOfDirectory(atPath: directory).contains { $0.hasSuffix(".gz") }
              })
          } else {
            try FileManager.default.moveItem(atPath: site.postfix.log, toPath: site.postfix.log + ".1")
            try site.postfix.command("reload")
          }
          for mail in LogFollowing.mails { try mail.send() }
          try site.sidecar.start()
          for mail in LogFollowing.mails { try mail.send() }
          site.postfix.stop()
          try settle(site, try allLines(site))
        }
      }
    }

    @Test("rotation by copytruncate, of a log that is read to its end")
    func copyTruncate() throws {
      try withSinks {
        try Site().run { site in
          for turn in 1...3 {
            for mail in LogFollowing.mails { try mail.send() }
            site.postfix.stop()
            let deferrals = LogCount(try allLines(site)).deferrals
            #expect(try site.events("transient-failure", deferrals).count == deferrals)
            // The position is committed at least each second.
            let end = try FileManager.default.attributesOfItem(atPath: site.postfix.log)[.size] as? Int
            #expect(try eventually(within: 30) { try site.sidecar.journal.entries("checkpoint").last?.offset == end })
            try FileManager.default.copyItem(atPath: site.postfix.log, toPath: site.postfix.log + ".\(turn)")
            #expect(truncate(site.postfix.log, 0) == 0)
            try site.postfix.start()
          }
          for mail in LogFollowing.mails { try mail.send() }
          site.postfix.stop()
          try settle(site, try allLines(site))
        }
      }
    }

    @Test("stops and starts: it goes on where it stopped")
    func restarts() throws {
      try withSinks {
        try Site().run { site in
          let traffic = Traffic(LogFollowing.mails)
          for _ in 0..<4 {
            usleep(400_000)
            #expect(site.sidecar.end() < 10)
            usleep(200_000)
            try site.sidecar.start()
          }
          try traffic.stop()
          site.postfix.stop()
          try settle(site, site.postfix.lines)
        }
      }
    }

    @Test("kill -9 at random moments, fifty times and more")
    func kills() throws {
      try withSinks {
        try Site().run { site in
          let traffic = Traffic(LogFollowing.mails)
          for _ in 0..<(World.isLong ? 500 : 60) {
            site.sidecar.end(SIGKILL)
            try site.sidecar.start(waiting: false)
            usleep(UInt32.random(in: 1_000...350_000))
          }
          let sent = try traffic.stop()
          #expect(sent > 0)
          site.postfix.stop()
          #expect(site.sidecar.isRunning, "\(site.sidecar.output.suffix(2000))")
          try settle(site, site.postfix.lines)
          // Each line gave its event once, not merely as many events as lines.
          let offsets = try site.sidecar.journal.entries("transient-failure").compactMap(\.offset)
          #expect(Set(offsets).count == offsets.count)
        }
      }
    }
  }
}
