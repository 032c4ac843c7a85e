// What is in effect, as the YAML that would say the same.

import Alerting
import Journal
import Milter
import Privacy
import SMTPTypes

extension Configuration {
  /// The whole configuration as a file would say it, defaults included.
  public var yaml: String {
    var text = Listing()
    text.line(0, "host", host ?? "auto")
    text.section(0, "log")
    text.line(1, "source", log.source.rawValue)
    text.line(1, "path", log.path ?? "auto")
    text.line(1, "journald_directory", log.journaldDirectory ?? "auto")
    text.raw(1, "journald_matches: \(Listing.list(log.journaldMatches))")
    text.line(1, "start", log.start == .beginning ? "beginning" : "end")
    text.line(1, "warm_up", Quantity.describe(size: log.warmUp))
    text.section(0, "milter")
    text.line(1, "enabled", milter.isEnabled ? "true" : "false")
    text.line(1, "listen", milter.socket.description)
    text.line(1, "socket_mode", octal(milter.socketMode))
    if let group = milter.socketGroup { text.line(1, "socket_group", group) }
    if milter.tags.isEmpty {
      text.raw(1, "tags: {}")
    } else {
      text.section(1, "tags")
      for tag in milter.tags { text.line(2, tag.name, tag.field) }
    }
    text.section(0, "journal")
    text.line(1, "directory", journal.directory)
    text.line(1, "scope", journal.scope.rawValue)
    text.line(1, "segment_size", Quantity.describe(size: journal.segmentSize))
    text.line(1, "segment_age", Quantity.describe(duration: journal.segmentAge))
    text.line(1, "recipients", journal.recipients.rawValue)
    text.line(1, "pseudonym_key", journal.pseudonymKey ?? "auto")
    text.line(1, "keep_for", journal.keepFor.map { Quantity.describe(duration: $0) } ?? "forever")
    text.line(1, "maximum_size", journal.maximumSize.map { Quantity.describe(size: $0) } ?? "unlimited")
    text.line(0, "spool_directory", effectiveSpoolDirectory)
    text.raw(0, "own_addresses: \(Listing.list(ownAddresses))")
    text.section(0, "queue")
    text.line(1, "enabled", queue.isEnabled ? "true" : "false")
    text.line(1, "interval", Quantity.describe(duration: queue.interval))
    text.raw(1, "command: \(Listing.list(queue.command))")
    text.section(0, "silence")
    text.line(1, "after", Quantity.describe(duration: silence.after))
    text.raw(1, "minimum: \(silence.minimum)")
    text.section(0, "classification")
    text.line(1, "rules_directory", rulesDirectory)
    recipients.describe(&text)
    alerts.describe(&text)
    return text.text
  }

  private func octal(_ mode: UInt32) -> String {
    let digits = String(mode, radix: 8)
    return String(repeating: "0", count: max(4 - digits.utf8.count, 0)) + digits
  }
}

extension Configuration.Alerts {
  fileprivate func describe(_ text: inout Listing) {
    text.section(0, "alerts")
    text.line(1, "timeout", Quantity.describe(duration: timeout))
    if rules.isEmpty { text.raw(1, "rules: []") } else { text.section(1, "rules") }
    for rule in rules {
      func amount(_ value: Double) -> String {
        rule.metric.isRate ? Quantity.describe(share: value) : "\(Int(value))"
      }
      text.raw(2, "- name: \(Listing.scalar(rule.name))")
      text.line(3, "metric", rule.metric.description)
      text.line(3, "by", rule.grouping.name)
      text.line(3, "above", amount(rule.threshold))
      text.line(3, "clear_below", amount(rule.clearBelow))
      text.line(3, "window", Quantity.describe(duration: rule.window))
      text.raw(3, "minimum: \(rule.minimum)")
    }
    if notifiers.isEmpty { text.raw(1, "notify: []") } else { text.section(1, "notify") }
    for notifier in notifiers {
      switch notifier {
      case .command(let arguments): text.raw(2, "- command: \(Listing.list(arguments))")
      case .mail(let notice):
        text.raw(2, "- mail:")
        text.raw(4, "to: \(Listing.list(notice.to))")
        if let from = notice.from { text.line(4, "from", from) }
        text.line(4, "sendmail", notice.program)
      }
    }
  }
}

/// Indented lines of YAML.
struct Listing {
  var text = ""

  mutating func raw(_ depth: Int, _ line: String) { text += String(repeating: "  ", count: depth) + line + "\n" }
  mutating func section(_ depth: Int, _ name: String) { raw(depth, Listing.scalar(name) + ":") }
  mutating func line(_ depth: Int, _ name: String, _ value: String) {
    raw(depth, "\(Listing.scalar(name)): \(Listing.scalar(value))")
  }

  static func list(_ values: [String]) -> String { "[" + values.map(scalar).joined(separator: ", ") + "]" }

  /// `value` plain where that is safe, else in double quotes with YAML's escapes.
  static func scalar(_ value: String) -> String {
    let isPlain =
      !value.isEmpty
      && value.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "/"),
          UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "%"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ":"):
          return true
        default: return false
        }
      } && !value.hasSuffix(":") && !value.hasPrefix("-") && !value.hasPrefix("@") && !value.hasPrefix("%")
      && !value.hasPrefix("0") && !value.hasPrefix(":")
    let isWord = ["true", "false", "yes", "no", "on", "off", "null", "~"].contains(value.lowercased())
    if isPlain && !(isWord && value != "true" && value != "false") { return value }
    var quoted = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case _ where scalar.properties.generalCategory == .control:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: max(4 - digits.utf8.count, 0)) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
