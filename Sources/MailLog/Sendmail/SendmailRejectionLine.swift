import Bytes
import SMTPTypes

/// `ruleset=check_rcpt, arg1=<r>, relay=H [a], reject=450 4.7.1 …`, `Milter: to=<r>, reject=451 4.7.1 …` and
/// `Milter: connect: host=H, addr=a, temp failing commands`. Source: Sendmail 8.17, sendmail/srvrsmtp.c.
enum SendmailRejectionLine {
  static func read(_ id: ByteView?, _ rest: ByteView, into record: inout LogRecord) -> Bool {
    if rest.hasPrefix("ruleset=") { return readRuleset(id, rest, into: &record) }
    if rest.hasPrefix("Milter: ") { return readMilter(id, rest.from(8), into: &record) }
    return false
  }

  private static func readRuleset(_ id: ByteView?, _ rest: ByteView, into result: inout LogRecord) -> Bool {
    var fields = SendmailFields(rest)
    guard let (_, ruleset) = fields.next() else { return false }
    var argument = ByteView.empty
    var peer = SendmailPeer(.empty)
    while fields.at < rest.count {
      let field = rest.from(fields.at)
      if field.hasPrefix("arg1=") {
        fields.at += 5
        argument = fields.address()
        continue
      }
      if field.hasPrefix("reject=") || field.hasPrefix("quarantine=") || field.hasPrefix("discard") {
        var record = RejectionRecord(
          queueID: id, action: field.hasPrefix("reject=") ? .reject : field.hasPrefix("discard") ? .discard : .hold,
          stage: stage(ruleset), clientHost: peer.host, clientAddress: peer.address,
          reply: Reply(parsing: field.hasPrefix("reject=") ? field.from(7) : .empty))
        switch ruleset {
        case "check_rcpt", "check_vrfy", "check_expn": record.recipient = argument
        case "check_mail": record.sender = argument
        case "tls_server", "tls_rcpt", "try_tls":
          // Our own client refused to go on with a server.
          result = .trouble(TroubleRecord(kind: .connection, text: rest, queueID: id))
          return true
        default: break
        }
        result = .rejection(record)
        return true
      }
      guard let (name, value) = fields.next() else { return false }
      if name == "relay" { peer = SendmailPeer(value) }
    }
    return false
  }

  /// Behind `Milter: `.
  private static func readMilter(_ id: ByteView?, _ rest: ByteView, into result: inout LogRecord) -> Bool {
    var record = RejectionRecord(
      queueID: id, action: .milterReject, stage: nil, clientHost: .empty, clientAddress: .empty,
      reply: Reply(text: .empty))
    var start = 0
    if rest.hasPrefix("to=") || rest.hasPrefix("from=") {
      let isRecipient = rest.hasPrefix("to=")
      var fields = SendmailFields(rest, at: isRecipient ? 3 : 5)
      let address = fields.address()
      if isRecipient { record.recipient = address } else { record.sender = address }
      record.stage = isRecipient ? .rcpt : .mail
      start = fields.at
    } else if let comma = rest.firstRange(of: ", reject=") {
      let word = rest.prefix(comma.lowerBound)
      record.stage =
        word == "data" || word == "eoh" || word == "eom" || word == "body" || word == "header"
        ? (word == "data" ? .data : .endOfData)
        : word.hasPrefix("helo") ? .ehlo : word.hasPrefix("connect") ? .connect : nil
      start = comma.lowerBound + 2
    }
    let reject = rest.from(start)
    guard start > 0, reject.hasPrefix("reject=") else {
      if readConnect(rest, &record) {
        result = .rejection(record)
        return true
      }
      result = .uninteresting
      return true
    }
    record.reply = Reply(parsing: reject.from(7))
    result = .rejection(record)
    return true
  }

  /// A session that is put off from its start: `initialization failed, temp failing commands` (no milter answers) and
  /// `connect: host=H, addr=A, temp failing commands` (a milter says so); with `closing connection` and `shutdown` it
  /// ends at once. The code is what its commands are given, which no line says. False for others, and for what is
  /// refused for good.
  private static func readConnect(_ rest: ByteView, _ record: inout RejectionRecord) -> Bool {
    var what = rest
    var isInitial = false
    if rest.hasPrefix("connect: host=") {
      // The name is the client's; no name in the DNS that Sendmail takes holds a comma.
      guard let host = rest.firstRange(of: ", addr="), let end = rest.firstRange(of: ", ", from: host.upperBound)
      else { return false }
      record.clientHost = rest[14..<host.lowerBound]
      record.clientAddress = SendmailPeer.withoutTag(rest[host.upperBound..<end.lowerBound])
      if record.clientHost.at(0) == 0x5B { record.clientHost = .empty }
      what = rest.from(end.upperBound)
    } else if rest.hasPrefix("initialization failed, ") {
      what = rest.from(23)
      isInitial = true
    } else {
      return false
    }
    record.stage = .connect
    for (form, code, enhanced) in connectForms where what.hasPrefix(form) {
      // `temp failing commands=421 4.7.0 …`: a reply of the milter's own.
      let own = what.from(form.utf8CodeUnitCount)
      if own.at(0) == 0x3D {
        record.reply = Reply(parsing: own.from(1))
      } else {
        let text: StaticString = isInitial ? "Milter: initialization failed" : "Milter: temporary failure"
        record.reply = Reply(code: ReplyCode(code), enhanced: enhanced, text: ByteView(text))
      }
      return true
    }
    return false
  }

  private static let connectForms: [(StaticString, Int, EnhancedStatusCode?)] = [
    ("temp failing commands", 451, EnhancedStatusCode(4, 3, 2)),
    ("closing connection", 421, EnhancedStatusCode(4, 7, 0)), ("shutdown", 421, EnhancedStatusCode(4, 7, 0)),
  ]

  private static func stage(_ ruleset: ByteView) -> Stage? {
    switch ruleset {
    case "check_relay", "srv_features": .connect
    case "check_helo": .ehlo
    case "check_mail", "check_compat": .mail
    case "check_rcpt", "check_vrfy", "check_expn": .rcpt
    case "check_data": .data
    case "check_eoh", "check_eom": .endOfData
    case "tls_client": .startTLS
    case "trust_auth", "check_auth": .auth
    default: nil
    }
  }
}
