import Testing

/// Mail that a local program hands to sendmail(1): pickup(8) logs the sender as it was given, qmgr(8) the one that
/// cleanup(8) made of it, and that is what goes out.
struct SubmittedSenderTests {
  private static func pickup(_ second: String, _ id: String, _ sender: String) -> String {
    "10:00:\(second) pickup[21]: \(id): uid=33 from=<\(sender)>"
  }

  private static func active(_ second: String, _ id: String, _ sender: String) -> String {
    "10:00:\(second) qmgr[12]: \(id): from=<\(sender)>, size=1500, nrcpt=1 (queue active)"
  }

  private static func deferred(_ second: String, _ id: String, _ delay: String) -> String {
    "10:00:\(second) smtp[15]: \(id): to=<b@example.net>, relay=mx.example.net[192.0.2.9]:25, delay=\(delay), delays=0/0/0.5/0.5, dsn=4.2.0, status=deferred (host mx.example.net[192.0.2.9] said: 450 4.2.0 <b@example.net>: Recipient address rejected: Greylisted (in reply to RCPT TO command))"
  }

  @Test(arguments: [
    ("www-data", "www-data@web.example.org"), ("root@web", "root@web.example.org"),
    ("shop@web.example.org", "shop@example.org"), ("", ""), ("a@example.org", "a@example.org"),
  ])
  func isThatOfTheEnvelopeThatGoesOut(_ given: String, _ rewritten: String) {
    let bench = Bench()
    bench.log(
      Self.pickup("00", "4AAAA0F1E2D", given), "10:00:00 cleanup[11]: 4AAAA0F1E2D: message-id=<m@example.org>",
      Self.active("00", "4AAAA0F1E2D", rewritten), Self.deferred("01", "4AAAA0F1E2D", "1"),
      Self.active("20", "4AAAA0F1E2D", rewritten), Self.deferred("21", "4AAAA0F1E2D", "21"))
    #expect(bench.sink.events.map(\.sender) == [rewritten, rewritten])
    #expect(bench.sink.events.map(\.attempt) == [1, 2])
  }

  /// A line of qmgr(8) that comes late changes nothing: all events of a message agree.
  @Test func staysAsItWasTold() {
    let bench = Bench()
    bench.log(
      Self.pickup("00", "4AAAA0F1E2D", "www-data"), Self.deferred("01", "4AAAA0F1E2D", "1"),
      Self.active("01", "4AAAA0F1E2D", "www-data@example.org"), Self.deferred("21", "4AAAA0F1E2D", "21"))
    #expect(bench.sink.events.map(\.sender) == ["www-data", "www-data"])
  }

  /// Where no line of qmgr(8) is there, what pickup(8) told is all there is.
  @Test func isWhatPickupToldWhereNothingElseIs() {
    let bench = Bench()
    bench.log(Self.pickup("00", "4AAAA0F1E2D", "www-data"), Self.deferred("01", "4AAAA0F1E2D", "1"))
    #expect(bench.sink.events.map(\.sender) == ["www-data"])
  }
}
