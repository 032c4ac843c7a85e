// What the whole message is, once it has been read.

import Bytes
import SMTPTypes

extension ReportReader {
  /// Fills `report` from what was gathered.
  mutating func conclude() {
    if envelope.hasFeedback || envelope.reportType == .feedback {
      report.kind = .feedback
      report.recipients = []
      return
    }
    if !report.recipients.isEmpty {
      report.form = .deliveryStatus
      report.kind = ReportReader.kind(of: report.recipients)
      return
    }
  }

  /// The kind that matters most to the sender: a failure before a delay before a success.
  static func kind(of recipients: [ReportedRecipient]) -> ReportKind {
    var kind = ReportKind.none
    for recipient in recipients where recipient.kind.rawValue < kind.rawValue { kind = recipient.kind }
    return kind
  }
}
