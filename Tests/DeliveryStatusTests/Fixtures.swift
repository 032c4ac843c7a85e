// Messages for the tests, written for them in the formats of the programs named.

import Bytes
import DeliveryStatus
import Testing

/// Reads a message given as text with LF line ends.
func read(_ message: String, limits: ReportLimits = ReportLimits()) -> DeliveryReport {
  message.withByteView { ReportReader.read($0, limits: limits) }
}

func read(_ bytes: [UInt8], limits: ReportLimits = ReportLimits()) -> DeliveryReport {
  bytes.withUnsafeBufferPointer { ReportReader.read(ByteView($0), limits: limits) }
}

/// A message as a test's argument, shown by its name.
struct Sample: Sendable, CustomTestStringConvertible {
  var name: String
  var message: String
  var testDescription: String { name }

  init(_ name: String, _ message: String) {
    self.name = name
    self.message = message
  }
}

enum Fixture {
  /// A multipart/report around `status`, with a returned header.
  static func report(_ status: String, boundary: String = "=_b/1", header: String = "") -> String {
    """
    Return-Path: <>
    From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
    Subject: Undelivered Mail Returned to Sender
    Auto-Submitted: auto-replied
    \(header)MIME-Version: 1.0
    Content-Type: multipart/report; report-type=delivery-status;
    \tboundary="\(boundary)"

    This is a MIME-encapsulated message.

    --\(boundary)
    Content-Description: Notification
    Content-Type: text/plain; charset=us-ascii

    This is the mail system at host mx.example.net.

    --\(boundary)
    Content-Description: Delivery report
    Content-Type: message/delivery-status

    \(status)
    --\(boundary)
    Content-Description: Undelivered Message Headers
    Content-Type: text/rfc822-headers

    From: Ann Example <ann@example.org>
    To: bob@example.com
    Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=
    Message-ID: <m1.2026@example.org>

    --\(boundary)--

    """
  }

  /// Two recipients, as Postfix writes them.
  static let postfix = report(
    """
    Reporting-MTA: dns; mx.example.net
    Original-Envelope-Id: campaign+2B7
    X-Postfix-Queue-ID: 4jY88L73BKz2PwHN
    X-Postfix-Sender: rfc822; ann@example.org
    Arrival-Date: Mon, 23 Nov 2026 14:53:38 +0100 (CET)

    Final-Recipient: rfc822; bob@example.com
    Original-Recipient: rfc822;robert@example.com
    Action: failed
    Status: 5.2.2
    Remote-MTA: dns; mail.example.com
    Diagnostic-Code: smtp; 552 5.2.2 <bob@example.com>: the mailbox
        is full

    Final-Recipient: rfc822; eve@example.com
    Action: delayed
    Status: 4.4.1
    Diagnostic-Code: X-Postfix; connect to mail.example.com[192.0.2.7]:25:
        Connection refused
    Last-Attempt-Date: Mon, 23 Nov 2026 15:00:00 +0000
    Will-Retry-Until: Sat, 28 Nov 2026 14:53:38 +0100 (CET)

    """)

  static let all = [
    Sample("postfix", postfix), Sample("qmail", NoticeFixture.qmail), Sample("exim", NoticeFixture.exim),
    Sample("sendmail", NoticeFixture.sendmail), Sample("exchange", NoticeFixture.exchange),
    Sample("gmail", NoticeFixture.gmail), Sample("html", NoticeFixture.exchangeOnlineHTML), Sample("broken", broken),
    Sample("expired", NoticeFixture.sendmailExpired), Sample("transcript", NoticeFixture.transcript),
    Sample("challenge", challenge), Sample("empty", ""), Sample("person", "From: Ann <ann@example.org>\n\nAt noon?\n"),
  ]

  static let challenge = report(
    "Final-Recipient: rfc822; a@example.com\nDiagnostic-Code: X-Boxbe-Notice; Sender not known yet. See above\n"
      + "Status: 4.7.0\n")

  /// Nested multiparts, base64 and quoted-printable, a boundary in RFC 2231 pieces, a comment, CR line ends.
  static let broken = """
    From: <>
    Subject: Delivery failure
    Content-Type: multipart/report (wrapped); report-type="delivery-status";
     boundary*0="=_ou"; boundary*1*=ter%2F1

    --=_outer/1
    Content-Type: multipart/alternative; boundary=in

    --in
    Content-Type: text/html

    <p>Sorry.</p>
    --in--
    --=_outer/1
    Content-Type: message/global-delivery-status
    Content-Transfer-Encoding: base64

    UmVwb3J0aW5nLU1UQTogZG5zOyBlYWkuZXhhbXBsZQ0KDQpGaW5hbC1SZWNpcGllbnQ6IHV0Zi04
    OyBqXHh7RjZ9cmdAZXhhbXBsZS5jb20NCkFjdGlvbjogZmFpbGVkDQpTdGF0dXM6IDUuNi43DQo=
    --=_outer/1--
    """
}
