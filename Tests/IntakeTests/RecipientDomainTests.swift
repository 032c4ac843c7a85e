import Bytes
import Classification
import Intake
import Journal
import SMTPTypes
import Testing

/// The domain of an event is its recipient's, however the address is written.
@Suite struct RecipientDomainTests {
  static let domains: [(recipient: String, domain: String?)] = [
    ("a@example.net", "example.net"), ("a@example.net.", "example.net"), ("A@Example.NET.", "example.net"),
    ("a@b.", "b"), ("a@x..", "x."), ("a@[192.0.2.1]", "[192.0.2.1]"), ("\"a b\"@example.net", "example.net"),
    ("a@\u{e9}xample.net", "\u{e9}xample.net"), ("a", nil), ("a@b@example.net", "example.net"),
  ]

  private static func deferral(_ second: Int, _ id: String, _ recipient: String) -> String {
    "10:00:0\(second) smtp[4]: \(id): to=<\(recipient)>, relay=mx.example.net[192.0.2.5]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.2.2, status=deferred (host mx.example.net[192.0.2.5] said: 452 4.2.2 full (in reply to RCPT TO command))"
  }

  @Test(arguments: domains)
  func isTheRecipients(_ recipient: String, _ domain: String?) {
    let bench = Bench()
    bench.log(RecipientDomainTests.deferral(1, "4ABC0F1E2D", recipient))
    #expect(bench.sink.events.map(\.recipient) == [recipient])
    #expect(bench.sink.events.map(\.domain) == [domain])
  }

  /// One that is written another way does not count for others under another name.
  @Test(arguments: [["a@example.net.", "b@example.net"], ["b@example.net", "A@Example.net."]])
  func countsUnderOneName(_ recipients: [String]) {
    let bench = Bench()
    bench.log(RecipientDomainTests.deferral(0, "3ABC0F1E2D", "c@example.net"))
    bench.intake.flush()
    for (index, recipient) in recipients.enumerated() {
      bench.log(RecipientDomainTests.deferral(index + 1, "4ABC0F1E2\(index)", recipient))
    }
    bench.intake.flush()
    let counts = bench.sink.tallyLines.last?.contains("\"domain\":{\"example.net\":{\"attempts\":2,")
    #expect(counts == true, "\(bench.sink.tallyLines)")
  }

  @Test func ofEachRecipientOfSendmails() {
    let bench = Bench()
    bench.sendmail(
      "10:00:00 4BNA00AB000007: to=<a@example.net.>,<B@Example.net>,<\"x y\"@e.example>,<c@f.example>, delay=00:00:01, xdelay=00:00:01, mailer=esmtp, pri=120000, relay=mx.example.net. [192.0.2.5], dsn=4.0.0, stat=Deferred: 450 4.2.0 Greylisted")
    #expect(bench.sink.events.map(\.domain) == ["example.net", "example.net", "e.example", "f.example"])
  }
}
