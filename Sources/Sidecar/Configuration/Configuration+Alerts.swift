import Alerting
import Journal
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
    let metric = section.choice("metric", AlertRule.Metric.allCases.map { ($0.description, $0) }) ?? .deferralRate
    let grouping = section.choice("by", Self.groupings) ?? .cut(.provider)
    let threshold = readThreshold(metric, section)
    let window = section.duration("window", in: 60...86_400) ?? 900
    let minimum = section.number("minimum", in: 1...1_000_000_000) ?? 50
    guard isName else { return nil }
    return AlertRule(
      name: name, metric: metric, grouping: grouping, threshold: threshold.above, clearBelow: threshold.clearBelow,
      window: window, minimum: minimum)
  }

  private static let groupings: [(String, AlertRule.Grouping)] =
    [("all", .all)] + Tally.Cut.allCases.map { ($0.description, .cut($0)) }

  private func readThreshold(
    _ metric: AlertRule.Metric, _ section: ConfigurationSection
  ) -> (above: Double, clearBelow: Double) {
    let isRate = metric.isRate
    let expected = isRate ? "a share from 0% to 100%, such as 20%" : "a count, such as 500"
    func value(_ text: String) -> Double? {
      guard let number = isRate ? Quantity.share(text) : Int(text).map(Double.init) else { return nil }
      return number > 0 && (!isRate || number <= 1) ? number : nil
    }
    let given = section.parsed("above", expected, value)
    if given == nil, !section.has("above"), !isRate {
      section.problem(nil, "a rule about \(metric) needs its threshold", "Write above: 500")
    }
    let above = given ?? 0.2
    let below = section.parsed("clear_below", expected, value)
    if let below, below > above {
      section.problem("clear_below", "it is greater than above", "Choose a value below it, so that an alert can rest")
    }
    return (above, below ?? above / 2)
  }

  private func readNotifier(_ section: ConfigurationSection) -> NotifierConfiguration? {
    defer { section.finish() }
    let command = section.command("command")
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
      section.problem(
        nil, "a notifier is either a command or mail", "Write command: [/path/program] or mail: {to: address}")
      return nil
    }
    defer { mail.finish() }
    var notice = MailNotice(to: mail.texts("to") ?? [])
    notice.from = mail.text("from")
    if let program = mail.text("sendmail") { notice.program = program }
    if notice.to.isEmpty {
      mail.problem(mail.has("to") ? "to" : nil, "mail needs somebody to go to", "Write to: address")
    }
    for (key, address) in notice.to.map({ ("to", $0) }) + [notice.from].compactMap({ $0 }).map({ ("from", $0) }) {
      if !MailNotice.isAddress(address) {
        mail.problem(key, "\"\(address)\" is not a plain address", "Write name@example.org, without a display name")
      }
    }
    if !notice.program.hasPrefix("/") {
      mail.problem("sendmail", "the path is not absolute", "Write sendmail: \(MailNotice.defaultProgram)")
    }
    return .mail(notice)
  }
}
