// Messages without a header, as `journalctl -o cat` and people's excerpts give them.

public import Bytes
public import SMTPTypes

extension LogParser {
  /// Reads `message`, a line that has no header, into `parsed`, if it is clearly one of Postfix's or Sendmail's about
  /// a message's life or a rejection; false, and `parsed` not to be used, if it isn't. The host is `unknown`, the
  /// daemon the one whose lines look so. O(message).
  ///
  /// - Parameter time: what the line is taken to be of; it says none itself.
  public func parseBare(_ message: ByteView, time: Timestamp, into parsed: inout ParsedLine) -> Bool {
    parsed.header = LogHeader(time: time, host: ByteView("unknown"), instance: ByteView("postfix"), service: .empty, daemon: .empty)
    parsed.queueID = .empty
    if message.hasPrefix("to=<") {
      // An excerpt without the queue id.
      return readDelivery(.empty, message, message, &parsed)
    }
    if let (id, rest) = QueueID.scan(message) {
      if rest.hasPrefix("to="), !isSendmail(rest) { return readDelivery(id, rest, message, &parsed) }
      if isSendmail(rest) {
        name("sendmail", &parsed)
        parsed.header.instance = ByteView("sendmail")
        var record = LogRecord.unknown
        SendmailLine.read(message, into: &record, service: &parsed.header.service)
        parsed.record = record
        return tells(record)
      }
    }
    name("smtpd", &parsed)
    PostfixLine.read(message, .server, into: &parsed)
    parsed.queueID = .empty
    return tells(parsed.record)
  }

  private func readDelivery(_ id: ByteView, _ rest: ByteView, _ message: ByteView, _ parsed: inout ParsedLine) -> Bool {
    name("smtp", &parsed)
    guard DeliveryLine.read(id, rest, .client, into: &parsed.delivery) else { return false }
    parsed.kind = .delivery
    // A relay without an address is a mailbox's or a command's transport.
    if let relay = parsed.delivery.relay, relay.address.isEmpty, parsed.delivery.account.speaker != .remote {
      name("local", &parsed)
      return DeliveryLine.read(id, rest, .deliveryAgent, into: &parsed.delivery)
    }
    return true
  }

  private func name(_ daemon: StaticString, _ parsed: inout ParsedLine) {
    parsed.header.daemon = ByteView(daemon)
    parsed.header.service = ByteView(daemon)
  }

  private func isSendmail(_ rest: ByteView) -> Bool {
    rest.hasPrefix("to=") && (rest.contains(", xdelay=") || rest.contains(", stat="))
      || rest.hasPrefix("from=") && rest.contains(", nrcpts=") || rest.hasPrefix("ruleset=")
      || rest.hasPrefix("Milter: ")
  }

  private func tells(_ record: LogRecord) -> Bool {
    switch record {
    case .delivery, .queueActive, .expired, .removed, .client, .pickup, .envelope, .messageID, .rejection: true
    case .notification, .trouble, .repetition, .uninteresting, .unknown, .foreign: false
    }
  }
}
