// One connection of the MTA: the client, and one message after another.
//
// Pure state: no pointer of libmilter's and no call to it. The adapter (Callbacks.swift) turns what libmilter says into
// these calls, one at a time but on changing threads, and their answers into its codes. Bad or missing input leaves
// fields empty; nothing here fails.

import Bytes
import SMTPTypes

/// What the MTA is told; there is no answer that stops a message.
enum SessionAnswer: Equatable, Sendable {
  /// Go on.
  case proceed
  /// Nothing more of this message is wanted; it goes its way (`SMFIS_ACCEPT`, which unlike `SMFIS_SKIP` spares the MTA
  /// the end of message too, and which every MTA knows).
  case enough
}

/// The fate of a recipient before any milter was asked.
enum RecipientFate {
  case accepted
  /// Refused by the MTA: `code` from `{rcpt_host}`, `text` from `{rcpt_addr}`.
  case refused(code: ByteView, text: ByteView)
}

/// State of one connection. Used by one thread at a time.
final class Session {
  private let watch: Watch
  private var client = ObservedClient()
  private var message = MessageState()
  private var reservedMemory = 0

  /// Longest address and other text kept, in bytes; RFC 5321 allows a path 256.
  static let textLimit = 1024

  init(watch: Watch) {
    self.watch = watch
  }

  deinit {
    if reservedMemory > 0 { watch.releaseReportMemory(reservedMemory) }
  }

  // MARK: Connection

  func connect(host: ByteView, address: String, port: UInt16?, daemonName: ByteView?) {
    client = ObservedClient()
    client.host = Self.text(host)
    client.address = address
    client.port = port
    if let daemonName { client.daemonName = Self.text(daemonName) }
  }

  func helo(_ name: ByteView) {
    client.helo = Self.text(name)
  }

  // MARK: Envelope

  /// - Parameter path: `<a@b>` by SMTP, `a@b` or nothing for internal mail; ESMTP parameters come apart.
  func mail(path: ByteView, user: ByteView?) {
    endMessage()
    message.isInternal = path.at(0) != 0x3C
    message.sender = Self.address(path)
    if let user, !user.isEmpty { message.user = Self.text(user) }
  }

  func recipient(path: ByteView, fate: RecipientFate, queueID: ByteView?) {
    switch fate {
    case .accepted:
      message.recipientCount += 1
      if message.recipients.count < watch.recipientLimit { message.recipients.append(Self.address(path)) }
    case .refused(let code, let text):
      guard let severity = Self.severity(code: code, text: text) else { return }
      let rejection = RejectedRecipient(
        time: watch.clock(), client: client, user: message.user, sender: message.sender,
        recipient: Self.address(path), queueID: queueID.map(Self.text), severity: severity,
        enhancedCode: EnhancedStatusCode(code), text: Self.text(text))
      watch.gate.pass { watch.observer.rejectedRecipient(rejection) }
    }
  }

  // MARK: Content

  func data(queueID: ByteView?) -> SessionAnswer {
    let isCandidate = watch.negotiation.wantsReports && message.sender.isEmpty
    if watch.negotiation.wantsHeaders || isCandidate { return .proceed }
    tell(queueID: queueID)
    endMessage()
    return .enough
  }

  func header(name: ByteView, value: ByteView) {
    watch.interest.forEachSlot(of: name) { slot in
      if message.values.isEmpty { message.values = Array(repeating: nil, count: watch.interest.slotCount) }
      // Of several fields of a name the first counts.
      if message.values[slot] == nil {
        message.values[slot] = HeaderInterest.value(value, limit: watch.headerValueLimit)
      }
    }
    guard watch.negotiation.wantsReports, message.sender.isEmpty else { return }
    if message.report == nil { message.report = ReportCapture(limit: watch.reportLimit) }
    if reserve(min(name.count + value.count * 2 + 4, message.report?.room ?? 0)) {
      message.report?.header(name, value)
    } else {
      message.report?.cut()
    }
  }

  func endOfHeader(queueID: ByteView?) -> SessionAnswer {
    tell(queueID: queueID)
    guard message.report?.looksLikeReport == true else {
      endMessage()
      return .enough
    }
    message.report?.endOfHeader()
    return message.report?.isTruncated == true ? finishReport() : .proceed
  }

  func body(_ chunk: ByteView) -> SessionAnswer {
    guard message.report != nil else { return .enough }
    if reserve(min(chunk.count, message.report?.room ?? 0)) {
      message.report?.body(chunk)
    } else {
      message.report?.cut()
    }
    return message.report?.isTruncated == true ? finishReport() : .proceed
  }

  func endOfMessage(queueID: ByteView?) {
    if !message.isTold { tell(queueID: queueID) }
    _ = finishReport()
  }

  /// The transaction was broken off, or is over.
  func abort() { endMessage() }

  // MARK: Telling

  private func tell(queueID: ByteView?) {
    func value(_ slot: Int) -> String? { slot < message.values.count ? message.values[slot] : nil }
    var tags: [ObservedTag] = []
    if message.values.count > HeaderInterest.firstTag {
      for (index, name) in watch.interest.tagNames.enumerated() {
        if let found = value(HeaderInterest.firstTag + index) { tags.append(ObservedTag(name: name, value: found)) }
      }
    }
    let told = ObservedMessage(
      time: watch.clock(), queueID: queueID.map(Self.text) ?? "", sender: message.sender,
      recipients: message.recipients, recipientCount: message.recipientCount, isInternal: message.isInternal,
      messageID: value(HeaderInterest.messageID), listID: value(HeaderInterest.listID),
      feedbackID: value(HeaderInterest.feedbackID), tags: tags, user: message.user, client: client)
    message.isTold = true
    message.report?.told = told
    watch.gate.pass { watch.observer.message(told) }
  }

  private func finishReport() -> SessionAnswer {
    if let capture = message.report, let told = capture.told, capture.looksLikeReport {
      let report = ObservedReport(message: told, content: capture.content, isTruncated: capture.isTruncated)
      watch.gate.pass { watch.observer.deliveryStatus(report) }
    }
    endMessage()
    return .enough
  }

  private func endMessage() {
    message = MessageState()
    if reservedMemory > 0 {
      watch.releaseReportMemory(reservedMemory)
      reservedMemory = 0
    }
  }

  private func reserve(_ count: Int) -> Bool {
    guard watch.reserveReportMemory(count) else { return false }
    reservedMemory += count
    return true
  }

  // MARK: Texts

  static func text(_ view: ByteView) -> String {
    String(view.prefix(textLimit))
  }

  static func address(_ path: ByteView) -> String {
    text(MailAddress.unbracketed(path))
  }

  /// The reply's class from the enhanced code, or from the text where an MTA repeats its whole reply there (Sendmail).
  static func severity(code: ByteView, text: ByteView) -> Int? {
    for view in [code, text] {
      if let first = view.at(0), first == 0x34 || first == 0x35 { return Int(first) - 0x30 }
    }
    return nil
  }
}
