// Why a reported delivery failed: a delivery report's recipient as the failure that the rules judge.

import Bytes
import Classification
import DeliveryStatus
import MailLog
import SMTPTypes

/// Judges the recipients of reports on one thread.
struct ReportJudge {
  private let judge = Judge(classifier: Classifier.builtIn())
  private let providers = ProviderMap()

  /// The verdict on a recipient who failed or waits; nil for one who was served.
  func verdict(_ recipient: ReportedRecipient, in report: DeliveryReport) -> Verdict? {
    guard recipient.kind == .bounce || recipient.kind == .delay else { return nil }
    let text = recipient.reply?.text ?? ""
    let host = recipient.remoteMTA ?? ""
    let domain = recipient.address ?? recipient.originalAddress ?? ""
    return text.withByteView { text in
      host.withByteView { host in
        domain.withByteView { address in
          var provider = host.isEmpty ? nil : providers.provider(ofHost: host)
          if provider == nil, let domain = MailAddress.domain(of: address) {
            provider = providers.provider(ofDomain: domain)
          }
          var reply = Reply(text: text)
          reply.code = recipient.reply?.code
          reply.enhanced = recipient.reply?.enhanced
          var failure = Failure(
            direction: .outbound, origin: .remote, reply: reply, status: recipient.status,
            provider: provider ?? .empty)
          if !recipient.isRemoteReply {
            // The reporting MTA's own words: about a server that it did not reach, or about itself.
            let account = DeliveryRecord.Account(reason: text)
            failure.stage = account.stage
            if account.host != nil || text.hasPrefix("Deferred") || text.contains("read error from") {
              failure.origin = .transport
            } else if report.queueID != nil {
              failure.origin = .local
            }
          }
          return judge.judge(failure)
        }
      }
    }
  }
}
