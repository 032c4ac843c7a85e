import Foundation
import Testing

extension IntegrationTests {
  /// A real Sendmail, with the sidecar attached as its milter and following its log.
  @Suite(.enabled(if: World.sendmail != nil, "Sendmail could not be downloaded; deploy/test says why"))
  struct Sendmail {
    struct Place {
      let sendmail: PrivateSendmail
      let sidecar: Sidecar

      /// Waits until the journal holds `count` events of a type (and returns those there are).
      func events(_ type: String, _ count: Int, within seconds: Double = 20) throws -> [JournalEntry] {
        var found: [JournalEntry] = []
        _ = try eventually(within: seconds) {
          found = try sidecar.journal.entries(type)
          return found.count >= count
        }
        return found
      }
    }

    func withPlace(lines: [String] = [], access: String? = nil, _ body: (Place) throws -> Void) throws {
      let sendmail = try PrivateSendmail(lines: lines, access: access)
      let sidecar = try Sidecar(Sidecar.Options(log: sendmail.log))
      try sidecar.start()
      defer { sidecar.end() }
      try sendmail.start()
      defer { sendmail.stop() }
      try body(Place(sendmail: sendmail, sidecar: sidecar))
    }

    @Test("each cause, and the journal says what Sendmail's log says, to the recovery")
    func deferrals() throws {
      let full = try Sink(
        "full.example", host: "mx.full.example", address: "198.51.100.31",
        ["-r", "RCPT", "-b", "452 4.2.2 Mailbox full"])
      let busy = try Sink(
        "busy.example", host: "mx.busy.example", address: "198.51.100.32",
        ["-r", ".", "-b", "451 4.3.2 System is busy, please try again later"])
      let lost = try Sink("lost.example", host: "mx.lost.example", address: "198.51.100.33", ["-q", "DATA"])
      let down = try Sink("down.example", host: "mx.down.example", address: "198.51.100.34", isListening: false)
      let sinks = [full, busy, lost, down]
      defer { sinks.forEach { $0.stop() } }
      try withPlace { place in
        for name in ["full", "busy", "lost", "down"] {
          try Mail(messages: 2, recipients: 2, to: "user@\(name).example", campaign: "spring").send()
        }
        let failures = try place.events("transient-failure", 16)
        for (name, cause, code) in [
          ("full", "mailbox-full", 452), ("busy", "system-busy", 451), ("lost", "connection-lost", nil),
          ("down", "connect-failure", nil),
        ] {
          let event = try #require(failures.first { $0.domain == "\(name).example" }, "\(name)")
          #expect(event.cause == cause)
          #expect(event.reply?.code == code, "\(name)")
          #expect(event.source == "log" && event.instance == "sm-mta" && event.direction == "outbound")
          #expect(event.sender == "news@shop.example")
          #expect(event.tags?["campaign"] == "spring", "\(name)")
          #expect(event.hop == "external" || event.hop == nil)
        }
        #expect(failures.first { $0.domain == "full.example" }?.relay?.address == full.address)
        for sink in sinks { try sink.behave([]) }
        #expect(try place.events("delivery", 16, within: 40).count == 16)
        #expect(try eventually(within: 20) { try place.sendmail.isIdle })
        place.sendmail.stop()
        // What the log says, the journal says: each line once, none besides.
        let log = place.sendmail.deliveries
        _ = try place.events("transient-failure", log.count { $0.outcome == "Deferred" })
        place.sidecar.end()
        func counts(_ type: String, _ outcome: Substring) throws {
          var journal: [String: Int] = [:]
          for entry in try place.sidecar.journal.entries(type) {
            journal["\(entry.queue_id ?? "") \(entry.recipient ?? "")", default: 0] += 1
          }
          var expected: [String: Int] = [:]
          for line in log where line.outcome == outcome { expected["\(line.queueID) \(line.recipient)", default: 0] += 1 }
          #expect(journal == expected)
          #expect(!expected.isEmpty)
        }
        try counts("transient-failure", "Deferred")
        try counts("delivery", "Sent")
        let report = try place.sidecar.report()
        #expect(report.outbound.attempts == log.count)
        #expect(report.outbound.cohort.recipients == 16 && report.outbound.cohort.recovered == 16)
        #expect(report.log.unknown_lines == 0)
      }
    }

    @Test("an expiry closes each recipient still open, once")
    func expiry() throws {
      let sink = try Sink(
        "full.example", host: "mx.full.example", address: "198.51.100.31",
        ["-r", "RCPT", "-b", "452 4.2.2 Mailbox full"])
      defer { sink.stop() }
      try withPlace(lines: ["define(`confTO_QUEUERETURN',`6s')"]) { place in
        try Mail(recipients: 3, to: "user@full.example").send()
        let expirations = try place.events("expiration", 3, within: 40)
        #expect(expirations.count == 3)
        #expect(expirations.allSatisfy { $0.cause == "mailbox-full" })
        #expect(place.sendmail.count("Cannot send message for ") > 0)
        place.sidecar.end()
        #expect(try place.sidecar.report().outbound.cohort.expired == 3)
      }
    }

    @Test("what check_rcpt turns away with a 4xx, and what it lets in")
    func rejections() throws {
      let access = """
        Connect:127.0.0.1 RELAY
        To:full@shop.example ERROR:4.2.2:"452 Mailbox full"
        To:gone@shop.example ERROR:5.1.1:"550 No such user"

        """
      try withPlace(access: access) { place in
        _ = try Command.run(
          World.root + "/deploy/lib/smtp-say",
          [
            World.address, "25", "192.0.2.10", "EHLO mx.guests.example", "MAIL FROM:<guest@guests.example>",
            "RCPT TO:<full@shop.example>", "RCPT TO:<gone@shop.example>", "RCPT TO:<root@shop.example>", "QUIT",
          ]
        ).checked()
        let rejections = try place.events("rejection", 1)
        #expect(rejections.count == 1)
        let rejection = try #require(rejections.first)
        #expect(rejection.source == "log" && rejection.direction == "inbound")
        #expect(rejection.recipient == "full@shop.example")
        #expect(rejection.reply?.code == 452 && rejection.reply?.enhanced == "4.2.2" && rejection.stage == "rcpt")
        #expect(rejection.client?.address == "192.0.2.10")
        #expect(rejection.cause == "mailbox-full")
      }
    }

    @Test("whatever happens to the sidecar, no message is lost and none is put off for it")
    func failsOpen() throws {
      let good = try Sink("good.example", host: "mx.good.example", address: "198.51.100.30")
      defer { good.stop() }
      try withPlace { place in
        let traffic = Traffic([Mail(messages: 12, sessions: 3, to: "user@good.example")])
        for _ in 0..<6 {
          usleep(UInt32.random(in: 50_000...300_000))
          place.sidecar.end(SIGKILL)
          usleep(UInt32.random(in: 0...300_000))
          try place.sidecar.start(waiting: false)
        }
        _ = eventually { place.sidecar.isRunning }
        usleep(500_000)
        place.sidecar.signal(SIGSTOP)
        let start = Date()
        try Mail(to: "user@good.example").send()
        // C, S, R and E of the milter's entry, and what a transaction takes on a busy machine.
        #expect(Date().timeIntervalSince(start) < 20)
        place.sidecar.signal(SIGCONT)
        let sent = try traffic.stop() + 1
        #expect(try eventually(within: 60) { try place.sendmail.isIdle })
        #expect(place.sendmail.deliveries.count { $0.outcome == "Sent" } == sent)
        #expect(place.sendmail.count("stat=Deferred") == 0 && place.sendmail.count("reject=") == 0)
      }
    }
  }
}
