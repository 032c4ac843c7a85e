import Foundation
import Testing

extension IntegrationTests {
  /// Delivery reports: those of servers further on, and our own where no log tells of the failure.
  @Suite struct DeliveryReports {
    /// A report of a server further on: one recipient failed, one waits.
    private func report(of messageID: String, number: Int) -> String {
      """
      From: MAILER-DAEMON@relay.example (Mail Delivery System)
      To: news@shop.example
      Subject: Undelivered Mail Returned to Sender
      Message-ID: <report-\(number)@relay.example>
      MIME-Version: 1.0
      Content-Type: multipart/report; report-type=delivery-status; boundary="b/1"

      --b/1
      Content-Type: text/plain

      Sorry.
      --b/1
      Content-Type: message/delivery-status

      Reporting-MTA: dns; relay.example
      X-Postfix-Queue-ID: 4jY88L73BKz2PwHN

      Final-Recipient: rfc822; bob@far.example
      Action: failed
      Status: 5.1.1
      Remote-MTA: dns; mx.far.example
      Diagnostic-Code: smtp; 550 5.1.1 User unknown

      Final-Recipient: rfc822; eve@far.example
      Action: delayed
      Status: 4.2.2
      Remote-MTA: dns; mx.far.example
      Diagnostic-Code: smtp; 452 4.2.2 Mailbox full
      Will-Retry-Until: Sat, 28 Nov 2026 14:53:38 +0100

      --b/1
      Content-Type: text/rfc822-headers

      Message-ID: <\(messageID)>
      Subject: News

      --b/1--
      """
    }

    /// Sends one message by SMTP and returns when its end was answered; the connection closes then.
    private func say(from sender: String, to recipient: String, _ message: String) throws {
      let text = message.replacingOccurrences(of: "\n", with: "\\n")
      let run = try Command.run(
        World.root + "/deploy/lib/smtp-say",
        [
          "127.0.0.1", "25", "127.0.0.1", "EHLO localhost", "MAIL FROM:<\(sender)>", "RCPT TO:<\(recipient)>", "DATA",
          "\(text)\\n.",
        ])
      let replies = run.output.split(separator: "\n").filter { $0.hasPrefix("<< ") }
      guard run.status == 0, replies.last?.hasPrefix("<< 250 ") ?? false else {
        throw Trouble("the message was not accepted: \(run.output)")
      }
    }

    @Test("a report of another server is in the journal before it is answered, and once", arguments: [true, false])
    func durableBeforeTheAnswer(isMatched: Bool) throws {
      let good = try Sink("good.example", host: "mx.good.example", address: "198.51.100.30")
      defer { good.stop() }
      let shop = try Sink("shop.example", host: "mx.shop.example", address: "198.51.100.32")
      defer { shop.stop() }
      try Site().run { site in
        let messageID = "news-1@shop.example"
        if isMatched {
          try say(
            from: "news@shop.example", to: "bob@good.example",
            "From: <news@shop.example>\nMessage-ID: <\(messageID)>\nSubject: News\n\nHello.")
        }
        try say(from: "", to: "news@shop.example", report(of: messageID, number: 1))
        site.sidecar.end(SIGKILL)
        try expectReported(site, isMatched: isMatched)
        // The journal holds it through the next start, and the same report does not count again.
        try site.sidecar.start()
        try say(from: "", to: "news@shop.example", report(of: messageID, number: 1))
        try expectReported(site, isMatched: isMatched)
        // Another report of the same failure is news: the next warning.
        try say(from: "", to: "news@shop.example", report(of: messageID, number: 2))
        #expect(try site.sidecar.journal.entries("delay-notice").count == 2)
        #expect(site.postfix.count("milter-reject") == 0)
      }
    }

    @Test("a message that only the log shows is ours too")
    func submittedPastTheMilter() throws {
      let full = try Sink(
        "full.example", host: "mx.full.example", address: "198.51.100.31",
        ["-r", "RCPT", "-b", "452 4.2.2 Mailbox full"])
      defer { full.stop() }
      let shop = try Sink("shop.example", host: "mx.shop.example", address: "198.51.100.32")
      defer { shop.stop() }
      let site = try Site()
      try site.postfix.set(["non_smtpd_milters="])
      try site.run { site in
        let text = "From: <news@shop.example>\nMessage-ID: <news-2@shop.example>\nSubject: News\n\nHello.\n"
        let submission = ["-C", site.postfix.directory + "/etc", "-f", "news@shop.example", "bob@full.example"]
        _ = try Command.run("/usr/sbin/sendmail", submission, input: text).checked()
        // The log was read up to there.
        #expect(try site.events("transient-failure", 1).count == 1)
        try say(from: "", to: "news@shop.example", report(of: "news-2@shop.example", number: 1))
        try expectReported(site, isMatched: true)
      }
    }

    private func expectReported(_ site: Site, isMatched: Bool) throws {
      let bounces = try site.sidecar.journal.entries("remote-bounce")
      let delays = try site.sidecar.journal.entries("delay-notice")
      #expect(bounces.map(\.recipient) == ["bob@far.example"])
      #expect(delays.map(\.recipient) == ["eve@far.example"])
      #expect(bounces.first?.cause == "mailbox-unavailable" && delays.first?.cause == "mailbox-full")
      #expect(bounces.first?.matched == isMatched && delays.first?.matched == isMatched)
      #expect(bounces.first?.source == "dsn" && bounces.first?.reply?.code == 550)
      // Its queue id is another server's.
      #expect(bounces.first?.queue_id == nil)
    }

    @Test("without a log our own reports tell of failures and delays")
    func ourOwnWithoutALog() throws {
      let far = try Sink(
        "far.example", host: "mx.far.example", address: "198.51.100.33", ["-f", "RCPT", "-B", "550 5.1.1 User unknown"])
      defer { far.stop() }
      let full = try Sink(
        "full.example", host: "mx.full.example", address: "198.51.100.31",
        ["-r", "RCPT", "-b", "452 4.2.2 Mailbox full"])
      defer { full.stop() }
      let shop = try Sink("shop.example", host: "mx.shop.example", address: "198.51.100.32")
      defer { shop.stop() }
      let settings = ["internal_mail_filter_classes=bounce", "delay_warning_time=1s"]
      try Site(settings: settings, followsLog: false).run { site in
        // smtp-source counts its recipients.
        try Mail(to: "bob@far.example").send()
        let bounce = try site.events("remote-bounce", 1).first
        #expect(bounce?.recipient == "1bob@far.example")
        #expect(bounce?.cause == "mailbox-unavailable")
        #expect(bounce?.reply?.code == 550)
        #expect(bounce?.matched == true)
        #expect(bounce?.queue_id.map { site.postfix.count("\($0): to=<1bob@far.example>") } == 1)
        try Mail(to: "eve@full.example").send()
        let delay = try site.events("delay-notice", 1, within: 30).first
        #expect(delay?.recipient == "1eve@full.example")
        #expect(delay?.cause == "mailbox-full")
        #expect(delay?.sender == "news@shop.example")
        #expect(try site.sidecar.journal.entries("remote-bounce").count == 1)
      }
    }
  }
}
