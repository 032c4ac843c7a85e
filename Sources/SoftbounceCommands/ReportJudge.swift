// Why a reported delivery failed: a delivery report's recipient as the failure that the rules judge.

import Bytes
import Classification
import DeliveryStatus
import Intake
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
          let speaker = recipient.speaker(in: report)
          return judge.judge(
            Failure(
              direction: .outbound, origin: speaker.origin, stage: speaker.stage, reply: reply,
              status: recipient.status, provider: provider ?? .empty))
        }
      }
    }
  }
}
