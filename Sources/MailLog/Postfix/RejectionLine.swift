// Rejections and their relatives of smtpd, cleanup and postscreen:
//   reject: RCPT from NAME[ADDR]: 450 4.7.1 text; from=<s> to=<r> proto=ESMTP helo=<h>
//   reject: RCPT from [ADDR]:PORT: 450 4.3.2 text; from=<s>, to=<r>, proto=ESMTP, helo=<h>     (postscreen)
//   milter-reject: END-OF-MESSAGE from NAME[ADDR]: 4.7.1 text; from=<s> to=<r> proto=ESMTP helo=<h>  (cleanup)
//   reject: header X: y from NAME[ADDR]; from=<s> to=<r> proto=ESMTP helo=<h>: 4.7.1 text     (header_checks)
//   proxy-reject: END-OF-MESSAGE: 451 text; from=<s> to=<r> proto=ESMTP helo=<h>
// Source: smtpd/smtpd_check.c (log_whatsup), smtpd/smtpd_proxy.c, cleanup/cleanup_message.c, cleanup/cleanup_milter.c,
// postscreen/postscreen_smtpd.c.

import Bytes
import SMTPTypes

enum RejectionLine {
  /// - Parameters:
  ///   - id: nil for NOQUEUE.
  ///   - rest: from the action on.
  static func read(_ id: ByteView?, _ rest: ByteView, into record: inout LogRecord) -> Bool {
    guard let (action, start) = action(rest) else { return false }
    var text = rest.from(start)
    while text.at(0) == 0x20 { text = text.from(1) }
    guard let action else {
      record = .uninteresting
      return true
    }
    if text.hasPrefix("header ") || text.hasPrefix("body ") || text.hasPrefix("mime-header ")
      || text.hasPrefix("nested-header ") || text.hasPrefix("mime-error ") || text.hasPrefix("content ")
    {
      return readContent(id, action, text, into: &record)
    }
    return readCommand(id, action, text, into: &record)
  }

  /// The action at the start of `rest`: nil inside of the result for those that turn nobody away.
  private static func action(_ rest: ByteView) -> (RejectionRecord.Action?, Int)? {
    switch rest.at(0) {
    case UInt8(ascii: "r"):
      if rest.hasPrefix("reject: ") { return (.reject, 8) }
      if rest.hasPrefix("reject_warning: ") { return (.rejectWarning, 16) }
      if rest.hasPrefix("replace: ") || rest.hasPrefix("redirect: ") { return (nil, 0) }
    case UInt8(ascii: "m"):
      if rest.hasPrefix("milter-reject: ") { return (.milterReject, 15) }
      if rest.hasPrefix("milter-hold: ") { return (.milterHold, 13) }
      if rest.hasPrefix("milter-discard: ") { return (.discard, 16) }
      if rest.hasPrefix("milter-") { return (nil, 0) }
    case UInt8(ascii: "h"):
      if rest.hasPrefix("hold: ") { return (.hold, 6) }
    case UInt8(ascii: "d"):
      if rest.hasPrefix("discard: ") { return (.discard, 9) }
      if rest.hasPrefix("delay: ") { return (nil, 0) }
    case UInt8(ascii: "p"):
      if rest.hasPrefix("proxy-reject: ") { return (.proxyReject, 14) }
      if rest.hasPrefix("proxy-accept: ") || rest.hasPrefix("prepend: ") || rest.hasPrefix("permit: ")
        || rest.hasPrefix("pass: ")
      {
        return (nil, 0)
      }
    case UInt8(ascii: "w"):
      if rest.hasPrefix("warn: ") { return (nil, 0) }
      // cleanup's WARN: `QID: warning: header …`
      if rest.hasPrefix("warning: header ") || rest.hasPrefix("warning: body ") { return (nil, 0) }
    case UInt8(ascii: "i"):
      if rest.hasPrefix("info: ") { return (nil, 0) }
    case UInt8(ascii: "f"):
      if rest.hasPrefix("filter: ") { return (nil, 0) }
    case UInt8(ascii: "b"):
      if rest.hasPrefix("bcc: ") { return (nil, 0) }
    case UInt8(ascii: "s"):
      if rest.hasPrefix("strip: ") { return (nil, 0) }
    default:
      break
    }
    return nil
  }

