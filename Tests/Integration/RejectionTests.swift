import Foundation
import Testing

extension IntegrationTests {
  /// The 4xx that our own server gives.
  @Suite struct Rejection {
    static let settings = [
      "relay_domains=shop.example",
      "smtpd_recipient_restrictions=check_recipient_access inline:{ { full@shop.example = 452 4.2.2 Mailbox full }, { busy@shop.example = 451 4.3.2 Come back later } }, reject_unauth_destination",
    ]

    /// One client that is put off three times within the second, one of them twice with the same address.
    func talk() throws {
      _ = try Command.run(
        World.root + "/deploy/lib/smtp-say",
        [
          World.address, "25", "192.0.2.10", "EHLO mx.guests.example", "MAIL FROM:<guest@guests.example>",
          "RCPT TO:<full@shop.example>", "RCPT TO:<busy@shop.example>", "RCPT TO:<full@shop.example>", "QUIT",
        ]
      ).checked()
    }

    @Test("milter and log see it, the journal has it once: the log's, with the reply code")
    func both() throws {
      try Site(settings: Rejection.settings).run { site in
        try talk()
        _ = try site.events("rejection", 3)
        // Whatever waits for the other window has been let go by now.
        sleep(4)
        site.sidecar.end()
        let rejections = try site.sidecar.journal.entries("rejection")
        #expect(rejections.count == 3)
        #expect(rejections.allSatisfy { $0.source == "log" && $0.direction == "inbound" })
        #expect(rejections.filter { $0.recipient == "full@shop.example" && $0.reply?.code == 452 }.count == 2)
        #expect(rejections.filter { $0.recipient == "busy@shop.example" && $0.reply?.code == 451 }.count == 1)
        #expect(rejections.allSatisfy { $0.client?.address == "192.0.2.10" })
        #expect(try site.sidecar.report().inbound.rejections == 3)
      }
    }

    @Test("without a log, the milter's view is the event")
    func milterOnly() throws {
      try Site(settings: Rejection.settings, followsLog: false).run { site in
        try talk()
        let rejections = try site.events("rejection", 3)
        #expect(rejections.count == 3)
        #expect(rejections.allSatisfy { $0.source == "milter" && $0.reply?.code == nil })
        #expect(rejections.contains { $0.recipient == "busy@shop.example" })
      }
    }
  }
}
