// Notices in words often show no code at all. What their words stand for has one (RFC 3463).

import Classification
import DeliveryStatus
import SMTPTypes

extension ReportJudge {
  /// The status of `recipient`, or where a notice in words says none, the code for what it says; nil if there is no
  /// code for exactly that. Never for a delivery-status part, which has a field for it.
  func status(
    _ recipient: ReportedRecipient, in report: DeliveryReport, _ verdict: Verdict?
  ) -> EnhancedStatusCode? {
    if let status = recipient.status { return status }
    guard case .notice = report.form, recipient.action == .failed, recipient.reply?.code == nil else { return nil }
    return switch verdict?.cause {
    case .mailboxFull: EnhancedStatusCode(4, 2, 2)
    case .mailboxUnavailable: EnhancedStatusCode(5, 1, 1)
    // A name server that did not answer says nothing of the name: Postfix gives 4.4.3 (smtp/smtp_addr.c).
    case .dnsFailure: saysTryAgain(recipient) ? EnhancedStatusCode(4, 4, 3) : EnhancedStatusCode(5, 1, 2)
    case .messageTooLarge: EnhancedStatusCode(5, 3, 4)
    // That delivery was given up is certain, that its time was over (4.4.7) is not.
    default: nil
    }
  }

  private func saysTryAgain(_ recipient: ReportedRecipient) -> Bool {
    (recipient.reply?.text ?? "").lowercased().contains("try again")
  }
}
