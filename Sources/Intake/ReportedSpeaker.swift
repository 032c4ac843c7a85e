public import Classification
public import DeliveryStatus
public import SMTPTypes

import Bytes
import MailLog

extension ReportedRecipient {
  /// Who spoke of this recipient in `report`, and at which stage: the remote MTA, or the reporting one in its own
  /// words about a server that it did not reach, or about itself.
  public func speaker(in report: DeliveryReport) -> (origin: Origin, stage: Stage?) {
    guard !isRemoteReply else { return (.remote, nil) }
    return (reply?.text ?? "").withByteView { text in
      let account = DeliveryRecord.Account(reason: text)
      if account.host != nil || text.hasPrefix("Deferred") || text.contains("read error from") {
        return (.transport, account.stage)
      }
      // qmail's `CNAME lookup failed temporarily. (#4.4.3)`: RFC 3463, section 3.5, "Network and Routing Status".
      if report.queueID == nil, reply?.code == nil, (reply?.enhanced ?? status)?.subject == 4 {
        return (.transport, account.stage)
      }
      if report.queueID == nil, reply?.saysUnreached ?? false { return (.transport, account.stage) }
      return (report.queueID == nil ? .remote : .local, account.stage)
    }
  }
}