  /// `STAGE from CLIENT: text; attributes`
  private static func readCommand(
    _ id: ByteView?, _ action: RejectionRecord.Action, _ text: ByteView, into result: inout LogRecord
  ) -> Bool {
    var at = 0
    while let byte = text.at(at), byte != 0x20, byte != 0x3A { at += 1 }
    let stage = stage(text.prefix(at))
    while text.at(at) == 0x20 { at += 1 }
    var clientHost = ByteView.empty
    var clientAddress = ByteView.empty
    if text.from(at).hasPrefix("from ") {
      at += 5
      if let client = NamedHost(text, at: at) {
        clientHost = client.host
        clientAddress = client.address
        at = client.end
        // `[unknown]:unknown`
        if client.port == nil, text.from(at).hasPrefix(":unknown:") { at += 8 }
      } else if text.from(at).hasPrefix("local") {
        at += 5
      } else {
        return false
      }
    }
    guard text.at(at) == 0x3A else { return false }
    let rest = text.from(at + 1)
    let end = endOfText(rest)
    let spoken = rest.prefix(end).trimmed
    var record = RejectionRecord(
      queueID: id, action: action, stage: stage, clientHost: clientHost, clientAddress: clientAddress,
      reply: reply(spoken))
    _ = readAttributes(rest, at: min(end + 1, rest.count), into: &record)
    result = .rejection(record)
    return true
  }

  /// postscreen names two refusals without the reply that it sends for them (postscreen/postscreen.c).
  private static func reply(_ text: ByteView) -> Reply {
    if text == "too many connections" {
      return Reply(code: ReplyCode(421), enhanced: EnhancedStatusCode(4, 7, 0), text: text)
    }
    if text == "all screening ports busy" || text == "all server ports busy" {
      return Reply(code: ReplyCode(421), enhanced: EnhancedStatusCode(4, 3, 2), text: text)
    }
    return Reply(parsing: text)
  }

  static func stage(_ name: ByteView) -> Stage? {
    switch name {
    case "CONNECT", "connect": .connect
    case "RCPT", "VRFY": .rcpt
    case "MAIL": .mail
    case "EHLO", "HELO", "LHLO": .ehlo
    case "DATA", "BDAT": .data
    case "END-OF-MESSAGE", "END-OF-DATA": .endOfData
    case "STARTTLS": .startTLS
    case "AUTH": .auth
    default: nil
    }
  }

  /// Where the text ends and the attributes begin: at a semicolon behind which the line holds nothing but attributes.
  ///
  /// Strangers can write such a place into the text (a server that was asked whether an address exists, a block list)
  /// and into what stands behind it (a client, by its HELO name). A client that lies so misnames only itself, so that
  /// the last place counts where somebody else speaks in the text, else the first.
  private static func endOfText(_ rest: ByteView) -> Int {
    var first: Int?
    var from = startOfText(rest)
    var tries = 0
    while let semicolon = rest.firstIndex(of: 0x3B, from: from) {
      from = semicolon + 1
      guard attributesBegin(rest.from(from)) else { continue }
      tries += 1
      // A line that was cut has no place that holds to its end.
      if first == nil { first = semicolon }
      if tries > placesTried { break }
      if holdsOnlyAttributes(rest, from) {
        first = semicolon
        break
      }
    }
    guard let first else { return rest.hasSuffix(";") ? rest.count - 1 : rest.count }
    return isQuoting(rest.prefix(first)) ? lastPlace(rest, after: first) ?? first : first
  }

  /// Places that are tried from either side, so that a line full of them costs no more than its length.
  private static let placesTried = 16

