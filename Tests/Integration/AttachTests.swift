import Foundation
import Testing

extension IntegrationTests {
  /// A message's identity, as the milter saw it, reaches the events that the log gives.
  @Suite struct Attach {
    @Test("identity reaches the event, over TCP and over a UNIX socket", arguments: [false, true])
    func identity(unixSocket: Bool) throws {
      let sink = try Sink(
        "full.example", host: "mx.full.example", address: "198.51.100.31",
        ["-r", "RCPT", "-b", "452 4.2.2 Mailbox full"])
      defer { sink.stop() }
      try Site(unixSocket: unixSocket).run { site in
        try Mail(messages: 3, to: "user@full.example", campaign: "spring").send()
        let events = try site.events("transient-failure", 3)
        #expect(events.count == 3)
        for event in events {
          #expect(event.source == "log")
          #expect(event.sender == "news@shop.example")
          #expect(event.tags?["campaign"] == "spring")
          #expect(event.message_id != nil)
          #expect(event.cause == "mailbox-full")
          #expect(event.scope == "recipient")
          #expect(event.attempt == 1)
          #expect(event.relay?.host == "mx.full.example")
          #expect(event.reply?.code == 452 && event.reply?.enhanced == "4.2.2")
        }
        // Nothing that was said to a client came from the sidecar.
        #expect(site.postfix.count("milter-reject") == 0)
        #expect(site.postfix.count("warning: milter") == 0)
      }
    }

    @Test("mail from sendmail(1)'s side, by non_smtpd_milters, keeps its identity too")
    func nonSMTP() throws {
      let sink = try Sink(
        "full.example", host: "mx.full.example", address: "198.51.100.31",
        ["-r", "RCPT", "-b", "452 4.2.2 Mailbox full"])
      defer { sink.stop() }
      try Site().run { site in
        let mail = "From: <root@shop.example>\nTo: <user@full.example>\nX-Campaign-Id: cron\n\nHello.\n"
        let run = try Command.run(
          "sendmail", ["-C", site.postfix.directory + "/etc", "-f", "root@shop.example", "user@full.example"], input: mail)
        #expect(run.status == 0, "\(run.output)")
        let events = try site.events("transient-failure", 1)
        #expect(events.first?.tags?["campaign"] == "cron")
        #expect(events.first?.sender == "root@shop.example")
      }
    }

    @Test("a content filter's second pass inherits the identity and is counted once")
    func secondPass() throws {
      let sink = try Sink(
        "full.example", host: "mx.full.example", address: "198.51.100.31",
        ["-r", "RCPT", "-b", "452 4.2.2 Mailbox full"])
      defer { sink.stop() }
      let services = [
        "25 inet n - n - - smtpd",
        "scan unix - - n - 2 smtp\n  -o smtp_bind_address=127.0.0.1",
        "127.0.0.1:10025 inet n - n - - smtpd\n  -o content_filter=\n  -o smtpd_milters=\n  -o syslog_name=postfix-again",
        "bulk unix - - n - - smtp\n  -o syslog_name=postfix-bulk",
      ]
      let settings = ["content_filter=scan:[127.0.0.1]:10025", "default_transport=bulk"]
      try Site(settings: settings, services: services).run { site in
        try Mail(messages: 4, to: "user@full.example", campaign: "spring").send()
        let events = try site.events("transient-failure", 4).filter { $0.hop != "internal" }
        #expect(events.count == 4)
        #expect(events.allSatisfy { $0.tags?["campaign"] == "spring" && $0.instance == "postfix-bulk" })
        site.sidecar.end()
        let report = try site.sidecar.report()
        let log = LogCount(site.postfix.lines)
        #expect(log.internalHops == 4)
        #expect(report.outbound.attempts == log.attempts)
        #expect(report.outbound.deferrals == log.deferrals)
        #expect(report.internal.attempts == log.internalHops)
        #expect(report.outbound.tables["provider"]?.count == 1)
      }
    }
  }
}
