// The delivery-status part: groups of fields (RFC 3464, section 2; RFC 6533, section 3).

import Bytes
import SMTPTypes

extension ReportReader {
  /// Takes one decoded line of a delivery-status part.
  mutating func takeStatus(_ line: ByteView) {
    if line.trimmed.isEmpty {
      flushField()
      closeRecipient()
      headerBytes = 0
      return
    }
    if line[0] == 0x20 || line[0] == 0x09 {
      continueField(line)
      return
    }
    if let name = ReportReader.fieldNameLength(line) {
      flushField()
      beginField(line, name: name)
    } else if hasField {
      // Folded without the space that a continuation starts with.
      continueField(line)
    }
  }

  /// The recipient group is over.
  mutating func closeRecipient() {
    guard let recipient = current else { return }
    current = nil
    guard report.recipients.count < limits.recipients else {
      report.exceeded.insert(.recipients)
      return
    }
    report.recipients.append(recipient)
  }

  /// Takes one field of the part. A group whose separating blank line is missing is cut where a field comes again
  /// that can stand once only.
  mutating func statusField(_ name: ByteView, _ value: ByteView) {
    guard let key = StatusKey(name), !value.isEmpty else { return }
    let limit = limits.name
    switch key {
    case .reportingMTA:
      if report.reportingMTA == nil { report.reportingMTA = FieldValue.host(value, limit: limit) }
    case .arrivalDate:
      if report.arrival == nil { report.arrival = MailDate.parse(value) }
    case .envelopeID:
      if report.envelopeID == nil { report.envelopeID = FieldValue.xtext(value.prefix(limit)) }
    case .queueID:
      if report.queueID == nil {
        report.queueID = String(FieldValue.typed(value).rest.prefix(limit))
      }
    case .sender:
      if report.sender == nil { report.sender = FieldValue.address(value, limit: limit) }
    case .finalRecipient:
      if current?.address != nil { closeRecipient() }
      edit { $0.address = FieldValue.address(value, limit: limit) }
    case .originalRecipient:
      if current?.originalAddress != nil { closeRecipient() }
      edit {
        $0.originalAddress = FieldValue.address(value, limit: limit)?.withByteView { FieldValue.xtext($0) }
      }
    case .action:
      if current?.action != nil { closeRecipient() }
      edit { $0.action = ReportedAction(field: value) }
    case .status:
      edit { $0.status = FieldValue.status(value) ?? $0.status }
    case .remoteMTA:
      edit { $0.remoteMTA = FieldValue.host(value, limit: limit) }
    case .lastAttempt:
      edit { $0.lastAttempt = MailDate.parse(value) }
    case .willRetryUntil:
      edit { $0.willRetryUntil = MailDate.parse(value) }
    case .diagnostic:
      takeDiagnostic(value)
    }
  }

  private mutating func takeDiagnostic(_ value: ByteView) {
    guard value.contains("=?") else { return takeDecodedDiagnostic(value) }
    EncodedWords.decode(value).withByteView { takeDecodedDiagnostic($0) }
  }

  private mutating func takeDecodedDiagnostic(_ value: ByteView) {
    let diagnostic = Diagnostic(field: value)
    if diagnostic.isChallenge { isChallenge = true }
    let said = diagnostic.reply.text.prefix(limits.replyText)
    guard !said.isEmpty else { return }
    var reply = ReportedReply(
      code: diagnostic.reply.code, enhanced: diagnostic.reply.enhanced, text: String(said))
    if let status = diagnostic.exitStatus { reply = ReportedReply(text: "\(ReportedReply.exitStatus)\(status)") }
    let host = diagnostic.host.isEmpty ? nil : String(diagnostic.host.prefix(limits.name))
    edit {
      $0.reply = reply
      $0.isRemoteReply = diagnostic.isRemote
      if $0.remoteMTA == nil { $0.remoteMTA = host }
    }
  }

  private mutating func edit(_ change: (inout ReportedRecipient) -> Void) {
    var recipient = current ?? ReportedRecipient()
    change(&recipient)
    current = recipient
  }

  /// Takes one field of the returned message's header.
  mutating func originalField(_ name: ByteView, _ value: ByteView) {
    if name.equalsIgnoringCase(ByteView("message-id")) {
      if report.messageID == nil { report.messageID = FieldValue.identifier(value, limit: limits.name) }
    } else if name.equalsIgnoringCase(ByteView("subject")) {
      if report.subject == nil { report.subject = EncodedWords.decode(value.prefix(limits.name)) }
    } else if name.equalsIgnoringCase(ByteView("from")) {
      if report.from == nil { report.from = FieldValue.identifier(value, limit: limits.name) }
    } else if name.equalsIgnoringCase(ByteView("content-type")) {
      // Virus gateways wrap reports; a report that is returned as undeliverable has a delivery-status part before it.
      // A postmaster may hand one on.
      let isPostmaster = envelope.isDoubtful && envelope.hasReturnAddress
      guard !sawStatus, !envelope.isReport, envelope.isFromMailSystem, !isPostmaster else { return }
      let type = ContentType(field: value, boundary: &boundary)
      isWrappedReport = type.reportType == .status && !boundary.isEmpty
    }
  }
}

/// The fields of a delivery-status part that are read.
enum StatusKey {
  case reportingMTA, arrivalDate, envelopeID, queueID, sender
  case finalRecipient, originalRecipient, action, status, remoteMTA, diagnostic, lastAttempt, willRetryUntil

  /// In any case; nil for other fields.
  init?(_ name: ByteView) {
    guard let first = name.at(0) else { return nil }
    let candidates: [(StaticString, StatusKey)]
    switch first | 0x20 {
    case 0x61: candidates = StatusKey.a
    case 0x64: candidates = StatusKey.d
    case 0x66: candidates = StatusKey.f
    case 0x6C: candidates = StatusKey.l
    case 0x6F: candidates = StatusKey.o
    case 0x72: candidates = StatusKey.r
    case 0x73: candidates = StatusKey.s
    case 0x77: candidates = StatusKey.w
    case 0x78: candidates = []
    default: return nil
    }
    for (word, key) in candidates where name.equalsIgnoringCase(ByteView(word)) {
      self = key
      return
    }
    // Postfix writes its `mail_name` there (bounce/bounce_notify_util.c).
    guard name.hasPrefixIgnoringCase("x-") else { return nil }
    if name.suffix(9).equalsIgnoringCase(ByteView("-queue-id")) {
      self = .queueID
    } else if name.count > 8, name.suffix(7).equalsIgnoringCase(ByteView("-sender")) {
      self = .sender
    } else {
      return nil
    }
  }

  private static let a: [(StaticString, StatusKey)] = [("action", .action), ("arrival-date", .arrivalDate)]
  private static let d: [(StaticString, StatusKey)] = [("diagnostic-code", .diagnostic)]
  private static let f: [(StaticString, StatusKey)] = [("final-recipient", .finalRecipient)]
  private static let l: [(StaticString, StatusKey)] = [("last-attempt-date", .lastAttempt)]
  private static let o: [(StaticString, StatusKey)] = [
    ("original-recipient", .originalRecipient), ("original-envelope-id", .envelopeID),
  ]
  private static let r: [(StaticString, StatusKey)] = [
    ("reporting-mta", .reportingMTA), ("remote-mta", .remoteMTA),
  ]
  private static let s: [(StaticString, StatusKey)] = [("status", .status)]
  private static let w: [(StaticString, StatusKey)] = [("will-retry-until", .willRetryUntil)]
}
