// Reads a notice in words: who failed or waits, and what was said.
//
// One walk over the notice's lines. A phrase of `NoticePhrase.all` arms it; from then on a line that starts with an
// address names a recipient, and what follows, up to the next recipient, is the reason.

import Bytes
import SMTPTypes

/// What a notice in words says.
struct Notice {
  var form: String
  var isDelay: Bool
  var recipients: [ReportedRecipient]
  /// It names more recipients than are kept.
  var isCut: Bool
}

struct NoticeReader: ~Copyable {
  private let text: ByteView
  private let limits: ReportLimits
  private var recipients: [ReportedRecipient] = []
  /// More were named than may be kept.
  private var isFull = false
  /// The current recipient's reason, and the line that stands for it if there is none.
  private var reason: NoticeReason
  private var lastResort = ByteView.empty
  /// What stands before the first recipient, where notices give a reason there (Netscape, Notes, KDDI).
  private var preface: NoticeReason
  private var hasPreface = false
  private var isPrefaceAnnounced = false
  private var indent = 0
  private var afterBlank = false
  /// The line that was read with the one before it, and the indent beyond which lines are of no one new.
  private var childLine = -1
  private var childIndent = Int.max
  private var action = ReportedAction.failed
  private var sawQSBMF = false
  private var nextHit = 0
  /// How many lines may pass without a recipient before bare addresses are contacts and signatures.
  private var patience = 0
  /// No recipient has followed the last phrase yet.
  private var isFresh = false
  /// A transcript of several recipients' sessions: its lines are not the last one's reason.
  private var isTranscript = false
  private var sawTranscript = false
  /// The server of its session; empty if there is none.
  private var sessionHost = ByteView.empty
  /// The recipient that a session with times (MDaemon) asks for, -1 for one who is not known; nil for all.
  private var asked: Int?
  /// Whom a line names that has nothing but an address, in lower case, where each recipient stands above what was said of
  /// him (Exchange's details); empty elsewhere.
  private var sections: [String: Int] = [:]
  /// Nobody had been named before the details.
  private var namesInDetails = false
  /// Whom of the known recipients the reason is of; nil for the last one.
  private var target: Int?
  /// The first of the recipients who stand alone on the lines right above the last one, or he: what follows is said of
  /// them all (Apache James, Gmail).
  private var runStart = 0
  /// Not of words in an unknown language, in which others may be named.
  private var sharesReasons = true
  /// A blank line stands below the last recipient's: a reason right below it is his alone.
  private var isApart = false
  /// The last recipient stands alone on his line.
  private var isAlone = false
  /// And the next line was indented deeper.
  private var isBlock = false
  /// The phrase that lists recipients, by its place in the table.
  private var lister = -1
  private static let transcript: StaticString = "transcript of session follows"
  /// The form that names recipients by their local parts.
  private static let local: StaticString = "aol"

  /// The domain of recipients that are named by their local parts.
  private let domain: String
  private var namesLocalParts = false

  /// What is quoted (`> …`) is somebody else's.
  private let skipsQuotes: Bool

  private init(_ text: ByteView, domain: String, skipsQuotes: Bool, limits: ReportLimits) {
    self.text = text
    self.domain = domain
    self.skipsQuotes = skipsQuotes
    self.limits = limits
    reason = NoticeReason(limit: limits.replyText)
    preface = NoticeReason(limit: limits.replyText)
  }

