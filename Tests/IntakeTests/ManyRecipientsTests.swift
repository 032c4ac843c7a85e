import Classification
import Intake
import Journal
import SMTPTypes
import Testing

/// One message to many recipients, enough that they are found by an index.
@Suite struct ManyRecipientsTests {
  private static let count = 200

  private func line(_ recipient: Int, _ time: String, delay: Int, _ outcome: String) -> String {
    "\(time) smtp[4]: 4ABC0F1E2D: to=<u\(recipient)@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=\(delay), delays=0/0/0.5/0.5, \(outcome)"
  }

  private let deferred = "dsn=4.2.0, status=deferred (host mx.example.net[192.0.2.5] said: 450 4.2.0 later)"
  private let sent = "dsn=2.0.0, status=sent (250 2.0.0 Ok)"

  @Test func eachKeepsItsOwnCourse() {
    let bench = Bench()
    let all = 0..<ManyRecipientsTests.count
    bench.log("10:00:00 smtpd[1]: 4ABC0F1E2D: client=app.example.org[198.51.100.7]")
    for recipient in all { bench.log(line(recipient, "10:00:01", delay: 1, deferred)) }
    for recipient in all where recipient.isMultiple(of: 3) {
      bench.log(line(recipient, "10:05:01", delay: 301, sent))
    }
    for recipient in all where !recipient.isMultiple(of: 3) {
      bench.log(line(recipient, "10:10:01", delay: 601, deferred))
    }
    bench.log("10:20:00 qmgr[3]: 4ABC0F1E2D: from=<a@example.org>, status=expired, returned to sender")
    bench.intake.flush()
    let events = bench.sink.events
    #expect(events.filter { $0.type == .delivery }.allSatisfy { $0.attempt == 2 && $0.deferredFor == 300 })
    let expired = events.filter { $0.type == .expiration }
    #expect(expired.allSatisfy { $0.attempt == nil && $0.deferredFor == 1199 && $0.provider == "example.net" })
    let expected = all.filter { !$0.isMultiple(of: 3) }.map { "u\($0)@example.net" }
    #expect(Set(expired.compactMap(\.recipient)) == Set(expected))
    #expect(expired.count == expected.count)
  }

  @Test func addressesThatDifferInOneByteAreTwoRecipients() {
    let bench = Bench()
    bench.log("10:00:00 smtpd[1]: 4ABC0F1E2D: client=app.example.org[198.51.100.7]")
    let addresses = ["user@mailABC.de", "user@mailXBC.de", "user@mailAXC.de", "user@mailABX.de"]
    for address in addresses {
      bench.log(
        "10:00:01 smtp[4]: 4ABC0F1E2D: to=<\(address)>, relay=none, delay=1, delays=0/0/0.5/0.5, \(deferred)")
    }
    bench.log("10:20:00 qmgr[3]: 4ABC0F1E2D: from=<a@example.org>, status=expired, returned to sender")
    bench.intake.flush()
    #expect(bench.sink.events.filter { $0.type == .transientFailure }.map(\.attempt) == [1, 1, 1, 1])
    #expect(bench.sink.events.filter { $0.type == .expiration }.compactMap(\.recipient) == addresses)
  }

  @Test func oneWhoLeftMayFailAgain() {
    let bench = Bench()
    for recipient in 0..<40 { bench.log(line(recipient, "10:00:01", delay: 1, deferred)) }
    for recipient in 0..<40 { bench.log(line(recipient, "10:05:01", delay: 301, sent)) }
    for recipient in 0..<40 { bench.log(line(recipient, "10:10:01", delay: 601, deferred)) }
    bench.log("10:20:00 qmgr[3]: 4ABC0F1E2D: from=<a@example.org>, status=expired, returned to sender")
    bench.intake.flush()
    #expect(bench.sink.events.filter { $0.type == .expiration }.count == 40)
  }

  @Test func aProviderHasOneNameHoweverItsHostIsWritten() {
    let bench = Bench()
    let refused = "dsn=4.4.1, status=deferred (connect to"
    bench.log(
      "10:00:01 smtp[4]: 4ABC0F1E2D: to=<a@example.com>, relay=none, delay=1, delays=0/0/1/0, \(refused) EXAMPLE.NET[192.0.2.5]:25: Connection refused)",
      "10:00:02 smtp[4]: 4ABC0F1E2E: to=<b@example.com>, relay=none, delay=1, delays=0/0/1/0, \(refused) example.net[192.0.2.5]:25: Connection refused)",
      "10:00:03 smtp[4]: 4ABC0F1E2F: to=<b@Example.Net>, relay=MX.Example.Net[192.0.2.5]:25, delay=1, delays=0/0/1/0, \(sent)"
    )
    bench.intake.flush()
    #expect(bench.sink.events.map(\.provider) == ["example.net", "example.net"])
    #expect(bench.sink.byProvider.keys.sorted() == ["example.net"])
    #expect(bench.sink.byProvider["example.net"]?.attempts == 3)
  }
}
