import Classification
import Intake
import Journal
import SMTPTypes
import Testing

/// Which deliveries leave our own machines.
@Suite struct HopTests {
  static let suspended =
    "4ABC0F1E2D: to=<a@gmail.com>, relay=none, delay=300, delays=300/0/0/0, dsn=4.4.1, status=deferred (delivery temporarily suspended: connect to gmail-smtp-in.l.google.com[192.0.2.6]:25: Connection timed out)"

  /// What the queue manager says itself is what error(8) and retry(8) say for it.
  @Test(arguments: ["error", "retry", "qmgr", "nqmgr", "oqmgr"])
  func theQueueManagerSpeaksOfOthers(daemon: String) throws {
    let bench = Bench()
    bench.log(
      "10:00:00 \(daemon)[1]: \(HopTests.suspended)",
      "10:00:01 \(daemon)[1]: 4ABC0F1E2E: to=<a@example.com>, relay=none, delay=1, delays=0/0/0/0, dsn=4.3.0, status=deferred (mail transport unavailable)",
      "10:00:02 \(daemon)[1]: 4ABC0F1E2F: to=<a@example.com>, relay=none, delay=1, delays=0/0/0/0, dsn=4.4.2, status=deferred (delivery temporarily suspended: connect to mx1[private/lmtp]: Connection refused)"
    )
    let failures = bench.sink.events(.transientFailure)
    #expect(failures.map(\.hop) == [.external, .external, .internal])
    let first = try #require(failures.first)
    #expect(first.cause == .connectFailure)
    #expect(first.scope == .domain)
    #expect(first.provider == "google")
    #expect(first.origin == .suspended)
  }

  /// Mailers of Sendmail that hand mail to this machine's own mailboxes and programs.
  @Test(arguments: [
    ("local", "", Hop.internal), ("prog", "", .internal), ("*file*", "", .internal), ("procmail", "", .internal),
    ("cyrusv2", "relay=localhost, ", .internal), ("cyrusv2", "relay=localhost.localdomain, ", .internal),
    ("esmtp", "relay=[127.0.0.1] [127.0.0.1], ", .internal),
    ("esmtp", "relay=mx.example.net. [192.0.2.7], ", .external),
    ("esmtp", "relay=mx.example.net., ", .external), ("esmtp", "", .external),
    ("mytls", "relay=mx.example.net. [192.0.2.7], ", .external), ("mytls", "relay=mx.example.net., ", .external),
  ])
  func sendmailsMailers(_ mailer: String, _ relay: String, _ hop: Hop) {
    let bench = Bench()
    bench.sendmail(
      "10:00:00 6ANF9AiB030626: to=<u@example.org>, delay=00:00:01, xdelay=00:00:00, mailer=\(mailer), pri=120100, \(relay)dsn=4.3.0, stat=Deferred: later"
    )
    #expect(bench.sink.events(.transientFailure).map(\.hop) == [hop])
  }
}
