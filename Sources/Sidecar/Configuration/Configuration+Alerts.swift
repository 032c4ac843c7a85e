import Alerting
import SMTPTypes

extension Configuration.Alerts {
  /// Rules and notifiers that one file may have.
  static let limit = 100

  mutating func read(_ section: ConfigurationSection) {
    if let sections = section.sections("rules") {
      rules = sections.compactMap { readRule($0) }
      if rules.count > Self.limit { section.problem("rules", "there are \(rules.count)", "Keep at most \(Self.limit)") }
      var seen: Set<String> = []
      for rule in rules where !seen.insert(rule.name).inserted {
        section.problem("rules", "two rules are called \(rule.name)", "Give each a name of its own")
      }
    }
    if let sections = section.sections("notify") {
      notifiers = sections.compactMap { readNotifier($0) }
      if notifiers.count > Self.limit {
        section.problem("notify", "there are \(notifiers.count)", "Keep at most \(Self.limit)")
      }
    }
    if section.has("repeat"), let text = section.text("repeat") {
      if text == "never" { repeatAfter = nil } else if let seconds = Quantity.duration(text), seconds >= 60, seconds <= 30 * 86_400 {
        repeatAfter = seconds
      } else {
        section.problem("repeat", "\"\(text)\" is not a time from 1m to 30d", "Write a time such as 4h, or never")
      }
    }
    if let seconds = section.duration("timeout", in: 1...600) { timeout = seconds }
    section.finish()
  }

  private func readRule(_ section: ConfigurationSection) -> AlertRule? {
    defer { section.finish() }
    let name = section.text("name") ?? ""
    let isName = !name.isEmpty && name.utf8.count <= 64 && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    if !isName {
      section.problem(
        section.has("name") ? "name" : nil, "a rule needs a name of at most 64 letters without blanks",
        "Write name: provider-deferrals")
    }
    var rule = AlertRule(name: name, above: 0.2)
    if let metric = section.choice("metric", AlertRule.Metric.allCases.map { ($0.description, $0) }) {
      rule.metric = metric
    }
    if let by = section.choice("by", AlertRule.Cut.allCases.map { ($0.description, $0) }) { rule.by = by }
    for (key, value) in section.pairs("where") ?? [] {
      guard let cut = AlertRule.Cut(name: key), cut != .none else {
        let names = AlertRule.Cut.names.filter { $0 != "none" }.joined(separator: ", ")
        section.problem("where", "\(key) is nothing that mail can be chosen by", "Use one of \(names)")
        continue
      }
      if cut == .tag, !value.contains("=") {
        section.problem("where", "\"\(value)\" names no tag", "Write tag: campaign=spring")
      }
      rule.conditions[cut] = value
    }
    if let fault = rule.fault { section.problem("metric", fault, "Use metric: deferrals for a count, or one cut") }
    readThreshold(&rule, section)
    if let seconds = section.duration("window", in: 60...86_400) { rule.window = seconds }
    if let minimum = section.number("minimum", in: 1...1_000_000_000) { rule.minimum = minimum }
    return isName ? rule : nil
  }

  private func readThreshold(_ rule: inout AlertRule, _ section: ConfigurationSection) {
    let isRate = rule.metric.isRate
    let expected = isRate ? "a share from 0% to 100%, such as 20%" : "a count, such as 500"
    func value(_ text: String) -> Double? {
      guard let number = isRate ? Quantity.share(text) : Int(text).map(Double.init) else { return nil }
      return number >= 0 && (!isRate || number <= 1) ? number : nil
    }
    if let above = section.parsed("above", expected, value) {
      rule.above = above
      rule.clearBelow = above / 2
    } else if !section.has("above"), !isRate {
      section.problem(nil, "a rule about \(rule.metric) needs its threshold", "Write above: 500")
    }
    if let below = section.parsed("clear_below", expected, value) {
      rule.clearBelow = below
      if below > rule.above {
        section.problem("clear_below", "it is greater than above", "Choose a value below it, so that an alert can rest")
      }
    }
  }

  private func readNotifier(_ section: ConfigurationSection) -> NotifierConfiguration? {
    defer { section.finish() }
    let command = section.texts("command")
    let hasMail = section.has("mail")
    let mail = section.section("mail")
    if let command, !hasMail {
      guard let program = command.first, program.hasPrefix("/"), !command.contains(where: { $0.isEmpty }) else {
        section.problem(
          "command", "the program has no absolute path",
          "Write command: [/usr/local/bin/page, argument]; it is run without a shell")
        return nil
      }
      return .command(arguments: command)
    }
    guard hasMail, command == nil else {
      section.problem(nil, "a notifier is either a command or mail", "Write command: [/path/program] or mail: {to: address}")
      return nil
    }
    defer { mail.finish() }
    var notice = MailNotice(to: mail.texts("to") ?? [])
    notice.from = mail.text("from")
    notice.envelopeSender = mail.has("envelope_sender") ? mail.text("envelope_sender") : nil
    if let program = mail.text("sendmail") { notice.program = program }
    if notice.to.isEmpty { mail.problem(mail.has("to") ? "to" : nil, "mail needs somebody to go to", "Write to: address") }
    for (key, address) in notice.to.map({ ("to", $0) }) + [("from", notice.from), ("envelope_sender", notice.envelopeSender)].compactMap({ pair in pair.1.map { (pair.0, $0) } }) {
      if key == "envelope_sender", address == "<>" || address.isEmpty { continue }
      if !MailNotice.isAddress(address) {
        mail.problem(key, "\"\(address)\" is not a plain address", "Write name@example.org, without a display name")
      }
    }
    if notice.envelopeSender == "<>" { notice.envelopeSender = "" }
    if !notice.program.hasPrefix("/") {
      mail.problem("sendmail", "the path is not absolute", "Write sendmail: \(MailNotice.defaultProgram)")
    }
    return .mail(notice)
  }
}