  /// Reads `words`, which were cut from `text`; nil if they are no notice. O(text).
  static func read(
    _ words: borrowing NoticeText, of text: ByteView, envelope: Envelope, limits: ReportLimits
  ) -> Notice? {
    if envelope.isFromDesk, !words.opensAsNotice(text, isAnswer: envelope.isAutoReplied) { return nil }
    let evidence = NoticeEvidence(words, of: text, envelope: envelope)
    var reader = NoticeReader(text, domain: envelope.domain, skipsQuotes: envelope.ignoresQuotes, limits: limits)
    reader.sharesReasons = !evidence.mayBeForeign
    reader.walk(words, isArmed: evidence.saysOnlyWho && evidence.isProven || evidence.mayBeForeign)
    if evidence.mayBeForeign, !reader.sawQSBMF {
      return reader.foreign(words, envelope: envelope)
    }
    guard evidence.isProven || reader.sawQSBMF else { return nil }
    if reader.recipients.isEmpty {
      reader.addUnnamed(words, envelope: envelope, isVouched: evidence.isVouched(by: envelope))
    }
    reader.addPreface()
    reader.searchAll(words)
    let isEnough = evidence.suffices(for: reader.recipients, envelope: envelope)
    let isByFormat = reader.sawQSBMF && !envelope.isDoubtful && evidence.isVouched(by: envelope)
    guard isEnough || isByFormat else { return nil }
    let isDelay = evidence.isDelay(of: reader.recipients)
    if isDelay { for index in reader.recipients.indices { reader.recipients[index].action = .delayed } }
    return Notice(
      form: String(ByteView(evidence.form)), isDelay: isDelay, recipients: reader.recipients,
      isCut: reader.isFull)
  }

  /// What is left of a notice in a language that no phrase is in: those of whom a reply with both its codes is quoted,
  /// other than the writer and the addressee; nil if there are none.
  private mutating func foreign(_ words: borrowing NoticeText, envelope: Envelope) -> Notice? {
    if recipients.isEmpty { addUnnamed(words, envelope: envelope) }
    searchAll(words)
    recipients.removeAll { recipient in
      guard let address = recipient.address, recipient.reply?.code != nil, recipient.reply?.enhanced != nil else {
        return true
      }
      let isOfAdministrator = envelope.speaker == .administrator
      return address.withByteView { envelope.names($0) || isOfAdministrator && envelope.isAtHome($0) }
    }
    guard !recipients.isEmpty else { return nil }
    for index in recipients.indices where recipients[index].reply?.code?.isTransient == true {
      recipients[index].action = .delayed
    }
    return Notice(form: "generic", isDelay: false, recipients: recipients, isCut: isFull)
  }

  private mutating func walk(_ words: borrowing NoticeText, isArmed: Bool) {
    if isArmed { patience = 40 }
    hasPreface = isArmed
    for (index, line) in words.lines.enumerated() {
      let content = text[line.start..<line.end].trimmed
      if content.isEmpty || skipsQuotes && words.isQuoted(index, in: text) {
        while nextHit < words.hits.count, words.hits[nextHit].line <= index { nextHit += 1 }
        afterBlank = true
        isApart = true
        reason.endParagraph()
        preface.endParagraph()
        continue
      }
      if takeChild(words, index, content, indent: line.indent) {
        while nextHit < words.hits.count, words.hits[nextHit].line <= index { nextHit += 1 }
        afterBlank = false
        continue
      }
      let (wasHit, hasBegun) = takeHits(words, of: index, content, indent: line.indent)
      if sawTranscript { noteSession(content) }
      if recipients.count > 1, let line = SessionLine(content) {
        takeSession(line)
        continue
      }
      let isArmed = patience > 0 || !recipients.isEmpty
      patience -= 1
      let leading = NoticeAddress.leading(content)
      if wasHit, !recipients.isEmpty || leading == nil {
        if !hasBegun, content.at(0) != 0x2D {
          // Sendmail's remarks behind its transcript are no part of what was said.
          if sawTranscript { reason.endParagraph() }
          append(content)
        }
        continue
      }
      let headsBlock = index + 1 < words.lines.count && words.lines[index + 1].indent > line.indent
      takeLine(content, leading, indent: line.indent, isArmed: isArmed, headsBlock: headsBlock)
      afterBlank = false
    }
    close()
  }

  /// Takes the line of a pipe, a file or whom Exim does not name, and the next one, which says whose it is; lines about
  /// one who was named before are passed over. False if line `index` is none of these.
  private mutating func takeChild(
    _ words: borrowing NoticeText, _ index: Int, _ content: ByteView, indent: Int
  ) -> Bool {
    if index == childLine || indent > childIndent { return true }
    childIndent = .max
    guard patience > 0 || !recipients.isEmpty, indent > 0, EximChild.isNamed(by: content),
      index + 1 < words.lines.count, words.lines[index + 1].indent > indent
    else { return false }
    let next = words.lines[index + 1]
    guard let parent = EximChild.parent(text[next.start..<next.end].trimmed) else { return false }
    if isKnown(parent) { childIndent = indent } else { begin(parent, indent: indent) }
    childLine = index + 1
    return true
  }

