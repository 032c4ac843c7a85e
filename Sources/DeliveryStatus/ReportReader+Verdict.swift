// What the whole message is, once it has been read.

import Bytes
import SMTPTypes

extension ReportReader {
  /// Fills `report` from what was gathered. In order: complaints; a delivery-status part, which may be but the
  /// dress of a challenge to the sender, an answer; a notice in words (Dovecot rejects by a disposition notification); an
  /// automatic answer; nothing.
  mutating func conclude() {
    if envelope.hasFeedback || envelope.reportType == .feedback {
      report.kind = .feedback
      report.recipients = []
      return
    }
    if envelope.isHandedOn { report.recipients = [] }
    if !report.recipients.isEmpty {
      report.form = .deliveryStatus
      nameUnnamed()
      addReplies()
    } else {
      readNotice()
      if report.recipients.isEmpty, envelope.hasDisposition || envelope.reportType == .disposition {
        report.kind = .autoReply
        return
      }
    }
    if !report.recipients.isEmpty {
      report.kind = isChallenge ? .autoReply : ReportReader.kind(of: report.recipients)
      if report.messageID == nil { report.messageID = envelope.inReplyTo }
    } else if envelope.isAutoReplied || envelope.hasAutoReplySubject {
      report.kind = .autoReply
    }
  }

  /// The kind that matters most to the sender: a failure before a delay before a success.
  static func kind(of recipients: [ReportedRecipient]) -> ReportKind {
    var kind = ReportKind.none
    for recipient in recipients where recipient.kind.rawValue < kind.rawValue { kind = recipient.kind }
    return kind
  }

  /// A report of one recipient that does not say which: its header may.
  private mutating func nameUnnamed() {
    guard report.recipients.count == 1, report.recipients[0].address == nil,
      report.recipients[0].originalAddress == nil
    else { return }
    let failed = envelope.failedRecipients
    if !failed.isEmpty, !failed.contains(",") {
      report.recipients[0].address = failed.withByteView { String($0.prefix(limits.name)) }
    }
  }

  /// Sendmail leaves Diagnostic-Code out where a message waited too long, and old gateways always: what was said may
  /// stand in the words beside the report.
  private mutating func addReplies() {
    guard !text.isEmpty, !textIsHTML, report.recipients.contains(where: { $0.reply?.isPoor ?? true }) else { return }
    let words = NoticeText(text.view)
    // The delivery-status part vouches for the words beside it.
    var vouched = envelope
    vouched.isReport = true
    guard let notice = NoticeReader.read(words, of: text.view, envelope: vouched, limits: limits) else { return }
    var said: [String: ReportedRecipient] = [:]
    for recipient in notice.recipients where recipient.reply != nil {
      if let address = recipient.address?.lowercased() { said[address] = recipient }
    }
    // Where both speak of one recipient, it is the same one if the words name nobody else.
    let isOnly = report.recipients.count == 1 && notice.recipients.count == 1
    let only = isOnly ? notice.recipients.first { $0.address != nil || $0.reply?.code != nil } : nil
    for index in report.recipients.indices where report.recipients[index].reply?.isPoor ?? true {
      let names = [report.recipients[index].address, report.recipients[index].originalAddress].compactMap {
        $0?.lowercased()
      }
      let named = names.lazy.compactMap { said[$0] }.first
      guard let found = named ?? only, let reply = found.reply else { continue }
      let spokenOf = found.address ?? words.explainedAddress(in: text.view)
      if named == nil, ReportReader.isAnother(spokenOf, names) { continue }
      report.recipients[index].reply = reply
      report.recipients[index].isRemoteReply = found.isRemoteReply
      if report.recipients[index].remoteMTA == nil { report.recipients[index].remoteMTA = found.remoteMTA }
    }
  }

