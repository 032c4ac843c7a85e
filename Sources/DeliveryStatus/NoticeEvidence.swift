// Whether what looks like a notice is one.

import Bytes
import SMTPTypes

/// What a message's phrases, subject and sender prove together.
struct NoticeEvidence {
  var form: StaticString = "generic"
  /// A phrase says that nobody has failed yet.
  var isDelay = false
  /// Words before any reply say that it will be tried again: nobody has failed, unless a reply says otherwise.
  var promisesRetry = false
  /// Something was not delivered, or was; a phrase that only names somebody proves nothing.
  var isProven: Bool
  /// No phrase says more than who wrote it.
  var saysOnlyWho: Bool
  /// It may be a notice in a language that no phrase is in: a mail system wrote it and takes no answer, or its subject is
  /// a notice's.
  var mayBeForeign: Bool
  /// It quotes the lines of an SMTP session, as Sendmail and InterScan mark them.
  let quotesSession: Bool
  /// The message that it speaks of, or its header, comes with it.
  let returnsMessage: Bool

  init(_ words: borrowing NoticeText, of text: ByteView, envelope: Envelope) {
    let isDoubtful = envelope.isDoubtful
    quotesSession = words.flat.view.contains("<<< ") || words.flat.view.contains(">>> ")
    returnsMessage = envelope.returnsMessage || words.bodyEnd < text.count
    let hasSubject = envelope.hasNoticeSubject && envelope.isFromMailSystem
    isProven = hasSubject && !isDoubtful || !envelope.failedRecipients.isEmpty
    var isNamed = false
    var sawPromise = false
    var isQuoted = false
    var isSaid = false
    saysOnlyWho = true
    for hit in words.hits {
      let phrase = NoticePhrase.all[hit.phrase]
      if phrase.effect != .identifies, phrase.effect != .promises, phrase.effect != .details { saysOnlyWho = false }
      if !isNamed, ByteView(phrase.form) != "generic" {
        form = phrase.form
        isNamed = true
      }
      if envelope.ignoresQuotes, words.isQuoted(hit.line, in: text) {
        isQuoted = true
        continue
      }
      isSaid = true
      switch phrase.effect {
      case .failed, .delayed, .delivered, .opens: isProven = true
      case .warning:
        isProven = true
        isDelay = true
      case .identifies: if hasSubject { isProven = true }
      case .promises:
        // Only the first can stand before all replies.
        if !sawPromise {
          promisesRetry = NoticeReply.find(in: text.prefix(words.lines[hit.line].end)).reply.code == nil
        }
        sawPromise = true
      case .names, .lists, .details: break
      }
    }
    // All that it says of a delivery is somebody else's.
    let isHearsay = isQuoted && !isSaid
    if isHearsay { isProven = false }
    if promisesRetry { promisesRetry = !NoticePhrase.givesUp.contains { words.flat.view.contains($0) } }
    mayBeForeign =
      !isProven && !isHearsay && envelope.isFromMailSystem && !envelope.hasAutoReplySubject
      && (envelope.isFromNullSender || envelope.hasPlainSubject)
    // Administrators send quotas and statistics from the null sender too.
    if mayBeForeign, envelope.speaker == .administrator, !envelope.hasNoticeSubject {
      mayBeForeign = words.flat.view.buffer.contains { $0 >= 0x80 || $0 == 0x1B }
    }
  }

  /// False if only the names of those who failed can tell it from mail by which somebody wants the addressee to believe
  /// that mail waits for him: such mail names nobody but him.
  func isVouched(by envelope: Envelope) -> Bool { !envelope.isUnvouched || quotesSession || returnsMessage }

  /// True if nobody of `recipients` has failed.
  func isDelay(of recipients: [ReportedRecipient]) -> Bool {
    if isDelay { return true }
    guard promisesRetry else { return false }
    return !recipients.contains { $0.reply?.code?.severity == 5 || $0.status?.severity == 5 }
  }

