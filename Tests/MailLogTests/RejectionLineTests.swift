import Bytes
import MailLog
import SMTPTypes
import Testing

@Suite struct RejectionLineTests {
  struct Case: Sendable, Equatable {
    var queueID: String?
    var action: RejectionRecord.Action = .reject
    var stage: Stage? = .rcpt
    var host = "x.example.org"
    var address = "192.0.2.1"
    var code: Int?
    var enhanced: String?
    var text = ""
    var sender: String?
    var recipient: String?
    var helo: String?
    var user: String?
    var isTransient = false
  }

  static let tail = "from=<s@example.org> to=<r@example.com> proto=ESMTP helo=<h.example.org>"

  static let cases: [(String, String, Case)] = [
    (
      "smtpd",
      "NOQUEUE: reject: RCPT from x.example.org[192.0.2.1]: 450 4.7.1 <r@example.com>: Recipient address rejected: Greylisted; \(tail)",
      Case(
        code: 450, enhanced: "4.7.1", text: "450 4.7.1 <r@example.com>: Recipient address rejected: Greylisted",
        sender: "s@example.org", recipient: "r@example.com", helo: "h.example.org", isTransient: true)
    ),
    (
      // A HELO name that imitates fields.
      "smtpd",
      "NOQUEUE: reject: RCPT from x.example.org[192.0.2.1]: 450 4.7.1 no; from=<s@example.org> to=<r@example.com> proto=ESMTP helo=<h> from=<boss@example.net> to=<v@example.net> helo=<i>",
      Case(
        code: 450, enhanced: "4.7.1", text: "450 4.7.1 no", sender: "s@example.org", recipient: "r@example.com",
        helo: "h", isTransient: true)
    ),
    (
      // The same with a whole tail of its own: it names its own client, nobody else's.
      "smtpd",
      "NOQUEUE: reject: RCPT from x.example.org[192.0.2.1]: 450 4.7.1 no; from=<s@example.org> to=<r@example.com> proto=ESMTP helo=<h>; from=<boss@example.net> to=<v@example.net> proto=SMTP helo=<i>",
      Case(
        code: 450, enhanced: "4.7.1", text: "450 4.7.1 no", sender: "s@example.org", recipient: "r@example.com",
        helo: "h>; from=<boss@example.net", isTransient: true)
    ),
    (
      // A server that was asked whether the sender exists answers with attributes.
      "smtpd",
      "NOQUEUE: reject: RCPT from x.example.org[192.0.2.1]: 450 4.1.7 <s@example.org>: Sender address rejected: unverified address: host mx.example.org[192.0.2.7] said: 450 4.2.0 later; from=<boss@example.net> to=<v@example.net> proto=SMTP helo=<i>; from=<s@example.org> to=<r@example.com> proto=ESMTP helo=<h.example.org>",
      Case(
        code: 450, enhanced: "4.1.7",
        text:
          "450 4.1.7 <s@example.org>: Sender address rejected: unverified address: host mx.example.org[192.0.2.7] said: 450 4.2.0 later; from=<boss@example.net> to=<v@example.net> proto=SMTP helo=<i>",
        sender: "s@example.org", recipient: "r@example.com", helo: "h.example.org", isTransient: true)
    ),
    (
      // A block list's text, with more places than are worth trying.
      "smtpd",
      "NOQUEUE: reject: RCPT from x.example.org[192.0.2.1]: 450 4.7.1 Service unavailable; Client host [192.0.2.1] blocked using bl.example\(String(repeating: "; from=<a", count: 40)); \(tail)",
      Case(
        code: 450, enhanced: "4.7.1",
        text:
          "450 4.7.1 Service unavailable; Client host [192.0.2.1] blocked using bl.example\(String(repeating: "; from=<a", count: 40))",
        sender: "s@example.org", recipient: "r@example.com", helo: "h.example.org", isTransient: true)
    ),
    (
      // A recipient that imitates them.
      "smtpd",
      #"NOQUEUE: reject: RCPT from x.example.org[192.0.2.1]: 450 4.1.1 <"a; from=<b> to=<c> proto=SMTP helo=<d>"@example.com>: Recipient address rejected: later; from=<s@example.org> to=<"a; from=<b> to=<c> proto=SMTP helo=<d>"@example.com> proto=ESMTP helo=<h.example.org>"#,
      Case(
        code: 450, enhanced: "4.1.1",
        text:
          #"450 4.1.1 <"a; from=<b> to=<c> proto=SMTP helo=<d>"@example.com>: Recipient address rejected: later"#,
        sender: "s@example.org", recipient: #""a; from=<b> to=<c> proto=SMTP helo=<d>"@example.com"#,
        helo: "h.example.org", isTransient: true)
    ),
    (
      // Cut by syslog in the middle of the attributes.
      "smtpd",
      "NOQUEUE: reject: RCPT from x.example.org[192.0.2.1]: 450 4.7.1 no; from=<s@example.org> to=<r@exam",
      Case(code: 450, enhanced: "4.7.1", text: "450 4.7.1 no", sender: "s@example.org", isTransient: true)
    ),
    (
      "submission/smtpd",
      "3F2A1B0C9D: reject: DATA from x.example.org[192.0.2.1]:4711: 550 5.5.3 <DATA>: no; from=<> to=<r@example.com> proto=ESMTP helo=<[192.0.2.1]> sasl_method=PLAIN sasl_username=ann",
      Case(
        queueID: "3F2A1B0C9D", stage: .data, code: 550, enhanced: "5.5.3", text: "550 5.5.3 <DATA>: no", sender: "",
        recipient: "r@example.com", helo: "[192.0.2.1]", user: "ann")
    ),
    (
      "smtpd",
      "NOQUEUE: milter-reject: CONNECT from x.example.org[192.0.2.1]: 451 4.7.1 Service unavailable - try again later; proto=SMTP",
      Case(
        action: .milterReject, stage: .connect, code: 451, enhanced: "4.7.1",
        text: "451 4.7.1 Service unavailable - try again later", isTransient: true)
    ),
    (
      "smtpd",
      "NOQUEUE: reject: RCPT from x.example.org[192.0.2.1]: 554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using bl.example; see http://bl.example/; \(tail)",
      Case(
        code: 554, enhanced: "5.7.1",
        text: "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using bl.example; see http://bl.example/",
        sender: "s@example.org", recipient: "r@example.com", helo: "h.example.org")
    ),
    (
      "smtpd",
      "NOQUEUE: reject: MAIL from x.example.org[192.0.2.1]: 452 4.3.1 Insufficient system storage; proto=ESMTP helo=<h.example.org>",
      Case(
        stage: .mail, code: 452, enhanced: "4.3.1", text: "452 4.3.1 Insufficient system storage",
        helo: "h.example.org", isTransient: true)
    ),
    (
      "smtpd",
      "NOQUEUE: reject: VRFY from unknown[2001:db8::1]: 454 4.7.1 <a@b>: Relay access denied; to=<a@b> proto=SMTP helo=<me>",
      Case(
        host: "unknown", address: "2001:db8::1", code: 454, enhanced: "4.7.1",
        text: "454 4.7.1 <a@b>: Relay access denied",
        recipient: "a@b", helo: "me", isTransient: true)
    ),
    (
      "smtpd", "NOQUEUE: reject_warning: RCPT from x.example.org[192.0.2.1]: 450 4.7.1 no; \(tail)",
      Case(
        action: .rejectWarning, code: 450, enhanced: "4.7.1", text: "450 4.7.1 no", sender: "s@example.org",
        recipient: "r@example.com", helo: "h.example.org")
    ),
    (
      "smtpd",
      "3F2A1B0C9D: hold: RCPT from x.example.org[192.0.2.1]: <r@example.com>: Recipient address triggers HOLD action; \(tail)",
      Case(
        queueID: "3F2A1B0C9D", action: .hold, text: "<r@example.com>: Recipient address triggers HOLD action",
        sender: "s@example.org", recipient: "r@example.com", helo: "h.example.org")
    ),
    (
      "cleanup", "3F2A1B0C9D: milter-reject: END-OF-MESSAGE from x.example.org[192.0.2.1]: 4.7.1 later; \(tail)",
      Case(
        queueID: "3F2A1B0C9D", action: .milterReject, stage: .endOfData, enhanced: "4.7.1", text: "4.7.1 later",
        sender: "s@example.org", recipient: "r@example.com", helo: "h.example.org", isTransient: true)
    ),
    (
      "cleanup",
      "3F2A1B0C9D: reject: header X: from a[192.0.2.66]; from=<z@z> b from x.example.org[192.0.2.1]; \(tail): 4.7.1 header says later",
      Case(
        queueID: "3F2A1B0C9D", stage: .endOfData, enhanced: "4.7.1", text: "4.7.1 header says later",
        sender: "s@example.org", recipient: "r@example.com", helo: "h.example.org", isTransient: true)
    ),
    // A HELO name that holds a client, or a whole tail, and says what the client was told.
    (
      "cleanup",
      "3F2A1B0C9D: reject: header X: y from x.example.org[192.0.2.1]; from=<s@example.org> to=<r@example.com> proto=ESMTP helo=<q from a[192.0.2.66]>: 4.7.1 later",
      Case(
        queueID: "3F2A1B0C9D", stage: .endOfData, enhanced: "4.7.1", text: "4.7.1 later", sender: "s@example.org",
        recipient: "r@example.com", helo: "q from a[192.0.2.66]", isTransient: true)
    ),
    (
      "cleanup",
      "3F2A1B0C9D: reject: header X: y from x.example.org[192.0.2.1]; from=<s@example.org> to=<r@example.com> proto=ESMTP helo=<q>: 4.7.1 forged>: 5.7.1 no",
      Case(
        queueID: "3F2A1B0C9D", stage: .endOfData, enhanced: "5.7.1", text: "5.7.1 no", sender: "s@example.org",
        recipient: "r@example.com", helo: "q")
    ),
    (
      "cleanup",
      "3F2A1B0C9D: reject: header X: y from x.example.org[192.0.2.1]; from=<s@example.org> to=<r@example.com> proto=ESMTP helo=<q> from a[192.0.2.66]; from=<z@z> to=<z@z> proto=ESMTP helo=<q>: 5.7.1 no",
      Case(queueID: "3F2A1B0C9D", stage: .endOfData, host: "", address: "", enhanced: "5.7.1", text: "5.7.1 no")
    ),
    // The same from the other side: nobody can tell.
    (
      "cleanup",
      "3F2A1B0C9D: reject: header X: y from a[192.0.2.66]; from=<z@z> to=<z@z> proto=ESMTP helo=<q> from x.example.org[192.0.2.1]; \(tail): 5.7.1 no",
      Case(queueID: "3F2A1B0C9D", stage: .endOfData, host: "", address: "", enhanced: "5.7.1", text: "5.7.1 no")
    ),
    (
      "cleanup", "3F2A1B0C9D: reject: body Buy now from local; from=<s@example.org>: 5.7.1 no",
      Case(
        queueID: "3F2A1B0C9D", stage: .endOfData, host: "", address: "", enhanced: "5.7.1", text: "5.7.1 no",
        sender: "s@example.org")
    ),
    (
      "smtpd", "proxy-reject: END-OF-MESSAGE: 451 4.7.650 later; \(tail)",
      Case(
        action: .proxyReject, stage: .endOfData, host: "", address: "", code: 451, enhanced: "4.7.650",
        text: "451 4.7.650 later", sender: "s@example.org", recipient: "r@example.com", helo: "h.example.org",
        isTransient: true)
    ),
    (
      "postscreen",
      "NOQUEUE: reject: RCPT from [192.0.2.1]:4711: 450 4.3.2 Service currently unavailable; from=<s@example.org>, to=<r@example.com>, proto=ESMTP, helo=<h>",
      Case(
        host: "", code: 450, enhanced: "4.3.2", text: "450 4.3.2 Service currently unavailable",
        sender: "s@example.org",
        recipient: "r@example.com", helo: "h", isTransient: true)
    ),
    (
      "postscreen", "NOQUEUE: reject: CONNECT from [192.0.2.1]:4711: too many connections",
      Case(
        stage: .connect, host: "", code: 421, enhanced: "4.7.0", text: "too many connections", isTransient: true)
    ),
    (
      "smtpd",
      "NOQUEUE: reject: CONNECT from unknown[unknown]: 421 4.7.1 Client host rejected: cannot find your reverse hostname, [unknown]; proto=SMTP",
      Case(
        stage: .connect, host: "unknown", address: "unknown", code: 421, enhanced: "4.7.1",
        text: "421 4.7.1 Client host rejected: cannot find your reverse hostname, [unknown]", isTransient: true)
    ),
    (
      "smtpd", "NOQUEUE: reject: RCPT from x.example.org[192.0.2.1]: 554 5.7.1 no trailer",
      Case(code: 554, enhanced: "5.7.1", text: "554 5.7.1 no trailer")
    ),
    (
      "postscreen", "reject: connect from [192.0.2.1]:4711: all screening ports busy",
      Case(stage: .connect, host: "", code: 421, enhanced: "4.3.2", text: "all screening ports busy", isTransient: true)
    ),
  ]

  @Test(arguments: cases)
  func readsRejections(_ daemon: String, _ message: String, _ expected: Case) {
    let seen =
      parsing(postfix(daemon, message)) { _, record -> Case? in
        guard case .rejection(let rejection) = record else { return nil }
        return Case(
          queueID: text(rejection.queueID), action: rejection.action, stage: rejection.stage,
          host: String(rejection.clientHost), address: String(rejection.clientAddress),
          code: rejection.reply.code.map { Int($0.value) }, enhanced: rejection.reply.enhanced?.description,
          text: String(rejection.reply.text), sender: text(rejection.sender), recipient: text(rejection.recipient),
          helo: text(rejection.helo), user: text(rejection.user), isTransient: rejection.isTransient)
      } ?? nil
    #expect(seen == expected)
  }
}
