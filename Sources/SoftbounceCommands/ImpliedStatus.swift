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
    guard case .notice = report.form, recipient.reply?.code == nil else { return nil }
    switch verdict?.cause {
    case .mailboxFull: return EnhancedStatusCode(4, 2, 2)
    // What Postfix gives (smtp/smtp_connect.c, smtp/smtp_trouble.c).
    case .connectFailure: return EnhancedStatusCode(4, 4, 1)
    case .connectionLost: if saysLost(recipient) { return EnhancedStatusCode(4, 4, 2) }
    default: break
    }
    guard recipient.action == .failed else { return nil }
    return switch verdict?.cause {
    case .mailboxUnavailable: EnhancedStatusCode(5, 1, 1)
    // A name server that did not answer says nothing of the name: Postfix gives 4.4.3 (smtp/smtp_addr.c).
    case .dnsFailure: saysTryAgain(recipient) ? EnhancedStatusCode(4, 4, 3) : EnhancedStatusCode(5, 1, 2)
    case .messageTooLarge: EnhancedStatusCode(5, 3, 4)
    // What Postfix gives where mail loops back to it (smtp/smtp_addr.c).
    case .routing: saysLoop(recipient) ? EnhancedStatusCode(5, 4, 6) : nil
    // That delivery was given up is certain, that its time was over (4.4.7) is not.
    default: nil
    }
  }

  /// A mere "timed out" may be of a connection that never was.
  private func saysLost(_ recipient: ReportedRecipient) -> Bool {
    let said = (recipient.reply?.text ?? "").lowercased()
    if said.contains("lost connection with ") || said.contains("conversation with ") && said.contains(" while ") {
      return true
    }
    // Exim's (transports/smtp.c).
    let ofExim = ["smtp timeout ", "closed connection in response to ", "connection reset by peer"]
    return recipient.reply?.saysUnreached ?? false && ofExim.contains { said.contains($0) }
  }

  private func saysTryAgain(_ recipient: ReportedRecipient) -> Bool {
    let said = (recipient.reply?.text ?? "").lowercased()
    return said.contains("try again") || said.contains("host lookup did not complete")
  }

  private func saysLoop(_ recipient: ReportedRecipient) -> Bool {
    let said = (recipient.reply?.text ?? "").lowercased()
    return ["loop", "points to local host", "is the local host"].contains { said.contains($0) }
  }
}
