import Bytes
import Intake
import Journal
import SMTPTypes
import Testing

/// Deliveries to our own addresses are internal in the lines of our own log only.
@Suite struct OwnMachineTests {
  @Test(arguments: [
    ("mx1", Hop.internal), ("MX1.example.org", .internal), ("localhost", .internal), ("mail", .internal),
    ("mx2", .external), ("mx10.example.org", .external),
  ])
  func anOwnAddressIsOneOfOwnLines(host: String, hop: Hop) {
    let bench = Bench {
      $0.ownMachine = OwnMachine(addresses: ["192.0.2.77"], names: ["mx1.example.net", "mail"])
    }
    bench.log(OwnMachineTests.line, host: host)
    #expect(bench.sink.events.map(\.hop) == [hop])
  }

  @Test(arguments: [("mx1", Hop.internal), ("mx2", .external)])
  func whereAllLinesAreOfOneHostItsNameDecides(name: String, hop: Hop) {
    let bench = Bench {
      $0.hostName = name
      $0.ownMachine = OwnMachine(addresses: ["192.0.2.77"], names: ["mx1"])
    }
    bench.log(OwnMachineTests.line, host: "whatever")
    #expect(bench.sink.events.map(\.hop) == [hop])
  }

  @Test func withoutNamesEveryLineIsOurs() {
    let bench = Bench { $0.ownMachine = OwnMachine(addresses: ["192.0.2.77"]) }
    bench.log(OwnMachineTests.line)
    #expect(bench.sink.events.map(\.hop) == [.internal])
  }

  private static let line =
    "10:00:01 smtp[4]: 4ABC0F1E2D: to=<b@example.net>, relay=in.example.net[192.0.2.77]:25, delay=1, delays=0/0/0/1, "
    + "dsn=4.2.0, status=deferred (host in.example.net[192.0.2.77] said: 451 4.2.0 busy (in reply to RCPT TO command))"
}