  /// Takes the phrases that end in line `index`; the answer says whether one of them speaks of failures that follow,
  /// and whether one named a recipient on this line.
  private mutating func takeHits(
    _ words: borrowing NoticeText, of index: Int, _ content: ByteView, indent: Int
  ) -> (wasHit: Bool, hasBegun: Bool) {
    var wasHit = false
    var hasBegun = false
    while nextHit < words.hits.count, words.hits[nextHit].line == index {
      let hit = words.hits[nextHit]
      nextHit += 1
      let phrase = NoticePhrase.all[hit.phrase]
      switch phrase.effect {
      case .failed, .opens: action = .failed
      case .delayed: action = .delayed
      case .delivered: action = .delivered
      case .warning: break
      case .identifies, .promises: continue
      case .names: if !recipients.isEmpty { continue }
      case .lists:
        if !recipients.isEmpty, lister != hit.phrase { continue }
        lister = hit.phrase
      case .details:
        beginDetails()
        continue
      }
      if phrase.effect == .names || phrase.effect == .lists {
        patience = max(patience, 2)
      } else {
        wasHit = true
        isFresh = true
        patience = 12
      }
      if ByteView(phrase.words) == NoticeReader.transcript {
        sawTranscript = true
        if recipients.count > 1 {
          close()
          isTranscript = true
        }
      }
      if phrase.saysWhy { lastResort = content }
      namesLocalParts = ByteView(phrase.form) == NoticeReader.local
      if phrase.isInline, let found = NoticeAddress.first(in: content.suffix(hit.rest)) {
        wasHit = true
        hasBegun = true
        begin(found.address, indent: indent)
        append(phrase.saysWhy ? content : found.rest)
      }
    }
    if wasHit, recipients.isEmpty {
      hasPreface = content.containsIgnoringCase("reason")
      isPrefaceAnnounced = hasPreface
    }
    return (wasHit, hasBegun)
  }

  /// Takes a line without phrases; `leading` is the address that it starts with.
  private mutating func takeLine(
    _ content: ByteView, _ leading: NoticeAddress?, indent: Int, isArmed: Bool, headsBlock: Bool
  ) {
    if let leading, leading.isAlone, let index = sections[String(leading.address).lowercased()] {
      close()
      target = index
      isTranscript = false
    } else if isArmed, let address = NoticeAddress.transcript(content) {
      if !isKnown(address) {
        begin(address, indent: indent)
        append(content)
        isTranscript = true
      } else if isTranscript {
        explainKnown(address, content)
      } else {
        reason.endParagraph()
        append(content)
      }
    } else if let leading, leading.isReason, isTranscript {
      explainKnown(leading.address, leading.rest)
    } else if let leading, leading.isReason, sawTranscript, isKnown(leading.address) {
      reason.endParagraph()
      append(leading.rest)
    } else if let leading, isArmed || leading.isQSBMF, starts(leading, at: indent, headsBlock: headsBlock) {
      if leading.isQSBMF { sawQSBMF = true }
      let first = runStart
      let joins = isAlone && leading.isAlone && !afterBlank && reason.isEmpty && indent == self.indent
      begin(leading.address, indent: indent)
      if joins { runStart = first }
      isAlone = leading.isAlone
      isBlock = isAlone && headsBlock
      append(leading.rest)
    } else if namesLocalParts, indent > 0, let address = completed(content) {
      address.withByteView { begin($0, indent: indent) }
    } else {
      if recipients.isEmpty, hasPreface {
        // Unannounced, it is the last paragraph.
        if afterBlank, !isPrefaceAnnounced { preface.removeAll() }
        preface.append(content)
      }
      append(content)
    }
  }

