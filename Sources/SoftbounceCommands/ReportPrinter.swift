// Shows delivery reports: JSON Lines for programs, a few lines a message for people.

import Bytes
import Classification
import DeliveryStatus
import Journal
import Reporting
import SMTPTypes

/// Reads messages and prints what each says.
final class ReportPrinter {
  private let format: OutputFormat
  private let console: Console
  private let judge = ReportJudge()
  private var reader = ReportReader()
  private var line = ByteBuffer(capacity: 4096)
  private var counts: [ReportKind: Int] = [:]
  private var messages = 0
  /// Messages that were reports of deliveries.
  private(set) var reports = 0
  /// Reports that were read in part, because they go beyond a limit.
  var cutReports: Int { problems.count }
  private let problems: Diagnostics

  init(format: OutputFormat, console: Console) {
    self.format = format
    self.console = console
    problems = Diagnostics(console)
  }

  func append(_ bytes: ByteView) { reader.append(bytes) }

  /// The message that was appended is complete.
  func finish(file: String) {
    let report = reader.finish()
    messages += 1
    counts[report.kind, default: 0] += 1
    if report.kind.isDeliveryReport {
      reports += 1
      if !report.exceeded.isEmpty { tellCut(report, file) }
    }
    switch format {
    case .json:
      if report.recipients.isEmpty { printJSON(report, nil, file) }
      for recipient in report.recipients { printJSON(report, recipient, file) }
    case .text: printText(report, file)
    }
  }

  private func tellCut(_ report: DeliveryReport, _ file: String) {
    problems.tell(
      "\(Printable.text(file, limit: 200)): a report read in part only, because it goes beyond a limit "
        + "(\(report.exceeded.names.joined(separator: ", ")))")
  }

  /// All messages were read.
  func conclude() {
    problems.conclude()
    guard format == .text, messages > 1 else { return }
    let parts = ReportKind.allCases.compactMap { kind in counts[kind].map { "\(kind) \($0)" } }
    console.write("\(messages) messages: \(parts.joined(separator: ", "))\n")
  }

  // MARK: - JSON

  private func printJSON(_ report: DeliveryReport, _ recipient: ReportedRecipient?, _ file: String) {
    // What an answer says of a recipient is no failure.
    let isReport = report.kind.isDeliveryReport
    let verdict = isReport ? recipient.flatMap { judge.verdict($0, in: report) } : nil
    line.removeAll()
    line.append("{\"file\":")
    file.withByteView { line.append(json: $0) }
    add("kind", (isReport ? recipient?.kind ?? report.kind : report.kind).description)
    if let recipient {
      add("recipient", recipient.address)
      add("original_recipient", recipient.originalAddress)
      add("action", recipient.action?.description)
      add("status", judge.status(recipient, in: report, verdict)?.description)
      if let reply = recipient.reply {
        line.append(",\"reply\":{")
        if let code = reply.code {
          line.append("\"code\":")
          line.append(decimal: Int(code.value))
          line.append(",")
        }
        if let enhanced = reply.enhanced {
          line.append("\"enhanced\":\"")
          line.append(enhanced.description)
          line.append("\",")
        }
        line.append("\"text\":")
        reply.text.withByteView { line.append(json: $0) }
        line.append("}")
      }
      add("remote_mta", recipient.remoteMTA)
    }
    add("reporting_mta", report.reportingMTA)
    add("will_retry_until", recipient?.willRetryUntil?.description)
    add("queue_id", report.queueID)
    add("message_id", report.messageID)
    add("envelope_id", report.envelopeID)
    add("arrival", report.arrival?.description)
    add("last_attempt", recipient?.lastAttempt?.description)
    if let verdict {
      add("cause", verdict.cause.description)
      add("scope", verdict.scope?.description)
    }
    if !report.exceeded.isEmpty {
      line.append(",\"exceeded\":[\"")
      line.append(report.exceeded.names.joined(separator: "\",\""))
      line.append("\"]")
    }
    line.append("}\n")
    var shown = ByteBuffer(capacity: line.count)
    Printable.append(json: line.view, to: &shown)
    console.write(shown.view)
  }

  private func add(_ key: StaticString, _ value: String?) {
    guard let value else { return }
    line.append(",\"")
    line.append(key)
    line.append("\":")
    value.withByteView { line.append(json: $0) }
  }

  // MARK: - Text

  private func printText(_ report: DeliveryReport, _ file: String) {
    var heading = "\(Printable.text(file, limit: 300)): \(report.kind)"
    if report.kind.isDeliveryReport {
      if let host = report.reportingMTA { heading += ", reported by \(Printable.text(host, limit: 200))" }
      if let id = report.queueID { heading += ", its queue id \(Printable.text(id, limit: 40))" }
      if let id = report.messageID { heading += ", message <\(Printable.text(id, limit: 200))>" }
    }
    console.write(heading + "\n")
    if report.kind.isDeliveryReport { for recipient in report.recipients { printText(recipient, report) } }
    if !report.exceeded.isEmpty { console.write("  Read in part only: the message goes beyond a limit.\n") }
  }

  private func printText(_ recipient: ReportedRecipient, _ report: DeliveryReport) {
    var words = "  " + Printable.text(recipient.address ?? recipient.originalAddress ?? "(nobody named)", limit: 320)
    if let original = recipient.originalAddress, let address = recipient.address, original != address {
      words += " (for \(Printable.text(original, limit: 320)))"
    }
    words += ": \(recipient.action?.description ?? "no action given")"
    let verdict = judge.verdict(recipient, in: report)
    if let status = judge.status(recipient, in: report, verdict) { words += " \(status)" }
    if let verdict {
      words += ", \(verdict.cause)"
      if let scope = verdict.scope { words += " (\(scope))" }
    }
    if let until = recipient.willRetryUntil { words += ", retried until \(until)" }
    console.write(words + "\n")
    if let reply = recipient.reply {
      let host = recipient.remoteMTA.map { Printable.text($0, limit: 200) + ": " } ?? ""
      console.write("    \(host)\(Printable.text(reply.text, limit: 1000))\n")
    }
  }
}
