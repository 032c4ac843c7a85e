// Limits and time-outs of our own server: the client is given a 4xx, and no reject line says so. A time-out of a client
// that was idle between messages put nothing off, and is only counted as trouble.
//   warning: Connection concurrency limit exceeded: 51 from NAME[ADDR] for service smtp      (anvil's counts)
//   [QID: |NOQUEUE: ]timeout after DATA (10 bytes) from NAME[ADDR]
//   [QID: |NOQUEUE: ]too many errors after RCPT from NAME[ADDR]
//   warning: NAME[ADDR]: SASL LOGIN authentication failed: Connection lost to authentication server
//   COMMAND TIME LIMIT from [ADDR]:PORT after CONNECT                                        (postscreen)
// Source: smtpd/smtpd.c, smtpd/smtpd_sasl_glue.c, postscreen/postscreen_smtpd.c. The reply is what these send, without
// the server's name.

import Bytes
import SMTPTypes

enum LimitLine {
  /// `text` behind `warning: `.
  static func readWarning(_ text: ByteView, into result: inout LogRecord) -> Bool {
    if readAuthentication(text, into: &result) { return true }
    guard let exceeded = text.firstRange(of: " limit exceeded: "),
      let limit = limits.first(where: { text.prefix(exceeded.lowerBound) == $0.name })
    else { return false }
    return reject(nil, text, clientAfter: exceeded.upperBound, limit.stage, limit.reply, into: &result)
  }

  /// `NAME[ADDR]: SASL LOGIN authentication failed: Connection lost to authentication server`, in later versions with `,
  /// sasl_username=` behind: our authentication server is away, and the client is told to come back. What fails
  /// for another reason is refused for good.
  private static func readAuthentication(_ text: ByteView, into result: inout LogRecord) -> Bool {
    guard let failed = text.firstRange(of: " authentication failed: "), let client = NamedHost(text),
      text.from(client.end).hasPrefix(": SASL "),
      // The mechanism is the client's word.
      text[(client.end + 7)..<max(failed.lowerBound, client.end + 7)].firstIndex(of: 0x20) == nil
    else { return false }
    let reason = text.from(failed.upperBound)
    for known in awayReasons where reason.hasPrefix(known) {
      let rest = reason.from(known.utf8CodeUnitCount)
      guard rest.isEmpty || rest.hasPrefix(", sasl_username=") else { continue }
      var record = RejectionRecord(
        queueID: nil, action: .reject, stage: .auth, clientHost: client.host, clientAddress: client.address,
        reply: Reply(
          code: ReplyCode(454), enhanced: EnhancedStatusCode(4, 7, 0), text: reason.prefix(known.utf8CodeUnitCount)))
      let user = rest.isEmpty ? rest : rest.from(16)
      if !user.isEmpty, user != "(unavailable)" { record.user = user }
      result = .rejection(record)
      return true
    }
    return false
  }

  /// xsasl/xsasl_dovecot_server.c, XSASL_AUTH_TEMP.
  private static let awayReasons: [StaticString] = [
    "Connection lost to authentication server", "Can't connect to authentication server",
    "Temporary authentication failure",
  ]

  /// How a session of smtpd ended.
  static func readSession(_ id: ByteView?, _ text: ByteView, into result: inout LogRecord) -> Bool {
    let start: Int
    let reply: StaticString
    if text.hasPrefix("timeout after ") {
      (start, reply) = (14, "421 4.4.2 Error: timeout exceeded")
    } else if text.hasPrefix("too many errors after ") {
      (start, reply) = (22, "421 4.7.0 Error: too many errors")
    } else {
      return false
    }
    let stage = RejectionLine.stage(word(text, at: start))
    if start == 14, isIdle(stage) {
      result = .trouble(TroubleRecord(kind: .clientLimit, text: text, queueID: id))
      return true
    }
    return reject(id, text, clientAfter: start, stage, reply, into: &result)
  }

  /// postscreen's.
  static func readScreen(_ text: ByteView, into result: inout LogRecord) -> Bool {
    let reply: StaticString
    if text.hasPrefix("COMMAND TIME LIMIT from ") {
      reply = "421 4.4.2 Error: timeout exceeded"
    } else if text.hasPrefix("COMMAND COUNT LIMIT from ") || text.hasPrefix("COMMAND LENGTH LIMIT from ") {
      reply = "421 Service unavailable - try again later: too many commands"
    } else {
      return false
    }
    let stage = text.firstRange(of: " after ").flatMap { RejectionLine.stage(word(text, at: $0.upperBound)) }
    if text.hasPrefix("COMMAND TIME"), isIdle(stage) {
      result = .trouble(TroubleRecord(kind: .clientLimit, text: text))
      return true
    }
    return reject(nil, text, clientAfter: 12, stage, reply, into: &result)
  }

  /// True outside of a message's transaction, after whatever command.
  private static func isIdle(_ stage: Stage?) -> Bool {
    switch stage {
    case .startTLS, .auth, .mail, .rcpt, .data: false
    case .connect, .ehlo, .endOfData, nil: true
    }
  }

  /// What is counted for each client (anvil(8)), and what it is told.
  private static let limits: [(name: StaticString, stage: Stage, reply: StaticString)] = [
    ("Connection concurrency", .connect, "421 4.7.0 Error: too many connections"),
    ("Connection rate", .connect, "421 4.7.0 Error: too many connections"),
    ("Message delivery request rate", .mail, "450 4.7.1 Error: too much mail"),
    ("Recipient address rate", .rcpt, "450 4.7.1 Error: too many recipients from this client"),
    ("New TLS session rate", .startTLS, "454 4.7.0 Error: too many new TLS sessions"),
    ("AUTH command rate", .auth, "450 4.7.1 Error: too many AUTH commands"),
  ]

  private static func reject(
    _ id: ByteView?, _ text: ByteView, clientAfter start: Int, _ stage: Stage?, _ reply: StaticString,
    into result: inout LogRecord
  ) -> Bool {
    guard let from = text.firstRange(of: "from ", from: start), let client = NamedHost(text, at: from.upperBound) else {
      return false
    }
    result = .rejection(
      RejectionRecord(
        queueID: id, action: .reject, stage: stage, clientHost: client.host, clientAddress: client.address,
        reply: Reply(parsing: ByteView(reply))))
    return true
  }

  private static func word(_ text: ByteView, at start: Int) -> ByteView {
    let rest = text.from(start)
    return rest.prefix(rest.firstIndex(of: 0x20) ?? rest.count)
  }
}