  /// True if the address at a line's start is a new recipient and no part of the last one's reason.
  private func starts(_ found: NoticeAddress, at indent: Int, headsBlock: Bool) -> Bool {
    guard !recipients.isEmpty else { return true }
    if !afterBlank, indent > self.indent { return false }
    if isKnown(found.address) { return false }
    // Once a reply has been quoted, bare addresses further down are contacts and signatures.
    if found.isReason || found.isDated || isFresh || !hasCode || !afterBlank { return true }
    // Other than those, it stands above a block as the last one did.
    return found.isAlone && (namesInDetails || isBlock && headsBlock && indent == self.indent)
  }

  /// Compared with the last few only, so that many recipients cost no more than their bytes.
  private func isKnown(_ address: ByteView) -> Bool {
    for known in recipients.suffix(8) {
      if let name = known.address, name.withByteView({ $0.equalsIgnoringCase(address) }) { return true }
    }
    return false
  }

  /// The place of the recipient `address` among the last 64.
  private func knownIndex(_ address: ByteView) -> Int? {
    recipients.indices.suffix(64).first { index in
      (recipients[index].address ?? "").withByteView { $0.equalsIgnoringCase(address) }
    }
  }

  /// What follows names each recipient again, above what was said of him. Of a single one everything is said.
  private mutating func beginDetails() {
    if recipients.isEmpty {
      patience = max(patience, 12)
      namesInDetails = true
    } else if recipients.count > 1 {
      close()
      isTranscript = true
      guard sections.isEmpty else { return }
      for (index, recipient) in recipients.enumerated() {
        guard let address = recipient.address?.lowercased(), sections[address] == nil else { continue }
        sections[address] = index
      }
    }
  }

  private var hasCode: Bool { NoticeReply.find(in: reason.view.prefix(1024)).reply.code != nil }

  private mutating func begin(_ address: ByteView, indent: Int) {
    guard !isKnown(address) else { return }
    close()
    guard recipients.count < limits.recipients else {
      // What follows is said of those who are not kept.
      isFull = true
      isTranscript = true
      return
    }
    isFresh = false
    isTranscript = false
    isAlone = false
    isBlock = false
    isApart = false
    runStart = recipients.count
    self.indent = indent
    recipients.append(ReportedRecipient(address: String(address.prefix(limits.name)), action: action))
  }

  /// `word` as a local part at the reporter's domain; nil if it is none.
  private func completed(_ word: ByteView) -> String? {
    guard !domain.isEmpty, word.count <= 64 else { return nil }
    for byte in word.buffer where !(byte.isASCIILetter || byte.isASCIIDigit || byte == 0x2E || byte == 0x5F) {
      return nil
    }
    return "\(word)@\(domain)".withByteView { String($0.prefix(limits.name)) }
  }

  private mutating func append(_ piece: ByteView) {
    guard !recipients.isEmpty, !isTranscript else { return }
    if !isApart, !piece.isEmpty { runStart = recipients.count - 1 }
    reason.append(piece)
  }

  /// Takes a transcript's `<a@b>... Deferred: Connection refused by h.` for one of the recipients listed before it;
  /// looks among the last 64.
  private mutating func explainKnown(_ address: ByteView, _ reason: ByteView) {
    for index in recipients.indices.suffix(64) where recipients[index].reply == nil {
      guard let name = recipients[index].address, name.withByteView({ $0.equalsIgnoringCase(address) }) else {
        continue
      }
      NoticeReader.explain(&recipients[index], by: reason, limits: limits)
      return
    }
  }

  /// Takes a transcript's `... while talking to mx.example.com.:`, and whom it was asked for there.
  private mutating func noteSession(_ line: ByteView) {
    let host = NoticeReply.sessionHost(in: line)
    if !host.isEmpty { sessionHost = host }
    guard !sessionHost.isEmpty, line.hasPrefixIgnoringCase(">>> RCPT TO:"),
      let address = NoticeAddress.first(in: line)?.address, let index = knownIndex(address),
      recipients[index].remoteMTA == nil
    else { return }
    recipients[index].remoteMTA = String(sessionHost.prefix(limits.name))
  }