  /// True if `address` is somebody else's than the one who is called `names`, in lower case: gateways and aliases
  /// change the domain of a mailbox, and hardly ever its local part. What is no address says nothing.
  private static func isAnother(_ address: String?, _ names: [String]) -> Bool {
    let mailboxes = names.filter { $0.contains("@") }
    guard let address, !mailboxes.isEmpty else { return false }
    let local = address.lowercased().prefix { $0 != "@" }
    return !mailboxes.contains { $0.prefix { $0 != "@" } == local }
  }

  /// Looks for a notice in words. Only mail that a mail system seems to have sent is read for one, so that people
  /// who write about bounces are not taken for them.
  private mutating func readNotice() {
    guard envelope.mayBeNotice, !text.isEmpty else { return }
    if textIsHTML {
      var words = ByteBuffer(capacity: text.count)
      HTMLText.append(text.view, to: &words)
      text = words
      textIsHTML = false
    }
    if !(envelope.isFromDesk && envelope.isAutoReplied), readStatusInText() { return }
    envelope.returnsMessage = sawOriginal
    let view = text.view
    let words = NoticeText(view)
    guard
      let notice = NoticeReader.read(words, of: view, envelope: envelope, limits: limits)
    else { return }
    report.form = .notice(notice.form)
    if report.reportingMTA == nil { report.reportingMTA = words.speakerHost.map { String($0) } }
    report.recipients = notice.recipients
    // Of a list that runs on to where the text was cut nobody knows the end, nor of one that had not begun there.
    let isOpen = notice.recipients.count > 1 || notice.recipients.allSatisfy { $0.address == nil }
    if notice.isCut || textWasCut && words.bodyEnd == view.count && isOpen {
      report.exceeded.insert(.recipients)
    }
    if envelope.hasDelaySubject {
      for index in report.recipients.indices { report.recipients[index].action = .delayed }
    }
    readReturnedHeader(view.from(words.bodyEnd))
    if report.messageID == nil { report.messageID = words.messageID(in: view, limit: limits.name) }
  }

  /// A delivery-status part that lost its part: its fields stand in the text (broken boundaries, Amazon WorkMail,
  /// MIME headers that a gateway dropped). True if it named recipients.
  private mutating func readStatusInText() -> Bool {
    let view = text.view
    guard let first = ReportReader.lineStart(of: "final-recipient:", in: view) else { return false }
    // The message's own fields stand before the first recipient's.
    let start = ReportReader.lineStart(of: "reporting-mta:", in: view.prefix(first)) ?? first
    place = .status
    var at = start
    while at < view.count {
      let end = view.firstIndex(of: 0x0A, from: at) ?? view.count
      let line = view[at..<end]
      at = end + 1
      // The next part's header ends the fields.
      if line.hasPrefixIgnoringCase("content-type:") || line.hasPrefixIgnoringCase("return-path:") { break }
      takeStatus(line)
    }
    flushField()
    closeRecipient()
    guard !report.recipients.isEmpty else { return false }
    report.form = .deliveryStatus
    readReturnedHeader(view.from(at))
    return true
  }

  /// Where the first line that starts with `field`, in any case, starts.
  private static func lineStart(of field: StaticString, in text: ByteView) -> Int? {
    var at = 0
    while at < text.count {
      if text.from(at).hasPrefixIgnoringCase(field) { return at }
      guard let end = text.firstIndex(of: 0x0A, from: at) else { return nil }
      at = end + 1
    }
    return nil
  }

  /// The header of the returned message within a text.
  private mutating func readReturnedHeader(_ rest: ByteView) {
    guard !sawOriginal else { return }
    place = .originalHeader
    hasField = false
    headerBytes = 0
    var at = 0
    while at < rest.count, headerBytes <= limits.header {
      let end = rest.firstIndex(of: 0x0A, from: at) ?? rest.count
      let line = rest[at..<end]
      at = end + 1
      if line.isEmpty {
        if report.messageID != nil || report.subject != nil { break }
        flushField()
      } else if line[0] == 0x20 || line[0] == 0x09 {
        continueField(line)
      } else {
        flushField()
        if let name = ReportReader.fieldNameLength(line) { beginField(line, name: name) }
      }
    }
    flushField()
    place = .skip
  }
}
