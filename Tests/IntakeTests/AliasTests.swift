import Bytes
import Intake
import Journal
import MailQueue
import SMTPTypes
import Testing

/// One address to which several aliases of a message lead is several recipients, as it is to Postfix.
@Suite struct AliasTests {
  private static func line(_ time: String, _ alias: String?, delay: Int, isSent: Bool = false) -> String {
    "\(time) smtp[1]: EC00002: to=<b@h.example>, \(alias.map { "orig_to=<\($0)@h.example>, " } ?? "")"
      + "relay=mx[192.0.2.40]:25, delay=\(delay), delays=0/0/0/1, "
      + (isSent
        ? "dsn=2.0.0, status=sent (250 ok)"
        : "dsn=4.3.0, status=deferred (host mx[192.0.2.40] said: 451 4.3.0 busy (in reply to RCPT TO command))")
  }

  /// Takes a listing with one deferred message, or none where it has no recipients.
  private static func list(_ bench: Bench, at time: String, _ recipients: String...) throws {
    bench.intake.beginListing(at: Bench.time("2026-11-23T\(time)Z"))
    if !recipients.isEmpty {
      let waiting = recipients.map {
        #"{"address":"\#($0)","delay_reason":"host mx[192.0.2.40] said: 451 4.3.0 busy"}"#
      }
      let store = ByteStore([
        #"{"queue_name":"deferred","queue_id":"EC00002","#
          + #""arrival_time":\#(Bench.time("2026-11-23T12:00:00Z").seconds),"message_size":300,"#
          + #""forced_expire":false,"sender":"z@example.org","recipients":[\#(waiting.joined(separator: ","))]}"#
      ])
      var reader = QueueListReader()
      bench.intake.listed(try reader.read(store[0]))
      withExtendedLifetime(store) {}
    }
    bench.intake.endListing(isComplete: true)
  }

  private static func begin(_ bench: Bench) {
    bench.log(
      "09:00:00 qmgr[1]: 6F00000: from=<z@example.org>, size=1, nrcpt=1 (queue active)",
      line("12:00:01", "list", delay: 1), line("12:00:01", "list2", delay: 1), line("12:00:01", nil, delay: 1))
  }

  @Test func eachAliasIsFollowedByItself() {
    let bench = Bench()
    AliasTests.begin(bench)
    bench.log(
      AliasTests.line("12:10:01", "list", delay: 601, isSent: true), AliasTests.line("12:10:02", "list2", delay: 602),
      AliasTests.line("12:10:02", nil, delay: 602, isSent: true),
      "13:10:02 qmgr[1]: EC00002: from=<z@example.org>, status=expired, returned to sender")
    bench.intake.finish()
    #expect(bench.sink.events(.transientFailure).map(\.attempt) == [1, 1, 1, 2])
    #expect(bench.sink.events(.delivery).map(\.attempt) == [2, 2])
    let expirations = bench.sink.events(.expiration)
    #expect(expirations.map(\.originalRecipient) == ["list2@h.example"])
    #expect(bench.sink.total.firstAttempts == 3)
  }

  @Test func theyAreTakenUpAfterACrash() throws {
    let first = Bench()
    AliasTests.begin(first)
    let second = Bench()
    for line in first.sink.lines {
      try line.withUnsafeBufferPointer { buffer in
        var decoder = EventDecoder()
        if case .event(let event) = try decoder.decode(ByteView(buffer)) { second.intake.restore(event) }
      }
    }
    second.intake.endRestoring()
    second.log(
      AliasTests.line("12:10:01", "list2", delay: 601, isSent: true),
      "13:10:02 qmgr[1]: EC00002: from=<z@example.org>, status=expired, returned to sender")
    #expect(second.sink.events(.delivery).map(\.attempt) == [2])
    #expect(second.sink.events(.expiration).map(\.originalRecipient) == ["list@h.example", nil])
  }

  @Test func theQueueKnowsThemByTheirAddress() throws {
    let bench = Bench { $0.hostName = "mx1" }
    AliasTests.begin(bench)
    bench.log(AliasTests.line("12:10:02", nil, delay: 602, isSent: true))
    for time in ["12:20:00", "12:22:00", "12:24:00"] {
      try AliasTests.list(bench, at: time, "b@h.example")
    }
    #expect(bench.sink.events(.deletion).isEmpty)
    #expect(bench.sink.events(.transientFailure).count == 3)
    for time in ["12:26:00", "12:28:00"] { try AliasTests.list(bench, at: time) }
    #expect(bench.sink.events(.deletion).map(\.originalRecipient) == ["list@h.example", "list2@h.example"])
  }

  /// Before Postfix 3.11 a listing does not say by which alias.
  @Test func whatTheQueueToldGoesOnWithTheLogsLine() throws {
    let bench = Bench { $0.hostName = "mx1" }
    bench.log("09:00:00 qmgr[1]: 6F00000: from=<z@example.org>, size=1, nrcpt=1 (queue active)")
    for time in ["12:01:00", "12:02:00"] {
      try AliasTests.list(bench, at: time, "b@h.example")
    }
    bench.log(
      AliasTests.line("12:10:01", "list", delay: 601), AliasTests.line("12:20:01", "list", delay: 1201, isSent: true))
    #expect(bench.sink.events.map(\.type) == [.transientFailure, .transientFailure, .delivery])
    bench.log("13:00:00 qmgr[1]: EC00002: removed")
    bench.intake.finish()
    #expect(bench.sink.events(.deletion).isEmpty)
  }
}
