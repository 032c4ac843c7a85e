import Classification
import SMTPTypes
import Testing

/// A server of our own that can't be reached, and which one it is.
struct OwnServerTests {
  /// The daemon that Sendmail hands its own queue to (submit.mc, mailer `relay`) is no content filter.
  @Test(arguments: [
    ("relay", "[127.0.0.1] [127.0.0.1]", "4.0.0", "Connection refused by [127.0.0.1]", Cause.connectFailure),
    ("relay", "[127.0.0.1]", "4.0.0", "Connection refused by [127.0.0.1]", .connectFailure),
    (
      "relay", "[127.0.0.1] [127.0.0.1]", "4.0.0",
      "421 4.3.0 collect: Cannot write ./df6ANF9AiB030626 (bfcommit, uid=0, gid=122): No such file or directory",
      .localResource
    ),
    (
      "relay", "[127.0.0.1] [127.0.0.1]", "4.0.0", "452 4.4.5 Insufficient disk space; try again later", .localResource
    ),
    // A filter that Sendmail's own SMTP mailer goes through (amavisd-new's dual set-up).
    ("esmtp", "[127.0.0.1] [127.0.0.1]", "4.0.0", "Connection refused by [127.0.0.1]", .filterFailure),
  ])
  func behindSendmail(_ mailer: String, _ relay: String, _ status: String, _ reason: String, _ cause: Cause) {
    let bench = Bench()
    bench.sendmail(
      "10:00:00 6ANF9AiB030626: to=<u@example.org>, ctladdr=www-data (33/33), delay=00:20:00, xdelay=00:00:00, mailer=\(mailer), pri=120100, relay=\(relay), dsn=\(status), stat=Deferred: \(reason)"
    )
    #expect(bench.sink.events.map(\.cause) == [cause])
    #expect(bench.sink.events.map(\.scope) == [.local])
    #expect(bench.sink.events.map(\.hop) == [.internal])
  }

  /// What listens on a mail server's own port is one.
  @Test(arguments: [
    (25, Cause.connectFailure), (587, .connectFailure), (465, .connectFailure), (24, .connectFailure),
    (10024, .filterFailure), (10025, .filterFailure), (2525, .filterFailure),
  ])
  func behindPostfix(_ port: Int, _ cause: Cause) {
    let bench = Bench()
    bench.log(
      "10:00:01 smtp[4]: 4ABC0F1E2D: to=<b@example.net>, relay=none, delay=1, delays=0/0/0.5/0, dsn=4.4.1, status=deferred (connect to 127.0.0.1[127.0.0.1]:\(port): Connection refused)",
      "10:00:02 relay/smtp[4]: 4ABC0F1E2E: to=<b@example.net>, relay=none, delay=1, delays=0/0/0.5/0, dsn=4.4.1, status=deferred (connect to 127.0.0.1[127.0.0.1]:\(port): Connection refused)"
    )
    #expect(bench.sink.events.map(\.cause) == [cause, cause])
    #expect(bench.sink.events.map(\.scope) == [.local, .local])
  }
}
