import Bytes
import SMTPTypes
import Testing

@testable import DeliveryStatus

@Suite struct NoticeFamilyTests {
  @Test(arguments: NoticeFamily.all)
  func recipientsAndReasons(family: NoticeFamily) {
    let report = read(family.message)
    let told = report.recipients.map { recipient in
      [
        recipient.address, recipient.action?.description, recipient.status?.description,
        recipient.reply?.code?.description,
      ].map { $0 ?? "-" }.joined(separator: " ")
    }
    #expect(told == family.told)
    let reply = report.recipients.first?.reply?.text ?? ""
    #expect(family.reply.isEmpty ? reply.isEmpty : reply.hasPrefix(family.reply), "\(reply)")
  }

  /// People write such words too, and not only at the beginning.
  @Test func lettersThatSpeakOfRejections() {
    let words = "Your message to bob@example.com was rejected due to a full mailbox\n"
    let letter = "From: Eve <eve@example.org>\nSubject: Lunch\n\n"
    #expect(read(letter + words).kind == .none)
    let daemon = "From: MAILER-DAEMON@mx.example.net\nSubject: Lunch\n\n"
    #expect(read(daemon + words).kind == .bounce)
    #expect(read(daemon + "I wrote to you.\nThen I heard this.\nAnd I quote:\n" + words).kind == .none)
  }

  /// IronPort puts its own words before the server's.
  @Test func quotedReplies() {
    let report = statusPart("smtp; 5.1.0 - Unknown address error 550-'5.2.2 <bob@example.com>... Mailbox full'")
    #expect(report?.code == ReplyCode(550))
    #expect(report?.enhanced == EnhancedStatusCode(5, 2, 2))
    // Its own code is none of the server's.
    let other = statusPart("smtp; 5.3.0 - Other mail system problem 554-'Sorry' (delivery attempts: 0)")
    #expect(other?.code == ReplyCode(554))
    #expect(other?.enhanced == nil)
    let double = statusPart("smtp; 5.1.0 - Unknown address error 550-\"5.1.1 no such user\" (delivery attempts: 0)")
    #expect(double?.code == ReplyCode(550))
    #expect(double?.enhanced == EnhancedStatusCode(5, 1, 1))
    #expect(statusPart("smtp; 5.1.0 - 'quoted' only")?.code == nil)
  }

  /// A program's exit status is no reply; the words beside it may have one.
  @Test func exitStatus() {
    #expect(statusPart("X-Unix; 75")?.text == "exit status 75")
    #expect(statusPart("X-Unix; 75")?.code == nil)
    let told = statusPart(
      "X-Unix; 77",
      words: """
           ----- The following addresses had permanent fatal errors -----
        <bob@example.com>
            (reason: Insufficient permission)

           ----- Transcript of session follows -----
        550 5.0.0 <bob@example.com>... Insufficient permission
        """)
    #expect(told?.text == "550 5.0.0 <bob@example.com>... Insufficient permission")
    #expect(statusPart("SMTP;") == nil)
  }

  /// A stranger may write nothing but codes: only a few of them are looked at for words.
  @Test(arguments: [(2, true), (40, false)])
  func codesWithoutWords(count: Int, findsWords: Bool) {
    let codes = String(repeating: "550 5.1.1\n\n", count: count)
    let told = read("From: <>\nSubject: Returned mail\n\n<bob@example.com>:\n\n\(codes)550 5.1.1 no such user\n")
    #expect(told.recipients.first?.reply?.text.contains("no such user") == findsWords)
  }

  /// Found by fuzzing: a frame without the host that it has room for.
  @Test(arguments: ["host said: 550 no", "host refused to talk to me: 421 no", "host  said: 550 no"])
  func framesWithoutAHost(text: String) {
    #expect(statusPart("X-Postfix; \(text)")?.text.isEmpty == false)
    #expect(read("From: <>\nSubject: Returned mail\n\n<bob@example.com>: \(text)\n").kind == .bounce)
  }

  private func statusPart(_ diagnostic: String, words: String = "Sorry.") -> ReportedReply? {
    read(
      """
      From: MAILER-DAEMON@mx.example.net
      Content-Type: multipart/report; report-type=delivery-status; boundary=b

      --b

      \(words)
      --b
      Content-Type: message/delivery-status

      Reporting-MTA: dns; mx.example.net

      Final-Recipient: rfc822; bob@example.com
      Action: failed
      Status: 5.0.0
      Diagnostic-Code: \(diagnostic)

      --b--
      """
    ).recipients.first?.reply
  }
}
