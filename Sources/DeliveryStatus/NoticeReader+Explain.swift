// What a notice's reason says of a recipient: the reply, who gave it, and what became of the message.

import Bytes
import SMTPTypes

extension NoticeReader {
  static func explain(_ recipient: inout ReportedRecipient, by reason: ByteView, limits: ReportLimits) {
    let reason = takeAlias(of: &recipient, from: reason, limits: limits)
    for remark in NoticePhrase.remarks where isRemark(remark.words, reason) { recipient.action = remark.action }
    if recipient.action == .delivered, explainDelivery(&recipient, by: reason, limits: limits) { return }
    let diagnostic = Diagnostic(text: reason.prefix(reason.firstIndex(of: 0x0A) ?? reason.count))
    let found = NoticeReply.find(in: reason)
    let said = found.reply.text.prefix(limits.replyText)
    if !said.isEmpty {
      recipient.reply = ReportedReply(
        code: found.reply.code, enhanced: found.reply.enhanced, text: String(said))
    }
    recipient.isRemoteReply = found.isRemote
    for words in NoticePhrase.ownReplies where said.containsIgnoringCase(words) { recipient.isRemoteReply = false }
    recipient.status = found.reply.enhanced
    let host = diagnostic.host.isEmpty ? NoticeReply.host(in: reason) : diagnostic.host
    if !host.isEmpty { recipient.remoteMTA = String(host.prefix(limits.name)) }
    // Sun and Oracle Messaging Server.
    if recipient.originalAddress == nil, reason.prefix(17).hasPrefixIgnoringCase("original address:"),
      let alias = NoticeAddress.first(in: reason.prefix(reason.firstIndex(of: 0x0A) ?? reason.count))?.address
    {
      recipient.originalAddress = String(alias.prefix(limits.name))
    }
  }

  /// True if `reason` begins with `words`, whatever stands before its first letter.
  private static func isRemark(_ words: StaticString, _ reason: ByteView) -> Bool {
    var start = 0
    while let byte = reason.at(start), !byte.isASCIILetter, start < 4 { start += 1 }
    return reason.from(start).hasPrefixIgnoringCase(words)
  }

  /// Takes the alias by which the recipient was reached: Postfix's `(expanded from <l@b>): …` (bounce_notify_util.c),
  /// Sendmail's `(expanded from: <l@b>)` behind the reason (savemail.c), and
  /// Exim's `(generated from l@b)` before it. The rest is the reason.
  private static func takeAlias(
    of recipient: inout ReportedRecipient, from reason: ByteView, limits: ReportLimits
  ) -> ByteView {
    if let alias = EximChild.alias(reason) {
      if recipient.originalAddress == nil { recipient.originalAddress = String(alias.address.prefix(limits.name)) }
      return alias.rest
    }
    let first = reason.prefix(min(reason.firstIndex(of: 0x0A) ?? reason.count, 2048))
    guard let mark = first.firstRange(of: "(expanded from"),
      let close = first.firstIndex(of: 0x29, from: mark.upperBound)
    else { return reason }
    let isPostfix = mark.lowerBound == 0 && first.at(close + 1) == 0x3A
    guard isPostfix || first.at(mark.upperBound) == 0x3A else { return reason }
    let name = first[mark.upperBound..<close]
    if recipient.originalAddress == nil, let alias = NoticeAddress.first(in: name)?.address {
      recipient.originalAddress = String(alias.prefix(limits.name))
    }
    return isPostfix ? reason.from(close + 2).trimmed : reason
  }

  /// Takes what a notice of success says: `delivery via mx.example.com[192.0.2.1]:25: 250 2.0.0 Ok` (Postfix), `250 Ok.`
  /// (Courier). False if `reason` is none of these.
  private static func explainDelivery(
    _ recipient: inout ReportedRecipient, by reason: ByteView, limits: ReportLimits
  ) -> Bool {
    var said = reason.prefix(reason.firstIndex(of: 0x0A) ?? reason.count).trimmed
    if said.hasPrefix("delivery via "), let end = said.firstRange(of: ": ", from: 13) {
      let relay = said[13..<end.lowerBound]
      said = said.from(end.upperBound)
      if let bracket = relay.firstIndex(of: 0x5B), bracket > 0 {
        // Postfix tells of a success itself only where the next server will not.
        recipient.action = .relayed
        recipient.remoteMTA = String(relay.prefix(min(bracket, limits.name)))
      }
    } else if ReplyCode(prefixOf: said)?.severity != 2 {
      return false
    }
    let reply = Reply(parsing: said)
    recipient.reply = ReportedReply(
      code: reply.code, enhanced: reply.enhanced, text: String(said.prefix(limits.replyText)))
    recipient.isRemoteReply = reply.code != nil
    recipient.status = reply.enhanced
    return true
  }

  /// Where the words begin that follow a notice's first phrases, which stand within two lines of each other; with the
  /// first one's line if it says why.
  static func start(_ words: borrowing NoticeText) -> Int {
    guard let first = words.hits.first else { return 0 }
    var line = first.line
    let phrase = NoticePhrase.all[first.phrase]
    if phrase.saysWhy, !phrase.isInline { return words.lines[line].start }
    for hit in words.hits {
      guard hit.line - line <= 2 else { break }
      line = hit.line
    }
    return words.lines[line].end
  }
}
