import Bytes
import DeliveryStatus
import Intake
import Journal
import Milter
import Privacy
import SMTPTypes
import Synchronization

/// Hands what the milter saw to the pipeline, identities by way of the spool.
final class MilterSource: MilterObserver {
  private let pipeline: EventPipeline
  private let spool: IdentitySpool?
  private let messageIDs: MessageIDSpool?
  /// What recipients are stored under; nil if they are stored as they are.
  private let pseudonyms: Pseudonyms?
  /// Reports that the journal has: a content filter shows each twice, and a client that got no answer sends it again.
  private let reports: MessageIDSpool?
  private let called = Atomic<Int>(0)

  /// Messages and rejections that the MTA told of.
  var calls: Int { called.load(ordering: .relaxed) }

  init(
    pipeline: EventPipeline, spool: IdentitySpool?, messageIDs: MessageIDSpool?, reports: MessageIDSpool? = nil,
    pseudonyms: Pseudonyms? = nil
  ) {
    self.pipeline = pipeline
    self.spool = spool
    self.messageIDs = messageIDs
    self.reports = reports
    self.pseudonyms = pseudonyms
  }

  func message(_ message: ObservedMessage) {
    called.wrappingAdd(1, ordering: .relaxed)
    guard !message.queueID.isEmpty else { return }
    var tags = message.tags.map { MessageIdentity.Tag(name: $0.name, value: $0.value) }
    func add(_ name: String, _ value: String?) {
      guard let value, !tags.contains(where: { $0.name == name }) else { return }
      tags.append(MessageIdentity.Tag(name: name, value: value))
    }
    add("list-id", message.listID.map(MilterSource.listIdentifier))
    add("feedback-id", message.feedbackID)
    var identity = MessageIdentity(
      time: message.time, queueID: message.queueID, sender: message.sender,
      messageID: message.messageID.map(MilterSource.bare), user: message.user,
      clientHost: message.isInternal ? nil : message.client.host,
      clientAddress: message.isInternal ? nil : message.client.address, tags: tags)
    if let pseudonyms { identity = identity.redacted(EventRedactor(pseudonyms)) }
    // Before the MTA gets its answer, so that no outcome can come before it.
    spool?.append(identity)
    if let messageID = identity.messageID { messageIDs?.add(messageID, at: identity.time) }
    pipeline.observe(identity)
  }

  func rejectedRecipient(_ rejection: RejectedRecipient) {
    called.wrappingAdd(1, ordering: .relaxed)
    guard rejection.isTransient else { return }
    pipeline.observe(
      ObservedRejection(
        time: rejection.time, clientHost: rejection.client.host, clientAddress: rejection.client.address,
        sender: rejection.sender, recipient: rejection.recipient, user: rejection.user,
        status: rejection.enhancedCode?.description ?? "", text: rejection.text))
  }

  /// Called before the MTA gets its answer, which waits until the report is durable, at most a second.
  func deliveryStatus(_ report: ObservedReport) {
    let read = report.content.withUnsafeBufferPointer { ReportReader.read(ByteView($0), isFromNullSender: true) }
    guard read.kind.isDeliveryReport else { return }
    let name = MilterSource.name(of: report.message, read)
    if let name, reports?.contains(name) ?? false { return }
    let isMatched = read.messageID.map { messageIDs?.contains(MilterSource.bare($0)) ?? false } ?? false
    pipeline.observe(
      read, at: report.message.time, isOurOwn: isOurOwn(read, report.message), isMatched: isMatched)
    // After the journal has it: a crash in between gives it twice rather than never.
    if let name { reports?.add(name, at: report.message.time) }
  }

  /// What a report is known by: its own Message-ID, and whom it speaks of, because not every mailer's ids are unique.
  /// nil without a Message-ID.
  private static func name(of message: ObservedMessage, _ report: DeliveryReport) -> String? {
    guard let messageID = message.messageID, !messageID.isEmpty else { return nil }
    let recipients = report.recipients.map { "\($0.address ?? "") \($0.action?.description ?? "")" }
    return "\(bare(messageID))\n\(recipients.joined(separator: "\n"))"
  }

  /// A report that our own bounce(8) or mailer wrote: it came from inside, or names us as its author.
  private func isOurOwn(_ report: DeliveryReport, _ message: ObservedMessage) -> Bool {
    if message.isInternal { return true }
    guard let author = report.reportingMTA else { return false }
    return author.lowercased() == pipeline.host.lowercased()
  }

  /// The identifier of a List-Id field, without the phrase before it and the angle brackets (RFC 2919, section 3).
  static func listIdentifier(_ field: String) -> String {
    guard let open = field.lastIndex(of: "<"), let close = field[open...].firstIndex(of: ">") else { return field }
    let identifier = field[field.index(after: open)..<close]
    return identifier.isEmpty ? field : String(identifier)
  }

  /// A Message-ID without its angle brackets.
  private static func bare(_ messageID: String) -> String {
    guard messageID.hasPrefix("<"), messageID.hasSuffix(">"), messageID.utf8.count > 2 else { return messageID }
    return String(messageID.dropFirst().dropLast())
  }
}

extension MessageIdentity {
  /// The identity without recipients' addresses.
  fileprivate func redacted(_ redactor: EventRedactor) -> MessageIdentity {
    var identity = self
    identity.sender = redactor.redact(sender: sender, message: queueID)
    for index in tags.indices { identity.tags[index].value = redactor.redact(tag: tags[index].value, message: queueID) }
    return identity
  }
}
