import Foundation
import Testing

extension IntegrationTests {
  /// What postqueue(1) tells, where the log lost it.
  @Suite struct Queue {
    /// Nothing is tried again during the test, so that the log stays silent about what it lost.
    static let settings = ["minimal_backoff_time=1000s", "maximal_backoff_time=1000s", "queue_run_delay=1000s"]

    /// Takes from the log what it holds, as a full disk or a rotation gone wrong does.
    func lose(_ site: Site) {
      #expect(truncate(site.postfix.log, 0) == 0)
    }

    func delete(_ id: String, of site: Site) throws {
      _ = try Command.run("postsuper", ["-c", site.postfix.directory + "/etc", "-d", id]).checked()
    }

    @Test("what the log lost is repaired: an event for what waits, an end for what is gone, a gauge of all")
    func repairs() throws {
      let sink = try Sink(
        "full.example", host: "mx.full.example", address: "198.51.100.31",
        ["-r", "RCPT", "-b", "452 4.2.2 Mailbox full"])
      defer { sink.stop() }
      try Site(settings: Queue.settings, watchesQueue: true).run { site in
        try Mail(messages: 2, recipients: 2, to: "user@full.example").send()
        let logged = try site.events("transient-failure", 4)
        #expect(logged.count == 4)

        site.sidecar.end()
        try Mail(messages: 2, to: "user@full.example").send()
        #expect(eventually { site.postfix.count("status=deferred") == 6 })
        lose(site)
        try site.sidecar.start()
        let all = try site.events("transient-failure", 6, within: 60)
        #expect(all.count == 6)
        let repaired = all.filter { $0.source == "queue" }
        #expect(repaired.count == 2)
        for event in repaired {
          #expect(event.cause == "mailbox-full" && event.reply?.code == 452)
          #expect(event.sender == "news@shop.example" && event.domain == "full.example")
          // Nobody knows how many attempts there were.
          #expect(event.attempt == nil)
          #expect(!logged.contains { $0.queue_id == event.queue_id })
        }
        #expect(
          try eventually(within: 90) {
            try site.sidecar.report().queues?.first?.by_domain["full.example"] == 6
          })
        let queue = try #require(try site.sidecar.report().queues?.first)
        #expect(queue.deferred == 4 && queue.recipients == 6 && queue.oldest != nil)
        #expect(queue.by_provider.values.reduce(0, +) == 6)
        #expect(queue.ages.first?.messages == 4)

        // Deleted by hand, and the log says so.
        let first = try #require(logged.first?.queue_id)
        try delete(first, of: site)
        let told = try site.events("deletion", 2)
        #expect(told.count == 2 && told.allSatisfy { $0.queue_id == first && $0.source == "log" && $0.note != nil })

        // Deleted by hand, and the log lost it.
        site.sidecar.end()
        try delete("ALL", of: site)
        lose(site)
        try site.sidecar.start()
        let deleted = try site.events("deletion", 6, within: 120)
        #expect(deleted.count == 6)
        #expect(deleted.count { $0.source == "queue" && $0.note?.contains("no longer in the queue") == true } == 4)
        site.sidecar.end()
        let report = try site.sidecar.report()
        #expect(report.outbound.cohort.deleted == 6 && report.outbound.cohort.open == 0)
      }
    }
  }
}
