// What waits in the queue.

import Journal
import SMTPTypes

extension TextRenderer {
  func queue(_ queue: Report.Queue, of report: Report, _ out: inout Output) {
    let gauge = queue.gauge
    // An empty queue is worth a word only where nothing else tells of it.
    var title = "In the queue at \(Units.minute(gauge.time, zone))"
    if report.queues.count > 1 { title += " on \(Printable.text(queue.host, limit: 60))" }
    title += gauge.deferred == 0 ? ": nothing deferred" : ": \(Units.count(gauge.deferred, "message")) deferred"
    out.section(title, style)
    guard gauge.deferred > 0 else { return }
    var text = "  \(Units.count(gauge.recipients, "recipient"))"
    if let oldest = gauge.oldest { text += ", the oldest message for \(Units.duration(max(gauge.time.since(oldest), 0)))" }
    if gauge.active > 0 { text += "; \(Units.count(gauge.active)) being tried" }
    if gauge.held > 0 { text += "; \(Units.count(gauge.held)) on hold" }
    out.wrapped(text, indent: 4) { $0 }
    let ages = Self.ages(gauge)
    if !ages.isEmpty { out.wrapped("  by age: " + ages.joined(separator: ", "), indent: 4) { $0 } }
    for (name, shares) in [("by provider", gauge.byProvider), ("by domain", gauge.byDomain)] where !shares.isEmpty {
      let listed = shares.prefix(5).map { share in
        var text = "\(Printable.text(share.key, limit: 60)) \(Units.count(share.recipients))"
        if let oldest = share.oldest { text += " (for \(Units.duration(max(gauge.time.since(oldest), 0))))" }
        return text
      }
      let more = shares.count > 5 ? ", …" : ""
      out.wrapped("  \(name): " + listed.joined(separator: ", ") + more, indent: 4) { $0 }
    }
  }

  /// Messages by their age, classes without any left out: `12 up to 5 min`, `3 over 3 d`.
  private static func ages(_ gauge: QueueGauge) -> [String] {
    let bounds = QueueGauge.ageBounds
    return gauge.ages.enumerated().compactMap { index, count in
      guard count > 0, let last = bounds.last else { return nil }
      let bound = index < bounds.count ? "up to \(Units.duration(bounds[index]))" : "over \(Units.duration(last))"
      return "\(Units.count(count)) \(bound)"
    }
  }
}
