// Diagnostic-Code: who speaks, and what was said (RFC 3464, section 2.3.6).

import Bytes
import SMTPTypes

/// A Diagnostic-Code, or a notice's reason, taken apart. Borrowed.
struct Diagnostic {
  var reply: Reply
  /// An SMTP server said it; otherwise the reporting MTA speaks for itself.
  var isRemote = false
  /// Host that is said to have said it; empty if the text names none.
  var host = ByteView.empty
  /// `X-Unix; 75`: the exit status of a program that was to deliver (sysexits.h), which says little by itself.
  var exitStatus: Int?
  /// `X-Boxbe-Notice; Sender not pre-approved`: the recipient's service asks the sender to make himself known first.
  /// Nothing failed.
  var isChallenge = false

  /// Reads `smtp; 550 5.1.1 …`, `X-Postfix; host h[a] said: 550 … (in reply to RCPT TO command)`, `SMTP; …`, or a
  /// text without a type.
  init(field value: ByteView) {
    let (type, rest) = FieldValue.typed(value)
    self.init(text: rest)
    if type.equalsIgnoringCase(ByteView("x-unix")) { exitStatus = rest.decimal }
    isChallenge = type.equalsIgnoringCase(ByteView("x-boxbe-notice"))
    if !isRemote, type.equalsIgnoringCase(ByteView("smtp")), reply.code != nil { isRemote = true }
  }

  /// Reads a reason in words, with or without the frames that Postfix puts around a reply.
  init(text: ByteView) {
    var said = text.trimmed
    if said.hasPrefix("delivery temporarily suspended: ") { said = said.from(32) }
    if said.hasPrefix("host "), let range = said.firstRange(of: " said: ", from: 5) {
      host = said[5..<(said.firstIndex(of: 0x5B, from: 5) ?? range.lowerBound)]
      if host.count > range.lowerBound - 5 { host = said[5..<range.lowerBound] }
      said = said.from(range.upperBound)
      isRemote = true
    } else if said.hasPrefix("host "), let range = said.firstRange(of: " refused to talk to me: ", from: 5) {
      host = said[5..<(said.firstIndex(of: 0x5B, from: 5) ?? range.lowerBound)]
      said = said.from(range.upperBound)
      isRemote = true
    }
    if isRemote, said.hasSuffix(")"), let frame = said.lastRange(of: " (in reply to ") {
      said = said.prefix(frame.lowerBound).trimmed
    }
    reply = Reply(parsing: said)
    takeQuoted(said)
    takeLastReply(said)
  }

  /// IronPort puts its own words before what the server said: `5.1.0 - Unknown address error 550-'5.1.1 …'`. The code in
  /// front is its own too.
  private mutating func takeQuoted(_ said: ByteView) {
    let mark = said.firstRange(of: "-'") ?? said.firstRange(of: "-\"")
    guard reply.code == nil, reply.enhanced != nil, let quote = mark?.lowerBound, quote >= 4, said[quote - 4] == 0x20,
      let value = said[(quote - 3)..<quote].decimal, let code = ReplyCode(value)
    else { return }
    reply.code = code
    reply.enhanced = EnhancedStatusCode.scan(said.from(quote + 2))?.code
    isRemote = true
  }

  /// Exchange Online says of a message that waited too long what it waited for: `550 5.4.300 Message expired -> 451
  /// 4.7.500 Server busy …`. That is the reply; the first code is of Exchange's giving up.
  private mutating func takeLastReply(_ said: ByteView) {
    guard let arrow = said.firstRange(of: " -> "), said.prefix(arrow.lowerBound).containsIgnoringCase("message expired")
    else { return }
    let last = Reply(parsing: said.from(arrow.upperBound).trimmed)
    if last.code != nil { reply = last }
  }
}

extension ByteView {
  /// The last occurrence of `needle`. O(count) for the short needles that it is used with.
  func lastRange(of needle: StaticString) -> Range<Int>? {
    var found: Range<Int>?
    var from = 0
    while let range = firstRange(of: needle, from: from) {
      found = range
      from = range.upperBound
    }
    return found
  }
}
