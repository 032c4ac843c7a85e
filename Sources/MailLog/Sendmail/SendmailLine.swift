import Bytes

/// Finds the family of a Sendmail line and has it read there. A new family is a file of its own and a line here.
/// Source: Sendmail 8.17, sendmail/deliver.c (logdelivery, logsender), savemail.c, srvrsmtp.c, milter.c.
enum SendmailLine {
  /// True for the tags under which Sendmail logs: `sendmail`, and what `-L` is given by convention (`sm-mta`,
  /// `sm-msp-queue`, `sm-acceptingconnections`).
  static func isSendmail(_ tag: ByteView) -> Bool {
    guard tag.at(0) == UInt8(ascii: "s") else { return false }
    return tag == "sendmail" || tag.hasPrefix("sendmail-") || tag.hasPrefix("sm-") && tag != "sm-notify"
  }

  /// - Parameter service: the header's, which of a delivery is its mailer (`esmtp`, `local`).
  static func read(_ message: ByteView, into record: inout LogRecord, service: inout ByteView) {
    // A queue id ends in the process id; words like `STARTTLS` do not.
    if let (id, rest) = QueueID.scan(message), id[id.count - 1].isASCIIDigit {
      if readQueued(id, rest, into: &record, service: &service) { return }
    } else {
      if RepetitionLine.read(message, into: &record) { return }
      let rest = message.hasPrefix("NOQUEUE: ") ? message.from(9) : message
      if SendmailRejectionLine.read(nil, rest, into: &record) { return }
      if SendmailTroubleLine.read(nil, rest, into: &record) { return }
    }
    record = .unknown
  }

  private static func readQueued(
    _ id: ByteView, _ rest: ByteView, into record: inout LogRecord, service: inout ByteView
  ) -> Bool {
    if rest.hasPrefix("to=") { return SendmailDeliveryLine.read(id, rest, into: &record, service: &service) }
    if rest.hasPrefix("from=") { return SendmailEnvelopeLine.read(id, rest, into: &record) }
    if rest.hasPrefix("AUTH=server, ") { return SendmailEnvelopeLine.readUser(id, rest, into: &record) }
    if rest.hasPrefix("done; ") {
      record = .removed(RemovalRecord(queueID: id, reason: .done))
      return true
    }
    return SendmailRejectionLine.read(id, rest, into: &record) || SendmailReturnLine.read(id, rest, into: &record)
      || SendmailTroubleLine.read(id, rest, into: &record)
  }
}
