// Records to packed lines and back.

import Bytes
import Classification
import MailLog
import SMTPTypes

extension PackedLine {
  /// Bytes of the longest line that is packed; each of its texts is a part of it.
  static var longestLine: Int { 0xFFFE }

  /// Packs what was read of `bytes`, which has at most `longestLine` of them, at `start`, where there is room for as many
  /// and `roomWithoutTexts`, and returns the size; nil if it is of no kind that is packed.
  @inline(__always)
  static func pack(
    _ line: UnsafePointer<AssessedLine>, of bytes: ByteView, _ head: Head, at start: UnsafeMutableRawPointer
  ) -> Int? {
    var head = head
    switch line.pointee.parsed.kind {
    case .delivery:
      guard line.pointee.parsed.delivery.otherRecipients.isEmpty else { return nil }
      head.kind = .delivery
      // The syslog name comes first.
      var stretch = PackedStretch(bytes, first: line.pointee.parsed.header.instance)
      let part = PackedLine.part(at: start, Delivery())
      pack(line, &stretch, &part.pointee)
      return stretch.write(head, behind: part, at: start)
    case .message:
      var stretch = PackedStretch(bytes, first: line.pointee.parsed.header.instance)
      let part = PackedLine.part(at: start, Message())
      part.pointee.instance = stretch.text(line.pointee.parsed.header.instance)
      switch line.pointee.parsed.message {
      case .queueActive(let record):
        head.kind = .queueActive
        part.pointee.queueID = stretch.text(record.queueID)
        part.pointee.first = stretch.text(record.sender)
      case .messageID(let record):
        head.kind = .messageID
        part.pointee.queueID = stretch.text(record.queueID)
        part.pointee.first = stretch.text(record.messageID)
      case .removed(let record):
        head.kind = .removed
        part.pointee.queueID = stretch.text(record.queueID)
        part.pointee.reason = record.reason
      case .client(let record):
        head.kind = .client
        part.pointee.queueID = stretch.text(record.queueID)
        part.pointee.first = stretch.text(record.clientHost)
        part.pointee.second = stretch.text(record.clientAddress)
        part.pointee.user = stretch.text(record.user)
        part.pointee.originalQueueID = stretch.text(record.originalQueueID)
      }
      return stretch.write(head, behind: part, at: start)
    case .other:
      guard case .trouble(let record) = line.pointee.parsed.other, record.kind != .lostLines,
        record.kind != .notification
      else { return nil }
      head.kind = .trouble
      return PackedStretch(bytes, first: bytes).write(
        head, behind: PackedLine.part(at: start, Trouble(kind: record.kind)), at: start)
    }
  }

  @inline(__always)
  private static func pack(
    _ line: UnsafePointer<AssessedLine>, _ stretch: inout PackedStretch, _ part: inout Delivery
  ) {
    part.instance = stretch.text(line.pointee.parsed.header.instance)
    part.queueID = stretch.text(line.pointee.parsed.delivery.queueID)
    part.service = stretch.text(line.pointee.parsed.header.service)
    part.recipient = stretch.text(line.pointee.parsed.delivery.recipient)
    part.originalRecipient = stretch.text(line.pointee.parsed.delivery.originalRecipient)
    if let relay = line.pointee.parsed.delivery.relay {
      part.relayHost = stretch.text(relay.host)
      part.relayAddress = stretch.text(relay.address)
      part.relayPort = relay.port
    }
    part.delays = stretch.text(line.pointee.parsed.delivery.delaysText)
    // Nobody asks what was said of what went well.
    if line.pointee.parsed.delivery.outcome != .sent {
      part.reply = stretch.text(line.pointee.parsed.delivery.account.reply.text)
    } else {
      part.reply = Text(start: 0, count: 0)
    }
    if line.pointee.hop == .internal { part.queuedAs = stretch.text(line.pointee.parsed.delivery.queuedAs) }
    if let delay = line.pointee.parsed.delivery.delay { part.delay = delay }
    part.delayDigits = UInt8(truncatingIfNeeded: line.pointee.parsed.delivery.delayDigits)
    part.status = line.pointee.parsed.delivery.status
    part.replyCode = line.pointee.parsed.delivery.account.reply.code
    part.replyEnhanced = line.pointee.parsed.delivery.account.reply.enhanced
    part.outcome = line.pointee.parsed.delivery.outcome
    part.speaker = line.pointee.parsed.delivery.account.speaker
    part.stage = line.pointee.parsed.delivery.account.stage
    part.hop = line.pointee.hop
    part.provider = line.pointee.first.provider
    part.numbers = line.pointee.first.numbers
    part.hasPlainDelays = line.pointee.first.hasPlainDelays
    part.hasPlainRecipient = line.pointee.first.hasPlainRecipient
    part.domainLength = line.pointee.first.domainLength
    if let verdict = line.pointee.first.verdict {
      part.cause = verdict.cause
      part.scope = verdict.scope
      part.origin = verdict.origin
      part.rule = Int32(truncatingIfNeeded: verdict.rule)
      // A week at most.
      part.retryAfter = Int32(truncatingIfNeeded: verdict.retryAfter ?? 0)
    }
  }
}

extension PackedLineReader {
  /// What was said of a delivery's recipient.
  @inline(__always)
  static func assessment(_ part: UnsafePointer<PackedLine.Delivery>) -> Assessment {
    var assessment = Assessment()
    assessment.provider = part.pointee.provider
    assessment.numbers = part.pointee.numbers
    assessment.hasPlainDelays = part.pointee.hasPlainDelays
    assessment.hasPlainRecipient = part.pointee.hasPlainRecipient
    assessment.domainLength = part.pointee.domainLength
    if let cause = part.pointee.cause {
      assessment.verdict = Verdict(
        cause: cause, scope: part.pointee.scope, origin: part.pointee.origin, rule: Int(part.pointee.rule),
        retryAfter: part.pointee.retryAfter > 0 ? Int(part.pointee.retryAfter) : nil)
    }
    return assessment
  }

  /// Reads the record of a delivery, in its place. What the joiner does not ask for is left out.
  @inline(__always)
  static func read(_ part: UnsafePointer<PackedLine.Delivery>, _ texts: Texts, into record: inout DeliveryRecord) {
    record.begin(queueID: texts[part.pointee.queueID], recipient: texts[part.pointee.recipient])
    record.outcome = part.pointee.outcome
    record.account.speaker = part.pointee.speaker
    record.account.stage = part.pointee.stage
    record.account.reply.code = part.pointee.replyCode
    record.account.reply.enhanced = part.pointee.replyEnhanced
    record.account.reply.text = texts[part.pointee.reply]
    record.originalRecipient = texts[optional: part.pointee.originalRecipient]
    if let host = texts[optional: part.pointee.relayHost] {
      record.relay = Relay(host: host, address: texts[part.pointee.relayAddress], port: part.pointee.relayPort)
    }
    record.status = part.pointee.status
    if !part.pointee.delay.isNaN { record.delay = part.pointee.delay }
    record.delayDigits = Int(part.pointee.delayDigits)
    record.delaysText = texts[optional: part.pointee.delays]
    record.queuedAs = texts[optional: part.pointee.queuedAs]
  }
}