  private static func lastPlace(_ rest: ByteView, after first: Int) -> Int? {
    var tries = 0
    var at = rest.count - 1
    while at > first {
      if rest[at] == 0x3B, attributesBegin(rest.from(at + 1)) {
        if holdsOnlyAttributes(rest, at + 1) { return at }
        tries += 1
        if tries > placesTried { return nil }
      }
      at -= 1
    }
    return nil
  }

  private static func holdsOnlyAttributes(_ rest: ByteView, _ start: Int) -> Bool {
    var scratch = RejectionRecord(
      queueID: nil, action: .reject, stage: nil, clientHost: .empty, clientAddress: .empty, reply: Reply(text: .empty))
    return readAttributes(rest, at: start, into: &scratch) == rest.count
  }

  /// Behind the code and a quoted address at the text's start (`450 4.1.1 <"a; b"@example.org>: …`), which may hold
  /// anything.
  private static func startOfText(_ rest: ByteView) -> Int {
    var at = 0
    while let byte = rest.at(at), byte == 0x20 || byte == 0x2E || byte.isASCIIDigit { at += 1 }
    guard rest.at(at) == 0x3C, rest.at(at + 1) == 0x22 else { return 0 }
    return DeliveryLine.endOfQuoted(rest, at: at + 1)
  }

  private static func attributesBegin(_ text: ByteView) -> Bool {
    var next = text
    while next.at(0) == 0x20 { next = next.from(1) }
    return next.hasPrefix("from=<") || next.hasPrefix("to=<") || next.hasPrefix("proto=") || next.hasPrefix("helo=<")
  }

  /// True if the text hands on what somebody else said: a server during address verification, a block list.
  private static func isQuoting(_ text: ByteView) -> Bool {
    text.contains(" said: ") || text.contains(" refused to talk to me: ") || text.contains("verified address: ")
      || text.contains("undeliverable address: ") || text.contains(" blocked using ")
  }

  /// Reads `from=<s> to=<r> proto=P helo=<h> sasl_username=u`, commas between or not; returns the offset behind them.
  /// A HELO name is a stranger's and may hold ` to=<…>`: of the fields before it the first counts.
  static func readAttributes(_ text: ByteView, at start: Int, into record: inout RejectionRecord) -> Int {
    var at = start
    var heloSeen = false
    while true {
      let before = at
      while let byte = text.at(at), byte == 0x20 || byte == 0x2C { at += 1 }
      let nameStart = at
      while let byte = text.at(at), byte.isASCIILetter || byte == 0x5F { at += 1 }
      guard at > nameStart, text.at(at) == 0x3D else { return before }
      let name = text[nameStart..<at]
      at += 1
      let value: ByteView
      if text.at(at) == 0x3C {
        guard let end = endOfBracketed(text, at: at) else { return before }
        value = text[(at + 1)..<(end - 1)]
        at = end
      } else {
        let valueStart = at
        while let byte = text.at(at), byte != 0x20, byte != 0x2C { at += 1 }
        // `proto=ESMTP: text` of header checks without a HELO.
        if at > valueStart, text[at - 1] == 0x3A { at -= 1 }
        value = text[valueStart..<at]
      }
      switch name {
      case "from" where !heloSeen: record.sender = value
      case "to" where !heloSeen: record.recipient = value
      case "helo" where !heloSeen:
        record.helo = value
        heloSeen = true
      case "sasl_username": record.user = value
      default: break
      }
    }
  }

  /// The offset behind the bracket that closes the one at `start`: the first that a separator follows.
  private static func endOfBracketed(_ text: ByteView, at start: Int) -> Int? {
    var from = start + 1
    if text.at(from) == 0x22 { from = DeliveryLine.endOfQuoted(text, at: from) }
    while let close = text.firstIndex(of: 0x3E, from: from) {
      let next = text.at(close + 1)
      if next == nil || next == 0x20 || next == 0x2C || next == 0x3A { return close + 1 }
      from = close + 1
    }
    return nil
  }
}
