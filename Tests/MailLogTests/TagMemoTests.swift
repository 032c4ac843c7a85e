import Bytes
import SMTPTypes
import Testing

@testable import MailLog

/// What a parser keeps of earlier lines must not change what it reads in later ones.
@Suite struct TagMemoTests {
  static let stamps = [
    "Nov 23 17:59:48 ", "Nov  3 07:09:08 ", "2026-11-23T17:59:48.123456+01:00 ", "<22>Nov 23 17:59:48 ",
  ]
  static let hosts = [
    "mx1", "mx", "mail.example.org", "2001:db8::1", "a-very-long-host-name-of-fifty-bytes.example.com", "<x> mx1",
  ]
  static let tags = [
    "postfix/smtpd[123]: ", "postfix/smtp[123]: ", "postfix/submission/smtpd[9]: ", "postfix-out/smtp[77]: ",
    "smtp[1]: ",
    "sendmail[12]: ", "sm-mta[12345]: ", "postfix/qmgr: ", "/smtp[1]: ", "postfix//[1]: ", "postfix/unheard-of[5]: ",
    " postfix/cleanup[4]: ", "systemd-journald[1]: ", "[1]: ", "x[", "postfix/smtp[", "postfix/lmtp[12", "",
  ]
  static let messages = [
    "connect from client.example[192.0.2.1]",
    "4Zg1Xk2Lz9: to=<a@b.example>, relay=mx.b.example[192.0.2.7]:25, delay=1.2, delays=0.1/0/1/0.1, dsn=4.2.1, "
      + "status=deferred (host mx.b.example[192.0.2.7] said: 450 4.2.1 later (in reply to RCPT TO command))",
    "3F2A1B0C9D: removed", "3F2A1B0C9D: from=<a@b.example>, size=1, nrcpt=1 (queue active)",
    "qANHxk: to=<a@b.example>, delay=00:00:01, xdelay=00:00:01, mailer=esmtp, pri=1, relay=mx.b.example. [192.0.2.7], "
      + "dsn=4.2.0, stat=Deferred: 450 4.2.0 later", "Suppressed 12 messages from postfix.service", "]: : x", "",
  ]

  @Test func everyLineReadsAsByAParserThatReadNone() {
    var random = PropertyTests.Generator(state: 7)
    var parser = LogParser(stamps: StampResolver(reference: Timestamp(seconds: 1_795_456_800), zone: .utc))
    var read = 0
    for _ in 0..<20_000 {
      var line = Array(
        (TagMemoTests.stamps.randomElement(using: &random)! + TagMemoTests.hosts.randomElement(using: &random)! + " "
          + TagMemoTests.tags.randomElement(using: &random)! + TagMemoTests.messages.randomElement(using: &random)!)
          .utf8)
      // One in three is cut, and one in three has a byte or two that belong elsewhere.
      switch Int.random(in: 0..<3, using: &random) {
      case 0: line.removeLast(Int.random(in: 0...line.count, using: &random))
      case 1:
        for _ in 0...1 where !line.isEmpty {
          let at = Int.random(in: 0..<min(line.count, 70), using: &random)
          line[at] = [0x20, 0x5B, 0x5D, 0x3A, 0x2F, 0x3C, 0x64, 0xFF].randomElement(using: &random)!
        }
      default: break
      }
      line.withUnsafeBufferPointer { bytes in
        var fresh = LogParser(stamps: parser.stamps)
        let expected = TagMemoTests.text(fresh.parse(ByteView(bytes)))
        let got = TagMemoTests.text(parser.parse(ByteView(bytes)))
        if got != "nil" { read += 1 }
        if got != expected { Issue.record("\(String(decoding: bytes, as: UTF8.self)): \(got) is not \(expected)") }
      }
    }
    #expect(read > 5_000)
  }

  /// What is passed over as noise is what a parser that reads all of it finds uninteresting, of the same time and host;
  /// everything else is read as ever.
  @Test func noiseIsWhatIsUninteresting() {
    let messages =
      TagMemoTests.messages + [
        "disconnect from client.example[192.0.2.1] ehlo=1 quit=1 commands=2", "connect from ", "connect from",
        "connect", "Anonymous TLS connection established from client.example[192.0.2.1]: TLSv1.3", "Trusted TLS connection ",
        "Untrusted TLS connection established to mx.b.example[192.0.2.7]:25: TLSv1.3 with cipher X",
        "Verified TLS connection established to mx.b.example[192.0.2.7]:25", "Untrusted: to=<a@b.example>, relay=none",
        "warning: connect from client.example[192.0.2.1]", "lost connection after DATA from client.example[192.0.2.1]",
      ]
    var random = PropertyTests.Generator(state: 11)
    var parser = LogParser(stamps: StampResolver(reference: Timestamp(seconds: 1_795_456_800), zone: .utc))
    var noise = 0
    for _ in 0..<20_000 {
      let line =
        TagMemoTests.stamps.randomElement(using: &random)! + TagMemoTests.hosts.randomElement(using: &random)! + " "
        + TagMemoTests.tags.randomElement(using: &random)! + messages.randomElement(using: &random)!
      line.withByteView { bytes in
        var fresh = LogParser(stamps: parser.stamps)
        let expected = fresh.parse(bytes)
        var parsed = ParsedLine()
        let reading = parser.parse(bytes, passingNoise: &parsed)
        switch reading {
        case .none: #expect(expected == nil, "\(line)")
        case .noise:
          noise += 1
          #expect(parsed.header.time == expected?.header.time, "\(line)")
          #expect(parsed.header.host == expected?.header.host, "\(line)")
          guard case .uninteresting = expected?.record else {
            Issue.record("\(line)")
            return
          }
        case .record:
          #expect(TagMemoTests.text((parsed.header, parsed.record)) == TagMemoTests.text(expected), "\(line)")
        }
      }
    }
    #expect(noise > 1_000)
  }

  private static func text(_ parsed: (header: LogHeader, record: LogRecord)?) -> String {
    parsed.map { "\($0.header) \($0.record)" } ?? "nil"
  }
}
