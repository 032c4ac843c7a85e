import Bytes
import MailLog
import SMTPTypes
import Testing

/// Lines that a syslog daemon wrote for several.
@Suite struct RepetitionLineTests {
  @Test(arguments: [
    (
      postfix("smtpd", "message repeated 3 times: [ NOQUEUE: reject: RCPT from x[192.0.2.1]: 450 4.7.1 no]"), 3,
      "rejection"
    ),
    (
      postfix("smtpd", "message repeated 2 times: [NOQUEUE: reject: RCPT from x[192.0.2.1]: 450 4.7.1 cut"), 2,
      "rejection"
    ),
    (
      postfix(
        "smtp",
        "message repeated 1 times: [ 4ABCD: to=<a@x>, relay=none, delay=1, dsn=4.4.1, status=deferred (connect to a[192.0.2.1]:25: Connection refused)]"
      ), 1, "delivery deferred"
    ),
    (postfix("qmgr", "message repeated 2 times: [ 4ABCD: removed]"), 2, "removed"),
    (postfix("anvil", "message repeated 2 times: [ statistics: max cache size 1]"), 2, "uninteresting"),
    (
      sendmail("message repeated 2 times: [ rejecting connections on daemon MTA: load average: 24]"), 2,
      "trouble resource"
    ),
  ])
  func quotedMessagesAreRead(_ line: String, _ count: Int, _ expected: String) {
    var parser = parser()
    line.withByteView { view in
      var parsed = ParsedLine()
      #expect(parser.parse(view, into: &parsed))
      #expect(kind(parsed.record) == "repetition")
      #expect(parser.unfold(&parsed) == count)
      #expect(kind(parsed.record) == expected)
      #expect(parser.unfold(&parsed) == nil)
    }
  }

  @Test(arguments: [
    ("Nov 23 17:59:48 mx1 last message repeated 2 times", "repetition"),
    ("Nov 23 17:59:48 mx1 last message repeated 1 time", "repetition"),
    ("Nov 23 17:59:48 mx1 --- last message repeated 12 times ---", "repetition"),
    ("Nov 23 17:59:48 mx1 last message repeated 0 times", "foreign"),
    ("Nov 23 17:59:48 mx1 last message repeated 2 times in x", "foreign"),
    ("Nov 23 17:59:48 mx1 last: message repeated", "foreign"),
    ("Nov 23 17:59:48 mx1 sshd[4]: message repeated 2 times: [ Failed password]", "foreign"),
    (postfix("smtpd", "message repeated 99999999999 times: [ x]"), "unknown"),
    (postfix("smtpd", "message repeated 2 times: [ message repeated 2 times: [ x]]"), "unknown"),
    (postfix("smtpd", "message repeated 2 times"), "unknown"),
  ])
  func othersAreLeftAlone(_ line: String, _ expected: String) {
    #expect(kind(ofLine: line) == expected)
  }
}
