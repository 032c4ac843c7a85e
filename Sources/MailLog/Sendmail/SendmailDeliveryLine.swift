// `to=A[,A…][, [more]], [ctladdr=…,] delay=…, xdelay=…, mailer=…, pri=…, relay=…, dsn=…, [reply=…,] stat=…`
//
// stat= says what Sendmail did, dsn= may contradict it. reply= holds a server's words with their commas, so that a
// reply can look like `450 x, stat=Sent`: what stands before it (dsn=) and the reply's own code decide where stat=
// begins and what it may say.

import Bytes
import SMTPTypes

enum SendmailDeliveryLine {
  /// - Parameter service: becomes the mailer's name if the line tells of a delivery.
  static func read(
    _ id: ByteView, _ rest: ByteView, into record: inout LogRecord, service: inout ByteView
  ) -> Bool {
    var fields = SendmailFields(rest, at: 3)
    var delivery = DeliveryRecord(
      queueID: id, recipient: .empty, outcome: .deferred, reason: .empty,
      account: Account(speaker: .local, reply: Reply(text: .empty)))
    readRecipients(&fields, &delivery)
    var line = SendmailOutcome()
    while fields.at < rest.count {
      if rest.from(fields.at).hasPrefix("reply=") {
        guard line.split(rest.from(fields.at + 6)) else { return false }
        break
      }
      if rest.from(fields.at).hasPrefix("stat=") {
        line.stat = rest.from(fields.at + 5)
        break
      }
      if rest.from(fields.at).hasPrefix("quarantine=") {
        // A milter's words, which may hold commas: Sendmail's own `stat=` is the last.
        guard let stat = RejectionLine.lastRange(of: ", stat=", in: rest) else { return false }
        line.stat = rest.from(stat.upperBound)
        break
      }
      if rest.from(fields.at).hasPrefix("ctladdr=") {
        fields.at += 8
        _ = fields.address()
        continue
      }
      guard let (name, value) = fields.next() else { return false }
      switch name {
      case "delay": delivery.delay = duration(value)
      case "xdelay": delivery.delaysText = value
      case "mailer": line.mailer = value
      case "relay": line.relay = SendmailPeer(value)
      case "dsn": delivery.status = EnhancedStatusCode(value)
      default: break
      }
    }
    guard let stat = line.stat else { return false }
    if stat == "quarantined", line.reply == nil {
      // What queue.c says where it puts a message aside: nothing failed.
      record = .uninteresting
      return true
    }
    if SendmailReturnLine.isExpiry(stat), line.reply == nil {
      var expiry = ExpiryRecord(queueID: id, sender: nil)
      expiry.recipients = delivery.recipients
      record = .expired(expiry)
      return true
    }
    delivery.reason = stat
    line.status = delivery.status
    if line.isWaiting(stat) {
      record = .uninteresting
      return true
    }
    if line.isUndelivered(stat) {
      record = .removed(RemovalRecord(queueID: id, reason: .done))
      return true
    }
    guard let outcome = line.outcome(stat) else { return false }
    delivery.outcome = outcome
    delivery.account = line.account(stat, outcome)
    delivery.relay = line.deliveryRelay
    if delivery.outcome == .sent { delivery.queuedAs = DeliveryLine.queuedAs(withoutParenthesis(stat)) }
    record = .delivery(delivery)
    if !line.mailer.isEmpty { service = line.mailer }
    return true
  }

  /// `<a@x.example>,<b@y.example>, `: commas without a space stand between recipients. Of more than one line can hold
  /// deliver.c (logdelivery) makes several, and ends all but the last one's with ` [more]`, behind the comma that stands
  /// between two.
  private static func readRecipients(_ fields: inout SendmailFields, _ delivery: inout DeliveryRecord) {
    let text = fields.text
    let first = SendmailAddress.scan(text, at: fields.at)
    delivery.recipient = withoutMore(first.address)
    var end = first.end
    if text.at(end) == 0x2C, text.at(end + 1) != 0x20 {
      let start = end + 1
      repeat {
        end = SendmailAddress.scan(text, at: end + 1).end
      } while text.at(end) == 0x2C
        && text.at(end + 1) != 0x20
      delivery.otherRecipients = withoutMore(text[start..<end])
    }
    fields.at = end
    fields.skipSeparator()
    if text.from(fields.at).hasPrefix("[more]") {
      fields.at += 6
      fields.skipSeparator()
    }
  }

  private static func withoutMore(_ recipients: ByteView) -> ByteView {
    recipients.hasSuffix(" [more]") ? recipients.prefix(recipients.count - 7) : recipients
  }

  /// `00:01:02` or `3+00:01:02` in seconds.
  static func duration(_ text: ByteView) -> Double? {
    var days = 0
    var clock = text
    if let plus = text.firstIndex(of: 0x2B) {
      guard let value = text.prefix(plus).decimal, value < 100_000 else { return nil }
      days = value
      clock = text.from(plus + 1)
    }
    guard clock.count == 8, clock[2] == 0x3A, clock[5] == 0x3A, let hours = clock.prefix(2).decimal,
      let minutes = clock[3..<5].decimal, let seconds = clock.from(6).decimal
    else { return nil }
    return Double(days * 86_400 + hours * 3600 + minutes * 60 + seconds)
  }

  private static func withoutParenthesis(_ text: ByteView) -> ByteView {
    text.hasSuffix(")") ? text.prefix(text.count - 1) : text
  }
}
