import Bytes
import SMTPTypes
import Testing

@testable import DeliveryStatus

@Suite struct ValueTests {
  @Test(arguments: [
    ("rfc822; a@example.com", "a@example.com"),
    ("rfc822;<a@example.com>", "a@example.com"),
    ("RFC822; <a@example.com> (alias)", "a@example.com"),
    ("a@example.com", "a@example.com"),
    ("rfc822; a@example.com (expanded)", "a@example.com"),
    ("rfc822; a@example.com>", "a@example.com"),
    ("rfc822; \"john doe\"@example.com", "\"john doe\"@example.com"),
    ("utf-8; j\\x{F6}rg@\\x{2603}.example", "jörg@☃.example"),
    ("utf-8; \\x{110000}@example.com", "\\x{110000}@example.com"),
    ("rfc822; \\x{F6}@example.com", "\\x{F6}@example.com"),
    ("system;<>", ""),
    ("x-local; bob", "bob"),
  ])
  func addresses(value: String, expected: String) {
    #expect(value.withByteView { FieldValue.address($0, limit: 100) } == expected)
  }

  @Test func noAddress() {
    #expect("rfc822; ".withByteView { FieldValue.address($0, limit: 100) } == nil)
  }

  @Test(arguments: [("a+2Bb+3Dc", "a+b=c"), ("tag+40x", "tag+40x"), ("end+2", "end+2"), ("+", "+")])
  func xtext(value: String, expected: String) {
    #expect(value.withByteView { FieldValue.xtext($0) } == expected)
  }

  @Test(arguments: [
    ("Mon, 23 Nov 2026 14:53:38 +0100 (CET)", "2026-11-23T13:53:38Z"),
    ("23 Nov 2026 14:53 -0330", "2026-11-23T18:23:00Z"),
    ("Mon,23 Nov 26 14:53:38 EST", "2026-11-23T19:53:38Z"),
    ("Monday, 1 December 1997 00:00:00 GMT", "1997-12-01T00:00:00Z"),
    ("2026-11-23T14:53:38.25+01:00", "2026-11-23T13:53:38.25Z"),
    ("Mon, 23 Nov 2026 14:53:38", "2026-11-23T14:53:38Z"),
  ])
  func dates(value: String, expected: String) {
    #expect(value.withByteView { MailDate.parse($0) }?.description == expected)
  }

  @Test(arguments: [
    "", "yesterday", "Mon, 32 Nov 2026 14:53:38 +0000", "Mon, 23 Foo 2026 1:00", "23 Nov 2026 25:00", "Mon,",
  ])
  func noDates(value: String) {
    #expect(value.withByteView { MailDate.parse($0) } == nil)
  }

  @Test(arguments: [
    ("=?utf-8?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
    ("=?UTF-8?B?R3LDvMOfZQ==?= an alle", "Grüße an alle"),
    ("=?iso-8859-1?q?caf=E9_noir?=", "café noir"),
    ("=?utf-8?Q?a?= =?utf-8?Q?b?=", "ab"),
    ("=?utf-8?Q?a?= and =?utf-8*en?Q?b?=", "a and b"),
    ("=?iso-2022-jp?B?GyRC?=", "=?iso-2022-jp?B?GyRC?="),
    ("=?utf-8?Q?open", "=?utf-8?Q?open"),
    ("plain", "plain"),
  ])
  func encodedWords(value: String, expected: String) {
    #expect(value.withByteView { EncodedWords.decode($0) } == expected)
  }

  @Test(arguments: [
    ("multipart/report; boundary=abc", "abc"),
    ("multipart/mixed; boundary=\"a b\\\"c\"", "a b\"c"),
    ("multipart/mixed (a (nested) comment); x=y; boundary=\"q;=\"", "q;="),
    ("multipart/mixed; boundary*0=ab; boundary*1=\"cd\"", "abcd"),
    ("multipart/mixed; boundary*1=cd; boundary*0*=us-ascii'en'a%20b", "a bcd"),
    ("multipart/mixed; boundary*=''a%2Fb", "a/b"),
    ("Multipart/Mixed;Boundary=----=_x.1/2?", "----=_x.1/2?"),
    ("multipart/mixed", ""),
    ("text/plain; boundary=abc", ""),
  ])
  func boundaries(value: String, expected: String) {
    var boundary = ByteBuffer()
    _ = value.withByteView { ContentType(field: $0, boundary: &boundary) }
    #expect(String(boundary.view) == expected)
  }

  @Test(arguments: [
    ("smtp; 550 5.1.1 no", "550", "5.1.1", true, "", "550 5.1.1 no"),
    ("SMTP;451-4.7.1 a 451 4.7.1 b", "451", "4.7.1", true, "", "451-4.7.1 a 451 4.7.1 b"),
    (
      "X-Postfix; host mx.a.b[192.0.2.1] said: 550 RCPT gone (in reply to RCPT TO command)", "550", "", true, "mx.a.b",
      "550 RCPT gone"
    ),
    ("X-Postfix; unknown user: \"bob\"", "", "", false, "", "unknown user: \"bob\""),
    (
      "X-Postfix; delivery temporarily suspended: host mx.a.b[192.0.2.1] refused to talk to me: 421 4.7.0 busy", "421",
      "4.7.0", true, "mx.a.b", "421 4.7.0 busy"
    ),
    (
      "smtp; The recipient server did not accept our requests to connect", "", "", false, "",
      "The recipient server did not accept our requests to connect"
    ),
    ("Connection timed out", "", "", false, "", "Connection timed out"),
    (
      "smtp;550 5.4.300 Message expired -> 451 4.7.500 Server busy, try again", "451", "4.7.500", true, "",
      "451 4.7.500 Server busy, try again"
    ),
    ("smtp;550 5.4.300 Message expired -> later", "550", "5.4.300", true, "", "550 5.4.300 Message expired -> later"),
    ("smtp; 550 5.1.1 a -> 450 4.2.2 b", "550", "5.1.1", true, "", "550 5.1.1 a -> 450 4.2.2 b"),
  ])
  func diagnostics(value: String, code: String, enhanced: String, isRemote: Bool, host: String, text: String) {
    value.withByteView { view in
      let diagnostic = Diagnostic(field: view)
      #expect(diagnostic.reply.code?.description ?? "" == code)
      #expect(diagnostic.reply.enhanced?.description ?? "" == enhanced)
      #expect(diagnostic.isRemote == isRemote)
      #expect(String(diagnostic.host) == host)
      #expect(String(diagnostic.reply.text) == text)
    }
  }

  @Test(arguments: [
    (["=3D=C3=BC"], "=ü\n"), (["soft=", "wrap"], "softwrap\n"), (["a=ZZb=4"], "a=ZZb=4\n"), (["trail   "], "trail\n"),
    (["soft= ", "wrap"], "softwrap\n"),
  ])
  func quotedPrintable(lines: [String], expected: String) {
    let decoder = TransferDecoder()
    var output = ByteBuffer()
    for line in lines { line.withByteView { decoder.appendQuotedPrintable($0, to: &output) } }
    #expect(String(output.view) == expected)
  }

  @Test(arguments: [
    (["aGVsbG8="], "hello"), (["aGVs", "bG8"], "hello"), (["aG Vs\tbG8="], "hello"), (["aGk=aGk="], "hihi"),
    (["!!"], ""),
  ])
  func base64(lines: [String], expected: String) {
    var decoder = TransferDecoder()
    var output = ByteBuffer()
    for line in lines { line.withByteView { decoder.appendBase64($0, to: &output) } }
    decoder.finishBase64(to: &output)
    #expect(String(output.view) == expected)
  }
}
