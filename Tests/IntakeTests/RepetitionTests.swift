import Bytes
import Classification
import Intake
import Journal
import MailLog
import SMTPTypes
import Testing

/// What a syslog daemon wrote once for several counts as often as it came.
@Suite struct RepetitionTests {
  static let rejection =
    "NOQUEUE: reject: RCPT from x.example[192.0.2.1]: 450 4.2.0 <r@example.org>: Recipient address rejected: Greylisted; from=<s@example.com> to=<r@example.org> proto=ESMTP helo=<x>"
  static let deferral =
    "4ABC0F1E2D: to=<a@example.com>, relay=none, delay=1, delays=0/0/1/0, dsn=4.4.1, status=deferred (connect to mx.example.com[192.0.2.9]:25: Connection refused)"

  private static let lines = [
    "10:00:00 mx1 postfix/smtpd[1]: \(rejection)",
    "10:00:01 mx1 postfix/smtpd[1]: message repeated 3 times: [ \(rejection)]",
    "10:00:02 mx1 postfix/smtpd[1]: message repeated 2 times: [ warning: Connection rate limit exceeded: 7 from x.example[192.0.2.1] for service smtp]",
    "10:00:03 mx1 postfix/smtp[1]: message repeated 2 times: [ \(deferral)]",
    "10:00:04 mx1 last message repeated 4 times",
    "10:00:05 mx1 postfix/smtpd[1]: message repeated 2 times: [ warning: connect to Milter service inet:127.0.0.1:1: Connection refused]",
    "10:00:06 mx1 cron[1]: said", "10:00:07 mx1 last message repeated 9 times",
    "10:00:08 mx1 postfix/smtpd[1]: connect from x.example[192.0.2.1]",
    "10:00:09 mx1 postfix/qmgr[1]: message repeated 2 times: [ 4ABC0F1E2D: removed]",
  ].map { "2026-11-23T" + $0.replacingFirst(" ", "Z ") }

  @Test(arguments: [false, true]) func theyCountAsOftenAsTheyCame(isAhead: Bool) {
    let bench = Bench()
    if isAhead {
      bench.intake.takeLines(
        from: { take in
          for line in RepetitionTests.lines { guard line.withByteView({ take($0, 0) }) else { return } }
        }, while: { true })
    } else {
      for line in RepetitionTests.lines { line.withByteView { bench.intake.line($0, offset: 0) } }
    }
    bench.intake.finish()
    #expect(
      bench.sink.events(.rejection).map(\.cause)
        == [.greylisted, .greylisted, .greylisted, .greylisted, .connectionLimit, .connectionLimit])
    #expect(bench.sink.events(.transientFailure).map(\.attempt) == [1, 2])
    #expect(bench.sink.total.attempts == 2)
    #expect(bench.sink.trouble == ["filter": 2])
    #expect(bench.sink.events(.deletion).count == 1)
    // Which message came again is not known where only the line before says it; another program's is none of ours.
    #expect(bench.sink.events(.gap).map(\.note) == ["last message repeated"])
    let gap = bench.sink.lines.map { String(decoding: $0, as: UTF8.self) }.first { $0.contains(#""gap""#) }
    #expect(gap?.contains(#""count":4"#) == true)
  }

  /// No line makes more events than it may.
  @Test func oneLineFillsNoDisk() {
    let bench = Bench { $0.rejectionLimit = 60 }
    bench.log("10:00:01 smtpd[1]: message repeated 999999999 times: [ \(RepetitionTests.rejection)]")
    bench.intake.finish()
    #expect(bench.sink.events(.rejection).count == 60)
    #expect(bench.sink.rejections == ["greylisted/rcpt": 940])
    #expect(bench.sink.lines.contains { String(decoding: $0, as: UTF8.self).contains(#""count":999998999"#) })
  }
}

extension String {
  fileprivate func replacingFirst(_ old: String, _ new: String) -> String {
    split(separator: old, maxSplits: 1, omittingEmptySubsequences: false).joined(separator: new)
  }
}
