// Records to packed lines and back.

import Bytes
import Classification
import MailLog
import SMTPTypes

extension PackedLine {
  /// Bytes of the longest line that is packed; each of its texts is a part of it.
  static var longestLine: Int { 0xFFFE }
  /// Texts that a kind has at most.
  static var textLimit: Int { 10 }

  /// Packs `line`, which has at most `longestLine` bytes, at `start`, where there is room for `textLimit` times as many
  /// and `roomWithoutTexts`, and returns the size; nil if it is of no kind that is packed.
  ///
  /// - Parameter instance: the syslog name of the packed line before, which becomes this one's.
  @inline(__always)
  static func pack(
    _ line: UnsafePointer<AssessedLine>, _ head: Head, _ instance: inout ByteView, at start: UnsafeMutableRawPointer
  ) -> Int? {
    var head = head
    switch line.pointee.parsed.kind {
    case .delivery:
      guard line.pointee.parsed.delivery.otherRecipients.isEmpty else { return nil }
      head.kind = .delivery
      var writer = PackedLineWriter(start, partSize: MemoryLayout<Delivery>.stride)
      writer.name(line, &head, &instance)
      let part = delivery(line, &writer)
      return writer.finish(head, part)
    case .message:
      switch line.pointee.parsed.message {
      case .queueActive(let record):
        head.kind = .queueActive
        return message(line, head, &instance, start) { part, writer in
          part.queueID = writer.text(record.queueID)
          part.first = writer.text(record.sender)
        }
      case .messageID(let record):
        head.kind = .messageID
        return message(line, head, &instance, start) { part, writer in
          part.queueID = writer.text(record.queueID)
          part.first = writer.text(record.messageID)
        }
      case .removed(let record):
        head.kind = .removed
        return message(line, head, &instance, start) { part, writer in
          part.queueID = writer.text(record.queueID)
          part.isDeleted = record.reason == .deleted
        }
      case .client(let record):
        head.kind = .client
        return message(line, head, &instance, start) { part, writer in
          part.queueID = writer.text(record.queueID)
          part.first = writer.text(record.clientHost)
          part.second = writer.text(record.clientAddress)
          part.user = writer.text(record.user)
          part.originalQueueID = writer.text(record.originalQueueID)
        }
      }
    case .other:
      guard case .trouble(let record) = line.pointee.parsed.other, record.kind != .lostLines else { return nil }
      head.kind = .trouble
      return PackedLineWriter(start, partSize: MemoryLayout<Trouble>.stride).finish(head, Trouble(kind: record.kind))
    }
  }

  @inline(__always)
  private static func message(
    _ line: UnsafePointer<AssessedLine>, _ head: Head, _ instance: inout ByteView, _ start: UnsafeMutableRawPointer,
    _ fill: (inout Message, inout PackedLineWriter) -> Void
  ) -> Int {
    var head = head
    var part = Message()
    var writer = PackedLineWriter(start, partSize: MemoryLayout<Message>.stride)
    writer.name(line, &head, &instance)
    fill(&part, &writer)
    return writer.finish(head, part)
  }

  @inline(__always)
  private static func delivery(
    _ line: UnsafePointer<AssessedLine>, _ writer: inout PackedLineWriter
  ) -> Delivery {
    var part = Delivery()
    part.queueID = writer.text(line.pointee.parsed.delivery.queueID)
    part.service = writer.text(line.pointee.parsed.header.service)
    part.recipient = writer.text(line.pointee.parsed.delivery.recipient)
    part.originalRecipient = writer.text(line.pointee.parsed.delivery.originalRecipient)
    if let relay = line.pointee.parsed.delivery.relay {
      part.relayHost = writer.text(relay.host)
      part.relayAddress = writer.text(relay.address)
      part.relayPort = relay.port
    }
    part.delays = writer.text(line.pointee.parsed.delivery.delaysText)
    // Nobody asks what was said of what went well.
    if line.pointee.parsed.delivery.outcome != .sent {
      part.reply = writer.text(line.pointee.parsed.delivery.account.reply.text)
    }
    if line.pointee.hop == .internal { part.queuedAs = writer.text(line.pointee.parsed.delivery.queuedAs) }
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
    if let verdict = line.pointee.first.verdict {
      part.cause = verdict.cause
      part.scope = verdict.scope
      part.origin = verdict.origin
      part.rule = Int32(truncatingIfNeeded: verdict.rule)
      // A week at most.
      part.retryAfter = Int32(truncatingIfNeeded: verdict.retryAfter ?? 0)
    }
    return part
  }
}

extension PackedLineWriter {
  /// Appends the syslog name of `line` if it is another than `instance`.
  @inline(__always)
  mutating func name(_ line: UnsafePointer<AssessedLine>, _ head: inout PackedLine.Head, _ instance: inout ByteView) {
    let own = line.pointee.parsed.header.instance
    head.fractionDigits = line.pointee.parsed.header.time.fractionDigits
    if own == instance { return }
    instance = copy(own)
    head.instance = UInt16(truncatingIfNeeded: own.count)
  }
}

extension PackedLineReader {
  /// What was said of a delivery's recipient.
  @inline(__always)
  static func assessment(_ part: PackedLine.Delivery) -> Assessment {
    var assessment = Assessment()
    assessment.provider = part.provider
    assessment.numbers = part.numbers
    if let cause = part.cause {
      assessment.verdict = Verdict(
        cause: cause, scope: part.scope, origin: part.origin, rule: Int(part.rule),
        retryAfter: part.retryAfter > 0 ? Int(part.retryAfter) : nil)
    }
    return assessment
  }

  /// The record of a delivery, and its service. What the joiner does not ask for is left out.
  @inline(__always)
  mutating func delivery(_ part: PackedLine.Delivery) -> (record: DeliveryRecord, service: ByteView) {
    let queueID = text(part.queueID)
    let service = text(part.service)
    let recipient = text(part.recipient)
    let originalRecipient = optionalText(part.originalRecipient)
    let relayHost = optionalText(part.relayHost)
    let relay = relayHost.map { Relay(host: $0, address: text(part.relayAddress), port: part.relayPort) }
    let delays = optionalText(part.delays)
    let reply = Reply(code: part.replyCode, enhanced: part.replyEnhanced, text: text(part.reply))
    var record = DeliveryRecord(
      queueID: queueID, recipient: recipient, outcome: part.outcome, reason: .empty,
      account: DeliveryRecord.Account(speaker: part.speaker, reply: reply, stage: part.stage))
    record.originalRecipient = originalRecipient
    record.relay = relay
    record.status = part.status
    if !part.delay.isNaN { record.delay = part.delay }
    record.delayDigits = Int(part.delayDigits)
    record.delaysText = delays
    record.queuedAs = optionalText(part.queuedAs)
    return (record, service)
  }
}