  /// Takes a line of the session in which several recipients were asked for: a refusal is of the one whom RCPT names, and
  /// without one, as what the client met, of all who have none; looks at the last 64.
  private mutating func takeSession(_ line: SessionLine) {
    if !isTranscript {
      close()
      isTranscript = true
    }
    guard line.meaning != .other else {
      if line.said.hasPrefix("--> ") { asked = nil }
      guard line.said.hasPrefixIgnoringCase("--> RCPT TO:") else { return }
      asked = NoticeAddress.first(in: line.said).flatMap { knownIndex($0.address) } ?? -1
      return
    }
    let isOne = line.meaning == .refusal
    for index in recipients.indices.suffix(64) where recipients[index].reply?.code == nil {
      if isOne, let asked, asked != index { continue }
      NoticeReader.explain(&recipients[index], by: line.said, limits: limits)
    }
  }

  /// The current recipient's reason is complete.
  private mutating func close() {
    defer {
      reason.removeAll()
      target = nil
    }
    if let target {
      let found = NoticeReply.find(in: reason.view).reply
      guard found.code != nil || found.enhanced != nil else { return }
      return NoticeReader.explain(&recipients[target], by: reason.view, limits: limits)
    }
    guard !recipients.isEmpty, !isFull else { return }
    let said = reason.isEmpty ? lastResort : reason.view
    if !said.isEmpty { NoticeReader.explain(&recipients[recipients.count - 1], by: said, limits: limits) }
    if !reason.isEmpty, !sawTranscript, sharesReasons { shareReason() }
  }

  /// Gives the last recipient's reason to those who stand right above him, unless it names one of the last 64 of them.
  private mutating func shareReason() {
    let last = recipients.count - 1
    guard runStart < last else { return }
    var rest = reason.view
    var looks = 0
    while looks < 8, let found = NoticeAddress.first(in: rest) {
      if let index = knownIndex(found.address), index >= runStart { return }
      rest = found.rest
      looks += 1
    }
    for index in runStart..<last where recipients[index].reply == nil {
      recipients[index].reply = recipients[last].reply
      recipients[index].isRemoteReply = recipients[last].isRemoteReply
      recipients[index].status = recipients[last].status
      recipients[index].remoteMTA = recipients[last].remoteMTA
    }
  }

  /// Gives the reason that stands before all recipients to those who have none.
  private mutating func addPreface() {
    guard !preface.isEmpty else { return }
    for index in recipients.indices where recipients[index].reply == nil {
      NoticeReader.explain(&recipients[index], by: preface.view, limits: limits)
    }
  }

  /// Nobody was named: takes X-Failed-Recipients, or the only address in the words if something vouches for them, or
  /// reports a failure of an unknown recipient.
  private mutating func addUnnamed(_ words: borrowing NoticeText, envelope: Envelope, isVouched: Bool = true) {
    for name in envelope.failedRecipients.split(separator: ",").prefix(limits.recipients) {
      let address = name.trimmed(to: limits.name)
      if !address.isEmpty { recipients.append(ReportedRecipient(address: address, action: action)) }
    }
    if recipients.isEmpty {
      let isWeak = !isVouched || envelope.isDoubtful && !envelope.hasPlainSubject
      let only = isWeak ? nil : words.onlyAddress(in: text, besides: envelope)
      let address = only.map { String($0.prefix(limits.name)) }
      recipients.append(ReportedRecipient(address: address, action: action))
    }
    var whole = NoticeReason(limit: limits.replyText)
    var at = NoticeReader.start(words)
    while at < words.bodyEnd {
      let end = text.firstIndex(of: 0x0A, from: at) ?? text.count
      let line = text[at..<min(end, words.bodyEnd)].trimmed
      if line.isEmpty { whole.endParagraph() } else { whole.append(line) }
      at = end + 1
    }
    guard !whole.isEmpty else { return }
    for index in recipients.indices { NoticeReader.explain(&recipients[index], by: whole.view, limits: limits) }
  }

  /// The reply of a notice's only recipient may stand before it (Apache James).
  private mutating func searchAll(_ words: borrowing NoticeText) {
    guard recipients.count == 1, recipients[0].reply?.code == nil, recipients[0].status == nil else { return }
    var explained = recipients[0]
    explained.reply = nil
    NoticeReader.explain(&explained, by: text.prefix(words.bodyEnd), limits: limits)
    if explained.reply?.code != nil { recipients[0] = explained }
  }
}