  /// True if it is enough for a notice of `recipients`, which was proven in words.
  func suffices(for recipients: [ReportedRecipient], envelope: Envelope) -> Bool {
    let isNamed = recipients.allSatisfy { $0.address != nil }
    let isCoded = recipients.contains { $0.status != nil }
    let hasReplies = isCoded || recipients.contains { $0.reply?.code != nil }
    if envelope.isDoubtful {
      // What people write about mail has another subject, or names nobody but those who help.
      let hasSubject = envelope.hasPlainSubject || !envelope.hasReturnAddress && envelope.hasNoticeSubject
      guard isNamed, hasSubject || isCoded && quotesSession else { return false }
      return recipients.allSatisfy { recipient in
        (recipient.address ?? "").withByteView {
          !envelope.names($0) && !(envelope.hasReturnAddress && NoticeText.isContact($0))
        }
      }
    }
    if !isVouched(by: envelope) {
      return recipients.allSatisfy { recipient in
        (recipient.address ?? "").withByteView {
          !$0.isEmpty && !envelope.names($0) && !(recipient.reply?.code == nil && NoticeText.isContact($0))
        }
      }
    }
    if envelope.hasReturnAddress, !envelope.isFromNullSender, envelope.failedRecipients.isEmpty {
      return isNamed || hasReplies || envelope.hasNoticeSubject
    }
    // Digests of quarantines and challenges to prove that one is human come from the null sender too, and say that
    // something was not delivered.
    return envelope.isFromMailSystem || envelope.hasNoticeSubject || !envelope.failedRecipients.isEmpty || hasReplies
  }
}

extension Envelope {
  /// True if `address` is at the addressee's own domain.
  func isAtHome(_ address: ByteView) -> Bool {
    let domain = address.from(address.lastIndex(of: 0x40) ?? address.count)
    return names(domain, in: [to])
  }

  /// True if `address` is in From or To.
  func names(_ address: ByteView) -> Bool { names(address, in: [from, to]) }

  private func names(_ address: ByteView, in fields: [String]) -> Bool {
    for field in fields {
      let isThere = field.withByteView { field in
        guard !address.isEmpty, field.count >= address.count else { return false }
        for at in 0...(field.count - address.count)
        where field[at..<(at + address.count)].equalsIgnoringCase(address) { return true }
        return false
      }
      if isThere { return true }
    }
    return false
  }
}

extension NoticeText {
  /// True if a mail system speaks from the first line on of `text`, which this was read from, or behind a greeting,
  /// unless it is an answer: who acknowledges a bounce that was handed on to him says so before he quotes it.
  func opensAsNotice(_ text: ByteView, isAnswer: Bool) -> Bool {
    var isGreeted = false
    for (index, line) in lines.enumerated() {
      let content = text[line.start..<line.end].trimmed
      if content.isEmpty || NoticePhrase.preambles.contains(where: { content.hasPrefixIgnoringCase($0) }) { continue }
      if isQuoted(index, in: text) { return false }
      for hit in hits where hit.line == index {
        switch NoticePhrase.all[hit.phrase].effect {
        case .failed, .opens, .delayed, .delivered, .warning: return true
        case .identifies: if !isGreeted { return true }
        case .promises, .names, .lists, .details: break
        }
      }
      // How every notice in qmail's format begins (QSBMF).
      if content.hasPrefix("Hi. This is the ") { return true }
      if isAnswer || isGreeted || content.hasSuffix(":") { return false }
      isGreeted = true
    }
    return false
  }

  /// The only address in the words of `text`, which this was read from, that is neither the writer's nor the
  /// addressee's, nor of those who help; nil if there is none or more than one. Looks at the first 64.
  func onlyAddress(in text: ByteView, besides envelope: Envelope) -> ByteView? {
    var only = ByteView.empty
    var looks = 0
    for line in lines {
      var rest = text[line.start..<line.end].trimmed
      // Fields of the returned message, and its identifier.
      if NoticePhrase.namesOthers.contains(where: { rest.prefix(200).containsIgnoringCase($0) }) { continue }
      while let found = NoticeAddress.first(in: rest) {
        looks += 1
        if looks > 64 { return nil }
        rest = found.rest
        let address = found.address
        if NoticeText.isContact(address) || envelope.names(address) || only.equalsIgnoringCase(address) { continue }
        guard only.isEmpty else { return nil }
        only = address
      }
    }
    return only.isEmpty ? nil : only
  }

  static func isContact(_ address: ByteView) -> Bool {
    let local = address.prefix(address.lastIndex(of: 0x40) ?? 0)
    if local.firstIndex(of: 0x2F) != nil { return true }
    return NoticePhrase.contacts.contains { local.equalsIgnoringCase(ByteView($0)) }
  }
}
