import Foundation
import Testing

extension IntegrationTests {
  /// What other servers answer, and what becomes of it.
  @Suite struct Deferral {
    struct Case: CustomTestStringConvertible {
      var cause: String
      var stage: String?
      var host: String
      var options: [String]
      var listens = true
      var testDescription: String { cause }
    }

    static let cases = [
      Case(cause: "mailbox-full", stage: "rcpt", host: "mx.a.example", options: ["-r", "RCPT", "-b", "452 4.2.2 Mailbox full"]),
      Case(
        cause: "rate-limited", stage: "mail", host: "b-example.mail.protection.outlook.com",
        options: ["-r", "MAIL", "-b", "451 4.7.500 Server busy. Please try again later from [203.0.113.25]. (S77719)"]),
      Case(
        cause: "greylisted", stage: "rcpt", host: "mx.c.example",
        options: ["-r", "RCPT", "-b", "450 4.2.0 Recipient address rejected: Greylisted"]),
      Case(
        cause: "content", stage: "end-of-data", host: "mx.d.example",
        options: ["-r", ".", "-b", "451 4.7.1 Message content looks like spam, try again later"]),
      Case(
        cause: "system-busy", stage: "rcpt", host: "mx.e.example",
        options: ["-r", "RCPT", "-b", "451 4.3.2 System is busy, please try again later"]),
      Case(cause: "connection-lost", stage: "data", host: "mx.f.example", options: ["-q", "DATA"]),
      Case(cause: "connect-failure", stage: "connect", host: "mx.g.example", options: [], listens: false),
    ]

    @Test("each cause, its stage and its provider")
    func causes() throws {
      var sinks: [Sink] = []
      defer { sinks.forEach { $0.stop() } }
      try World.addNames("nodns.example SERVFAIL")
      for (index, item) in Deferral.cases.enumerated() {
        sinks.append(
          try Sink(
            "cause\(index).example", host: item.host, address: "198.51.100.\(40 + index)", item.options,
            isListening: item.listens))
      }
      try Site().run { site in
        for index in Deferral.cases.indices { try Mail(to: "user@cause\(index).example").send() }
        try Mail(to: "user@nodns.example").send()
        let events = try site.events("transient-failure", Deferral.cases.count + 1)
        for (index, item) in Deferral.cases.enumerated() {
          let event = try #require(events.first { $0.domain == "cause\(index).example" }, "\(item.cause)")
          #expect(event.cause == item.cause)
          #expect(event.stage == item.stage, "\(item.cause)")
          #expect(event.rule?.isEmpty == false)
          // relay=none does not hide who it was.
          #expect(event.provider != nil && event.provider != "none", "\(item.cause)")
        }
        #expect(events.first { $0.domain == "cause1.example" }?.provider == "microsoft")
        #expect(events.first { $0.domain == "nodns.example" }?.cause == "dns-failure")
      }
    }

    @Test("a recovery after a restart is told, with the identity that was seen before it")
    func recoveryAcrossRestart() throws {
      let sink = try Sink(
        "grey.example", host: "mx.grey.example", address: "198.51.100.50",
        ["-r", "RCPT", "-b", "450 4.2.0 Recipient address rejected: Greylisted"])
      defer { sink.stop() }
      try Site().run { site in
        try Mail(messages: 2, recipients: 2, to: "user@grey.example", campaign: "spring").send()
        _ = try site.events("transient-failure", 4)
        #expect(site.sidecar.end() < 10)
        try site.sidecar.start()
        // The log's clock has whole seconds.
        sleep(2)
        try sink.behave([])
        try site.postfix.flush()
        let deliveries = try site.events("delivery", 4)
        #expect(deliveries.count == 4)
        for delivery in deliveries {
          #expect(delivery.tags?["campaign"] == "spring")
          #expect((delivery.attempt ?? 0) >= 2)
          let deferredFor = try #require(delivery.deferred_for)
          #expect(deferredFor >= 1)
        }
        site.sidecar.end()
        let report = try site.sidecar.report()
        #expect(report.outbound.cohort.recipients == 4)
        #expect(report.outbound.cohort.recovered == 4)
        #expect(report.outbound.cohort.open == 0)
      }
    }

    @Test("an expiry closes each recipient still open, once")
    func expiry() throws {
      let sink = try Sink(
        "full.example", host: "mx.full.example", address: "198.51.100.31",
        ["-r", "RCPT", "-b", "452 4.2.2 Mailbox full"])
      defer { sink.stop() }
      try Site(settings: ["maximal_queue_lifetime=6s", "bounce_queue_lifetime=6s"]).run { site in
        try Mail(recipients: 3, to: "user@full.example").send()
        let expirations = try site.events("expiration", 3, within: 30)
        #expect(expirations.count == 3)
        #expect(expirations.allSatisfy { $0.cause == "mailbox-full" })
        site.sidecar.end()
        #expect(try site.sidecar.report().outbound.cohort.expired == 3)
      }
    }
  }
}
