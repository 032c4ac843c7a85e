// Delivery status notifications of servers further on, which tell hours later what no log line of ours can.

import Bytes
import Classification
public import DeliveryStatus
import Journal
public import SMTPTypes

extension Intake {
  /// Takes a report that arrived at `time`. `isMatched` says that its Message-ID was one of ours within the memory of
  /// who asks; a queue id of ours matches too. A report of our own server speaks of attempts that the followed log
  /// has told, and gives nothing. Returns the number of events.
  @discardableResult
  public func observe(_ report: DeliveryReport, at time: Timestamp, isOurOwn: Bool, isMatched: Bool) -> Int {
    guard report.kind.isDeliveryReport, !(isOurOwn && options.followsLog) else { return 0 }
    let host = host(named: .empty, time: time)
    let life = report.queueID.flatMap { queueID in
      queueID.withByteView { lives.find(host: host, queueID: $0) }
    }
    var given = 0
    for recipient in report.recipients {
      let type: EventType
      switch recipient.kind {
      case .delay: type = .delayNotice
      case .bounce: type = .remoteBounce
      case .delivered, .relayed, .expanded, .autoReply, .feedback, .none: continue
      }
      guard admitReport(host, time) else { continue }
      give(
        type, recipient, of: report, host, time, life: isOurOwn ? life : nil, isOurOwn: isOurOwn,
        isMatched: isMatched)
      given += 1
    }
    return given
  }

  private func give(
    _ type: EventType, _ recipient: ReportedRecipient, of report: DeliveryReport, _ host: Int, _ time: Timestamp,
    life: Int?, isOurOwn: Bool, isMatched: Bool
  ) {
    let texts = ByteStore([
      recipient.address ?? recipient.originalAddress ?? "", recipient.originalAddress ?? "", recipient.remoteMTA ?? "",
      report.reportingMTA.map { "reported by \($0)" } ?? "", report.messageID ?? "", report.sender ?? "",
      recipient.reply?.text ?? "", isOurOwn ? report.queueID ?? "" : "",
    ])
    func text(_ index: Int) -> ByteView? { texts[index].isEmpty ? nil : texts[index] }
    var event = Event(time: time, type: type)
    event.source = .dsn
    event.host = hosts[host].nameView
    event.direction = .outbound
    event.hop = .external
    if let life {
      describe(&event, life: life)
    } else {
      // Where no log is followed, our own report is all that says whose message it was.
      event.queueID = text(7)
      event.arrival = isOurOwn ? report.arrival : nil
    }
    event.messageID = event.messageID ?? text(4)
    event.sender = event.sender ?? text(5)
    event.recipient = text(0)
    event.originalRecipient = text(1)
    event.domain = text(0).flatMap { MailAddress.domain(of: $0) }.map { lowercased($0) }
    event.status = recipient.status
    event.relay = text(2).map { Relay(host: $0) }
    event.note = text(3)
    event.matched = isMatched || life != nil
    let provider = providers.provider(relayHost: text(2), reasonHost: nil, domain: event.domain)
    event.provider = provider.isEmpty ? nil : provider
    let speaker = recipient.speaker(in: report)
    event.origin = speaker.origin
    event.stage = speaker.stage
    if recipient.reply != nil {
      event.reply = Reply(code: recipient.reply?.code, enhanced: recipient.reply?.enhanced, text: texts[6])
    }
    _ = event.take(verdictOf: assessor.pointee.judge, ruleset: memory.pointee.rules.ruleset)
    noteScore(event)
    withExtendedLifetime(texts) { sink.receive(event) }
  }

  /// False when this minute has had its share of reported recipients: anybody can send reports.
  private func admitReport(_ host: Int, _ time: Timestamp) -> Bool {
    let state = hosts[host]
    let minute = HostState.minute(of: time).microseconds
    if minute != state.reportMinute {
      if state.reportCount > options.reportLimit {
        var gap = Event(time: time, type: .gap)
        gap.source = .dsn
        gap.host = state.nameView
        gap.count = state.reportCount - options.reportLimit
        gap.note = ByteView("more recipients in delivery reports than are kept in one minute")
        sink.receive(gap)
      }
      state.reportMinute = minute
      state.reportCount = 0
    }
    state.reportCount += 1
    return state.reportCount <= options.reportLimit
  }
}
