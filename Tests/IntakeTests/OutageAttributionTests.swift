import Bytes
import Classification
import Intake
import Journal
import Testing

/// With `relay=none` an outage still names whose it is: by the host in the reason, by what a relay taught before, by
/// the table of domains.
struct OutageAttributionTests {
  private static func reasons(_ host: String, _ domain: String) -> [String] {
    let refused = "connect to \(host)[192.0.2.9]:25: Connection refused"
    let timedOut = "connect to \(host)[192.0.2.9]:25: Connection timed out"
    let noName = "Host or domain name not found. Name service error for name=\(domain) type=MX: Host not found, try again"
    return [
      refused, timedOut, noName, "delivery temporarily suspended: \(refused)",
      "delivery temporarily suspended: \(timedOut)", "delivery temporarily suspended: \(noName)",
    ]
  }

  private static func lines(_ domain: String, _ reasons: [String]) -> [String] {
    reasons.enumerated().map { number, reason in
      let agent = reason.hasPrefix("delivery") ? "error" : "smtp"
      return "10:00:0\(number + 2) \(agent)[4]: \(number + 2)AAAA0F1E2D: to=<u@\(domain)>, relay=none, delay=1, "
        + "delays=0/0/1/0, dsn=4.4.1, status=deferred (\(reason))"
    }
  }

  @Test(arguments: [
    ("gmail.com", "gmail-smtp-in.l.google.com", "google"),
    ("hotmail.com", "hotmail-com.olc.protection.outlook.com", "microsoft"),
    ("aol.com", "mx-aol.mail.gm0.yahoodns.net", "yahoo"),
    ("wanadoo.fr", "smtp-in.orange.fr", "orange"), ("web.de", "mx-ha03.web.de", "web.de"),
    ("qq.com", "mx3.qq.com", "qq"), ("cox.net", "cxr.mx.a.cloudfilter.net", "cox"),
    ("corner.example", "mx.corner.example", "corner.example"),
  ])
  func ofADomainThatIsKnown(_ domain: String, _ host: String, _ provider: String) {
    let bench = Bench()
    for line in Self.lines(domain, Self.reasons(host, domain)) { bench.log(line) }
    #expect(bench.sink.events.map(\.provider) == Array(repeating: provider, count: 6))
  }

  /// A domain of its own at a big provider: nothing but a delivery tells, and it is remembered.
  @Test func ofADomainThatARelayTaught() {
    let bench = Bench()
    bench.log(
      "10:00:01 smtp[4]: 1AAAA0F1E2D: to=<a@shop.example>, relay=shop-example.mail.protection.outlook.com[192.0.2.9]:25, delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (250 Ok)"
    )
    let noName =
      "Host or domain name not found. Name service error for name=shop.example type=MX: Host not found, try again"
    for line in Self.lines("shop.example", [noName, "delivery temporarily suspended: \(noName)"]) { bench.log(line) }
    #expect(bench.sink.events.map(\.provider) == ["microsoft", "microsoft"])
  }

  /// A relayhost is not the recipient's: what its submission port, or its view of our login, tells is its own outage.
  @Test(arguments: [
    "relay=smtp.gmail.com[192.0.2.9]:587, delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (250 Ok)",
    "relay=smtp.gmail.com[192.0.2.9]:465, delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (250 Ok)",
    "relay=none, delay=1, delays=0/0/1/0, dsn=4.4.1, status=deferred (connect to smtp.gmail.com[192.0.2.9]:587: Connection timed out)",
    "relay=none, delay=1, delays=0/0/1/0, dsn=4.7.8, status=deferred (delivery temporarily suspended: SASL authentication failed; server smtp.gmail.com[192.0.2.9] said: 535-5.7.8 Username and Password not accepted)",
  ])
  func aRelayhostTeachesNothingOfADomain(_ outcome: String) throws {
    let bench = Bench()
    bench.log(
      "10:00:01 smtp[4]: 1AAAA0F1E2D: to=<a@corner.example>, \(outcome)",
      "10:00:02 smtp[4]: 2AAAA0F1E2D: to=<b@corner.example>, relay=none, delay=1, delays=0/0/1/0, dsn=4.3.5, status=deferred (Server configuration problem)"
    )
    let last = try #require(bench.sink.events.last)
    #expect(last.provider == "corner.example")
    #expect(last.cause == .localConfiguration)
    #expect(last.scope == .local)
    // The relayhost's own outage is told as its own.
    #expect(bench.sink.events.dropLast().allSatisfy { $0.provider == "google" })
    // Nor does it make forgotten what a server of the domain's own has taught, here or in a run before.
    let later = Bench()
    bench.log(
      "10:00:03 smtp[4]: 3AAAA0F1E2D: to=<a@corner.example>, relay=mx3.qq.com[192.0.2.8]:25, delay=1, delays=0/0/0/1, dsn=4.2.0, status=deferred (host mx3.qq.com[192.0.2.8] said: 450 4.2.0 Greylisted (in reply to RCPT TO command))",
      "10:00:04 smtp[4]: 4AAAA0F1E2D: to=<a@corner.example>, \(outcome)")
    var decoder = EventDecoder()
    for line in bench.sink.lines {
      try line.withUnsafeBufferPointer { bytes in
        guard case .event(let event) = try decoder.decode(ByteView(bytes)) else { return }
        later.intake.restore(event)
      }
    }
    later.intake.endRestoring()
    for bench in [bench, later] {
      let held = Self.lines("corner.example", ["delivery temporarily suspended: deferred transport"])
      for line in held { bench.log(line) }
      #expect(bench.sink.events.last?.provider == "qq")
    }
  }
}
