import Bytes
import MailLog
import SMTPTypes

/// 2026-11-23T18:00:00Z
let reference = Timestamp(seconds: 1_795_456_800)

func parser(zone: LocalZone = .utc) -> LogParser {
  LogParser(stamps: StampResolver(reference: reference, zone: zone))
}

/// Parses one line and hands what it says to `body`; nil if it has no header.
func parsing<Result>(_ line: String, _ body: (LogHeader, LogRecord) -> Result) -> Result? {
  var parser = parser()
  return line.withByteView { view in parser.parse(view).map { body($0.header, $0.record) } }
}

/// The line with a header of `daemon` in front.
func postfix(_ daemon: String, _ message: String) -> String {
  "Nov 23 17:59:48 mx1 postfix/\(daemon)[4711]: \(message)"
}

func sendmail(_ message: String) -> String {
  "Nov 23 17:59:48 mx1 sm-mta[4711]: \(message)"
}

/// The delivery that `line` tells of.
func delivery<Result>(_ line: String, _ body: (DeliveryRecord) -> Result) -> Result? {
  parsing(line) { _, record -> Result? in
    guard case .delivery(let delivery) = record else { return nil }
    return body(delivery)
  } ?? nil
}

func text(_ view: ByteView?) -> String? { view.map { String($0) } }

/// A name for the record's kind.
func kind(_ record: LogRecord) -> String {
  switch record {
  case .delivery(let delivery): "delivery \(delivery.outcome)"
  case .queueActive: "queueActive"
  case .expired: "expired"
  case .removed: "removed"
  case .client: "client"
  case .pickup: "pickup"
  case .envelope: "envelope"
  case .messageID: "messageID"
  case .rejection: "rejection"
  case .notification: "notification"
  case .trouble(let trouble): "trouble \(trouble.kind)"
  case .repetition: "repetition"
  case .uninteresting: "uninteresting"
  case .unknown: "unknown"
  case .foreign: "foreign"
  }
}

func kind(ofLine line: String) -> String {
  parsing(line) { _, record in kind(record) } ?? "no header"
}
