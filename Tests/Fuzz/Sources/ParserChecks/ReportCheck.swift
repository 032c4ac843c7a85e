import Bytes
import DeliveryStatus
import SMTPTypes

private let plainReport: StaticString = """
  Return-Path: <>
  Content-Type: multipart/report; report-type=delivery-status; boundary=b

  --b
  Content-Type: message/delivery-status

  Reporting-MTA: dns; mx.example.net

  Final-Recipient: rfc822; ann@example.org
  Action: failed
  Status: 5.2.2
  --b--

  """

/// One message whole, cut into random chunks, and within small limits.
func checkReport(_ bytes: ByteView) throws(CheckFailure) {
  let whole = ReportReader.read(bytes)
  try requireBounds(whole, ReportLimits())

  var random = DerivedNumbers(bytes)
  var reader = ReportReader()
  for turn in 0..<2 {
    // The second message through the same reader, to see that nothing of the first is left.
    let largest = turn == 0 ? 7 : 700
    var at = 0
    while at < bytes.count {
      let length = Int.random(in: 1...largest, using: &random)
      reader.append(bytes[at..<(at + length)])
      at += length
    }
    try require(reader.finish() == whole, "chunks give another report than the whole")
  }

  // Nor for another message.
  reader.append(ByteView(plainReport))
  try require(reader.finish() == ReportReader.read(ByteView(plainReport)), "a message changes the next one's report")

  var small = ReportLimits()
  small.depth = 2
  small.parts = 4
  small.line = 64
  small.field = 80
  small.header = 400
  small.recipients = 2
  small.text = 300
  small.name = 20
  small.replyText = 60
  try requireBounds(ReportReader.read(bytes, isFromNullSender: true, limits: small), small)
}

/// What a report keeps is within its limits; a byte that is no UTF-8 grows to three.
func requireBounds(_ report: DeliveryReport, _ limits: ReportLimits) throws(CheckFailure) {
  let name = limits.name * 3
  for text in [report.reportingMTA, report.envelopeID, report.queueID, report.sender, report.messageID] {
    try require((text?.utf8.count ?? 0) <= name, "a name of \(text?.utf8.count ?? 0) bytes")
  }
  // Decoded from another charset, a byte becomes two at most.
  try require((report.subject?.utf8.count ?? 0) <= limits.field * 3, "a long subject")
  try require(report.recipients.count <= limits.recipients, "\(report.recipients.count) recipients")
  for recipient in report.recipients {
    for text in [recipient.address, recipient.originalAddress, recipient.remoteMTA] {
      try require((text?.utf8.count ?? 0) <= name, "a name of \(text?.utf8.count ?? 0) bytes")
    }
    try require((recipient.reply?.text.utf8.count ?? 0) <= limits.replyText * 3, "a long reply")
  }
  // A report of addresses that were only tried names them.
  if report.kind == .none { try require(report.recipients.allSatisfy { $0.kind == .none }, "recipients of no report") }
  if report.kind == .feedback { try require(report.recipients.isEmpty, "recipients of a complaint") }
}
