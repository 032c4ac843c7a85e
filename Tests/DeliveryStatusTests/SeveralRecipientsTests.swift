import Bytes
import SMTPTypes
import Testing

@testable import DeliveryStatus

@Suite struct SeveralRecipientsTests {
  @Test(arguments: NoticeFamily.several)
  func eachHasHisOwnReason(family: NoticeFamily) {
    let told = read(family.message).recipients.map { recipient in
      [
        recipient.address, recipient.action?.description, recipient.status?.description ?? "-",
        recipient.reply?.code?.description ?? "-", recipient.reply?.text,
      ].compactMap { $0 }.joined(separator: " ")
    }
    #expect(told == family.told)
  }

  /// However many they are, and in whatever order.
  @Test(arguments: [2, 64, 65, 100, 300]) func detailsOfMany(count: Int) {
    let names = (0..<count).map { "u\($0)@example.com" }
    let details = names.reversed().map { "\($0.uppercased())\n#550 5.1.1 no \($0) ##\n" }
    let message = """
      From: MAILER-DAEMON@example.net
      Return-Path: <>
      Subject: Undeliverable: hello

      Delivery has failed to these recipients or groups:

      \(names.joined(separator: "\n"))

      Diagnostic information for administrators:

      \(details.joined(separator: "\n"))
      """
    let told = read(message).recipients
    #expect(told.map(\.address) == names)
    #expect(told.map { $0.reply?.text ?? "" } == names.map { "550 5.1.1 no \($0)" })
  }

  @Test func fieldsBesideTheReason() {
    let sun = NoticeFamily.several.first { $0.name == "sun" }.map { read($0.message).recipients } ?? []
    #expect(sun.map(\.originalAddress) == ["robert@example.net", "eva@example.net"])
    #expect(sun.map(\.remoteMTA) == ["mail.example.com", nil])
  }

  @Test(arguments: [
    ("SMTP error from remote server, host: mail.example.com (192.0.2.7) reason: 550 no", "mail.example.com"),
    ("Generating server: a.example Receiving server: b.example (192.0.2.7)", "b.example"),
    ("Remote system: dns;mail.example.com (TCP|192.0.2.1)", "mail.example.com"),
    ("Error: Host name: mail.example.com, message: no", "mail.example.com"),
    ("Error: Host name: 192.0.2.7, message: no", ""), ("host: mail (192.0.2.7)", ""), ("host: ", ""),
  ])
  func labelsNameTheServer(reason: String, host: String) {
    #expect(reason.withByteView { String(NoticeReply.host(in: $0)) } == host)
  }

  /// What stands behind an address is the reason, unless it is a time and nothing else.
  @Test(arguments: [
    ("bob@example.com on 11/23/2026 3:00 PM", ""), ("bob@example.com am Mo, 23 Nov 2026 15:00:00 +0100", ""),
    ("bob@example.com (bob@example.com)", ""), ("bob@example.com (Bob)", " (Bob)"),
    ("bob@example.com on 11/23/2026 3:00 PM wrote:", " on 11/23/2026 3:00 PM wrote:"),
    ("bob@example.com on 11/23/2026 3:00: 550 no", " on 11/23/2026 3:00: 550 no"),
    ("bob@example.com on leave", " on leave"),
  ])
  func whatFollowsAnAddress(line: String, rest: String) {
    #expect(line.withByteView { NoticeAddress.leading($0).map { String($0.rest) } } == rest)
  }

  @Test(arguments: [
    ("returned '554 5.2.2 full'", "554 5.2.2 full"), ("returned '554 5.2.2 it's full", "554 5.2.2 it's full"),
    ("<mx.example.com #5.1.1 smtp;550 5.1.1 unknown>", "550 5.1.1 unknown"),
    ("550 5.1.1 unknown <bob@example.com>", "550 5.1.1 unknown <bob@example.com>"),
    ("#550 5.1.1 no ##", "550 5.1.1 no"),
    ("returned '400 4.4.7 Message delayed'", "400 4.4.7 Message delayed"),
    ("returned '400 4.4.7 Message delayed'\nreturned '451 4.4.0 no connection'", "451 4.4.0 no connection"),
    ("it weighs 400 kg", "it weighs 400 kg"),
  ])
  func framesOfReplies(reason: String, text: String) {
    #expect(reason.withByteView { String(NoticeReply.find(in: $0).reply.text) } == text)
  }

  /// Addresses further down are contacts and signatures.
  @Test func addressesBelowAReply() {
    let notice = """
      From: MAILER-DAEMON@mx.example.net
      Subject: Undelivered mail

      Could not be delivered to:

      bob@example.com
        550 5.1.1 unknown

      carol@example.net
      Example Ltd.

      """
    #expect(read(notice).recipients.map(\.address) == ["bob@example.com"])
  }

  /// People write about lists of recipients too.
  @Test func lettersWithSuchWords() {
    let letter = """
      From: Ann <ann@example.org>
      Subject: Delayed: Hello

      Delivery is delayed to these recipients or groups:

      bob@example.com
      eve@example.com

      Diagnostic information for administrators:

      bob@example.com
      Remote Server returned '400 4.4.7 Message delayed'
      """
    #expect(read(letter).kind == .none)
    let lines = "Diagnostic information for administrators:\n\nbob@example.com\n#550 5.1.1 no ##\n"
    #expect(read("From: postmaster@example.net\nSubject: Report\nTo: ann@example.net\n\n\(lines)").kind == .none)
  }
}
