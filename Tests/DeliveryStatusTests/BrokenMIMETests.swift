import Bytes
import DeliveryStatus
import SMTPTypes
import Testing

@Suite struct BrokenMIMETests {
  private func changed(_ old: String, _ new: String, in text: String = Fixture.postfix) -> DeliveryReport {
    #expect(text.contains(old))
    return read(text.split(separator: old, omittingEmptySubsequences: false).joined(separator: new))
  }

  @Test(arguments: ["\r\n", "\r", "\r\r\n"])
  func lineEnds(end: String) {
    let text = Fixture.postfix.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: end)
    #expect(read(text) == read(Fixture.postfix))
  }

  @Test func boundaryMissingInTheHeader() {
    #expect(changed(";\n\tboundary=\"=_b/1\"", "").recipients == read(Fixture.postfix).recipients)
  }

  @Test func boundaryWrongInTheHeader() {
    let report = changed("boundary=\"=_b/1\"", "boundary=other")
    #expect(report.recipients == read(Fixture.postfix).recipients)
    #expect(report.messageID == "m1.2026@example.org")
  }

  @Test func headerFieldsOfMIMELost() {
    let report = changed(
      "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status;\n\tboundary=\"=_b/1\"\n", "")
    #expect(report.recipients == read(Fixture.postfix).recipients)
    #expect(report.queueID == "4jY88L73BKz2PwHN")
  }

  @Test func closingBoundaryMissing() {
    #expect(changed("--=_b/1--\n", "") == read(Fixture.postfix))
  }

  @Test func blankLineBehindPartHeaderMissing() {
    #expect(changed("message/delivery-status\n\n", "message/delivery-status\n") == read(Fixture.postfix))
  }

  @Test func boundaryWithTrailingSpace() {
    #expect(changed("--=_b/1\n", "--=_b/1 \t\n") == read(Fixture.postfix))
  }

  @Test func boundaryThatOnlyStartsAlike() {
    #expect(changed("This is the mail system", "--=_b/1x\nThis is the mail system") == read(Fixture.postfix))
  }

  @Test func mboxSeparatorInFront() {
    #expect(read("From MAILER-DAEMON Mon Nov 23 14:53:38 2026\n" + Fixture.postfix) == read(Fixture.postfix))
  }

  @Test func emptyLinesInFront() {
    #expect(read("\n\n" + Fixture.postfix) == read(Fixture.postfix))
  }

  @Test func reportWrappedByAGateway() {
    let wrapped = """
      From: postmaster@gateway.example
      Subject: Returned mail
      Content-Type: multipart/mixed; boundary=outside

      --outside
      Content-Type: text/plain

      Scanned.
      --outside
      Content-Type: message/rfc822

      \(Fixture.postfix)
      --outside--
      """
    let report = read(wrapped)
    #expect(report.recipients == read(Fixture.postfix).recipients)
    #expect(report.messageID == "m1.2026@example.org")
  }

  @Test func aPersonForwardsAReport() {
    let forwarded = """
      From: Ann <ann@example.org>
      Subject: Fwd: what is this?
      Content-Type: multipart/mixed; boundary=outside

      --outside
      Content-Type: text/plain

      > <bob@example.com>: host said: 550 no
      Final-Recipient: rfc822; bob@example.com
      --outside
      Content-Type: message/rfc822

      \(Fixture.postfix)
      --outside--
      """
    #expect(read(forwarded).kind == .none)
  }
}
