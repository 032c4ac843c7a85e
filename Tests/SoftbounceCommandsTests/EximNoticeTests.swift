import Testing

/// Exim's own words, in which no server speaks, are judged as our own server's are.
@Suite struct EximNoticeTests {
  /// What is said, its cause and scope, and the status that it stands for in a notice of failure.
  private static let words: [(String, String, String, String?)] = [
    ("lowest numbered MX record points to local host", "routing", "local", "5.4.6"),
    ("remote host address is the local host", "routing", "local", "5.4.6"),
    ("host mail.example.com [192.0.2.7]: Connection refused", "connect-failure", "domain", "4.4.1"),
    ("mail.example.com [192.0.2.7]: Connection timed out", "connect-failure", "domain", "4.4.1"),
    (
      "host mail.example.com [192.0.2.7]\n    Connection timed out: retry timeout exceeded", "connect-failure",
      "domain", "4.4.1"
    ),
    ("Connection refused: retry timeout exceeded", "connect-failure", "domain", "4.4.1"),
    ("Connection refused", "connect-failure", "domain", "4.4.1"),
    ("retry time not reached for any host after a long failure period", "connect-failure", "domain", "4.4.1"),
    (
      "all hosts for 'example.com' have been failing for a long time (and retry time not reached)", "connect-failure",
      "domain", "4.4.1"
    ),
    (
      "host mail.example.com [192.0.2.7]\n    SMTP timeout after end of data (4711 bytes written)", "connection-lost",
      "path", "4.4.2"
    ),
    ("host lookup did not complete: retry timeout exceeded", "dns-failure", "domain", "4.4.3"),
    ("Connection refused by our policy", "policy", "sender", nil),
    (
      "mailbox is full: retry time not reached for any host after a long failure period", "mailbox-full", "recipient",
      "4.2.2"
    ),
    (
      "SMTP error from remote mail server after RCPT TO:<bob@example.com>:\n    host mail.example.com [192.0.2.7]: "
        + "421 Too many concurrent SMTP connections", "connection-limit", "path", nil
    ),
  ]

  private func told(_ body: String, type: String = "text/plain") -> String {
    let scratch = Scratch()
    let message = """
      Return-Path: <>
      From: Mail Delivery System <Mailer-Daemon@mx.example.net>
      To: ann@example.org
      Subject: Mail delivery failed: returning message to sender
      Content-Type: \(type)

      \(body)
      """
    return scratch.run(["dsn", "--format", "json", scratch.file("notice.eml", message)]).output
  }

  private func failed(_ words: String) -> String {
    """
    This message was created automatically by mail delivery software.

    A message that you sent could not be delivered to one or more of its
    recipients. This is a permanent error. The following address(es) failed:

      bob@example.com
        \(words)

    """
  }

  @Test(arguments: words.indices)
  func plainNotices(index: Int) {
    let (words, cause, scope, status) = EximNoticeTests.words[index]
    let output = told(failed(words))
    #expect(output.contains("\"cause\":\"\(cause)\",\"scope\":\"\(scope)\""), "\(output)")
    #expect(output.contains("\"status\"") == (status != nil), "\(output)")
    if let status { #expect(output.contains("\"status\":\"\(status)\""), "\(output)") }
  }

  /// Exim writes no Diagnostic-Code where no server spoke.
  @Test(arguments: words.indices)
  func statusParts(index: Int) {
    let (words, cause, scope, _) = EximNoticeTests.words[index]
    let output = told(
      """
      --b
      Content-Type: text/plain

      \(failed(words))
      --b
      Content-Type: message/delivery-status

      Reporting-MTA: dns; mx.example.net

      Action: failed
      Final-Recipient: rfc822;bob@example.com
      Status: 5.0.0

      --b--
      """, type: "multipart/report; report-type=delivery-status; boundary=b")
    #expect(output.contains("\"cause\":\"\(cause)\",\"scope\":\"\(scope)\""), "\(output)")
    #expect(output.contains("\"status\":\"5.0.0\""), "\(output)")
  }

  @Test(arguments: words.indices)
  func warnings(index: Int) {
    let (words, cause, scope, _) = EximNoticeTests.words[index]
    let lines = words.split(separator: "\n").map { $0.drop { $0 == " " } }
    let head = lines.count > 1 && lines[0].hasPrefix("host ") ? "\(lines[0])\n    " : ""
    let said = head.isEmpty ? words : String(lines[1])
    let output = told(
      """
      This message was created automatically by mail delivery software.
      A message that you sent has not yet been delivered to one or more of its
      recipients after more than 24 hours on the queue on mx.example.net.

      The address to which the message has not yet been delivered is:

        bob@example.com
          \(head)Delay reason: \(said)

      No action is required on your part.
      """)
    #expect(output.contains("\"kind\":\"delay\""), "\(output)")
    #expect(output.contains("\"cause\":\"\(cause)\",\"scope\":\"\(scope)\""), "\(output)")
    #expect(!output.contains("Delay reason"), "\(output)")
    #expect(!output.contains("\"status\":\"5"), "\(output)")
  }
}
