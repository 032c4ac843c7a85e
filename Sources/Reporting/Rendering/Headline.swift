// What is wrong, in one sentence.

import Classification
import SMTPTypes

enum Headline {
  static func text(_ report: Report) -> String {
    let traffic = report.outbound
    if report.isEmpty {
      return report.conditions.isEmpty
        ? "Nothing happened in this period." : "Nothing in this period meets the conditions."
    }
    guard traffic.deferrals > 0 else { return quiet(report) }
    var sentence = deferrals(report)
    // Of a server that is away most mail is not even tried.
    if let suspensions = traffic.suspensions, suspensions > traffic.deferrals {
      sentence += "; " + Units.count(suspensions, "recipient was", "recipients were") + " held back untried"
    }
    if traffic.expirations > 0 {
      sentence += "; " + Units.count(traffic.expirations, "recipient was", "recipients were") + " given up"
    }
    return sentence + "."
  }

  /// No deferral at other sites' servers.
  private static func quiet(_ report: Report) -> String {
    var parts: [String] = []
    if hasOnlyWarnings(report) {
      parts.append("No delivery was tried, as far as the log tells")
    } else if !report.reach.outbound || !report.reach.deferrals {
      // Not looked at, which is not none.
      if report.outbound.bounces > 0 { parts.append(Units.count(report.outbound.bounces, "attempt") + " bounced") }
    } else if let attempts = report.outbound.attempts, attempts > 0 {
      parts.append("No deferral in " + Units.count(attempts, "attempt"))
    } else {
      parts.append("No deferral by other servers")
    }
    if let suspensions = report.outbound.suspensions, suspensions > 0 {
      parts.append(Units.count(suspensions, "recipient was", "recipients were") + " held back untried")
    }
    if report.outbound.expirations > 0 {
      parts.append(Units.count(report.outbound.expirations, "recipient was", "recipients were") + " given up")
    }
    if report.internal.deferrals > 0 {
      parts.append("our own mailboxes put off " + Units.count(report.internal.deferrals, "delivery", "deliveries"))
    }
    if report.inbound.total > 0 {
      parts.append("our own server turned away " + Units.count(report.inbound.total, "try", "tries"))
    }
    // An outage may be nothing else: connections that are refused, deliveries that nobody starts.
    let warnings = report.trouble.filter { isGrave($0.kind) }
    if !warnings.isEmpty, report.conditions.isEmpty {
      let kinds = warnings.map { "\(Printable.text($0.kind, limit: 40)) \(Units.count($0.lines))" }
      parts.append("the log announced trouble: " + kinds.joined(separator: ", "))
    }
    if report.gapCount > 0, hasOnlyWarnings(report) {
      parts.append("what the log told is missing in part")
    }
    guard let first = parts.first else { return "Nothing was put off in what the conditions keep." }
    parts[0] = first.prefix(1).uppercased() + first.dropFirst()
    return parts.joined(separator: "; ") + "."
  }

  /// True if nothing is known but warnings, gaps and alerts.
  private static func hasOnlyWarnings(_ report: Report) -> Bool {
    report.outbound.isEmpty && report.internal.isEmpty && report.inbound.total == 0 && report.events == 0
      && report.conditions.isEmpty
  }

  /// True for trouble of our own machine, and not of one server or client that is away.
  private static func isGrave(_ kind: String) -> Bool {
    kind == "resource" || kind == "filter" || kind == "configuration"
  }

  private static func deferrals(_ report: Report) -> String {
    let traffic = report.outbound
    let all = traffic.deferrals
    if let row = report.leadingProvider, row.deferrals * 2 > all {
      var sentence = "\(Printable.text(row.key, limit: 60)) puts off "
      if let rate = row.rate, let attempts = row.attempts {
        sentence +=
          "\(Units.percent(rate)) of what we try there (\(Units.count(row.deferrals)) of \(Units.count(attempts)))"
      } else {
        sentence +=
          Units.count(row.deferrals, "attempt") + ", \(Units.percent(row.deferrals, of: all)) of all deferrals"
      }
      if let main = row.mainCause { sentence += mostly(main, row.mainCauseCount, of: row.deferrals) }
      return sentence
    }
    var sentence: String
    if let rate = traffic.deferralRate, let attempts = traffic.attempts {
      sentence = "\(Units.percent(rate)) of attempts were put off (\(Units.count(all)) of \(Units.count(attempts)))"
    } else {
      sentence = Units.count(all, "attempt was", "attempts were") + " put off"
    }
    if let cause = report.causes.first, let main = Cause(name: cause.key) {
      sentence += mostly(main, cause.deferrals, of: all)
    }
    return sentence
  }

  private static func mostly(_ cause: Cause, _ part: Int, of whole: Int) -> String {
    if part == whole { return ", all \(cause)" }
    return part * 2 > whole ? ", mostly \(cause)" : ", most often \(cause)"
  }
}
